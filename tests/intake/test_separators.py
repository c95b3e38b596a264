"""Separator sheets: only genuine codes split a stack, and printed sheets can be read."""

import base64
import hmac

import pypdfium2  # it ships no types
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import ConfigurationError, MalformedRequestError
from domain.reading import Barcode
from intake.separators import (
    is_separator,
    separator_check,
    separator_payload,
    separator_sheets_pdf,
)

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
    assert separator_check(KEY)(seen) == frozenset({2, 7})
    assert separator_check(KEY)([]) == frozenset()


def test_printed_sheets_can_be_read_and_have_ids_of_their_own() -> None:
    pdf = separator_sheets_pdf(2, key=KEY, randomness=Counting())
    codes = []
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 2
        for page in document:
            assert page.get_size() == pytest.approx((595.3, 841.9), abs=0.1)
            assert "zwischen zwei Dokumente legen" in page.get_textpage().get_text_range()
            codes.append(zxingcpp.read_barcodes(page.render(scale=200 / 72).to_pil()))
    assert [len(found) for found in codes] == [2, 2]
    texts = {code.text for found in codes for code in found}
    assert texts == {
        separator_payload("0000000000000001", key=KEY),
        separator_payload("0000000000000002", key=KEY),
    }


@pytest.mark.parametrize("count", [-1, 0, 501])
def test_the_number_of_sheets_has_limits(count: int) -> None:
    with pytest.raises(MalformedRequestError):
        separator_sheets_pdf(count, key=KEY, randomness=Counting())
