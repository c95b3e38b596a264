"""How the sample letters look on paper: parts become a PDF with a text layer.

Owns sizes, lines and boxes. Refuses content: every word comes from the letter and the
person it is about. The same letter always gives the same bytes.
"""

import io
from collections.abc import Mapping
from typing import assert_never
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from app.samples.drawn import INK, CardFace, CheckLine, Ink
from app.samples.parts import (
    Amounts,
    Break,
    Card,
    Checks,
    Facts,
    Form,
    Head,
    Letter,
    Part,
    Rows,
    Signature,
    Text,
    Title,
)
from app.samples.people import Person

_WIDTH = 166 * mm

_TOP = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
    ]
)
_BOXED = TableStyle([("GRID", (0, 0), (-1, -1), 0.6, colors.black)], parent=_TOP)
_LISTED = TableStyle(
    [
        ("BACKGROUND", (0, 0), (-1, 0), colors.Color(0.9, 0.9, 0.9)),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey),
    ],
    parent=_TOP,
)


def letter_pdf(letter: Letter, person: Person) -> bytes:
    """Return a letter about a person as a PDF of A4 pages."""
    return _Setter(letter, person.words()).pdf()


class _Setter:
    """Sets one letter in its typeface."""

    def __init__(self, letter: Letter, words: Mapping[str, str]) -> None:
        regular, bold, size = letter.look.value
        for name in (regular, bold):
            if name.startswith("Vera"):
                pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
        self.letter = letter
        self.words = words
        self.body = ParagraphStyle("b", fontName=regular, fontSize=size, leading=size * 1.36)
        self.bold = ParagraphStyle("s", parent=self.body, fontName=bold)
        self.right = ParagraphStyle("r", parent=self.body, alignment=TA_RIGHT)
        self.small = ParagraphStyle("k", parent=self.body, fontSize=7, leading=9)
        self.filled = ParagraphStyle("f", parent=self.body, fontName="Courier", fontSize=10)

    def pdf(self) -> bytes:
        """Return the pages."""
        target = io.BytesIO()
        document = SimpleDocTemplate(
            target,
            pagesize=A4,
            leftMargin=20 * mm,
            rightMargin=20 * mm,
            topMargin=17 * mm,
            bottomMargin=16 * mm,
            lang="de-DE",
            invariant=1,
        )
        story = [flowable for part in self.letter.parts for flowable in self.set(part)]
        document.build(story, onFirstPage=self.note, onLaterPages=self.folio)
        return target.getvalue()

    def note(self, canvas: Canvas, _document: SimpleDocTemplate) -> None:
        """Write the case number on the first page, as people are asked to do."""
        if not self.letter.noted:
            return
        canvas.saveState()
        canvas.setFont("Times-BoldItalic", 13)
        canvas.setFillColor(INK)
        canvas.drawRightString(198 * mm, 287 * mm, f"BG-Nummer: {self.words['bg']}")
        canvas.restoreState()

    def folio(self, canvas: Canvas, document: SimpleDocTemplate) -> None:
        """Write the page number on the later pages."""
        canvas.setFont(self.small.fontName, 8)
        canvas.drawCentredString(105 * mm, 10 * mm, f"- Seite {document.page} -")

    def set(self, part: Part) -> list[Flowable]:  # noqa: C901, PLR0911 - one line for each part
        """Return what one part looks like."""
        match part:
            case Head():
                return self.head(part)
            case Title():
                return self.title(part)
            case Text():
                return self.text(part.text)
            case Facts():
                return [self.facts(part.rows), Spacer(1, 3 * mm)]
            case Form():
                return [self.form(part), Spacer(1, 2.5 * mm)]
            case Checks():
                return self.checks(part)
            case Amounts():
                return [self.amounts(part), Spacer(1, 3 * mm)]
            case Signature():
                return [Spacer(1, 6 * mm), self.signature(part)]
            case Card():
                return [CardFace(part, self.words), Spacer(1, 8 * mm)]
            case Break():
                return [PageBreak()]
            case _:
                assert_never(part)

    def say(self, text: str) -> str:
        """Fill in a template."""
        return text.format_map(self.words)

    def paragraph(self, text: str, style: ParagraphStyle | None = None) -> Paragraph:
        """Set one filled-in template; markup in it is shown as typed."""
        return Paragraph(escape(self.say(text)), style or self.body)

    def head(self, head: Head) -> list[Flowable]:
        """Set sender, line, address field and references beside it."""
        first = ParagraphStyle("h", parent=self.bold, fontSize=self.bold.fontSize + 3, leading=17)
        rest = " · ".join(head.sender[1:])
        address = [self.paragraph(line) for line in head.to]
        dated = (*head.references, ("Datum", head.date)) if head.date else head.references
        side = self.facts(dated, widths=(30, 43)) if dated else ""
        field = Table([[address, side]], colWidths=(90 * mm, 76 * mm))
        field.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, 0), 0)])
        return [
            self.paragraph(head.sender[0], first),
            self.paragraph(rest, self.small),
            HRFlowable(width="100%", thickness=0.7, color=colors.black, spaceAfter=7 * mm),
            field,
            Spacer(1, 6 * mm),
        ]

    def title(self, title: Title) -> list[Flowable]:
        """Set a heading; level 1 is the name of the document."""
        size = self.bold.fontSize + (5 if title.level == 1 else 1)
        style = ParagraphStyle("t", parent=self.bold, fontSize=size, leading=size * 1.3)
        return [self.paragraph(title.text, style), Spacer(1, 2.5 * mm)]

    def text(self, text: str) -> list[Flowable]:
        """Set paragraphs with a little room between them."""
        paragraphs = (" ".join(block.split()) for block in text.strip().split("\n\n"))
        return [
            flowable
            for block in paragraphs
            for flowable in (self.paragraph(block), Spacer(1, 2.2 * mm))
        ]

    def facts(self, rows: Rows, *, widths: tuple[int, int] = (62, 104)) -> Table:
        """Set labels and values in two columns, widths in millimetres."""
        lines = [[self.paragraph(label), self.paragraph(value, self.bold)] for label, value in rows]
        table = Table(lines, colWidths=[width * mm for width in widths])
        table.setStyle(_TOP)
        return table

    def form(self, form: Form) -> Table:
        """Set boxes with captions, filled in with a typewriter."""
        cells: list[list[Flowable] | str] = [
            [self.paragraph(label, self.small), self.paragraph(value, self.filled)]
            for label, value in form.rows
        ]
        cells.extend([""] * (-len(cells) % form.columns))
        grid = [cells[at : at + form.columns] for at in range(0, len(cells), form.columns)]
        table = Table(grid, colWidths=[_WIDTH / form.columns] * form.columns)
        table.setStyle(_BOXED)
        return table

    def checks(self, checks: Checks) -> list[Flowable]:
        """Set boxes to tick, one below the other."""
        lines = [CheckLine(self.say(line), self.body) for line in checks.lines]
        return [*lines, Spacer(1, 2.5 * mm)]

    def amounts(self, amounts: Amounts) -> Table:
        """Set a table with a shaded header and figures at the right."""
        columns = len(amounts.widths)
        right = {index % columns for index in amounts.right}
        lines = [
            [
                self.paragraph(cell, self.cell(line, right=column in right))
                for column, cell in enumerate(row)
            ]
            for line, row in enumerate(amounts.rows)
        ]
        table = Table(lines, colWidths=[width * mm for width in amounts.widths], repeatRows=1)
        table.setStyle(_LISTED)
        return table

    def cell(self, line: int, *, right: bool) -> ParagraphStyle:
        """Choose the style of one cell."""
        if right:
            return self.right
        return self.body if line else self.bold

    def signature(self, signature: Signature) -> Table:
        """Set lines to sign on, side by side."""
        count = len(signature.captions)
        inks: list[Flowable | str] = [Ink(self.say(signature.captions[0]))]
        inks.extend([""] * (count - 1))
        captions = [self.paragraph(caption, self.small) for caption in signature.captions]
        table = Table([inks, captions], colWidths=[_WIDTH / count] * count)
        table.setStyle([("LINEABOVE", (0, 1), (-1, 1), 0.6, colors.black)])
        return table
