"""The profile admits exactly what is sent and accepted: one change and it refuses."""

import dataclasses
from pathlib import Path

import pytest

from domain.errors import InvalidMessageError
from domain.letters import Rendition
from efile.exchange.messages import build_0101, build_0102, parse_0101, parse_0102
from efile.exchange.profile import validate_profile
from efile.exchange.xml import Schema, parse
from tests.efile.exchange.examples import (
    ANNOUNCEMENT,
    CONFIRMATION,
    PDFA_FILE,
    PHOTO_FILE,
    primary_file,
)

MESSAGE = build_0101(ANNOUNCEMENT).decode()
RECEIPT = build_0102(CONFIRMATION).decode()
XSI = "http://www.w3.org/2001/XMLSchema-instance"

BY_PROFILE = {
    "other message type": ("<code>0101</code>", "<code>0102</code>"),
    "other code list": ("codeliste:nachrichtentyp", "codeliste:medium"),
    "other list version": ('listVersionID="2.0"', 'listVersionID="2.1"'),
    "other namespace": ("xdomea:schema:3.1.0", "xdomea:schema:3.0.0"),
    "other extension namespace": ("erweiterung:1", "erweiterung:2"),
    "other extension version": ('version="1">', 'version="2">'),
    "no confirmation wanted": ("bestaetigung>1<", "bestaetigung>0<"),
    "confirmation as a word": ("bestaetigung>1<", "bestaetigung>true<"),
    "time without offset": ("23:30:00+00:00</xdomea:E", "23:30:00</xdomea:E"),
    "time that does not exist": ("T23:30:00", "T23:61:00"),
    "the twenty-fourth hour": ("T23:30:00", "T24:00:00"),
    "day that does not exist": ("Schreibens>2026-01-03", "Schreibens>2026-02-30"),
    "day with an offset": ("Schreibens>2026-01-03", "Schreibens>2026-01-03Z"),
    "paper": ("<code>001</code>", "<code>003</code>"),
    "unknown file format": ("<code>011</code>", "<code>030</code>"),
    "unknown channel": ("Kanal>app", "Kanal>fax"),
    "unknown protection": ("Schutzklasse>normal", "Schutzklasse>secret"),
    "an account as decider": ("Entscheidung>policy", "Entscheidung>m.muster"),
    "short digest": ('sha256="', 'sha256="0'),
    "size with a sign": ('groesse="', 'groesse="+'),
    "confidence in percent": ('konfidenz="0.9731"', 'konfidenz="97.31"'),
    "confidence with two decimals": ('konfidenz="0.9731"', 'konfidenz="0.97"'),
    "IBAN with blanks": ("DE02120300000000202051", "DE02 1203 0000 0000 2020 51"),
    "Arabic digits": ("Kundennummer>123", "Kundennummer>١٢٣"),
    "text with a line break": ("Lindenstraße<", "Linden\nstraße<"),
    "blank before a text": ("Betreff>", "Betreff> "),
    "too long": ("Lindenstraße<", "x" * 301 + "<"),
    "no title": ("<xdomea:Betreff>Mietvertrag Lindenstraße</xdomea:Betreff>", ""),
    "order": ("<p:Kanal>app</p:Kanal>", "<p:Schutzklasse>normal</p:Schutzklasse>"),
    "unknown element": ("<p:Indexfelder>", "<p:Indexfelder><p:Steuernummer>1</p:Steuernummer>"),
    "xdomea's own but unused": ("</xdomea:Typ>", "</xdomea:Typ><xdomea:Hier>x</xdomea:Hier>"),
    "second document": (
        "</xdomea:Schriftgutobjekt>",
        "</xdomea:Schriftgutobjekt><xdomea:Schriftgutobjekt/>",
    ),
    "path as a file name": (f">{PHOTO_FILE.name}<", ">../../vertrag.jpg<"),
    "file described, not proved": (f">{PHOTO_FILE.name}<", f">{PHOTO_FILE.name[:-4]}x.jpg<"),
    "file proved, not described": (f'"{PDFA_FILE.name}"', f'"{PDFA_FILE.name[:-4]}x.pdf"'),
    "rendition twice": ('fassung="pdfa"', 'fassung="original"'),
    "another type by xsi:type": (
        "<xdomea:Absender>",
        f'<xdomea:Absender xmlns:xsi="{XSI}" xsi:type="xdomea:Kontakt">',
    ),
    "xsi:nil": (
        "<xdomea:Typ>Mietvertrag",
        f'<xdomea:Typ xmlns:xsi="{XSI}" xsi:nil="true">',
    ),
}

BY_READER = {
    "IBAN with a wrong check number": ("DE02120300000000202051", "DE03120300000000202051"),
    "another day of receipt": ("datum>2026-01-16", "datum>2026-01-15"),
    "code of another format": ("<code>011</code>", "<code>044</code>"),
    "no original": ('fassung="original"', 'fassung="text"'),
    "PDF/A that is none": ('medientyp="application/pdf"', 'medientyp="image/png"'),
}


def changed(text: str, change: tuple[str, str]) -> bytes:
    assert change[0] in text, "the change must hit something"
    return text.replace(*change).encode()


def test_the_messages_are_admitted() -> None:
    validate_profile(MESSAGE.encode())
    validate_profile(RECEIPT.encode())


@pytest.mark.parametrize("name", BY_PROFILE)
def test_the_profile_refuses(name: str) -> None:
    data = changed(MESSAGE, BY_PROFILE[name])
    with pytest.raises(InvalidMessageError):
        validate_profile(data)
    with pytest.raises(InvalidMessageError):
        parse_0101(data)


@pytest.mark.parametrize("name", BY_READER)
def test_the_reader_refuses_what_a_schema_cannot_see(name: str) -> None:
    data = changed(MESSAGE, BY_READER[name])
    validate_profile(data)
    with pytest.raises(InvalidMessageError):
        parse_0101(data)


def test_a_proof_must_stand_at_the_place_of_its_file() -> None:
    original = primary_file(b"a", "text/plain", Rendition.ORIGINAL)
    text = primary_file(b"b", "text/plain", Rendition.TEXT, digit=5)
    data = build_0101(dataclasses.replace(ANNOUNCEMENT, files=(original, text))).decode()
    names = f'name="{original.name}"', f'name="{text.name}"'
    swapped = data.replace(names[0], "@").replace(names[1], names[0]).replace("@", names[1])
    validate_profile(swapped.encode())
    with pytest.raises(InvalidMessageError):
        parse_0101(swapped.encode())


def test_errors_name_the_rule_and_quote_nothing() -> None:
    with pytest.raises(InvalidMessageError) as caught:
        validate_profile(changed(MESSAGE, ("Kanal>app", "Kanal>kanarienvogel")))
    assert "SCHEMAV_CVC" in caught.value.detail
    assert "kanarienvogel" not in caught.value.detail


ACCEPTED = {
    "process id in upper case": (CONFIRMATION.process_id, CONFIRMATION.process_id.upper()),
    "local time": ("23:30:00+00:00", "23:30:00.5+00:00"),
    "no code list": (' listURI="urn:xoev-de:xdomea:codeliste:nachrichtentyp"', ""),
    "name of the code": ("</code>", "</code><name>Information.EmpfangBestaetigen</name>"),
    "no remark": ("<xdomea:Hinweis>In Bearbeitung genommen.</xdomea:Hinweis>", ""),
    "other product": ("Produktname>Poststelle", "Produktname>Fachverfahren 3"),
    "unit": (
        "</xdomea:Institution>",
        (
            "</xdomea:Institution><xdomea:Organisationseinheit><xdomea:Name>Team 1</xdomea:Name>"
            "</xdomea:Organisationseinheit>"
        ),
    ),
    "key of the authority": (
        "<xdomea:Institution>",
        (
            "<xdomea:Behoerdenkennung><xdomea:Behoerdenschluessel><code>1</code>"
            "</xdomea:Behoerdenschluessel></xdomea:Behoerdenkennung><xdomea:Institution>"
        ),
    ),
    "comment": ("<xdomea:Kopf>", "<xdomea:Kopf><!-- von Hand -->"),
    "schema location": (
        ".0102 xmlns",
        f'.0102 xmlns:xsi="{XSI}" xsi:schemaLocation="urn:x file:///absent.xsd" xmlns',
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_confirmation_of_another_hand_is_accepted(name: str) -> None:
    data = changed(RECEIPT, ACCEPTED[name])
    assert parse_0102(data).process_id == CONFIRMATION.process_id


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_accepted_is_official(name: str, official: Schema) -> None:
    official.admit(parse(changed(RECEIPT, ACCEPTED[name])))


REFUSED = {
    "other code": ("<code>0102</code>", "<code>0629</code>"),
    "no process": (f"<xdomea:ProzessID>{CONFIRMATION.process_id}</xdomea:ProzessID>", ""),
    "process id with a path": (CONFIRMATION.process_id, "../" + CONFIRMATION.process_id),
    "a person": (
        "</xdomea:Institution>",
        "</xdomea:Institution><xdomea:Name><xdomea:Titel>Dr.</xdomea:Titel></xdomea:Name>",
    ),
    "an address": ("</xdomea:Institution>", "</xdomea:Institution><xdomea:Anschrift/>"),
    "an extension": (
        "</xdomea:Hinweis>",
        "</xdomea:Hinweis><xdomea:AnwendungsspezifischeErweiterungXML/>",
    ),
    "a novel": ("In Bearbeitung genommen.", "x" * 1001),
    "time without offset": ("+00:00", ""),
    "body": ("</xdomea:Kopf>", "</xdomea:Kopf><xdomea:Schriftgutobjekt/>"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_confirmation_is_refused(name: str) -> None:
    with pytest.raises(InvalidMessageError):
        parse_0102(changed(RECEIPT, REFUSED[name]))


def test_official_samples_of_other_systems_are_no_announcements_of_ours(schemas: Path) -> None:
    samples = sorted((schemas / "samples" / "xdomea-3.1.0").glob("*.xml"))
    assert samples
    for sample in samples:
        with pytest.raises(InvalidMessageError):
            validate_profile(sample.read_bytes())
