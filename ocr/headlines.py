"""Where titles stand in a text, and how much each looks like the title of the document.

Owns position and shape of a match: a line of its own near the top counts most, a mention
in running text hardly at all. It refuses to add matches up; that is ``ocr.classify``.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from ocr.cuetable import Cue, trigrams
from ocr.text import segments, skeleton

_TEXT_LIMIT = 60_000
"""Characters looked at; whatever a document is, it says so before."""
_HEAD_SHARE = 0.4
_HEAD_LEAST = 14
_HEAD_MOST = 60
_LOWER_WEIGHT = 0.45
_LISTED_WEIGHT = 0.25
_FUZZY_WEIGHT = 0.92
_LONGEST_TITLE_LINE = 90
_TRIGRAMS_SHARED = 0.5
_LISTED = re.compile(r"\s*(?:[-–•·*☐□■▪◦○●✓✔>]|\[.?\]|\(.?\)|[oxX]\s|§|\d{1,2}[.)]\s|[a-z]\))")
_ENCLOSURES = re.compile(
    r"\s*(?:Anlagen?|Anhang|Anhänge|Anlagenverzeichnis)\s*(?:\(\d+\))?\s*:", re.IGNORECASE
)
_POINTING_WORDS = (
    "ihr", "ihre", "ihren", "ihrem", "ihres", "ihrer", "mein", "meine", "meinen", "meinem",
    "meiner", "unser", "unsere", "unseren", "der", "die", "das", "den", "dem", "des", "ein",
    "eine", "einen", "einem", "einer", "zum", "zur", "vom", "von", "im", "und", "oder",
    "sowie", "ohne", "gegen", "mit", "für", "kein", "keine", "keinen", "diese", "diesen",
    "dieser", "laut", "gemäß", "bitte", "als", "aus", "bei", "auch", "nach", "siehe", "neue",
    "neuen", "neuer", "aktuelle", "aktuellen", "aktueller", "letzte", "letzten", "beigefügte",
    "kopie",
)  # fmt: skip
_POINTING = frozenset(map(skeleton, _POINTING_WORDS))
_WIDE, _BROAD, _HALF, _NARROW = 0.8, 0.6, 0.5, 0.3
"""Shares of its line that a title fills."""
_ONE_WORD, _SEVERAL_WORDS = 7, 12
"""Characters from which a cue tolerates a wrong one."""
_ONE_EDIT, _TWO_EDITS = 12, 24
"""Characters up to which a cue tolerates one and two wrong ones."""
_SLACK = 2
_SUBJECT_LINE = re.compile(r"(?:Betreff|Betr\.?|Betrifft|Thema)\s*:\s*(?=\S)", re.IGNORECASE)
_RUNNING_LINE = 55
_RUNNING_WORDS = 4
_SENTENCE_ENDS = (".", ":", "!", "?", ";", ")")
_CONTINUED_WEIGHT = 0.12
_FIRST_WORD_ALIKE = 50.0


@dataclass(frozen=True, slots=True)
class Layout:
    """The skeleton of a text: segments joined by blanks, and where each segment starts."""

    joined: str
    lines: tuple[str, ...]
    starts: tuple[int, ...]
    weights: tuple[float, ...]
    continued: tuple[bool, ...]

    def line_at(self, position: int) -> int:
        """Return the index of the segment that holds a position of ``joined``."""
        return bisect_right(self.starts, position) - 1


@dataclass(frozen=True, slots=True)
class Headline:
    """A title found: ``weight`` is 1 for a title on its own line near the top."""

    cue: Cue
    start: int
    end: int
    weight: float


def lay_out(text: str) -> Layout:
    """Return the layout of a text, at most 60 000 characters of it."""
    raw = tuple(_SUBJECT_LINE.sub("", piece, count=1) for piece in segments(text[:_TEXT_LIMIT]))
    shaped = [(piece, skeleton(piece)) for piece in raw]
    kept = [(piece, shape) for piece, shape in shaped if shape]
    starts: list[int] = []
    position = 1
    for _, shape in kept:
        starts.append(position)
        position += len(shape) + 1
    lines = tuple(shape for _, shape in kept)
    pieces = [piece for piece, _ in kept]
    weights = tuple(_line_weights(pieces))
    continued = (False, *(_runs_on(before) for before in pieces[:-1])) if pieces else ()
    return Layout(f" {' '.join(lines)} ", lines, tuple(starts), weights, continued)


def _runs_on(piece: str) -> bool:
    """Tell whether a line of running text goes on in the next one, which is then no title."""
    usual = sum(word[:1].islower() for word in piece.split())
    ended = piece.endswith(_SENTENCE_ENDS)
    return len(piece) >= _RUNNING_LINE and usual >= _RUNNING_WORDS and not ended


def _line_weights(pieces: Sequence[str]) -> Iterator[float]:
    head = min(max(int(len(pieces) * _HEAD_SHARE), _HEAD_LEAST), _HEAD_MOST)
    enclosed = False
    for index, piece in enumerate(pieces):
        enclosed = enclosed or bool(_ENCLOSURES.match(piece) and index > 0)
        weight = 1.0 if index < head else _LOWER_WEIGHT
        if enclosed or _LISTED.match(piece):
            weight = min(weight, _LISTED_WEIGHT)
        yield weight


def find_headlines(layout: Layout, cues: Sequence[Cue]) -> tuple[Headline, ...]:
    """Return the titles found; one inside a longer title of somebody else does not count."""
    exact = [found for cue in cues for found in _exact(layout, cue)]
    taken = {layout.line_at(found.start) for found in exact if found.weight > _LOWER_WEIGHT}
    found = exact + list(_fuzzy(layout, cues, taken))
    return tuple(kept for one in found for kept in _own_claims(one, found))


def _exact(layout: Layout, cue: Cue) -> Iterator[Headline]:
    needle = f" {cue.skeleton} "
    at = layout.joined.find(needle)
    while at >= 0:
        start, end = at + 1, at + len(needle) - 1
        yield Headline(cue, start, end, _weight(layout, start, end))
        at = layout.joined.find(needle, at + 1)


def _weight(layout: Layout, start: int, end: int) -> float:
    first, last = layout.line_at(start), layout.line_at(end - 1)
    origin = layout.starts[first]
    line = " ".join(layout.lines[first : last + 1])
    spread = 1.0 if last - first <= 1 else 0.7
    shape = _shape(line, start - origin, end - origin)
    return layout.weights[first] * spread * _unless_continued(layout, first, shape)


def _unless_continued(layout: Layout, line: int, shape: float) -> float:
    return min(shape, _CONTINUED_WEIGHT) if layout.continued[line] and shape < 1 else shape


def _shape(line: str, start: int, end: int) -> float:
    """Tell how much of a line a title fills, and whether a sentence merely points at it."""
    share = (end - start) / len(line)
    before = line[:start].split()
    pointed = bool(before) and (before[-1] in _POINTING or before[0] in _POINTING)
    if share >= _WIDE and not pointed:
        return 1.0
    if pointed:
        return 0.35 if share >= _BROAD else 0.12
    if not before:
        return 0.95 if share >= _NARROW else 0.5
    if share >= _HALF:
        return 0.8
    return 0.35 if len(line) <= _LONGEST_TITLE_LINE else 0.1


def _fuzzy(layout: Layout, cues: Iterable[Cue], taken: set[int]) -> Iterator[Headline]:
    able = [cue for cue in cues if allowed_edits(cue.skeleton)]
    for index, line in enumerate(layout.lines):
        if index >= _HEAD_MOST or index in taken or len(line) > _LONGEST_TITLE_LINE:
            continue
        yield from _fuzzy_in_line(layout, index, able)


def _fuzzy_in_line(layout: Layout, index: int, cues: Iterable[Cue]) -> Iterator[Headline]:
    line, origin = layout.lines[index], layout.starts[index]
    shared = trigrams(line)
    for cue in cues:
        if len(cue.trigrams & shared) < _TRIGRAMS_SHARED * len(cue.trigrams):
            continue
        span = similar_span(cue.skeleton, line)
        if span:
            shape = _unless_continued(layout, index, _shape(line, *span))
            weight = shape * layout.weights[index] * _FUZZY_WEIGHT
            yield Headline(cue, origin + span[0], origin + span[1], weight)


def allowed_edits(shape: str) -> int:
    """Return how many wrong characters a cue tolerates; short ones and form codes none."""
    if len(shape) < (_ONE_WORD if " " not in shape else _SEVERAL_WORDS):
        return 0
    return 1 if len(shape) <= _ONE_EDIT else 2 if len(shape) <= _TWO_EDITS else 3


def similar_span(shape: str, text: str) -> tuple[int, int] | None:
    """Return where a text holds a cue with no more wrong characters than allowed, or None."""
    if len(shape) > len(text) + allowed_edits(shape):
        return None
    cutoff = 100 * (1 - (allowed_edits(shape) + 0.1) / len(shape))
    match = fuzz.partial_ratio_alignment(shape, text, score_cutoff=cutoff)
    if match is None or not _on_word_edges(text, match.dest_start, match.dest_end):
        return None
    span = match.dest_start, match.dest_end
    return span if _alike(shape, text[slice(*span)]) else None


def _alike(shape: str, found: str) -> bool:
    # At the edge of a line the alignment drops whole beginnings: "Gasabrechnung" would be found
    # in "Abrechnung". And a title that starts with another word is another title.
    complete = len(found) >= len(shape) - allowed_edits(shape)
    first, other = shape.partition(" ")[0], found.strip().partition(" ")[0]
    return complete and fuzz.ratio(first, other) >= _FIRST_WORD_ALIKE


def _on_word_edges(text: str, start: int, end: int) -> bool:
    # One character of slack: the first or last one may be among the wrong ones.
    before, after = text[max(0, start - _SLACK) : start], text[end : end + _SLACK]
    return (len(before) < _SLACK or " " in before) and (len(after) < _SLACK or " " in after)


def _own_claims(one: Headline, found: Iterable[Headline]) -> Iterator[Headline]:
    """Yield a title with the claims of those owners that also claim every title around it."""
    around = [
        {claim.owner for claim in other.cue.claims}
        for other in found
        if other.start <= one.start
        and other.end >= one.end
        and other.end - other.start > one.end - one.start
    ]
    kept = tuple(c for c in one.cue.claims if all(c.owner in owners for owners in around))
    if kept:
        yield replace(one, cue=replace(one.cue, claims=kept))
