"""The model's file and its application: from features to a share (0 to 1) for each type.

Owns the format (``letters.npz``: arrays and a JSON header, nothing that could run) and the
arithmetic of recognition, in whole numbers up to the last step. A file that is not whole or
not plausible refuses to load.
"""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from domain.errors import ConfigurationError
from ocr.features import Keys
from ocr.fitting import NUMBER_STEP, WEIGHT_STEP, Floats, Weights, softmax
from ocr.vocabulary import Vocabulary

FILE_NAME = "letters.npz"
_LARGEST_FILE = 900 * 1024
_LARGEST_CONTENT = 8 * 1024 * 1024
_ARRAYS = {
    "steps": np.uint32,
    "telling": np.uint8,
    "matrix": np.int8,
    "bias": np.int32,
    "costs": np.uint8,
    "header": np.uint8,
}
_BROKEN = (
    ValueError, KeyError, TypeError, AttributeError, OSError, EOFError, RuntimeError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What the libraries raise for a damaged archive, array or header."""
_UNREADABLE = "model: the file cannot be read"
_TOO_LARGE = "model: the file is too large"
_DAMAGED = "model: the file is damaged"
_UNFIT = "model: the parts do not fit together"
_WITHIN, _CROSSING = 10, 30
"""Costs in tenths. A wrong type is allowed in 1 % of documents, a wrong carrier in 0.3 %."""
_UNIT = WEIGHT_STEP * NUMBER_STEP


@dataclass(frozen=True, slots=True)
class Card:
    """What a model says about itself.

    ``material`` is the SHA-256 of its training examples, ``figures`` what was measured on
    letters that were left out of training.
    """

    material: str
    letters: int
    examples: int
    figures: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that recognition needs.

    ``costs[i, j]`` is what it costs, in tenths, to take a document of type ``j`` for one of type
    ``i``: 10 within the same carriers, more where it would reach a carrier that is not entitled.
    ``words`` are spellings, for people, of known words by their index. ``temperature`` scales
    logits so that shares are frequencies; ``threshold`` is the confidence from which a document
    may be filed.
    """

    types: tuple[str, ...]
    known: Vocabulary
    weights: Weights
    costs: NDArray[np.uint8]
    words: Mapping[int, str]
    temperature: float
    threshold: float
    card: Card

    @property
    def version(self) -> str:
        """Return a short name that changes with any change of the content."""
        return hashlib.sha256(_content(self)).hexdigest()[:12]

    def shares(self, keys: Keys) -> Floats:
        """Return how likely each type is, in the order of ``types``; the sum is 1."""
        logits = logits_of(self.known, self.weights, keys)
        shares: Floats = shares_of(logits[None, :], self.temperature)[0]
        return shares

    def confidence(self, shares: Floats, best: int) -> float:
        """Return 1 less the expected cost of taking a document for the type ``best``."""
        return confidence_of(shares, self.costs[best])

    def strongest_words(self, keys: Keys, best: int, *, most: int) -> tuple[str, ...]:
        """Return the known words that speak most for a type, as people spell them."""
        indices = self.known.indices(keys)
        numbers = self.known.numbers(indices)
        rows = self.weights.matrix[indices].astype(np.int64)
        amounts = (rows[:, best] * len(self.types) - rows.sum(axis=1)) * numbers
        ranked = indices[np.lexsort((indices, -amounts))][: int((amounts > 0).sum())]
        found = (self.words[at] for at in ranked.tolist() if at in self.words)
        return tuple(islice(found, most))


def logits_of(known: Vocabulary, weights: Weights, keys: Keys) -> NDArray[np.int64]:
    """Return the sums of the weights of known features, in whole steps."""
    indices = known.indices(keys)
    numbers = known.numbers(indices).astype(np.int32)
    sums: NDArray[np.int64] = (weights.matrix[indices] * numbers[:, None]).sum(
        axis=0, dtype=np.int64
    )
    return sums + weights.bias


def shares_of(logits: NDArray[np.int64], temperature: float) -> Floats:
    """Return calibrated shares; ``logits`` are in whole steps, one row a document."""
    return softmax(logits / (_UNIT * temperature))


def confidence_of(shares: Floats, costs: NDArray[np.uint8]) -> float:
    """Return 1 less the expected cost, never below 0; costs are in tenths."""
    expected = float((shares * costs).sum()) / 10
    return round(max(0.0, 1.0 - expected), 4)


@cache
def packaged_model() -> Model:
    """Read the model that ships; raise ``ConfigurationError`` if it is damaged."""
    return parse(files("ocr").joinpath("model", FILE_NAME).read_bytes())


def load(folder: Path) -> Model:
    """Read the model in a folder; raise ``ConfigurationError`` if there is none or a bad one."""
    try:
        with (folder / FILE_NAME).open("rb") as handle:
            return parse(handle.read(_LARGEST_FILE + 1))
    except OSError as error:
        raise ConfigurationError(_UNREADABLE) from error


def save(model: Model, folder: Path) -> None:
    """Write a model; the file appears whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{FILE_NAME}.part"
    draft.write_bytes(written(model))
    draft.replace(folder / FILE_NAME)


def written(model: Model) -> bytes:
    """Return a model as the bytes of its file: the same model, the same bytes."""
    out = io.BytesIO()
    # bzip2, because what zlib makes of the same bytes differs from build to build.
    with zipfile.ZipFile(out, "w") as archive:
        for name, array in _arrays(model).items():
            entry = zipfile.ZipInfo(f"{name}.npy")
            entry.compress_type = zipfile.ZIP_BZIP2
            with archive.open(entry, "w") as file:
                np.lib.format.write_array(file, array, allow_pickle=False)
    if out.tell() > _LARGEST_FILE:
        raise ConfigurationError(_TOO_LARGE)
    return out.getvalue()


def parse(content: bytes) -> Model:
    """Parse the bytes of a file; raise ``ConfigurationError`` for anything else."""
    if len(content) > _LARGEST_FILE:
        raise ConfigurationError(_TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_CONTENT:
                raise ConfigurationError(_TOO_LARGE)
            # Before anything interprets a header: check sums are of the whole entry.
            if archive.testzip() is not None:
                raise ConfigurationError(_DAMAGED)
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return _model({name: arrays[name] for name in _ARRAYS})
    except _BROKEN as error:
        raise ConfigurationError(_DAMAGED) from error


def _arrays(model: Model) -> dict[str, NDArray[Any]]:
    header = json.dumps(_header(model), ensure_ascii=False, sort_keys=True).encode()
    return {
        "steps": np.diff(model.known.keys, prepend=np.uint32(0)).astype(np.uint32),
        "telling": model.known.telling,
        "matrix": model.weights.matrix,
        "bias": model.weights.bias,
        "costs": model.costs,
        "header": np.frombuffer(header, dtype=np.uint8),
    }


def _header(model: Model) -> dict[str, Any]:
    return {
        "types": model.types,
        "words": {str(at): word for at, word in sorted(model.words.items())},
        "temperature": model.temperature,
        "threshold": model.threshold,
        "material": model.card.material,
        "letters": model.card.letters,
        "examples": model.card.examples,
        "figures": {name: dict(row) for name, row in model.card.figures.items()},
    }


def _content(model: Model) -> bytes:
    return b"".join(array.tobytes() for array in _arrays(model).values())


def _model(arrays: Mapping[str, NDArray[Any]]) -> Model:
    for name, kind in _ARRAYS.items():
        if arrays[name].dtype != kind:
            raise ConfigurationError(_DAMAGED)
    said = json.loads(arrays["header"].tobytes())
    model = Model(
        types=tuple(said["types"]),
        known=Vocabulary(np.cumsum(arrays["steps"], dtype=np.uint32), arrays["telling"]),
        weights=Weights(arrays["matrix"], arrays["bias"]),
        costs=arrays["costs"],
        words={int(at): str(word) for at, word in said["words"].items()},
        temperature=float(said["temperature"]),
        threshold=float(said["threshold"]),
        card=Card(
            str(said["material"]), int(said["letters"]), int(said["examples"]), said["figures"]
        ),
    )
    _check(model)
    return model


def _check(model: Model) -> None:
    features, types = len(model.known.keys), len(model.types)
    fits = (
        model.known.telling.shape == (features,)
        and model.weights.matrix.shape == (features, types)
        and model.weights.bias.shape == (types,)
        and model.costs.shape == (types, types)
        and len(set(model.types)) == types
        and types > 1
        and model.temperature > 0
        and 0 < model.threshold <= 1
    )
    if not fits or bool((np.diff(model.known.keys.astype(np.int64)) <= 0).any()):
        raise ConfigurationError(_UNFIT)


def costs_of(types: Sequence[str], carriers: Mapping[str, frozenset[str]]) -> NDArray[np.uint8]:
    """Return the costs for the carriers (none: people decide) of each type."""
    costs = np.zeros((len(types), len(types)), dtype=np.uint8)
    for row, taken in enumerate(types):
        for column, true in enumerate(types):
            if row != column:
                crosses = carriers[taken] - carriers[true]
                costs[row, column] = _CROSSING if crosses else _WITHIN
    return costs
