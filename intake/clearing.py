"""The clearing desk: what no rule could decide, a person decides, on the record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from domain.errors import MalformedRequestError, NotAllowedNowError, PageUnavailableError
from domain.identifiers import parse_reference
from domain.ids import CarrierId, DocumentId, TypeCode
from domain.letters import Rendition
from domain.lifecycle import DocumentState
from domain.post import Channel, SenderNote
from intake.corrections import UNTAUGHT, Lesson
from intake.dispatch import original_of, write_letters
from intake.reception import clean_name
from intake.records import DocumentRecord
from intake.room import MailRoom
from intake.routing import Decision
from intake.tables import ITEMS, SUBMISSIONS


@dataclass(frozen=True, slots=True)
class ClearingEntry:
    """One document that waits for a person."""

    record: DocumentRecord
    decision: Decision
    file_name: str
    channel: Channel
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person decided; an empty reference means that no case is known."""

    type: TypeCode
    carriers: tuple[CarrierId, ...]
    reference: str


class ClearingDesk:
    """Lists, shows and settles what waits for a person."""

    def __init__(self, room: MailRoom) -> None:
        """Work in the mail room."""
        self._room = room

    def waiting(self) -> Iterator[ClearingEntry]:
        """Yield everything that waits, oldest first."""
        with self._room.database.reading() as connection:
            records = list(self._room.records.in_state(connection, DocumentState.CLEARING))
        for record in records:
            yield self._entry(record)

    def entry(self, document: DocumentId) -> ClearingEntry:
        """Return one waiting document; raise ``NotAllowedNowError`` if it waits no more."""
        with self._room.database.reading() as connection:
            record = self._room.records.load(connection, document)
        return self._entry(record)

    def note(self, document: DocumentId) -> SenderNote:
        """Return what the sender said about the submission."""
        room = self._room
        item = room.item(self.entry(document).record.item)
        with room.database.reading() as connection:
            return room.records.note(connection, item.submission_id)

    def page(self, document: DocumentId, number: int, *, width: int, actor: str) -> bytes:
        """Return the n-th page (1-based) as PNG, ``width`` pixels wide; audited."""
        record = self.entry(document).record
        pages = self._pages(record)
        if not 1 <= number <= len(pages):
            raise PageUnavailableError
        self._opened(document, actor=actor)
        content = b"".join(original_of(self._room, record))
        reader = self._room.outside.examination.reader
        return reader.render(content, page=pages[number - 1], width=width)

    def original(self, document: DocumentId, *, actor: str) -> tuple[str, Iterator[bytes]]:
        """Return media type and untouched content of a waiting document; audited."""
        record = self.entry(document).record
        self._opened(document, actor=actor)
        return record.reading.media_type, iter(original_of(self._room, record))

    def settle(self, document: DocumentId, correction: Correction, *, actor: str) -> None:
        """File a document as a person says; raise ``MalformedRequestError`` if that cannot be.

        A counselling document never goes to a carrier that the law does not name for it.
        What recognition may learn from the decision is kept with it.
        """
        room = self._room
        reference = self._check(correction)
        lesson = self._lesson(self.entry(document).record, correction)
        with room.database.transaction() as connection:
            record = room.records.load(connection, document)
            if record.state is not DocumentState.CLEARING:
                raise NotAllowedNowError
            decision = Decision(
                type=correction.type,
                carriers=tuple(sorted(set(correction.carriers))),
                reference=reference,
                decided_by=actor,
            )
            write_letters(room, connection, record, decision=decision, actor=actor)
            if lesson is not None:
                room.corrections.write(connection, document, lesson)

    def _lesson(self, record: DocumentRecord, correction: Correction) -> Lesson | None:
        """Return what can be learned, outside of the transaction because it takes its time."""
        kind = self._room.policy.catalogue[correction.type]
        if kind.protection in UNTAUGHT:
            return None
        features = self._room.outside.features(record.reading.text)
        if features is None:
            return None
        reading = record.reading
        return Lesson(kind.code, reading.type, reading.confidence, features)

    def _opened(self, document: DocumentId, *, actor: str) -> None:
        with self._room.database.transaction() as connection:
            self._room.audit.append(connection, "content.opened", subject=document, actor=actor)

    def _pages(self, record: DocumentRecord) -> tuple[int, ...]:
        """Return which pages of its original a document consists of.

        An original of its own begins with page 1; the whole item may hold blank pages between.
        """
        with self._room.database.reading() as connection:
            own = Rendition.ORIGINAL in self._room.records.renditions(connection, record.id)
        count = max(len(record.reading.pages), 1)
        return tuple(range(1, count + 1)) if own else record.reading.pages or (1,)

    def _check(self, correction: Correction) -> str | None:
        policy = self._room.policy
        if correction.type not in policy.catalogue:
            detail = "unknown document type"
            raise MalformedRequestError(detail)
        known = policy.carriers.carriers
        if not correction.carriers or any(name not in known for name in correction.carriers):
            detail = "choose at least one carrier of this house"
            raise MalformedRequestError(detail)
        lawful = policy.carriers.entitled(policy.catalogue[correction.type])
        if lawful and not set(correction.carriers) <= set(lawful):
            detail = "this type does not belong to that carrier by law; choose another type"
            raise MalformedRequestError(detail)
        reference = parse_reference(correction.reference)
        if correction.reference.strip() and reference is None:
            detail = "the case reference is neither a BG-Nummer nor a Kundennummer"
            raise MalformedRequestError(detail)
        return reference

    def _entry(self, record: DocumentRecord) -> ClearingEntry:
        if record.state is not DocumentState.CLEARING or record.decision is None:
            raise NotAllowedNowError
        room = self._room
        item = room.item(record.item)
        with room.database.reading() as connection:
            submission = connection.execute(
                select(SUBMISSIONS)
                .join(ITEMS, ITEMS.c.submission_id == SUBMISSIONS.c.id)
                .where(ITEMS.c.id == record.item)
            ).one()
        return ClearingEntry(
            record=record,
            decision=record.decision,
            file_name=clean_name(record.reading.part or room.records.item_name(item)),
            channel=Channel(submission.channel),
            received_at=submission.received_at,
        )
