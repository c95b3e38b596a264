"""The tables of a carrier's realm: Akte -> Vorgang -> Dokument, index, messages.

In the clear: ids, times, sizes, counts and states. Everything else is sealed or a keyed hash.
"""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from storage.database import Instant

CARRIER_TABLES = MetaData()

CASES = Table(
    "cases",
    CARRIER_TABLES,
    Column("id", String, primary_key=True),
    Column("opened_at", Instant, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("sealed_reference", LargeBinary, nullable=False),
)

IDENTIFIERS = Table(
    "identifiers",
    CARRIER_TABLES,
    Column("hash", LargeBinary, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
)

PROCESSES = Table(
    "processes",
    CARRIER_TABLES,
    Column("id", String, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("submission_hash", LargeBinary, nullable=False),
    Column("opened_at", Instant, nullable=False),
    UniqueConstraint("case_id", "submission_hash"),
)

DOCUMENTS = Table(
    "documents",
    CARRIER_TABLES,
    Column("id", String, primary_key=True),
    Column("process_id", ForeignKey("processes.id"), nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("filed_at", Instant, nullable=False),
    Column("page_count", Integer, nullable=False),
    Column("word_count", Integer, nullable=False),
    Column("sealed_order", LargeBinary, nullable=False),
)
Index("documents_by_process", DOCUMENTS.c.process_id)
Index("documents_by_filing", DOCUMENTS.c.filed_at)

RENDITIONS = Table(
    "renditions",
    CARRIER_TABLES,
    Column("document_id", ForeignKey("documents.id"), primary_key=True),
    Column("rendition", String, primary_key=True),
    Column("object_id", String, nullable=False, unique=True),
    Column("size", Integer, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
)

POSTINGS = Table(
    "postings",
    CARRIER_TABLES,
    Column("token", LargeBinary, primary_key=True),
    Column("document_id", ForeignKey("documents.id"), primary_key=True),
    Column("frequency", Integer, nullable=False),
    sqlite_with_rowid=False,
)

MESSAGES = Table(
    "messages",
    CARRIER_TABLES,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("document_id", ForeignKey("documents.id"), nullable=False, unique=True),
    Column("state", String, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("sealed_xml", LargeBinary, nullable=False),
    Column("sealed_answer", LargeBinary),
)
