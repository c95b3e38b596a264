"""Poststelle's extension of message 0101: what xdomea has no field for.

Lives in ``AnwendungsspezifischeErweiterungXML`` of the document, in a namespace of its own
that ``extension.xsd`` describes. The protection class is told here and not as xdomea's
Vertraulichkeitsstufe: that list grades classified information (Verschlusssachen), and its
only true value, "Offen", would make social data look public.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from domain.catalogue import Protection
from domain.errors import InvalidMessageError
from domain.identifiers import parse_iban, parse_rvnr, parse_steuer_id
from domain.ids import MessageId, Sha256, TypeCode
from domain.letters import Rendition
from domain.post import Channel
from domain.reading import Fields, Period
from efile.exchange.markup import (
    EXTENSION,
    add_optional,
    find,
    find_optional,
    optional_text,
    p,
    read_date,
    required_attribute,
    required_text,
    spell_date,
    spell_time,
    x,
)
from efile.exchange.text import clean_text
from efile.exchange.values import Announcement, PrimaryFile
from efile.exchange.xml import Element, add

VERSION = "1"

_BASIS_LENGTH = 200
_NAME_LENGTH = 200
_PATH = "xdomea:AnwendungsspezifischeErweiterungXML/p:Eingang"


@dataclass(frozen=True, slots=True)
class FileProof:
    """What proves that a file is the announced one."""

    name: str
    rendition: Rendition
    media_type: str
    size: int
    sha256: Sha256


def add_extension(document: Element, announcement: Announcement) -> None:
    """Append the extension to a document."""
    anchor = add(document, x("AnwendungsspezifischeErweiterungXML"))
    entry = add(anchor, p("Eingang"), attributes={"version": VERSION}, namespaces={"p": EXTENSION})
    add(entry, p("NachrichtID"), announcement.message_id)
    add(entry, p("Eingangszeitpunkt"), spell_time(announcement.received_at))
    add(entry, p("Kanal"), announcement.channel)
    add(entry, p("Quittungspruefsumme"), announcement.receipt_digest)
    kind = {"code": announcement.type_code, "konfidenz": f"{announcement.confidence:.4f}"}
    add(entry, p("Dokumenttyp"), attributes=kind)
    add(entry, p("Schutzklasse"), announcement.protection)
    add(entry, p("Rechtsgrundlage"), clean_text(announcement.basis, limit=_BASIS_LENGTH))
    add(entry, p("Entscheidung"), announcement.decided_by)
    _add_fields(entry, announcement.fields)
    files = add(entry, p("Dateien"))
    for file in announcement.files:
        _add_proof(files, file)


def find_extension(document: Element) -> Element:
    """Return the extension of a document that the profile has admitted."""
    return find(document, _PATH)


def read_kind(entry: Element) -> tuple[TypeCode, float]:
    """Read the type code and its confidence."""
    kind = find(entry, "p:Dokumenttyp")
    confidence = float(required_attribute(kind, "konfidenz"))
    return TypeCode(required_attribute(kind, "code")), confidence


def read_message_id(entry: Element) -> MessageId:
    """Read the id of the message."""
    return MessageId(required_text(entry, "p:NachrichtID"))


def read_channel(entry: Element) -> Channel:
    """Read the channel by which the post came in."""
    return Channel(required_text(entry, "p:Kanal"))


def read_protection(entry: Element) -> Protection:
    """Read the protection class."""
    return Protection(required_text(entry, "p:Schutzklasse"))


def read_fields(entry: Element, *, document_date: str | None) -> Fields:
    """Read the index fields; the date of the document comes from xdomea's own field."""
    found = find(entry, "p:Indexfelder")
    return Fields(
        bg_nummer=optional_text(found, "p:BGNummer"),
        kundennummer=optional_text(found, "p:Kundennummer"),
        iban=_checked(found, "p:IBAN", parse_iban),
        geburtsdatum=read_date(optional_text(found, "p:Geburtsdatum")),
        name=optional_text(found, "p:Name"),
        dokumentdatum=read_date(document_date),
        rvnr=_checked(found, "p:Versicherungsnummer", parse_rvnr),
        steuer_id=_checked(found, "p:SteuerID", parse_steuer_id),
        betrag=_read_amount(optional_text(found, "p:Betrag")),
        zeitraum=_read_period(found),
    )


def read_proofs(entry: Element) -> tuple[FileProof, ...]:
    """Read what proves the files, in the order of the message."""
    return tuple(_read_proof(file) for file in find(entry, "p:Dateien"))


def _add_fields(entry: Element, fields: Fields) -> None:
    found = add(entry, p("Indexfelder"))
    add_optional(found, p("BGNummer"), fields.bg_nummer)
    add_optional(found, p("Kundennummer"), fields.kundennummer)
    add_optional(found, p("IBAN"), fields.iban)
    add_optional(found, p("Geburtsdatum"), spell_date(fields.geburtsdatum))
    add_optional(found, p("Name"), clean_text(fields.name or "", limit=_NAME_LENGTH))
    add_optional(found, p("Versicherungsnummer"), fields.rvnr)
    add_optional(found, p("SteuerID"), fields.steuer_id)
    add_optional(found, p("Betrag"), None if fields.betrag is None else str(fields.betrag))
    if fields.zeitraum:
        first, last = fields.zeitraum.first, fields.zeitraum.last
        said = {"von": first.isoformat(), "bis": last.isoformat()}
        add(found, p("Zeitraum"), attributes=said)


def _checked(fields: Element, path: str, parse: Callable[[str], str | None]) -> str | None:
    said = optional_text(fields, path)
    if said is not None and parse(said) != said:
        detail = "a number with a wrong check digit"
        raise InvalidMessageError(detail)
    return said


def _read_amount(said: str | None) -> Decimal | None:
    return None if said is None else Decimal(said)


def _read_period(fields: Element) -> Period | None:
    found = find_optional(fields, "p:Zeitraum")
    if found is None:
        return None
    first = dt.date.fromisoformat(required_attribute(found, "von"))
    last = dt.date.fromisoformat(required_attribute(found, "bis"))
    if last < first:
        detail = "a period that ends before it begins"
        raise InvalidMessageError(detail)
    return Period(first, last)


def _add_proof(files: Element, file: PrimaryFile) -> None:
    attributes = {
        "name": file.name,
        "fassung": file.rendition.value,
        "medientyp": file.media_type,
        "groesse": str(file.size),
        "sha256": file.sha256,
    }
    add(files, p("Datei"), attributes=attributes)


def _read_proof(file: Element) -> FileProof:
    return FileProof(
        name=required_attribute(file, "name"),
        rendition=Rendition(required_attribute(file, "fassung")),
        media_type=required_attribute(file, "medientyp"),
        size=int(required_attribute(file, "groesse")),
        sha256=Sha256(required_attribute(file, "sha256")),
    )
