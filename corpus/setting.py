"""Setting words in lines: print, entries by hand or machine, boxes to tick.

Owns the breadth of words and where lines break. Refuses pages: whoever calls decides where a
line stands. All lengths are in points.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reportlab.lib.colors import Color, black
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.alphabet import Point
from corpus.fonts import Family
from corpus.markup import spans
from corpus.pen import Hand, tick

Drawing = Callable[[Canvas], None]
"""Something that is drawn later, when it is known that everything fits."""


class Sort(StrEnum):
    """How a word comes onto the paper."""

    PRINT = "print"
    PEN = "pen"
    FILL = "fill"
    BOX = "box"
    TICKED = "ticked"


@dataclass(frozen=True, slots=True)
class Token:
    """A word and the number of blanks before it; ``opens``: a word of an entry is its first."""

    text: str
    sort: Sort
    blanks: int
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Type:
    """With what words are set. ``fill`` is for entries by machine, None where a pen writes."""

    family: Family
    fill: Family | None
    hand: Hand
    size: float
    bold: bool = False
    color: Color = black
    entry: str = ""
    """What is drawn under entries: ``lines``, ``cells``, ``dots`` or nothing."""

    @property
    def font(self) -> str:
        """The name of the face."""
        return self.family.bold if self.bold else self.family.regular

    def blank(self) -> float:
        """Return the breadth of a blank."""
        return stringWidth(" ", self.font, self.size) * self.family.stretch / 100

    def width(self, token: Token) -> float:
        """Return the breadth of a word without the blanks before it."""
        match token.sort:
            case Sort.PEN:
                return self.hand.width(token.text, size=self.size)
            case Sort.BOX | Sort.TICKED:
                return self.size * 0.85
            case Sort.FILL if self.fill is not None:
                return stringWidth(token.text, self.fill.regular, self.size)
            case _:
                return stringWidth(token.text, self.font, self.size) * self.family.stretch / 100


def tokens(text: str, *, entry: Sort, whole: bool = False) -> list[Token]:
    """Return the words of a text; ``entry`` is how words between tildes come onto the paper."""
    found: list[Token] = []
    blanks = 0
    for piece, is_entry in spans(text):
        sort = Sort.PEN if whole else entry if is_entry else Sort.PRINT
        opens = is_entry and not whole
        for part in re.findall(r"\[[x ]\]|\s+|(?:(?!\[[x ]\])\S)+", piece):
            if part.isspace():
                blanks += len(part)
                continue
            boxes = {"[x]": Sort.TICKED, "[ ]": Sort.BOX}
            found.append(Token(part, boxes.get(part, sort), blanks, opens=opens))
            blanks, opens = 0, False
    return found


def broken(words: Iterable[Token], face: Type, *, width: float) -> Iterator[list[Token]]:
    """Break words into lines that are at most so wide; a longer word stands alone."""
    line: list[Token] = []
    used = 0.0
    for token in words:
        needed = token.blanks * face.blank() * bool(line) + face.width(token)
        if line and token.blanks and used + needed > width:
            yield line
            line, used = [], 0.0
            needed = face.width(token)
        line.append(token)
        used += needed
    if line:
        yield line


def breadth(line: Sequence[Token], face: Type) -> float:
    """Return the breadth of a line."""
    return sum(
        face.width(token) + token.blanks * face.blank() * (at > 0) for at, token in enumerate(line)
    )


def drawings(line: Sequence[Token], face: Type, *, at: Point) -> Iterator[Drawing]:
    """Yield what puts a line onto the paper, beginning at a point of its base line."""
    x, y = at
    for first, run in enumerate(_runs(line)):
        head = run[0]
        x += head.blanks * face.blank() * (first > 0)
        width = breadth(run, face)
        if head.sort in {Sort.PEN, Sort.FILL} and face.entry:
            yield _ground(face, at=(x, y), width=width)
        yield _run(run, face, at=(x, y))
        x += width


def _runs(line: Sequence[Token]) -> list[list[Token]]:
    """Group neighbours that are drawn in one go."""
    runs: list[list[Token]] = []
    for token in line:
        single = token.sort in {Sort.BOX, Sort.TICKED} or token.blanks > 1 or token.opens
        if runs and not single and runs[-1][-1].sort == token.sort:
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def _run(run: Sequence[Token], face: Type, *, at: Point) -> Drawing:
    head = run[0]
    text = head.text + "".join(" " * token.blanks + token.text for token in run[1:])
    if head.sort is Sort.PEN:
        return lambda canvas: face.hand.write(canvas, text, at=at, size=face.size)
    if head.sort in {Sort.BOX, Sort.TICKED}:
        return lambda canvas: _box(canvas, face, at=at, ticked=head.sort is Sort.TICKED)
    return lambda canvas: _text(canvas, text, face, at=at, filled=head.sort is Sort.FILL)


def _text(canvas: Canvas, text: str, face: Type, *, at: Point, filled: bool) -> None:
    drawn = canvas.beginText(*at)
    if filled and face.fill is not None:
        drawn.setFont(face.fill.regular, face.size)
    else:
        drawn.setFont(face.font, face.size)
        drawn.setHorizScale(face.family.stretch)
    drawn.setFillColor(face.color)
    drawn.textOut(text)
    canvas.drawText(drawn)


def _box(canvas: Canvas, face: Type, *, at: Point, ticked: bool) -> None:
    side = face.size * 0.72
    low = (at[0], at[1] - face.size * 0.05)
    canvas.setStrokeColor(black)
    canvas.setLineWidth(0.7)
    canvas.rect(*low, side, side, stroke=1, fill=0)
    if ticked:
        tick(canvas, face.hand, at=low, side=side)


def _ground(face: Type, *, at: Point, width: float) -> Drawing:
    """Draw what a form has printed where an entry goes."""
    (x, y), size = at, face.size

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        if face.entry == "cells":
            canvas.setFillColor(Color(0.90, 0.91, 0.93))
            canvas.rect(x - 2, y - size * 0.3, width + 4, size * 1.22, stroke=0, fill=1)
        else:
            canvas.setLineWidth(0.5)
            canvas.setStrokeColor(Color(0.25, 0.25, 0.25))
            if face.entry == "dots":
                canvas.setDash(0.8, 1.8)
            canvas.line(x - 2, y - size * 0.24, x + width + 6, y - size * 0.24)
        canvas.restoreState()

    return draw
