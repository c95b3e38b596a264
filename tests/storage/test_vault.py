import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.errors import ObjectExistsError, ObjectMissingError, SealBrokenError
from domain.ids import ObjectId, RealmId
from storage.objects import FolderObjectStore
from storage.system import SystemRandomness
from storage.vault import Vault

KEK = os.urandom(32)
ID = ObjectId("item/lease/0-original")
OTHER = ObjectId("item/lease/1-original")
CONTENT = b"Kontoauszug Kanarienvogel " * 10_000


@pytest.fixture
def store(tmp_path: Path) -> FolderObjectStore:
    return FolderObjectStore(tmp_path / "objects")


@pytest.fixture
def vault(store: FolderObjectStore) -> Vault:
    return _vault(store, "intake")


def _vault(store: FolderObjectStore, realm: str) -> Vault:
    return Vault(RealmId(realm), store, randomness=SystemRandomness())


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_put_is_opened(vault: Vault) -> None:
    at = vault.put(ID, [CONTENT[:7], b"", CONTENT[7:]], kek=KEK)
    assert (at.id, at.size) == (ID, len(CONTENT))
    assert b"".join(vault.open(ID, at.wrapped_key, kek=KEK)) == CONTENT


def test_nothing_is_an_object_too(vault: Vault) -> None:
    at = vault.put(ID, [], kek=KEK)
    assert at.size == 0
    assert b"".join(vault.open(ID, at.wrapped_key, kek=KEK)) == b""


def test_nothing_readable_is_on_the_disk(vault: Vault, tmp_path: Path) -> None:
    at = vault.put(ID, [CONTENT], kek=KEK)
    (path,) = _files(tmp_path)
    stored = path.read_bytes()
    assert b"Kanarienvogel" not in stored
    assert at.wrapped_key not in stored


def test_the_same_content_never_looks_the_same(vault: Vault, store: FolderObjectStore) -> None:
    first, second = vault.put(ID, [CONTENT], kek=KEK), vault.put(OTHER, [CONTENT], kek=KEK)
    assert first.wrapped_key != second.wrapped_key
    assert b"".join(store.read(ID)) != b"".join(store.read(OTHER))


def test_another_key_opens_nothing(vault: Vault) -> None:
    at = vault.put(ID, [CONTENT], kek=KEK)
    with pytest.raises(SealBrokenError):
        b"".join(vault.open(ID, at.wrapped_key, kek=os.urandom(32)))


def test_a_wrapped_key_opens_no_other_object(vault: Vault) -> None:
    first, second = vault.put(ID, [CONTENT], kek=KEK), vault.put(OTHER, [CONTENT], kek=KEK)
    with pytest.raises(SealBrokenError):
        b"".join(vault.open(OTHER, first.wrapped_key, kek=KEK))
    assert b"".join(vault.open(OTHER, second.wrapped_key, kek=KEK)) == CONTENT


def test_an_object_does_not_open_in_another_realm(vault: Vault, store: FolderObjectStore) -> None:
    at = vault.put(ID, [CONTENT], kek=KEK)
    with pytest.raises(SealBrokenError):
        b"".join(_vault(store, "kommune").open(ID, at.wrapped_key, kek=KEK))


@pytest.mark.parametrize("at", [0, 40, 70_000, -1])
def test_a_changed_object_does_not_open(vault: Vault, tmp_path: Path, at: int) -> None:
    kept = vault.put(ID, [CONTENT], kek=KEK)
    (path,) = _files(tmp_path)
    stored = bytearray(path.read_bytes())
    stored[at] ^= 1
    path.write_bytes(stored)
    with pytest.raises(SealBrokenError):
        b"".join(vault.open(ID, kept.wrapped_key, kek=KEK))


def test_a_cut_object_does_not_open(vault: Vault, tmp_path: Path) -> None:
    kept = vault.put(ID, [CONTENT], kek=KEK)
    (path,) = _files(tmp_path)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(SealBrokenError):
        b"".join(vault.open(ID, kept.wrapped_key, kek=KEK))


def test_content_that_breaks_off_leaves_nothing(vault: Vault, tmp_path: Path) -> None:
    def breaking() -> Iterator[bytes]:
        yield CONTENT
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        vault.put(ID, breaking(), kek=KEK)
    assert _files(tmp_path) == []
    assert vault.ids() == frozenset()


def test_an_object_is_never_replaced(vault: Vault) -> None:
    at = vault.put(ID, [CONTENT], kek=KEK)
    with pytest.raises(ObjectExistsError):
        vault.put(ID, [b"other"], kek=KEK)
    assert b"".join(vault.open(ID, at.wrapped_key, kek=KEK)) == CONTENT
    assert vault.ids() == {ID}


def test_a_deleted_object_is_missing(vault: Vault) -> None:
    at = vault.put(ID, [CONTENT], kek=KEK)
    vault.delete(ID)
    vault.delete(ID)
    with pytest.raises(ObjectMissingError):
        b"".join(vault.open(ID, at.wrapped_key, kek=KEK))


def test_delete_all_keeps_what_it_is_told_and_what_is_elsewhere(vault: Vault) -> None:
    elsewhere = ObjectId("item2/lease/0-original")
    for name in (ID, OTHER, elsewhere):
        vault.put(name, [b"x"], kek=KEK)
    vault.delete_all("item/", keep=frozenset({OTHER}))
    assert vault.ids() == {OTHER, elsewhere}
