"""A fictitious document with its files, and ways to write hostile packages about it."""

import datetime as dt
import hashlib
import io
import zipfile
from collections.abc import Iterable
from decimal import Decimal

from domain.catalogue import Protection
from domain.ids import DocumentId, MessageId, Sha256, TypeCode
from domain.letters import Rendition
from domain.post import Channel
from domain.reading import Fields, Period
from efile.exchange.formats import primary_file_name
from efile.exchange.package import message_name
from efile.exchange.values import Announcement, DecidedBy, PrimaryFile, ReceiptConfirmation

UUID = "5b0e6a52-3c1f-4f0e-9a51-0d6c7a1b2c0{}"
PROCESS = UUID.format(1)
NIGHT = dt.datetime(2026, 1, 15, 23, 30, tzinfo=dt.UTC)
PHOTO = b"\xff\xd8 a fictitious photo" * 40
ARCHIVE_PDF = b"%PDF-1.7 a fictitious document" * 50


def primary_file(
    content: bytes, media_type: str, rendition: Rendition, *, digit: int = 4
) -> PrimaryFile:
    return PrimaryFile(
        name=primary_file_name(UUID.format(digit), media_type, "Mietvertrag Größe"),
        original_name="Foto & Vertrag <1>.jpg" if rendition is Rendition.ORIGINAL else "",
        media_type=media_type,
        sha256=Sha256(hashlib.sha256(content).hexdigest()),
        size=len(content),
        created_at=NIGHT,
        rendition=rendition,
    )


PHOTO_FILE = primary_file(PHOTO, "image/jpeg", Rendition.ORIGINAL)
PDFA_FILE = primary_file(ARCHIVE_PDF, "application/pdf", Rendition.PDFA, digit=5)

ANNOUNCEMENT = Announcement(
    process_id=PROCESS,
    message_id=MessageId(UUID.format(2)),
    document_id=DocumentId(UUID.format(3)),
    created_at=NIGHT,
    sender="Jobcenter Musterstadt",
    recipient="Stadt Musterstadt",
    title="Mietvertrag Lindenstraße",
    type_code=TypeCode("mietvertrag"),
    type_title="Mietvertrag",
    received_at=NIGHT,
    reference="12345//0000017",
    protection=Protection.NORMAL,
    channel=Channel.APP,
    receipt_digest="9f" * 32,
    basis="§ 22 SGB II",
    confidence=0.9731,
    decided_by=DecidedBy.POLICY,
    fields=Fields(
        bg_nummer="12345//0000017",
        kundennummer="123A456789",
        iban="DE02120300000000202051",
        geburtsdatum=dt.date(1980, 2, 3),
        name="Änne Beispiel-Öß",
        dokumentdatum=dt.date(2026, 1, 3),
        rvnr="65170839J003",
        steuer_id="86095742719",
        betrag=Decimal("480.00"),
        zeitraum=Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
    ),
    files=(PHOTO_FILE, PDFA_FILE),
)

CONFIRMATION = ReceiptConfirmation(
    process_id=PROCESS,
    created_at=NIGHT,
    sender="Stadt Musterstadt",
    recipient="Jobcenter Musterstadt",
    note="In Bearbeitung genommen.",
)

CONTENTS = {PHOTO_FILE.name: PHOTO, PDFA_FILE.name: ARCHIVE_PDF}
MESSAGE_NAME = message_name(PROCESS)


def pieces(content: bytes, size: int = 100) -> Iterable[bytes]:
    return (content[start : start + size] for start in range(0, len(content), size))


def zipped(
    members: Iterable[tuple[str | zipfile.ZipInfo, bytes]], *, method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """Write a ZIP as a careless or hostile sender would."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()
