"""Stacks come apart where documents begin, and stay together where one goes on."""

import pytest

from domain.ids import TypeCode
from domain.reading import BoundaryReason, SheetNote
from ocr.classify import Classifier
from ocr.pages import Leaf
from ocr.splitting import Division, divide, packaged_weights, whole
from tests.ocr.letterbox import letters

PLAIN = SheetNote()
CONTRACT = letters()["mietvertrag"]
SICK = letters()["au_bescheinigung"]
PAY = letters()["lohnabrechnung"]


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier.load()


def leaves(*texts: str | None, scanned: bool = True) -> list[Leaf]:
    """Return pages; None is a blank one."""
    return [
        Leaf(at, text or "", blank=text is None, words=() if scanned else None)
        for at, text in enumerate(texts, start=1)
    ]


def pages(divisions: tuple[Division, ...]) -> tuple[tuple[int, ...], ...]:
    return tuple(division.pages for division in divisions)


def numbered(text: str, at: int, count: int) -> str:
    return f"{text}\nSeite {at} von {count}"


def halves(text: str) -> tuple[str, str]:
    lines = text.splitlines()
    middle = len(lines) // 2
    return "\n".join(lines[:middle]), "\n".join(lines[middle:])


def test_numbered_letters_come_apart(classifier: Classifier) -> None:
    first, second = halves(CONTRACT)
    stack = leaves(numbered(first, 1, 2), numbered(second, 2, 2), numbered(SICK, 1, 1))
    divisions = divide(stack, classifier, sheets={})
    assert pages(divisions) == ((1, 2), (3,))
    assert [division.begins.page for division in divisions] == [1, 3]
    assert divisions[0].begins.reasons == (BoundaryReason.FIRST_PAGE,)
    assert BoundaryReason.PAGE_NUMBERS in divisions[1].begins.reasons
    assert divisions[1].begins.confidence >= packaged_weights().split
    assert not any(division.whole for division in divisions)


def test_a_numbered_letter_stays_together(classifier: Classifier) -> None:
    first, second = halves(CONTRACT)
    stack = leaves(numbered(first, 1, 2), numbered(second, 2, 2))
    (division,) = divide(stack, classifier, sheets={})
    assert division.pages == (1, 2)
    assert division.whole
    assert not division.suggested


def test_a_page_without_number_between_numbered_ones_belongs_to_them(
    classifier: Classifier,
) -> None:
    first, second = halves(CONTRACT)
    stack = leaves(numbered(first, 1, 3), "Skizze der Wohnung", numbered(second, 3, 3))
    assert pages(divide(stack, classifier, sheets={})) == ((1, 2, 3),)


def test_a_blank_sheet_between_different_documents_divides(classifier: Classifier) -> None:
    divisions = divide(leaves(PAY, SICK, None, CONTRACT, None, PAY), classifier, sheets={})
    assert pages(divisions)[-2:] == ((4,), (6,))
    assert BoundaryReason.BLANK_PAGE in divisions[-1].begins.reasons


def test_blank_backs_of_a_numbered_letter_divide_nothing(classifier: Classifier) -> None:
    parts = [numbered(part, at, 2) for at, part in enumerate(halves(CONTRACT), start=1)]
    stack = leaves(parts[0], None, parts[1], None)
    (division,) = divide(stack, classifier, sheets={})
    assert division.pages == (1, 3)


def test_between_separator_sheets_nothing_is_divided(classifier: Classifier) -> None:
    stack = leaves("Trennblatt", numbered(PAY, 1, 1), numbered(SICK, 1, 1), "Trennblatt", CONTRACT)
    divisions = divide(stack, classifier, sheets={1: PLAIN, 4: PLAIN})
    assert pages(divisions) == ((2, 3), (5,))
    assert {division.begins.reasons for division in divisions} == {
        (BoundaryReason.SEPARATOR_SHEET,)
    }
    assert [boundary.page for boundary in divisions[0].suggested] == [3]


def test_each_document_gets_what_the_last_sheet_before_it_says(classifier: Classifier) -> None:
    rent = SheetNote("A", TypeCode("mietvertrag"), "12345//0001234")
    stack = leaves(PAY, "Blatt", CONTRACT, "Blatt", SICK)
    divisions = divide(stack, classifier, sheets={2: rent, 4: PLAIN})
    assert [division.note for division in divisions] == [PLAIN, rent, PLAIN]


def test_what_was_written_as_one_file_needs_a_stronger_case(classifier: Classifier) -> None:
    def sure(*, scanned: bool) -> float:
        found = divide(leaves(PAY, SICK, scanned=scanned), classifier, sheets={})
        return (found[1].begins if len(found) > 1 else found[0].suggested[0]).confidence

    assert sure(scanned=False) < sure(scanned=True)


def test_a_doubtful_boundary_is_suggested_and_divides_nothing(classifier: Classifier) -> None:
    weights = packaged_weights()
    seen = [
        boundary.confidence
        for text in letters().values()
        for part in halves(text)
        for division in divide(leaves(part, "Kosten der Wohnung"), classifier, sheets={})
        for boundary in division.suggested
    ]
    assert seen
    assert all(weights.keep < confidence < weights.split for confidence in seen)


def test_an_item_as_a_whole_is_without_its_blank_pages() -> None:
    assert whole(leaves(PAY, None, SICK)).pages == (1, 3)
    assert whole(leaves(None, None)).pages == (1, 2)
    assert whole(leaves(PAY, None), every=True).pages == (1, 2)


def test_nothing_remains_of_blank_pages_and_sheets(classifier: Classifier) -> None:
    assert divide(leaves(None, "Trennblatt", None), classifier, sheets={2: PLAIN}) == ()


def test_the_thresholds_leave_room_for_doubt() -> None:
    weights = packaged_weights()
    assert 0 < weights.keep < weights.split < 1
    assert (
        weights.of["number_restarts"] + weights.of["number_one"] > 0 > weights.of["number_follows"]
    )
