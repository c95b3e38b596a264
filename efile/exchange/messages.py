"""The two messages: 0101 announces a document, 0102 confirms that it was received.

Every message goes through the profile, on the way out and on the way in, and what is released
has been read back by the same strict reader that a Fachverfahren can use.
"""

from domain.errors import InvalidMessageError
from efile.exchange.document import (
    add_document,
    check_day_of_receipt,
    read_document_id,
    read_files,
)
from efile.exchange.extension import (
    add_extension,
    find_extension,
    read_channel,
    read_fields,
    read_kind,
    read_message_id,
    read_proofs,
    read_protection,
)
from efile.exchange.header import Header, add_header, read_header
from efile.exchange.markup import (
    XDOMEA,
    find,
    optional_text,
    read_time,
    required_text,
    x,
)
from efile.exchange.profile import admit
from efile.exchange.values import Announcement, DecidedBy, ReceiptConfirmation
from efile.exchange.xml import Element, add, new_root, parse, serialize

INFORMATION = "Information.Information.0101"
CONFIRMATION = "Information.EmpfangBestaetigen.0102"

_CONFIRMATION_REQUESTED = "1"
_DOCUMENT = "xdomea:Schriftgutobjekt/xdomea:Dokument"


def build_0101(announcement: Announcement) -> bytes:
    """Write message 0101 as UTF-8 XML.

    Texts are cleaned and cut to the lengths of the profile; an empty title becomes the title
    of the type. Raises ``InvalidMessageError`` for what the profile does not admit.
    """
    message = new_root(x(INFORMATION), {"xdomea": XDOMEA})
    header = Header(
        process_id=announcement.process_id,
        created_at=announcement.created_at,
        sender=announcement.sender,
        recipient=announcement.recipient,
    )
    head = add_header(message, header, code="0101")
    add(head, x("Empfangsbestaetigung"), _CONFIRMATION_REQUESTED)
    add_extension(add_document(message, announcement), announcement)
    data = serialize(message)
    parse_0101(data)
    return data


def parse_0101(data: bytes) -> Announcement:
    """Read message 0101, or raise ``InvalidMessageError`` for anything but our own profile."""
    message = _admitted(data, INFORMATION)
    header = read_header(message)
    document = find(message, _DOCUMENT)
    entry = find_extension(document)
    received_at = read_time(required_text(entry, "p:Eingangszeitpunkt"))
    check_day_of_receipt(document, received_at)
    type_code, confidence = read_kind(entry)
    date = optional_text(document, "xdomea:DatumDesSchreibens")
    return Announcement(
        process_id=header.process_id,
        message_id=read_message_id(entry),
        document_id=read_document_id(document),
        created_at=header.created_at,
        sender=header.sender,
        recipient=header.recipient,
        title=required_text(document, "xdomea:AllgemeineMetadaten/xdomea:Betreff"),
        type_code=type_code,
        type_title=required_text(document, "xdomea:Typ"),
        received_at=received_at,
        reference=optional_text(document, "xdomea:AllgemeineMetadaten/xdomea:Kennzeichen"),
        protection=read_protection(entry),
        channel=read_channel(entry),
        receipt_digest=required_text(entry, "p:Quittungspruefsumme"),
        basis=required_text(entry, "p:Rechtsgrundlage"),
        confidence=confidence,
        decided_by=DecidedBy(required_text(entry, "p:Entscheidung")),
        fields=read_fields(entry, document_date=date),
        files=read_files(document, read_proofs(entry)),
    )


def build_0102(confirmation: ReceiptConfirmation) -> bytes:
    """Write message 0102, as a Fachverfahren answers; raise ``InvalidMessageError``."""
    message = new_root(x(CONFIRMATION), {"xdomea": XDOMEA})
    header = Header(
        process_id=confirmation.process_id,
        created_at=confirmation.created_at,
        sender=confirmation.sender,
        recipient=confirmation.recipient,
        note=confirmation.note,
    )
    add_header(message, header, code="0102")
    data = serialize(message)
    parse_0102(data)
    return data


def parse_0102(data: bytes) -> ReceiptConfirmation:
    """Read message 0102 from outside, or raise ``InvalidMessageError``.

    The process id comes back in lower case, whatever the case it was sent in.
    """
    header = read_header(_admitted(data, CONFIRMATION))
    return ReceiptConfirmation(
        process_id=header.process_id,
        created_at=header.created_at,
        sender=header.sender,
        recipient=header.recipient,
        note=header.note,
    )


def _admitted(data: bytes, name: str) -> Element:
    message = parse(data)
    if message.tag != x(name):
        detail = "another message than the expected one"
        raise InvalidMessageError(detail)
    admit(message)
    return message
