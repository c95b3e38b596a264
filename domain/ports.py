"""The ports: what the use cases need from the world, without saying how it is done."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from domain.ids import CarrierId, LetterId, ObjectId
from domain.reading import Barcode, Reading, SheetNote


class Clock(Protocol):
    """Where the time of receipt and every other time comes from."""

    def now(self) -> dt.datetime:
        """Return the current time, aware and in UTC."""
        ...


class Randomness(Protocol):
    """Where ids, nonces and keys come from."""

    def token(self, size: int) -> bytes:
        """Return ``size`` unpredictable bytes."""
        ...

    def uuid(self) -> str:
        """Return a new random UUID in canonical text form (RFC 9562, version 4)."""
        ...


class ObjectWriter(Protocol):
    """One object on its way into a store; invisible until committed."""

    def write(self, data: bytes) -> None:
        """Append bytes."""
        ...

    def commit(self) -> None:
        """Make the object durable and visible, or raise ``ObjectExistsError``."""
        ...

    def abort(self) -> None:
        """Leave nothing behind."""
        ...


class ObjectStore(Protocol):
    """A bucket of write-once objects."""

    def writer(self, object_id: ObjectId) -> ObjectWriter:
        """Begin an object."""
        ...

    def read(self, object_id: ObjectId) -> Iterator[bytes]:
        """Yield an object's bytes in pieces, or raise ``ObjectMissingError``."""
        ...

    def size(self, object_id: ObjectId) -> int:
        """Return an object's size in bytes, or raise ``ObjectMissingError``."""
        ...

    def delete(self, object_id: ObjectId) -> None:
        """Remove an object; removing an absent one is no error."""
        ...

    def ids(self, prefix: str = "") -> Iterator[ObjectId]:
        """Yield the ids of all visible objects that begin with ``prefix``."""
        ...


class DropBox(Protocol):
    """The write-only slot of another realm: things go in and cannot be seen again."""

    def writer(self, object_id: ObjectId) -> ObjectWriter:
        """Begin an object in the slot."""
        ...


class MalwareScanner(Protocol):
    """Looks for malicious content before anything parses it."""

    def scan(self, content: bytes) -> str | None:
        """Return the name of what was found, or None; raise ``ScannerUnavailableError``."""
        ...


SeparatorCheck = Callable[[Sequence[Barcode]], Mapping[int, SheetNote]]
"""Given the barcodes of an item, tells the pages (1-based) of genuine sheets and what they say."""


class Reader(Protocol):
    """Reads one item in a sandbox: bytes in, documents with type and fields out."""

    def read(self, content: bytes, *, name: str, separators: SeparatorCheck) -> Reading:
        """Read an item. Never raises for bad content: that is an outcome of the reading."""
        ...

    def render(self, content: bytes, *, page: int, width: int) -> bytes:
        """Return one page (1-based) as PNG of ``width`` pixels; raise ``PageUnavailableError``."""
        ...


class CaseDirectory(Protocol):
    """Answers "do you hold a file for this identifier?" without telling anything else."""

    def case_for(self, carrier: CarrierId, identifier: str) -> str | None:
        """Return an opaque token of the case file that knows this identifier, or None."""
        ...


class Announcer(Protocol):
    """Carries ids, and nothing but ids, from one realm to another; may deliver twice."""

    def letter_dropped(self, carrier: CarrierId, letter: LetterId, *, attempt: str) -> None:
        """Tell a carrier that a sealed letter waits in its slot, and under which attempt."""
        ...

    def letter_filed(self, letter: LetterId) -> None:
        """Tell the mail room that a carrier has filed a letter."""
        ...
