"""Plain text: encodings, pages, and the font that must hold every letter."""

import io

import pikepdf
import pypdfium2  # ships no annotations
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import pdfa

from domain.reasons import Reason
from ocr.archive import archive_pdf
from ocr.limits import ReadingStoppedError
from ocr.plain import decode, set_pages, typeset

LETTER = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_german_text_is_decoded(encoding: str) -> None:
    text = "Übergrößenträger für 480 € – fällig"
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "content", [b"Text\x00", b"\xff\xfeT", b"\x81\x8d", b"\xa7\xa7\xb6 a", b""]
)
def test_what_is_not_text_is_not_decoded(content: bytes) -> None:
    assert decode(content) is None


@given(LETTER.filter(str.strip))
def test_every_written_text_survives_utf_8(text: str) -> None:
    assert decode(text.encode()) == text


@given(st.text(st.characters(codec="utf-8"), max_size=400))
def test_setting_pages_loses_no_word(text: str) -> None:
    pages = set_pages(text, pages=500)
    assert "".join("".join(pages).split()) == "".join(text.split())


def test_too_many_pages_are_refused_before_they_are_set() -> None:
    with pytest.raises(ReadingStoppedError) as stopped:
        set_pages("Zeile\n" * 51, pages=1)
    assert stopped.value.reason is Reason.TOO_MANY_PAGES


def test_pages_are_archivable_whatever_letters_they_hold() -> None:
    pages = set_pages("Grüße — 你好 🙂 \u202e\n" + "W" * 300, pages=5)
    archived = archive_pdf(typeset(pages)).pdfa
    assert archived is not None
    assert pdfa.validate_written(io.BytesIO(archived), "2b").passed
    with pikepdf.open(io.BytesIO(archived)) as book:
        assert len(book.pages) == 1
    shown = pypdfium2.PdfDocument(archived)[0].get_textpage().get_text_range()
    assert shown.startswith("Grüße — ??")
