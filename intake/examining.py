"""Gate and reading of one item, with nothing kept: scan for malware, then read in the sandbox.

Owns the order of the two and what the mail room believes of an answer. Refuses to know a database.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.ports import MalwareScanner, Reader, SeparatorCheck
from domain.reading import Outcome, Reading
from domain.reasons import Reason


@dataclass(frozen=True, slots=True)
class Examination:
    """What the gate and the reading work with."""

    reader: Reader
    scanner: MalwareScanner
    separators: SeparatorCheck


def examine(content: bytes, *, name: str, examination: Examination) -> Reading:
    """Scan and read one item without keeping anything; never raises for bad content."""
    if not content:
        return Reading(Outcome.REJECTED, "application/octet-stream", Reason.EMPTY)
    if examination.scanner.scan(content) is not None:
        return Reading(Outcome.QUARANTINED, "application/octet-stream", Reason.MALWARE)
    reading = examination.reader.read(content, name=name, separators=examination.separators)
    if any(examination.scanner.scan(part) is not None for part in _parts(reading)):
        return Reading(Outcome.QUARANTINED, reading.media_type, Reason.MALWARE)
    if not _self_contained(reading):
        return Reading(Outcome.UNREADABLE, reading.media_type, Reason.READER_CRASHED)
    return reading


def _parts(reading: Reading) -> Iterator[bytes]:
    for document in reading.documents:
        if document.original is not None:
            yield document.original


def _self_contained(reading: Reading) -> bool:
    """Tell whether every document of a stack has an original of its own.

    The whole item may hold pages of somebody else and must not stand in for one of them.
    """
    return len(reading.documents) <= 1 or all(
        document.original is not None for document in reading.documents
    )
