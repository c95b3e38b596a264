"""Recognising text: a prepared page becomes a text, and words with their places on the page.

Owns which further attempt a page is worth (turned, in another language), how lines and
paragraphs become one text, and how much was left unread. Refuses to change pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ocr import engine, tongues
from ocr.engine import Print
from ocr.leptonica import components
from ocr.mending import mended
from ocr.pages import Word
from ocr.preparing import Prepared, turned

_SMALLEST_SIDE = 24
_GOOD, _PASSABLE = 0.8, 0.6
"""Mean confidence from which a page lies right and is in a known script; less is enough where
ascenders and descenders told how it lies. Other scripts come to 0.4 at most."""
_SURE_SCRIPT = 0.3
_GLYPH_INCHES, _WIDEST_GLYPH = (0.05, 0.35), 0.5
_FEW_GLYPHS = 12
_BESIDE = 0.02
"""Inches by which a glyph may lie outside the word that it belongs to."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """Text of a page, its words, and how sure they are on the whole (0 to 1, by length).

    ``turn`` and ``slope`` are those of ``Leaf``; ``unread`` is the share of what looks like
    print on the page (0 to 1) that is in no word. ``languages`` are those of tesseract.
    """

    text: str = ""
    words: tuple[Word, ...] = ()
    confidence: float = 0.0
    turn: int = 0
    slope: float = 0.0
    unread: float = 0.0
    languages: str = engine.GERMAN


NOTHING = Recognised()


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What one run of the engine found on a page as it was laid before it."""

    page: Prepared
    prints: tuple[Print, ...]
    languages: str

    @property
    def confidence(self) -> float:
        length = sum(len(found.text) for found in self.prints)
        total = sum(found.confidence * len(found.text) for found in self.prints)
        return total / length / 100 if length else 0.0

    @property
    def weight(self) -> float:
        """Return how much was recognised how surely, to compare attempts at the same page."""
        return sum(found.confidence * len(found.text) for found in self.prints) * self.confidence

    @property
    def text(self) -> str:
        return " ".join(found.text for found in self.prints)


def warm() -> None:
    """Load what German pages need, so that the first of them does not wait for it."""
    engine.warm()


def recognise(page: Prepared) -> Recognised:
    """Recognise a prepared page, upright and in German first.

    Stops with ``READER_TIMEOUT`` where one attempt takes too long.
    """
    if min(page.picture.image.size) < _SMALLEST_SIDE:
        return NOTHING
    first = _attempt(page, engine.GERMAN)
    if first.confidence >= (_GOOD if page.turn is None else _PASSABLE):
        return _recognised(_in_latin(first))
    if not first.prints and not page.ink.any():
        return NOTHING
    return _recognised(_otherwise(first))


def _attempt(page: Prepared, languages: str) -> _Attempt:
    prints = engine.read(page.picture.image, page.picture.dpi, languages=languages)
    return _Attempt(page, mended(prints), languages)


def _in_latin(first: _Attempt) -> _Attempt:
    """Read a page again if it is in another language of the Latin script."""
    languages = tongues.by_small_words(first.text)
    return first if languages is None else _better(first, _attempt(first.page, languages))


def _otherwise(first: _Attempt) -> _Attempt:
    """Try a poorly read page as the script detection sees it: turned, or in another script."""
    picture = first.page.picture
    seen = engine.lie(picture.image, picture.dpi)
    if seen is None:
        return first
    best, page = first, first.page
    if seen.turn:
        # Even where that is not sure, since what is read better lies better.
        page = turned(page, seen.turn)
        best = _better(first, _attempt(page, engine.GERMAN))
    if best.confidence < _GOOD and seen.script_sureness >= _SURE_SCRIPT:
        for languages in tongues.by_script(seen.script):
            best = _better(best, _attempt(page, languages))
    return _in_latin(best)


def _better(one: _Attempt, other: _Attempt) -> _Attempt:
    return other if other.weight > one.weight else one


def _recognised(attempt: _Attempt) -> Recognised:
    page = attempt.page
    text, starts = _joined(attempt.prints)
    words = tuple(
        Word(found.text, start, page.box(found.place), found.confidence / 100)
        for found, start in zip(attempt.prints, starts, strict=True)
    )
    return Recognised(
        text,
        words,
        attempt.confidence,
        turn=page.turn or 0,
        slope=page.slope,
        unread=_unread(attempt),
        languages=attempt.languages,
    )


def _joined(prints: Sequence[Print]) -> tuple[str, list[int]]:
    """Join words: a blank between them, lines by a line feed, paragraphs by an empty line."""
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for found in prints:
        gap = _gap(found) if parts else ""
        starts.append(length + len(gap))
        parts += (gap, found.text)
        length = starts[-1] + len(found.text)
    return "".join((*parts, "\n" if parts else "")), starts


def _gap(found: Print) -> str:
    if found.paragraph:
        return "\n\n"
    return "\n" if found.line else " "


def _unread(attempt: _Attempt) -> float:
    """Return the share of what has the size of glyphs, by area, that lies in no word."""
    ink, picture = attempt.page.ink, attempt.page.picture
    scale = ink.shape[1] / picture.image.width
    inch = picture.dpi * scale
    left, top, width, height = components(ink).T
    glyphs = (height >= _GLYPH_INCHES[0] * inch) & (height <= _GLYPH_INCHES[1] * inch)
    glyphs &= width <= _WIDEST_GLYPH * inch
    if glyphs.sum() < _FEW_GLYPHS:
        return 0.0
    area = (width * height)[glyphs]
    down, across = (top + height // 2)[glyphs], (left + width // 2)[glyphs]
    outside = ~_covered(attempt.prints, ink.shape, scale=scale, beside=_BESIDE * inch)[down, across]
    return float(area[outside].sum() / area.sum())


def _covered(
    prints: Sequence[Print], shape: tuple[int, ...], *, scale: float, beside: float
) -> np.ndarray:
    mask = np.zeros(shape, np.bool_)
    for found in prints:
        left, top, right, bottom = (side * scale for side in found.place)
        rows = slice(max(0, int(top - beside)), int(bottom + beside) + 1)
        mask[rows, max(0, int(left - beside)) : int(right + beside) + 1] = True
    return mask
