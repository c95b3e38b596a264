import datetime as dt

import pytest

from domain.reading import Box, Finding
from ocr.fields import read_fields
from ocr.pages import Leaf, Word
from ocr.places import findings

TODAY = dt.date(2026, 11, 20)
FIRST = "Jobcenter Musterstadt"
SECOND = "BG-Nummer: I2345 // 0001234\ngeb. am 01.02.1990"


def words(text: str, confidence: float) -> tuple[Word, ...]:
    """Return the words of a text, ten of a hundred columns wide, a tenth of the page high."""
    found, at = [], 0
    for index, word in enumerate(text.split()):
        at = text.index(word, at)
        box = Box(index / 10, 0.1, (index + 1) / 10, 0.2)
        found.append(Word(word, at, box, confidence))
        at += len(word)
    return tuple(found)


def pages(confidence: float = 0.5) -> tuple[Leaf, ...]:
    return (
        Leaf(3, text=FIRST, words=words(FIRST, confidence)),
        Leaf(5, text=SECOND, words=words(SECOND, confidence)),
    )


def found_on(leaves: tuple[Leaf, ...]) -> dict[str, Finding]:
    reading = read_fields("\f".join(leaf.text for leaf in leaves), today=TODAY)
    return {finding.field: finding for finding in findings(reading, leaves)}


def test_a_field_stands_where_its_words_stand() -> None:
    found = found_on(pages())
    assert set(found) == {"bg_nummer", "geburtsdatum"}
    assert found["bg_nummer"].page == 5
    assert found["bg_nummer"].box == Box(0.1, 0.1, 0.4, 0.2)
    assert found["geburtsdatum"].box == Box(0.6, 0.1, 0.7, 0.2)


def test_the_words_decide_how_sure_it_is_and_a_repair_makes_it_less() -> None:
    found = found_on(pages(0.5))
    assert found["geburtsdatum"].confidence == pytest.approx(0.5)
    assert found["bg_nummer"].confidence == pytest.approx(0.4)
    assert found["bg_nummer"].checked is None


def test_a_check_digit_makes_it_surer() -> None:
    text = "SV-Nummer 15070649C103"
    leaf = Leaf(1, text=text, words=words(text, 0.5))
    finding = found_on((leaf,))["rvnr"]
    assert finding.checked is True
    assert finding.confidence == pytest.approx(0.95)


def test_a_page_with_its_own_text_is_sure_but_has_no_boxes() -> None:
    found = found_on((Leaf(1, text=SECOND, words=None),))
    assert found["geburtsdatum"] == Finding("geburtsdatum", 1, None, 1.0, None)


def test_who_knows_the_page_may_tell_the_box() -> None:
    leaf = Leaf(2, text=SECOND, words=None)
    asked: list[tuple[int, str]] = []

    def locate(page: int, raw: str) -> Box | None:
        asked.append((page, raw))
        return Box(0, 0, 1, 1) if raw == "01.02.1990" else None

    reading = read_fields(SECOND, today=TODAY)
    boxes = {found.field: found.box for found in findings(reading, (leaf,), locate=locate)}
    assert boxes == {"bg_nummer": None, "geburtsdatum": Box(0, 0, 1, 1)}
    assert sorted(asked) == [(2, "01.02.1990"), (2, "I2345 // 0001234")]


def test_words_that_are_missing_have_no_box() -> None:
    leaf = Leaf(1, text=SECOND, words=())
    assert found_on((leaf,))["geburtsdatum"].box is None


def test_without_fields_or_pages_there_are_no_findings() -> None:
    assert findings(read_fields("", today=TODAY), pages()) == ()
    assert findings(read_fields(SECOND, today=TODAY), ()) == ()
