"""Writing by hand: words in somebody's hand, signatures, ticks.

Owns how a pen moves. Refuses typefaces: every occurrence of a letter comes out a little
different, as no font does.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from corpus.alphabet import Point, breadth, strokes
from corpus.chance import dice, sometimes

_CAPITAL = 9.0
_INKS = (
    Color(0.08, 0.14, 0.52),
    Color(0.05, 0.10, 0.40),
    Color(0.10, 0.10, 0.12),
    Color(0.14, 0.20, 0.60),
)


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody's hand: how it slants, trembles and presses; ``size`` is relative to print."""

    ink: Color
    slant: float
    tremble: float
    weight: float
    size: float
    tight: float

    def width(self, text: str, *, size: float) -> float:
        """Return how wide a text gets, in points."""
        return sum(breadth(char) for char in text) * self._unit(size) * self.tight

    def write(self, canvas: Canvas, text: str, *, at: Point, size: float) -> None:
        """Write a text at a point of the base line; the same text always looks the same."""
        rng = dice(f"{text}/{at[0]:.1f}/{at[1]:.1f}")
        unit, x = self._unit(size), at[0]
        # A line of writing climbs or falls by some points, however long it is.
        drift = rng.uniform(-3, 3) / max(self.width(text, size=size), 100)
        canvas.saveState()
        self.take_up(canvas)
        for char in text:
            if not char.isspace():
                low = at[1] + (x - at[0]) * drift + rng.gauss(0, 0.25) * unit
                self._character(canvas, char, at=(x, low), unit=unit * rng.uniform(0.92, 1.08))
            x += breadth(char) * unit * self.tight * rng.uniform(0.95, 1.04)
        canvas.restoreState()

    def take_up(self, canvas: Canvas) -> None:
        """Set colour and breadth of the line."""
        canvas.setStrokeColor(self.ink)
        canvas.setLineWidth(self.weight)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)

    def _unit(self, size: float) -> float:
        return size * self.size / _CAPITAL

    def _character(self, canvas: Canvas, char: str, *, at: Point, unit: float) -> None:
        rng = dice(f"{char}/{at[0]:.2f}/{at[1]:.2f}")
        for stroke in strokes(char):
            points = [
                (
                    at[0] + (x + y * self.slant + rng.gauss(0, self.tremble)) * unit,
                    at[1] + (y + rng.gauss(0, self.tremble)) * unit,
                )
                for x, y in stroke
            ]
            draw_curve(canvas, points)


def hand(rng: random.Random, *, split: str) -> Hand:
    """Return a hand; those that check are more upright and heavier than those that train."""
    trained = split == "train"
    return Hand(
        ink=rng.choice(_INKS[:3] if trained else _INKS[1:]),
        slant=rng.uniform(0.05, 0.35) if trained else rng.uniform(-0.10, 0.15),
        tremble=rng.uniform(0.10, 0.24) if trained else rng.uniform(0.14, 0.28),
        weight=rng.uniform(0.8, 1.15) if trained else rng.uniform(0.9, 1.3),
        size=rng.uniform(1.0, 1.2) if trained else rng.uniform(1.05, 1.25),
        tight=rng.uniform(0.9, 1.06),
    )


def draw_curve(canvas: Canvas, points: Sequence[Point]) -> None:
    """Draw a smooth line through points (Catmull-Rom); doubled points become corners."""
    path = canvas.beginPath()
    path.moveTo(*points[0])
    padded = [points[0], *points, points[-1]]
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        path.curveTo(
            start[0] + (end[0] - before[0]) / 6,
            start[1] + (end[1] - before[1]) / 6,
            end[0] - (after[0] - start[0]) / 6,
            end[1] - (after[1] - start[1]) / 6,
            *end,
        )
    canvas.drawPath(path, stroke=1, fill=0)


def sign(canvas: Canvas, style: Hand, *, at: Point, seed: str) -> None:
    """Scribble a signature that nobody can read, about 45 mm long."""
    rng = dice(seed)
    x, y = at
    points = [(x, y + rng.uniform(2, 8)), (x + 5, y + rng.uniform(14, 22)), (x + 8, y - 3)]
    reach = rng.uniform(60, 120)
    while points[-1][0] - x < reach:
        step = rng.uniform(2.5, 7)
        high = rng.uniform(8, 16) if sometimes(rng, 0.2) else rng.uniform(2, 6)
        points.append((points[-1][0] + step, y + high))
        points.append((points[-1][0] + rng.uniform(-1, 3), y + rng.uniform(-3, 1)))
    points.append((points[-1][0] + rng.uniform(12, 30), y + rng.uniform(0, 9)))
    canvas.saveState()
    style.take_up(canvas)
    draw_curve(canvas, points)
    canvas.restoreState()


def tick(canvas: Canvas, style: Hand, *, at: Point, side: float) -> None:
    """Cross a box whose lower left corner is given, not quite within its lines."""
    rng = dice(f"{at[0]:.1f}/{at[1]:.1f}")
    (x, y), over = at, side * 0.2
    canvas.saveState()
    style.take_up(canvas)
    for low, high in ((y - over, y + side + over), (y + side + over, y - over)):
        bend = rng.uniform(-0.1, 0.1) * side
        middle = (x + side / 2 + bend, (low + high) / 2)
        draw_curve(canvas, [(x - over, low), middle, (x + side + over * 1.5, high)])
    canvas.restoreState()
