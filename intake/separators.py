"""Separator sheets (Trennblätter): paper between two documents of a scan stack.

Owns their payload, ``PST1:SEP:<sheet id>:<MAC>``, and the sheets themselves. A stack is
split only where the code is genuine: the MAC is HMAC-SHA256 (RFC 2104) over everything in
front of it, cut to 128 bits (RFC 2104 § 5) and written in base32 (RFC 4648) without
padding. Refuses every other code, so that no letter can split a stack from within.
"""

import base64
import hmac
import io
import re
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from domain.errors import ConfigurationError, MalformedRequestError
from domain.ports import Randomness, SeparatorCheck
from domain.reading import Barcode
from intake.paper import SANS, SANS_BOLD, draw_qr, register_fonts

_PREFIX = "PST1:SEP"
_SHEET = re.compile(r"[0-9A-F]{8,16}")
_PAYLOAD = re.compile(r"PST1:SEP:([0-9A-F]{8,16}):[A-Z2-7]{26}")
_MAC_SIZE = 16
_KEY_SIZE = 16
_SHEET_ID_SIZE = 8
_MOST_SHEETS = 500
_WIDTH, _HEIGHT = A4


def separator_payload(sheet: str, *, key: bytes) -> str:
    """Return the text of a sheet's code; ``sheet`` is 8 to 16 hexadecimal digits.

    Raises ``MalformedRequestError`` for another id, ``ConfigurationError`` for a short key.
    """
    _require_length(key)
    name = sheet.upper()
    if not _SHEET.fullmatch(name):
        detail = "a sheet id has 8 to 16 hexadecimal digits"
        raise MalformedRequestError(detail)
    return f"{_PREFIX}:{name}:{_mac(name, key=key)}"


def _mac(name: str, *, key: bytes) -> str:
    digest = hmac.digest(key, f"{_PREFIX}:{name}".encode("ascii"), "sha256")
    return base64.b32encode(digest[:_MAC_SIZE]).decode("ascii").rstrip("=")


def _require_length(key: bytes) -> None:
    if len(key) < _KEY_SIZE:
        detail = "the key of the separator sheets is too short"
        raise ConfigurationError(detail)


def is_separator(text: str, *, key: bytes) -> bool:
    """Tell whether a code is that of a genuine sheet; the MAC is compared in constant time."""
    match = _PAYLOAD.fullmatch(text)
    if match is None:
        return False
    # Comparing the whole text leaves no second spelling of the same MAC.
    return hmac.compare_digest(text, separator_payload(match[1], key=key))


def separator_check(key: bytes) -> SeparatorCheck:
    """Return the check that tells the reader which pages are genuine separator sheets.

    Raises ``ConfigurationError`` for a short key, before the first stack is read.
    """
    _require_length(key)

    def pages(barcodes: Sequence[Barcode]) -> frozenset[int]:
        return frozenset(code.page for code in barcodes if is_separator(code.text, key=key))

    return pages


def separator_sheets_pdf(count: int, *, key: bytes, randomness: Randomness) -> bytes:
    """Return ``count`` (1 to 500) separator sheets, each with an id of its own, as A4 pages."""
    if not 1 <= count <= _MOST_SHEETS:
        detail = f"from 1 to {_MOST_SHEETS} separator sheets can be printed at once"
        raise MalformedRequestError(detail)
    register_fonts()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1, lang="de-DE")
    canvas.setTitle("Trennblätter")
    canvas.setCreator("Poststelle")
    for _ in range(count):
        _sheet(canvas, separator_payload(randomness.token(_SHEET_ID_SIZE).hex(), key=key))
    canvas.save()
    return target.getvalue()


def _sheet(canvas: Canvas, payload: str) -> None:
    """Draw one sheet; two codes, so that a fold or a staple does not cost the separation."""
    draw_qr(canvas, payload, at=(18 * mm, _HEIGHT - 60 * mm), side=42 * mm)
    draw_qr(canvas, payload, at=(_WIDTH / 2 - 55 * mm, _HEIGHT / 2 - 62 * mm), side=110 * mm)
    canvas.setFont(SANS_BOLD, 34)
    canvas.drawString(68 * mm, _HEIGHT - 38 * mm, "Trennblatt")
    canvas.setFont(SANS, 13)
    canvas.drawString(68 * mm, _HEIGHT - 48 * mm, "zwischen zwei Dokumente legen")
    canvas.setFont(SANS, 11)
    for line, text in enumerate(_INSTRUCTIONS):
        canvas.drawCentredString(_WIDTH / 2, 58 * mm - line * 6 * mm, text)
    canvas.setFont(SANS, 8)
    canvas.drawCentredString(_WIDTH / 2, 14 * mm, f"Blatt {payload.split(':')[2]}")
    canvas.showPage()


_INSTRUCTIONS = (
    "Trennblatt – zwischen zwei Dokumente legen.",
    "Die Seiten davor und danach werden getrennte Dokumente.",
    "Das Blatt selbst kommt in keine Akte und kann wieder benutzt werden.",
)
