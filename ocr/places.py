"""Where on which page a field was read, and how sure the reading of its characters is.

Owns the way from a place in the text of a document to boxes of words on its pages. Refuses to
judge whether the field is the right one: that is decided when it is read.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from statistics import fmean

from domain.reading import Box, Finding
from ocr.evidence import Span
from ocr.fields import FieldReading
from ocr.pages import Leaf, Word

Locate = Callable[[int, str], Box | None]
"""Finds characters as they are written on a page (1-based) that carries its own text."""

_OWN_TEXT = 1.0
"""The confidence in characters that nobody had to recognise."""
_UNCONFIRMED_REPAIR = 0.8
_DOUBT_LEFT_BY_CHECK = 0.1
"""One wrong number in ten or fewer passes its check digit."""


def findings(
    reading: FieldReading, pages: Sequence[Leaf], *, locate: Locate | None = None
) -> tuple[Finding, ...]:
    """Return where each field stands on the pages whose texts, joined by form feeds, were read.

    ``locate`` finds the box on pages that were not recognised.
    """
    starts = [0, *accumulate(len(leaf.text) + 1 for leaf in pages)]
    found = []
    for name, span in reading.spans.items():
        if span.start < starts[-1]:
            leaf, inside = _page(span, starts, pages)
            words = _words(leaf, inside)
            box = _located(leaf, inside, locate) if leaf.words is None else _around(words)
            confidence = _confidence(words, span)
            found.append(Finding(name, leaf.number, box, confidence, span.checked))
    return tuple(found)


def _page(span: Span, starts: Sequence[int], pages: Sequence[Leaf]) -> tuple[Leaf, Span]:
    """Return the page on which a place begins, and the place in that page's text."""
    at = bisect_right(starts, span.start) - 1
    leaf, begin = pages[at], starts[at]
    return leaf, Span(span.start - begin, min(span.end - begin, len(leaf.text)))


def _located(leaf: Leaf, inside: Span, locate: Locate | None) -> Box | None:
    return locate(leaf.number, leaf.text[inside.start : inside.end]) if locate else None


def _words(leaf: Leaf, inside: Span) -> tuple[Word, ...]:
    return tuple(
        word
        for word in leaf.words or ()
        if word.start < inside.end and word.start + len(word.text) > inside.start
    )


def _around(words: Sequence[Word]) -> Box | None:
    """Return the smallest box around all words, None if there are none."""
    if not words:
        return None
    boxes = [word.box for word in words]
    return Box(
        max(0.0, min(box.left for box in boxes)),
        max(0.0, min(box.top for box in boxes)),
        min(1.0, max(box.right for box in boxes)),
        min(1.0, max(box.bottom for box in boxes)),
    )


def _confidence(words: Sequence[Word], span: Span) -> float:
    """Return the confidence in the characters; a check digit takes away most of the doubt."""
    seen = fmean(word.confidence for word in words) if words else _OWN_TEXT
    if span.checked:
        return round(1 - (1 - seen) * _DOUBT_LEFT_BY_CHECK, 3)
    return round(seen * (_UNCONFIRMED_REPAIR if span.repaired else 1.0), 3)
