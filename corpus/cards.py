"""Cards: copies of both sides of a card or a small booklet on a sheet.

Owns faces of cards. Refuses words of its own: all of them stand in the letter.
"""

from collections.abc import Sequence
from dataclasses import replace

from reportlab.lib.colors import Color, black
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from corpus.fonts import COURIER
from corpus.markup import Line, Mark
from corpus.setting import Drawing, Type
from corpus.sheets import Sheet

_GROUNDS = {"train": Color(0.88, 0.94, 0.92), "check": Color(0.95, 0.91, 0.85)}
_PROPORTION = 1.586
"""Width to height of ID-1 (ISO/IEC 7810)."""

_MACHINE = "<<"
_PORTRAIT = (34 * mm, 44 * mm)


def set_card(sheet: Sheet, lines: Sequence[Line], *, split: str) -> None:
    """Set the lines as one side of a card, with a portrait unless machines read this side."""
    machine = any(_MACHINE in line.text for line in lines)
    ground: list[Drawing] = []
    outer, top = (sheet.left, sheet.width), sheet.y
    beside = 0.0 if machine else _PORTRAIT[0] + 6 * mm
    sheet.left, sheet.width = sheet.left + 6 * mm + beside, sheet.width - 12 * mm - beside
    first = len(sheet.drawn)
    sheet.down(4 * mm)
    spare = (outer[1] / _PROPORTION - 12 * mm) / max(len(lines), 1)
    gap = max(0.0, min(spare - sheet.face.size * sheet.style.leading, 14.0))
    for line in lines:
        _set_line(sheet, line)
        sheet.down(gap)
    low = min(sheet.y - 6 * mm, top - (0 if machine else _PORTRAIT[1] + 16 * mm))
    ground.append(_ground(at=(outer[0], low), size=(outer[1], top - low), split=split))
    if not machine:
        ground.append(_portrait(at=(outer[0] + 6 * mm, top - 12 * mm - _PORTRAIT[1])))
    sheet.drawn[first:first] = ground
    sheet.left, sheet.width = outer
    sheet.down(max(sheet.y - low, 0) + 8 * mm)


def _set_line(sheet: Sheet, line: Line) -> None:
    if line.mark is Mark.GAP:
        sheet.down(sheet.face.size * 0.5)
    elif line.mark in {Mark.TITLE, Mark.HEADING}:
        sheet.say(line.text, sheet.sized(1.35, bold=True, color=sheet.style.accent))
    elif _MACHINE in line.text:
        sheet.say(line.text, _machine_face(sheet))
    elif line.mark is Mark.SMALL:
        sheet.say(line.text, sheet.sized(0.75))
    else:
        sheet.say(line.text, align="right" if line.mark is Mark.RIGHT else "left")


def _machine_face(sheet: Sheet) -> Type:
    return replace(sheet.sized(1.15), family=COURIER)


def _ground(*, at: tuple[float, float], size: tuple[float, float], split: str) -> Drawing:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillColor(_GROUNDS[split])
        canvas.setStrokeColor(Color(0.5, 0.5, 0.5))
        canvas.roundRect(*at, *size, 10, stroke=1, fill=1)
        canvas.setStrokeColor(Color(0.80, 0.86, 0.84))
        canvas.setLineWidth(0.4)
        for step in range(6, int(size[1]) - 4, 7):
            low = at[1] + step
            third = size[0] / 3
            canvas.bezier(
                at[0] + 4, low, at[0] + third, low + 9, at[0] + 2 * third, low - 9,
                at[0] + size[0] - 4, low,
            )  # fmt: skip
        canvas.restoreState()

    return draw


def _portrait(*, at: tuple[float, float]) -> Drawing:
    (x, y), (width, height) = at, _PORTRAIT

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillColor(Color(0.75, 0.78, 0.80))
        canvas.rect(x, y, width, height, stroke=0, fill=1)
        canvas.setFillColor(Color(0.45, 0.42, 0.40))
        canvas.ellipse(
            x + width * 0.28, y + height * 0.35, x + width * 0.72, y + height * 0.88,
            stroke=0, fill=1,
        )  # fmt: skip
        canvas.roundRect(x + width * 0.1, y, width * 0.8, height * 0.32, 18, stroke=0, fill=1)
        canvas.setFillColor(black)
        canvas.restoreState()

    return draw
