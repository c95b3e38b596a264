import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.identifiers import parse_iban
from domain.ids import TypeCode
from domain.reading import Fields
from ocr.fields import read_fields
from tests.ocr.letterbox import letters

TODAY = dt.date(2026, 11, 20)
IBAN = "DE89370400440532013000"
OTHER_IBAN = "DE02120300000000202051"


OWN = TypeCode("hauptantrag")
"""A type in which an account without any words is the person's."""


def fields(text: str, kind: TypeCode | None = None) -> Fields:
    return read_fields(text, kind=kind, today=TODAY).fields


@pytest.mark.parametrize(
    "text",
    [
        "BG-Nummer: 12345//0001234",
        "BG-Nr.: 12345//0001234",
        "BG-Nr. 12345BG0001234",
        "Nummer der Bedarfsgemeinschaft: 12345/0001234",
        "Nummer der Bedarfsgemeinschaft\n12345//0001234",
        "Aktenzeichen: 12345/0001234",
        "Geschäftszeichen 12345 BG 0001234",
        "Mein Zeichen: 12345//0001234",
        "irgendwo 12345//0001234 ohne Wort davor",
        "irgendwo 12345BG0001234 ohne Wort davor",
        "BG-Nummer: I2345//OOOl234",
        "BG-Nummer: 12345BG000I234",
        "BG-Nummer: 123458G0001234",
        "Kundennummer   BG-Nummer\n123A456789   12345//0001234",
    ],
)
def test_reads_a_bg_number(text: str) -> None:
    reading = read_fields(text, today=TODAY)
    assert reading.fields.bg_nummer == "12345//0001234"
    assert reading.bg_nummern == ("12345//0001234",)


@pytest.mark.parametrize(
    "text",
    [
        "12345/0001234",
        "Telefon 12345/0001234",
        "I2345//OOO1234",
        "Rechnung 12345 0001234",
        "912345//0001234",
        "12345//00012345",
        "BG-Nummer: ____________",
        "BG-Nummer: 1234//0001234",
        "Steuernummer 12/345/67890",
    ],
)
def test_guesses_no_bg_number(text: str) -> None:
    reading = read_fields(text, today=TODAY)
    assert reading.fields.bg_nummer is None
    assert reading.bg_nummern == ()


def test_competing_bg_numbers_are_all_told_and_none_is_chosen() -> None:
    reading = read_fields("12345//0001234 und 12345//0009999", today=TODAY)
    assert reading.fields.bg_nummer is None
    assert reading.bg_nummern == ("12345//0001234", "12345//0009999")


def test_a_labelled_bg_number_beats_a_mentioned_one() -> None:
    reading = read_fields("Zu 12345//0009999.\nBG-Nummer: 12345//0001234", today=TODAY)
    assert reading.fields.bg_nummer == "12345//0001234"
    assert reading.bg_nummern == ("12345//0009999", "12345//0001234")


@given(st.integers(0, 99_999), st.integers(0, 9_999_999), st.sampled_from(["//", " // ", "BG"]))
def test_every_bg_number_comes_back(district: int, number: int, separator: str) -> None:
    reading = read_fields(f"x {district:05}{separator}{number:07}.", today=TODAY)
    assert reading.fields.bg_nummer == f"{district:05}//{number:07}"


@pytest.mark.parametrize(
    "text",
    [
        "Kundennummer: 123A456789",
        "Kundennummer 123 A 456789",
        "Kd.-Nr.: 123A456789",
        "Kunden-Nr. l23A4S6789".replace("S", "5"),
        "Unser Kunde 123A456789 hat",
    ],
)
def test_reads_a_kundennummer(text: str) -> None:
    assert fields(text).kundennummer == "123A456789"


@pytest.mark.parametrize(
    "text",
    [
        "Kundennummer: 4711000",
        "123A456789 und 123B456789",
        "Versicherungsnummer 12150890M123",
        "SV 65220291B512345",
        "l23A456789",
    ],
)
def test_guesses_no_kundennummer(text: str) -> None:
    assert fields(text).kundennummer is None


@pytest.mark.parametrize(
    "text",
    [
        "IBAN: DE89 3704 0044 0532 0130 00",
        "IBAN DE89370400440532013000 BIC COBADEFFXXX",
        "DE89 3704 0044 0532 0130 00 MUSTERBANK",
        "IBAN: DE89 37O4 OO44 O532 O13O OO",
        "IBAN: DE89 3704 0044 0532 0130 00\nBIC MUSTDEFF",
    ],
)
def test_reads_an_iban(text: str) -> None:
    assert fields(text, OWN).iban == IBAN
    assert fields(f"Überweisung auf Ihr Konto {text}").iban == IBAN


def test_a_town_near_an_account_is_no_tax_number() -> None:
    assert fields(f"Auszahlung an mich, {IBAN}, Musterstadt").iban == IBAN


def test_an_account_of_which_nothing_is_known_is_nobodys() -> None:
    assert fields(f"IBAN: {IBAN}").iban is None


@pytest.mark.parametrize(
    "text",
    [
        f"Bitte überweisen Sie den Betrag auf unser Konto {IBAN}",
        f"Zahlbar bis 01.03.2026 an die Stadtkasse, IBAN {IBAN}",
        f"Konto des Vermieters: {IBAN}",
        f"Musterwerke GmbH, HRB 1234, Geschäftsführer: A. Holm, IBAN {IBAN}",
        f"Jobcenter Ort · Tel. 030 23125-000 · IBAN {IBAN}",
        f"IBAN Auftraggeber: {IBAN}",
    ],
)
@pytest.mark.parametrize("kind", [None, OWN, TypeCode("mietvertrag"), TypeCode("stromabrechnung")])
def test_an_account_of_somebody_else_is_not_the_persons(text: str, kind: TypeCode | None) -> None:
    assert fields(text, kind).iban is None


def test_a_landlord_calls_the_own_account_mine() -> None:
    text = f"Die Miete geht auf mein Konto {IBAN}"
    assert fields(text, TypeCode("mietvertrag")).iban is None
    assert fields(f"Bitte nehmen Sie mein Konto {IBAN}", OWN).iban == IBAN


def test_an_account_beside_the_name_is_the_persons() -> None:
    text = f"Name, Vorname: Müller, Anna\nEmpfängerin Anna Müller, {IBAN}"
    assert fields(text).iban == IBAN


@pytest.mark.parametrize(
    "text",
    [
        "IBAN: DE88 3704 0044 0532 0130 00",
        "IBAN: DE89 3704 0044 0532 0130",
        "DE89",
        "IBAN: XX89 3704 0044 0532 0130 00",
        "ABDE89370400440532013000",
    ],
)
def test_refuses_a_wrong_iban(text: str) -> None:
    assert fields(text).iban is None


@pytest.mark.parametrize(
    "text",
    [
        f"Bankverbindung des Vermieters: {OTHER_IBAN}\nKontoinhaber: Anna Müller, IBAN {IBAN}",
        f"Kontoinhaber: Anna Müller, IBAN {IBAN}\n\n\n{'Fußzeile ' * 12} IBAN {OTHER_IBAN}",
        f"Konto AT611904300234573201 der Bank\n{'x ' * 60}\nmein Konto, IBAN {IBAN}",
    ],
)
def test_prefers_the_persons_own_account(text: str) -> None:
    assert fields(text).iban == IBAN


@given(st.integers(0, 10**18 - 1), st.booleans())
def test_every_german_iban_comes_back(account: int, spaced: bool) -> None:  # noqa: FBT001 - drawn
    body = f"{account:018}"
    check = 98 - int(f"{body}131400") % 97
    iban = f"DE{check:02}{body}"
    assert parse_iban(iban) == iban
    written = " ".join(iban[at : at + 4] for at in range(0, 22, 4)) if spaced else iban
    assert fields(f"Mein Konto {written} bei der Bank").iban == iban


@given(st.text(max_size=200))
def test_arbitrary_text_never_breaks_reading(text: str) -> None:
    read = fields(text)
    assert read.iban is None or parse_iban(read.iban) == read.iban
    assert read.dokumentdatum is None or read.dokumentdatum <= TODAY


@pytest.mark.parametrize(
    "text",
    [
        "geboren am 01.02.1990",
        "geb. am 1.2.1990",
        "Geburtsdatum: 01.02.1990",
        "Geburtsdatum\n01.02.1990",
        "geb. 01.02.90",
        "geboren am 1. Februar 1990",
        "Anna Müller, *01.02.1990",
        "Geburtsdatum 1990-02-01",
        "Geburtstag/Date of birth   01.02.1990",
        "Name, Vorname des Versicherten   geb. am\nMüller, Anna     01.02.90",
        "geb. 01.02.1990, Datum: 01.03.2026, geboren am 01.02.1990",
    ],
)
def test_reads_a_date_of_birth(text: str) -> None:
    assert fields(text).geburtsdatum == dt.date(1990, 2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "01.02.1990",
        "Eintrittsdatum 01.02.1990",
        "geboren am 31.02.1990",
        "geboren am 01.02.2090",
        "geboren am 01.02.1880",
        "geboren am ______ Datum 01.02.2026",
        "Kind 1 geboren am 01.02.2015, Kind 2 geboren am 03.04.2017",
        "geboren in Musterstadt",
        "Sehr geehrte Frau Brandt, für Ihr Kind Lea, geboren am 12.12.2017, wird",
    ],
)
def test_guesses_no_date_of_birth(text: str) -> None:
    assert fields(text).geburtsdatum is None


@pytest.mark.parametrize(
    "text",
    [
        "Musterstadt, den 3. März 2026",
        "        Musterstadt, 03.03.2026\nIhr Schreiben vom 01.02.2026",
        "Datum: 03.03.2026\ngültig bis 31.12.2026",
        "Datum: 3. Maerz 2026, gilt ab 01.01.2026",
        "Rechnungsdatum 03.03.2026  Lieferdatum 01.03.2026",
        "festgestellt am 03.03.26, arbeitsunfähig seit 02.03.26",
        "Ausstellungsdatum: 2026-03-03 gültig ab 2026-01-01",
        "geboren am 01.02.1990\nBescheinigung vom 03.03.2026",
        "Stadt Musterstadt            03.03.2026\nAntrag vom 01.02.2026",
        "Ort, Datum: 03.03.2026; Beginn 01.01.2026",
    ],
)
def test_reads_the_date_of_a_document(text: str) -> None:
    assert fields(text).dokumentdatum == dt.date(2026, 3, 3)


@pytest.mark.parametrize(
    "text",
    [
        "Musterstadt, den 3. März 2027",
        "geboren am 01.02.1990",
        "vom 01.01.2026 bis 31.03.2026",
        "Geburtsdatum: 01.02.1990",
        "45.13.2026",
        "bis 31.12.2026",
        "Eintritt 01.06.2021",
        "Einzugsdatum: 01.05.2018",
        "Gültig bis 30.09.2026",
        "Das Mietverhältnis beginnt am 01.09.2025",
        "kein Datum",
    ],
)
def test_guesses_no_date_of_a_document(text: str) -> None:
    assert fields(text).dokumentdatum is None


@pytest.mark.parametrize(
    "text",
    [
        "Name, Vorname: Müller, Anna",
        "Name, Vorname des Versicherten\nMüller, Anna      geb. am",
        "Vorname: Anna    Familienname: Müller",
        "Vorname: Anna\nName: Müller",
        "Vor- und Nachname: Anna Müller",
        "Mieterin: Anna Müller",
        "Patientin: Anna Müller, geboren am 01.02.1990",
        "Name: ANNA MÜLLER",
        "Frau\nAnna Müller\nWeg 3",
        "Frau Anna Müller, geb. 01.02.1990",
        "Anna Müller\nMusterweg 3\n12345 Ort\n\nJobcenter Ort\nMarkt 1\n12345 Ort",
        "Name/Surname/Nom\nMÜLLER\nVornamen/Given names/Prénoms\nANNA\n",
        "Kontoinhaber: Anna Müller",
        "Ich, Anna Müller, geb. 01.02.1990, bevollmächtige Frau Eva Holm, geb. 02.03.1980",
        "Die Schülerin Anna Müller, geb. 01.02.1990, besucht",
        "Antragsteller: Müller, Anna, geb. 01.02.1990",
    ],
)
def test_reads_a_name(text: str) -> None:
    assert fields(text).name == "Anna Müller"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sehr geehrte Frau Müller,",
        "Ihre Ansprechpartnerin: Frau Müller",
        "Stadtwerke Musterstadt GmbH\nMusterweg 3\n12345 Musterstadt",
        "Jobcenter Musterstadt\nMarkt 1\n12345 Musterstadt",
        "Name: ________ Vorname: ________",
        "Mieter: Anna Müller\nMieter: Bernd Schulz",
        "Name, Vorname\nGeburtsdatum, Anschrift",
        "Sehr geehrte Damen und Herren",
    ],
)
def test_guesses_no_name(text: str) -> None:
    assert fields(text).name is None


@pytest.mark.parametrize(
    "piece",
    [
        "DE89 ", "A ", "12345//", "geboren am ", "Datum: \n", "Aa-", "Aa Bb ", "Müller, Anna ",
        "01.01.2020 ", "1.234,56 EUR ", "Januar 2026 bis ", "Sehr geehrte Frau ", "1 ", "I",
        f"{IBAN} ", "15070649C103 ", "86095742719 ", "von der ", "Name: ", "\n", "ä",
    ],
)  # fmt: skip
def test_hostile_repetition_costs_little(piece: str) -> None:
    begin = time.process_time()
    read_fields(piece * 20_000, kind=TypeCode("mietvertrag"), today=TODAY)
    assert time.process_time() - begin < 1


def test_the_clock_bounds_dates_by_default() -> None:
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)
    assert read_fields(f"Datum: {tomorrow:%d.%m.%Y}").fields.dokumentdatum is None


def test_reads_a_whole_letter() -> None:
    reading = read_fields(letters()["widerspruch"], today=TODAY)
    assert reading.fields == Fields(
        bg_nummer="12345//0003434",
        name="Petra Wolf",
        dokumentdatum=dt.date(2026, 5, 12),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Kontoinhaber Anna Müller\nIBAN",
        "Antragstellende Person\nAnna Müller\nGeburtsdatum",
        "Name, Vorname Geburtsdatum\nMüller, Anna 01.02.1990",
        "Familienname Müller\nVornamen Anna\nFamilienstand ledig",
        "Name, Vorname des Versicherten Müller, Anna",
        "Anna Müller, Musterweg 1, 12345 Musterstadt\nSehr geehrte Damen und Herren",
        "Musterwerke GmbH\nAnna Müller\n\nMusterweg 1\n12345 Musterstadt",
        "bevollmächtige ich, Anna Müller, geboren am 01.02.1990, Frau Berta Beispiel",
        "Anna Müller\nMusterweg 1\n12345 Musterstadt\nfür Ihr Kind Emil Müller, geb. 01.02.2020",
    ],
)
def test_reads_the_name_where_forms_and_letters_have_it(text: str) -> None:
    assert fields(text).name == "Anna Müller"


@pytest.mark.parametrize(
    "text",
    [
        "Ort, Datum Musterstadt, 03.02.2026",
        "Datum, Unterschrift 03.02.2026",
        "Datum, Firmenstempel, Unterschrift 03.02.2026",
        "Unterschrift / Datum 03.02.2026, Anna Müller",
        "Berichtsdatum 03.02.2026, Zeitraum 01.01.2026",
    ],
)
def test_reads_the_date_beside_a_signature(text: str) -> None:
    assert fields(text).dokumentdatum == dt.date(2026, 2, 3)


def test_a_contested_decision_does_not_date_the_letter() -> None:
    text = "Widerspruch gegen Ihren Bescheid vom 03.02.2026\nzum Termin am 01.01.2026"
    assert fields(text).dokumentdatum is None


def test_the_applicant_is_older_than_the_children() -> None:
    text = "Geburtsdatum 01.02.1990\nMitversichert: Emil, geb. 03.04.2019"
    assert fields(text).geburtsdatum == dt.date(1990, 2, 1)


def test_an_iban_may_run_over_the_end_of_a_line() -> None:
    assert fields("auf Ihr Konto DE89 3704 0044\n0532 0130 00.").iban == IBAN
