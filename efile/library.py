"""Reading the e-file: inbox, case, document, content. Every opening of content is audited."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from domain.catalogue import DocumentType
from domain.codec import order_from_bytes
from domain.errors import NotFoundError, PageUnavailableError
from domain.ids import CaseFileId, DocumentId, ObjectId
from domain.letters import FilingOrder, Part, Rendition
from domain.lifecycle import MessageState
from efile.cases import CaseFile, all_cases, case_columns, load_case
from efile.realm import CarrierRealm
from efile.tables import DOCUMENTS, MESSAGES, PROCESSES, RENDITIONS

_PAGE = 50


@dataclass(frozen=True, slots=True)
class FiledDocument:
    """One document of the e-file with what is known about it."""

    id: DocumentId
    case: CaseFile
    order: FilingOrder
    kind: DocumentType
    filed_at: datetime
    message: MessageState

    def part(self, rendition: Rendition) -> Part | None:
        """Return a rendition's description, if the document has it."""
        return next((part for part in self.order.parts if part.rendition is rendition), None)


@dataclass(frozen=True, slots=True)
class Process:
    """One Vorgang: what was handed in together for a case."""

    id: str
    opened_at: datetime
    documents: tuple[FiledDocument, ...]


class Library:
    """The read side of one carrier's realm."""

    def __init__(self, realm: CarrierRealm) -> None:
        """Read in one realm only."""
        self._realm = realm

    def inbox(self, *, offset: int = 0, limit: int = _PAGE) -> tuple[FiledDocument, ...]:
        """Return the documents filed last, newest first."""
        query = _documents().order_by(DOCUMENTS.c.filed_at.desc(), DOCUMENTS.c.id)
        with self._realm.database.reading() as connection:
            rows = connection.execute(query.offset(offset).limit(limit)).all()
            return tuple(self._open(connection, row) for row in rows)

    def cases(self) -> tuple[CaseFile, ...]:
        """Return every case file, newest first."""
        with self._realm.database.reading() as connection:
            return tuple(all_cases(self._realm, connection))

    def case(self, case_id: CaseFileId) -> tuple[CaseFile, tuple[Process, ...]]:
        """Return a case file with its processes (Vorgänge), newest first."""
        with self._realm.database.reading() as connection:
            case = load_case(self._realm, connection, case_id)
            query = (
                select(PROCESSES)
                .where(PROCESSES.c.case_id == case_id)
                .order_by(PROCESSES.c.opened_at.desc())
            )
            rows = connection.execute(query).all()
            return case, tuple(self._process(connection, row) for row in rows)

    def document(self, document: DocumentId) -> FiledDocument:
        """Return one document, or raise ``NotFoundError``."""
        with self._realm.database.reading() as connection:
            row = connection.execute(_documents().where(DOCUMENTS.c.id == document)).first()
            if row is None:
                raise NotFoundError
            return self._open(connection, row)

    def content(self, document: DocumentId, rendition: Rendition, *, actor: str) -> Iterator[bytes]:
        """Yield the content of a rendition; the opening is audited before the first byte."""
        filed = self.document(document)
        with self._realm.database.transaction() as connection:
            self._realm.audit.append(
                connection,
                "content.opened",
                subject=document,
                actor=actor,
                rendition=rendition,
            )
        return self.unaudited(filed, rendition)

    def unaudited(self, filed: FiledDocument, rendition: Rendition) -> Iterator[bytes]:
        """Yield content for the service's own work (packages, snippets, verification)."""
        query = select(RENDITIONS).where(
            RENDITIONS.c.document_id == filed.id, RENDITIONS.c.rendition == rendition
        )
        with self._realm.database.reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise NotFoundError
        vault = self._realm.vault
        return vault.open(ObjectId(row.object_id), row.wrapped_key, kek=filed.case.key)

    def page(self, document: DocumentId, number: int, *, width: int, actor: str) -> bytes:
        """Return the n-th page (1-based) as PNG, ``width`` pixels wide; audited."""
        filed = self.document(document)
        if not 1 <= number <= max(filed.order.page_count, 1):
            raise PageUnavailableError
        rendition = Rendition.PDFA if filed.part(Rendition.PDFA) else Rendition.ORIGINAL
        content = b"".join(self.content(document, rendition, actor=actor))
        return self._realm.reader.render(content, page=number, width=width)

    def text(self, filed: FiledDocument) -> str:
        """Return the recognised text of a document."""
        return b"".join(self.unaudited(filed, Rendition.TEXT)).decode()

    def _process(self, connection: Connection, row: Row[Any]) -> Process:
        query = _documents().where(PROCESSES.c.id == row.id).order_by(DOCUMENTS.c.filed_at)
        documents = tuple(
            self._open(connection, found) for found in connection.execute(query).all()
        )
        return Process(row.id, row.opened_at, documents)

    def _open(self, connection: Connection, row: Row[Any]) -> FiledDocument:
        case = load_case(self._realm, connection, CaseFileId(row.case_id))
        columns = case_columns(self._realm, case)
        order = order_from_bytes(columns.open(row.sealed_order, row=row.id, column="order"))
        return FiledDocument(
            id=DocumentId(row.id),
            case=case,
            order=order,
            kind=self._realm.catalogue.even_retired(order.type, basis=order.basis),
            filed_at=row.filed_at,
            message=MessageState(row.message_state),
        )


def _documents() -> Select[Any]:
    return (
        select(DOCUMENTS, PROCESSES.c.case_id, MESSAGES.c.state.label("message_state"))
        .join(PROCESSES, PROCESSES.c.id == DOCUMENTS.c.process_id)
        .join(MESSAGES, MESSAGES.c.document_id == DOCUMENTS.c.id)
    )
