"""Separator sheets: only genuine codes split a stack, and printed sheets can be read."""

import base64
import hmac
import io

import pypdfium2  # it ships no types
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from corpus.degrading import degrade, raster
from domain.errors import ConfigurationError, MalformedRequestError
from domain.ids import TypeCode
from domain.reading import Barcode, SheetNote
from intake.separators import separator_sheets_pdf
from intake.sheetcodes import (
    PLAIN,
    is_separator,
    read_sheet,
    separator_check,
    separator_payload,
    sheet_payload,
)
from ocr.marks import barcodes
from ocr.pages import Picture

KEY = bytes(range(32))
OTHER = bytes(32)
SHEET = "0123456789ABCDEF"
GENUINE = separator_payload(SHEET, key=KEY)


class Counting:
    """Randomness that counts, so that each sheet has another id."""

    def __init__(self) -> None:
        self.count = 0

    def token(self, size: int) -> bytes:
        self.count += 1
        return self.count.to_bytes(size)

    def uuid(self) -> str:
        return "00000000-0000-4000-8000-000000000000"


NOTE = SheetNote("Morgen 1", TypeCode("mietvertrag"), "12345//0001234")
NOTED = sheet_payload(SHEET, key=KEY, randomness=Counting(), note=NOTE)


def test_the_payload_is_what_the_format_says() -> None:
    digest = hmac.digest(KEY, b"PST1:SEP:0123456789ABCDEF", "sha256")
    mac = base64.b32encode(digest[:16]).decode().rstrip("=")
    assert f"PST1:SEP:0123456789ABCDEF:{mac}" == GENUINE
    assert GENUINE.isascii()
    assert len(mac) == 26


def test_a_genuine_code_is_a_separator() -> None:
    assert is_separator(GENUINE, key=KEY)
    assert is_separator(separator_payload("0a1b2c3d", key=KEY), key=KEY)


def test_a_foreign_code_is_not() -> None:
    assert not is_separator(separator_payload(SHEET, key=OTHER), key=KEY)
    assert not is_separator(GENUINE, key=OTHER)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PST1:SEP",
        "PST1:SEP::",
        f"PST1:SEP:{SHEET}:",
        f"PST1:SEP:{SHEET}",
        GENUINE.lower(),
        f" {GENUINE}",
        f"{GENUINE}\n",
        f"{GENUINE}=",
        f"{GENUINE}======",
        GENUINE.replace("PST1", "PST2"),
        GENUINE.replace("SEP", "SAP"),
        GENUINE.replace("0123", "0124"),
        GENUINE.replace("0", "٠"),
        GENUINE + GENUINE,
        "https://example.org/",
        "ü" * 500,
    ],
)
def test_altered_codes_are_not(text: str) -> None:
    assert not is_separator(text, key=KEY)


@given(st.integers(0, len(GENUINE) - 1))
def test_truncated_codes_are_not(length: int) -> None:
    assert not is_separator(GENUINE[:length], key=KEY)


@given(st.integers(0, len(GENUINE) - 1), st.characters())
def test_a_code_with_one_other_character_is_not(at: int, char: str) -> None:
    altered = GENUINE[:at] + char + GENUINE[at + 1 :]
    assert is_separator(altered, key=KEY) == (altered == GENUINE)


@given(st.text(max_size=80))
def test_no_text_makes_the_check_fail(text: str) -> None:
    assert not is_separator(text, key=KEY)


def test_the_unused_bits_of_the_last_character_are_no_second_spelling() -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    spellings = [GENUINE[:-1] + char for char in alphabet]
    assert [text for text in spellings if is_separator(text, key=KEY)] == [GENUINE]


@pytest.mark.parametrize("sheet", ["", "1234567", "G" * 8, "0" * 17, "0123 567", "٠" * 8])
def test_odd_sheet_ids_are_refused(sheet: str) -> None:
    with pytest.raises(MalformedRequestError):
        separator_payload(sheet, key=KEY)


def test_a_short_key_is_refused_before_anything_is_read() -> None:
    with pytest.raises(ConfigurationError):
        separator_check(b"short")
    with pytest.raises(ConfigurationError):
        separator_payload(SHEET, key=b"")


def test_the_check_names_the_pages_with_genuine_codes() -> None:
    seen = [
        Barcode(1, "QRCode", "https://example.org/"),
        Barcode(2, "QRCode", GENUINE),
        Barcode(2, "QRCode", GENUINE),
        Barcode(3, "QRCode", separator_payload(SHEET, key=OTHER)),
        Barcode(7, "QRCode", separator_payload("FEDCBA98", key=KEY)),
    ]
    assert separator_check(KEY)(seen) == {2: PLAIN, 7: PLAIN}
    assert separator_check(KEY)([]) == {}


def test_printed_sheets_can_be_read_and_have_ids_of_their_own() -> None:
    pdf = separator_sheets_pdf(2, key=KEY, randomness=Counting())
    codes = []
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 2
        for page in document:
            assert page.get_size() == pytest.approx((595.3, 841.9), abs=0.1)
            assert "zwischen zwei Dokumente legen" in page.get_textpage().get_text_range()
            codes.append(zxingcpp.read_barcodes(page.render(scale=200 / 72).to_pil()))
    names = [sorted(code.format.name for code in found) for found in codes]
    assert names == [["DataMatrix", "QRCode", "QRCode"]] * 2
    texts = {code.text for found in codes for code in found}
    assert texts == {
        separator_payload("0000000000000001", key=KEY),
        separator_payload("0000000000000002", key=KEY),
    }


@pytest.mark.parametrize("count", [-1, 0, 501])
def test_the_number_of_sheets_has_limits(count: int) -> None:
    with pytest.raises(MalformedRequestError):
        separator_sheets_pdf(count, key=KEY, randomness=Counting())


@pytest.mark.parametrize(
    "note",
    [
        NOTE,
        SheetNote(batch="A"),
        SheetNote(type=TypeCode("arbeitslosengeldbescheid")),
        SheetNote(case="123A456789"),
        SheetNote("Z" * 16, TypeCode("t" * 61), "12345//0001234"),
    ],
)
def test_a_sheet_says_what_was_printed_on_it(note: SheetNote) -> None:
    payload = sheet_payload(SHEET, key=KEY, randomness=Counting(), note=note)
    assert payload.isascii()
    assert read_sheet(payload, key=KEY) == note
    assert is_separator(payload, key=KEY)


def test_a_sheet_that_says_nothing_keeps_the_older_code() -> None:
    assert sheet_payload(SHEET, key=KEY, randomness=Counting()) == GENUINE
    assert read_sheet(GENUINE, key=KEY) == PLAIN


def test_the_code_does_not_show_what_it_says() -> None:
    for word in ("MORGEN", "MIETVERTRAG", "0001234", "12345"):
        assert word not in NOTED.upper().removeprefix(f"PST2:SEP:{SHEET}")


def test_a_note_under_another_key_is_no_sheet() -> None:
    assert read_sheet(NOTED, key=OTHER) is None


def test_a_note_cannot_be_moved_to_another_sheet() -> None:
    assert read_sheet(NOTED.replace("0123", "0124"), key=KEY) is None


@given(st.integers(0, len(NOTED) - 1), st.characters())
def test_a_noted_code_with_one_other_character_is_not_genuine(at: int, char: str) -> None:
    altered = NOTED[:at] + char + NOTED[at + 1 :]
    assert (read_sheet(altered, key=KEY) is None) == (altered != NOTED)


@given(st.integers(0, len(NOTED) - 1))
def test_truncated_notes_are_not_genuine(length: int) -> None:
    assert read_sheet(NOTED[:length], key=KEY) is None


@pytest.mark.parametrize(
    "note",
    [
        SheetNote(batch="zu lang für ein Blatt"),
        SheetNote(batch="a|b"),
        SheetNote(batch="Ü"),
        SheetNote(batch=" "),
        SheetNote(type=TypeCode("Mietvertrag")),
        SheetNote(type=TypeCode("a|b")),
        SheetNote(case="12345BG0001234"),
        SheetNote(case="1234"),
    ],
)
def test_what_a_sheet_cannot_say_is_not_printed(note: SheetNote) -> None:
    with pytest.raises(MalformedRequestError):
        sheet_payload(SHEET, key=KEY, randomness=Counting(), note=note)


def test_the_check_tells_what_each_sheet_says() -> None:
    seen = [Barcode(3, "QRCode", NOTED), Barcode(3, "DataMatrix", NOTED), Barcode(5, "x", GENUINE)]
    assert separator_check(KEY)(seen) == {3: NOTE, 5: PLAIN}


def test_sheets_on_one_page_that_disagree_separate_and_say_nothing() -> None:
    seen = [Barcode(3, "QRCode", NOTED), Barcode(3, "QRCode", GENUINE)]
    assert separator_check(KEY)(seen) == {3: PLAIN}
    assert separator_check(KEY)(seen[::-1]) == {3: PLAIN}


def test_a_sheet_shows_people_what_it_says_but_no_whole_case() -> None:
    pdf = separator_sheets_pdf(
        1, key=KEY, randomness=Counting(), note=NOTE, title="Mietvertrag & Anlagen"
    )
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage().get_text_range()
    for said in ("Stapel: Morgen 1", "Art: Mietvertrag & Anlagen", "Akte endet auf: 234"):
        assert said in text
    assert "0001234" not in text
    assert "bleibt im Haus" in text


@pytest.mark.parametrize("note", [PLAIN, NOTE])
@pytest.mark.parametrize("turn", [0, 180])
def test_a_sheet_can_be_read_from_a_noisy_scan(note: SheetNote, turn: int) -> None:
    pdf = separator_sheets_pdf(1, key=KEY, randomness=Counting(), note=note)
    (sheet,) = raster(pdf)
    content = degrade(sheet.rotate(turn), kind="poor", seed="sheet")
    with Image.open(io.BytesIO(content)) as scan:
        found = barcodes(Picture(scan, 200), 1)
    assert separator_check(KEY)(found) == {1: note}


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_longest_sheet_can_be_read_from_a_poor_scan(turn: int) -> None:
    note = SheetNote("Z" * 16, TypeCode("t" * 40), "12345//0001234")
    pdf = separator_sheets_pdf(1, key=KEY, randomness=Counting(), note=note)
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].render(scale=200 / 72).to_pil().convert("L")
    page = page.rotate(turn + 2, expand=True, fillcolor=255).filter(ImageFilter.GaussianBlur(1.2))
    page = Image.blend(page, Image.effect_noise(page.size, 60), 0.15)
    found = barcodes(Picture(page, 200), 1)
    assert separator_check(KEY)(found) == {1: note}
