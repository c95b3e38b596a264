"""The receipt that a sender can keep and print (Eingangsbestätigung).

Owns its words and its layout. Refuses to interpret what senders wrote: file names are
printed as visible characters, never as markup. The same receipt always gives the same
bytes, so a repeated request gets the very same paper.
"""

import io
from collections.abc import Callable
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from domain.ids import ReceiptCode
from domain.post import Channel, Receipt, ReceivedItem
from intake.paper import SANS, SANS_BOLD, draw_qr, printable, register_fonts

_MONO = "Courier"
_BERLIN = ZoneInfo("Europe/Berlin")
_UTC = ZoneInfo("UTC")
_BLOCK = 4
_FRAME = 6  # points of padding that every page frame adds by itself
_KIBIBYTE = 1024

_CHANNELS = {
    Channel.APP: "App für Bürgerinnen und Bürger",
    Channel.SCAN: "Scanstation",
    Channel.MAIL: "E-Mail",
}
_WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")

_BODY = ParagraphStyle("body", fontName=SANS, fontSize=9, leading=13)
_SMALL = ParagraphStyle("small", parent=_BODY, fontSize=7.5, leading=10)
_RIGHT = ParagraphStyle("right", parent=_SMALL, alignment=TA_RIGHT)
_STRONG = ParagraphStyle("strong", parent=_BODY, fontName=SANS_BOLD)
_TITLE = ParagraphStyle("title", parent=_STRONG, fontSize=17, leading=22, spaceAfter=3 * mm)
_CODE = ParagraphStyle("code", parent=_BODY, fontName="Courier-Bold", fontSize=12, leading=16)
_DIGEST = ParagraphStyle("digest", parent=_SMALL, fontName=_MONO, fontSize=7.2)

_DEADLINE = (
    "Dieser Zeitpunkt entscheidet über Fristen: Ein Antrag gilt als zu dem Zeitpunkt gestellt, "
    "in dem er hier eingegangen ist, auch wenn ein anderer Leistungsträger zuständig ist "
    "(§ 16 Abs. 2 SGB I)."
)
_STATUS = (
    "So erfahren Sie den Stand: Öffnen Sie die App der Poststelle, wählen Sie «Stand der "
    "Sendung» und geben Sie den Eingangscode ein, oder scannen Sie dort den QR-Code. "
    "Bewahren Sie diese Bestätigung gut auf und geben Sie den Code nicht weiter: Wer ihn "
    "kennt, kann den Stand Ihrer Sendung sehen."
)
_DIGESTS = (
    "Die Prüfsumme (SHA-256) belegt, welche Datei eingegangen ist: Sie ändert sich, sobald "
    "auch nur ein einziges Zeichen der Datei ein anderes ist."
)


class _QrCode(Flowable):
    """A QR code in the flow of a page."""

    def __init__(self, text: str, *, side: float) -> None:
        super().__init__()
        self.text = text
        self.width = self.height = side

    def draw(self) -> None:
        """Draw at the place that the page has found for it."""
        draw_qr(self.canv, self.text, at=(0, 0), side=self.width)


def in_blocks(code: ReceiptCode) -> str:
    """Return a receipt code in blocks of four, as people read it aloud."""
    plain = "".join(char for char in code if char.isalnum())
    return " ".join(plain[at : at + _BLOCK] for at in range(0, len(plain), _BLOCK))


def receipt_pdf(receipt: Receipt, *, house: str) -> bytes:
    """Return the confirmation of receipt (Eingangsbestätigung) as a PDF of A4 pages.

    Times stand in German legal time and in UTC; the moment decides deadlines
    (§ 16(2) SGB I). The bytes depend on nothing but the arguments.
    """
    register_fonts()
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=20 * mm - _FRAME,
        rightMargin=20 * mm - _FRAME,
        topMargin=20 * mm,
        bottomMargin=22 * mm,
        title="Eingangsbestätigung",
        author=printable(house),
        subject="Bestätigung über den Eingang von Unterlagen (§ 16 SGB I)",
        creator="Poststelle",
        lang="de-DE",
        displayDocTitle=1,
        invariant=1,
    )
    footer = _footer(house)
    document.build(_story(receipt, house=house), onFirstPage=footer, onLaterPages=footer)
    return target.getvalue()


def _footer(house: str) -> Callable[[Canvas, SimpleDocTemplate], None]:
    name = printable(house, limit=60)

    def draw(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont(SANS, 7)
        canvas.drawString(20 * mm, 12 * mm, f"{name} · Eingangsbestätigung")
        canvas.drawRightString(190 * mm, 12 * mm, f"Seite {document.page}")
        canvas.restoreState()

    return draw


def _story(receipt: Receipt, *, house: str) -> list[Flowable]:
    return [
        Paragraph(escape(printable(house)), _STRONG),
        Spacer(1, 8 * mm),
        Paragraph("Eingangsbestätigung", _TITLE),
        _summary(receipt),
        Spacer(1, 5 * mm),
        Paragraph(_DEADLINE, _BODY),
        Spacer(1, 3 * mm),
        Paragraph(_STATUS, _BODY),
        Spacer(1, 6 * mm),
        _items(receipt.items),
        Spacer(1, 3 * mm),
        Paragraph(_DIGESTS, _SMALL),
    ]


def _summary(receipt: Receipt) -> Table:
    local = receipt.received_at.astimezone(_BERLIN)
    universal = receipt.received_at.astimezone(_UTC)
    weekday = _WEEKDAYS[local.weekday()]
    rows = [
        ("Eingegangen am", f"{weekday}, {local:%d.%m.%Y, %H:%M:%S} Uhr ({_zone(local.dst())})"),
        ("Weltzeit (UTC)", f"{universal:%Y-%m-%dT%H:%M:%SZ}"),
        ("Eingangsweg", _CHANNELS[receipt.channel]),
        ("Anzahl der Dateien", str(len(receipt.items))),
    ]
    lines = [[Paragraph(label, _BODY), Paragraph(value, _STRONG)] for label, value in rows]
    lines.insert(0, [Paragraph("Eingangscode", _BODY), _code(receipt.code)])
    facts = Table(lines, colWidths=(36 * mm, 96 * mm))
    facts.setStyle(
        TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, -1), 0)])
    )
    frame = Table([[facts, _QrCode(receipt.code, side=36 * mm)]], colWidths=(133 * mm, 37 * mm))
    frame.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    return frame


def _code(code: ReceiptCode) -> Paragraph:
    return Paragraph(escape(printable(in_blocks(code))), _CODE)


def _zone(dst: object) -> str:
    return "MESZ" if dst else "MEZ"


def _items(items: tuple[ReceivedItem, ...]) -> Table:
    head = [
        Paragraph("Nr.", _STRONG),
        Paragraph("Datei und Prüfsumme (SHA-256)", _STRONG),
        Paragraph("Größe", _STRONG),
    ]
    rows = [_row(number, item) for number, item in enumerate(items, start=1)]
    table = Table([head, *rows], colWidths=(13 * mm, 121 * mm, 36 * mm), repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.black),
                ("LINEBELOW", (0, 1), (-1, -1), 0.3, colors.grey),
            ]
        )
    )
    return table


def _row(number: int, item: ReceivedItem) -> list[object]:
    name = Paragraph(escape(printable(item.name)), _BODY)
    digest = Paragraph(escape(printable(item.sha256)), _DIGEST)
    return [Paragraph(str(number), _BODY), [name, digest], Paragraph(_size(item.size), _RIGHT)]


def _size(count: int) -> str:
    exact = f"{count:,} Byte".replace(",", ".")
    if count < _KIBIBYTE:
        return exact
    rounded = f"{count / _KIBIBYTE:.0f} KiB" if count < _KIBIBYTE**2 else _mebibytes(count)
    return f"{rounded}<br/>({exact})"


def _mebibytes(count: int) -> str:
    return f"{count / _KIBIBYTE**2:.1f} MiB".replace(".", ",")
