"""Which document type a text is, and how sure that is.

Owns the weighing of cues into one type and a confidence. It refuses to guess: weak or
contradictory evidence ends as ``sonstiges`` with a low confidence, because a document in
the wrong file is worse than one that a person looks at.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Self

from rapidfuzz import fuzz

from domain.catalogue import FALLBACK
from domain.ids import TypeCode
from ocr.cuetable import Cue, CueTable, Kind, packaged_table, trigrams
from ocr.headlines import Layout, allowed_edits, find_headlines, lay_out, similar_span
from ocr.text import skeleton

_WEIGHTS = {
    Kind.TITLE: 6.0,
    Kind.SUBJECT: 3.0,
    Kind.PROOF: 2.5,
    Kind.PHRASE: 1.2,
    Kind.LABEL: 0.4,
    Kind.AGAINST: 2.5,
}
_CEILINGS = {Kind.PROOF: 7.5, Kind.PHRASE: 4.8, Kind.LABEL: 1.6, Kind.AGAINST: 10.0}
_FURTHER_TITLES = 0.25
_TITLED = 4.0
_TITLED_CONFIDENCE = 0.9
_DECOY_WEIGHT = 1.5
_UNTITLED_CEILING = 0.88
_UNPROVEN_CEILING = 0.6
_TRIGRAMS_SHARED = 0.75
_NAMED_EVIDENCE = 6
_WHOLE_WORD_BELOW = 6

# Support (sum of weights) -> confidence if nothing else competes. A title alone stays below
# the point where documents are filed: it may be a heading in somebody's list.
_STRENGTH = (
    (0.0, 0.0),
    (3.0, 0.4),
    (5.0, 0.65),
    (6.0, 0.72),
    (7.2, 0.9),
    (9.0, 0.95),
    (12.0, 0.99),
)
# Support of the runner-up divided by support of the first -> factor on the confidence.
_RIVALRY = ((0.0, 1.0), (0.55, 1.0), (0.7, 0.9), (0.85, 0.7), (1.0, 0.45))
_ABSTAIN_BELOW = 0.3
_LETTERHEAD = skeleton("Jobcenter")
_SALUTATIONS = (skeleton("Sehr geehrte Frau"), skeleton("Sehr geehrter Herr"))
_SALUTATION_WITHIN = 25
_LETTERHEAD_ALIKE = 75.0
_OWN_LETTER_WEIGHT = 12.0
_OWN_LETTERS = "jobcenter_letter"
_OWN_LETTER_CUE = "Ihr Jobcenter"
_ABOUT_SOMEBODY = re.compile(
    r"\bgeb(?:\.|oren)|Geburts|Sehr geehrte|\b(?:Herrn?|Frau|Familie) [A-ZÄÖÜ]|\bName\b|Vorname"
    r"|\d{5}(?://|BG)\d{7}|\b\d{3}[A-Z]\d{6}\b|\bIBAN\b|\b[Ii]ch\b|\d{5} [A-ZÄÖÜ]"
    r"|geehrte|\bIhr(?:e[nmrs]?)? (?:Kind|Sohn|Tochter|Rente|Miet|Konto|Zeichen|Antrag)"
    r"|(?:Mieter|Sch(?:ü|ue|u)ler)(?:in)?\b"
)
"""What a leaflet has not: somebody whom it concerns."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A type, the confidence in it (0 to 1), and the cues that speak for it."""

    type: TypeCode
    confidence: float
    evidence: tuple[str, ...] = ()


@dataclass(slots=True)
class _Support:
    """What has been found for one owner."""

    headlines: dict[str, float] = field(default_factory=dict)
    sums: dict[Kind, float] = field(default_factory=lambda: defaultdict(float))
    named: list[str] = field(default_factory=list)

    @property
    def title(self) -> float:
        ranked = sorted(self.headlines.values(), reverse=True)
        return ranked[0] + _FURTHER_TITLES * sum(ranked[1:3]) if ranked else 0.0

    @property
    def total(self) -> float:
        capped = {kind: min(amount, _CEILINGS[kind]) for kind, amount in self.sums.items()}
        return self.title + sum(capped.values()) - 2 * capped.get(Kind.AGAINST, 0.0)

    def add_headline(self, wording: str, amount: float) -> None:
        self.headlines[wording] = max(amount, self.headlines.get(wording, 0.0))

    def add(self, kind: Kind, wording: str) -> None:
        self.sums[kind] += _WEIGHTS[kind]
        if kind is not Kind.AGAINST:
            self.named.append(wording)

    def evidence(self) -> tuple[str, ...]:
        ranked = sorted(self.headlines, key=lambda wording: -self.headlines[wording])
        return tuple(dict.fromkeys((*ranked[:2], *self.named)))[:_NAMED_EVIDENCE]


class Classifier:
    """Recognises document types by a table of cues."""

    def __init__(self, table: CueTable) -> None:
        """Take the table; ``load`` is the usual way."""
        self._table = table

    @classmethod
    def load(cls) -> Self:
        """Read the packaged cue table; raise ``ConfigurationError`` if it is not valid."""
        return cls(packaged_table())

    def classify(self, text: str) -> Guess:
        """Return the most likely type, or ``sonstiges`` with a low confidence."""
        ranked = self._ranked(text)
        if not ranked:
            return Guess(FALLBACK, 0.0)
        owner, support = ranked[0]
        confidence = _confidence(support, self._rival(ranked))
        if support.title < _TITLED and not _ABOUT_SOMEBODY.search(text):
            confidence = min(confidence, _UNPROVEN_CEILING)
        if owner in self._table.decoys or confidence < _ABSTAIN_BELOW:
            return Guess(FALLBACK, min(confidence, 1 - confidence), support.evidence())
        return Guess(TypeCode(owner), confidence, support.evidence())

    def titled(self, text: str) -> TypeCode | None:
        """Return the type that a text names in its own title beyond doubt, or None."""
        ranked = self._ranked(text)
        if not ranked or ranked[0][0] in self._table.decoys:
            return None
        owner, support = ranked[0]
        sure = _confidence(support, self._rival(ranked)) >= _TITLED_CONFIDENCE
        return TypeCode(owner) if sure and support.title >= _TITLED else None

    def _rival(self, ranked: Sequence[tuple[str, _Support]]) -> float:
        """Return the strongest competing support; letters about documents weigh more than hints."""
        untitled = ranked[0][1].title < _TITLED
        return max(
            (
                support.total * (_DECOY_WEIGHT if untitled and owner in self._table.decoys else 1.0)
                for owner, support in ranked[1:]
            ),
            default=0.0,
        )

    def _ranked(self, text: str) -> Sequence[tuple[str, _Support]]:
        layout = lay_out(text)
        supports = self._supports(layout)
        if _OWN_LETTERS in self._table.decoys and _is_own_letter(layout):
            supports[_OWN_LETTERS].add_headline(_OWN_LETTER_CUE, _OWN_LETTER_WEIGHT)
        found = [(owner, support) for owner, support in supports.items() if support.total > 0]
        return sorted(found, key=lambda pair: (-pair[1].total, pair[0]))

    def _supports(self, layout: Layout) -> dict[str, _Support]:
        supports: dict[str, _Support] = defaultdict(_Support)
        for found in find_headlines(layout, self._table.headlines):
            for claim in found.cue.claims:
                amount = _WEIGHTS[claim.kind] * found.weight
                supports[claim.owner].add_headline(found.cue.wording, amount)
        shared = trigrams(layout.joined)
        for cue in self._table.wordings:
            if _present(cue, layout.joined, shared):
                for claim in cue.claims:
                    supports[claim.owner].add(claim.kind, cue.wording)
        return supports


def _is_own_letter(layout: Layout) -> bool:
    """Tell whether the Jobcenter writes to somebody: it names documents, but it is none."""
    first = " ".join(layout.lines[:1]).partition(" ")[0]
    return fuzz.ratio(first, _LETTERHEAD) >= _LETTERHEAD_ALIKE and any(
        similar_span(salutation, line)
        for line in layout.lines[1:_SALUTATION_WITHIN]
        for salutation in _SALUTATIONS
    )


def _present(cue: Cue, joined: str, shared: frozenset[str]) -> bool:
    # A short wording must be a whole word; a longer one may be inflected or compounded.
    ending = " " if len(cue.skeleton) < _WHOLE_WORD_BELOW else ""
    if f" {cue.skeleton}{ending}" in joined:
        return True
    if len(cue.trigrams & shared) < _TRIGRAMS_SHARED * len(cue.trigrams):
        return False
    return bool(allowed_edits(cue.skeleton)) and similar_span(cue.skeleton, joined) is not None


def _confidence(support: _Support, rival: float) -> float:
    sure = min(_interpolate(_STRENGTH, support.total), _ceiling(support))
    return round(sure * _interpolate(_RIVALRY, rival / support.total), 3)


def _ceiling(support: _Support) -> float:
    """Words that are merely usual never make a type certain; proofs do, a title most."""
    if support.title >= _TITLED:
        return 1.0
    proven = support.sums.get(Kind.PROOF) or support.title >= _WEIGHTS[Kind.PROOF]
    return _UNTITLED_CEILING if proven else _UNPROVEN_CEILING


def _interpolate(points: Sequence[tuple[float, float]], at: float) -> float:
    for (left, low), (right, high) in pairwise(points):
        if at <= right:
            return low + (high - low) * (at - left) / (right - left)
    return points[-1][1]
