"""Small papers made for the end-to-end tests; all people and numbers are invented."""

import io
from collections.abc import Sequence

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

TENANCY = (
    "Mietvertrag über Wohnraum",
    "zwischen der Wohnungsgesellschaft Beispielhof mbH (Vermieter)",
    "und {name} (Mieter)",
    "§ 1 Mietsache: Vermietet wird die Wohnung im 2. Obergeschoss, Lindenweg 4,",
    "bestehend aus drei Zimmern, Küche und Bad, Wohnfläche 62 Quadratmeter.",
    "§ 2 Mietzeit: Das Mietverhältnis beginnt am 01.03.2026.",
    "§ 3 Miete: Die Grundmiete beträgt monatlich 480,00 EUR, die Vorauszahlung auf die",
    "Betriebskosten 110,00 EUR und auf die Heizkosten 70,00 EUR.",
    "§ 4 Kaution: Der Mieter leistet eine Kaution von drei Monatsmieten.",
    "BG-Nummer: {bg}",
    "{extra}",
)
SICK_NOTE = (
    "Arbeitsunfähigkeitsbescheinigung",
    "Ausfertigung zur Vorlage beim Arbeitgeber",
    "Krankenkasse: Beispielkasse    Erstbescheinigung",
    "Name, Vorname des Versicherten: {name}",
    "arbeitsunfähig seit 02.02.2026",
    "voraussichtlich arbeitsunfähig bis einschließlich 13.02.2026",
    "festgestellt am 02.02.2026",
    "Vertragsarztstempel / Unterschrift des Arztes",
    "BG-Nummer: {bg}",
    "{extra}",
)
PAYSLIP = (
    "Entgeltabrechnung für Januar 2026",
    "Arbeitgeber: Bäckerei Musterkorn GmbH    Personalnummer 00417",
    "Arbeitnehmer: {name}    Steuerklasse 1    Krankenkasse Beispielkasse",
    "Grundlohn 1.450,00    Gesamtbrutto 1.450,00",
    "Lohnsteuer 21,50    Rentenversicherung 134,85    Arbeitslosenversicherung 18,85",
    "Krankenversicherung 118,90    Pflegeversicherung 26,10",
    "Gesetzliches Netto 1.129,80    Auszahlungsbetrag 1.129,80",
    "BG-Nummer: {bg}",
    "{extra}",
)


def paper(lines: Sequence[str], *, name: str, bg: str, extra: str = "") -> bytes:
    """Return a born-digital PDF of one page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    height = 780
    for number, line in enumerate(lines):
        canvas.setFont("Helvetica-Bold" if number == 0 else "Helvetica", 16 if number == 0 else 11)
        canvas.drawString(60, height, line.format(name=name, bg=bg, extra=extra))
        height -= 34 if number == 0 else 24
    canvas.save()
    return out.getvalue()


def scan(pdf: bytes) -> bytes:
    """Return the first page as a scan: a slightly turned grey JPEG at 200 dpi."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72, grayscale=True).to_pil()
    turned = page.rotate(0.4, fillcolor=255)
    out = io.BytesIO()
    turned.save(out, "JPEG", quality=80, dpi=(200, 200))
    return out.getvalue()
