"""What the model sees of a text: a set of numbered features, without plaintext and names.

Owns the reduction of a text to feature keys: runs of characters, words and pairs of words of
the skeleton, the same for lines that look like titles, supports by the table of cues, and
layout. A key says what kind of thing was seen; only those in a model's vocabulary are ever
kept or stored, and these come from the wording of many different letters.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from domain.errors import ConfigurationError
from ocr.ceilings import Signs
from ocr.grams import codes, gram_numbers
from ocr.headlines import Layout, lay_out
from ocr.supports import CueFinder, Support, is_own_letter

Keys = NDArray[np.uint32]

TEXT_LIMIT = 30_000
"""Characters looked at; whatever a document is, it says so before."""


class Block(IntEnum):
    """The kinds of features; the number is the upper three bits of a key."""

    GRAMS = 0
    WORDS = 1
    PAIRS = 2
    TITLE_GRAMS = 3
    TITLE_WORDS = 4
    CUES = 5
    LAYOUT = 6


_BLOCK_SHIFT = 29
_MASK = (1 << _BLOCK_SHIFT) - 1
_GRAM_LENGTHS = (3, 4, 5)
_TITLE_GRAM = 4
_TITLE_LINES = 22
_TITLE_LENGTH = 70
_TITLE_FIRST = 6
_SHORTEST_WORD = 2
_STEM = 6
"""Letters of a word that its inflected forms and many compounds share."""
_NUMBER = re.compile(r"(?<![§\d])(?<!§ )\d(?:[\d.,:/-]*\d)?")
_DIGIT = "9"
_DIGITS = re.compile(r"\d")
_SUPPORT_LEVELS = (0.5, 1.2, 2.5, 4.0, 6.0, 8.0, 11.0)
_TITLE_LEVELS = (0.7, 2.0, 3.0, 4.5, 5.8)
_LEAD_LEVELS = (0.0, 1.5, 4.0)
_COUNTS = (1, 2, 4, 8, 16, 32, 64)
_TENTHS = 10
_ABOUT_SOMEBODY = re.compile(
    r"\bgeb(?:\.|oren)|Geburts|Sehr geehrte|\b(?:Herrn?|Frau|Familie) [A-ZÄÖÜ]|\bName\b|Vorname"
    r"|\d{5}(?://|BG)\d{7}|\b\d{3}[A-Z]\d{6}\b|\bIBAN\b|\b[Ii]ch\b|\d{5} [A-ZÄÖÜ]"
    r"|geehrte|\bIhr(?:e[nmrs]?)? (?:Kind|Sohn|Tochter|Rente|Miet|Konto|Zeichen|Antrag)"
    r"|(?:Mieter|Sch(?:ü|ue|u)ler)(?:in)?\b"
)
"""What a leaflet has not: somebody whom it concerns."""
_PATTERNS = {
    "formal": re.compile(r"\bSie\b|\bIhre?[nmrs]?\b"),
    "myself": re.compile(r"\b(?:ich|mich|mir|meine?[nmrs]?)\b", re.IGNORECASE),
    "we": re.compile(r"\b(?:wir|uns|unsere?[nmrs]?)\b", re.IGNORECASE),
    "euro": re.compile(r"€|\bEUR\b|\bEuro\b"),
    "amount": re.compile(r"\d,\d\d\b"),
    "date": re.compile(r"\d\d?\. ?\d\d?\. ?\d\d"),
    "box": re.compile(r"[☐□☒☑]|\[[ xX]?\]|\([ xX]?\)"),
    "law": re.compile(r"§"),
    "mail": re.compile(r"@|www\.|https?:"),
    "blank": re.compile(r"_{4,}|\.{6,}"),
    "colon": re.compile(r":"),
    "exclaim": re.compile(r"!"),
    "iban": re.compile(r"\b[A-Z]{2}\d\d(?: ?\d{4}){3}"),
    "greeting": re.compile(r"geehrte"),
    "farewell": re.compile(r"freundlichen Gr"),
    "signature": re.compile(r"Unterschrift"),
    "clock": re.compile(r"\d ?Uhr\b"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as features, and the cue supports that people get to see as evidence."""

    keys: Keys
    supports: Mapping[str, Support]
    signs: Signs

    @property
    def letters(self) -> int:
        """How many letters and digits the text has."""
        return self.signs.letters


class Extractor:
    """Reduces texts to features."""

    def __init__(self, finder: CueFinder) -> None:
        self._finder = finder

    def see(self, text: str) -> Seen:
        """Return the features of a text, at most ``TEXT_LIMIT`` characters of it."""
        head = text[:TEXT_LIMIT]
        layout = lay_out(fold_numbers(head))
        supports = self._finder.supports(layout)
        hashed = (
            *_words(layout.joined.split()),
            *_title_words(layout),
            *(_key(Block.CUES, name) for name in _cue_names(supports)),
            *(_key(Block.LAYOUT, name) for name in _layout_names(head, layout)),
        )
        found = np.array(hashed, dtype=np.uint32)
        keys: Keys = np.unique(np.concatenate((found, _grams(layout))))
        letters = len(layout.joined) - len(layout.joined.split()) - 1
        return Seen(keys, supports, self._signs(head, supports, letters=letters))

    def _signs(self, text: str, supports: Mapping[str, Support], *, letters: int) -> Signs:
        decoys = self._finder.table.decoys
        titles = {owner: support.title for owner, support in supports.items() if support.title}
        decoy = max((titles[owner] for owner in decoys & titles.keys()), default=0.0)
        about = bool(_ABOUT_SOMEBODY.search(text))
        return Signs(letters, about, {k: v for k, v in titles.items() if k not in decoys}, decoy)


def fold_numbers(text: str) -> str:
    """Return a text in which every number counts the same, except those of provisions (§)."""
    return _NUMBER.sub(_DIGIT, text)


def word_key(shape: str) -> int:
    """Return the key of one word's skeleton anywhere in a text."""
    return _key(Block.WORDS, shape)


def blocks(keys: Keys) -> NDArray[np.uint32]:
    """Return the block of each key."""
    return keys >> np.uint32(_BLOCK_SHIFT)


def pack(indices: NDArray[np.int64]) -> bytes:
    """Return indices into a vocabulary as bytes (two each, little endian, ascending)."""
    return np.unique(indices).astype("<u2").tobytes()


def unpack(packed: bytes, *, size: int) -> NDArray[np.int64]:
    """Return what ``pack`` packed; raise ``ConfigurationError`` for what no vocabulary holds."""
    if len(packed) % 2:
        detail = "features: odd length"
        raise ConfigurationError(detail)
    indices = np.frombuffer(packed, dtype="<u2").astype(np.int64)
    if len(indices) and (int(indices.max()) >= size or bool((np.diff(indices) <= 0).any())):
        detail = "features: not of this vocabulary"
        raise ConfigurationError(detail)
    return indices


def _key(block: Block, name: str) -> int:
    return (crc32(name.encode()) & _MASK) | (block << _BLOCK_SHIFT)


def _grams(layout: Layout) -> Keys:
    letters = codes(layout.joined)
    offset, found = 0, []
    for length in _GRAM_LENGTHS:
        found.append(gram_numbers(letters, length) + np.uint32(offset))
        offset += 38**length
    titles = codes(f" {'  '.join(line for _, line in _titles(layout))} ")
    found.append(gram_numbers(titles, _TITLE_GRAM) | np.uint32(Block.TITLE_GRAMS << _BLOCK_SHIFT))
    return np.concatenate(found)


def _words(words: Sequence[str]) -> Iterator[int]:
    before = earlier = ""
    for word in words:
        stem = word[:_STEM]
        if len(word) >= _SHORTEST_WORD:
            yield _key(Block.WORDS, word)
        if len(word) > _STEM:
            yield _key(Block.WORDS, f"{stem}-")
        if before:
            yield _key(Block.PAIRS, f"{before} {stem}")
        if earlier:
            yield _key(Block.PAIRS, f"{earlier} . {stem}")
        earlier, before = before, stem


def _titles(layout: Layout) -> Iterator[tuple[int, str]]:
    """Yield the lines near the top that may be titles: short, and not in a list."""
    for index, line in enumerate(layout.lines[:_TITLE_LINES]):
        if len(line) <= _TITLE_LENGTH and layout.weights[index] >= 1:
            yield index, line


def _title_words(layout: Layout) -> Iterator[int]:
    for index, line in _titles(layout):
        words = line.split()
        yield _key(Block.TITLE_WORDS, f"line {line}")
        for at, word in enumerate(words):
            yield _key(Block.TITLE_WORDS, word)
            yield _key(Block.TITLE_WORDS, " ".join(words[at : at + 2]))
            if index < _TITLE_FIRST:
                yield _key(Block.TITLE_WORDS, f"first {word}")


def cue_keys(owner: str) -> Iterator[int]:
    """Yield the keys of everything that speaks for an owner in the table of cues."""
    for name, levels in (
        ("total", _SUPPORT_LEVELS),
        ("title", _TITLE_LEVELS),
        ("leads", _LEAD_LEVELS),
    ):
        yield from (_key(Block.CUES, f"{name} {owner} {level}") for level in levels)


def _cue_names(supports: Mapping[str, Support]) -> Iterator[str]:
    totals = sorted(((support.total, owner) for owner, support in supports.items()), reverse=True)
    for total, owner in totals:
        title = supports[owner].title
        yield from (f"total {owner} {level}" for level in _SUPPORT_LEVELS if total >= level)
        yield from (f"title {owner} {level}" for level in _TITLE_LEVELS if title >= level)
        if total <= -_SUPPORT_LEVELS[2]:
            yield f"against {owner}"
    if totals and totals[0][0] > 0:
        lead = totals[0][0] - (totals[1][0] if len(totals) > 1 else 0.0)
        yield from (f"leads {totals[0][1]} {by}" for by in _LEAD_LEVELS if lead >= by)
    else:
        yield "no cue"


def _layout_names(text: str, layout: Layout) -> Iterator[str]:
    if is_own_letter(layout):
        yield "own letter"
    if not _ABOUT_SOMEBODY.search(text):
        yield "about nobody"
    for name, pattern in _PATTERNS.items():
        yield from _levels(name, sum(1 for _ in pattern.finditer(text)))
    lines = [line for line in text.splitlines() if line.strip()]
    yield from _levels("lines", len(lines))
    yield from _levels("words", len(layout.joined.split()) // 8)
    digits = len(_DIGITS.findall(text))
    yield from _levels("digits", digits * 64 // (len(text) + 1))
    yield f"line length {sum(map(len, lines)) // (len(lines) + 1) // _TENTHS}"
    yield f"columns {len(layout.lines) * 4 // (len(lines) + 1)}"


def _levels(name: str, count: int) -> Iterator[str]:
    if not count:
        yield f"{name} none"
    yield from (f"{name} {least}" for least in _COUNTS if count >= least)
