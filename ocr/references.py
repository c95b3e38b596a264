"""References found in text: BG numbers, Kundennummern and IBANs.

Owns where such a number may be believed: next to its label, or in a spelling that nothing
else has. Confused characters (O for 0, l for 1, B for 8) are repaired next to a label alone;
everywhere else a number is read as it stands or not at all.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.identifiers import parse_bg_nummer, parse_iban, parse_kundennummer

_DIGIT = r"[\dOoIl|B]"
_REPAIRS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1", "B": "8"})
_NEAR = r"[^\n\dA-Za-zÄÖÜäöü]{0,12}(?:\n[^\S\n]{0,20})?"
_BG_LABEL = (
    r"(?:BG[- ]?Nummer|BG[- ]?Nr\.?|Nummer der Bedarfsgemeinschaft|Bedarfsgemeinschaftsnummer"
    r"|Nr\.? der Bedarfsgemeinschaft|Bedarfsgemeinschaft(?:\s?Nr\.?)?"
    r"|(?:Mein |Ihr |Unser )?(?:Aktenzeichen|Gesch(?:ä|a|ae)ftszeichen|Zeichen)|\bAz\.?|\bGz\.?)"
)
_LABELLED_BG = re.compile(
    rf"{_BG_LABEL}{_NEAR}({_DIGIT}{{5}})\s?(//?|[B8][G6])\s?({_DIGIT}{{7}})(?![\w/])", re.IGNORECASE
)
_PLAIN_BG = re.compile(r"(?<![\w/])\d{5}(?: ?// ?| ?BG ?)\d{7}(?![\w/])")
_LABELLED_KUNDENNUMMER = re.compile(
    rf"(?:Kundennummer|Kunden[- ]?Nr\.?|Kd\.?[- ]?Nr\.?){_NEAR}"
    rf"({_DIGIT}{{3}})\s?([A-Z])\s?({_DIGIT}{{6}})(?![\w/])"
)
_PLAIN_KUNDENNUMMER = re.compile(r"(?<![\w/])\d{3}[A-Z]\d{6}(?![\w/])")
_IBAN_LENGTHS = {
    "DE": 22, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CZ": 24, "DK": 18, "ES": 24, "FR": 27,
    "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IT": 27, "LT": 20, "LU": 20, "LV": 21,
    "MT": 31, "NL": 18, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "TR": 26,
    "UA": 29,
}  # fmt: skip
_IBAN_START = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2} ?[0-9OIl]{2}(?= ?[0-9A-ZIl])")
_IBAN_BODY = re.compile(r"[A-Za-z0-9|](?:[ \n]?[A-Za-z0-9|]){0,33}")
_OWN_ACCOUNT = re.compile(
    r"Kontoinhaber|(?:Ihr|mein|eigene)e?[snm]?\s+(?:Konto|Bankverbindung|Girokonto)"
    r"|Konto\s+d(?:er|es)\s+(?:Antragsteller|Arbeitnehmer|Versicherten)"
    r"|(?:Auszahlung|(?:ü|ue)berwiesen|(?:Ü|ü|Ue)berweisung)\s+(?:auf|an)|Girokonto|Kontoauszug",
    re.IGNORECASE,
)
_FOREIGN_ACCOUNT = re.compile(
    r"Vermieter|Empf(?:ä|a|ae)nger|(?:unser|auf das folgende)e?\s+(?:Konto|Bankverbindung)"
    r"|Hausverwaltung|Gl(?:ä|a|ae)ubiger|Finanzamt|Stadtkasse",
    re.IGNORECASE,
)
_CONTEXT = 90


@dataclass(frozen=True, slots=True)
class BgNummern:
    """The BG number of a document (None if several compete) and all that were seen."""

    chosen: str | None
    seen: tuple[str, ...]


def read_bg_nummern(text: str) -> BgNummern:
    """Return BG numbers as ``NNNNN//NNNNNNN`` in the order of their appearance."""
    labelled = {match.start(1): _repaired_bg(match) for match in _LABELLED_BG.finditer(text)}
    plain = {match.start(): parse_bg_nummer(match[0]) for match in _PLAIN_BG.finditer(text)}
    placed = sorted({**plain, **labelled}.items())
    seen = tuple(dict.fromkeys(number for _, number in placed if number))
    return BgNummern(_only(labelled.values()) if labelled else _only(seen), seen)


def _repaired_bg(match: re.Match[str]) -> str | None:
    district, number = match[1].translate(_REPAIRS), match[3].translate(_REPAIRS)
    return parse_bg_nummer(f"{district}//{number}")


def read_kundennummer(text: str) -> str | None:
    """Return the Kundennummer of the agency as ``NNNANNNNNN``, None if several compete."""
    labelled = [
        parse_kundennummer(
            f"{match[1].translate(_REPAIRS)}{match[2]}{match[3].translate(_REPAIRS)}"
        )
        for match in _LABELLED_KUNDENNUMMER.finditer(text)
    ]
    plain = [parse_kundennummer(match[0]) for match in _PLAIN_KUNDENNUMMER.finditer(text)]
    return _only(labelled) if any(labelled) else _only(plain)


def _only(found: Iterable[str | None]) -> str | None:
    distinct = {number for number in found if number}
    return distinct.pop() if len(distinct) == 1 else None


def read_iban(text: str) -> str | None:
    """Return the IBAN (ISO 13616, check number valid) most likely the person's own, or None."""
    found = [(_rank(text, at, iban), at, iban) for at, iban in _ibans(text)]
    return min(found)[2] if found else None


def _ibans(text: str) -> Iterator[tuple[int, str]]:
    for start in _IBAN_START.finditer(text):
        length = _IBAN_LENGTHS.get(start[0][:2])
        body = _IBAN_BODY.match(text, start.start())
        if length is None or body is None:
            continue
        compact = "".join(body[0].split())[:length]
        iban = parse_iban(compact) or parse_iban(compact[:2] + compact[2:].translate(_REPAIRS))
        if iban and len(iban) == length:
            yield start.start(), iban


def _rank(text: str, at: int, iban: str) -> tuple[bool, bool, bool, bool]:
    """Order: not somebody else's, the person's own, labelled, German (False sorts first)."""
    before = text[max(0, at - _CONTEXT) : at]
    return (
        bool(_FOREIGN_ACCOUNT.search(before)),
        not _OWN_ACCOUNT.search(before),
        "IBAN" not in before[-25:].upper(),
        not iban.startswith("DE"),
    )
