"""What sheets and codes say joins what was read, and contradictions go to a person."""

import pytest

from domain.ids import TypeCode
from domain.reading import Barcode, Fields, ReadDocument, SheetNote
from domain.reasons import Reason
from ocr.classify import Guess
from ocr.statements import agency_numbers, stated_type, with_case, with_codes

RENT = TypeCode("mietvertrag")
PAY = TypeCode("lohnabrechnung")
BG, OTHER_BG = "12345//0001234", "54321//0004321"
NUMBER, OTHER_NUMBER = "123A456789", "987B654321"


def document(bg_nummer: str | None = None, kundennummer: str | None = None) -> ReadDocument:
    seen = (bg_nummer,) if bg_nummer else ()
    fields = Fields(bg_nummer=bg_nummer, kundennummer=kundennummer)
    return ReadDocument((1,), RENT, 0.9, fields, "Text", "x", bg_nummern=seen)


def code(text: str, symbology: str = "DataMatrix") -> Barcode:
    return Barcode(1, symbology, text)


def test_a_stated_type_is_certain() -> None:
    guess, doubts = stated_type(Guess(PAY, 0.6, ("Entgelt",)), SheetNote(type=RENT))
    assert (guess.type, guess.confidence, doubts) == (RENT, 1.0, ())
    assert guess.evidence == ("Trennblatt", "Entgelt")


def test_a_sheet_without_a_type_changes_nothing() -> None:
    guess = Guess(PAY, 0.6)
    assert stated_type(guess, SheetNote(batch="A")) == (guess, ())


def test_content_that_is_surely_another_type_is_a_doubt() -> None:
    guess, doubts = stated_type(Guess(PAY, 0.97), SheetNote(type=RENT))
    assert guess.type == RENT
    assert guess.confidence < 0.1
    assert doubts == (Reason.LOW_CONFIDENCE,)


@pytest.mark.parametrize("guess", [Guess(RENT, 0.99), Guess(TypeCode("sonstiges"), 0.99)])
def test_content_that_agrees_or_says_nothing_is_none(guess: Guess) -> None:
    assert stated_type(guess, SheetNote(type=RENT))[1] == ()


def test_a_stated_case_fills_what_is_empty() -> None:
    stated = with_case(document(), SheetNote(case=BG))
    assert stated.fields.bg_nummer == BG
    assert stated.bg_nummern == (BG,)
    assert with_case(document(), SheetNote(case=NUMBER)).fields.kundennummer == NUMBER
    assert with_case(document(), SheetNote()) == document()


def test_a_stated_case_that_contradicts_the_paper_stays_visible() -> None:
    stated = with_case(document(bg_nummer=BG), SheetNote(case=OTHER_BG))
    assert stated.bg_nummern == (BG, OTHER_BG)
    assert stated.fields.bg_nummer == BG
    stated = with_case(document(kundennummer=NUMBER), SheetNote(case=OTHER_NUMBER))
    assert stated.doubts == (Reason.CONFLICTING_REFERENCES,)
    stated = with_case(document(kundennummer=NUMBER), SheetNote(case=NUMBER))
    assert stated.doubts == ()


@pytest.mark.parametrize(
    "text",
    ["B#012345//0001234", "B#0 12345BG0001234", "B#012345BG0001234;42;x", "B#0|12345/0001234|"],
)
def test_codes_of_an_agency_name_a_bg_number(text: str) -> None:
    assert agency_numbers([code(text)]) == (BG,)
    assert with_codes(document(), [code(text)]).fields.bg_nummer == BG


@pytest.mark.parametrize(
    "seen",
    [
        code("B#012345//0001234", "QRCode"),
        code("B#112345//0001234"),
        code("12345//0001234"),
        code("x B#012345//0001234"),
        code("B#012345//00012345"),
        code("B#0123450001234"),
        code("B#0١٢٣٤٥//0001234"),
    ],
)
def test_other_codes_name_none(seen: Barcode) -> None:
    assert agency_numbers([seen]) == ()
    assert with_codes(document(), [seen]) == document()


def test_a_code_that_contradicts_the_paper_stays_visible() -> None:
    read = with_codes(document(bg_nummer=BG), [code(f"B#0{OTHER_BG}")])
    assert read.bg_nummern == (BG, OTHER_BG)
    assert read.fields.bg_nummer == BG


def test_codes_that_contradict_each_other_choose_nothing() -> None:
    read = with_codes(document(), [code(f"B#0{BG}"), code(f"B#0{OTHER_BG}")])
    assert read.bg_nummern == (BG, OTHER_BG)
    assert read.fields.bg_nummer is None
