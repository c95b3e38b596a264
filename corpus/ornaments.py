"""What stands on paper besides words: logos, stamps, frames, marks for folding, holes.

Owns drawings without a meaning. Refuses to hide print: stamps are half transparent.
"""

import math

from reportlab.lib.colors import Color, white
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.alphabet import Point
from corpus.chance import dice, sometimes
from corpus.sheets import HEIGHT, WIDTH
from corpus.styles import Style

LOGO_SIDE = 13 * mm
"""How high and wide a logo is, in points."""

_RING_HOLDS = 34
_STAMPS = (Color(0.65, 0.08, 0.10), Color(0.10, 0.15, 0.55), Color(0.20, 0.10, 0.45))


def logo(canvas: Canvas, style: Style, *, at: Point) -> None:
    """Draw a logo whose lower left corner is given."""
    x, y = at
    canvas.saveState()
    canvas.setFillColor(style.accent)
    canvas.setStrokeColor(style.accent)
    match style.logo:
        case "discs":
            for step, share in enumerate((1.0, 0.7, 0.45)):
                canvas.setFillColor(_paler(style.accent, step * 0.3))
                canvas.circle(x + 20 + step * 5, y + 18, 16 * share, stroke=0, fill=1)
        case "bars":
            for step in range(4):
                canvas.rect(x + step * 9, y, 6, 12 + step * 7, stroke=0, fill=1)
        case "leaf":
            _leaf(canvas, at=at)
        case "square":
            canvas.roundRect(x, y, 34, 34, 5, stroke=0, fill=1)
            canvas.setFillColor(white)
            canvas.circle(x + 17, y + 17, 10, stroke=0, fill=1)
        case _:
            pass
    canvas.restoreState()


def _leaf(canvas: Canvas, *, at: Point) -> None:
    x, y = at
    path = canvas.beginPath()
    path.moveTo(x, y)
    path.curveTo(x, y + 26, x + 12, y + 36, x + 36, y + 36)
    path.curveTo(x + 36, y + 14, x + 24, y, x, y)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.setStrokeColor(white)
    canvas.setLineWidth(1.4)
    canvas.line(x + 3, y + 3, x + 26, y + 26)


def stamp(canvas: Canvas, text: str, *, font: str, at: Point) -> None:
    """Stamp a text around a point: framed in a box or in rings, slanted, half transparent."""
    rng = dice("stamp", text, f"{at[0]:.0f}", f"{at[1]:.0f}")
    color = rng.choice(_STAMPS)
    canvas.saveState()
    canvas.translate(*at)
    canvas.rotate(rng.uniform(-14, 14))
    canvas.setFillColor(color, alpha=0.72)
    canvas.setStrokeColor(color, alpha=0.72)
    canvas.setLineWidth(1.6)
    if len(text) <= _RING_HOLDS and sometimes(rng, 0.35):
        _round(canvas, text, font=font)
    else:
        _boxed(canvas, text, font=font)
    canvas.restoreState()


def _boxed(canvas: Canvas, text: str, *, font: str) -> None:
    lines = _folded(text, 26)
    size = 11.0
    width = max(stringWidth(line, font, size) for line in lines) + 16
    height = len(lines) * size * 1.3 + 10
    canvas.roundRect(-width / 2, -height / 2, width, height, 3, stroke=1, fill=0)
    for at, line in enumerate(lines):
        canvas.setFont(font, size)
        canvas.drawCentredString(0, height / 2 - (at + 1) * size * 1.3, line)


def _round(canvas: Canvas, text: str, *, font: str) -> None:
    lines, size = _folded(text, 12), 8.6
    reach = max(36.0, max(stringWidth(line, font, size) for line in lines) / 2 + 11)
    canvas.circle(0, 0, reach, stroke=1, fill=0)
    canvas.setLineWidth(0.7)
    canvas.circle(0, 0, reach - 4, stroke=1, fill=0)
    for at, line in enumerate(lines):
        canvas.setFont(font, size)
        canvas.drawCentredString(0, (len(lines) / 2 - at - 0.75) * size * 1.25, line)


def _folded(text: str, limit: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= limit:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def marks(canvas: Canvas, style: Style) -> None:
    """Draw frame, marks for folding (DIN 5008, form B) and holes where the style has them."""
    canvas.saveState()
    if style.framed:
        canvas.setStrokeColor(style.accent)
        for inset, line in ((8 * mm, 2.2), (10 * mm, 0.6)):
            canvas.setLineWidth(line)
            canvas.rect(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset, stroke=1, fill=0)
    if style.folded:
        canvas.setLineWidth(0.5)
        for height in (105, 148.5, 210):
            canvas.line(4 * mm, HEIGHT - height * mm, 9 * mm, HEIGHT - height * mm)
    if style.punched:
        canvas.setFillColor(Color(0.15, 0.15, 0.15))
        for height in (-40, 40):
            canvas.circle(11 * mm, HEIGHT / 2 + height * mm, 2.75 * mm, stroke=0, fill=1)
    canvas.restoreState()


def ruled(canvas: Canvas, *, step: float, squared: bool) -> None:
    """Draw the lines or squares of writing paper, ``step`` points apart."""
    canvas.saveState()
    canvas.setStrokeColor(Color(0.72, 0.80, 0.90))
    canvas.setLineWidth(0.35)
    for at in range(1, math.ceil(HEIGHT / step)):
        canvas.line(0, HEIGHT - at * step, WIDTH, HEIGHT - at * step)
    for at in range(1, math.ceil(WIDTH / step) if squared else 0):
        canvas.line(at * step, 0, at * step, HEIGHT)
    canvas.restoreState()


def _paler(color: Color, share: float) -> Color:
    red, green, blue = color.rgb()
    return Color(*(value + (1 - value) * share for value in (red, green, blue)))
