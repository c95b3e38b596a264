"""What the messages say, as frozen values without any XML.

Owns the meaning of 0101 and 0102 for Poststelle. Names no account and no citizen beyond the
index fields that were read from the document itself.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from domain.catalogue import Protection
from domain.ids import DocumentId, MessageId, Sha256, TypeCode
from domain.letters import Rendition
from domain.post import Channel
from domain.reading import Fields


class DecidedBy(StrEnum):
    """Who decided that the document belongs to this carrier; never which account."""

    POLICY = "policy"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class PrimaryFile:
    """One file of the document; ``name`` by ``formats.primary_file_name``, ``size`` in bytes.

    ``original_name`` is what the sender called it, "" where there was no name.
    """

    name: str
    original_name: str
    media_type: str
    sha256: Sha256
    size: int
    created_at: dt.datetime
    rendition: Rendition


@dataclass(frozen=True, slots=True)
class Announcement:
    """Everything that message 0101 says about one document.

    Ids are UUIDs in canonical lower-case form; all times are aware. ``document_id`` stays the
    same over all messages about the document, ``process_id`` links 0101 and 0102.
    ``reference`` is the Aktenzeichen or None, ``receipt_digest`` a SHA-256 in hexadecimal,
    ``basis`` the legal basis, ``confidence`` 0 to 1 and transmitted with four decimals.
    ``files`` holds exactly one original and at most one of each other rendition. The date of
    the document is ``fields.dokumentdatum``.
    """

    process_id: str
    message_id: MessageId
    document_id: DocumentId
    created_at: dt.datetime
    sender: str
    recipient: str
    title: str
    type_code: TypeCode
    type_title: str
    received_at: dt.datetime
    reference: str | None
    protection: Protection
    channel: Channel
    receipt_digest: str
    basis: str
    confidence: float
    decided_by: DecidedBy
    fields: Fields
    files: tuple[PrimaryFile, ...]


@dataclass(frozen=True, slots=True)
class ReceiptConfirmation:
    """Message 0102: the receiver has the message with this process id.

    ``sender`` and ``recipient`` are names of institutions, "" where the message has none;
    ``note`` is a remark for people (Hinweis) or None.
    """

    process_id: str
    created_at: dt.datetime
    sender: str
    recipient: str
    note: str | None = None
