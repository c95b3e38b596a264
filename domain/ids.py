"""Distinct types for distinct things, so that mypy refuses to mix them up."""

from typing import NewType

SubmissionId = NewType("SubmissionId", str)
ItemId = NewType("ItemId", str)
DocumentId = NewType("DocumentId", str)
LetterId = NewType("LetterId", str)
ObjectId = NewType("ObjectId", str)
MessageId = NewType("MessageId", str)
CaseFileId = NewType("CaseFileId", str)
JobId = NewType("JobId", str)

RealmId = NewType("RealmId", str)
"""Name of a realm: ``intake`` or the name of a carrier of the active configuration."""

CarrierId = NewType("CarrierId", str)
"""Name of a carrier (Träger) of the active configuration, such as ``kommune``."""

TypeCode = NewType("TypeCode", str)
"""Stable code of a document type, such as ``mietvertrag``."""

ReceiptCode = NewType("ReceiptCode", str)
"""Secret of the sender: whoever holds it may see the receipt and its status."""

Sha256 = NewType("Sha256", str)
"""Lower-case hexadecimal SHA-256 digest (64 characters) of untouched content."""

INTAKE = RealmId("intake")


def realm_of(carrier: CarrierId) -> RealmId:
    """Name the realm that belongs to one carrier."""
    return RealmId(carrier)
