"""Letters as they were read: printed, scanned and as text, once for all sections that judge them.

Owns the reading. ``text`` is the text of the wording itself, without recognition, handed in as
a text item; it tells on many more letters how types and fields are recognised.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, partial

from benchmarks import post
from benchmarks.run import Run
from corpus.writing import Letter, plain_text
from domain.reading import Reading

BORN, TEXT = "born-digital", "text"
SCANNED = ("office", "poor", "phone")


@dataclass(frozen=True, slots=True)
class ReadLetter:
    """A letter and what the reader made of it."""

    letter: Letter
    reading: Reading


@cache
def read_letters(run: Run) -> dict[str, tuple[ReadLetter, ...]]:
    """Return the letters of each kind as they were read."""
    once = post.letters(seed="letters")
    some = once[: run.size.letters]
    every = [_typed(one) for one in post.letters(seed="letters", copies=run.size.copies)]
    read = {BORN: _read(run, once, run.make(post.born_digital, once))}
    for kind in SCANNED:
        read[kind] = _read(run, some, run.make(partial(post.scan, kind=kind), some))
    return {**read, TEXT: _read(run, every, map(_text, every))}


def _typed(letter: Letter) -> Letter:
    """Return a letter as its text shows it, in which no pen has written."""
    truth = replace(letter.truth, handwritten=frozenset())
    return replace(letter, truth=truth, pen=False, whole=False)


def _text(letter: Letter) -> bytes:
    return plain_text(letter).replace("\f", "\n\n").encode()


def _read(run: Run, letters: Iterable[Letter], contents: Iterable[bytes]) -> tuple[ReadLetter, ...]:
    with run.desk(workers=run.cores) as desk:
        readings = desk.read_all(contents)
    return tuple(map(ReadLetter, letters, readings))
