"""File formats: the media types of primary files, their xdomea codes and their names.

The codes are those of the code list ``dateiformat`` 1.0. Refuses media types it does not
know; ``announced_media_type`` turns those into ``application/octet-stream`` beforehand.
"""

import re
import unicodedata
from dataclasses import dataclass
from types import MappingProxyType

from domain.errors import InvalidMessageError
from domain.letters import Rendition

OCTETS = "application/octet-stream"
OTHER_FORMAT = "100"
UNKNOWN_VERSION = "unbekannt"

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ODT = "application/vnd.oasis.opendocument.text"
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FILE_NAME = re.compile(
    rf"{_UUID.pattern}(_[A-Za-z0-9-]{{1,40}})?\.(pdf|jpg|png|tif|heic|webp|txt|eml|docx|odt|bin)"
)
_TITLE_LENGTH = 40
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"}
)


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format as xdomea names it; ``other_name`` goes with the code for "other" only."""

    code: str
    version: str = UNKNOWN_VERSION
    other_name: str | None = None


_PDFA = FileFormat("044", "PDF/A-2b")

_FORMATS = MappingProxyType(
    {
        "application/pdf": (FileFormat("018"), "pdf"),
        "image/jpeg": (FileFormat("011"), "jpg"),
        "image/png": (FileFormat("019"), "png"),
        "image/tiff": (FileFormat("023"), "tif"),
        "image/heic": (FileFormat(OTHER_FORMAT, other_name="HEIC"), "heic"),
        "image/webp": (FileFormat(OTHER_FORMAT, other_name="WebP"), "webp"),
        "text/plain": (FileFormat("045"), "txt"),
        "message/rfc822": (FileFormat("006"), "eml"),
        _DOCX: (FileFormat("035"), "docx"),
        _ODT: (FileFormat("015"), "odt"),
        OCTETS: (FileFormat(OTHER_FORMAT, other_name="Binärdatei"), "bin"),
    }
)

MEDIA_TYPES = frozenset(_FORMATS)
"""The media types that a message can announce."""


def announced_media_type(media_type: str) -> str:
    """Return the media type under which any file can be announced."""
    return media_type if media_type in MEDIA_TYPES else OCTETS


def file_format(media_type: str, rendition: Rendition) -> FileFormat:
    """Return the xdomea format of a rendition, or raise ``InvalidMessageError``."""
    if rendition is not Rendition.PDFA:
        return _known(media_type)[0]
    if media_type != "application/pdf":
        detail = "a PDF/A rendition must be application/pdf"
        raise InvalidMessageError(detail)
    return _PDFA


def primary_file_name(uuid: str, media_type: str, title: str) -> str:
    """Name a file ``<UUID>[_title].<extension>`` in plain ASCII.

    The UUID is the file's own, not the document's. Raises ``InvalidMessageError`` for a UUID
    not in canonical lower-case form or an unknown media type.
    """
    extension = _known(media_type)[1]
    if not is_uuid(uuid):
        detail = "a file name must begin with a UUID in lower case"
        raise InvalidMessageError(detail)
    words = _slug(title)
    return f"{uuid}_{words}.{extension}" if words else f"{uuid}.{extension}"


def is_primary_file_name(name: str) -> bool:
    """Tell whether a name follows the rule of ``primary_file_name``."""
    return _FILE_NAME.fullmatch(name) is not None


def is_uuid(text: str) -> bool:
    """Tell whether a text is a UUID in canonical lower-case form (RFC 9562)."""
    return _UUID.fullmatch(text) is not None


def _known(media_type: str) -> tuple[FileFormat, str]:
    try:
        return _FORMATS[media_type]
    except KeyError:
        detail = "a media type that messages do not announce"
        raise InvalidMessageError(detail) from None


def _slug(title: str) -> str:
    letters = unicodedata.normalize("NFC", title).translate(_UMLAUTS)
    ascii_only = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", ascii_only)[:_TITLE_LENGTH].strip("-")
