"""Mending what the German language data cannot spell: the sign of a paragraph of law.

Owns that one sign. Tesseract's German alphabet lacks it, so it is read as a dollar sign, an
S, an 8 or a 5; what follows it in law tells which of them it was. Refuses to guess words.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ocr.engine import Print

_SIGN = re.compile(r"(\(?)([$S85§]{1,2})")
_JOINED = re.compile(r"(\(?)(\${1,2})(?=\d)")
_NUMBER = re.compile(r"\d{1,4}[a-z]?[.,;)]*")
_LAW = re.compile(
    r"\(?(?:Abs|Absatz|Satz|Nr|Nummer|ff?|SGB|[BS]GB|StGB|HGB|AO|GG|SGG|ZPO|InsO"
    r"|i\.\s?V\.\s?m|[A-Z][A-Za-zÄÖÜäöü]*(?:G|VO|gesetz|gesetzes|gesetzbuch))[.,;:)]*"
)
_REACH = 5
"""So many words after the number may stand before the law is named."""


def mended(prints: Sequence[Print]) -> tuple[Print, ...]:
    """Return the words with the signs of paragraphs put right; their number stays the same."""
    texts = [found.text for found in prints]
    return tuple(
        found if text == found.text else replace(found, text=text)
        for found, text in zip(prints, map(_right, _windows(texts)), strict=True)
    )


def _windows(texts: list[str]) -> list[list[str]]:
    return [texts[at : at + 2 + _REACH] for at in range(len(texts))]


def _right(window: list[str]) -> str:
    """Return the first word of a window as it was probably printed."""
    word, *after = window
    if joined := _JOINED.match(word):
        return f"{joined[1]}{'§' * len(joined[2])}{word[joined.end() :]}"
    sign = _SIGN.fullmatch(word)
    if sign is None or not after or not _NUMBER.fullmatch(after[0]):
        return word
    if "$" in sign[2] or any(_LAW.fullmatch(text) for text in after[1:]):
        return f"{sign[1]}{'§' * len(sign[2])}"
    return word
