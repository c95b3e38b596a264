"""JSON forms of the values that travel sealed; one place for writing and for reading them."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from domain.ids import CarrierId, DocumentId, LetterId, Sha256, SubmissionId, TypeCode
from domain.letters import FilingOrder, Part, Rendition
from domain.post import Channel
from domain.reading import Boundary, BoundaryReason, Box, Fields, Finding, Period, ReadDocument
from domain.reasons import Reason

_AMOUNT = re.compile(r"-?[0-9]{1,7}\.[0-9]{2}")


def fields_to_json(fields: Fields) -> dict[str, str | None]:
    """Write index fields; dates as ``YYYY-MM-DD``, a period as two of them with ``/`` between."""
    return {
        "bg_nummer": fields.bg_nummer,
        "kundennummer": fields.kundennummer,
        "iban": fields.iban,
        "geburtsdatum": fields.geburtsdatum.isoformat() if fields.geburtsdatum else None,
        "name": fields.name,
        "dokumentdatum": fields.dokumentdatum.isoformat() if fields.dokumentdatum else None,
        "rvnr": fields.rvnr,
        "steuer_id": fields.steuer_id,
        "betrag": None if fields.betrag is None else str(fields.betrag),
        "zeitraum": period_to_text(fields.zeitraum) if fields.zeitraum else None,
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
        rvnr=_text(said["rvnr"]),
        steuer_id=_text(said["steuer_id"]),
        betrag=None if said["betrag"] is None else amount_from_text(said["betrag"]),
        zeitraum=None if said["zeitraum"] is None else period_from_text(said["zeitraum"]),
    )


def period_to_text(period: Period) -> str:
    """Write a period as ``YYYY-MM-DD/YYYY-MM-DD`` (ISO 8601)."""
    return f"{period.first.isoformat()}/{period.last.isoformat()}"


def period_from_text(said: object) -> Period:
    """Read the same; raises ``ValueError`` on anything else, and if it ends before it begins."""
    first, last = map(dt.date.fromisoformat, str(said).split("/"))
    if last < first:
        raise ValueError
    return Period(first, last)


def amount_from_text(said: object) -> Decimal:
    """Read euros with two decimals, less than ten million; raises ``ValueError`` otherwise."""
    if not isinstance(said, str) or not _AMOUNT.fullmatch(said):
        raise ValueError
    return Decimal(said)


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """Write where a field was read; the box as left, top, right, bottom."""
    box = finding.box
    return {
        "field": finding.field,
        "page": finding.page,
        "box": None if box is None else [box.left, box.top, box.right, box.bottom],
        "confidence": finding.confidence,
        "checked": finding.checked,
    }


def finding_from_json(said: Mapping[str, Any]) -> Finding:
    """Read the same."""
    box = said["box"]
    return Finding(
        field=str(said["field"]),
        page=int(said["page"]),
        box=None if box is None else Box(*map(float, box)),
        confidence=float(said["confidence"]),
        checked=None if said["checked"] is None else bool(said["checked"]),
    )


def boundary_to_json(boundary: Boundary) -> dict[str, Any]:
    """Write where a document begins and why."""
    return {
        "page": boundary.page,
        "reasons": list(boundary.reasons),
        "confidence": boundary.confidence,
    }


def boundary_from_json(said: Mapping[str, Any]) -> Boundary:
    """Read the same."""
    reasons = tuple(BoundaryReason(code) for code in said["reasons"])
    return Boundary(int(said["page"]), reasons, float(said["confidence"]))


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
        "findings": [finding_to_json(finding) for finding in document.findings],
        "begins": boundary_to_json(document.begins) if document.begins else None,
        "suggested": [boundary_to_json(boundary) for boundary in document.suggested],
        "unarchived": document.unarchived,
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
        findings=tuple(finding_from_json(row) for row in said["findings"]),
        begins=None if said["begins"] is None else boundary_from_json(said["begins"]),
        suggested=tuple(boundary_from_json(row) for row in said["suggested"]),
        unarchived=None if said["unarchived"] is None else Reason(said["unarchived"]),
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
            "confirmed": order.confirmed,
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
        confirmed=said["confirmed"] is True,
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
