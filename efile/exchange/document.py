"""The document (Dokument) inside message 0101: metadata, versions and files by xdomea.

Owns the order and the codes of xdomea's own fields. Refuses a document whose two halves,
xdomea's fields and the extension, tell different stories.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from domain.errors import InvalidMessageError
from domain.ids import DocumentId
from domain.letters import Rendition
from efile.exchange.extension import FileProof
from efile.exchange.formats import file_format
from efile.exchange.markup import (
    add_code,
    add_optional,
    optional_text,
    read_time,
    required_text,
    spell_date,
    spell_time,
    x,
)
from efile.exchange.text import clean_text
from efile.exchange.values import Announcement, PrimaryFile
from efile.exchange.xml import Element, add

_ELECTRONIC = "001"
_MEDIA = ("medium", "1.0")
_FILE_FORMATS = ("dateiformat", "1.0")
_HOUSE_TIME = ZoneInfo("Europe/Berlin")

_TITLE_LENGTH = 300
_REFERENCE_LENGTH = 100
_TYPE_LENGTH = 120
_FILE_NAME_LENGTH = 255


def received_on(moment: dt.datetime) -> dt.date:
    """Return the legal day of receipt, which is the German one (§ 16(2) SGB I)."""
    return moment.astimezone(_HOUSE_TIME).date()


def add_document(message: Element, announcement: Announcement) -> Element:
    """Append the document with everything but the extension."""
    document = add(add(message, x("Schriftgutobjekt")), x("Dokument"))
    add(add(document, x("Identifikation")), x("ID"), announcement.document_id)
    _add_metadata(document, announcement)
    add(document, x("Posteingangsdatum"), spell_date(received_on(announcement.received_at)))
    add_optional(document, x("DatumDesSchreibens"), spell_date(announcement.fields.dokumentdatum))
    add(document, x("Typ"), clean_text(announcement.type_title, limit=_TYPE_LENGTH))
    version = add(document, x("Version"))
    add(version, x("Nummer"), "1")
    for file in announcement.files:
        _add_format(version, file)
    return document


def read_document_id(document: Element) -> DocumentId:
    """Read the id of the document."""
    return DocumentId(required_text(document, "xdomea:Identifikation/xdomea:ID"))


def read_files(document: Element, proofs: tuple[FileProof, ...]) -> tuple[PrimaryFile, ...]:
    """Read the files and join each with its proof."""
    formats = document.findall(x("Version") + "/" + x("Format"))
    files = tuple(_read_format(*pair) for pair in zip(formats, proofs, strict=True))
    # The profile admits each rendition once, but cannot demand a certain one.
    if Rendition.ORIGINAL not in {file.rendition for file in files}:
        detail = "a document without its original"
        raise InvalidMessageError(detail)
    return files


def check_day_of_receipt(document: Element, received_at: dt.datetime) -> None:
    """Refuse a document whose day of receipt is not that of its time of receipt."""
    told = required_text(document, "xdomea:Posteingangsdatum").strip()
    if told != received_on(received_at).isoformat():
        _contradiction()


def _add_metadata(document: Element, announcement: Announcement) -> None:
    title = clean_text(announcement.title, limit=_TITLE_LENGTH) or announcement.type_title
    metadata = add(document, x("AllgemeineMetadaten"))
    add(metadata, x("Betreff"), clean_text(title, limit=_TITLE_LENGTH))
    reference = clean_text(announcement.reference or "", limit=_REFERENCE_LENGTH)
    add_optional(metadata, x("Kennzeichen"), reference)
    add_code(metadata, "Medium", _ELECTRONIC, code_list=_MEDIA)


def _add_format(version: Element, file: PrimaryFile) -> None:
    kind = file_format(file.media_type, file.rendition)
    entry = add(version, x("Format"))
    add_code(entry, "Name", kind.code, code_list=_FILE_FORMATS)
    add_optional(entry, x("SonstigerName"), kind.other_name)
    add(entry, x("Version"), kind.version)
    primary = add(entry, x("Primaerdokument"))
    add(primary, x("Dateiname"), file.name)
    original = clean_text(file.original_name, limit=_FILE_NAME_LENGTH)
    add_optional(primary, x("DateinameOriginal"), original)
    add(primary, x("DatumUhrzeit"), spell_time(file.created_at))


def _read_format(entry: Element, proof: FileProof) -> PrimaryFile:
    primary = "xdomea:Primaerdokument/xdomea:"
    name = required_text(entry, f"{primary}Dateiname")
    code = required_text(entry, "xdomea:Name/code")
    if name != proof.name or code != file_format(proof.media_type, proof.rendition).code:
        _contradiction()
    return PrimaryFile(
        name=name,
        original_name=optional_text(entry, f"{primary}DateinameOriginal") or "",
        media_type=proof.media_type,
        sha256=proof.sha256,
        size=proof.size,
        created_at=read_time(required_text(entry, f"{primary}DatumUhrzeit")),
        rendition=proof.rendition,
    )


def _contradiction() -> None:
    detail = "the fields of xdomea and the extension contradict each other"
    raise InvalidMessageError(detail)
