"""Separator sheets (Trennblätter): paper between two documents of a scan stack.

Owns the sheets themselves: two QR codes and a DataMatrix code with the same payload, so that a
fold, a stamp or a staple does not cost the separation, and a few words for people. What the
payload is and says is in ``intake.sheetcodes``. Refuses to print a case in full: the code carries
it sealed, and its last digits are enough for whoever lays the sheet on a pile.
"""

import io

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from domain.errors import MalformedRequestError
from domain.ports import Randomness
from domain.reading import SheetNote
from intake.paper import SANS, SANS_BOLD, draw_data_matrix, draw_qr, printable, register_fonts
from intake.sheetcodes import PLAIN, sheet_payload

_SHEET_ID_SIZE = 8
MOST_SHEETS = 500
"""The most sheets that are printed at once."""
_WIDTH, _HEIGHT = A4
_SHOWN_DIGITS = 3
_TITLE_LIMIT = 60


def separator_sheets_pdf(
    count: int,
    *,
    key: bytes,
    randomness: Randomness,
    note: SheetNote = PLAIN,
    title: str = "",
) -> bytes:
    """Return ``count`` (1 to 500) separator sheets, each with an id of its own, as A4 pages.

    All say the same; ``title`` is what people call the type. Raises ``MalformedRequestError``.
    """
    if not 1 <= count <= MOST_SHEETS:
        detail = f"from 1 to {MOST_SHEETS} separator sheets can be printed at once"
        raise MalformedRequestError(detail)
    register_fonts()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1, lang="de-DE")
    canvas.setTitle("Trennblätter")
    canvas.setCreator("Poststelle")
    words = _words(note, title)
    for _ in range(count):
        sheet = randomness.token(_SHEET_ID_SIZE).hex()
        _sheet(canvas, sheet_payload(sheet, key=key, randomness=randomness, note=note), words)
    canvas.save()
    return target.getvalue()


def _words(note: SheetNote, title: str) -> tuple[str, ...]:
    """Return what people read of a note."""
    said = (
        ("Stapel", note.batch),
        ("Art", printable(title or note.type or "", limit=_TITLE_LIMIT)),
        ("Akte endet auf", (note.case or "")[-_SHOWN_DIGITS:]),
    )
    return tuple(f"{name}: {text}" for name, text in said if text)


def _sheet(canvas: Canvas, payload: str, words: tuple[str, ...]) -> None:
    """Draw one sheet; the codes lie apart.

    They are no larger than this: a reader that judges light and dark by neighbouring pixels
    loses modules of 2 mm and more in the noise of a poor scan.
    """
    draw_data_matrix(canvas, payload, at=(18 * mm, _HEIGHT - 60 * mm), side=42 * mm)
    draw_qr(canvas, payload, at=((_WIDTH - 60 * mm) / 2, (_HEIGHT - 60 * mm) / 2), side=60 * mm)
    draw_qr(canvas, payload, at=(_WIDTH - 60 * mm, 70 * mm), side=42 * mm)
    canvas.setFont(SANS_BOLD, 34)
    canvas.drawString(68 * mm, _HEIGHT - 34 * mm, "Trennblatt")
    canvas.setFont(SANS, 13)
    canvas.drawString(68 * mm, _HEIGHT - 43 * mm, "zwischen zwei Dokumente legen")
    canvas.setFont(SANS_BOLD, 11)
    for line, text in enumerate(words):
        canvas.drawString(68 * mm, _HEIGHT - 51 * mm - line * 5.5 * mm, text)
    canvas.setFont(SANS, 11)
    for line, text in enumerate(_FOR_THESE if words else _INSTRUCTIONS):
        canvas.drawCentredString(_WIDTH / 2, 58 * mm - line * 6 * mm, text)
    canvas.setFont(SANS, 8)
    canvas.drawCentredString(_WIDTH / 2, 14 * mm, f"Blatt {payload.split(':')[2]}")
    canvas.showPage()


_INSTRUCTIONS = (
    "Trennblatt – zwischen zwei Dokumente legen.",
    "Die Seiten davor und danach werden getrennte Dokumente.",
    "Das Blatt selbst kommt in keine Akte und kann wieder benutzt werden.",
)
_FOR_THESE = (
    "Trennblatt – vor das Dokument legen, für das diese Angaben gelten.",
    "Sie gelten bis zum nächsten Trennblatt.",
    "Das Blatt kommt in keine Akte; es bleibt im Haus und wird danach vernichtet.",
)
