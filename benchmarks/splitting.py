"""Splitting: how many documents of scanned stacks come out with exactly their pages.

Owns the stacks: with the service's own separator sheets, with blank pages, with nothing between
the documents.
"""

from collections.abc import Sequence
from functools import partial
from itertools import count

from benchmarks.post import SEED
from benchmarks.report import Result, Section, at_least
from benchmarks.run import Run
from corpus.stacks import Between, Stack, pick, stack
from domain.reading import Reading
from intake.separators import separator_sheets_pdf
from intake.sheetcodes import separator_check

_EXACT = {Between.SHEET: 99.0, Between.BLANK: 97.0, Between.NOTHING: 85.0}
_LETTERS = 8
_KEY = bytes(32)
_CUT_APART = "cut apart, of all letters"


class _Numbers:
    """Numbers one after the other instead of random ones, so that all sheets are the same."""

    def __init__(self) -> None:
        self._next = count()

    def token(self, size: int) -> bytes:
        return next(self._next).to_bytes(size)

    def uuid(self) -> str:
        return f"{next(self._next):032x}"


def measure(run: Run) -> Section:
    """Divide stacks of each kind."""
    results: list[Result] = []
    for between in Between:
        seeds = [f"{SEED}/{at}" for at in range(run.size.stacks)]
        stacks = run.make(partial(_stack, between), seeds)
        results += _results(between, stacks, _read(run, stacks))
    return Section("Splitting (office scans)", results, _NOTES)


_NOTES = (f"{_LETTERS} letters of one to four pages a stack; exact: a document has those pages.",)


def _stack(between: Between, seed: str) -> Stack:
    numbers = _Numbers()
    letters = pick("check", count=_LETTERS, seed=seed)
    return stack(
        letters,
        kind="office",
        seed=seed,
        between=between,
        separator=lambda: separator_sheets_pdf(1, key=_KEY, randomness=numbers),
    )


def _read(run: Run, stacks: Sequence[Stack]) -> list[Reading]:
    with run.desk(workers=run.cores) as desk:
        return desk.read_all([one.pdf for one in stacks], separator_check(_KEY))


def _results(
    between: Between, stacks: Sequence[Stack], readings: Sequence[Reading]
) -> list[Result]:
    pairs = tuple(zip(stacks, readings, strict=True))
    every = sum(len(one.documents) for one in stacks)
    exact = sum(_exact(one, reading) for one, reading in pairs)
    cut = sum(_cut(one, reading) for one, reading in pairs)
    name = f"{between}, {every} letters"
    return [
        Result(f"{name}: exact", 100 * exact / every, "%", at_least(_EXACT[between])),
        Result(f"{name}: {_CUT_APART}", 100 * cut / every, "%"),
    ]


def _exact(one: Stack, reading: Reading) -> int:
    found = {document.pages for document in reading.documents}
    return sum(document.pages in found for document in one.documents)


def _cut(one: Stack, reading: Reading) -> int:
    """Count the letters whose pages are in more than one document."""
    owner = {page: at for at, found in enumerate(reading.documents) for page in found.pages}
    return sum(
        len({owner[page] for page in document.pages if page in owner}) > 1
        for document in one.documents
    )
