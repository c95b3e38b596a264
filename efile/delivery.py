"""Delivery: the carrier's Fachverfahren pulls messages and answers with receipt or refusal."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from domain.errors import MalformedRequestError, NotFoundError
from domain.ids import DocumentId, MessageId
from domain.lifecycle import MESSAGE_TRANSITIONS, MessageState, advance
from efile.cases import case_columns
from efile.exchange.messages import parse_0101, parse_0102
from efile.exchange.package import pack
from efile.library import Library
from efile.realm import CarrierRealm
from efile.tables import MESSAGES

_MAX_REASON = 500


@dataclass(frozen=True, slots=True)
class WaitingMessage:
    """One message of the outbox; ``seq`` is the cursor."""

    seq: int
    id: MessageId
    document: DocumentId
    state: MessageState
    created_at: datetime


class Delivery:
    """The outbox of one carrier towards its Fachverfahren."""

    def __init__(self, realm: CarrierRealm, library: Library) -> None:
        """Deliver one realm's messages only."""
        self._realm = realm
        self._library = library

    def waiting(self, *, after: int = 0, limit: int = 100) -> tuple[WaitingMessage, ...]:
        """Return messages that are not answered yet, in order, after a cursor."""
        query = (
            select(MESSAGES)
            .where(
                MESSAGES.c.seq > after,
                MESSAGES.c.state.in_([MessageState.WAITING, MessageState.PULLED]),
            )
            .order_by(MESSAGES.c.seq)
            .limit(limit)
        )
        with self._realm.database.reading() as connection:
            return tuple(_message(row) for row in connection.execute(query))

    def package(self, message: MessageId, *, actor: str) -> Iterator[bytes]:
        """Yield the ZIP with the message and its files; the message counts as pulled."""
        with self._realm.database.transaction() as connection:
            row = _load(connection, message)
            state = MessageState(row.state)
            if state in {MessageState.WAITING, MessageState.PULLED}:
                self._advance(connection, row, MessageState.PULLED)
            self._realm.audit.append(
                connection, "message.pulled", subject=row.document_id, actor=actor
            )
        filed = self._library.document(DocumentId(row.document_id))
        xml = case_columns(self._realm, filed.case).open(row.sealed_xml, row=row.id, column="xml")
        files = (
            (file.name, self._library.unaudited(filed, file.rendition))
            for file in parse_0101(xml).files
        )
        return pack(message, xml, files)

    def acknowledge(self, message: MessageId, answer: bytes, *, actor: str) -> None:
        """Take the 0102 receipt; raise ``InvalidMessageError`` for anything else."""
        confirmation = parse_0102(answer)
        if confirmation.process_id != message:
            detail = "the receipt names another process"
            raise MalformedRequestError(detail)
        self._answer(message, MessageState.ACKNOWLEDGED, answer, actor=actor)

    def refuse(self, message: MessageId, reason: str, *, actor: str) -> None:
        """Take a refusal; its reason is shown on the carrier's list."""
        if not 0 < len(reason.strip()) <= _MAX_REASON:
            detail = f"a refusal has a reason of 1 to {_MAX_REASON} characters"
            raise MalformedRequestError(detail)
        said = json.dumps({"reason": reason.strip()}).encode()
        self._answer(message, MessageState.REFUSED, said, actor=actor)

    def refusals(self) -> dict[DocumentId, str]:
        """Return the reasons of all refused documents."""
        query = select(MESSAGES).where(MESSAGES.c.state == MessageState.REFUSED)
        with self._realm.database.reading() as connection:
            rows = connection.execute(query).all()
        return {DocumentId(row.document_id): self._reason(row) for row in rows}

    def _reason(self, row: Row[Any]) -> str:
        filed = self._library.document(DocumentId(row.document_id))
        columns = case_columns(self._realm, filed.case)
        said = json.loads(columns.open(row.sealed_answer, row=row.id, column="answer"))
        return str(said["reason"])

    def _answer(
        self, message: MessageId, target: MessageState, answer: bytes, *, actor: str
    ) -> None:
        with self._realm.database.reading() as connection:
            row = _load(connection, message)
        filed = self._library.document(DocumentId(row.document_id))
        sealed = case_columns(self._realm, filed.case).seal(answer, row=row.id, column="answer")
        with self._realm.database.transaction() as connection:
            self._advance(connection, _load(connection, message), target)
            connection.execute(
                update(MESSAGES).where(MESSAGES.c.id == message).values(sealed_answer=sealed)
            )
            self._realm.audit.append(
                connection, f"message.{target}", subject=row.document_id, actor=actor
            )

    def _advance(self, connection: Connection, row: Row[Any], target: MessageState) -> None:
        state = advance(MESSAGE_TRANSITIONS, MessageState(row.state), target)
        connection.execute(update(MESSAGES).where(MESSAGES.c.id == row.id).values(state=state))


def _load(connection: Connection, message: MessageId) -> Row[Any]:
    row = connection.execute(select(MESSAGES).where(MESSAGES.c.id == message)).first()
    if row is None:
        raise NotFoundError
    return row


def _message(row: Row[Any]) -> WaitingMessage:
    return WaitingMessage(
        row.seq,
        MessageId(row.id),
        DocumentId(row.document_id),
        MessageState(row.state),
        row.created_at,
    )
