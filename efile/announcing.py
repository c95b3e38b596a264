"""Announcing: the message about a filed document, written in the transaction of the filing.

The message is checked against the project's own profile before it is kept; what would not be
valid is never announced, and the filing is not committed.
"""

from sqlalchemy import Connection, insert

from domain.ids import DocumentId, MessageId
from domain.letters import FilingOrder, Part, Rendition
from domain.lifecycle import MessageState
from efile.cases import UNASSIGNED, CaseFile, case_columns
from efile.exchange.formats import announced_media_type, primary_file_name
from efile.exchange.messages import build_0101
from efile.exchange.values import Announcement, DecidedBy, PrimaryFile
from efile.realm import CarrierRealm
from efile.tables import MESSAGES

_ANNOUNCED = (Rendition.ORIGINAL, Rendition.PDFA)
_BY_POLICY = "policy"


def write_message(
    realm: CarrierRealm, connection: Connection, case: CaseFile, *, order: FilingOrder
) -> None:
    """Build, check and keep the 0101 message about a document."""
    announcement = _announcement(realm, case, order)
    xml = build_0101(announcement)
    sealed = case_columns(realm, case).seal(xml, row=announcement.message_id, column="xml")
    connection.execute(
        insert(MESSAGES).values(
            id=announcement.message_id,
            document_id=order.letter,
            state=MessageState.WAITING,
            created_at=announcement.created_at,
            sealed_xml=sealed,
        )
    )


def _announcement(realm: CarrierRealm, case: CaseFile, order: FilingOrder) -> Announcement:
    kind = realm.catalogue.even_retired(order.type, basis=order.basis)
    process_id = realm.randomness.uuid()
    return Announcement(
        process_id=process_id,
        message_id=MessageId(process_id),
        document_id=DocumentId(order.letter),
        created_at=realm.clock.now(),
        sender=realm.house,
        recipient=realm.carrier.title,
        title=kind.title,
        type_code=kind.code,
        type_title=kind.title,
        received_at=order.received_at,
        reference=order.reference or (None if case.reference == UNASSIGNED else case.reference),
        protection=kind.protection,
        channel=order.channel,
        receipt_digest=order.receipt_digest,
        basis=order.basis,
        confidence=order.confidence,
        decided_by=DecidedBy.POLICY if order.decided_by == _BY_POLICY else DecidedBy.PERSON,
        fields=order.fields,
        files=tuple(
            _file(realm, order, part) for part in order.parts if part.rendition in _ANNOUNCED
        ),
    )


def _file(realm: CarrierRealm, order: FilingOrder, part: Part) -> PrimaryFile:
    media_type = announced_media_type(part.media_type)
    title = realm.catalogue.even_retired(order.type, basis=order.basis).title
    return PrimaryFile(
        name=primary_file_name(realm.randomness.uuid(), media_type, title),
        original_name=order.file_name,
        media_type=media_type,
        sha256=part.sha256,
        size=part.size,
        created_at=order.received_at,
        rendition=part.rendition,
    )
