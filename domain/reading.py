"""What reading an item yields: an outcome and, when it could be read, documents."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from domain.ids import TypeCode
from domain.reasons import Reason


class Outcome(StrEnum):
    """What the gate and the reader found an item to be."""

    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"
    REJECTED = "rejected"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Barcode:
    """One barcode seen on a page (1-based); the text is untrusted."""

    page: int
    symbology: str
    text: str


@dataclass(frozen=True, slots=True)
class Fields:
    """Index fields read from one document; None where absent or not trustworthy.

    ``bg_nummer`` is ``NNNNN//NNNNNNN``, ``kundennummer`` ``NNNANNNNNN``, ``iban`` has no
    blanks and a valid check number (ISO 13616).
    """

    bg_nummer: str | None = None
    kundennummer: str | None = None
    iban: str | None = None
    geburtsdatum: dt.date | None = None
    name: str | None = None
    dokumentdatum: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One document found in an item.

    ``part`` names the attachment it came from ("" for the item itself), ``pages`` are
    1-based within that part. ``original`` is the untouched content of exactly this
    document, None when that is the whole item. ``pdfa`` is None where none could be made.
    ``doubts`` are the reasons why a person must look before it is filed.
    """

    pages: tuple[int, ...]
    type: TypeCode
    confidence: float
    fields: Fields
    text: str
    media_type: str
    part: str = ""
    evidence: tuple[str, ...] = ()
    doubts: tuple[Reason, ...] = ()
    bg_nummern: tuple[str, ...] = ()
    pdfa: bytes | None = None
    original: bytes | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of reading one item; no documents unless the outcome is accepted."""

    outcome: Outcome
    media_type: str
    reason: Reason | None = None
    page_count: int = 0
    blank_pages: tuple[int, ...] = ()
    signed: bool = False
    documents: tuple[ReadDocument, ...] = field(default=())
