"""Tables: how wide columns get, which lines are drawn, where figures stand.

Owns one table at a time. Refuses tables that do not fit the width: ``FullSheetError``.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from reportlab.lib.colors import Color, black
from reportlab.pdfgen.canvas import Canvas

from corpus.setting import Drawing, Sort, Type, breadth, broken, drawings
from corpus.sheets import FullSheetError, Sheet

Row = Sequence[str]

_PAD = 3.0
_FIGURE = re.compile(r"[-+]?[\d.,:]+(?:\s?[-%€]|\s?EUR)?")
_SHADE = {"zebra": Color(0.93, 0.95, 0.97), "shaded": Color(0.88, 0.88, 0.86)}


def set_table(sheet: Sheet, rows: Sequence[Row]) -> None:
    """Set rows; where the number of cells changes, another table follows directly."""
    sheet.down(sheet.face.size * 0.35)
    for _, part in groupby(rows, key=len):
        _set_part(sheet, list(part))
    sheet.down(sheet.face.size * 0.6)


def _set_part(sheet: Sheet, rows: Sequence[Row]) -> None:
    face = replace(sheet.face, entry="")
    widths = _widths(sheet, rows, face)
    headed = len(rows) > 1 and not any(_is_entry_or_figure(cell) for cell in rows[0])
    for at, row in enumerate(rows):
        used = replace(face, bold=headed and at == 0)
        _set_row(sheet, row, used, widths=widths, shade=_shade(sheet, at=at, headed=headed))


def _is_entry_or_figure(cell: str) -> bool:
    return "~" in cell or any(char.isdigit() for char in cell)


def _widths(sheet: Sheet, rows: Sequence[Row], face: Type) -> list[float]:
    """Share the width: what each column would like, and never less than its longest word."""
    bold = replace(face, bold=True)
    columns = list(zip(*rows, strict=True))
    liked = [max(breadth(sheet.words(cell), bold) for cell in column) for column in columns]
    least = [
        max((face.width(token) for cell in column for token in sheet.words(cell)), default=0) * 1.08
        for column in columns
    ]
    room = sheet.width - 2 * _PAD * len(columns)
    if sum(least) > room:
        raise FullSheetError
    if sum(liked) <= room:
        spare = (room - sum(liked)) / len(columns)
        return [width + spare + 2 * _PAD for width in liked]
    more = [max(like - low, 0) for like, low in zip(liked, least, strict=True)]
    share = (room - sum(least)) / (sum(more) or 1)
    return [low + extra * share + 2 * _PAD for low, extra in zip(least, more, strict=True)]


def _set_row(
    sheet: Sheet, row: Row, face: Type, *, widths: Sequence[float], shade: Color | None
) -> None:
    cells = [
        list(broken(sheet.words(cell), face, width=width - 2 * _PAD + 0.5))
        for cell, width in zip(row, widths, strict=True)
    ]
    leading = face.size * 1.22
    by_hand = any(token.sort is Sort.PEN for lines in cells for line in lines for token in line)
    height = max(1, *map(len, cells)) * leading + (8 if by_hand else 3)
    sheet.down(height)
    sheet.draw(_lines(sheet, widths=widths, height=height, shade=shade))
    left, top = sheet.left, sheet.y + height
    for cell, lines, width in zip(row, cells, widths, strict=True):
        figure = _FIGURE.fullmatch(cell.replace("~", "").strip())
        for at, line in enumerate(lines):
            spare = width - 2 * _PAD - breadth(line, face) if figure else 0
            low = top - at * leading - face.size - (5 if by_hand else 1.5)
            sheet.draw(*drawings(line, face, at=(left + _PAD + spare, low)))
        left += width


def _shade(sheet: Sheet, *, at: int, headed: bool) -> Color | None:
    match sheet.style.table:
        case "zebra" if at % 2 == 0:
            return _SHADE["zebra"]
        case "shaded" if headed and at == 0:
            return _SHADE["shaded"]
        case _:
            return None


def _lines(sheet: Sheet, *, widths: Sequence[float], height: float, shade: Color | None) -> Drawing:
    left, low, style = sheet.left, sheet.y, sheet.style.table

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setStrokeColor(black)
        canvas.setLineWidth(0.5 if style == "grid" else 0.35)
        if shade is not None:
            canvas.setFillColor(shade)
            canvas.rect(left, low, sum(widths), height, stroke=0, fill=1)
        if style == "grid":
            edges = [left + sum(widths[:at]) for at in range(len(widths))]
            for edge, width in zip(edges, widths, strict=True):
                canvas.rect(edge, low, width, height, stroke=1, fill=0)
        elif style == "frame":
            canvas.rect(left, low, sum(widths), height, stroke=1, fill=0)
        elif style in {"rules", "shaded"}:
            canvas.line(left, low, left + sum(widths), low)
        canvas.restoreState()

    return draw
