import datetime as dt

import pytest

from domain.reading import Fields
from ocr.evidence import Span
from ocr.fields import FieldReading, read_fields

TODAY = dt.date(2026, 11, 20)
RVNR = "15070649C103"
STEUER_ID = "86095742719"


def read(text: str) -> FieldReading:
    return read_fields(text, today=TODAY)


def fields(text: str) -> Fields:
    return read(text).fields


@pytest.mark.parametrize(
    "text",
    [
        "Rentenversicherungsnummer: 15 070649 C 103",
        "SV-Nummer 15070649C103",
        "Anna Müller · 07.06.1949 · 15070649C103",
        "VSNR l5O7O649C1O3",
        "SV-Nr.\n15070649C103",
        "SV-Nr 15070649C103\nSV-Nummer des Ehemanns: 65180539W001",
    ],
)
def test_reads_a_versicherungsnummer(text: str) -> None:
    assert fields(text).rvnr == RVNR


@pytest.mark.parametrize(
    "text",
    [
        "SV-Nummer 15070649C104",
        "l5O7O649C1O3",
        "SV-Nummer des Kindes: 15070649C103",
        "15070649C103 und 65180539W001",
        "Kundennummer 123A456789",
        "X15070649C103",
    ],
)
def test_guesses_no_versicherungsnummer(text: str) -> None:
    assert fields(text).rvnr is None


@pytest.mark.parametrize(
    "text",
    [
        "Steuer-ID: 86 095 742 719",
        "Identifikationsnummer 86095742719",
        "IdNr. 86O95742719",
        "Steuerliche Identifikationsnummer\n86095742719",
        "Steuer-ID 86095742719, Steuer-ID des Kindes 65929970489",
    ],
)
def test_reads_an_identifikationsnummer(text: str) -> None:
    assert fields(text).steuer_id == STEUER_ID


@pytest.mark.parametrize(
    "text",
    [
        "Telefon 86095742719",
        "Steuer-ID: 86095742718",
        "Steuer-ID des Kindes: 86095742719",
        "Steuer-ID 86095742719 / Steuer-ID 65929970489",
        "Steuernummer 12/345/67890",
    ],
)
def test_guesses_no_identifikationsnummer(text: str) -> None:
    assert fields(text).steuer_id is None


def test_the_versicherungsnummer_tells_which_day_is_that_of_birth() -> None:
    text = "SV-Nummer 15070649C103\nA 07.06.1949 B 01.02.1990"
    assert fields(text).geburtsdatum == dt.date(1949, 6, 7)


def test_places_and_repairs_are_told() -> None:
    text = "Zu VSNR l5O7O649C1O3 und BG-Nummer: 12345//0001234"
    spans = read(text).spans
    assert spans == {
        "rvnr": Span(8, 20, checked=True, repaired=True),
        "bg_nummer": Span(36, 50),
    }
    assert text[8:20] == "l5O7O649C1O3"


def test_every_field_that_was_read_has_a_place() -> None:
    text = (
        "Anna Müller\nMusterweg 3\n12345 Ort\nOrt, den 03.03.2026\nBG-Nummer: 12345//0001234\n"
        "geb. am 07.06.1949, SV-Nr 15070649C103, mein Konto DE89 3704 0044 0532 0130 00"
    )
    reading = read(text)
    found = {name for name in Fields.__slots__ if getattr(reading.fields, name) is not None}
    assert found == set(reading.spans) >= {"name", "iban", "rvnr", "geburtsdatum", "dokumentdatum"}
    assert {name: text[span.start : span.end] for name, span in reading.spans.items()} == {
        "bg_nummer": "12345//0001234",
        "geburtsdatum": "07.06.1949",
        "name": "Anna Müller",
        "dokumentdatum": "03.03.2026",
        "rvnr": "15070649C103",
        "iban": "DE89 3704 0044 0532 0130 00",
    }
    assert [name for name, span in reading.spans.items() if span.checked] == ["iban", "rvnr"]


def test_nothing_has_no_places() -> None:
    assert read("") == FieldReading(Fields())
