"""How values read in German on a page: times, sizes, states, confidence. No markup here."""

from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from domain.catalogue import Protection
from domain.lifecycle import MessageState
from domain.post import Channel, ItemStatus
from domain.reading import Boundary, BoundaryReason
from domain.reasons import SENTENCES, Reason

_BERLIN = ZoneInfo("Europe/Berlin")
_KIBIBYTE = 1024
_CODE_BLOCK = 4

CHANNELS = MappingProxyType(
    {Channel.APP: "App", Channel.SCAN: "Scanstation", Channel.MAIL: "E-Mail"}
)

ITEM_STATES = MappingProxyType(
    {
        ItemStatus.IN_FLIGHT: "Unterwegs",
        ItemStatus.CLEARING: "In Klärung",
        ItemStatus.QUARANTINED: "In Quarantäne",
        ItemStatus.FILED: "Abgelegt",
    }
)

ITEM_ADVICE = MappingProxyType(
    {
        ItemStatus.IN_FLIGHT: "Die Datei wird gerade gelesen und zugeordnet.",
        ItemStatus.CLEARING: "Eine Person sieht sich die Datei an. Sie müssen nichts tun.",
        ItemStatus.QUARANTINED: "Die Datei wird geprüft und nicht weitergegeben.",
        ItemStatus.FILED: "Die zuständige Stelle hat die Datei in der Akte.",
    }
)
"""What a state means for the sender, where no reason says more."""

MESSAGE_STATES = MappingProxyType(
    {
        MessageState.WAITING: "Wartet auf Abholung",
        MessageState.PULLED: "Abgeholt",
        MessageState.ACKNOWLEDGED: "Übernommen",
        MessageState.REFUSED: "Abgelehnt",
    }
)

PROTECTIONS = MappingProxyType(
    {
        Protection.NORMAL: "Sozialdaten",
        Protection.IDENTITY: "Identitätsdaten",
        Protection.HEALTH: "Gesundheitsdaten",
        Protection.COUNSELLING: "Beratungsdaten",
    }
)

_MEDIA_TYPES = MappingProxyType(
    {
        "application/pdf": "PDF",
        "image/jpeg": "JPEG-Bild",
        "image/png": "PNG-Bild",
        "image/tiff": "TIFF-Bild",
        "image/heic": "HEIC-Bild",
        "image/webp": "WebP-Bild",
        "message/rfc822": "E-Mail",
        "text/plain": "Textdatei",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word-Datei",
        "application/vnd.oasis.opendocument.text": "OpenDocument-Text",
    }
)

_BOUNDARY_REASONS = MappingProxyType(
    {
        BoundaryReason.FIRST_PAGE: "erste Seite",
        BoundaryReason.SEPARATOR_SHEET: "Trennblatt",
        BoundaryReason.BLANK_PAGE: "Leerseite davor",
        BoundaryReason.PAGE_NUMBERS: "neue Seitenzählung",
        BoundaryReason.LETTERHEAD: "anderer Briefkopf oder neue Anrede",
        BoundaryReason.TYPE: "andere Art von Dokument",
        BoundaryReason.DATE: "anderes Datum",
        BoundaryReason.REFERENCE: "andere Person oder anderes Aktenzeichen",
    }
)

_CERTAINTY = ((0.95, "sehr sicher"), (0.75, "recht sicher"), (0.5, "unsicher"))


def moment(time: datetime) -> str:
    """Return a time in German legal time, to the minute."""
    return f"{time.astimezone(_BERLIN):%d.%m.%Y, %H:%M} Uhr"


def moment_exact(time: datetime) -> str:
    """Return a time in German legal time, to the second."""
    return f"{time.astimezone(_BERLIN):%d.%m.%Y, %H:%M:%S} Uhr"


def size(count: int) -> str:
    """Return a number of bytes as people say it."""
    if count < _KIBIBYTE:
        return f"{count} Byte"
    if count < _KIBIBYTE**2:
        return f"{count / _KIBIBYTE:.0f} KB"
    return f"{count / _KIBIBYTE**2:.1f} MB".replace(".0 ", " ").replace(".", ",")


def certainty(confidence: float) -> str:
    """Return a confidence (0 to 1) in words and per cent."""
    words = next((words for least, words in _CERTAINTY if confidence >= least), "sehr unsicher")
    return f"{words} ({int(confidence * 100)} %)"


def sentence(reason: Reason) -> str:
    """Return the German sentence of a reason."""
    return SENTENCES[reason].de


def beginning(page: int, boundary: Boundary) -> str:
    """Return in a sentence on which page of a document another may begin, and why."""
    why = ", ".join(_BOUNDARY_REASONS[reason] for reason in boundary.reasons)
    said = f"Möglicherweise beginnt auf Seite {page} ein neues Dokument"
    return f"{said}: {why}." if why else f"{said}."


def media_type(name: str) -> str:
    """Return what a media type is called."""
    return _MEDIA_TYPES.get(name, "Datei")


def in_blocks(code: str) -> str:
    """Return a receipt code in blocks of four, as people read it aloud."""
    return " ".join(code[at : at + _CODE_BLOCK] for at in range(0, len(code), _CODE_BLOCK))


def plural(count: int, one: str, many: str) -> str:
    """Return a count with the right word."""
    return f"{count} {one if count == 1 else many}"
