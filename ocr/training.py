"""Making a model out of letters whose type is known.

Owns what is done with copies of letters: leaving letters out to learn how sure a model may be,
fitting the model that ships, and adding corrections. Pure functions: the same examples give the
same model, bit for bit. It refuses to know where examples come from.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
from numpy.typing import NDArray

from domain.catalogue import FALLBACK
from ocr.cuetable import CueTable
from ocr.features import Block, Extractor, blocks, cue_keys, unpack, word_key
from ocr.fitting import Floats, Material, Weights, fit
from ocr.judging import Judged, by_condition, figures, safe_threshold
from ocr.model import Card, Model, confidence_of, costs_of, logits_of, shares_of
from ocr.specimens import FOLDS, STRENGTHS, Copy, Example, fold_of, training_copies
from ocr.supports import CueFinder
from ocr.text import skeleton
from ocr.vocabulary import Vocabulary, choose, usual_spelling

Carriers = Mapping[str, frozenset[str]]
"""Who is entitled to documents of each type; nobody where a person decides."""

_EPOCHS = 9
_DECAY = 0.0001
_CUE_PRIOR = 0.5
_SHARE_PRIOR = 0.03
_PRIOR_STEP = 256
_UNSEEN = 0.5
_LOG_RANGE = (-1.0, 3.0)
_COUNT_STEP = 1000
_TEMPERATURES = tuple(step / 50 for step in range(10, 101))
_RARE, _COMMON = 0.5, 3.0
"""Least and most that a letter counts more or less because its type has few or many."""
_FALLBACK_COUNTS = 1.0
_CORRECTION_COUNTS = 2.0
_LARGEST = 127
_TRUST = {
    Block.GRAMS: 1.35,
    Block.WORDS: 0.95,
    Block.PAIRS: 0.5,
    Block.TITLE_GRAMS: 1.15,
    Block.TITLE_WORDS: 0.65,
    Block.CUES: 0.6,
    Block.LAYOUT: 3.0,
}
"""How far each kind of feature holds for letters that were left out of training.

Fitted on those; a rare pair of words promises more in training than it keeps.
"""
_MEASURED = frozenset({"clean", "faint", "poor"})
"""Conditions that decide about the threshold; what is hardly legible is doubted elsewhere."""
_WORD = re.compile(r"[^\W\d_]{5,}")


@dataclass(frozen=True, slots=True)
class Trained:
    """A model, and what was guessed about each letter while it was left out of training."""

    model: Model
    held_out: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person decided about a document: packed features of ``ocr.features`` and a type.

    ``counts`` is how many letters it counts as.
    """

    features: bytes
    type: str
    counts: float = _CORRECTION_COUNTS


@dataclass(frozen=True, slots=True)
class _Rows:
    """Documents by the indices of their features, their types and how much they count."""

    indices: Sequence[NDArray[np.int64]]
    types: Sequence[tuple[str, str]]
    counts: Floats


def train(examples: Sequence[Example], table: CueTable, carriers: Carriers) -> Trained:
    """Train a model for the types that ``carriers`` names, with its threshold and figures."""
    types = tuple(sorted(carriers))
    made = training_copies(examples, table, Extractor(CueFinder(table)))
    whole = [at for at, copy in enumerate(made) if copy.condition in STRENGTHS]
    logits = _held_out(made, types, table)[whole]
    copies = [made[at] for at in whole]
    temperature = _temperature(copies, logits, types)
    known = _vocabulary(made)
    model = Model(
        types=types,
        known=known,
        weights=_fitted(_rows(made, known), known, _Ground(types, table)),
        costs=costs_of(types, carriers),
        words=usual_spelling(_spellings(examples), known),
        temperature=temperature,
        threshold=1.0,
        card=Card(digest(examples), len({one.letter for one in examples}), len(made), {}),
    )
    judged = _judged(copies, shares_of(logits, temperature), model=model, carriers=carriers)
    return Trained(_with_threshold(model, judged), judged)


def retrain(
    model: Model, corrections: Sequence[Correction], *, examples: Sequence[Example], table: CueTable
) -> Model:
    """Fit the weights of a model anew with corrections added; its vocabulary stays.

    Raises ``ConfigurationError`` for corrections that are not of this vocabulary.
    """
    made = training_copies(examples, table, Extractor(CueFinder(table)))
    base = _rows(made, model.known)
    size = len(model.known.keys)
    rows = _Rows(
        [*base.indices, *(unpack(one.features, size=size) for one in corrections)],
        [*base.types, *((one.type, one.type) for one in corrections)],
        np.concatenate((base.counts, np.array([one.counts for one in corrections]))),
    )
    weights = _fitted(rows, model.known, _Ground(model.types, table))
    return replace(model, weights=weights)


def judge(model: Model, copies: Sequence[Copy], carriers: Carriers) -> tuple[Judged, ...]:
    """Return what a model guesses about copies of letters, beside the truth."""
    shares = np.array([model.shares(copy.keys) for copy in copies])
    return _judged(copies, shares, model=model, carriers=carriers)


def digest(examples: Iterable[Example]) -> str:
    """Return the SHA-256 of examples in their order."""
    sha = hashlib.sha256()
    for example in examples:
        for part in (example.type, example.letter, example.text):
            content = part.encode()
            sha.update(len(content).to_bytes(8, "big") + content)
    return sha.hexdigest()


@dataclass(frozen=True, slots=True)
class _Ground:
    """What training stands on: the types in their order and the table of cues."""

    types: Sequence[str]
    table: CueTable


def _held_out(made: Sequence[Copy], types: Sequence[str], table: CueTable) -> NDArray[np.int64]:
    """Return for each copy what a model says that never saw its letter (k-fold by letter)."""
    folds = np.array([fold_of(copy.letter) for copy in made])
    logits = np.zeros((len(made), len(types)), dtype=np.int64)
    for fold in range(FOLDS):
        seen = [copy for copy, at in zip(made, folds, strict=True) if at != fold]
        known = _vocabulary(seen)
        weights = _fitted(_rows(seen, known), known, _Ground(types, table))
        for row in np.flatnonzero(folds == fold).tolist():
            logits[row] = logits_of(known, weights, made[row].keys)
    return logits


def _vocabulary(made: Iterable[Copy]) -> Vocabulary:
    """Choose the features from undamaged copies of real letters."""
    clean = (copy for copy in made if copy.condition == "clean")
    return choose([(copy.keys, copy.type, copy.letter) for copy in clean])


def _rows(made: Sequence[Copy], known: Vocabulary) -> _Rows:
    return _Rows(
        [known.indices(copy.keys) for copy in made],
        [(copy.type, copy.other or copy.type) for copy in made],
        _counts(made),
    )


def _fitted(rows: _Rows, known: Vocabulary, ground: _Ground) -> Weights:
    numbers = np.zeros((len(rows.types), len(known.keys)), dtype=np.uint8)
    shares = np.zeros((len(rows.types), len(ground.types)))
    column = {kind: at for at, kind in enumerate(ground.types)}
    for row, (indices, kinds) in enumerate(zip(rows.indices, rows.types, strict=True)):
        numbers[row, indices] = known.numbers(indices)
        for kind in kinds:
            shares[row, column[kind]] += 0.5
    prior = _cue_prior(known, ground) + _share_prior(numbers, shares * rows.counts[:, None])
    kinds_of = blocks(known.keys).astype(np.uint8)
    material = Material(numbers, shares, rows.counts, prior, kinds_of)
    weights = fit(material, epochs=_EPOCHS, decay=_DECAY, seed="letters")
    factors = np.array([_TRUST[block] for block in Block])[kinds_of]
    trusted = np.clip(np.rint(weights.matrix * factors[:, None]), -_LARGEST, _LARGEST)
    return Weights(trusted.astype(np.int8), weights.bias)


def _cue_prior(known: Vocabulary, ground: _Ground) -> Floats:
    """Return weights before training: a cue speaks for the type in whose table it stands."""
    prior = np.zeros((len(known.keys), len(ground.types)))
    for owner in sorted((*ground.table.types, *ground.table.decoys)):
        kind = owner if owner in ground.types else FALLBACK
        if kind in ground.types:
            keys = np.array(sorted(set(cue_keys(owner))), dtype=np.uint32)
            prior[known.indices(keys), ground.types.index(kind)] = _CUE_PRIOR
    return prior


def _share_prior(numbers: NDArray[np.uint8], counts: Floats) -> Floats:
    """Return weights before training: how much more often than usual a type has a feature."""
    whole = np.rint(counts * _COUNT_STEP)
    found = np.zeros((numbers.shape[1], counts.shape[1]))
    for start in range(0, len(numbers), _COUNT_STEP):
        part = slice(start, start + _COUNT_STEP)
        found += (numbers[part] > 0).T.astype(np.float64) @ whole[part]
    shares = (found / _COUNT_STEP + _UNSEEN / 10) / (whole.sum(axis=0) / _COUNT_STEP + _UNSEEN)
    usual = np.rint(shares * 2**40).sum(axis=1, keepdims=True) / 2**40 / counts.shape[1]
    leaning = np.clip(np.log(shares / usual), *_LOG_RANGE)
    prior: Floats = np.rint(leaning * _PRIOR_STEP) / _PRIOR_STEP * _SHARE_PRIOR
    return prior


def _counts(made: Sequence[Copy]) -> Floats:
    """Return how much each copy counts: rare types more, and what belongs to nobody less."""
    of_type = Counter(copy.type for copy in made)
    usual = len(made) / len(of_type)
    factors = {
        kind: min(max((usual / count) ** 0.5, _RARE), _COMMON) for kind, count in of_type.items()
    }
    factors[FALLBACK] = _FALLBACK_COUNTS
    return np.array([copy.counts * factors[copy.type] for copy in made])


def _temperature(copies: Sequence[Copy], logits: NDArray[np.int64], types: Sequence[str]) -> float:
    """Return the temperature at which the shares given to the true types are best."""
    true = np.array([types.index(copy.type) for copy in copies])

    def loss(temperature: float) -> float:
        given = shares_of(logits, temperature)[np.arange(len(true)), true]
        return round(float(-np.log(given + 1e-9).mean()), 6)

    return min(_TEMPERATURES, key=lambda temperature: (loss(temperature), temperature))


def _judged(
    copies: Sequence[Copy], shares: Floats, *, model: Model, carriers: Carriers
) -> tuple[Judged, ...]:
    judged = []
    for copy, row in zip(copies, shares, strict=True):
        best = int(row.argmax())
        taken = model.types[best]
        judged.append(
            Judged(
                true=copy.type,
                guessed=taken,
                confidence=min(
                    confidence_of(row, model.costs[best]),
                    copy.signs.ceiling(taken) if copy.signs else 1.0,
                ),
                letter=copy.letter,
                condition=copy.condition,
                crossed=bool(carriers[taken] - carriers[copy.type]),
                decidable=bool(carriers[taken]),
            )
        )
    return tuple(judged)


def _with_threshold(model: Model, judged: Sequence[Judged]) -> Model:
    threshold = safe_threshold([one for one in judged if one.condition in _MEASURED])
    found = {
        **by_condition(judged, threshold=threshold),
        "all": figures(judged, threshold=threshold),
    }
    measured = {name: asdict(row) for name, row in found.items()}
    card = Card(model.card.material, model.card.letters, model.card.examples, measured)
    return replace(model, threshold=threshold, card=card)


def _spellings(examples: Iterable[Example]) -> Counter[tuple[int, str]]:
    found: Counter[tuple[int, str]] = Counter()
    for example in examples:
        for word in set(_WORD.findall(example.text)):
            found[word_key(skeleton(word)), word] += 1
    return found
