"""The folder as object store and as drop box: its contract and its own faults."""

import datetime as dt
import os
import resource
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from domain.errors import ObjectExistsError, UnavailableError
from domain.ids import ObjectId
from domain.ports import DropBox, ObjectStore
from storage.objects import FolderDropBox, FolderObjectStore, ObjectIdError, StoreUnavailableError
from tests.storage.object_store_contract import (
    ID,
    OTHER,
    UNSAFE_IDS,
    ObjectStoreContract,
    content_of,
    put,
)

NOW = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
DYING_WRITER = """
import os, sys
from pathlib import Path
from storage.objects import FolderObjectStore
writer = FolderObjectStore(Path(sys.argv[1])).writer("5b0d/1/original")
writer.write(bytes(1_000_000))
os._exit(9)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "bucket"


class TestFolderObjectStore(ObjectStoreContract):
    @pytest.fixture
    def store(self, root: Path) -> ObjectStore:
        return FolderObjectStore(root)


def _everything_in(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


@contextmanager
def _full_disk(at: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (at, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_only_the_owner_may_look_in(root: Path) -> None:
    put(FolderObjectStore(root), ID, b"content")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in root.rglob("*") if path.is_dir()}
    assert modes | {stat.S_IMODE(root.stat().st_mode)} == {0o700}
    assert stat.S_IMODE((root / ID).stat().st_mode) == 0o600


def test_a_committed_object_is_the_only_file(root: Path) -> None:
    put(FolderObjectStore(root), ID, b"content")
    assert _everything_in(root) == ["5b0d", "5b0d/1", "5b0d/1/original"]
    assert (root / ID).stat().st_nlink == 1


def test_a_refused_commit_leaves_only_the_first_object(root: Path) -> None:
    store = FolderObjectStore(root)
    put(store, ID, b"content")
    with pytest.raises(ObjectExistsError):
        put(store, ID, b"another")
    assert _everything_in(root) == ["5b0d", "5b0d/1", "5b0d/1/original"]


def test_an_abort_leaves_an_empty_folder(root: Path) -> None:
    writer = FolderObjectStore(root).writer(ID)
    writer.write(b"content" * 10_000)
    writer.abort()
    assert _everything_in(root) == []


def test_an_unsafe_id_leaves_nothing(root: Path) -> None:
    store = FolderObjectStore(root)
    for unsafe in UNSAFE_IDS:
        with pytest.raises(ObjectIdError):
            store.writer(ObjectId(unsafe))
    assert _everything_in(root.parent) == ["bucket"]


def test_a_deletion_takes_empty_folders_along_and_no_others(root: Path) -> None:
    store = FolderObjectStore(root)
    put(store, ID, b"content")
    put(store, OTHER, b"content")
    store.delete(ID)
    assert _everything_in(root) == ["5b0d", "5b0d/1", "5b0d/1/pdfa"]
    store.delete(OTHER)
    assert _everything_in(root) == []


def test_a_full_disk_leaves_nothing(root: Path) -> None:
    writer = FolderObjectStore(root).writer(ID)
    with _full_disk(at=100_000):
        with pytest.raises(StoreUnavailableError, match="failed"):
            writer.write(bytes(500_000))
        writer.abort()
    assert _everything_in(root) == []


def test_a_disk_that_is_full_at_the_commit_leaves_nothing(root: Path) -> None:
    writer = FolderObjectStore(root).writer(ID)
    writer.write(bytes(1000))
    with _full_disk(at=500), pytest.raises(StoreUnavailableError):
        writer.commit()
    assert _everything_in(root) == []


def test_a_bucket_that_vanished_is_unavailable(root: Path) -> None:
    store = FolderObjectStore(root)
    writer = store.writer(ID)
    writer.write(b"content")
    shutil.rmtree(root)
    with pytest.raises(UnavailableError):
        writer.commit()
    with pytest.raises(UnavailableError):
        store.writer(ID)


def test_a_root_that_is_a_file_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreUnavailableError):
        FolderObjectStore(tmp_path / "file" / "bucket")


def test_a_writer_that_died_leaves_a_partial_file_that_is_swept(root: Path) -> None:
    store = FolderObjectStore(root)
    died = subprocess.run([sys.executable, "-c", DYING_WRITER, root], check=False, timeout=60)
    assert died.returncode == 9
    assert list(store.ids()) == []
    [partial] = root.iterdir()
    os.utime(partial, (NOW.timestamp(), NOW.timestamp()))
    assert store.sweep_partial(HOUR, now=NOW + HOUR) == 0
    assert store.sweep_partial(HOUR, now=NOW + HOUR + dt.timedelta(seconds=1)) == 1
    assert _everything_in(root) == []


def test_sweeping_spares_objects_however_old(root: Path) -> None:
    store = FolderObjectStore(root)
    put(store, ID, b"content")
    os.utime(root / ID, (0, 0))
    assert store.sweep_partial(HOUR, now=NOW) == 0
    assert content_of(store, ID) == b"content"


def test_a_swept_writer_cannot_commit(root: Path) -> None:
    store = FolderObjectStore(root)
    writer = store.writer(ID)
    writer.write(b"content")
    later = dt.datetime.now(dt.UTC) + 2 * HOUR
    assert store.sweep_partial(HOUR, now=later) == 1
    with pytest.raises(StoreUnavailableError):
        writer.commit()
    assert _everything_in(root) == []


def test_foreign_files_in_the_folder_are_no_objects(root: Path) -> None:
    store = FolderObjectStore(root)
    for name in (".directory", "a file", "§"):
        (root / name).write_bytes(b"")
    assert list(store.ids()) == []


def test_an_id_below_an_object_is_refused(root: Path) -> None:
    store = FolderObjectStore(root)
    put(store, ID, b"content")
    with pytest.raises(StoreUnavailableError):
        put(store, ObjectId(f"{ID}/more"), b"content")
    with pytest.raises(ObjectExistsError):
        put(store, ObjectId("5b0d/1"), b"content")
    assert _everything_in(root) == ["5b0d", "5b0d/1", "5b0d/1/original"]


def test_a_link_in_the_bucket_does_not_lead_outside(root: Path) -> None:
    store = FolderObjectStore(root)
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / "secret").write_bytes(b"secret")
    (root / "5b0d").symlink_to(outside)
    assert list(store.ids()) == []


def test_what_is_dropped_reaches_the_receiver_alone(root: Path) -> None:
    slot: DropBox = FolderDropBox(root)
    writer = slot.writer(ID)
    writer.write(b"letter")
    writer.commit()
    receiver = FolderObjectStore(root)
    assert content_of(receiver, ID) == b"letter"
    receiver.delete(ID)
    assert list(receiver.ids()) == []


def test_a_drop_box_can_only_be_written_to(root: Path) -> None:
    offered = {name for name in dir(FolderDropBox(root)) if not name.startswith("_")}
    assert offered == {"writer"}
