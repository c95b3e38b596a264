"""The marks in the lines of a letter: titles, tables, boxes to tick, stamps, entries by hand.

Owns what each mark means. Refuses to place anything: how it looks is the renderer's business.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What a line is."""

    TITLE = "# "
    HEADING = "## "
    ROW = "|"
    RIGHT = ">> "
    SMALL = "^^ "
    STAMP = "!! "
    CHECK = "["
    GAP = ""
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its mark; ``cells`` of a row, else the one text. Entries keep their ~."""

    mark: Mark
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        """The text as one piece."""
        return " ".join(cell for cell in self.cells if cell)


_PREFIXED = (Mark.HEADING, Mark.TITLE, Mark.RIGHT, Mark.SMALL, Mark.STAMP)
_BOX = re.compile(r"\[[x ]\]")


def line_of(marked: str) -> Line:
    """Read one marked-up line."""
    stripped = marked.strip()
    for mark in _PREFIXED:
        if stripped.startswith(mark.rstrip() + " "):
            return Line(mark, (stripped[len(mark) :].strip(),))
    if stripped.startswith("|"):
        return Line(Mark.ROW, tuple(cell.strip() for cell in stripped.strip("|").split("|")))
    if _BOX.match(stripped):
        return Line(Mark.CHECK, (stripped,))
    return Line(Mark.TEXT if stripped else Mark.GAP, (marked.rstrip(),))


def spans(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a text and whether each is an entry between tildes."""
    for at, piece in enumerate(text.split("~")):
        if piece:
            yield piece, at % 2 == 1


def visible(text: str) -> str:
    """Return a text without tildes; a ticked box is an ``x``, an empty one nothing."""
    return text.replace("~", "").replace("[x]", "x").replace("[ ]", "").strip()
