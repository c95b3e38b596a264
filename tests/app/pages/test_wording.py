"""How values read: totals that people check against their own files must not be wrong."""

import datetime as dt

import pytest

from app.pages import wording
from domain.lifecycle import MessageState
from domain.post import Channel, ItemStatus
from domain.reading import Boundary, BoundaryReason


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 Byte"),
        (1023, "1023 Byte"),
        (1024, "1 KB"),
        (1024 * 1024, "1 MB"),
        (1024 * 1024 * 3 // 2, "1,5 MB"),
        (100 * 1024 * 1024, "100 MB"),
    ],
)
def test_sizes(count: int, words: str) -> None:
    assert wording.size(count) == words


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (1.0, "sehr sicher (100 %)"),
        (0.949, "recht sicher (94 %)"),
        (0.6, "unsicher (60 %)"),
        (0.0, "sehr unsicher (0 %)"),
    ],
)
def test_confidence_is_never_rounded_up(confidence: float, words: str) -> None:
    assert wording.certainty(confidence) == words


@pytest.mark.parametrize(
    ("month", "words"), [(1, "15.01.2026, 00:30:05 Uhr"), (7, "15.07.2026, 01:30:05 Uhr")]
)
def test_times_are_german_legal_time_in_winter_and_summer(month: int, words: str) -> None:
    time = dt.datetime(2026, month, 14, 23, 30, 5, tzinfo=dt.UTC)
    assert wording.moment_exact(time) == words


def test_every_state_and_channel_has_words() -> None:
    assert set(wording.CHANNELS) == set(Channel)
    assert set(wording.ITEM_STATES) == set(wording.ITEM_ADVICE) == set(ItemStatus)
    assert set(wording.MESSAGE_STATES) == set(MessageState)


def test_codes_are_read_aloud_in_blocks() -> None:
    assert wording.in_blocks("ABCDEFGHIJ") == "ABCD EFGH IJ"


def test_a_suggested_beginning_is_a_sentence() -> None:
    why = (BoundaryReason.PAGE_NUMBERS, BoundaryReason.LETTERHEAD)
    said = wording.beginning(3, Boundary(17, why, 0.5))
    assert said == (
        "Möglicherweise beginnt auf Seite 3 ein neues Dokument: "
        "neue Seitenzählung, anderer Briefkopf oder neue Anrede."
    )
    assert wording.beginning(2, Boundary(2, (), 0.3)).endswith("Seite 2 ein neues Dokument.")


@pytest.mark.parametrize("reason", BoundaryReason)
def test_every_reason_for_a_beginning_has_words(reason: BoundaryReason) -> None:
    assert ": " in wording.beginning(2, Boundary(2, (reason,), 0.5))
