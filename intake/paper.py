"""The paper of the mail room: fonts, visible ink for untrusted words, QR codes.

Owns what Poststelle's own printed pages share. Refuses to interpret words: markup stays
as typed, and characters that the font lacks or that change the reading direction appear
as their code points, so that no name can pretend to be another.
"""

import unicodedata
from functools import cache

import zxingcpp
from PIL import Image
from reportlab.lib import colors
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

SANS = "Vera"
SANS_BOLD = "VeraBd"
_QR = zxingcpp.BarcodeFormat.QRCode
_DATA_MATRIX = zxingcpp.BarcodeFormat.DataMatrix
NAME_LIMIT = 255
"""The most characters of one untrusted name that are printed."""


@cache
def register_fonts() -> frozenset[int]:
    """Register the embedded fonts and return the code points that both of them can show."""
    faces = [TTFont(name, f"{name}.ttf") for name in (SANS, SANS_BOLD)]
    for face in faces:
        pdfmetrics.registerFont(face)
    return frozenset.intersection(*(frozenset(face.face.charToGlyph) for face in faces))


def printable(text: str, *, limit: int = NAME_LIMIT) -> str:
    """Return untrusted text as plain visible characters, at most ``limit`` of the original.

    What is invisible, changes direction or is missing in the font becomes ``[U+XXXX]``.
    """
    cut = unicodedata.normalize("NFC", text[:limit])
    shown = "".join(_visible(char) for char in cut)
    return shown if len(text) <= limit else f"{shown}…"


def _visible(char: str) -> str:
    if char == " " or (char in _letters() and unicodedata.category(char)[0] not in "CZ"):
        return char
    return f"[U+{ord(char):04X}]"


def _letters() -> frozenset[str]:
    return _as_characters(register_fonts())


@cache
def _as_characters(code_points: frozenset[int]) -> frozenset[str]:
    return frozenset(map(chr, code_points))


def draw_qr(canvas: Canvas, text: str, *, at: tuple[float, float], side: float) -> None:
    """Draw a QR code (ISO/IEC 18004, level H) with its quiet zone; ``at`` is the lower left.

    ``side`` and ``at`` are in points. Dark runs are drawn as rectangles, so it stays sharp.
    """
    _draw(canvas, zxingcpp.create_barcode(text, _QR, ec_level="H"), at=at, side=side)


def draw_data_matrix(canvas: Canvas, text: str, *, at: tuple[float, float], side: float) -> None:
    """Draw a DataMatrix code (ISO/IEC 16022, ECC 200) in the same way; it is a square."""
    symbol = zxingcpp.create_barcode(text, _DATA_MATRIX, force_square=True)
    _draw(canvas, symbol, at=at, side=side)


def _draw(
    canvas: Canvas, symbol: zxingcpp.Barcode, *, at: tuple[float, float], side: float
) -> None:
    image = Image.fromarray(symbol.to_image(scale=1, add_quiet_zones=True))
    width, ink = image.width, image.tobytes()
    module = side / width
    canvas.setFillColor(colors.black)
    for row in range(width):
        for start, length in _dark_runs(ink[row * width : (row + 1) * width]):
            left, low = at[0] + start * module, at[1] + side - (row + 1) * module
            # A hair of overlap keeps viewers from drawing light seams between the rows.
            canvas.rect(left, low, length * module, module * 1.02, stroke=0, fill=1)


def _dark_runs(row: bytes) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index, value in enumerate((*row, 255)):
        if not value and start is None:
            start = index
        elif value and start is not None:
            runs.append((start, index - start))
            start = None
    return runs
