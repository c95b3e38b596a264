"""JSON forms of the values that travel sealed; one place for writing and for reading them."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from domain.ids import CarrierId, DocumentId, LetterId, Sha256, SubmissionId, TypeCode
from domain.letters import FilingOrder, Part, Rendition
from domain.post import Channel
from domain.reading import Fields, ReadDocument
from domain.reasons import Reason


def fields_to_json(fields: Fields) -> dict[str, str | None]:
    """Write index fields; dates as ``YYYY-MM-DD``."""
    return {
        "bg_nummer": fields.bg_nummer,
        "kundennummer": fields.kundennummer,
        "iban": fields.iban,
        "geburtsdatum": fields.geburtsdatum.isoformat() if fields.geburtsdatum else None,
        "name": fields.name,
        "dokumentdatum": fields.dokumentdatum.isoformat() if fields.dokumentdatum else None,
    }


def fields_from_json(said: Mapping[str, Any]) -> Fields:
    """Read index fields; raises ``ValueError`` or ``KeyError`` on anything else."""
    return Fields(
        bg_nummer=_text(said["bg_nummer"]),
        kundennummer=_text(said["kundennummer"]),
        iban=_text(said["iban"]),
        geburtsdatum=_date(said["geburtsdatum"]),
        name=_text(said["name"]),
        dokumentdatum=_date(said["dokumentdatum"]),
    )


def document_to_json(document: ReadDocument) -> dict[str, Any]:
    """Write what reading found out about a document, without its renditions."""
    return {
        "pages": list(document.pages),
        "type": document.type,
        "confidence": document.confidence,
        "fields": fields_to_json(document.fields),
        "text": document.text,
        "media_type": document.media_type,
        "part": document.part,
        "evidence": list(document.evidence),
        "doubts": list(document.doubts),
        "bg_nummern": list(document.bg_nummern),
    }


def document_from_json(said: Mapping[str, Any]) -> ReadDocument:
    """Read the same; raises ``ValueError``, ``TypeError`` or ``KeyError`` on anything else."""
    return ReadDocument(
        pages=tuple(int(page) for page in said["pages"]),
        type=TypeCode(str(said["type"])),
        confidence=float(said["confidence"]),
        fields=fields_from_json(said["fields"]),
        text=str(said["text"]),
        media_type=str(said["media_type"]),
        part=str(said["part"]),
        evidence=tuple(str(line) for line in said["evidence"]),
        doubts=tuple(Reason(code) for code in said["doubts"]),
        bg_nummern=tuple(str(number) for number in said["bg_nummern"]),
    )


def order_to_bytes(order: FilingOrder) -> bytes:
    """Write a filing order."""
    return json.dumps(
        {
            "letter": order.letter,
            "document": order.document,
            "submission": order.submission,
            "carrier": order.carrier,
            "channel": order.channel,
            "received_at": order.received_at.isoformat(),
            "receipt_digest": order.receipt_digest,
            "file_name": order.file_name,
            "type": order.type,
            "confidence": order.confidence,
            "basis": order.basis,
            "decided_by": order.decided_by,
            "reference": order.reference,
            "page_count": order.page_count,
            "fields": fields_to_json(order.fields),
            "parts": [
                [part.rendition, part.media_type, part.size, part.sha256] for part in order.parts
            ],
        }
    ).encode()


def order_from_bytes(data: bytes) -> FilingOrder:
    """Read a filing order; raises ``ValueError``, ``TypeError`` or ``KeyError`` otherwise."""
    said = json.loads(data)
    return FilingOrder(
        letter=LetterId(said["letter"]),
        document=DocumentId(said["document"]),
        submission=SubmissionId(said["submission"]),
        carrier=CarrierId(said["carrier"]),
        channel=Channel(said["channel"]),
        received_at=dt.datetime.fromisoformat(said["received_at"]),
        receipt_digest=str(said["receipt_digest"]),
        file_name=str(said["file_name"]),
        type=TypeCode(said["type"]),
        confidence=float(said["confidence"]),
        basis=str(said["basis"]),
        decided_by=str(said["decided_by"]),
        reference=_text(said["reference"]),
        page_count=int(said["page_count"]),
        fields=fields_from_json(said["fields"]),
        parts=tuple(
            Part(Rendition(rendition), media_type, int(size), Sha256(sha256))
            for rendition, media_type, size, sha256 in said["parts"]
        ),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _date(value: object) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(str(value))
