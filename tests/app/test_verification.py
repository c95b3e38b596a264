"""Storage verification: what is wrong is reported, each by itself; a clean house has nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, text

from app.house import House, open_house
from app.verification import RealmReport, abandoned_arrivals, verify_audit, verify_storage
from domain.errors import ConfigurationError
from domain.ids import INTAKE, CarrierId, LetterId, RealmId, TypeCode
from domain.post import Channel, SenderNote
from efile import tables as carrier
from efile.realm import Step
from storage.letterbox import part_id
from tests.app.houses import (
    PreparedReader,
    document,
    file_one,
    files_below,
    hand_in,
    house_in,
    reading,
    reading_with,
    work_off,
)

KOMMUNE = RealmId("kommune")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with house_in(tmp_path) as opened:
        file_one(opened, document(pdfa=b"%PDF/A", original=b"%PDF eins"))
        unclear = [document(type=TypeCode("sonstiges"), pdfa=b"%PDF/A")]
        hand_in(opened, b"%PDF unklar")
        work_off(reading_with(opened, PreparedReader(lambda _: reading(*unclear))))
        yield opened


def reports(house: House) -> dict[RealmId, RealmReport]:
    return {report.realm: report for report in verify_storage(house)}


def problems(house: House) -> dict[RealmId, list[str]]:
    return {realm: report.problems for realm, report in reports(house).items() if report.problems}


def test_a_clean_house_has_no_problems_and_counts_what_it_opened(house: House) -> None:
    found = reports(house)
    assert problems(house) == {}
    assert {realm: report.objects for realm, report in found.items()} == {
        INTAKE: 2,
        RealmId("agentur"): 0,
        KOMMUNE: 3,
    }
    assert sum(report.under_way + report.abandoned for report in found.values()) == 0


def objects(house: House, realm: RealmId) -> list[Path]:
    return files_below(house.folder.objects(realm))


@pytest.mark.parametrize("realm", [INTAKE, KOMMUNE])
def test_every_object_that_is_missing_is_reported(house: House, realm: RealmId) -> None:
    for path in objects(house, realm):
        content = path.read_bytes()
        path.unlink()
        (problem,) = problems(house)[realm]
        assert problem.endswith("object_missing")
        path.write_bytes(content)
    assert problems(house) == {}


@pytest.mark.parametrize("realm", [INTAKE, KOMMUNE])
@pytest.mark.parametrize("offset", [0, 10, -1])
def test_every_changed_byte_is_reported(house: House, realm: RealmId, offset: int) -> None:
    for path in objects(house, realm):
        content = path.read_bytes()
        changed = bytearray(content)
        changed[offset] ^= 1
        path.write_bytes(changed)
        (problem,) = problems(house)[realm]
        assert problem.endswith("seal_broken")
        path.write_bytes(content)


def test_every_cut_object_is_reported(house: House) -> None:
    for realm in (INTAKE, KOMMUNE):
        path = objects(house, realm)[0]
        path.write_bytes(path.read_bytes()[:-1])
    assert set(problems(house)) == {INTAKE, KOMMUNE}


def test_swapped_objects_are_reported(house: House) -> None:
    first, second, *_ = objects(house, KOMMUNE)
    contents = first.read_bytes(), second.read_bytes()
    first.write_bytes(contents[1])
    second.write_bytes(contents[0])
    assert len(problems(house)[KOMMUNE]) == 2


def test_an_object_without_a_row_is_reported(house: House) -> None:
    stray = house.folder.objects(KOMMUNE) / "stray" / "x" / "original"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"whatever")
    assert problems(house) == {KOMMUNE: ["stray/x/original: an object without a row"]}


def test_a_rendition_whose_row_is_gone_is_reported(house: House) -> None:
    database = house.offices[CarrierId("kommune")].realm.database
    with database.transaction() as connection:
        connection.execute(
            delete(carrier.RENDITIONS).where(carrier.RENDITIONS.c.rendition == "pdfa")
        )
    (problem,) = problems(house)[KOMMUNE]
    assert problem.endswith("pdfa: an object without a row")


def test_a_letter_that_was_filed_and_lies_in_the_slot_is_reported(house: House) -> None:
    office = house.offices[CarrierId("kommune")]
    letter = LetterId(office.library.inbox()[0].id)
    slot = house.intake.outside.slots[CarrierId("kommune")]
    slot.drop(part_id(letter, "again", part="order"), [b"x"])
    assert problems(house) == {KOMMUNE: [f"letter {letter} is filed but still lies in the slot"]}
    office.realm.jobs.announce(Step.REPORT, letter)
    assert problems(house) == {}
    work_off(house)
    assert files_below(house.folder.slot(CarrierId("kommune"))) == []


def test_a_letter_on_its_way_is_under_way_and_no_problem(house: House) -> None:
    slot = house.intake.outside.slots[CarrierId("kommune")]
    slot.drop(part_id(LetterId("a-letter"), "once", part="order"), [b"x"])
    assert problems(house) == {}
    assert reports(house)[KOMMUNE].under_way == 1


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE renditions SET wrapped_key = x'01'",
        "UPDATE documents SET sealed_order = x'00'",
        "UPDATE cases SET wrapped_key = x'01'",
    ],
)
def test_spoiled_rows_of_a_carrier_are_reported(house: House, spoil: str) -> None:
    database = house.offices[CarrierId("kommune")].realm.database
    with database.transaction() as connection:
        connection.execute(text(spoil))
    assert len(problems(house)[KOMMUNE]) == 3


@pytest.mark.parametrize(
    "spoil",
    ["UPDATE items SET sealed_key = x'00'", "UPDATE renditions SET wrapped_key = x'01'"],
)
def test_spoiled_rows_of_the_mail_room_are_reported_and_the_rest_is_looked_at(
    house: House, spoil: str
) -> None:
    with house.intake.database.transaction() as connection:
        connection.execute(text(spoil))
    found = reports(house)
    assert len(found[INTAKE].problems) == 1
    assert found[KOMMUNE].objects == 3


def test_an_arrival_without_a_receipt_is_counted_apart(house: House) -> None:
    arrival = house.reception.begin(Channel.APP, idempotency_key="x", note=SenderNote())
    item = arrival.item("halb.pdf")
    item.write(b"angekommen, nie quittiert")
    item.finish()
    item.commit()
    assert problems(house) == {}
    assert reports(house)[INTAKE].abandoned == 1
    assert len(abandoned_arrivals(house)) == 1
    arrival.abort()
    assert abandoned_arrivals(house) == frozenset()


def test_a_chain_that_was_emptied_or_cut_is_found_by_the_acts_that_it_lacks(house: House) -> None:
    assert all(error is None for _, error in verify_audit(house).values())
    office = house.offices[CarrierId("kommune")]
    with office.realm.database.transaction() as connection:
        connection.execute(text("DELETE FROM audit"))
    found = verify_audit(house)
    assert found[KOMMUNE] == (0, "1 acts have no entry")
    assert found[INTAKE][1] is None


def test_a_house_whose_database_is_gone_does_not_open_as_an_empty_one(tmp_path: Path) -> None:
    with house_in(tmp_path) as opened:
        file_one(opened, document(pdfa=b"%PDF/A", original=b"%PDF eins"))
        settings, folder = opened.settings, opened.folder
    for path in folder.database(KOMMUNE).parent.glob("realm.db*"):
        path.unlink()
    with pytest.raises(ConfigurationError), open_house(settings):
        pass
