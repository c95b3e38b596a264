"""What becomes of a submission: for the sender by receipt code, for the house by submission."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from domain.ids import CarrierId, DocumentId, ItemId, SubmissionId
from domain.lifecycle import DocumentState, ItemState
from domain.post import ItemStatus, Receipt, ReceivedItem
from domain.reasons import Reason
from intake.ledger import item_status
from intake.receipts import ReceiptBook, parse_code
from intake.records import DocumentRecord
from intake.room import MailRoom
from intake.tables import DOCUMENTS, ITEMS, LETTERS
from storage.database import RealmDatabase


@dataclass(frozen=True, slots=True)
class SenderStatus:
    """What the sender may know about one item."""

    item: ReceivedItem
    status: ItemStatus
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where one document is; ``carriers`` are those it was sent to."""

    item: ItemId
    status: ItemStatus
    reason: Reason | None
    document: DocumentId | None = None
    record: DocumentRecord | None = None
    carriers: tuple[CarrierId, ...] = ()


def sender_status(
    database: RealmDatabase, receipts: ReceiptBook, code: str
) -> tuple[Receipt, tuple[SenderStatus, ...]]:
    """Return receipt and state of each item, or raise ``NotFoundError``."""
    with database.reading() as connection:
        receipt = receipts.find(connection, parse_code(code))
        return receipt, tuple(_item(connection, item) for item in receipt.items)


def whereabouts(room: MailRoom, submission: SubmissionId) -> Iterator[Whereabouts]:
    """Yield where every document of a submission is, item by item."""
    with room.database.reading() as connection:
        query = select(ITEMS).where(ITEMS.c.submission_id == submission).order_by(ITEMS.c.ordinal)
        for row in connection.execute(query).all():
            records = tuple(room.records.of_item(connection, ItemId(row.id)))
            if not records:
                status = _status(connection, row.id, ItemState(row.state))
                yield Whereabouts(ItemId(row.id), status, _reason(row.reason))
            for record in records:
                yield _document(connection, record)


def _document(connection: Connection, record: DocumentRecord) -> Whereabouts:
    query = select(LETTERS.c.carrier).where(LETTERS.c.document_id == record.id)
    carriers = tuple(CarrierId(name) for name in connection.execute(query).scalars())
    reasons = record.decision.reasons if record.decision else ()
    return Whereabouts(
        item=record.item,
        status=item_status(ItemState.READ, [record.state]) or ItemStatus.IN_FLIGHT,
        reason=reasons[0] if reasons else None,
        document=record.id,
        record=record,
        carriers=tuple(sorted(carriers)),
    )


def _item(connection: Connection, item: ReceivedItem) -> SenderStatus:
    row = connection.execute(select(ITEMS).where(ITEMS.c.id == item.id)).one()
    status = _status(connection, item.id, ItemState(row.state))
    return SenderStatus(item, status, _reason(row.reason))


def _status(connection: Connection, item: str, state: ItemState) -> ItemStatus:
    query = select(DOCUMENTS.c.state).where(DOCUMENTS.c.item_id == item)
    states = [DocumentState(name) for name in connection.execute(query).scalars()]
    return item_status(state, states) or ItemStatus.IN_FLIGHT


def _reason(code: str | None) -> Reason | None:
    return Reason(code) if code else None
