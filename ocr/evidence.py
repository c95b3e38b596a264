"""What speaks for a value found in text, and the choice among values.

Owns candidates, the surroundings they are judged by, and the rule that a tie is no answer.
Refuses to know any field: what counts as evidence, and how much, stands with the fields.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

_Value = TypeVar("_Value")

_LINE_END = re.compile(r"[\n\f]")
_SPELLINGS = {"ä": "(?:ä|ae?)", "ö": "(?:ö|oe?)", "ü": "(?:ü|ue?|ii)", "ß": "(?:ß|ss|B)"}
_UMLAUT = re.compile("[äöüß]")
_BEFORE = 90
"""Characters of a line that may explain a value which stands after them."""
_LONGEST_LINE = 300
"""What is longer is no line of print; bounded so that looking around costs little."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value stands in the text, whether a check digit confirms it, was it repaired."""

    start: int
    end: int
    checked: bool | None = None
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Candidate(Generic[_Value]):
    """A value, where it stands, and the sum of what speaks for and against it."""

    value: _Value
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Cue:
    """Wording near a value and how much it says; negative where it says the value is another's."""

    pattern: re.Pattern[str]
    weight: float


def wording(pattern: str) -> re.Pattern[str]:
    """Return a pattern in either case whose umlauts may have lost their dots or be written out."""
    return re.compile(_UMLAUT.sub(lambda match: _SPELLINGS[match[0]], pattern), re.IGNORECASE)


def cue(pattern: str, weight: float) -> Cue:
    """Return a cue with a weight for some wording."""
    return Cue(wording(pattern), weight)


def weigh(text: str, cues: Sequence[Cue]) -> float:
    """Return the sum of the cues that occur in a text."""
    return sum(cue.weight for cue in cues if cue.pattern.search(text))


def choose(
    candidates: Iterable[Candidate[_Value]], *, least: float, margin: float = 0.5
) -> Candidate[_Value] | None:
    """Return the best candidate, None below ``least`` or if another value comes near it."""
    best: dict[_Value, Candidate[_Value]] = {}
    for candidate in candidates:
        known = best.get(candidate.value)
        if known is None or candidate.score > known.score:
            best[candidate.value] = candidate
    ranked = sorted(best.values(), key=lambda candidate: (-candidate.score, candidate.span.start))
    if not ranked or ranked[0].score < least:
        return None
    if len(ranked) > 1 and ranked[0].score - ranked[1].score < margin:
        return None
    return ranked[0]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a value: on its line and on the nearest lines that are not blank.

    ``line`` counts from the first line (0), ``left`` from the last (1).
    """

    line: int
    left: int
    before: str
    after: str
    above: str
    below: str

    @property
    def alone(self) -> bool:
        """Tell whether nothing else stands on the line."""
        return not self.before.strip() and not self.after.strip()


class Lines:
    """The lines of a text, to look around a place in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    @property
    def count(self) -> int:
        """Return how many lines there are."""
        return len(self._starts)

    def number(self, at: int) -> int:
        """Return the 0-based line in which a character stands."""
        return bisect_right(self._starts, at) - 1

    def start(self, number: int) -> int:
        """Return where a line begins."""
        return self._starts[number]

    def line(self, number: int) -> str:
        """Return the beginning of a line, "" outside the text."""
        if not 0 <= number < self.count:
            return ""
        last = number + 1 == self.count
        start, end = self._starts[number], len(self.text) if last else self._starts[number + 1] - 1
        return self.text[start : min(end, start + _LONGEST_LINE)]

    def around(self, span: Span) -> Around:
        """Return what stands around a place."""
        line = self.number(span.start)
        return Around(
            line,
            self.count - line,
            self.before(span.start),
            self.after(span.end),
            self.above(line),
            self.below(line),
        )

    def before(self, at: int) -> str:
        """Return what stands before a place on its line."""
        return self.text[max(self._starts[self.number(at)], at - _BEFORE) : at]

    def after(self, at: int) -> str:
        """Return what stands after a place on its line."""
        found = _LINE_END.search(self.text, at, at + _BEFORE)
        return self.text[at : found.start() if found else at + _BEFORE]

    def above(self, number: int, *, reach: int = 2) -> str:
        """Return the nearest line above that is not blank, "" if none is within reach."""
        return self._beside(range(number - 1, number - 1 - reach, -1))

    def below(self, number: int, *, reach: int = 2) -> str:
        """Return the nearest line below that is not blank, "" if none is within reach."""
        return self._beside(range(number + 1, number + 1 + reach))

    def _beside(self, numbers: Iterable[int]) -> str:
        return next((line for number in numbers if (line := self.line(number)).strip()), "")
