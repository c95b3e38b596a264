"""The sealed letter: what the mail room tells one carrier about one document."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from domain.ids import CarrierId, DocumentId, LetterId, Sha256, SubmissionId, TypeCode
from domain.post import Channel
from domain.reading import Fields


class Rendition(StrEnum):
    """The parts a letter carries beside its filing order."""

    ORIGINAL = "original"
    PDFA = "pdfa"
    TEXT = "text"


ORDER_PART = "order"
"""Name of the object that holds the filing order itself."""


@dataclass(frozen=True, slots=True)
class Part:
    """One rendition in a letter, with what proves that it is the right one."""

    rendition: Rendition
    media_type: str
    size: int
    sha256: Sha256


@dataclass(frozen=True, slots=True)
class FilingOrder:
    """Everything the carrier needs to file one document; travels sealed.

    ``decided_by`` is ``policy`` or the name of the account that cleared the document.
    ``reference`` is the number of the case (BG-Nummer or Kundennummer) or None; ``confirmed`` if
    the document and the sender name the same one.
    """

    letter: LetterId
    document: DocumentId
    submission: SubmissionId
    carrier: CarrierId
    channel: Channel
    received_at: dt.datetime
    receipt_digest: str
    file_name: str
    type: TypeCode
    confidence: float
    basis: str
    decided_by: str
    reference: str | None
    confirmed: bool
    page_count: int
    fields: Fields
    parts: tuple[Part, ...]
