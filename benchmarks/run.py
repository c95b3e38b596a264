"""One run of the benchmark: its size, its folder, its readers, the most memory they took.

Owns the desk: the real sandboxed reader as the service uses it, with its workers' memory looked
at after every item.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from benchmarks.metering import worker_peak
from domain.ports import SeparatorCheck
from domain.reading import Barcode, Reading, SheetNote
from ocr.sandbox import SandboxedReader

_Of = TypeVar("_Of")
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured.

    ``pages`` of each kind are timed in ``rounds``; ``worded`` pages of each kind have their words
    counted; ``letters`` of each kind of scan are read, and all as text in ``copies``; ``stacks``
    of each kind are divided.
    """

    pages: int
    rounds: int
    worded: int
    letters: int
    copies: int
    stacks: int


FULL = Size(pages=6, rounds=3, worded=10, letters=116, copies=3, stacks=10)
QUICK = Size(pages=2, rounds=1, worded=2, letters=8, copies=1, stacks=1)


@dataclass(eq=False)
class Run:
    """What the sections share; ``peak`` is the highest memory of a reading worker in MiB."""

    size: Size
    folder: Path
    cores: int
    peak: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def desk(self, *, workers: int = 1) -> Iterator["Desk"]:
        """Open a reader with so many warm workers."""
        with SandboxedReader(workers=workers) as reader:
            reader.probe()
            yield Desk(reader, self)

    def make(self, function: Callable[[_Of], _Made], of: Iterable[_Of]) -> list[_Made]:
        """Make files on all cores, by a function of a module."""
        with ProcessPoolExecutor(self.cores) as pool:
            return list(pool.map(function, of))

    def note_peak(self) -> None:
        """Look at the memory of the workers that live now."""
        with self._lock:
            self.peak = max(self.peak, worker_peak())


class Desk:
    """Reads items as the service does."""

    def __init__(self, reader: SandboxedReader, run: Run) -> None:
        self._reader = reader
        self._run = run

    def read(self, content: bytes, separators: SeparatorCheck | None = None) -> Reading:
        """Read one item."""
        reading = self._reader.read(content, name="", separators=separators or no_sheets)
        self._run.note_peak()
        return reading

    def read_all(
        self, contents: Iterable[bytes], separators: SeparatorCheck | None = None
    ) -> list[Reading]:
        """Read items on all cores, in their order."""
        with ThreadPoolExecutor(self._run.cores) as pool:
            return list(pool.map(partial(self.read, separators=separators), contents))


def no_sheets(codes: Sequence[Barcode]) -> Mapping[int, SheetNote]:
    """Know no separator sheet."""
    del codes
    return {}
