"""Policy: the shipped tables fit together, others are read, what does not fit is refused."""

from pathlib import Path

import pytest

from app.policy import SHIPPED, load_catalogue, load_policy
from app.settings import Settings
from domain.errors import ConfigurationError
from domain.ids import TypeCode


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_configuration_knows_a_carrier_for_every_type(name: str) -> None:
    policy = load_policy(Settings(carriers=name, confidence=0.8))
    assert policy.threshold == 0.8
    for kind in policy.catalogue:
        assert bool(policy.carriers.entitled(kind)) is bool(kind.authorities)


def test_separate_carriers_follow_the_law() -> None:
    policy = load_policy(Settings())
    for code, carriers in {
        "mietvertrag": ("kommune",),
        "anlage_meb": ("agentur",),
        "hauptantrag": ("agentur", "kommune"),
        "widerspruch": (),
    }.items():
        assert policy.carriers.entitled(policy.catalogue[TypeCode(code)]) == carriers


def test_another_configuration_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_text(
        'title = "Ein Haus"\n[carriers.haus]\ntitle = "Das Haus"\n'
        '[[assign]]\nauthority = "agentur"\ncarrier = "haus"\n'
        '[[assign]]\nauthority = "kommune"\ncarrier = "haus"\n'
    )
    policy = load_policy(Settings(carriers=str(path)))
    assert list(policy.carriers.carriers) == ["haus"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not toml",
        'title = "x"\n[carriers.haus]\ntitle=""\n[[assign]]\nauthority="agentur"\ncarrier="haus"',
        'title = "x"\n[carriers.intake]\ntitle = "Haus"\nassign = []',
        'title = "x"\n[carriers.haus]\ntitle = "x"\n[[assign]]\nauthority="kommune"\ncarrier="x"',
    ],
)
def test_a_configuration_that_leaves_a_gap_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "gap.toml"
    path.write_text(text)
    with pytest.raises(ConfigurationError):
        load_policy(Settings(carriers=str(path)))


def test_a_file_that_cannot_be_read_is_refused_by_its_name_alone(tmp_path: Path) -> None:
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff")
    for path in (tmp_path / "absent.toml", binary, tmp_path):
        with pytest.raises(ConfigurationError) as caught:
            load_policy(Settings(carriers=str(path)))
        assert str(tmp_path.parent) not in caught.value.detail
        with pytest.raises(ConfigurationError):
            load_catalogue(Settings(document_types=path))


def test_another_catalogue_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "types.toml"
    path.write_text(
        '[types]\nsonstiges = {title="Sonstiges", carriers=["clarify"], basis="-", '
        'protection="normal"}\n'
    )
    assert [kind.code for kind in load_catalogue(Settings(document_types=path))] == ["sonstiges"]
