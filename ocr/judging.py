"""How good recognition is, and from which confidence on it may decide.

Owns the comparison of guesses with the truth: figures, confusions, the threshold, and whether
one model is worse than another. It refuses to look at texts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

WRONG_LIMIT = 0.01
"""How many of the documents decided without a person may have the wrong type."""
CROSSED_LIMIT = 0.003
"""How many of them may reach a carrier that is not entitled."""
_LEAST_WRONG = 0.5
_STEPS = (*(step / 200 for step in range(100, 198)), *(step / 1000 for step in range(990, 999)))
_HIGHEST = 0.999


@dataclass(frozen=True, slots=True)
class Judged:
    """One guess and the truth; ``crossed``: it would reach a carrier that is not entitled.

    ``decidable``: the guessed type is one that is filed without a person if it is sure enough.
    """

    true: str
    guessed: str
    confidence: float
    letter: str
    condition: str
    crossed: bool
    decidable: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares (0 to 1): ``wrong`` and ``crossed`` are shares of the documents decided."""

    documents: int
    right: float
    decided: float
    wrong: float
    crossed: float


def figures(judged: Sequence[Judged], *, threshold: float) -> Figures:
    """Return what a threshold leads to; everything 0 without documents."""
    sure = [one for one in judged if _decided(one, threshold)]
    return Figures(
        documents=len(judged),
        right=_share(sum(one.true == one.guessed for one in judged), len(judged)),
        decided=_share(len(sure), len(judged)),
        wrong=_share(sum(one.true != one.guessed for one in sure), len(sure)),
        crossed=_share(sum(one.crossed for one in sure), len(sure)),
    )


def by_condition(judged: Iterable[Judged], *, threshold: float) -> Mapping[str, Figures]:
    """Return the figures of each condition of the paper."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[one.condition].append(one)
    return {name: figures(group, threshold=threshold) for name, group in sorted(groups.items())}


def confusions(judged: Iterable[Judged]) -> list[tuple[str, str, int]]:
    """Return (true, guessed, how often) of what was mistaken, the most frequent first."""
    found = Counter((one.true, one.guessed) for one in judged if one.true != one.guessed)
    return sorted(
        ((true, guessed, count) for (true, guessed), count in found.items()),
        key=lambda row: (-row[2], row[0], row[1]),
    )


def safe_threshold(judged: Sequence[Judged]) -> float:
    """Return the lowest confidence that keeps both limits on letters left out of training.

    Copies of one letter are no independent witnesses: each letter counts once, by the shares of
    its copies that were decided and that were wrong. Where none was seen wrong, half a letter is
    assumed to be, so that few letters prove nothing.
    """
    weights = _weights(judged)
    for threshold in _STEPS:
        if all(
            _keeps(judged, threshold, weights=weights, crossed=crossed) for crossed in (False, True)
        ):
            return threshold
    return _HIGHEST


def not_worse(
    old: Sequence[Judged], new: Sequence[Judged], thresholds: tuple[float, float]
) -> bool:
    """Tell whether a new model is as good as the old one on the same documents.

    It must be right as often, decide no more wrongly, and cross carriers no more often.
    """
    before, after = _counted(old, thresholds[0]), _counted(new, thresholds[1])
    allowed = max(before.wrong, int(len(new) * WRONG_LIMIT / 2))
    return (
        after.right >= before.right and after.crossed <= before.crossed and after.wrong <= allowed
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    """Documents, not shares: shares are rounded, and of other totals."""

    right: int
    wrong: int
    crossed: int


def _counted(judged: Sequence[Judged], threshold: float) -> _Counted:
    sure = [one for one in judged if _decided(one, threshold)]
    return _Counted(
        right=sum(one.true == one.guessed for one in judged),
        wrong=sum(one.true != one.guessed for one in sure),
        crossed=sum(one.crossed for one in sure),
    )


def _decided(one: Judged, threshold: float) -> bool:
    return one.decidable and one.confidence >= threshold


def _weights(judged: Iterable[Judged]) -> Mapping[str, float]:
    """Return how much one copy of each letter counts."""
    return {letter: 1 / count for letter, count in Counter(one.letter for one in judged).items()}


def _keeps(
    judged: Iterable[Judged], threshold: float, *, weights: Mapping[str, float], crossed: bool
) -> bool:
    sure = [one for one in judged if _decided(one, threshold)]
    decided = sum(weights[one.letter] for one in sure)
    wrong = sum(
        weights[one.letter] for one in sure if (one.crossed if crossed else one.true != one.guessed)
    )
    limit = CROSSED_LIMIT if crossed else WRONG_LIMIT
    return decided * limit >= max(_LEAST_WRONG, wrong)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
