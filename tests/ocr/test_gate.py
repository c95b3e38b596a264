"""The gate tells formats by their content alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reading import Outcome
from domain.reasons import Reason
from ocr.gate import Kind, sniff
from ocr.limits import ReadingStoppedError
from tests.ocr import samples

RECOGNISED = {
    "pdf": (samples.text_pdf(), Kind.PDF),
    "pdf after a banner": (b"Scanner 3000\n" + samples.text_pdf(), Kind.PDF),
    "jpeg": (samples.jpeg(), Kind.JPEG),
    "png": (samples.saved(samples.blank_sheet(), "PNG"), Kind.PNG),
    "tiff": (samples.saved(samples.blank_sheet(), "TIFF"), Kind.TIFF),
    "tiff, big-endian": (b"MM\x00*\x00\x00\x00\x08", Kind.TIFF),
    "webp": (samples.saved(samples.blank_sheet(), "WEBP"), Kind.WEBP),
    "heic": (samples.saved(samples.blank_sheet(), "HEIF"), Kind.HEIC),
    "docx": (samples.docx(), Kind.DOCX),
    "odt": (samples.odt(), Kind.ODT),
    "mail": (samples.mail().as_bytes(), Kind.MAIL),
    "mail, received": (b"Received: by x\r\n\tid 1\r\nTo: b\r\nSubject: c\r\n\r\nHallo", Kind.MAIL),
    "mail with a PDF": (
        samples.mail(("a.pdf", "application/pdf", samples.text_pdf())).as_bytes(),
        Kind.MAIL,
    ),
    "text": ("Grüße aus Köln".encode(), Kind.TEXT),
    "letter with colons": (b"Betreff: Antrag\nFrom: hier an\n\nGuten Tag", Kind.TEXT),
}

REJECTED = {
    "zip": samples.archive_of_nothing(),
    "zip with a foreign mimetype": samples.zipped({"mimetype": "x", "content.xml": "<a/>"}),
    "torn zip": samples.docx()[:-30],
    "gif": b"GIF89a\x01\x00\x01\x00\x80\x00\x00",
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
    "program": b"\x7fELF\x02\x01\x01\x00",
    "script": b"#!/usr/bin/env python3\nprint()\n",
    "postscript": b"%!PS-Adobe-3.0\n",
    "html": b"\xef\xbb\xbf  <!DOCTYPE html><p>Hallo",
    "spaces": b"  \n\n ",
    "zeros": bytes(100),
}


@pytest.mark.parametrize("name", RECOGNISED)
def test_what_is_read_is_recognised(name: str) -> None:
    content, kind = RECOGNISED[name]
    assert sniff(content) is kind


@pytest.mark.parametrize("name", REJECTED)
def test_everything_else_is_rejected(name: str) -> None:
    with pytest.raises(ReadingStoppedError) as stopped:
        sniff(REJECTED[name])
    assert stopped.value.outcome is Outcome.REJECTED
    assert stopped.value.reason is Reason.UNSUPPORTED_TYPE


@given(st.binary(max_size=300))
def test_any_bytes_are_recognised_or_rejected(content: bytes) -> None:
    try:
        found: object = sniff(content)
    except ReadingStoppedError as stopped:
        found = stopped.reason
    assert found in {*Kind, Reason.UNSUPPORTED_TYPE if content else Reason.EMPTY}
