"""The vocabulary of letters: what a document consists of, as plain values.

Owns the words in which the sample letters are written down. Refuses layout: how a part
looks on paper is decided in ``app.samples.layouts``. Texts may name ``{name}``, ``{bg}``
and the other words of ``app.samples.people.Person.words``.
"""

from dataclasses import dataclass
from enum import Enum

Rows = tuple[tuple[str, ...], ...]


class Look(Enum):
    """The typeface of a sender: (regular, bold, size in points)."""

    OFFICE = ("Helvetica", "Helvetica-Bold", 10.0)
    CLASSIC = ("Times-Roman", "Times-Bold", 11.0)
    MODERN = ("Vera", "VeraBd", 9.0)


@dataclass(frozen=True, slots=True)
class Head:
    """Letterhead: who writes, to whom (the person unless said), when, and references."""

    sender: tuple[str, ...]
    date: str = ""
    to: tuple[str, ...] = ("{name}", "{street}", "{place}")
    references: Rows = ()


@dataclass(frozen=True, slots=True)
class Title:
    """The heading of a document, or of a part of it."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """Running text; blank lines separate paragraphs."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values without lines."""

    rows: Rows


@dataclass(frozen=True, slots=True)
class Form:
    """Boxes with a small caption and a filled-in value, ``columns`` in a row."""

    rows: Rows
    columns: int = 2


@dataclass(frozen=True, slots=True)
class Checks:
    """Check boxes; those that begin with ``x `` are ticked."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Amounts:
    """A table with a header line; columns named in ``right`` hold figures."""

    rows: Rows
    widths: tuple[int, ...]
    right: tuple[int, ...] = (-1,)


@dataclass(frozen=True, slots=True)
class Signature:
    """Lines to sign on, with what stands below them; the first carries a signature."""

    captions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One side of an identity card: heading, rows, and lines for machines (ICAO 9303)."""

    heading: str
    rows: Rows
    machine: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Break:
    """The next part begins on a new page."""


Part = Head | Title | Text | Facts | Form | Checks | Amounts | Signature | Card | Break


@dataclass(frozen=True, slots=True)
class Letter:
    """One document of the sample post; ``noted`` puts the case number on it by hand."""

    code: str
    parts: tuple[Part, ...]
    look: Look = Look.OFFICE
    noted: bool = False
