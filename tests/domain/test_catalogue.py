import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue import FALLBACK, Authority, Protection, parse_catalogue
from domain.errors import ConfigurationError
from domain.ids import TypeCode
from tests.domain.tables import catalogue, catalogue_text

FALLBACK_ROW = (
    'sonstiges = { title = "Sonstiges", carriers = ["clarify"], basis = "§ 16 SGB I", '
    'protection = "normal" }'
)
GOOD = 'a = { title = "A", carriers = ["agentur"], basis = "§ 1", protection = "normal" }'
BROKEN_ROWS = {
    "no title": 'a = { carriers = ["agentur"], basis = "§ 1", protection = "normal" }',
    "empty title": GOOD.replace('"A"', '""'),
    "title is a number": GOOD.replace('"A"', "3"),
    "no basis": 'a = { title = "A", carriers = ["agentur"], protection = "normal" }',
    "empty basis": GOOD.replace('"§ 1"', '""'),
    "no carriers": 'a = { title = "A", basis = "§ 1", protection = "normal" }',
    "empty carriers": GOOD.replace('["agentur"]', "[]"),
    "carriers is a text": GOOD.replace('["agentur"]', '"agentur"'),
    "carriers is a number": GOOD.replace('["agentur"]', "7"),
    "unknown carrier": GOOD.replace('["agentur"]', '["finanzamt"]'),
    "clarify beside a carrier": GOOD.replace('["agentur"]', '["clarify", "agentur"]'),
    "no protection": 'a = { title = "A", carriers = ["agentur"], basis = "§ 1" }',
    "unknown protection": GOOD.replace('"normal"', '"secret"'),
    "row is a text": 'a = "agentur"',
    "row is a list": "a = [1, 2]",
}
BROKEN_TABLES = {
    "nothing": "",
    "no table": "types = 3",
    "types is a list": "types = [1]",
    "not TOML": "[types",
    "no fallback": f"[types]\n{GOOD}",
    "fallback has a carrier": f"[types]\n{FALLBACK_ROW.replace('clarify', 'agentur')}",
    "the same code twice": f"[types]\n{FALLBACK_ROW}\n{GOOD}\n{GOOD}",
}


def test_the_shipped_catalogue_is_complete() -> None:
    kinds = list(catalogue())
    assert len(kinds) == 58
    assert all(kind.title and kind.basis.startswith("§") for kind in kinds)
    clarify = {kind.code for kind in kinds if not kind.authorities}
    assert clarify == {"widerspruch", "nachricht", "sonstiges"}


def test_the_protected_types_are_those_of_the_law() -> None:
    protected = {
        protection: {kind.code for kind in catalogue() if kind.protection is protection}
        for protection in (Protection.COUNSELLING, Protection.HEALTH)
    }
    assert protected == {
        Protection.COUNSELLING: {"schuldnerberatung", "suchtberatung"},
        Protection.HEALTH: {
            "anlage_meb",
            "schwerbehindertenausweis",
            "schwangerschaft",
            "au_bescheinigung",
            "aerztliches_attest",
        },
    }


def test_counselling_belongs_to_the_municipality_alone() -> None:
    for kind in catalogue():
        if kind.protection is Protection.COUNSELLING:
            assert kind.authorities == {Authority.KOMMUNE}


def test_the_shipped_catalogue_says_what_the_reference_says() -> None:
    reference = Path(__file__).parents[3] / "shared" / "domain" / "document-types.toml"
    if not reference.exists():
        pytest.skip("the reference table lies beside the project only where it is developed")
    assert tomllib.loads(catalogue_text()) == tomllib.loads(reference.read_text("utf-8"))


def test_a_type_is_found_by_its_code_and_no_other_is() -> None:
    assert catalogue()[TypeCode("mietvertrag")].title == "Mietvertrag"
    assert TypeCode("mietvertrag") in catalogue()
    assert TypeCode("mietvertrach") not in catalogue()
    with pytest.raises(ConfigurationError):
        catalogue()[TypeCode("mietvertrach")]


def test_a_small_table_parses() -> None:
    parsed = parse_catalogue(f"[types]\n{GOOD}\n{FALLBACK_ROW}")
    assert parsed[TypeCode("a")].authorities == {Authority.AGENTUR}
    assert parsed[FALLBACK].authorities == frozenset()


@pytest.mark.parametrize("row", BROKEN_ROWS.values(), ids=BROKEN_ROWS.keys())
def test_a_broken_row_is_refused(row: str) -> None:
    with pytest.raises(ConfigurationError):
        parse_catalogue(f"[types]\n{row}\n{FALLBACK_ROW}")


@pytest.mark.parametrize("text", BROKEN_TABLES.values(), ids=BROKEN_TABLES.keys())
def test_a_broken_table_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError):
        parse_catalogue(text)


@given(st.integers(0, len(catalogue_text())), st.integers(1, 40), st.text(max_size=3))
def test_a_damaged_table_parses_completely_or_is_refused(at: int, cut: int, put: str) -> None:
    text = catalogue_text()
    try:
        parsed = parse_catalogue(text[:at] + put + text[at + cut :])
    except ConfigurationError:
        return
    assert all(kind.title and kind.basis for kind in parsed)
    assert not parsed[FALLBACK].authorities


def test_a_retired_type_keeps_its_basis_and_gets_the_strictest_protection() -> None:
    catalogue = parse_catalogue(
        '[types]\nsonstiges = { title = "Sonstiges", carriers = ["clarify"], '
        'basis = "§ 16 SGB I", protection = "normal" }'
    )
    kind = catalogue.even_retired(TypeCode("altantrag"), basis="§ 37 SGB II")
    assert (kind.basis, kind.protection) == ("§ 37 SGB II", Protection.COUNSELLING)
    assert (
        catalogue.even_retired(TypeCode("sonstiges"), basis="") == catalogue[TypeCode("sonstiges")]
    )
