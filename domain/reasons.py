"""Why an item or a document did not simply go through, each with a sentence for people.

The codes are part of the contract (API, ``inspect``, clearing list).
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Reason(StrEnum):
    """Stable codes of everything that makes the gate, the reader or the routing stop."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNSUPPORTED_TYPE = "unsupported_type"
    MALWARE = "malware"
    PDF_ENCRYPTED = "pdf_encrypted"
    PDF_DAMAGED = "pdf_damaged"
    IMAGE_DAMAGED = "image_damaged"
    MAIL_DAMAGED = "mail_damaged"
    OFFICE_DAMAGED = "office_damaged"
    OFFICE_UNAVAILABLE = "office_unavailable"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PARTS = "too_many_parts"
    READER_TIMEOUT = "reader_timeout"
    READER_MEMORY = "reader_memory"
    READER_CRASHED = "reader_crashed"
    NO_TEXT = "no_text"
    LOW_CONFIDENCE = "low_confidence"
    UNKNOWN_TYPE = "unknown_type"
    CLARIFY_BY_LAW = "clarify_by_law"
    MIXED_CONTENT = "mixed_content"
    CONFLICTING_REFERENCES = "conflicting_references"
    PARTLY_READ = "partly_read"
    DOUBTFUL_BOUNDARY = "doubtful_boundary"
    ARCHIVE_SIGNED = "archive_signed"
    ARCHIVE_FONTS = "archive_fonts"
    ARCHIVE_IMPOSSIBLE = "archive_impossible"


@dataclass(frozen=True, slots=True)
class Sentence:
    """The same statement in German and in English."""

    de: str
    en: str


SENTENCES = MappingProxyType(
    {
        Reason.EMPTY: Sentence(
            "Die Datei ist leer. Bitte prüfen Sie sie und senden Sie sie erneut.",
            "The file is empty. Please check it and send it again.",
        ),
        Reason.TOO_LARGE: Sentence(
            "Die Datei ist zu groß. Bitte teilen Sie sie auf oder verkleinern Sie sie.",
            "The file is too large. Please split it or make it smaller.",
        ),
        Reason.UNSUPPORTED_TYPE: Sentence(
            "Dieses Dateiformat kann nicht gelesen werden; eine Person sieht es sich an.",
            "This file format cannot be read; a person will look at it.",
        ),
        Reason.MALWARE: Sentence(
            "Die Datei enthält Schadsoftware und wurde unter Quarantäne gestellt.",
            "The file contains malware and has been quarantined.",
        ),
        Reason.PDF_ENCRYPTED: Sentence(
            "Die PDF-Datei ist mit einem Passwort geschützt. Bitte ohne Passwort senden.",
            "The PDF file is protected by a password. Please send it without one.",
        ),
        Reason.PDF_DAMAGED: Sentence(
            "Die PDF-Datei ist beschädigt; das Original bleibt erhalten und wird geprüft.",
            "The PDF file is damaged; the original is kept and will be examined.",
        ),
        Reason.IMAGE_DAMAGED: Sentence(
            "Das Bild ist beschädigt; das Original bleibt erhalten und wird geprüft.",
            "The image is damaged; the original is kept and will be examined.",
        ),
        Reason.MAIL_DAMAGED: Sentence(
            "Die E-Mail ist beschädigt; das Original bleibt erhalten und wird geprüft.",
            "The e-mail is damaged; the original is kept and will be examined.",
        ),
        Reason.OFFICE_DAMAGED: Sentence(
            "Die Office-Datei lässt sich nicht öffnen; das Original wird geprüft.",
            "The office file cannot be opened; the original will be examined.",
        ),
        Reason.OFFICE_UNAVAILABLE: Sentence(
            "Office-Dateien werden hier nicht gelesen (LibreOffice fehlt); eine Person prüft.",
            "Office files are not read here (LibreOffice is missing); a person will look.",
        ),
        Reason.TOO_MANY_PAGES: Sentence(
            "Die Datei hat zu viele Seiten. Bitte teilen Sie sie auf.",
            "The file has too many pages. Please split it.",
        ),
        Reason.TOO_MANY_PIXELS: Sentence(
            "Das Bild ist zu groß. Bitte senden Sie es mit geringerer Auflösung.",
            "The image is too large. Please send it at a lower resolution.",
        ),
        Reason.TOO_MANY_PARTS: Sentence(
            "Die E-Mail hat zu viele Anlagen. Bitte teilen Sie sie auf.",
            "The e-mail has too many attachments. Please split it.",
        ),
        Reason.READER_TIMEOUT: Sentence(
            "Das Lesen dauerte zu lange; das Original bleibt erhalten und wird geprüft.",
            "Reading took too long; the original is kept and will be examined.",
        ),
        Reason.READER_MEMORY: Sentence(
            "Das Lesen brauchte zu viel Speicher; das Original wird geprüft.",
            "Reading needed too much memory; the original will be examined.",
        ),
        Reason.READER_CRASHED: Sentence(
            "Die Datei ließ sich nicht lesen; das Original bleibt erhalten und wird geprüft.",
            "The file could not be read; the original is kept and will be examined.",
        ),
        Reason.NO_TEXT: Sentence(
            "Auf den Seiten wurde kein Text erkannt.",
            "No text was recognised on the pages.",
        ),
        Reason.LOW_CONFIDENCE: Sentence(
            "Die Art des Dokuments ist nicht sicher genug erkannt.",
            "The type of the document was not recognised with enough confidence.",
        ),
        Reason.UNKNOWN_TYPE: Sentence(
            "Die Art des Dokuments wurde nicht erkannt.",
            "The type of the document was not recognised.",
        ),
        Reason.CLARIFY_BY_LAW: Sentence(
            "Die Art allein entscheidet nicht, welcher Träger zuständig ist.",
            "The type alone does not decide which carrier is responsible.",
        ),
        Reason.MIXED_CONTENT: Sentence(
            "Die Datei scheint mehrere Dokumente oder weitere, verborgene Dateien zu enthalten.",
            "The file seems to hold several documents, or further files that no page shows.",
        ),
        Reason.CONFLICTING_REFERENCES: Sentence(
            "Die Angaben zum Aktenzeichen widersprechen sich.",
            "The references to the case contradict each other.",
        ),
        Reason.PARTLY_READ: Sentence(
            "Ein Teil der Seite konnte nicht gelesen werden.",
            "A part of the page could not be read.",
        ),
        Reason.DOUBTFUL_BOUNDARY: Sentence(
            "Möglicherweise beginnt auf einer der Seiten ein weiteres Dokument.",
            "Another document may begin on one of the pages.",
        ),
        Reason.ARCHIVE_SIGNED: Sentence(
            "Die Datei ist elektronisch signiert und bleibt, wie sie ist; PDF/A gibt es keines.",
            "The file is electronically signed and stays unchanged; there is no PDF/A of it.",
        ),
        Reason.ARCHIVE_FONTS: Sentence(
            "Der Datei fehlen Schriften; eine PDF/A-Fassung würde anders aussehen als sie.",
            "The file lacks fonts; a PDF/A of it would look different.",
        ),
        Reason.ARCHIVE_IMPOSSIBLE: Sentence(
            "Aus der Datei lässt sich ohne Verlust keine PDF/A-Fassung machen.",
            "No PDF/A can be made of the file without loss.",
        ),
    }
)
