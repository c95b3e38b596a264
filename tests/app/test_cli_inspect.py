"""``inspect``, ``config check`` and the exit codes, as a script sees them."""

import json
import os
from pathlib import Path

import pytest

from domain.errors import ConfigurationError
from tests.app.test_cli_house import LETTER, PERSON, Line, line_in
from tests.e2e.running import environment, run

LINE = ["file", "outcome", "reason", "blank_pages", "documents"]
DOCUMENT = [
    "pages", "type", "confidence", "carriers", "decision", "reasons", "part", "begins",
    "suggested", "unarchived", "fields", "findings", "text",
]  # fmt: skip
FIELDS = [
    "bg_nummer", "kundennummer", "iban", "geburtsdatum", "name", "dokumentdatum", "rvnr",
    "steuer_id", "betrag", "zeitraum",
]  # fmt: skip


@pytest.fixture
def line(tmp_path: Path) -> Line:
    return line_in(tmp_path)


def test_each_file_is_one_line_in_order_with_exactly_these_members(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(LETTER)
    (tmp_path / "a.txt").write_bytes(b"Guten Tag, nur eine kurze Frage.")
    (tmp_path / "leer.txt").write_bytes(b"")
    names = [str(tmp_path / name) for name in ("b.pdf", "fehlt.pdf", "a.txt", "leer.txt", "b.pdf")]
    env = environment(tmp_path / "data")
    lines = [
        json.loads(one) for one in run("inspect", "--json", *names, env=env, code=1).splitlines()
    ]
    assert [one["file"] for one in lines] == names
    assert all(list(one) == LINE for one in lines)
    assert [(one["outcome"], one["reason"]) for one in lines] == [
        ("accepted", None),
        ("rejected", "file_not_found"),
        ("accepted", None),
        ("rejected", "empty"),
        ("accepted", None),
    ]
    assert lines[0] == lines[4]
    (document,) = lines[0]["documents"]
    assert list(document) == DOCUMENT
    assert list(document["fields"]) == FIELDS
    assert (document["type"], document["carriers"], document["decision"]) == (
        "mietvertrag",
        ["kommune"],
        "file",
    )
    assert PERSON.last in document["text"]
    assert lines[2]["documents"][0]["decision"] == "clarify"
    assert lines[1]["documents"] == lines[3]["documents"] == []
    assert not (tmp_path / "data").exists()


def test_a_file_that_is_missing_is_exit_1_and_a_bad_one_is_not(line: Line, tmp_path: Path) -> None:
    (tmp_path / "ins-leere").symlink_to(tmp_path / "fehlt.pdf")
    missing = line(
        "inspect", "--json", *(str(tmp_path / name) for name in ("fehlt.pdf", "ins-leere"))
    )
    assert missing.code == 1
    assert [(one["outcome"], one["reason"]) for one in missing.lines] == [
        ("rejected", "file_not_found")
    ] * 2
    (tmp_path / "gross.bin").write_bytes(b"x" * 100)
    large = line("inspect", "--json", str(tmp_path / "gross.bin"), max_item_bytes="99")
    assert (large.code, large.lines[0]["reason"]) == (0, "too_large")
    table = line("inspect", str(tmp_path / "gross.bin"), max_item_bytes="99")
    assert "too_large" in table.out


def test_a_folder_is_all_that_is_below_it_in_order(line: Line, tmp_path: Path) -> None:
    folder = tmp_path / "post"
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c/d/3.txt", "b.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Guten Tag")
    (folder / "runde").symlink_to(folder)
    os.mkfifo(folder / "rohr")
    (tmp_path / "leer").mkdir()
    told = line("inspect", "--json", str(folder), str(tmp_path / "leer"), str(folder / "a.txt"))
    names = [str(Path(one["file"]).relative_to(folder)) for one in told.lines]
    inside = ["a.txt", "b/1.txt", "b/2.txt", "b.txt", "c/d/3.txt", "rohr"]
    assert names == [*inside, "a.txt"]
    reasons = [one["reason"] for one in told.lines]
    assert reasons == [None] * 5 + ["file_not_found", None]
    assert told.code == 1


def test_the_settings_are_checked(line: Line) -> None:
    told = line("config", "check")
    assert told.code == 0, told.result.stderr
    assert "Träger: agentur, kommune" in told.out
    assert "abgeschottet (bubblewrap)" in told.out
    fenced = line("config", "check", sandbox="limits")
    assert fenced.code == 0, fenced.result.stderr
    assert "schwächer" in fenced.out
    assert "LibreOffice: nicht nutzbar" in fenced.out


@pytest.mark.parametrize(
    "wrong",
    [
        {"port": "0"},
        {"prot": "1"},
        {"carriers": "niemand"},
        {"document_types": "fehlt"},
        {"sandbox": "none"},
        {"page_threads": "0"},
    ],
)
def test_wrong_settings_are_exit_2_with_one_sentence(line: Line, wrong: dict[str, str]) -> None:
    for words in (("config", "check"), ("ledger",), ("serve",), ("inspect", "x")):
        told = line(*words, **wrong)
        assert told.code == 2
        assert told.result.stderr.startswith(ConfigurationError.de)
        assert told.out == ""


@pytest.mark.parametrize(
    "words",
    [
        ("unbekannt",),
        ("submit",),
        ("submit", "--channel", "fax", "x"),
        ("search", "wort"),
        ("serve", "--port", "99999"),
        ("separators", "--out", "x", "--count", "0"),
        ("inspect", "--jobs", "0", "x"),
        ("fv", "pull", "--carrier", "kommune"),
    ],
)
def test_wrong_use_is_exit_2(line: Line, words: tuple[str, ...]) -> None:
    assert line(*words).code == 2


def test_the_program_itself_ends_with_these_codes(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    assert run("--help", env=env).count("Exit codes") == 1
    run("serve", env={**env, "POSTSTELLE_PROT": "1"}, code=2)


def test_a_key_file_that_does_not_open_is_exit_2_with_what_to_do(line: Line) -> None:
    assert line("ledger").code == 0
    line.data.secret("passphrase").write_text("falsch")
    told = line("ledger")
    assert told.code == 2
    assert "Passphrase" in told.result.stderr
    assert "falsch" not in told.result.stderr
