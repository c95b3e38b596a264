import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.identifiers import (
    parse_bg_nummer,
    parse_iban,
    parse_kundennummer,
    parse_reference,
    parse_rvnr,
    parse_steuer_id,
)


@pytest.mark.parametrize(
    "text",
    ["12345//0001234", "12345/0001234", "12345BG0001234", "12345 // 0001234", " 12345bg0001234 "],
)
def test_a_bg_nummer_is_read_in_every_spelling(text: str) -> None:
    assert parse_bg_nummer(text) == "12345//0001234"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1234//0001234",
        "12345//001234",
        "12345///0001234",
        "123450001234",
        "12345//0001234x",
        "x12345//0001234",
        "12345//000123４",
        "١٢٣٤٥//٠٠٠١٢٣٤",
        "12345\n\n//0001234",
    ],
)
def test_what_is_no_bg_nummer_is_none(text: str) -> None:
    assert parse_bg_nummer(text) is None


@pytest.mark.parametrize("text", ["123A456789", "123 a 456789", " 123A456789\n"])
def test_a_kundennummer_is_read_in_every_spelling(text: str) -> None:
    assert parse_kundennummer(text) == "123A456789"


@pytest.mark.parametrize("text", ["", "123Ä456789", "123A45678", "1234A56789", "١٢٣A456789"])
def test_what_is_no_kundennummer_is_none(text: str) -> None:
    assert parse_kundennummer(text) is None


def test_a_reference_is_either_of_both() -> None:
    assert parse_reference("12345/0001234") == "12345//0001234"
    assert parse_reference("123a456789") == "123A456789"
    assert parse_reference("Miete August") is None


# The examples of the standard's registry; no account of anybody.
@pytest.mark.parametrize(
    "text", ["DE89 3704 0044 0532 0130 00", "gb29nwbk60161331926819", "NO93 8601 1117 947"]
)
def test_an_iban_with_the_right_check_number_is_read(text: str) -> None:
    assert parse_iban(text) == text.replace(" ", "").upper()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "DE88 3704 0044 0532 0130 00",
        "DE89 3704 0044 0532 0130 0",
        "DE89 3704 0044 0532 0130 000",
        "DE８9370400440532013000",
        "89DE370400440532013000",
    ],
)
def test_an_iban_that_is_wrong_is_none(text: str) -> None:
    assert parse_iban(text) is None


@given(st.integers(0, 21), st.sampled_from(string.digits))
def test_one_wrong_digit_is_always_noticed(at: int, digit: str) -> None:
    right = "DE89370400440532013000"
    changed = right[:at] + digit + right[at + 1 :]
    assert parse_iban(changed) == (right if changed == right else None)


@given(st.text(max_size=30))
def test_what_is_read_reads_the_same_again(text: str) -> None:
    for parse in (
        parse_bg_nummer,
        parse_kundennummer,
        parse_reference,
        parse_iban,
        parse_rvnr,
        parse_steuer_id,
    ):
        found = parse(text)
        assert found is None or (parse(found) == found and found.isascii())


@given(st.from_regex(r"[0-9]{5}(/|//|BG)[0-9]{7}", fullmatch=True))
def test_every_bg_nummer_is_normalised(text: str) -> None:
    found = parse_bg_nummer(text)
    assert found is not None
    assert found[:5] == text[:5]
    assert found[-7:] == text[-7:]


# Examples that publications about the numbers use; they belong to nobody.
@pytest.mark.parametrize(
    ("text", "rvnr"),
    [
        ("15 070649 C 103", "15070649C103"),
        ("65180539w001", "65180539W001"),
        (" 15070649C103\n", "15070649C103"),
    ],
)
def test_a_versicherungsnummer_with_the_right_check_digit_is_read(text: str, rvnr: str) -> None:
    assert parse_rvnr(text) == rvnr


@pytest.mark.parametrize(
    "text",
    [
        "",
        "15070649C104",
        "15070649C10",
        "15070649C1030",
        "1507064９C103",
        "150706491103",
        "15071349C103",
        "15990649C103",
        "15070649Ä103",
    ],
)
def test_a_versicherungsnummer_that_is_wrong_is_none(text: str) -> None:
    assert parse_rvnr(text) is None


@given(st.integers(0, 11), st.sampled_from(string.digits))
def test_a_wrong_check_digit_of_a_versicherungsnummer_is_noticed(at: int, digit: str) -> None:
    right = "15070649C103"
    changed = right[:11] + digit if at == 11 else right
    assert parse_rvnr(changed) == (right if changed == right else None)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("86095742719", "86095742719"),
        ("86 095 742 719", "86095742719"),
        ("65929970489", "65929970489"),
    ],
)
def test_an_identifikationsnummer_with_the_right_check_digit_is_read(
    text: str, number: str
) -> None:
    assert parse_steuer_id(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "86095742718",
        "8609574271",
        "860957427190",
        "06095742719",
        "86O95742719",
        "86095742７19",
        "12345678903",
        "11122345671",
        "11123456782",
    ],
)
def test_an_identifikationsnummer_that_is_wrong_is_none(text: str) -> None:
    assert parse_steuer_id(text) is None


def _with_check_digit(body: str) -> str:
    """Append the one digit that the parser accepts, "" if it accepts none."""
    return next((body + digit for digit in string.digits if parse_steuer_id(body + digit)), "")


@pytest.mark.parametrize(
    ("body", "valid"),
    [
        ("1123456789", True),
        ("1213145678", True),
        ("1112345678", False),
        ("1122345678", False),
        ("1234567890", False),
        ("1213141567", False),
    ],
)
def test_exactly_one_digit_is_repeated_two_or_three_times(body: str, *, valid: bool) -> None:
    assert bool(_with_check_digit(body)) is valid
