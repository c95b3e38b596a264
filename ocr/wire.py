"""Readings on the pipe: how a worker writes them and how the service believes them.

Owns both directions. The worker has parsed hostile bytes, so its answer is untrusted: every
value is checked for its type, its length and its meaning before it becomes a reading.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from domain.codec import (
    amount_from_text,
    boundary_to_json,
    fields_to_json,
    finding_to_json,
    period_from_text,
)
from domain.errors import PoststelleError
from domain.identifiers import (
    parse_bg_nummer,
    parse_iban,
    parse_kundennummer,
    parse_rvnr,
    parse_steuer_id,
)
from domain.ids import TypeCode
from domain.reading import (
    Barcode,
    Boundary,
    BoundaryReason,
    Box,
    Fields,
    Finding,
    Outcome,
    ReadDocument,
    Reading,
    SheetNote,
)
from domain.reasons import Reason
from ocr.frames import Frame
from ocr.gate import UNKNOWN, Kind
from ocr.limits import Limits
from ocr.plausible import flag, line, listed, share, string, strings, whole

_Value = TypeVar("_Value")

_MEDIA_TYPES = frozenset({UNKNOWN, *(kind.value for kind in Kind)})
_TYPE_CODE = re.compile(r"[a-z][a-z0-9_-]{0,60}")
_NAME_LIMIT = 200
_PART_LIMIT = 140
_EVIDENCE_LIMIT = 500
_BARCODES = 20_000
_FIELD_NAMES = frozenset(field.name for field in dataclasses.fields(Fields))
_FIELDS = len(_FIELD_NAMES)
_BARCODE_LIMIT = 1024


class UnbelievableError(PoststelleError):
    """A worker's answer is not a reading within the limits."""

    code = "unbelievable"


def encode_reading(reading: Reading) -> tuple[dict[str, Any], list[bytes]]:
    """Return a reading as the header of a frame and the blobs it refers to."""
    blobs: list[bytes] = []
    header = {
        "kind": "reading",
        "outcome": reading.outcome.value,
        "media_type": reading.media_type,
        "reason": reading.reason.value if reading.reason else None,
        "page_count": reading.page_count,
        "blank_pages": reading.blank_pages,
        "signed": reading.signed,
        "documents": [_encode_document(document, blobs) for document in reading.documents],
    }
    return header, blobs


def decode_reading(frame: Frame, limits: Limits) -> Reading:
    """Return the reading that a frame holds, or raise ``UnbelievableError``."""
    try:
        return _Answer(frame, limits).reading()
    except (KeyError, TypeError, ValueError, OverflowError, IndexError) as error:
        raise UnbelievableError from error


def encode_barcodes(barcodes: Sequence[Barcode]) -> dict[str, Any]:
    """Return barcodes as the header of a frame."""
    return {"kind": "barcodes", "barcodes": [dataclasses.astuple(code) for code in barcodes]}


def decode_barcodes(frame: Frame, limits: Limits) -> tuple[Barcode, ...]:
    """Return the barcodes that a frame holds, or raise ``UnbelievableError``."""
    try:
        rows = listed(frame.header["barcodes"], _BARCODES)
        return tuple(_decode_barcode(row, limits) for row in rows)
    except (KeyError, TypeError, ValueError) as error:
        raise UnbelievableError from error


def encode_notes(notes: Mapping[int, SheetNote]) -> dict[str, Any]:
    """Return what separator sheets say, by page, as the header of the parent's answer."""
    rows = [(page, note.batch, note.type, note.case) for page, note in sorted(notes.items())]
    return {"separators": rows}


def decode_notes(header: Mapping[str, Any]) -> dict[int, SheetNote]:
    """Return what the parent, which is trusted, says about separator sheets."""
    return {
        page: SheetNote(batch, TypeCode(kind) if kind else None, case)
        for page, batch, kind, case in header["separators"]
    }


def _encode_document(document: ReadDocument, blobs: list[bytes]) -> dict[str, Any]:
    return {
        "pages": document.pages,
        "type": document.type,
        "confidence": document.confidence,
        "fields": fields_to_json(document.fields),
        # Not in the header: as JSON, a text can be three times as long.
        "text": _put(document.text.encode("utf-8", "replace"), blobs),
        "media_type": document.media_type,
        "part": document.part,
        "evidence": document.evidence,
        "doubts": [reason.value for reason in document.doubts],
        "bg_nummern": document.bg_nummern,
        "findings": [finding_to_json(finding) for finding in document.findings],
        "begins": boundary_to_json(document.begins) if document.begins else None,
        "suggested": [boundary_to_json(boundary) for boundary in document.suggested],
        "unarchived": document.unarchived,
        "pdfa": _put(document.pdfa, blobs),
        "original": _put(document.original, blobs),
    }


def _put(content: bytes | None, blobs: list[bytes]) -> int | None:
    if content is None:
        return None
    blobs.append(content)
    return len(blobs) - 1


def _decode_barcode(row: object, limits: Limits) -> Barcode:
    page, symbology, text = listed(row, 3)
    return Barcode(
        page=whole(page, limits.pages),
        symbology=string(symbology, _NAME_LIMIT),
        text=string(text, _BARCODE_LIMIT),
    )


class _Answer:
    """One untrusted answer with the limits that it must keep."""

    def __init__(self, frame: Frame, limits: Limits) -> None:
        self._header = frame.header
        self._blobs = frame.blobs
        self._limits = limits
        self._documents = limits.pages + limits.parts + 1

    def reading(self) -> Reading:
        """Return the reading; every check raises ``ValueError`` or ``TypeError``."""
        header = self._header
        if header["kind"] != "reading":  # an answer to some other question
            raise ValueError
        outcome = Outcome(header["outcome"])
        rows = listed(header["documents"], self._documents)
        reason = _optional(header["reason"], Reason)
        if (outcome is Outcome.ACCEPTED) is not (bool(rows) and reason is None):
            raise ValueError
        if outcome is Outcome.QUARANTINED:  # only the malware scan says so
            raise ValueError
        return Reading(
            outcome=outcome,
            media_type=_media_type(header["media_type"]),
            reason=reason,
            page_count=whole(header["page_count"], self._limits.pages, least=0),
            blank_pages=self._pages(header["blank_pages"]),
            signed=flag(header["signed"]),
            documents=tuple(self._document(row) for row in rows),
        )

    def _document(self, row: Mapping[str, Any]) -> ReadDocument:
        return ReadDocument(
            pages=self._pages(row["pages"]),
            type=_type_code(row["type"]),
            confidence=share(row["confidence"]),
            fields=_fields(row["fields"]),
            text=self._text(row["text"]),
            media_type=_media_type(row["media_type"]),
            part=line(row["part"], _PART_LIMIT),
            evidence=strings(row["evidence"], _EVIDENCE_LIMIT),
            doubts=tuple(Reason(value) for value in listed(row["doubts"], len(Reason))),
            bg_nummern=tuple(map(_bg_nummer, strings(row["bg_nummern"], _NAME_LIMIT))),
            findings=tuple(map(self._finding, listed(row["findings"], _FIELDS))),
            begins=_optional(row["begins"], self._boundary),
            suggested=tuple(map(self._boundary, listed(row["suggested"], self._limits.pages))),
            unarchived=_optional(row["unarchived"], Reason),
            pdfa=self._blob(row["pdfa"]),
            original=self._blob(row["original"]),
        )

    def _finding(self, row: Mapping[str, Any]) -> Finding:
        field = string(row["field"], _NAME_LIMIT)
        if field not in _FIELD_NAMES:
            raise ValueError
        return Finding(
            field=field,
            page=whole(row["page"], self._limits.pages),
            box=_optional(row["box"], _box),
            confidence=share(row["confidence"]),
            checked=_optional(row["checked"], flag),
        )

    def _boundary(self, row: Mapping[str, Any]) -> Boundary:
        return Boundary(
            page=whole(row["page"], self._limits.pages),
            reasons=tuple(map(BoundaryReason, listed(row["reasons"], len(BoundaryReason)))),
            confidence=share(row["confidence"]),
        )

    def _pages(self, value: object) -> tuple[int, ...]:
        most = self._limits.pages
        return tuple(whole(number, most) for number in listed(value, most))

    def _text(self, value: object) -> str:
        content = self._blob(value)
        if content is None or len(content) > self._limits.text_bytes:
            raise ValueError
        return content.decode()

    def _blob(self, value: object) -> bytes | None:
        if value is None:
            return None
        return self._blobs[whole(value, len(self._blobs) - 1, least=0)]


def _fields(row: Mapping[str, Any]) -> Fields:
    """Check the fields again where they are used: a wrong reference misroutes a document."""
    return Fields(
        bg_nummer=_optional(row["bg_nummer"], _bg_nummer),
        kundennummer=_optional(row["kundennummer"], _kundennummer),
        iban=_optional(row["iban"], _iban),
        geburtsdatum=_optional(row["geburtsdatum"], dt.date.fromisoformat),
        name=_optional(row["name"], lambda value: line(value, _NAME_LIMIT)),
        dokumentdatum=_optional(row["dokumentdatum"], dt.date.fromisoformat),
        rvnr=_optional(row["rvnr"], _rvnr),
        steuer_id=_optional(row["steuer_id"], _steuer_id),
        betrag=_optional(row["betrag"], amount_from_text),
        zeitraum=_optional(row["zeitraum"], period_from_text),
    )


def _box(value: object) -> Box:
    left, top, right, bottom = map(share, listed(value, 4))
    if right < left or bottom < top:
        raise ValueError
    return Box(left, top, right, bottom)


def _optional(value: Any, parse: Callable[[Any], _Value]) -> _Value | None:  # noqa: ANN401 - untrusted
    return None if value is None else parse(value)


def _same(value: object, normal: str | None) -> str:
    if normal is None or value != normal:
        raise ValueError
    return normal


def _bg_nummer(value: str) -> str:
    return _same(value, parse_bg_nummer(line(value, _NAME_LIMIT)))


def _kundennummer(value: str) -> str:
    return _same(value, parse_kundennummer(line(value, _NAME_LIMIT)))


def _iban(value: str) -> str:
    return _same(value, parse_iban(line(value, _NAME_LIMIT)))


def _rvnr(value: str) -> str:
    return _same(value, parse_rvnr(line(value, _NAME_LIMIT)))


def _steuer_id(value: str) -> str:
    return _same(value, parse_steuer_id(line(value, _NAME_LIMIT)))


def _type_code(value: object) -> TypeCode:
    if not isinstance(value, str) or not _TYPE_CODE.fullmatch(value):
        raise ValueError
    return TypeCode(value)


def _media_type(value: object) -> str:
    if not isinstance(value, str) or value not in _MEDIA_TYPES:
        raise ValueError
    return value
