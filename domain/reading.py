"""What reading an item yields: an outcome and, when it could be read, documents."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
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
class SheetNote:
    """What a genuine separator sheet says about what follows it; empty where it says nothing.

    ``batch`` names the stack, ``case`` is a BG number or Kundennummer in its normal spelling.
    """

    batch: str = ""
    type: TypeCode | None = None
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A place on an upright page: shares of its width and height, 0 to 1, from the top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, both included."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Fields:
    """Index fields read from one document; None where absent or not trustworthy.

    ``bg_nummer`` is ``NNNNN//NNNNNNN``, ``kundennummer`` ``NNNANNNNNN``, ``iban`` has no
    blanks and a valid check number (ISO 13616), ``rvnr`` (Versicherungsnummer, § 147 SGB VI)
    and ``steuer_id`` (§ 139b AO) have a valid check digit and no blanks. ``betrag`` is in euros
    with two decimals.
    """

    bg_nummer: str | None = None
    kundennummer: str | None = None
    iban: str | None = None
    geburtsdatum: dt.date | None = None
    name: str | None = None
    dokumentdatum: dt.date | None = None
    rvnr: str | None = None
    steuer_id: str | None = None
    betrag: Decimal | None = None
    zeitraum: Period | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a field was read: page (1-based), box if known, confidence (0 to 1).

    ``checked`` tells whether a check digit confirms it; None where the field has none.
    """

    field: str
    page: int
    box: Box | None
    confidence: float
    checked: bool | None = None


class BoundaryReason(StrEnum):
    """What speaks for the beginning of another document."""

    FIRST_PAGE = "first_page"
    SEPARATOR_SHEET = "separator_sheet"
    BLANK_PAGE = "blank_page"
    PAGE_NUMBERS = "page_numbers"
    LETTERHEAD = "letterhead"
    TYPE = "type"
    DATE = "date"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Boundary:
    """The page (1-based) at which a document begins, why, and how sure that is (0 to 1)."""

    page: int
    reasons: tuple[BoundaryReason, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One document found in an item.

    ``part`` names the attachment it came from ("" for the item itself), ``pages`` are
    1-based within that part. ``original`` is the untouched content of exactly this
    document, None when that is the whole item. ``pdfa`` is None where none could be made.
    ``doubts`` are the reasons why a person must look before it is filed. ``findings`` tell
    where the fields were read. ``begins`` is why the document begins where it does, None for
    content without pages; ``suggested`` are doubtful boundaries inside it, at which nothing was
    divided. ``unarchived`` is why there is no ``pdfa``.
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
    findings: tuple[Finding, ...] = ()
    begins: Boundary | None = None
    suggested: tuple[Boundary, ...] = ()
    unarchived: Reason | None = None
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
