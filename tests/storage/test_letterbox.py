from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.errors import ObjectExistsError, ObjectMissingError, SealBrokenError
from domain.ids import LetterId, RealmId
from storage.letterbox import LetterSlot, LetterTray, part_id
from storage.objects import FolderDropBox, FolderObjectStore
from storage.sealing import RealmPrivateKey
from storage.system import SystemRandomness

KOMMUNE, AGENTUR = RealmId("kommune"), RealmId("agentur")
KEYS = {realm: RealmPrivateKey.generate() for realm in (KOMMUNE, AGENTUR)}
LETTER = LetterId("letter-1")
ORDER = part_id(LETTER, "attempt-1", part="order")
TEXT = part_id(LETTER, "attempt-1", part="text")
CONTENT = b"Mietvertrag Kanarienvogel " * 10_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "slot"


@pytest.fixture
def slot(folder: Path) -> LetterSlot:
    return _slot(folder, KOMMUNE)


@pytest.fixture
def tray(folder: Path) -> LetterTray:
    return _tray(folder, KOMMUNE)


def _slot(folder: Path, realm: RealmId) -> LetterSlot:
    box, public = FolderDropBox(folder), KEYS[realm].public()
    return LetterSlot(realm, box, public=public, randomness=SystemRandomness())


def _tray(folder: Path, realm: RealmId, *, key: RealmId | None = None) -> LetterTray:
    return LetterTray(realm, FolderObjectStore(folder), private=KEYS[key or realm])


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_receiver_opens_what_was_dropped(slot: LetterSlot, tray: LetterTray) -> None:
    slot.drop(ORDER, [CONTENT[:5], CONTENT[5:]])
    assert b"".join(tray.open(ORDER)) == CONTENT
    assert tray.letters() == {LETTER}


def test_an_empty_part_arrives_empty(slot: LetterSlot, tray: LetterTray) -> None:
    slot.drop(TEXT, [b""])
    assert b"".join(tray.open(TEXT)) == b""


def test_the_other_carrier_cannot_open_it(slot: LetterSlot, folder: Path) -> None:
    slot.drop(ORDER, [CONTENT])
    with pytest.raises(SealBrokenError):
        b"".join(_tray(folder, KOMMUNE, key=AGENTUR).open(ORDER))
    with pytest.raises(SealBrokenError):
        b"".join(_tray(folder, AGENTUR).open(ORDER))


def test_even_the_right_key_does_not_open_it_as_the_post_of_another_realm(
    slot: LetterSlot, folder: Path
) -> None:
    slot.drop(ORDER, [CONTENT])
    with pytest.raises(SealBrokenError):
        b"".join(_tray(folder, AGENTUR, key=KOMMUNE).open(ORDER))


def test_the_sender_has_no_way_to_see_or_take_back(slot: LetterSlot) -> None:
    offered = {name for name in dir(slot) if not name.startswith("_")}
    assert offered == {"drop"}


def test_nothing_readable_lies_in_the_slot(slot: LetterSlot, folder: Path) -> None:
    slot.drop(ORDER, [CONTENT])
    assert all(b"Kanarienvogel" not in path.read_bytes() for path in _files(folder))


def test_a_part_cannot_stand_in_for_another(
    slot: LetterSlot, tray: LetterTray, folder: Path
) -> None:
    slot.drop(ORDER, [CONTENT])
    (folder / ORDER).rename(folder / TEXT)
    with pytest.raises(SealBrokenError):
        b"".join(tray.open(TEXT))


def test_a_part_cannot_be_moved_to_another_attempt(
    slot: LetterSlot, tray: LetterTray, folder: Path
) -> None:
    later = part_id(LETTER, "attempt-2", part="order")
    slot.drop(ORDER, [CONTENT])
    (folder / LETTER / "attempt-1").rename(folder / LETTER / "attempt-2")
    with pytest.raises(SealBrokenError):
        b"".join(tray.open(later))


@pytest.mark.parametrize("at", [0, 10, 600, 1200, 70_000, -1])
def test_a_changed_part_does_not_open(tray: LetterTray, folder: Path, at: int) -> None:
    _slot(folder, KOMMUNE).drop(ORDER, [CONTENT])
    path = folder / ORDER
    stored = bytearray(path.read_bytes())
    stored[at] ^= 1
    path.write_bytes(stored)
    with pytest.raises(SealBrokenError):
        b"".join(tray.open(ORDER))


def test_a_drop_that_breaks_off_leaves_nothing(slot: LetterSlot, folder: Path) -> None:
    def breaking() -> Iterator[bytes]:
        yield CONTENT
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        slot.drop(ORDER, breaking())
    assert _files(folder) == []


def test_a_part_is_never_replaced(slot: LetterSlot, tray: LetterTray) -> None:
    slot.drop(ORDER, [CONTENT])
    with pytest.raises(ObjectExistsError):
        slot.drop(ORDER, [b"other"])
    assert b"".join(tray.open(ORDER)) == CONTENT


def test_a_removed_letter_is_gone_with_all_its_attempts(
    slot: LetterSlot, tray: LetterTray, folder: Path
) -> None:
    other = part_id(LetterId("letter-10"), "attempt-1", part="order")
    for name in (ORDER, TEXT, part_id(LETTER, "attempt-2", part="order"), other):
        slot.drop(name, [b"x"])
    tray.remove(LETTER)
    assert tray.letters() == {"letter-10"}
    assert len(_files(folder)) == 1
    with pytest.raises(ObjectMissingError):
        b"".join(tray.open(ORDER))
