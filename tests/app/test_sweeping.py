"""Sweeping: only what has no receipt or is filed already, and only when it is old."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.house import House
from app.sweeping import ABANDONED_AGE, Sweeper
from app.verification import abandoned_arrivals, stray_letters
from domain.ids import CarrierId, LetterId, ObjectId
from storage.letterbox import part_id
from tests.app.houses import document, file_one, hand_in, house_in
from tests.storage.settable_clock import SettableClock

KOMMUNE = CarrierId("kommune")
A_LITTLE = dt.timedelta(seconds=1)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def house(tmp_path: Path, clock: SettableClock) -> Iterator[House]:
    with house_in(tmp_path) as opened:
        yield dataclasses.replace(opened, clock=clock)


def test_an_arrival_without_receipt_goes_when_it_is_old_enough(
    house: House, clock: SettableClock
) -> None:
    hand_in(house, b"%PDF mit Quittung")
    kept = house.intake.vault.ids()
    house.intake.vault.put(ObjectId("no-item/received"), [b"x"], kek=bytes(32))
    sweeper = Sweeper(house)
    assert sweeper.sweep() == 0
    clock.advance(ABANDONED_AGE - A_LITTLE)
    assert sweeper.sweep() == 0
    assert abandoned_arrivals(house) == {"no-item/received"}
    clock.advance(A_LITTLE)
    assert sweeper.sweep() == 1
    assert house.intake.vault.ids() == kept


def test_a_letter_dropped_again_after_its_filing_goes_too(
    house: House, clock: SettableClock
) -> None:
    file_one(house, document(pdfa=b"%PDF/A", original=b"%PDF eins"))
    office = house.offices[KOMMUNE]
    letter = LetterId(office.library.inbox()[0].id)
    house.intake.outside.slots[KOMMUNE].drop(part_id(letter, "again", part="order"), [b"x"])
    sweeper = Sweeper(house)
    assert stray_letters(office) == {letter}
    assert sweeper.sweep() == 0
    clock.advance(ABANDONED_AGE)
    assert sweeper.sweep() == 1
    assert office.realm.tray.letters() == frozenset()
    assert len(office.library.inbox()) == 1


def test_what_waits_to_be_filed_is_left_alone(house: House, clock: SettableClock) -> None:
    slot = house.intake.outside.slots[KOMMUNE]
    slot.drop(part_id(LetterId("waiting"), "first", part="order"), [b"x"])
    sweeper = Sweeper(house)
    for _ in range(3):
        assert sweeper.sweep() == 0
        clock.advance(ABANDONED_AGE)
    assert house.offices[KOMMUNE].realm.tray.letters() == {LetterId("waiting")}
