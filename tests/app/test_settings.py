"""Settings: from the environment or one file, complete or refused, never with a value told."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings, load_settings
from domain.errors import ConfigurationError


def test_without_any_variable_the_defaults_hold() -> None:
    settings = load_settings({"PATH": "/usr/bin", "HOME": "/home/somebody"})
    assert settings.data_dir == Path("data")
    assert settings.carriers == "separate"
    assert (settings.max_item_bytes, settings.max_items) == (100 * 1024 * 1024, 50)
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.readers >= 1


def test_the_environment_sets_what_it_names() -> None:
    settings = load_settings(
        {
            "POSTSTELLE_PORT": "8123",
            "POSTSTELLE_CONFIDENCE": "0.9",
            "POSTSTELLE_DEMO_ACCOUNTS": "false",
            "POSTSTELLE_PASSPHRASE_FILE": "/run/secrets/words",
            "POSTSTELLE_URL": "https://post.example/",
        }
    )
    assert (settings.port, settings.confidence, settings.demo_accounts) == (8123, 0.9, False)
    assert settings.passphrase_file == Path("/run/secrets/words")
    assert settings.base_url == "https://post.example"


def test_the_file_gives_settings_and_the_environment_wins(tmp_path: Path) -> None:
    path = tmp_path / "poststelle.env"
    path.write_text("POSTSTELLE_PORT=8123\nPOSTSTELLE_HOUSE='Jobcenter $HOME'\n# a comment\n")
    settings = load_settings({"POSTSTELLE_ENV_FILE": str(path), "POSTSTELLE_PORT": "8124"})
    assert (settings.port, settings.house) == (8124, "Jobcenter $HOME")


@pytest.mark.parametrize(
    "name", ["POSTSTELLE_PROT", "POSTSTELLE_", "POSTSTELLE_MAX_ITEM_BYTE", "POSTSTELLE_BASE_URL"]
)
def test_a_name_that_is_not_a_setting_is_refused(name: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(name)):
        load_settings({name: "1"})


@pytest.mark.parametrize("line", ["POSTSTELLE_PROT=1", "PORT=1", "POSTSTELLE_ENV_FILE=other"])
def test_a_name_in_the_file_that_is_not_a_setting_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "poststelle.env"
    path.write_text(line)
    with pytest.raises(ConfigurationError, match=line.partition("=")[0]):
        load_settings({"POSTSTELLE_ENV_FILE": str(path)})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "geheim"),
        ("CONFIDENCE", "0.49"),
        ("CONFIDENCE", "1.01"),
        ("CONFIDENCE", "nan"),
        ("MAX_ITEM_BYTES", "0"),
        ("MAX_ITEM_BYTES", "-1"),
        ("MAX_ITEMS", "1001"),
        ("MAX_PAGES", "0"),
        ("READERS", "0"),
        ("READERS", "65"),
        ("READER_SECONDS", "0"),
        ("READER_SECONDS", "inf"),
        ("READER_MEMORY", "1"),
        ("HOUSE", ""),
        ("HOUSE", "x" * 201),
        ("DEMO_ACCOUNTS", "vielleicht"),
    ],
)
def test_a_value_out_of_bounds_is_refused_by_name_without_the_value(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings({f"POSTSTELLE_{name}": value})
    assert f"POSTSTELLE_{name}" in caught.value.detail
    if len(value) > 4:
        assert value not in f"{caught.value.detail} {caught.value}"
    assert caught.value.__cause__ is None


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings({"POSTSTELLE_PORT": "x", "POSTSTELLE_CARRIER": "agentur"})
    assert "POSTSTELLE_PORT" in caught.value.detail
    assert "POSTSTELLE_CARRIER" in caught.value.detail


def test_a_file_that_is_missing_or_no_text_is_refused(tmp_path: Path) -> None:
    binary = tmp_path / "binary.env"
    binary.write_bytes(b"POSTSTELLE_HOUSE=\xff\xfe")
    for path in (tmp_path / "absent.env", tmp_path, binary):
        with pytest.raises(ConfigurationError, match="POSTSTELLE_ENV_FILE"):
            load_settings({"POSTSTELLE_ENV_FILE": str(path)})


def test_settings_cannot_be_changed() -> None:
    settings = load_settings({})
    with pytest.raises(ValidationError):
        settings.port = 1
    with pytest.raises(ValidationError):
        Settings(prot=1)  # type: ignore[call-arg]  # the point of the test
