"""The watched folders: scan stations and mail exports drop files, reception takes them in.

A file is taken when it has not changed for a while, under an idempotency key made of its name,
size and time, and removed when its receipt is durable: a crash in between takes it in once.
What reception refuses is moved aside, never deleted.
"""

import hashlib
import logging
import os
import threading
import time
from pathlib import Path

from app.house import House
from domain.errors import RefusedError
from domain.post import Channel, Receipt, SenderNote

LOG = logging.getLogger("poststelle.watching")
CHANNELS = (Channel.SCAN, Channel.MAIL)
_POLL_SECONDS = 0.5
_PIECE = 256 * 1024
_MAX_NAME_BYTES = 150
_UNFINISHED = (".part", ".tmp", ".crdownload")


def file_key(path: Path) -> str:
    """Return the idempotency key of one file as it lies there now."""
    state = path.stat()
    # A name that is not UTF-8 comes from an old scanner and must not stop the watch.
    said = b"%b\0%d\0%d" % (os.fsencode(path.name), state.st_size, state.st_mtime_ns)
    return hashlib.sha256(said).hexdigest()


def receive_file(house: House, path: Path, *, channel: Channel, key: str) -> Receipt:
    """Receive one file from disk as a submission of its own."""
    arrival = house.reception.begin(channel, idempotency_key=key, note=SenderNote())
    try:
        item = arrival.item(path.name)
        with path.open("rb") as handle:
            while piece := handle.read(_PIECE):
                item.write(piece)
        item.finish()
        return arrival.complete()
    except BaseException:
        arrival.abort()
        raise


class FolderWatch:
    """Watches the inbox folders of a house until it is stopped."""

    def __init__(self, house: House) -> None:
        """Create the folders, readable by the service alone."""
        self._house = house
        self._seen: dict[Path, tuple[str, float]] = {}
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="folders", daemon=True)
        for channel in CHANNELS:
            house.folder.inbox(channel).mkdir(mode=0o700, parents=True, exist_ok=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the file at hand and end."""
        self._stopped.set()
        self._thread.join()

    def look(self) -> None:
        """Take in every file that has not changed since the last look, nor just before it."""
        lying = {path: channel for channel in CHANNELS for path in _files(self._house, channel)}
        seen: dict[Path, tuple[str, float]] = {}
        for path, channel in lying.items():
            try:
                seen[path] = self._state(path)
                if seen[path] == self._seen.get(path) and self._rests(seen[path]):
                    self._take(path, channel, key=seen[path][0])
            except FileNotFoundError:
                continue
            except Exception as error:  # noqa: BLE001 - the edge: one file never stops the others
                LOG.warning("a file of channel %s waits: %s", channel, type(error).__name__)
        self._seen = seen

    def _watch(self) -> None:
        while not self._stopped.wait(_POLL_SECONDS):
            try:
                self.look()
            except Exception as error:  # noqa: BLE001 - the edge: the watch goes on
                LOG.warning("looking into the folders failed: %s", type(error).__name__)

    def _state(self, path: Path) -> tuple[str, float]:
        """Return the key of a file and since when (monotonic) it has been seen like that."""
        key = file_key(path)
        before, since = self._seen.get(path, ("", 0.0))
        return key, since if before == key else time.monotonic()

    def _rests(self, state: tuple[str, float]) -> bool:
        """Tell whether a file has not changed for long enough, whatever its own clock says.

        A scanner pauses between the pages of a stack.
        """
        return time.monotonic() - state[1] >= self._house.settings.watch_seconds

    def _take(self, path: Path, channel: Channel, *, key: str) -> None:
        try:
            receive_file(self._house, path, channel=channel, key=key)
        except RefusedError as error:
            aside = self._house.folder.inbox(channel) / "refused"
            aside.mkdir(mode=0o700, exist_ok=True)
            path.replace(aside / f"{key[:16]}-{_shortened(path.name)}")
            LOG.warning("a file of channel %s was refused: %s", channel, error.code)
            return
        if file_key(path) == key:  # else it grew meanwhile and is taken again as a whole
            path.unlink()


def _shortened(name: str) -> str:
    """Return the end of a file name, short enough for every file system."""
    return os.fsdecode(os.fsencode(name)[-_MAX_NAME_BYTES:])


def _files(house: House, channel: Channel) -> list[Path]:
    return sorted(
        path
        for path in house.folder.inbox(channel).iterdir()
        if path.is_file()
        and not path.is_symlink()
        and not path.name.startswith(".")
        and not path.name.endswith(_UNFINISHED)
    )
