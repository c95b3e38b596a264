"""One sheet being filled from top to bottom, in one or two columns.

Owns the position on the sheet. Refuses to overflow: what does not fit is noticed before
anything is drawn. All lengths are in points, heights count from the lower edge.
"""

import math
from dataclasses import dataclass, field, replace

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4

from corpus.setting import Drawing, Sort, Token, Type, breadth, broken, drawings, tokens
from corpus.styles import Style

WIDTH, HEIGHT = A4
_HAND_LEADING = 1.35
_GUTTER = 18.0


class FullSheetError(Exception):
    """More was set than fits."""


@dataclass(slots=True)
class Sheet:
    """A sheet: ``face`` is its plain type, ``y`` the height down to which it is filled."""

    style: Style
    face: Type
    whole: bool
    left: float
    width: float
    y: float
    floor: float
    columns: int = 1
    drawn: list[Drawing] = field(default_factory=list)
    top: float | None = None
    rule: float = 0.0
    """The distance of the lines of writing paper; 0 where there are none."""

    @property
    def entry(self) -> Sort:
        """How entries come onto this sheet."""
        return Sort.PEN if self.face.fill is None else Sort.FILL

    def down(self, height: float) -> None:
        """Leave room; go to the next column where there is one, raises ``FullSheetError``."""
        self.y -= height
        if self.y >= self.floor:
            return
        if self.columns == 1:
            raise FullSheetError
        self.columns -= 1
        self.left += self.width + _GUTTER
        self.y = (self.top or HEIGHT) - height

    def split(self, columns: int) -> None:
        """Go on in so many columns."""
        if columns > 1:
            self.columns, self.top = columns, self.y
            self.width = (self.width - _GUTTER * (columns - 1)) / columns

    def words(self, text: str) -> list[Token]:
        """Return the words of a text as they come onto this sheet."""
        return tokens(text, entry=self.entry, whole=self.whole)

    def say(self, text: str, face: Type | None = None, *, align: str = "left") -> None:
        """Set a text in as many lines as it needs."""
        used = face or self.face
        for line in broken(self.words(text), used, width=self.width):
            self.down(used.size * max(self.style.leading, self._hand_leading(line, used)))
            if self.rule:
                self.y = HEIGHT - math.ceil((HEIGHT - self.y) / self.rule) * self.rule + 1
            spare = self.width - breadth(line, used)
            if spare < 0 and len(line) > 1:
                raise FullSheetError
            shift = {"left": 0.0, "right": spare, "centre": spare / 2}[align]
            self.draw(*drawings(line, used, at=(self.left + shift, self.y)))

    def _hand_leading(self, line: list[Token], face: Type) -> float:
        """Return the room that writing by hand needs, in sizes of type."""
        by_hand = any(token.sort is Sort.PEN for token in line)
        return _HAND_LEADING * face.hand.size if by_hand else 0.0

    def draw(self, *what: Drawing) -> None:
        """Keep something to be drawn."""
        self.drawn.extend(what)

    def sized(self, factor: float, *, bold: bool = False, color: Color | None = None) -> Type:
        """Return the plain type in another size, without room for entries."""
        chosen = color or self.face.color
        return replace(self.face, size=self.face.size * factor, bold=bold, color=chosen, entry="")


def sheet(style: Style, *, size: float, pen: bool, whole: bool) -> Sheet:
    """Return an empty sheet in a style with type of a size."""
    face = Type(
        family=style.family,
        fill=None if pen else style.fill,
        hand=style.hand,
        size=size,
    )
    return Sheet(
        style=style,
        face=face,
        whole=whole,
        left=style.left,
        width=WIDTH - style.left - style.right,
        y=HEIGHT - style.top,
        floor=style.bottom,
    )
