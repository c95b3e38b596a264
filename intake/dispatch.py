"""From a decision to sealed letters: route, write one letter for each entitled carrier, settle.

The mail room seals for the carrier and cannot open again what it has dropped. Its own copy is
destroyed once every entitled carrier has filed every document of an item.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select, update

from domain.codec import order_to_bytes
from domain.identifiers import parse_bg_nummer, parse_kundennummer
from domain.ids import CarrierId, DocumentId, ItemId, LetterId, Sha256, SubmissionId
from domain.letters import ORDER_PART, FilingOrder, Part, Rendition
from domain.lifecycle import (
    DOCUMENT_TRANSITIONS,
    LETTER_TRANSITIONS,
    DocumentState,
    LetterState,
    advance,
)
from domain.post import Channel
from domain.reading import Fields
from intake.reading import WORKER
from intake.reception import clean_name
from intake.records import DocumentRecord
from intake.room import MailRoom, Step
from intake.routing import POLICY, Decision, decide
from intake.tables import DOCUMENTS, ITEMS, LETTERS, RENDITIONS, SUBMISSIONS
from storage.jobs import Job
from storage.letterbox import part_id


def route_document(room: MailRoom, job: Job) -> None:
    """Decide about one document that was read: letters to its carriers, or the clearing desk."""
    with room.database.reading() as connection:
        record = room.records.load(connection, DocumentId(job.subject))
        submission = connection.execute(
            select(ITEMS.c.submission_id).where(ITEMS.c.id == record.item)
        ).scalar_one()
        hint = room.records.note(connection, SubmissionId(submission)).reference
    if record.state is not DocumentState.READ:
        with room.database.transaction() as connection:
            room.jobs.complete(connection, job)
        return
    decision = decide(
        record.reading, hint=hint, policy=room.policy, directory=room.outside.directory
    )
    with room.database.transaction() as connection:
        room.jobs.complete(connection, job)
        if decision.files:
            write_letters(room, connection, record, decision=decision, actor=WORKER)
        else:
            clearing = DocumentState.CLEARING
            room.records.decided(connection, record, decision=decision, state=clearing)
            room.audit.append(
                connection,
                "document.clearing",
                subject=record.id,
                actor=WORKER,
                reasons=" ".join(decision.reasons),
            )


def write_letters(
    room: MailRoom,
    connection: Connection,
    record: DocumentRecord,
    *,
    decision: Decision,
    actor: str,
) -> None:
    """Write a decision and one letter for each carrier, within the caller's transaction."""
    room.records.decided(connection, record, decision=decision, state=DocumentState.ROUTED)
    for carrier in decision.carriers:
        letter = LetterId(room.randomness.uuid())
        connection.execute(
            LETTERS.insert().values(
                id=letter, document_id=record.id, carrier=carrier, state=LetterState.WRITTEN
            )
        )
        room.jobs.enqueue(connection, Step.DISPATCH, letter)
    carriers = " ".join(decision.carriers)
    room.audit.append(
        connection, "document.routed", subject=record.id, actor=actor, carriers=carriers
    )


@dataclass(frozen=True, slots=True)
class _Letter:
    id: LetterId
    carrier: CarrierId
    record: DocumentRecord
    decision: Decision


def dispatch_letter(room: MailRoom, job: Job) -> None:
    """Seal one letter into its carrier's slot, part by part, the filing order last."""
    letter = _load_letter(room, LetterId(job.subject))
    if letter is None:
        with room.database.transaction() as connection:
            room.jobs.complete(connection, job)
        return
    parts = tuple(_drop_parts(room, letter, attempt=job.lease))
    order = order_to_bytes(_order(room, letter, parts))
    slot = room.outside.slots[letter.carrier]
    slot.drop(part_id(letter.id, job.lease, part=ORDER_PART), [order])
    with room.database.transaction() as connection:
        room.jobs.complete(connection, job)
        _advance_letter(connection, letter.id, LetterState.DROPPED)
        room.jobs.enqueue(connection, Step.ANNOUNCE, f"{letter.id}/{job.lease}")
        room.audit.append(
            connection,
            "letter.dropped",
            subject=letter.record.id,
            actor=WORKER,
            carrier=letter.carrier,
        )


def announce_letter(room: MailRoom, job: Job) -> None:
    """Tell the carrier, by ids alone, that a letter waits in its slot."""
    letter, attempt = job.subject.split("/")
    with room.database.reading() as connection:
        query = select(LETTERS.c.carrier).where(LETTERS.c.id == letter)
        carrier = CarrierId(connection.execute(query).scalar_one())
    room.outside.announcer.letter_dropped(carrier, LetterId(letter), attempt=attempt)
    with room.database.transaction() as connection:
        room.jobs.complete(connection, job)


def settle_letter(room: MailRoom, job: Job) -> None:
    """Note that a carrier has filed; when all have, destroy the mail room's own copy."""
    with room.database.transaction() as connection:
        room.jobs.complete(connection, job)
        query = select(LETTERS).where(LETTERS.c.id == job.subject)
        letter = connection.execute(query).one()
        if letter.state == LetterState.FILED:
            return
        _advance_letter(connection, LetterId(letter.id), LetterState.FILED)
        if _open_letters(connection, letter.document_id):
            return
        _document_filed(room, connection, DocumentId(letter.document_id))


def destroy_item(room: MailRoom, job: Job) -> None:
    """Remove every byte of an item that is filed, and what was read in it.

    Ids, times, counts and the decision remain; names, numbers and text do not.
    """
    item = ItemId(job.subject)
    room.vault.delete_all(f"{item}/")
    documents = select(DOCUMENTS.c.id).where(DOCUMENTS.c.item_id == item)
    with room.database.transaction() as connection:
        room.jobs.complete(connection, job)
        room.records.forget(connection, item)
        connection.execute(RENDITIONS.delete().where(RENDITIONS.c.document_id.in_(documents)))
        room.audit.append(connection, "item.destroyed", subject=item, actor=WORKER)


def _document_filed(room: MailRoom, connection: Connection, document: DocumentId) -> None:
    advance(DOCUMENT_TRANSITIONS, DocumentState.ROUTED, DocumentState.FILED)
    connection.execute(
        update(DOCUMENTS).where(DOCUMENTS.c.id == document).values(state=DocumentState.FILED)
    )
    room.audit.append(connection, "document.filed", subject=document, actor=WORKER)
    item = connection.execute(
        select(DOCUMENTS.c.item_id).where(DOCUMENTS.c.id == document)
    ).scalar_one()
    siblings = connection.execute(select(DOCUMENTS.c.state).where(DOCUMENTS.c.item_id == item))
    if all(state == DocumentState.FILED for state in siblings.scalars()):
        room.jobs.enqueue(connection, Step.DESTROY, item)


def _open_letters(connection: Connection, document: str) -> bool:
    states = connection.execute(
        select(LETTERS.c.state).where(LETTERS.c.document_id == document)
    ).scalars()
    return any(state != LetterState.FILED for state in states)


def _advance_letter(connection: Connection, letter: LetterId, target: LetterState) -> None:
    query = select(LETTERS.c.state).where(LETTERS.c.id == letter)
    current = LetterState(connection.execute(query).scalar_one())
    state = advance(LETTER_TRANSITIONS, current, target)
    connection.execute(update(LETTERS).where(LETTERS.c.id == letter).values(state=state))


def _load_letter(room: MailRoom, letter: LetterId) -> _Letter | None:
    """Return a letter that is still to be dropped, or None."""
    with room.database.reading() as connection:
        row = connection.execute(select(LETTERS).where(LETTERS.c.id == letter)).one()
        record = room.records.load(connection, DocumentId(row.document_id))
    if row.state != LetterState.WRITTEN or record.decision is None:
        return None
    return _Letter(letter, CarrierId(row.carrier), record, record.decision)


def _drop_parts(room: MailRoom, letter: _Letter, *, attempt: str) -> Iterator[Part]:
    slot = room.outside.slots[letter.carrier]
    for rendition, media_type, content in renditions_of(room, letter.record):
        digest = _Digest()
        slot.drop(part_id(letter.id, attempt, part=rendition), digest.through(content))
        yield Part(rendition, media_type, digest.size, digest.sha256)


def renditions_of(
    room: MailRoom, record: DocumentRecord
) -> Iterator[tuple[Rendition, str, Iterable[bytes]]]:
    """Yield rendition, media type and content of everything that belongs to a document."""
    with room.database.reading() as connection:
        kept = room.records.renditions(connection, record.id)
    yield Rendition.ORIGINAL, record.reading.media_type, original_of(room, record)
    if Rendition.PDFA in kept:
        at = kept[Rendition.PDFA]
        pdfa = room.vault.open(at.id, at.wrapped_key, kek=room.records.rendition_key)
        yield Rendition.PDFA, "application/pdf", pdfa
    yield Rendition.TEXT, "text/plain", [record.reading.text.encode()]


def original_of(room: MailRoom, record: DocumentRecord) -> Iterable[bytes]:
    """Yield the untouched original of exactly this document."""
    with room.database.reading() as connection:
        kept = room.records.renditions(connection, record.id).get(Rendition.ORIGINAL)
    if kept is None:
        return room.content(room.item(record.item))
    return room.vault.open(kept.id, kept.wrapped_key, kek=room.records.rendition_key)


class _Digest:
    """Counts and hashes what passes through."""

    def __init__(self) -> None:
        self.size = 0
        self._hash = hashlib.sha256()

    def through(self, content: Iterable[bytes]) -> Iterator[bytes]:
        for piece in content:
            self.size += len(piece)
            self._hash.update(piece)
            yield piece

    @property
    def sha256(self) -> Sha256:
        return Sha256(self._hash.hexdigest())


def _order(room: MailRoom, letter: _Letter, parts: tuple[Part, ...]) -> FilingOrder:
    item = room.item(letter.record.item)
    kind = room.policy.catalogue[letter.decision.type]
    with room.database.reading() as connection:
        submission = connection.execute(
            select(SUBMISSIONS).where(SUBMISSIONS.c.id == item.submission_id)
        ).one()
    return FilingOrder(
        letter=letter.id,
        document=letter.record.id,
        submission=SubmissionId(submission.id),
        carrier=letter.carrier,
        channel=Channel(submission.channel),
        received_at=submission.received_at,
        receipt_digest=submission.receipt_digest,
        file_name=file_name_of(room, letter.record, title=kind.title),
        type=kind.code,
        confidence=letter.record.reading.confidence,
        basis=kind.basis,
        decided_by=letter.decision.decided_by,
        reference=letter.decision.reference,
        confirmed=letter.decision.confirmed,
        page_count=len(letter.record.reading.pages),
        fields=_fields_as_decided(letter),
        parts=parts,
    )


def file_name_of(room: MailRoom, record: DocumentRecord, *, title: str) -> str:
    """Return the sender's file name where it names exactly this document, else the title.

    The name of a stack may tell what else is in it, which the carrier must not learn.
    """
    part = record.reading.part
    item = room.item(record.item)
    with room.database.reading() as connection:
        siblings = [other.reading.part for other in room.records.of_item(connection, item.id)]
    # The letter as a whole is named by no attachment, nor one of its documents by the letter.
    alone = siblings.count(part) == 1 and (part or len(siblings) == 1)
    if not alone:
        return title
    return clean_name(part) if part else room.records.item_name(item)


def _fields_as_decided(letter: _Letter) -> Fields:
    """Return the fields with the identifiers of the case that the document was decided to.

    What a person says about the case goes above what was read; a number that was read wrongly
    must neither lead to another case nor become known as one of this case.
    """
    fields, decision = letter.record.reading.fields, letter.decision
    own = fields.bg_nummer or fields.kundennummer
    if decision.decided_by == POLICY or decision.reference == own:
        return fields
    reference = decision.reference or ""
    return replace(
        fields,
        bg_nummer=parse_bg_nummer(reference),
        kundennummer=parse_kundennummer(reference),
    )
