"""What others say about a document: the sheet before it, and the codes of an agency on it.

Owns how such words join what was read: they fill what is empty, and where they contradict the
paper, a person decides. A sheet is genuine (see ``SeparatorCheck``); a code on a letter is not,
so that it may only name a BG number, and neither divides nor routes by itself.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from domain.catalogue import FALLBACK
from domain.identifiers import parse_bg_nummer, parse_kundennummer
from domain.reading import Barcode, Fields, ReadDocument, SheetNote
from domain.reasons import Reason
from ocr.classify import Guess
from ocr.companions import belong_together

_CERTAIN = 0.9
"""Confidence from which what a document looks like contradicts what its sheet says."""
_SHEET = "Trennblatt"
_SYMBOLOGY = "DataMatrix"
_AGENCY_CODE = re.compile(r"B#0[^0-9A-Za-z]{0,3}([0-9]{5}\s?(?:/{1,2}|BG)\s?[0-9]{7})(?![0-9])")


def stated_type(guess: Guess, note: SheetNote) -> tuple[Guess, tuple[Reason, ...]]:
    """Return the type that a sheet states, and the doubt if the content is surely another."""
    if note.type is None:
        return guess, ()
    other = guess.type not in {note.type, FALLBACK} and not belong_together(guess.type, note.type)
    if other and guess.confidence >= _CERTAIN:
        return Guess(note.type, 1 - guess.confidence, guess.evidence), (Reason.LOW_CONFIDENCE,)
    return Guess(note.type, 1.0, (_SHEET, *guess.evidence)), ()


def with_case(document: ReadDocument, note: SheetNote) -> ReadDocument:
    """Add the case that a sheet states; where the document names another, both remain seen."""
    if note.case is None:
        return document
    if bg := parse_bg_nummer(note.case):
        return _with_bg(document, (bg,))
    return _with_kundennummer(document, parse_kundennummer(note.case))


def with_codes(document: ReadDocument, codes: Iterable[Barcode]) -> ReadDocument:
    """Add the BG numbers in the DataMatrix codes of an agency; where the text has none, as its."""
    return _with_bg(document, agency_numbers(codes))


def agency_numbers(codes: Iterable[Barcode]) -> tuple[str, ...]:
    """Return the BG numbers in codes that begin with ``B#0``, in their order."""
    matches = (_AGENCY_CODE.match(code.text) for code in codes if code.symbology == _SYMBOLOGY)
    numbers = (parse_bg_nummer(match[1]) for match in matches if match)
    return tuple(dict.fromkeys(filter(None, numbers)))


def _with_bg(document: ReadDocument, numbers: tuple[str, ...]) -> ReadDocument:
    seen = tuple(dict.fromkeys((*document.bg_nummern, *numbers)))
    # Several numbers contradict each other; which of them is right is not decided here.
    alone = seen[0] if len(seen) == 1 else None
    fields = replace(document.fields, bg_nummer=document.fields.bg_nummer or alone)
    return replace(document, bg_nummern=seen, fields=fields)


def _with_kundennummer(document: ReadDocument, number: str | None) -> ReadDocument:
    read = document.fields.kundennummer
    fields: Fields = replace(document.fields, kundennummer=read or number)
    conflict = (Reason.CONFLICTING_REFERENCES,) if read not in {None, number} else ()
    doubts = tuple(dict.fromkeys((*document.doubts, *conflict)))
    return replace(document, fields=fields, doubts=doubts)
