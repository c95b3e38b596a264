"""A folder as a bucket of write-once objects, and as the write-only slot of another realm.

Owns the files below its root: one per object, named by its id, mode 0600 in folders of mode
0700, durable once committed. Refuses ids that could leave the root, and never overwrites.
"""

import datetime as dt
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import takewhile
from pathlib import Path

from domain.errors import (
    NotAllowedNowError,
    ObjectExistsError,
    ObjectMissingError,
    RefusedError,
    UnavailableError,
)
from domain.ids import ObjectId
from storage.durable import PARTIAL_PREFIX, close_durably, open_partial, sync_folder

_PIECE_SIZE = 256 * 1024
_MAX_ID_LENGTH = 240
_ID = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}(?:/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}){0,7}")
_LINK_ATTEMPTS = 16


class ObjectIdError(RefusedError):
    """An object id with other characters, a leading dot, or too long."""

    code = "object_id"
    de = "Diese Objektkennung ist nicht zulässig."
    en = "This object id is not allowed."


class StoreUnavailableError(UnavailableError):
    """The folder cannot be written or read now, for example because the disk is full."""

    code = "store_unavailable"
    de = "Der Ablagespeicher ist gerade nicht verfügbar. Bitte versuchen Sie es gleich erneut."
    en = "The object store is not available right now. Please try again shortly."


class FolderDropBox:
    """The slot of a receiving realm: things go in and cannot be seen again."""

    def __init__(self, root: Path) -> None:
        self._root = _prepared(root)

    def writer(self, object_id: ObjectId) -> "FolderWriter":
        """Begin an object; raise ``ObjectIdError`` for an id that is not allowed."""
        return FolderWriter(self._root, object_id)


class FolderObjectStore:
    """A bucket in a folder; also how a realm empties the slot that others fill.

    As folders go, no object's id can be the beginning of another's path.
    """

    def __init__(self, root: Path) -> None:
        self._root = _prepared(root)

    def writer(self, object_id: ObjectId) -> "FolderWriter":
        """Begin an object; raise ``ObjectIdError`` for an id that is not allowed."""
        return FolderWriter(self._root, object_id)

    def read(self, object_id: ObjectId) -> Iterator[bytes]:
        """Yield an object in pieces of at most 256 KiB, or raise ``ObjectMissingError``."""
        path = _path_of(self._root, object_id)
        with _reading(), path.open("rb") as file:
            yield from iter(lambda: file.read(_PIECE_SIZE), b"")

    def size(self, object_id: ObjectId) -> int:
        """Return an object's size in bytes, or raise ``ObjectMissingError``."""
        path = _path_of(self._root, object_id)
        with _reading(), path.open("rb") as file:
            return os.fstat(file.fileno()).st_size

    def delete(self, object_id: ObjectId) -> None:
        """Remove an object and the folders it leaves empty; an absent one is no error."""
        path = _path_of(self._root, object_id)
        with suppress(ObjectMissingError), _reading():
            path.unlink()
            sync_folder(path.parent)
        _remove_empty(_folders_between(self._root, path))

    def ids(self, prefix: str = "") -> Iterator[ObjectId]:
        """Yield the ids of all visible objects that begin with ``prefix``, in no order."""
        folder, _, _ = prefix.rpartition("/")
        start = _path_of(self._root, ObjectId(folder)) if folder else self._root
        for parent, _, names in os.walk(start):
            found = (Path(parent, name).relative_to(self._root).as_posix() for name in names)
            yield from (ObjectId(name) for name in found if _is_below(name, prefix))

    def sweep_partial(self, older_than: dt.timedelta, *, now: dt.datetime) -> int:
        """Remove what writers left behind that died; return how many files that were."""
        before = (now - older_than).timestamp()
        with _translated():
            found = list(self._root.glob(f"{PARTIAL_PREFIX}*"))
        return sum(_removed_if_older(path, before) for path in found)


class FolderWriter:
    """One object on its way into a folder; invisible until committed."""

    def __init__(self, root: Path, object_id: ObjectId) -> None:
        self._root = root
        self._path = _path_of(root, object_id)
        with _translated():
            self._file, self._partial = open_partial(root)
        self._committed = False

    def write(self, data: bytes) -> None:
        """Append bytes; raise ``StoreUnavailableError`` where they do not fit."""
        self._refuse_after_the_end()
        with _translated():
            self._file.write(data)

    def commit(self) -> None:
        """Make the object durable and visible, or raise ``ObjectExistsError``.

        Whatever it raises, nothing of a failed commit stays.
        """
        if self._committed:
            detail = "the object is committed already"
            raise ObjectExistsError(detail)
        self._refuse_after_the_end()
        try:
            with _translated():
                close_durably(self._file)
                self._publish()
        finally:
            self.abort()

    def abort(self) -> None:
        """Leave nothing behind; after a commit the object stays."""
        # Closing writes what is buffered, which fails once more where the disk is full.
        with suppress(OSError):
            self._file.close()
        with _translated():
            self._partial.unlink(missing_ok=True)
        if not self._committed:
            _remove_empty(_folders_between(self._root, self._path))

    def _publish(self) -> None:
        folders = _folders_between(self._root, self._path)
        _link(self._partial, self._path, folders=folders)
        self._committed = True
        # A receiver that was quick may have taken the object and its folders away already.
        with suppress(FileNotFoundError):
            for folder in folders:
                sync_folder(folder)
        sync_folder(self._root)

    def _refuse_after_the_end(self) -> None:
        if self._file.closed:
            detail = "the writer is closed"
            raise NotAllowedNowError(detail)


def _prepared(root: Path) -> Path:
    with _translated():
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return root


def _path_of(root: Path, object_id: ObjectId) -> Path:
    if len(object_id) > _MAX_ID_LENGTH or not _ID.fullmatch(object_id):
        raise ObjectIdError
    return root / object_id


def _is_below(name: str, prefix: str) -> bool:
    """Tell an object from partial files and from what other programs leave in a folder."""
    return name.startswith(prefix) and _ID.fullmatch(name) is not None


def _folders_between(root: Path, path: Path) -> list[Path]:
    """Return the folders of an object below the root, the innermost first."""
    return list(takewhile(lambda folder: folder != root, path.parents))


def _link(partial: Path, path: Path, *, folders: list[Path]) -> None:
    """Give a file its name once, although a deleting process may remove the empty folder."""
    for _ in range(_LINK_ATTEMPTS):
        with suppress(FileNotFoundError):
            for folder in reversed(folders):
                _make_folder(folder)
            os.link(partial, path)
            return
    detail = "the folder of an object vanishes again and again"
    raise StoreUnavailableError(detail)


def _make_folder(folder: Path) -> None:
    # Path.mkdir(exist_ok=True) still raises where the folder vanishes while it looks again.
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)


def _remove_empty(folders: list[Path]) -> None:
    # Another process may fill or remove the same folder; then it is not ours to remove.
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()


def _removed_if_older(path: Path, before: float) -> bool:
    with suppress(FileNotFoundError):
        if path.stat().st_mtime < before:
            path.unlink()
            return True
    return False


@contextmanager
def _reading() -> Iterator[None]:
    with _translated():
        try:
            yield
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise ObjectMissingError from error


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise ObjectExistsError from error
    except OSError as error:
        detail = f"the object store failed ({type(error).__name__})"
        raise StoreUnavailableError(detail) from error
