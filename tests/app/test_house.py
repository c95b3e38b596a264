"""The house: realms apart in folder, database and key; the way of a document between them."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.house import Directory, House, open_house
from app.policy import load_policy
from app.readers import EmptyDirectory, make_scanner
from app.runner import pending
from domain.errors import SealBrokenError
from domain.ids import INTAKE, CarrierId, LetterId, TypeCode, realm_of
from domain.letters import Rendition
from intake.malware import ClamdScanner, EicarScanner
from storage.letterbox import LetterTray, part_id
from storage.objects import FolderObjectStore
from tests.app.houses import BG, document, file_one, files_below, house_in, settings_in

AGENTUR, KOMMUNE = CarrierId("agentur"), CarrierId("kommune")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with house_in(tmp_path) as opened:
        yield opened


def originals(house: House, carrier: CarrierId) -> list[bytes]:
    library = house.offices[carrier].library
    return [
        b"".join(library.content(filed.id, Rendition.ORIGINAL, actor="test"))
        for filed in library.inbox()
    ]


def test_a_document_of_one_carrier_reaches_no_other(house: House) -> None:
    file_one(house, document(), content=b"%PDF Mietvertrag")
    assert originals(house, KOMMUNE) == [b"%PDF Mietvertrag"]
    assert originals(house, AGENTUR) == []
    assert files_below(house.folder.objects(realm_of(AGENTUR))) == []
    assert files_below(house.folder.slot(AGENTUR)) == []


def test_a_document_of_both_carriers_reaches_both_and_leaves_the_mail_room(house: House) -> None:
    file_one(house, document(type=TypeCode("hauptantrag")), content=b"%PDF Hauptantrag")
    assert originals(house, KOMMUNE) == originals(house, AGENTUR) == [b"%PDF Hauptantrag"]
    assert files_below(house.folder.objects(INTAKE)) == []
    assert pending(house) == 0


def test_no_key_of_one_realm_opens_what_another_keeps(house: House) -> None:
    file_one(house, document(type=TypeCode("hauptantrag")))
    realms = [house.offices[carrier].realm for carrier in (AGENTUR, KOMMUNE)]
    public = {realm.keys.public.to_bytes() for realm in realms}
    assert len(public) == 2
    for realm, other in (realms, realms[::-1]):
        sealed = realm.keys.wrap(bytes(32), context="x")
        with pytest.raises(SealBrokenError):
            other.keys.unwrap(sealed, context="x")


def test_a_letter_in_the_wrong_slot_stays_closed(house: House, tmp_path: Path) -> None:
    slot = house.intake.outside.slots[KOMMUNE]
    store = FolderObjectStore(house.folder.slot(KOMMUNE))
    place = part_id(LetterId("a-letter"), "once", part="text")
    slot.drop(place, [b"nur fuer die Kommune"])
    assert b"".join(house.offices[KOMMUNE].realm.tray.open(place)) == b"nur fuer die Kommune"
    private = house.offices[AGENTUR].realm.keys.private
    for realm in (realm_of(AGENTUR), realm_of(KOMMUNE)):
        with pytest.raises(SealBrokenError):
            b"".join(LetterTray(realm, store, private=private).open(place))
    assert not hasattr(slot, "open")
    assert not any(b"Kommune" in path.read_bytes() for path in files_below(tmp_path))


def test_the_directory_answers_for_one_carrier_alone(house: House) -> None:
    file_one(house, document())
    directory = house.intake.outside.directory
    assert directory.case_for(KOMMUNE, BG) is not None
    assert directory.case_for(AGENTUR, BG) is None
    assert directory.case_for(KOMMUNE, "12345//0000018") is None
    assert isinstance(directory, Directory)
    assert EmptyDirectory().case_for(KOMMUNE, BG) is None


def test_what_was_filed_is_there_after_a_restart(tmp_path: Path) -> None:
    with house_in(tmp_path) as house:
        receipt = file_one(house, document(), content=b"%PDF bleibt")
    with open_house(settings_in(tmp_path)) as house:
        assert originals(house, KOMMUNE) == [b"%PDF bleibt"]
        with house.intake.database.reading() as connection:
            assert house.receipts.find(connection, receipt.code) == receipt


@pytest.mark.parametrize("carriers", ["separate", "joint", "municipal"])
def test_carriers_are_configuration(tmp_path: Path, carriers: str) -> None:
    settings = settings_in(tmp_path, carriers=carriers)
    with open_house(settings) as house:
        assert list(house.offices) == list(load_policy(settings).carriers.carriers)
        file_one(house, document())
        holding = [name for name, office in house.offices.items() if office.library.inbox()]
        assert len(holding) == 1
        assert {path.name for path in house.folder.root.joinpath("realms").iterdir()} == {
            "intake",
            *house.offices,
        }


def test_a_house_cannot_be_changed(house: House) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        house.title = "x"  # type: ignore[misc]  # the point of the test


def test_the_scanner_is_the_one_that_the_settings_name() -> None:
    assert isinstance(make_scanner(settings_in(Path())), EicarScanner)
    assert isinstance(make_scanner(settings_in(Path(), clamd="127.0.0.1:3310")), ClamdScanner)
