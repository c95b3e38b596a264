"""What is drawn rather than set: signatures, check boxes, the face of a card.

Owns lines and curves. Refuses randomness that is not repeatable: the same name always
signs in the same way.
"""

import random
from collections.abc import Mapping
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from app.samples.parts import Card

INK = colors.Color(0.1, 0.15, 0.5)
"""The blue of a ballpoint pen."""

_MACHINE_WIDTH = 30
_UMLAUTS = str.maketrans({"Ä": "AE", "Ö": "OE", "Ü": "UE", "ß": "SS"})


class Ink(Flowable):
    """A signature: one running line of loops that depends on the words below it."""

    def __init__(self, seed: str) -> None:
        super().__init__()
        self.seed = seed
        self.width, self.height = 46 * mm, 9 * mm

    def draw(self) -> None:
        """Draw the loops."""
        rng = random.Random(self.seed)  # noqa: S311 - the shape of a drawing, not a secret
        path = self.canv.beginPath()
        x, y = 2.0, self.height / 2
        path.moveTo(x, y)
        for _ in range(9):
            step = rng.uniform(8, 16)
            ups = [rng.uniform(0, self.height) for _ in range(3)]
            path.curveTo(x + step, ups[0], x - step / 3, ups[1], x + step, ups[2])
            x += step
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(1.1)
        self.canv.drawPath(path, stroke=1, fill=0)


class CheckLine(Flowable):
    """A box, ticked where the text begins with ``x ``, and the text beside it."""

    def __init__(self, text: str, style: ParagraphStyle) -> None:
        super().__init__()
        self.ticked = text.startswith("x ")
        self.text = Paragraph(escape(text.removeprefix("x ")), style)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Ask the text how much room it needs beside the box."""
        _, used = self.text.wrap(width - 7 * mm, height)
        return width, used + 1.4 * mm

    def draw(self) -> None:
        """Draw box, cross and text."""
        self.text.drawOn(self.canv, 7 * mm, 0)
        side, low = 3.2 * mm, self.text.height - 4.2 * mm
        self.canv.setLineWidth(0.7)
        self.canv.rect(0, low, side, side)
        if self.ticked:
            self.canv.setLineWidth(1.3)
            self.canv.line(-1, low - 1, side + 1, low + side + 1)
            self.canv.line(-1, low + side + 1, side + 1, low - 1)


class CardFace(Flowable):
    """One side of a card in the proportions of ID-1 (ISO/IEC 7810), enlarged."""

    def __init__(self, card: Card, words: Mapping[str, str]) -> None:
        super().__init__()
        self.card = card
        self.words = words
        self.width, self.height = 160 * mm, 101 * mm

    def draw(self) -> None:
        """Draw the ground, the portrait, the rows and the lines for machines."""
        canvas = self.canv
        canvas.setFillColor(colors.Color(0.9, 0.95, 0.93))
        canvas.setStrokeColor(colors.grey)
        canvas.roundRect(0, 0, self.width, self.height, 10, fill=1)
        canvas.setFillColor(colors.Color(0.1, 0.2, 0.3))
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(8 * mm, 91 * mm, self.card.heading)
        if self.card.machine:
            self._machine(canvas)
        else:
            _portrait(canvas)
        self._rows(canvas)

    def _rows(self, canvas: Canvas) -> None:
        left = 8 * mm if self.card.machine else 56 * mm
        for line, (label, value) in enumerate(self.card.rows):
            top = 82 * mm - line * 11.5 * mm
            canvas.setFont("Helvetica", 6.5)
            canvas.drawString(left, top, label)
            canvas.setFont("Helvetica-Bold", 11)
            canvas.drawString(left, top - 5 * mm, value.format_map(self.words))

    def _machine(self, canvas: Canvas) -> None:
        canvas.setFont("Courier-Bold", 14)
        for line, text in enumerate(self.card.machine):
            shown = (
                text.format_map(self.words)
                .translate(_UMLAUTS)
                .ljust(_MACHINE_WIDTH, "<")[:_MACHINE_WIDTH]
            )
            canvas.drawString(8 * mm, 24 * mm - line * 7 * mm, shown)


def _portrait(canvas: Canvas) -> None:
    canvas.setFillColor(colors.Color(0.75, 0.78, 0.8))
    canvas.rect(8 * mm, 26 * mm, 40 * mm, 54 * mm, fill=1)
    canvas.setFillColor(colors.Color(0.45, 0.42, 0.4))
    canvas.ellipse(18 * mm, 46 * mm, 38 * mm, 73 * mm, fill=1)
    canvas.roundRect(12 * mm, 26 * mm, 32 * mm, 20 * mm, 22, fill=1)
    canvas.setFillColor(colors.Color(0.1, 0.2, 0.3))
