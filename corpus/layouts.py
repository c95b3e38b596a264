"""Laying out a page: what goes where, for each kind of document.

Owns the order from letterhead to foot. Refuses to shrink: a page that does not fit is the
caller's business (``FullSheetError``).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from corpus import ornaments
from corpus.alphabet import Point
from corpus.cards import set_card
from corpus.grids import set_table
from corpus.markup import Line, Mark, line_of
from corpus.pen import sign
from corpus.setting import Drawing
from corpus.sheets import HEIGHT, WIDTH, Sheet, sheet
from corpus.styles import Style
from corpus.writing import Letter

_PLACE = re.compile(r"\d{5} [A-ZÄÖÜ]")
_GREETING = re.compile(
    r"(?:mit |viele |freundliche|beste |liebe )?.{0,40}gr(?:uß|üße|üßen)\b", re.IGNORECASE
)
_WINDOW_TOP = HEIGHT - 47 * mm
_ADDRESS_SEARCH = 16
_ADDRESS_LINES = 5
_ADDRESS_BREADTH = 44
_LARGE_HAND = 10.5
_FOOT_MARGIN = 10 * mm
_RECEIPT = 84 * mm
_AIR = {"receipt": 0.0, "table": 0.25, "form": 0.7, "contract": 0.6, "letter": 0.35, "note": 0.1}
"""Room after a line of text where there is plenty, in sizes of type."""


class Layout:
    """One page being set."""

    def __init__(self, letter: Letter, style: Style, *, size: float, air: float) -> None:
        self.air = air * size * _AIR.get(letter.template.kind, 0.5)
        self.letter = letter
        self.kind = letter.template.kind
        self.style = style
        self.sheet: Sheet = sheet(style, size=size, pen=letter.pen, whole=letter.whole)
        if self.kind == "form":
            self.sheet.face = replace(self.sheet.face, entry=style.form)
        if self.kind == "receipt":
            self.sheet.width = min(_RECEIPT, self.sheet.width)

    def set(self, page: Sequence[str], *, first: bool) -> list[Drawing]:
        """Return what is drawn on the page."""
        lines = [line_of(line) for line in page]
        self._ground()
        body, feet = self._feet(lines)
        if first:
            self._logo()
        if self.kind == "card":
            set_card(self.sheet, body, split=self.letter.template.split)
        else:
            self._body(body, first=first)
        return [*self.sheet.drawn, *feet]

    def _ground(self) -> None:
        if self.letter.whole:
            squared = len(self.letter.template.slug) % 2 == 0
            step = 5 * mm if squared else self.sheet.face.size * 1.9
            self.sheet.rule = _squares(self.sheet.face.size) * step if squared else step
            self.sheet.draw(lambda canvas: ornaments.ruled(canvas, step=step, squared=squared))
        else:
            self.sheet.draw(lambda canvas: ornaments.marks(canvas, self.style))

    def _logo(self) -> None:
        if self.style.logo == "none" or self.letter.whole:
            return
        style, side = self.style, ornaments.LOGO_SIDE
        left = {"left": WIDTH - style.right - side, "centre": WIDTH / 2 - side / 2}
        at = (left.get(style.head, style.left), self.sheet.y - side)
        self.sheet.draw(lambda canvas: ornaments.logo(canvas, style, at=at))
        self.sheet.down(side + 2 * mm)

    def _feet(self, lines: list[Line]) -> tuple[list[Line], list[Drawing]]:
        """Set the small print at the end of a page at its foot; return the rest and the foot."""
        body = list(lines)
        while body and body[-1].mark is Mark.GAP:
            body.pop()
        feet: list[Line] = []
        while len(body) > 1 and body[-1].mark is Mark.SMALL:
            feet.insert(0, body.pop())
        tried = self._foot(feet, top=self.sheet.floor)
        height = self.sheet.floor - tried.y
        self.sheet.floor = max(self.sheet.floor, height + _FOOT_MARGIN)
        return body, self._foot(feet, top=self.sheet.floor).drawn

    def _foot(self, feet: Sequence[Line], *, top: float) -> Sheet:
        small = self.sheet.sized(0.74, color=Color(0.25, 0.25, 0.25))
        foot = replace(self.sheet, y=top, floor=-HEIGHT, drawn=[])
        for line in feet:
            foot.say(line.text, small, align="centre" if self.style.head == "centre" else "left")
        return foot

    def _body(self, lines: list[Line], *, first: bool) -> None:
        address = _address(lines) if first and self.kind in {"letter", "certificate"} else None
        headed = first and not self.letter.whole and self.kind in {"letter", "table", "certificate"}
        rows: list[tuple[str, ...]] = []
        for at, line in enumerate(lines):
            if line.mark is Mark.ROW:
                rows.append(line.cells)
                continue
            self._table(rows)
            if address and at == address[0]:
                self._window()
            if at == 0 and headed and line.mark is Mark.TEXT and not (address and address[0] == 0):
                self._letterhead(line)
                continue
            self._line(line)
            if address and at == address[1]:
                self.sheet.down(8 * mm)
        self._table(rows)

    def _table(self, rows: list[tuple[str, ...]]) -> None:
        if rows:
            set_table(self.sheet, rows)
            rows.clear()

    def _window(self) -> None:
        """Begin the address where the window of an envelope shows it (DIN 5008, form B)."""
        if self.kind != "letter" or self.sheet.y < _WINDOW_TOP:
            self.sheet.down(3 * mm)
            return
        self.sheet.y = _WINDOW_TOP
        left = self.sheet.left
        self.sheet.draw(lambda canvas: _hairline(canvas, left, _WINDOW_TOP + 3))

    def _letterhead(self, line: Line) -> None:
        face = self.sheet.sized(1.25, bold=True, color=self.style.accent)
        self.sheet.say(line.text, face, align=self.style.head)
        if self.kind == "letter" and self.air:
            self.sheet.down(12 * mm)

    def _line(self, line: Line) -> None:
        size = self.sheet.face.size
        match line.mark:
            case Mark.TITLE:
                self._title(line)
            case Mark.HEADING:
                self.sheet.down(size * 0.45)
                self.sheet.say(line.text, self.sheet.sized(1.08, bold=True))
            case Mark.SMALL:
                centred = "centre" if self.style.head == "centre" else "left"
                self.sheet.say(line.text, self.sheet.sized(0.78), align=centred)
            case Mark.RIGHT:
                self.sheet.say(line.text, align="right")
            case Mark.STAMP:
                self._stamp(line)
            case Mark.GAP:
                self.sheet.down(size * 0.7)
            case _:
                self._text(line)

    def _title(self, line: Line) -> None:
        size = self.sheet.face.size
        self.sheet.down(size * 0.5)
        align = "centre" if self.style.centred or self.kind == "receipt" else "left"
        factor = 1.2 if self.kind == "receipt" else 1.55
        self.sheet.say(line.text, self.sheet.sized(factor, bold=True), align=align)
        self.sheet.down(size * 0.45)
        self.sheet.split(self.style.columns)
        self.style = replace(self.style, columns=1)

    def _text(self, line: Line) -> None:
        size = self.sheet.face.size
        boxed = self.kind == "form" and self.style.form == "boxes" and "~" in line.text
        roomy = "~" in line.text and self.sheet.face.fill is None
        top = self.sheet.y
        self.sheet.down(size * (0.75 if roomy or boxed else 0.12))
        self.sheet.say(line.text)
        if boxed:
            self.sheet.down(size * 0.4)
            self._frame(top - size * 0.35)
        self.sheet.down(self.air)
        if _GREETING.fullmatch(line.text.strip().rstrip(",")) and not self.letter.whole:
            self._signature(line)

    def _frame(self, top: float) -> None:
        left, low, width = self.sheet.left - 3, self.sheet.y, self.sheet.width + 6
        self.sheet.draw(lambda canvas: _rectangle(canvas, at=(left, low), size=(width, top - low)))

    def _signature(self, line: Line) -> None:
        self.sheet.down(26)
        at, style, seed = (self.sheet.left + 4, self.sheet.y + 1), self.style, line.text
        seed += self.letter.template.slug
        self.sheet.draw(lambda canvas: sign(canvas, style.hand, at=at, seed=seed))

    def _stamp(self, line: Line) -> None:
        at = (self.sheet.left + self.sheet.width * 0.76, max(self.sheet.y - 4, 26 * mm))
        font = self.style.family.bold
        self.sheet.draw(lambda canvas: ornaments.stamp(canvas, line.text, font=font, at=at))


def _address(lines: Sequence[Line]) -> tuple[int, int] | None:
    """Return the first and last line of the address that a letter goes to."""
    places = [
        at for at, line in enumerate(lines[:_ADDRESS_SEARCH])
        if line.mark is Mark.TEXT and _PLACE.match(line.text)
    ]  # fmt: skip
    if not places:
        return None
    first = last = places[-1]
    while first > 0 and last - first < _ADDRESS_LINES - 1 and _belongs(lines[first - 1]):
        first -= 1
    return (first, last) if last > first else None


def _belongs(line: Line) -> bool:
    short = len(line.text) < _ADDRESS_BREADTH
    return line.mark is Mark.TEXT and short and not _PLACE.match(line.text)


def _squares(size: float) -> float:
    """Return how many squares of 5 mm a line of writing takes."""
    return 2.0 if size >= _LARGE_HAND else 1.5


def _hairline(canvas: Canvas, left: float, height: float) -> None:
    canvas.setLineWidth(0.4)
    canvas.line(left, height, left + 75 * mm, height)


def _rectangle(canvas: Canvas, *, at: Point, size: Point) -> None:
    canvas.setLineWidth(0.5)
    canvas.rect(*at, *size, stroke=1, fill=0)
