"""The tables of the realm ``intake``. In the clear: ids, times, sizes, counts and states."""

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

INTAKE_TABLES = MetaData()

SUBMISSIONS = Table(
    "submissions",
    INTAKE_TABLES,
    Column("id", String, primary_key=True),
    Column("channel", String, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("receipt_digest", String, nullable=False, unique=True),
    Column("sealed_receipt", LargeBinary, nullable=False),
    Column("sealed_note", LargeBinary, nullable=False),
)

ITEMS = Table(
    "items",
    INTAKE_TABLES,
    Column("id", String, primary_key=True),
    Column("submission_id", ForeignKey("submissions.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("object_id", String),
    Column("size", Integer, nullable=False),
    Column("sealed_key", LargeBinary, nullable=False),
    Column("sealed_label", LargeBinary, nullable=False),
    Column("state", String, nullable=False),
    Column("reason", String),
    Column("page_count", Integer, nullable=False, default=0),
    Column("blank_count", Integer, nullable=False, default=0),
    UniqueConstraint("submission_id", "ordinal"),
)

DOCUMENTS = Table(
    "documents",
    INTAKE_TABLES,
    Column("id", String, primary_key=True),
    Column("item_id", ForeignKey("items.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("sealed_reading", LargeBinary, nullable=False),
    Column("sealed_decision", LargeBinary),
    UniqueConstraint("item_id", "ordinal"),
)
Index("documents_by_state", DOCUMENTS.c.state)

RENDITIONS = Table(
    "renditions",
    INTAKE_TABLES,
    Column("document_id", ForeignKey("documents.id"), primary_key=True),
    Column("rendition", String, primary_key=True),
    Column("object_id", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
)

LETTERS = Table(
    "letters",
    INTAKE_TABLES,
    Column("id", String, primary_key=True),
    Column("document_id", ForeignKey("documents.id"), nullable=False),
    Column("carrier", String, nullable=False),
    Column("state", String, nullable=False),
    UniqueConstraint("document_id", "carrier"),
)

CORRECTIONS = Table(
    "corrections",
    INTAKE_TABLES,
    Column("id", String, primary_key=True),
    Column("created_at", Instant, nullable=False),
    Column("sealed_decision", LargeBinary, nullable=False),
    Column("sealed_features", LargeBinary, nullable=False),
    # Rows lie in the order of their hashes: that of their writing would lead to documents.
    sqlite_with_rowid=False,
)

MODELS = Table(
    "models",
    INTAKE_TABLES,
    Column("seq", Integer, primary_key=True),
    Column("created_at", Instant, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
