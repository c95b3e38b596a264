import datetime as dt
from decimal import Decimal

import pytest

from domain.ids import TypeCode
from domain.reading import Fields, Period
from ocr.fields import read_fields

TODAY = dt.date(2026, 11, 20)


def fields(text: str, kind: str | None = None) -> Fields:
    return read_fields(text, kind=TypeCode(kind) if kind else None, today=TODAY).fields


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("lohnabrechnung", "Gesamt-Brutto 1.775,20\nNetto 1.345,77\nAuszahlungsbetrag 1.234,56"),
        ("lohnabrechnung", "Steuerbrutto 1.500,00\nLohnsteuer 66,41\nNetto 1.234,56"),
        ("einkommensbescheinigung", "Brutto 1.500,00 EUR, das entspricht netto 1.234,56 EUR."),
        ("arbeitsvertrag", "Der Stundenlohn beträgt 14,20 EUR, monatlich 1.234,56 EUR brutto."),
        ("mietvertrag", "Kaltmiete 480,00 €\nNebenkosten 95,00 €\nGesamtmiete 1.234,56 €"),
        ("mietbescheinigung", "Grundmiete 480,00 Heizkosten 85,00\nzusammen 1.234,56 Euro"),
        ("mieterhoehung", "bisherige Miete 900,00 EUR\nNeue Gesamtmiete 1.234,56 EUR"),
        ("betriebskostenabrechnung", "Vorauszahlungen 600,00\nNachzahlung 1.234,56 Euro"),
        ("stromabrechnung", "Arbeitspreis 32,10 ct/kWh\nGuthaben 1.234,56 €\nneuer Abschlag 60,00"),
        ("arbeitslosengeldbescheid", "täglich 33,42 Euro, monatlich 1.234,56 Euro"),
        ("rentenbescheid", "Rente brutto 1.300,00 EUR\nAuszahlungsbetrag 1.234,56 EUR"),
        ("mietschulden", "Streitwert: 9.000,00 EUR, davon Mietrückstand 1.234,56 EUR"),
        ("kontoauszug", "alter Kontostand 10,00\nMiete 480,00-\nneuer Kontostand 1.234,56 H"),
        ("anlage_eks", "Einnahmen 5.000,00\nAusgaben 3.000,00\nGewinn 1.234,56"),
        (None, "Rechnungsbetrag 1.234,56 EUR"),
        ("mietvertrag", "Gesamtmiete 1,234,56 EUR"),
    ],
)
def test_reads_the_amount_that_matters(kind: str | None, text: str) -> None:
    assert fields(text, kind).betrag == Decimal("1234.56")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Gesamtmiete 520 Euro", "520.00"),
        ("Gesamtmiete 520,- Euro", "520.00"),
        ("Gesamtmiete 520,-- €", "520.00"),
        ("Gesamtmiete 1.520 EUR", "1520.00"),
        ("Gesamtmiete:\n520,50", "520.50"),
    ],
)
def test_reads_amounts_in_every_spelling(text: str, amount: str) -> None:
    assert str(fields(text, "mietvertrag").betrag) == amount


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("aerztliches_attest", "Gesamtbetrag 12,00 EUR"),
        ("hauptantrag", "Auszahlungsbetrag 1.234,56 EUR"),
        ("mietvertrag", "Kaution 1.200,00 EUR"),
        ("mietvertrag", "Gesamtfläche 58,50 m²"),
        ("lohnabrechnung", "Lohnsteuer 66,41 KV-Beitrag 145,57"),
        ("lohnabrechnung", "Auszahlung 100,00\nAuszahlung 200,00"),
        ("stromabrechnung", "Arbeitspreis 32,10 ct/kWh"),
        ("mietvertrag", "Gesamtmiete zum 01.02.2026"),
        ("mietvertrag", "Gesamtmiete 0,00 EUR"),
        (None, "Miete 480,00 EUR"),
        (None, "Telefon 030 23125,00"),
    ],
)
def test_guesses_no_amount(kind: str | None, text: str) -> None:
    assert fields(text, kind).betrag is None


MARCH = Period(dt.date(2026, 3, 1), dt.date(2026, 3, 31))


@pytest.mark.parametrize(
    "text",
    [
        "Zeitraum 01.03.2026 bis 31.03.2026",
        "vom 1.3.2026 bis zum 31.3.2026",
        "01.03.2026 - 31.03.2026",
        "01.03.2026-31.03.2026",
        "01.03.26 – 31.03.26",
        "1. März bis 1. März, vom 1. März 2026 bis einschließlich 31. März 2026",
        "ab 01.03.2026 bis voraussichtlich 31.03.2026",
        "ab dem 01.03.2026, vorerst befristet bis 31.03.2026",
        "Abrechnung der Bezüge für März 2026",
        "Abrechnungsmonat: März 2026, Eintritt 01.06.2021",
        "Monat 03.2026",
        "Monat: 03/2026",
        "Rückstand seit Januar 2026\nLohnabrechnung März 2026",
    ],
)
def test_reads_a_period(text: str) -> None:
    assert fields(text, "lohnabrechnung").zeitraum == MARCH


@pytest.mark.parametrize(
    "text",
    [
        "Musterstadt, den 3. März 2026",
        "gültig ab 01.03.2026",
        "31.03.2026 bis 01.03.2026",
        "01.01.2026 bis 31.01.2026\n01.03.2026 bis 31.03.2026",
        "März",
        "12. März 2026",
    ],
)
def test_guesses_no_period(text: str) -> None:
    assert fields(text, "lohnabrechnung").zeitraum is None


def test_a_period_may_have_a_label_at_either_end() -> None:
    text = "arbeitsunfähig seit 01.03.2026\nvoraussichtlich bis einschließlich 31.03.2026"
    assert fields(text, "au_bescheinigung").zeitraum == MARCH
    assert fields(text, "kontoauszug").zeitraum is None
