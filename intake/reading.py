"""The gate and the reading of one item: scan, read in the sandbox, keep what was found.

Whatever comes out, the item goes on: malware to quarantine, what cannot be read to the clearing
desk as a document of its own, with the original kept bit-exact.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, update

from domain.catalogue import FALLBACK
from domain.ids import DocumentId, ItemId, ObjectId
from domain.letters import Rendition
from domain.lifecycle import ITEM_TRANSITIONS, DocumentState, ItemState, advance
from domain.reading import Fields, Outcome, ReadDocument, Reading
from domain.reasons import Reason
from intake.records import DocumentRecord
from intake.room import Examination, MailRoom, Step
from intake.tables import ITEMS
from storage.jobs import Job
from storage.vault import SealedObject

WORKER = "intake"
"""The actor of everything that the mail room does by itself."""


def examine(content: bytes, *, name: str, examination: Examination) -> Reading:
    """Scan and read one item without keeping anything; never raises for bad content."""
    if not content:
        return Reading(Outcome.REJECTED, "application/octet-stream", Reason.EMPTY)
    if examination.scanner.scan(content):
        return Reading(Outcome.QUARANTINED, "application/octet-stream", Reason.MALWARE)
    reading = examination.reader.read(content, name=name, separators=examination.separators)
    if any(examination.scanner.scan(part) for part in _parts(reading)):
        return Reading(Outcome.QUARANTINED, reading.media_type, Reason.MALWARE)
    if not _self_contained(reading):
        return Reading(Outcome.UNREADABLE, reading.media_type, Reason.READER_CRASHED)
    return reading


def read_item(room: MailRoom, job: Job) -> None:
    """Examine one received item and write down what it holds."""
    item = ItemId(job.subject)
    row = room.item(item)
    if row.state != ItemState.RECEIVED:
        _already_done(room, job)
        return
    reading = examine(
        b"".join(room.content(row)),
        name=room.records.item_name(row),
        examination=room.outside.examination,
    )
    if reading.outcome is Outcome.QUARANTINED:
        _quarantine(room, job, row)
        return
    documents = reading.documents or (_as_a_whole(reading),)
    room.vault.delete_all(f"{item}/", keep=frozenset({ObjectId(row.object_id)}))
    found = [
        _found(room, item, ordinal=ordinal, document=document)
        for ordinal, document in enumerate(documents)
    ]
    kept = [dict(_store(room, job, record)) for record in found]
    with room.database.transaction() as connection:
        room.jobs.complete(connection, job)
        state = advance(ITEM_TRANSITIONS, ItemState(row.state), ItemState.READ)
        connection.execute(
            update(ITEMS)
            .where(ITEMS.c.id == item)
            .values(
                state=state,
                reason=reading.reason,
                page_count=reading.page_count,
                blank_count=len(reading.blank_pages),
            )
        )
        for record, renditions in zip(found, kept, strict=True):
            room.records.insert(connection, record)
            for rendition, at in renditions.items():
                room.records.keep(connection, record.id, rendition=rendition, at=at)
            room.jobs.enqueue(connection, Step.ROUTE, record.id)
        outcome = str(reading.outcome)
        room.audit.append(connection, "item.read", subject=item, actor=WORKER, outcome=outcome)


def _already_done(room: MailRoom, job: Job) -> None:
    with room.database.transaction() as connection:
        room.jobs.complete(connection, job)


def _quarantine(room: MailRoom, job: Job, row: Row[Any]) -> None:
    state = advance(ITEM_TRANSITIONS, ItemState(row.state), ItemState.QUARANTINED)
    with room.database.transaction() as connection:
        room.jobs.complete(connection, job)
        connection.execute(
            update(ITEMS).where(ITEMS.c.id == row.id).values(state=state, reason=Reason.MALWARE)
        )
        room.audit.append(connection, "item.quarantined", subject=row.id, actor=WORKER)


def _as_a_whole(reading: Reading) -> ReadDocument:
    """Make an item that could not be read a case for the clearing desk."""
    return ReadDocument(
        pages=(),
        type=FALLBACK,
        confidence=0.0,
        fields=Fields(),
        text="",
        media_type=reading.media_type,
        doubts=(reading.reason or Reason.NO_TEXT,),
    )


def _found(room: MailRoom, item: ItemId, *, ordinal: int, document: ReadDocument) -> DocumentRecord:
    document_id = DocumentId(room.randomness.uuid())
    return DocumentRecord(document_id, item, ordinal, DocumentState.READ, document, decision=None)


def _store(
    room: MailRoom, job: Job, record: DocumentRecord
) -> Iterator[tuple[Rendition, SealedObject]]:
    contents = {
        Rendition.ORIGINAL: record.reading.original,
        Rendition.PDFA: record.reading.pdfa,
    }
    for rendition, content in contents.items():
        if content is not None:
            object_id = ObjectId(f"{record.item}/{job.lease}/{record.ordinal}-{rendition}")
            kek = room.records.rendition_key
            yield rendition, room.vault.put(object_id, [content], kek=kek)


def _parts(reading: Reading) -> Iterator[bytes]:
    for document in reading.documents:
        if document.original is not None:
            yield document.original


def _self_contained(reading: Reading) -> bool:
    """Tell whether every document of a stack has an original of its own.

    The whole item may hold pages of somebody else and must not stand in for one of them.
    """
    return len(reading.documents) <= 1 or all(
        document.original is not None for document in reading.documents
    )
