"""Plain text: its encoding, and text set as pages of a PDF/A.

Owns what counts as text at all. Refuses control characters: nothing that a person writes
contains them, and programs and archives do.
"""

import codecs
import io
import re
import textwrap
from functools import cache
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from domain.reasons import Reason
from ocr.limits import stop

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_WORDLIKE = 0.85
_FONT = "Vera"
_SIZE = 10
_LEADING = 14
_PAGE = (595.276, 841.89)  # A4 in points
_MARGIN = 57
_COLUMNS = 88
_LINES = 50
_ALLOWED_WIDTH = _PAGE[0] - 2 * _MARGIN


def decode(content: bytes) -> str | None:
    """Return text in UTF-8, UTF-16 with a byte order mark, or Windows-1252; else None."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decoded(content, encoding)
    return _decoded(content, "utf-8") or _western(content)


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) or not text.strip() else text


def _western(content: bytes) -> str | None:
    """Accept Windows-1252 (a superset of Latin-1's letters) if it reads like words."""
    text = _decoded(content, "cp1252")
    if text is None:
        return None
    words = sum(char.isalnum() or char.isspace() for char in text)
    return text if words >= _WORDLIKE * len(text) else None


def set_pages(text: str, *, pages: int) -> tuple[str, ...]:
    """Return the text divided into pages; stop with ``TOO_MANY_PAGES`` above ``pages``."""
    lines: list[str] = []
    for line in text.expandtabs(4).replace("\f", "\n").splitlines():
        lines.extend(textwrap.wrap(line, _COLUMNS, drop_whitespace=False) or [""])
        if len(lines) > pages * _LINES:
            stop(Reason.TOO_MANY_PAGES)
    starts = range(0, max(len(lines), 1), _LINES)
    return tuple("\n".join(lines[start : start + _LINES]) for start in starts)


def typeset(pages: tuple[str, ...]) -> bytes:
    """Return a PDF (A4) of pages of text with all its fonts embedded."""
    font = _font()
    target = io.BytesIO()
    canvas = Canvas(
        target,
        pagesize=_PAGE,
        pageCompression=1,
        initialFontName=font.fontName,  # type: ignore[arg-type]  # the stub takes it for a size
    )
    for page in pages:
        top = _PAGE[1] - _MARGIN
        for number, line in enumerate(page.split("\n")):
            shown = _drawable(line, font)
            canvas.setFont(font.fontName, _fitting(shown))
            canvas.drawString(_MARGIN, top - number * _LEADING, shown)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _fitting(line: str) -> float:
    """Return a size in points at which a line of wide letters still fits between margins."""
    width = pdfmetrics.stringWidth(line, _FONT, _SIZE)
    return _SIZE if width <= _ALLOWED_WIDTH else _SIZE * _ALLOWED_WIDTH / width


def _drawable(line: str, font: TTFont) -> str:
    """Replace what the font has no glyph for: PDF/A forbids the missing-glyph box."""
    glyphs = font.face.charToGlyph
    return "".join(char if ord(char) in glyphs else "?" for char in line)


@cache
def _font() -> TTFont:
    """Register the typeface that reportlab brings along, once."""
    folder = Path(reportlab.__file__).parent / "fonts"
    font = TTFont(_FONT, str(folder / "Vera.ttf"))
    pdfmetrics.registerFont(font)
    return font
