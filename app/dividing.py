"""Fitting and measuring how stacks are divided by content: ``python -m app.dividing``.

Owns the fit of ``ocr/boundary_weights.toml`` on piles of the training split, the thresholds,
and the measure on piles of any split. Refuses to touch how evidence is found.
"""

import argparse
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.chance import dice
from corpus.piles import Pile, Style, pile
from corpus.templates import SPLITS, templates
from domain.ids import TypeCode
from ocr.beginnings import evidence
from ocr.classify import Classifier
from ocr.gaps import gaps
from ocr.pagesigns import PageSigns, page_signs
from ocr.splitting import packaged_weights
from ocr.weathering import CLEAN, FAINT, POOR, weathered

Floats = NDArray[np.float64]

_STRENGTHS = (CLEAN, FAINT, FAINT, POOR)
_STEPS = 12
_UNKNOWN, _CONFUSED = 0.25, 0.08
"""Shares of the pages whose types training loses, and confuses."""
_WRONG = 0.02
"""Share of the gaps that are decided without a person, and may be wrong."""
WEIGHTS = Path(__file__).parent.parent / "ocr" / "boundary_weights.toml"
_HEADER = """# What each sign at a gap of two pages adds to the log odds that a document begins.
# Fitted by ``python -m app.dividing`` on piles of the training split; do not edit by hand.
# Gaps from ``split`` on divide, gaps up to ``keep`` do not, and a person sees those between.
"""
_STYLES = (
    Style.NOTHING,
    Style.NOTHING,
    Style.BLANK_SHEETS,
    Style.DUPLEX,
    Style.DUPLEX_BLANK_SHEETS,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """The gaps of one pile: features, and whether a letter really begins after each."""

    style: Style
    rows: tuple[dict[str, float], ...]
    begins: tuple[bool, ...]


def seen(made: Pile, *, seed: str, classifier: Classifier, training: bool) -> Seen:
    """Return the gaps of a pile as recognition would show them; see ``_blurred`` for training."""
    strength = dice("strength", seed).choice(_STRENGTHS)
    texts = [(at, weathered(text, strength, seed=f"{seed}/{at}")) for at, text in made.content]
    pages = [(at, page_signs(text, classifier)) for at, text in texts]
    if training:
        rng = dice("types", seed)
        pages = [(at, _blurred(signs, rng)) for at, signs in pages]
    firsts = {letter[0] for letter in made.letters}
    return Seen(
        made.style,
        tuple(evidence(gap) for gap in gaps(pages, made.blank)),
        tuple(number in firsts for number, _ in pages[1:]),
    )


def _blurred(signs: PageSigns, rng: random.Random) -> PageSigns:
    """Lose some types and confuse some.

    The classifier has learned from the letters that the weights are fitted on; it knows their
    types better than it will know those of other letters.
    """
    fate = rng.random()
    if fate < _UNKNOWN:
        return replace(signs, named=None, likely=None)
    if fate < _UNKNOWN + _CONFUSED:
        return replace(signs, named=None, likely=TypeCode(rng.choice(templates("train")).type))
    return signs


def piles(count: int, *, split: str, classifier: Classifier, training: bool) -> Iterator[Seen]:
    """Yield the gaps of so many piles, a fifth of them or two of each style."""
    for at in range(count):
        style, seed = _STYLES[at % len(_STYLES)], f"{split}/{at}"
        made = pile(split=split, seed=seed, style=style)
        yield seen(made, seed=seed, classifier=classifier, training=training)


@dataclass(frozen=True, slots=True)
class Fit:
    """Names of the features, and the weight of each; the last weight is the bias."""

    names: tuple[str, ...]
    weights: Floats

    def odds(self, rows: Sequence[dict[str, float]]) -> Floats:
        """Return the log odds of a beginning for each row."""
        return _matrix(rows, self.names) @ self.weights


def fit(found: Sequence[Seen], *, penalty: float = 1.0) -> Fit:
    """Fit a logistic model by Newton's method; the bias is not drawn to nothing."""
    rows = [row for one in found for row in one.rows]
    target = np.array([begins for one in found for begins in one.begins], dtype=float)
    names = tuple(rows[0])
    matrix = _matrix(rows, names)
    drawn = np.full(len(names) + 1, penalty)
    drawn[-1] = 0.001
    weights = np.zeros(len(names) + 1)
    for _ in range(_STEPS):
        share = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (target - share) - drawn * weights
        bend = (matrix * (share * (1 - share))[:, None]).T @ matrix + np.diag(drawn)
        weights = weights + np.linalg.solve(bend, slope)
    return Fit(names, weights)


def _matrix(rows: Sequence[dict[str, float]], names: Sequence[str]) -> Floats:
    return np.array([[*(row[name] for name in names), 1.0] for row in rows])


def held_out(found: Sequence[Seen], *, folds: int = 5) -> Floats:
    """Return the log odds that models say which never saw the pile."""
    parts = [
        fit([one for at, one in enumerate(found) if at % folds != fold]) for fold in range(folds)
    ]
    return np.concatenate([parts[at % folds].odds(one.rows) for at, one in enumerate(found)])


def thresholds(odds: Floats, begins: NDArray[np.bool_], *, wrong: float) -> tuple[float, float]:
    """Return from which share on gaps divide, and up to which they do not.

    At most ``wrong`` (0 to 1) of all gaps that are divided, and of those that are not, err.
    """
    order = np.argsort(-odds)
    split = _furthest(odds[order], ~begins[order], wrong)
    order = order[::-1]
    keep = -_furthest(-odds[order], begins[order], wrong)
    return _share(split), _share(min(keep, split))


def _furthest(odds: Floats, errs: NDArray[np.bool_], wrong: float) -> float:
    """Return how far down a ranking the errors stay few; at least the first of it."""
    shares = np.cumsum(errs) / np.arange(1, len(errs) + 1)
    good = np.flatnonzero(shares <= wrong)
    return float(odds[good[-1]]) if len(good) else float(odds[0])


def _share(odds: float) -> float:
    return round(float(1 / (1 + np.exp(-odds))), 4)


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit on the training split and write the weights, or measure what is written."""
    parser = argparse.ArgumentParser(prog="python -m app.dividing")
    parser.add_argument("--piles", type=int, default=600)
    parser.add_argument("--measure", choices=SPLITS, help="measure on a split and write nothing")
    said = parser.parse_args(arguments)
    split = said.measure or "train"
    every = piles(said.piles, split=split, classifier=Classifier.load(), training=not said.measure)
    found = [one for one in every if one.rows]
    if not said.measure:
        write_weights(found)
    for line in measured(found):
        print(line)  # noqa: T201 - the report of a tool on its terminal


def write_weights(found: Sequence[Seen]) -> None:
    """Fit, choose the thresholds on piles that the model has not seen, and write both."""
    fitted = fit(found)
    # Blank pages make most gaps easy; the thresholds are for those that are not.
    hard = np.array([one.style is Style.NOTHING for one in found for _ in one.begins])
    begins = np.array([begins for one in found for begins in one.begins])
    split, keep = thresholds(held_out(found)[hard], begins[hard], wrong=_WRONG)
    lines = [_HEADER, f"bias = {fitted.weights[-1]:.3f}", "", "[thresholds]"]
    lines += [f"split = {split}", f"keep = {keep}", "", "[weights]"]
    ranked = sorted(zip(fitted.names, fitted.weights[:-1], strict=True), key=lambda one: -one[1])
    lines += [f"{name} = {weight:.3f}" for name, weight in ranked]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def measured(found: Sequence[Seen]) -> Iterator[str]:
    """Yield for each style how many letters came out whole, and what was decided wrongly."""
    for style in Style:
        yield f"{style}: {_measure([one for one in found if one.style is style])}"


def _measure(found: Sequence[Seen]) -> str:
    weights = packaged_weights()
    whole = letters = 0
    divided: list[bool] = []
    kept: list[bool] = []
    gaps_ = 0
    for one in found:
        shares = [1 / (1 + math.exp(-weights.log_odds(row))) for row in one.rows]
        true = _runs(one.begins)
        whole += len(true & _runs([share >= weights.split for share in shares]))
        letters, gaps_ = letters + len(true), gaps_ + len(shares)
        judged = list(zip(shares, one.begins, strict=True))
        divided += [begins for share, begins in judged if share >= weights.split]
        kept += [begins for share, begins in judged if share <= weights.keep]
    return (
        f"{whole} of {letters} letters whole ({whole / max(1, letters):.1%}); divided "
        f"{len(divided)}, wrongly {divided.count(False)}; kept {len(kept)}, wrongly "
        f"{kept.count(True)}; left to a person {gaps_ - len(divided) - len(kept)}"
    )


def _runs(begins: Sequence[bool]) -> frozenset[tuple[int, int]]:
    """Return first and last page of each letter, counted from 0."""
    starts = [0, *(at for at, one in enumerate(begins, start=1) if one)]
    return frozenset(zip(starts, [*starts[1:], len(begins) + 1], strict=True))


if __name__ == "__main__":
    main()
