"""The gate and the reading of one item: scan, read in the sandbox, keep what was found.

Whatever comes out, the item goes on: malware to quarantine, what cannot be read to the clearing
desk as a document of its own, with the original kept bit-exact.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, update

from domain.catalogue import FALLBACK
from domain.errors import NotAllowedNowError
from domain.ids import DocumentId, ItemId, ObjectId
from domain.letters import Rendition
from domain.lifecycle import ITEM_TRANSITIONS, DocumentState, ItemState, advance
from domain.reading import Fields, Outcome, ReadDocument, Reading
from domain.reasons import Reason
from intake.examining import examine
from intake.records import DocumentRecord
from intake.room import MailRoom, Step
from intake.tables import ITEMS
from storage.jobs import Job
from storage.vault import SealedObject

WORKER = "intake"
"""The actor of everything that the mail room does by itself."""

Kept = Mapping[Rendition, SealedObject]
"""Where the renditions of one document are."""


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
    found = _found(room, item, reading)
    kept = _keep(room, job, found)
    try:
        with room.database.transaction() as connection:
            room.jobs.complete(connection, job)
            # Only whoever still holds the lease may remove what other attempts have left.
            room.vault.delete_all(f"{item}/", keep=_objects(row, kept))
            _write_item(room, connection, row, reading=reading)
            _write_documents(room, connection, found, kept=kept)
    except NotAllowedNowError:
        _remove_own(room, job)
        raise


def _write_item(room: MailRoom, connection: Connection, row: Row[Any], *, reading: Reading) -> None:
    quarantined = reading.outcome is Outcome.QUARANTINED
    target = ItemState.QUARANTINED if quarantined else ItemState.READ
    connection.execute(
        update(ITEMS)
        .where(ITEMS.c.id == row.id)
        .values(
            state=advance(ITEM_TRANSITIONS, ItemState(row.state), target),
            reason=reading.reason,
            page_count=reading.page_count,
            blank_count=len(reading.blank_pages),
        )
    )
    outcome = str(reading.outcome)
    room.audit.append(connection, f"item.{target}", subject=row.id, actor=WORKER, outcome=outcome)


def _write_documents(
    room: MailRoom,
    connection: Connection,
    found: tuple[DocumentRecord, ...],
    *,
    kept: tuple[Kept, ...],
) -> None:
    for record, renditions in zip(found, kept, strict=True):
        room.records.insert(connection, record)
        for rendition, at in renditions.items():
            room.records.keep(connection, record.id, rendition=rendition, at=at)
        room.jobs.enqueue(connection, Step.ROUTE, record.id)


def _already_done(room: MailRoom, job: Job) -> None:
    with room.database.transaction() as connection:
        room.jobs.complete(connection, job)


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


def _found(room: MailRoom, item: ItemId, reading: Reading) -> tuple[DocumentRecord, ...]:
    """Give every document its id; what is quarantined has none."""
    if reading.outcome is Outcome.QUARANTINED:
        return ()
    return tuple(
        DocumentRecord(
            id=DocumentId(room.randomness.uuid()),
            item=item,
            ordinal=ordinal,
            state=DocumentState.READ,
            reading=document,
            decision=None,
        )
        for ordinal, document in enumerate(reading.documents or (_as_a_whole(reading),))
    )


def _keep(room: MailRoom, job: Job, found: tuple[DocumentRecord, ...]) -> tuple[Kept, ...]:
    """Seal all renditions into the vault, or leave none of them behind."""
    try:
        return tuple(dict(_store(room, job, record)) for record in found)
    except BaseException:
        _remove_own(room, job)
        raise


def _remove_own(room: MailRoom, job: Job) -> None:
    room.vault.delete_all(f"{job.subject}/{job.lease}/")


def _objects(row: Row[Any], kept: tuple[Kept, ...]) -> frozenset[ObjectId]:
    renditions = (at.id for renditions in kept for at in renditions.values())
    return frozenset({ObjectId(row.object_id), *renditions})


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


def _self_contained(reading: Reading) -> bool:
    """Tell whether every document of a stack has an original of its own.

    The whole item may hold pages of somebody else and must not stand in for one of them.
    """
    return len(reading.documents) <= 1 or all(
        document.original is not None for document in reading.documents
    )
