"""What the mail room remembers of a document until it is filed: sealed, row by row."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, select, update

from domain.codec import document_from_json, document_to_json
from domain.errors import NotFoundError
from domain.ids import CarrierId, DocumentId, ItemId, ObjectId, SubmissionId, TypeCode
from domain.letters import Rendition
from domain.lifecycle import DOCUMENT_TRANSITIONS, DocumentState, advance
from domain.ports import Randomness
from domain.post import SenderNote
from domain.reading import Fields, ReadDocument
from domain.reasons import Reason
from intake.reception import item_key_info, item_label_info, note_info
from intake.routing import Decision
from intake.tables import DOCUMENTS, ITEMS, RENDITIONS, SUBMISSIONS
from storage import sealing
from storage.columns import SealedColumns
from storage.envelope import DataKey
from storage.keyring import RealmKeys
from storage.vault import SealedObject


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One document in the mail room; its renditions are kept apart, in the vault."""

    id: DocumentId
    item: ItemId
    ordinal: int
    state: DocumentState
    reading: ReadDocument
    decision: Decision | None


class Records:
    """Writes and opens the sealed columns of the realm ``intake``."""

    def __init__(self, keys: RealmKeys, randomness: Randomness) -> None:
        """Derive the keys for documents and their renditions."""
        self._keys = keys
        self._columns = SealedColumns(keys.derive("intake-documents"), randomness)
        self.rendition_key = keys.derive("intake-renditions")

    def item_name(self, row: Row[Any]) -> str:
        """Open the file name of an item."""
        said = json.loads(self._open(row.sealed_label, item_label_info(row.id)))
        return str(said["name"])

    def item_key(self, row: Row[Any]) -> DataKey:
        """Open the data key of an item's received content."""
        return DataKey(self._open(row.sealed_key, item_key_info(row.id)))

    def note(self, connection: Connection, submission: SubmissionId) -> SenderNote:
        """Open what the sender said about a submission."""
        query = select(SUBMISSIONS.c.sealed_note).where(SUBMISSIONS.c.id == submission)
        sealed = connection.execute(query).scalar_one()
        if not sealed:
            return SenderNote()
        return SenderNote(**json.loads(self._open(sealed, note_info(submission))))

    def insert(self, connection: Connection, record: DocumentRecord) -> None:
        """Write a document that was just read."""
        said = json.dumps(document_to_json(record.reading)).encode()
        connection.execute(
            DOCUMENTS.insert().values(
                id=record.id,
                item_id=record.item,
                ordinal=record.ordinal,
                state=record.state,
                created_at=select(SUBMISSIONS.c.received_at)
                .join(ITEMS, ITEMS.c.submission_id == SUBMISSIONS.c.id)
                .where(ITEMS.c.id == record.item)
                .scalar_subquery(),
                sealed_reading=self._columns.seal(said, row=record.id, column="reading"),
            )
        )

    def keep(
        self,
        connection: Connection,
        document: DocumentId,
        *,
        rendition: Rendition,
        at: SealedObject,
    ) -> None:
        """Remember where a rendition is and how it can be opened."""
        connection.execute(
            RENDITIONS.insert().values(
                document_id=document,
                rendition=rendition,
                object_id=at.id,
                size=at.size,
                wrapped_key=at.wrapped_key,
            )
        )

    def load(self, connection: Connection, document: DocumentId) -> DocumentRecord:
        """Open one document, or raise ``NotFoundError``."""
        row = connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.id == document)).first()
        if row is None:
            raise NotFoundError
        return self._record(row)

    def in_state(self, connection: Connection, state: DocumentState) -> Iterator[DocumentRecord]:
        """Yield the documents in a state, oldest first."""
        query = (
            select(DOCUMENTS)
            .where(DOCUMENTS.c.state == state)
            .order_by(DOCUMENTS.c.created_at, DOCUMENTS.c.item_id, DOCUMENTS.c.ordinal)
        )
        for row in connection.execute(query):
            yield self._record(row)

    def of_item(self, connection: Connection, item: ItemId) -> Iterator[DocumentRecord]:
        """Yield the documents of an item in their order."""
        query = select(DOCUMENTS).where(DOCUMENTS.c.item_id == item).order_by(DOCUMENTS.c.ordinal)
        for row in connection.execute(query):
            yield self._record(row)

    def renditions(
        self, connection: Connection, document: DocumentId
    ) -> dict[Rendition, SealedObject]:
        """Return where the renditions of a document are."""
        query = select(RENDITIONS).where(RENDITIONS.c.document_id == document)
        return {
            Rendition(row.rendition): SealedObject(
                ObjectId(row.object_id), row.size, row.wrapped_key
            )
            for row in connection.execute(query)
        }

    def decided(
        self,
        connection: Connection,
        record: DocumentRecord,
        *,
        decision: Decision,
        state: DocumentState,
    ) -> None:
        """Write a decision and the step it causes."""
        advance(DOCUMENT_TRANSITIONS, record.state, state)
        said = json.dumps(_decision_to_json(decision)).encode()
        sealed = self._columns.seal(said, row=record.id, column="decision")
        connection.execute(
            update(DOCUMENTS)
            .where(DOCUMENTS.c.id == record.id)
            .values(state=state, sealed_decision=sealed)
        )

    def forget(self, connection: Connection, item: ItemId) -> None:
        """Forget what an item is and says; what was decided about its documents remains."""
        nothing = {"object_id": None, "sealed_key": b"", "sealed_label": b""}
        connection.execute(update(ITEMS).where(ITEMS.c.id == item).values(nothing))
        for record in list(self.of_item(connection, item)):
            connection.execute(
                update(DOCUMENTS).where(DOCUMENTS.c.id == record.id).values(self._remains(record))
            )
        self._forget_note(connection, item)

    def _forget_note(self, connection: Connection, item: ItemId) -> None:
        """Forget what the sender said, with the last item of the submission."""
        own = select(ITEMS.c.submission_id).where(ITEMS.c.id == item).scalar_subquery()
        held = select(ITEMS.c.id).where(ITEMS.c.submission_id == own, ITEMS.c.sealed_key != b"")
        if connection.execute(held).first() is None:
            connection.execute(
                update(SUBMISSIONS).where(SUBMISSIONS.c.id == own).values(sealed_note=b"")
            )

    def _remains(self, record: DocumentRecord) -> dict[str, bytes]:
        """Return the sealed columns of a document without anything that it says."""
        read = record.reading
        reading = ReadDocument(
            read.pages, read.type, read.confidence, Fields(), text="", media_type=read.media_type
        )
        said = {"reading": document_to_json(reading)}
        if record.decision is not None:
            said["decision"] = _decision_to_json(replace(record.decision, reference=None))
        return {
            f"sealed_{column}": self._columns.seal(
                json.dumps(value).encode(), row=record.id, column=column
            )
            for column, value in said.items()
        }

    def _record(self, row: Row[Any]) -> DocumentRecord:
        reading = json.loads(self._columns.open(row.sealed_reading, row=row.id, column="reading"))
        return DocumentRecord(
            id=DocumentId(row.id),
            item=ItemId(row.item_id),
            ordinal=row.ordinal,
            state=DocumentState(row.state),
            reading=document_from_json(reading),
            decision=self._decision(row),
        )

    def _decision(self, row: Row[Any]) -> Decision | None:
        if row.sealed_decision is None:
            return None
        said = self._columns.open(row.sealed_decision, row=row.id, column="decision")
        return _decision_from_json(json.loads(said))

    def _open(self, sealed: bytes, info: str) -> bytes:
        return sealing.unseal(self._keys.private, sealed, info=info)


def _decision_to_json(decision: Decision) -> dict[str, Any]:
    return {
        "type": decision.type,
        "carriers": list(decision.carriers),
        "reference": decision.reference,
        "decided_by": decision.decided_by,
        "confirmed": decision.confirmed,
        "reasons": list(decision.reasons),
    }


def _decision_from_json(said: dict[str, Any]) -> Decision:
    return Decision(
        type=TypeCode(said["type"]),
        carriers=tuple(CarrierId(carrier) for carrier in said["carriers"]),
        reference=said["reference"],
        decided_by=said["decided_by"],
        confirmed=said["confirmed"],
        reasons=tuple(Reason(code) for code in said["reasons"]),
    )
