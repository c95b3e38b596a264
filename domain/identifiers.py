"""Identifiers of the field, their spelling and their check digits."""

import re

# Only the digits 0 to 9: \d would let the same number in under other scripts' digits.
_BG = re.compile(r"([0-9]{5})\s?(?:/{1,2}|BG)\s?([0-9]{7})")
_KUNDENNUMMER = re.compile(r"([0-9]{3})\s?([A-Z])\s?([0-9]{6})")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_IBAN_LENGTH_DE = 22
_IBAN_MODULUS = 97


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
