"""Fitting the weights of a multinomial logistic regression, the same ones on every machine.

Owns the numerics: documents, weights and errors are whole numbers wherever they are summed, so
that the order in which a processor adds them cannot matter; the rest is done number by number
in IEEE arithmetic. It refuses to know what types or features mean.
"""

import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WEIGHT_STEP = 64
"""Steps of a stored weight for 1; weights are stored as -127 to 127 steps."""
NUMBER_STEP = 64
"""Steps of a document's number for 1."""
_FINE = 2**12
"""Finer steps of the weights while they are being fitted."""
_ERROR_STEP = 2.0**22
_EXP_STEP = 2.0**30
_BATCH = 256
_RATE, _MOMENTUM, _SPREAD, _TINY = 0.04, 0.9, 0.99, 1e-8
_LARGEST_WEIGHT = 127 / WEIGHT_STEP
_LOWEST = -40.0
_HIDDEN, _HIDDEN_BLOCK = 96, 32
"""Of 256: how often a feature is hidden during training, and how often a whole kind is."""
_LN2_HIGH, _LN2_LOW = 0.693147180369123816490, 1.90821492927058770002e-10
_EXP_TERMS = 12


@dataclass(frozen=True, slots=True)
class Material:
    """Documents (rows of ``numbers``), their shares in each type, how much each one counts.

    ``prior`` are the weights that hold as long as nothing speaks against them (features x types);
    ``blocks`` tells which features are of a kind.
    """

    numbers: NDArray[np.uint8]
    shares: Floats
    counts: Floats
    prior: Floats
    blocks: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights in stored steps: one row a feature, one column a type; and one bias a type."""

    matrix: NDArray[np.int8]
    bias: NDArray[np.int32]


def fit(material: Material, *, epochs: int, decay: float, seed: str) -> Weights:
    """Fit weights by Adam over batches in an order that the seed decides."""
    rows, types = material.shares.shape
    weights = np.concatenate((material.prior, np.zeros((1, types))))
    descent = _Descent.begin(weights, steps=epochs * -(-rows // _BATCH))
    chance = random.Random(seed)  # noqa: S311 - the same order in every run is the point
    gaps = _Gaps(np.random.PCG64(chance.randrange(2**63)), material.blocks)
    for _ in range(epochs):
        order = list(range(rows))
        chance.shuffle(order)
        for start in range(0, rows, _BATCH):
            rows_here = np.array(order[start : start + _BATCH])
            seen = material.numbers[rows_here] * gaps.mask(len(rows_here))
            slope = _slope(seen, _Target.of(material, rows_here), weights)
            slope[:-1] += decay * (weights[:-1] - material.prior)
            descent.move(weights, slope)
    np.clip(weights[:-1], -_LARGEST_WEIGHT, _LARGEST_WEIGHT, out=weights[:-1])
    return Weights(
        np.rint(weights[:-1] * WEIGHT_STEP).astype(np.int8),
        np.rint(weights[-1] * WEIGHT_STEP * NUMBER_STEP).astype(np.int32),
    )


@dataclass(slots=True)
class _Descent:
    """Adam with a rate that falls to nothing; everything number by number."""

    mean: Floats
    square: Floats
    steps: int
    step: int = 0
    mean_left: float = 1.0
    square_left: float = 1.0

    @classmethod
    def begin(cls, weights: Floats, *, steps: int) -> "_Descent":
        return cls(np.zeros_like(weights), np.zeros_like(weights), steps)

    def move(self, weights: Floats, slope: Floats) -> None:
        self.mean += (1 - _MOMENTUM) * (slope - self.mean)
        self.square += (1 - _SPREAD) * (slope * slope - self.square)
        self.mean_left *= _MOMENTUM
        self.square_left *= _SPREAD
        rate = _RATE * (1 - self.step / self.steps) / (1 - self.mean_left)
        weights -= rate * self.mean / (np.sqrt(self.square / (1 - self.square_left)) + _TINY)
        self.step += 1


@dataclass(frozen=True, slots=True)
class _Gaps:
    """Hides features at random, so that no type leans on few of them or on one kind alone.

    A letter nobody has seen yet lacks most of what the known ones say.
    """

    source: np.random.PCG64
    blocks: NDArray[np.uint8]

    def mask(self, rows: int) -> NDArray[np.uint8]:
        """Return 1 for what stays visible (documents x features), 0 for the gaps."""
        kinds = int(self.blocks.max()) + 1
        whole = self._bytes(rows, kinds) >= _HIDDEN_BLOCK
        single = self._bytes(rows, len(self.blocks)) >= _HIDDEN
        visible: NDArray[np.uint8] = (single & whole[:, self.blocks]).astype(np.uint8)
        return visible

    def _bytes(self, rows: int, columns: int) -> NDArray[np.uint8]:
        count = rows * columns
        raw = np.asarray(self.source.random_raw(-(-count // 8)), dtype="<u8")
        return raw.view(np.uint8)[:count].reshape(rows, columns)


@dataclass(frozen=True, slots=True)
class _Target:
    """What some documents should come out as, and how much each one counts."""

    shares: Floats
    counts: Floats

    @classmethod
    def of(cls, material: Material, rows: NDArray[np.int64]) -> "_Target":
        return cls(material.shares[rows], material.counts[rows, None])


def _slope(seen: NDArray[np.uint8], target: _Target, weights: Floats) -> Floats:
    """Return the gradient of the mean loss of some rows; sums are sums of whole numbers."""
    numbers = seen.astype(np.float64)
    steps = np.rint(weights * _FINE)
    logits = (numbers @ steps[:-1]) / (NUMBER_STEP * _FINE) + steps[-1] / _FINE
    whole = np.rint((softmax(logits) - target.shares) * target.counts * _ERROR_STEP)
    slope = np.empty_like(weights)
    slope[:-1] = (numbers.T @ whole) / (_ERROR_STEP * NUMBER_STEP * len(seen))
    slope[-1] = whole.sum(axis=0) / (_ERROR_STEP * len(seen))
    return slope


def softmax(logits: Floats) -> Floats:
    """Return shares that sum to 1 in each row; ``logits`` has one row a document."""
    raised = np.rint(exponential(logits - logits.max(axis=1, keepdims=True)) * _EXP_STEP)
    shares: Floats = raised / raised.sum(axis=1, keepdims=True)
    return shares


def exponential(values: Floats) -> Floats:
    """Return e to the power of values of at most 0, in basic arithmetic alone.

    The functions of processors and libraries differ in the last digit; these do not.
    """
    bounded = np.maximum(values, _LOWEST)
    whole = np.rint(bounded / (_LN2_HIGH + _LN2_LOW))
    rest = (bounded - whole * _LN2_HIGH) - whole * _LN2_LOW
    sums = np.ones_like(rest)
    for term in range(_EXP_TERMS, 0, -1):
        sums = 1.0 + sums * rest / term
    raised: Floats = np.ldexp(sums, whole.astype(np.int32))
    return raised
