"""Identifiers of the field, their spelling and their check digits."""

import re
from collections import Counter

# Only the digits 0 to 9: \d would let the same number in under other scripts' digits.
_BG = re.compile(r"([0-9]{5})\s?(?:/{1,2}|BG)\s?([0-9]{7})")
_KUNDENNUMMER = re.compile(r"([0-9]{3})\s?([A-Z])\s?([0-9]{6})")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_IBAN_LENGTH_DE = 22
_IBAN_MODULUS = 97
_RVNR = re.compile(r"([0-9]{2})([0-9]{2})(0[0-9]|1[0-2])([0-9]{2})([A-Z])([0-9]{3})")
_RVNR_FACTORS = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
_LATEST_DAY = 63
"""A birthday, raised by 32 where all serial numbers of the day were given away."""
_STEUER_ID = re.compile(r"[1-9][0-9]{10}")
_REPETITIONS = ([2], [3])
"""One digit of the first ten occurs twice or three times, all others at most once."""


def parse_bg_nummer(text: str) -> str | None:
    """Return a number of a Bedarfsgemeinschaft as ``NNNNN//NNNNNNN``, or None."""
    match = _BG.fullmatch(text.strip().upper())
    return f"{match[1]}//{match[2]}" if match else None


def parse_kundennummer(text: str) -> str | None:
    """Return a Kundennummer of the agency as ``NNNANNNNNN``, or None."""
    match = _KUNDENNUMMER.fullmatch(text.strip().upper())
    return "".join(match.groups()) if match else None


def parse_reference(text: str) -> str | None:
    """Return either kind of case reference in its normal spelling, or None."""
    return parse_bg_nummer(text) or parse_kundennummer(text)


def parse_iban(text: str) -> str | None:
    """Return an IBAN without blanks if its check number is right (ISO 13616), or None."""
    iban = "".join(text.split()).upper()
    if not _IBAN.fullmatch(iban) or (iban.startswith("DE") and len(iban) != _IBAN_LENGTH_DE):
        return None
    digits = "".join(str(int(char, 36)) for char in iban[4:] + iban[:4])
    return iban if int(digits) % _IBAN_MODULUS == 1 else None


def parse_rvnr(text: str) -> str | None:
    """Return a Versicherungsnummer (§ 147 SGB VI) without blanks, or None.

    The check digit is that of § 4 VKVV.
    """
    rvnr = "".join(text.split()).upper()
    match = _RVNR.fullmatch(rvnr)
    if not match or int(match[2]) > _LATEST_DAY:
        return None
    digits = f"{rvnr[:8]}{ord(rvnr[8]) - ord('A') + 1:02}{rvnr[9:11]}"
    products = (int(digit) * factor for digit, factor in zip(digits, _RVNR_FACTORS, strict=True))
    return (
        rvnr
        if sum(sum(divmod(product, 10)) for product in products) % 10 == int(rvnr[-1])
        else None
    )


def parse_steuer_id(text: str) -> str | None:
    """Return an Identifikationsnummer (§ 139b AO) without blanks, or None.

    The check digit is that of ISO 7064, MOD 11,10.
    """
    number = "".join(text.split())
    if not _STEUER_ID.fullmatch(number):
        return None
    body = number[:-1]
    repeated = [count for count in Counter(body).values() if count > 1]
    if repeated not in _REPETITIONS or any(digit * 3 in body for digit in body):
        return None
    product = 10
    for digit in body:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return number if (11 - product) % 10 == int(number[-1]) else None
