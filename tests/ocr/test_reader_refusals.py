"""What is not read, and why: each with its outcome, never an exception."""

import os

import pytest
from PIL import Image

from domain.reading import Outcome, Reading
from domain.reasons import Reason
from ocr.gate import UNKNOWN, Kind
from ocr.limits import Limits
from ocr.sandbox import SandboxedReader
from tests.ocr import samples
from tests.ocr.conftest import Read


def refused(reading: Reading) -> tuple[Outcome, Reason | None]:
    assert reading.documents == ()
    return reading.outcome, reading.reason


@pytest.mark.parametrize(
    "content",
    [
        samples.archive_of_nothing(),
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"\x7fELF\x02\x01\x01\x00",
        b"#!/bin/sh\necho Hallo\n",
        b"{\\rtf1 Hallo}",
        b"<html><body>Hallo</body></html>",
        os.urandom(4096),
    ],
)
def test_other_formats_are_rejected(read: Read, content: bytes) -> None:
    reading = read(content)
    assert refused(reading) == (Outcome.REJECTED, Reason.UNSUPPORTED_TYPE)
    assert reading.media_type == UNKNOWN


def test_an_empty_item_is_rejected(read: Read) -> None:
    assert refused(read(b"")) == (Outcome.REJECTED, Reason.EMPTY)


def test_a_pdf_with_a_password_is_not_read(read: Read) -> None:
    reading = read(samples.encrypted_pdf(user="geheim"))
    assert refused(reading) == (Outcome.UNREADABLE, Reason.PDF_ENCRYPTED)
    assert reading.media_type == Kind.PDF.value


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\nnichts davon", samples.text_pdf()[:300], b"%PDF-1.4\ntrailer<</Root 1 0 R>>"],
)
def test_a_damaged_pdf_is_not_read(read: Read, content: bytes) -> None:
    assert refused(read(content)) == (Outcome.UNREADABLE, Reason.PDF_DAMAGED)


@pytest.mark.parametrize("name", ["JPEG", "PNG", "TIFF", "WEBP", "HEIF"])
@pytest.mark.parametrize("kept", [0.5, 0.02])
def test_a_truncated_image_is_not_read(read: Read, name: str, kept: float) -> None:
    content = samples.saved(samples.picture(), name)
    cut = content[: max(40, int(len(content) * kept))]
    assert refused(read(cut)) == (Outcome.UNREADABLE, Reason.IMAGE_DAMAGED)


@pytest.mark.parametrize(
    "members",
    [
        {"mimetype": Kind.ODT.value, "content.xml": "kein XML"},
        {"[Content_Types].xml": "kein XML", "word/document.xml": "auch nicht"},
    ],
)
def test_a_damaged_office_file_is_not_read(read: Read, members: dict[str, str]) -> None:
    content = samples.zipped(members)
    assert refused(read(content)) == (Outcome.UNREADABLE, Reason.OFFICE_DAMAGED)


def test_limits_stop_an_item() -> None:
    limits = Limits(pages=2, pixels=1_000_000, parts=1, input_bytes=200_000)
    wide = samples.saved(Image.new("1", (1001, 1000), 1), "PNG")
    wider = samples.saved(Image.new("1", (4000, 1000), 1), "PNG")
    inside = samples.scans(Image.new("L", (1500, 1500), 255))
    two = samples.mail(("a.txt", "text/plain", b"Eins"), ("b.txt", "text/plain", b"Zwei"))
    with SandboxedReader(limits=limits) as reader:
        for content, reason in (
            (samples.text_pdf(3), Reason.TOO_MANY_PAGES),
            (wide, Reason.TOO_MANY_PIXELS),
            (wider, Reason.TOO_MANY_PIXELS),
            (inside, Reason.TOO_MANY_PIXELS),
            (b"Zeile\n" * 200, Reason.TOO_MANY_PAGES),
            (two.as_bytes(), Reason.TOO_MANY_PARTS),
        ):
            reading = reader.read(content, name="x", separators=lambda _: {})
            assert refused(reading) == (Outcome.UNREADABLE, reason)
        large = reader.read(bytes(200_001), name="x", separators=lambda _: {})
        assert refused(large) == (Outcome.REJECTED, Reason.TOO_LARGE)
        fits = reader.read(samples.text_pdf(2), name="x", separators=lambda _: {})
        assert fits.outcome is Outcome.ACCEPTED
