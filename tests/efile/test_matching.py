"""Whose a letter is: two identifiers agree, a name alone says nothing, a person may decide."""

import datetime as dt
from dataclasses import replace

import pytest

from domain.reading import Fields
from efile.cases import UNASSIGNED
from tests.efile.realms import BG, KUNDENNUMMER, Bureau, Letter
from tests.efile.realms import filed as file_letter

IBAN = "DE02120300000000202051"
RVNR = "65170839J003"
NAME = "Jörg Müßig-Öz"
BORN = dt.date(1980, 5, 17)
KNOWN = Fields(BG, KUNDENNUMMER, IBAN, BORN, NAME, rvnr=RVNR)


def filed(
    at: Bureau, fields: Fields, *, confirmed: bool = False, reference: str | None = None
) -> str:
    """Return the reference of the case file in which a letter with these fields ends up."""
    letter = Letter(fields=fields, confirmed=confirmed, reference=reference or fields.bg_nummer)
    return at.library.document(file_letter(at, letter)).case.reference


@pytest.mark.parametrize(
    "said",
    [
        Fields(bg_nummer=BG, name=NAME),
        Fields(bg_nummer=BG, name="MUESSIG OEZ, Joerg"),
        Fields(bg_nummer=BG, geburtsdatum=BORN),
        Fields(bg_nummer=BG, kundennummer=KUNDENNUMMER),
        Fields(bg_nummer=BG, iban=IBAN),
        Fields(kundennummer=KUNDENNUMMER, name=NAME),
        Fields(iban=IBAN, name=NAME),
        Fields(rvnr=RVNR, name=NAME),
        Fields(iban=IBAN, rvnr=RVNR),
        Fields(rvnr=RVNR, geburtsdatum=BORN),
    ],
)
def test_two_identifiers_that_agree_lead_to_the_case(kommune: Bureau, said: Fields) -> None:
    assert filed(kommune, KNOWN) == BG
    assert filed(kommune, said) == BG


@pytest.mark.parametrize(
    "said",
    [
        Fields(name=NAME),
        Fields(name=NAME, geburtsdatum=BORN),
        Fields(bg_nummer=BG),
        Fields(bg_nummer=BG, name="Jörg Anders"),
        Fields(bg_nummer=BG, geburtsdatum=dt.date(1981, 5, 17)),
        Fields(kundennummer=KUNDENNUMMER),
        Fields(iban=IBAN),
        Fields(iban=IBAN, name="Jörg Anders"),
        Fields(rvnr=RVNR),
    ],
)
def test_less_lies_without_a_reference(kommune: Bureau, said: Fields) -> None:
    assert filed(kommune, KNOWN) == BG
    assert filed(kommune, said) == UNASSIGNED


def test_a_letter_that_names_two_cases_lies_without_a_reference(kommune: Bureau) -> None:
    filed(kommune, KNOWN)
    other = Fields("99812//0000007", name="Ute Ander")
    assert filed(kommune, other) == "99812//0000007"
    assert filed(kommune, replace(other, iban=IBAN)) == UNASSIGNED


def test_the_same_number_from_the_sender_or_a_person_is_enough(kommune: Bureau) -> None:
    filed(kommune, KNOWN)
    assert filed(kommune, Fields(bg_nummer=BG), confirmed=True) == BG
    assert filed(kommune, Fields(bg_nummer=BG)) == UNASSIGNED


def test_an_unknown_number_opens_a_case(kommune: Bureau) -> None:
    assert filed(kommune, Fields(bg_nummer=BG)) == BG
    assert kommune.rows("cases") == 1


def test_papers_without_a_number_do_not_teach_whose_they_are(kommune: Bureau) -> None:
    assert filed(kommune, Fields(iban=IBAN, name=NAME)) == UNASSIGNED
    assert filed(kommune, KNOWN) == BG
    assert filed(kommune, Fields(iban=IBAN, name=NAME)) == BG


def test_the_name_of_one_case_confirms_no_other(kommune: Bureau) -> None:
    filed(kommune, Fields(bg_nummer="99812//0000007", name=NAME))
    filed(kommune, Fields(bg_nummer=BG, name="Ute Ander"))
    assert filed(kommune, Fields(bg_nummer=BG, name=NAME)) == UNASSIGNED
