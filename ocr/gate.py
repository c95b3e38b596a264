"""What an item really is: by its content, never by its name.

Owns the list of formats that are read. Everything else is rejected, and so is what only
looks like text: programs, archives, page description languages.
"""

import io
import re
import zipfile
from enum import StrEnum

from domain.reading import Outcome
from domain.reasons import Reason
from ocr.limits import ReadingStoppedError
from ocr.plain import decode


class Kind(StrEnum):
    """The formats that are read, each with its media type."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    TIFF = "image/tiff"
    HEIC = "image/heic"
    WEBP = "image/webp"
    MAIL = "message/rfc822"
    TEXT = "text/plain"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"


UNKNOWN = "application/octet-stream"
"""Media type of everything that is not read."""

PAGED = frozenset({Kind.PDF, Kind.JPEG, Kind.PNG, Kind.TIFF, Kind.HEIC, Kind.WEBP})
OFFICE = frozenset({Kind.DOCX, Kind.ODT})

_PDF_WITHIN = 1024  # where readers look for the PDF header (ISO 32000-1, annex H.3.4.1)
_MAGIC = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"II*\x00", Kind.TIFF),
    (b"MM\x00*", Kind.TIFF),
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
_MEMBERS = 10_000
_MIMETYPE_LIMIT = 256
_HEADER_LIMIT = 256 * 1024
_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
_SENDER_FIELDS = frozenset({b"from", b"sender", b"return-path", b"received"})
_MAIL_FIELDS = frozenset(
    {b"to", b"date", b"subject", b"message-id", b"mime-version", b"delivered-to", b"cc"}
)
_MAIL_FIELDS_NEEDED = 2
_NOT_PROSE = (b"#!", b"{\\rtf", b"%!", b"<?xml", b"<!doctype", b"<html", b"<svg", b"<script")


def sniff(content: bytes) -> Kind:
    """Return what the content is; stop as rejected if it is empty or none of the formats."""
    if not content:
        raise ReadingStoppedError(Reason.EMPTY, Outcome.REJECTED)
    kind = _by_magic(content) or _by_members(content) or _by_text(content)
    if kind is None:
        raise ReadingStoppedError(Reason.UNSUPPORTED_TYPE, Outcome.REJECTED)
    return kind


def _by_magic(content: bytes) -> Kind | None:
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Kind.WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return Kind.HEIC
    if content.startswith(b"%PDF-") or _late_pdf(content):
        return Kind.PDF
    return None


def _late_pdf(content: bytes) -> bool:
    """Tell whether a PDF begins after leading bytes, but not inside a mail or an archive."""
    head = content[:_PDF_WITHIN]
    return b"\n%PDF-" in head and not head.startswith(b"PK") and not _is_mail(content)


def _by_members(content: bytes) -> Kind | None:
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _office_kind(archive)
    except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, ValueError):
        return None


def _office_kind(archive: zipfile.ZipFile) -> Kind | None:
    names = set(archive.namelist()[:_MEMBERS])
    if {"[Content_Types].xml", "word/document.xml"} <= names:
        return Kind.DOCX
    if {"mimetype", "content.xml"} <= names:
        with archive.open("mimetype") as member:
            return Kind.ODT if member.read(_MIMETYPE_LIMIT).strip() == Kind.ODT.encode() else None
    return None


def _by_text(content: bytes) -> Kind | None:
    if _is_mail(content):
        return Kind.MAIL
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:16].lower().startswith(_NOT_PROSE):
        return None
    return Kind.TEXT if decode(content) is not None else None


def _is_mail(content: bytes) -> bool:
    """Tell whether the content begins with header fields of a message (RFC 5322)."""
    found: set[bytes] = set()
    position = 0
    while position < _HEADER_LIMIT and (match := _FIELD.match(content, position)):
        found.add(match[1].lower())
        position = match.end()
    return bool(found & _SENDER_FIELDS) and len(found & _MAIL_FIELDS) >= _MAIL_FIELDS_NEEDED
