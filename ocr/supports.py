"""How strongly the table of cues supports each type (and each decoy) for one text.

Owns the weighing of cues into one support an owner. It refuses to decide: supports are
evidence for people and features of the model, never a type.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from ocr.cuetable import Cue, CueTable, Kind, packaged_table
from ocr.grams import BASE, codes, gram_numbers
from ocr.headlines import Layout, find_headlines, similar_span
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
_NAMED_EVIDENCE = 6
_WHOLE_WORD_BELOW = 6
_HEADLINE_SHARE = 0.6
"""Share of a title's trigrams that one line near the top must hold to be looked at."""
_LINES = 60
_LONGEST_LINE = 90
_TRIGRAM = 3
_LETTERHEAD = skeleton("Jobcenter")
_SALUTATIONS = (skeleton("Sehr geehrte Frau"), skeleton("Sehr geehrter Herr"))
_SALUTATION_WITHIN = 25
_LETTERHEAD_ALIKE = 75.0


@dataclass(slots=True)
class Support:
    """What has been found for one owner."""

    headlines: dict[str, float] = field(default_factory=dict)
    sums: dict[Kind, float] = field(default_factory=lambda: defaultdict(float))
    named: list[str] = field(default_factory=list)

    @property
    def title(self) -> float:
        """Return the support by titles alone: 6 is one title on its own line near the top."""
        ranked = sorted(self.headlines.values(), reverse=True)
        return ranked[0] + _FURTHER_TITLES * sum(ranked[1:3]) if ranked else 0.0

    @property
    def total(self) -> float:
        """Return the sum of all support, less what speaks against it."""
        capped = {kind: min(amount, _CEILINGS[kind]) for kind, amount in self.sums.items()}
        return self.title + sum(capped.values()) - 2 * capped.get(Kind.AGAINST, 0.0)

    def add_headline(self, wording: str, amount: float) -> None:
        """Count a title once, at its best place."""
        self.headlines[wording] = max(amount, self.headlines.get(wording, 0.0))

    def add(self, kind: Kind, wording: str) -> None:
        """Count a wording in running text."""
        self.sums[kind] += _WEIGHTS[kind]
        if kind is not Kind.AGAINST:
            self.named.append(wording)

    def evidence(self) -> tuple[str, ...]:
        """Return the wordings that support the owner, the strongest first."""
        ranked = sorted(self.headlines, key=lambda wording: -self.headlines[wording])
        return tuple(dict.fromkeys((*ranked[:2], *self.named)))[:_NAMED_EVIDENCE]


class CueFinder:
    """Finds the cues of a table in a laid out text."""

    def __init__(self, table: CueTable) -> None:
        """Take the table; ``load`` is the usual way."""
        self.table = table
        self._headlines = _Index(table.headlines)
        self._wordings = _Index(table.wordings)

    @classmethod
    def load(cls) -> Self:
        """Read the packaged cue table; raise ``ConfigurationError`` if it is not valid."""
        return cls(packaged_table())

    def supports(self, layout: Layout) -> Mapping[str, Support]:
        """Return the support by owner: a type's code or a decoy's name."""
        supports: dict[str, Support] = defaultdict(Support)
        for found in find_headlines(layout, self._titles(layout)):
            for claim in found.cue.claims:
                amount = _WEIGHTS[claim.kind] * found.weight
                supports[claim.owner].add_headline(found.cue.wording, amount)
        for cue in self._wordings.complete(layout.joined):
            if _stands(cue, layout.joined):
                for claim in cue.claims:
                    supports[claim.owner].add(claim.kind, cue.wording)
        return supports

    def _titles(self, layout: Layout) -> Sequence[Cue]:
        """Return the titles worth looking for: those nearly in one line, or wholly anywhere."""
        lines = [line for line in layout.lines[:_LINES] if len(line) <= _LONGEST_LINE]
        return self._headlines.likely(lines, layout.joined)


class _Index:
    """The trigrams of many cues, to find in one go which of them a text may hold."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        self._cues = cues
        self._grams = [np.unique(gram_numbers(codes(cue.skeleton), _TRIGRAM)) for cue in cues]
        self._sizes = np.array([len(found) for found in self._grams], dtype=np.int64)
        self._starts = _starts(self._sizes)
        self._flat = np.concatenate([np.zeros(0, dtype=np.uint32), *self._grams])

    def complete(self, text: str) -> Sequence[Cue]:
        """Return the cues whose trigrams all stand in a text."""
        return [self._cues[at] for at in np.flatnonzero(self._held(text) == self._sizes).tolist()]

    def likely(self, lines: Sequence[str], text: str) -> Sequence[Cue]:
        """Return the cues that stand in a text wholly or in a line mostly."""
        whole = self._held(text) == self._sizes
        rest = self._held(" ".join(lines)) >= _HEADLINE_SHARE * self._sizes
        maybe = np.flatnonzero(rest & ~whole)
        if len(maybe):
            whole[maybe] = self._mostly(lines, maybe)
        return [self._cues[at] for at in np.flatnonzero(whole).tolist()]

    def _held(self, text: str) -> NDArray[np.uint8]:
        """Return how many trigrams of each cue a text holds."""
        if not self._cues:
            return np.zeros(0, dtype=np.uint8)
        # No cue has as many as 256 trigrams, so that a byte counts them.
        held: NDArray[np.uint8] = np.add.reduceat(
            _present(text)[self._flat], self._starts, dtype=np.uint8
        )
        return held

    def _mostly(self, lines: Sequence[str], chosen: NDArray[np.int64]) -> NDArray[np.bool_]:
        sizes = self._sizes[chosen]
        flat = np.concatenate([self._grams[at] for at in chosen])
        present = np.stack([_present(line)[flat] for line in lines])
        held = np.add.reduceat(present, _starts(sizes), axis=1, dtype=np.uint8)
        mostly: NDArray[np.bool_] = held.max(axis=0) >= _HEADLINE_SHARE * sizes
        return mostly


def _starts(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    starts: NDArray[np.int64] = np.cumsum(sizes) - sizes
    return starts


def _present(text: str) -> NDArray[np.uint8]:
    """Return 1 for each possible trigram that a skeleton holds, 0 for the others."""
    present = np.zeros(BASE**_TRIGRAM, dtype=np.uint8)
    present[gram_numbers(codes(text), _TRIGRAM)] = 1
    return present


def is_own_letter(layout: Layout) -> bool:
    """Tell whether the Jobcenter writes to somebody: it names documents, but it is none."""
    first = " ".join(layout.lines[:1]).partition(" ")[0]
    return fuzz.ratio(first, _LETTERHEAD) >= _LETTERHEAD_ALIKE and any(
        similar_span(salutation, line)
        for line in layout.lines[1:_SALUTATION_WITHIN]
        for salutation in _SALUTATIONS
    )


def _stands(cue: Cue, joined: str) -> bool:
    # A short wording must be a whole word; a longer one may be inflected or compounded.
    ending = " " if len(cue.skeleton) < _WHOLE_WORD_BELOW else ""
    return f" {cue.skeleton}{ending}" in joined
