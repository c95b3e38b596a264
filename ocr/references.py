"""References found in text: BG numbers, Kundennummern, Versicherungsnummern, Steuer-IDs, IBANs.

Owns where such a number may be believed: next to its label, in a spelling that nothing else
has, or because its check digit is right. Confused characters (O for 0, l for 1, S for 5) are
repaired where a check digit confirms the repair, or next to the label of a number without
one. Everywhere else a number is read as it stands or not at all.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from domain.identifiers import parse_bg_nummer, parse_kundennummer, parse_rvnr, parse_steuer_id
from ocr.evidence import Candidate, Lines, Span, choose, wording

_SHAPES = {
    "O": "0", "o": "0", "Q": "0", "D": "0", "I": "1", "l": "1", "|": "1", "!": "1", "i": "1",
    "S": "5", "s": "5", "B": "8", "Z": "2", "z": "2", "G": "6",
}  # fmt: skip
DIGIT = rf"[0-9{''.join(_SHAPES)}]"
_REPAIRS = str.maketrans(_SHAPES)
_LETTER_REPAIRS = str.maketrans({"0": "O", "1": "I", "5": "S", "8": "B", "2": "Z", "6": "G"})
_NEAR = r"[^\w\n]{0,12}(?:\n[^\S\n]{0,20})?"
_BG_LABEL = (
    r"(?:BG[- ]?Nummer|BG[- ]?Nr[.,]?|\bBG\b|Nummer der Bedarfsgemeinschaft"
    r"|Bedarfsgemeinschaftsnummer"
    r"|Nr\.? der Bedarfsgemeinschaft|Bedarfsgemeinschaft(?:\s?Nr\.?)?"
    r"|(?:Mein |Ihr |Unser )?(?:Aktenzeichen|Geschäftszeichen|Zeichen)|\bAz\.?|\bGz\.?)"
)
_LABELLED_BG = wording(
    rf"{_BG_LABEL}{_NEAR}({DIGIT}{{5}})\s?(/ ?/?|[Il|/]{{2}}|[B8][GC6])\s?({DIGIT}{{7}})(?![\w/])"
)
_PLAIN_BG = re.compile(r"(?<![\w/])\d{5}(?: ?// ?| ?BG ?)\d{7}(?![\w/])")
_LABELLED_KUNDENNUMMER = re.compile(
    rf"(?:Kundennummer|Kunden[- ]?Nr[.,]?|Kd[.,]?[- ]?Nr[.,]?|Kundin/Kunde|Kunde){_NEAR}"
    rf"({DIGIT}{{3}})\s?([A-Z])\s?({DIGIT}{{6}})(?![\w/])"
)
_PLAIN_KUNDENNUMMER = re.compile(r"(?<![\w/])\d{3}[A-Z]\d{6}(?![\w/])")
_RVNR = re.compile(
    rf"(?<![\w/])({DIGIT}(?: ?{DIGIT}){{7}})[ ]?([A-Z0-9])[ ]?({DIGIT}(?: ?{DIGIT}){{2}})(?![\w/])"
)
_RVNR_LABEL = wording(
    r"(?:(?:Sozial|Renten)?versicherungs[- ]?(?:nummer|nr)|versicherungs-?nr|\bSV\b|\bRV\b|SVN"
    r"|RVNR|VSNR|V[SN]-?Nr"
    r"|SV-?Nr|RV-?Nr|Soz\.?-?Vers|Vers\.?-?Nr|Sozialvers|Rentenvers)[^\n]{0,60}$"
)
_STEUER_ID = re.compile(rf"(?<![\w/.,])({DIGIT}(?: ?{DIGIT}){{10}})(?![\w/]|[.,]\d)")
_STEUER_LABEL = wording(
    r"(?:Steuer[- ]?(?:ID|Ident)|Identifikations(?:nummer|nr)|Ident[- ]?Nr|IdNr|ID-?Nr"
    r"|St\.?-?ID|TIN\b"
    r"|(?:Steuerliche|Steuer)[^\n]{0,20}ID|\bID\b|Nummer zugeteilt)[^\n]{0,60}$"
)
_OF_ANOTHER = wording(
    r"(?:Kind(?:e?s)?|Sohn|Tochter|(?:Ehe|Lebens)?partner(?:in|s)?|Ehe(?:gatte|mann|frau)(?:n|e?s)?"
    r"|Mutter|Vater"
    r"|Arbeitgeber|Vermieter(?:in)?)\b[^\n]{0,50}$"
)
_LABELLED = 2.0
_EXACT = 2.0
_REPAIRED = 1.0
_ANOTHERS = 3.0
_LEAST = 2.0


@dataclass(frozen=True, slots=True)
class BgNummern:
    """The BG number of a document (None if several compete) and all that were seen."""

    chosen: Candidate[str] | None
    seen: tuple[str, ...]


def repaired(text: str) -> str:
    """Return digits where recognition confused them with letters."""
    return text.translate(_REPAIRS)


def read_bg_nummern(text: str) -> BgNummern:
    """Return BG numbers as ``NNNNN//NNNNNNN`` in the order of their appearance."""
    found = {
        candidate.span.start: candidate for candidate in _plain(_PLAIN_BG, parse_bg_nummer, text)
    }
    found |= {candidate.span.start: candidate for candidate in _labelled_bg(text)}
    placed = [found[start] for start in sorted(found)]
    return BgNummern(
        choose(placed, least=_EXACT), tuple(dict.fromkeys(candidate.value for candidate in placed))
    )


def _labelled_bg(text: str) -> Iterator[Candidate[str]]:
    for match in _LABELLED_BG.finditer(text):
        number = parse_bg_nummer(f"{repaired(match[1])}//{repaired(match[3])}")
        if number:
            changed = not (match[1] + match[3]).isdigit()
            span = Span(match.start(1), match.end(3), repaired=changed)
            yield Candidate(number, span, _EXACT + _LABELLED - changed)


def read_kundennummer(text: str) -> Candidate[str] | None:
    """Return the Kundennummer of the agency as ``NNNANNNNNN``, None if several compete."""
    plain = _plain(_PLAIN_KUNDENNUMMER, parse_kundennummer, text)
    return choose([*_labelled_kundennummern(text), *plain], least=_EXACT)


def _labelled_kundennummern(text: str) -> Iterator[Candidate[str]]:
    for match in _LABELLED_KUNDENNUMMER.finditer(text):
        number = parse_kundennummer(f"{repaired(match[1])}{match[2]}{repaired(match[3])}")
        if number:
            changed = not (match[1] + match[3]).isdigit()
            span = Span(match.start(1), match.end(3), repaired=changed)
            yield Candidate(number, span, _EXACT + _LABELLED - changed)


def _plain(
    pattern: re.Pattern[str], parse: Callable[[str], str | None], text: str
) -> Iterator[Candidate[str]]:
    for match in pattern.finditer(text):
        if number := parse(match[0]):
            yield Candidate(number, Span(*match.span()), _EXACT)


def read_rvnr(lines: Lines) -> Candidate[str] | None:
    """Return the person's Versicherungsnummer (§ 147 SGB VI), its check digit valid, or None."""
    found = []
    for match in _RVNR.finditer(lines.text):
        digits, letter, rest = ("".join(part.split()) for part in match.groups())
        mended = f"{repaired(digits)}{letter.translate(_LETTER_REPAIRS)}{repaired(rest)}"
        if number := parse_rvnr(mended):
            labelled = bool(_RVNR_LABEL.search(_context(lines, match.start())))
            found.append(_checked(match, number, lines.before(match.start()), labelled=labelled))
    return choose(found, least=_LEAST)


def read_steuer_id(lines: Lines) -> Candidate[str] | None:
    """Return the person's Identifikationsnummer (§ 139b AO), its check digit valid, or None."""
    found = []
    for match in _STEUER_ID.finditer(lines.text):
        number = parse_steuer_id(repaired(match[0]))
        # Ten other numbers of eleven digits would pass the check: the label must say what it is.
        if number and _STEUER_LABEL.search(_context(lines, match.start())):
            found.append(_checked(match, number, lines.before(match.start()), labelled=True))
    return choose(found, least=_LEAST)


def _checked(match: re.Match[str], number: str, context: str, *, labelled: bool) -> Candidate[str]:
    changed = "".join(match[0].split()) != number
    score = _REPAIRED if changed else _EXACT
    score += _LABELLED * labelled - _ANOTHERS * bool(_OF_ANOTHER.search(context))
    return Candidate(number, Span(*match.span(), checked=True, repaired=changed), score)


def _context(lines: Lines, at: int) -> str:
    """Return the line above and what stands before a place, as one line."""
    return f"{lines.above(lines.number(at))} {lines.before(at)}"
