"""The features a model knows, and the numbers it gives them.

Owns the choice of features (from the wording of several different letters, so that no name and
no single letter gets in) and their weighting before the model's own weights. All results are
whole numbers, so that they are the same on every machine.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

import numpy as np
from numpy.typing import NDArray

from ocr.features import Block, Keys, blocks

LARGEST = 255
"""The largest number a feature can have in one document."""

_LEAST_LETTERS = {
    Block.GRAMS: 3,
    Block.WORDS: 2,
    Block.PAIRS: 3,
    Block.TITLE_GRAMS: 3,
    Block.TITLE_WORDS: 2,
    Block.CUES: 1,
    Block.LAYOUT: 3,
}
"""In how many different letters a feature must stand to be known."""
_MOST = {
    Block.GRAMS: 7000,
    Block.WORDS: 5500,
    Block.PAIRS: 3000,
    Block.TITLE_GRAMS: 1500,
    Block.TITLE_WORDS: 2200,
    Block.CUES: 1400,
    Block.LAYOUT: 400,
}
"""How many features of a kind are known at most."""
_LENGTHS = {
    Block.GRAMS: 170,
    Block.WORDS: 150,
    Block.PAIRS: 90,
    Block.TITLE_GRAMS: 90,
    Block.TITLE_WORDS: 130,
}
"""Length of a document's vector within a block; a long letter weighs as much as a short one."""
_FLOOR = 40
"""Features below which a block counts less: few words are little evidence."""
_PLAIN = {Block.CUES: 48, Block.LAYOUT: 5}
"""The number of a feature in blocks in which each one stands for itself."""
_IDF_STEP = 8


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Known keys, ascending, and how telling each is (1 to 255)."""

    keys: Keys
    telling: NDArray[np.uint8]

    def indices(self, keys: Keys) -> NDArray[np.int64]:
        """Return where the known ones among some keys stand in the vocabulary."""
        if not len(self.keys):
            return np.zeros(0, dtype=np.int64)
        at = np.searchsorted(self.keys, keys)
        at[at == len(self.keys)] = 0
        found: NDArray[np.int64] = at[self.keys[at] == keys].astype(np.int64)
        return found

    def numbers(self, indices: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the number of each feature (by index) in a document that has exactly these."""
        kinds = blocks(self.keys[indices])
        telling = self.telling[indices].astype(np.int64)
        numbers = np.zeros(len(indices), dtype=np.int64)
        for block, length in _LENGTHS.items():
            here = kinds == block
            squares = int((telling[here] ** 2).sum()) + _FLOOR * _IDF_STEP**2
            numbers[here] = np.rint(telling[here] * (length / squares**0.5))
        for block, number in _PLAIN.items():
            numbers[kinds == block] = number
        return np.minimum(numbers, LARGEST)


def choose(seen: Sequence[tuple[Keys, str, str]]) -> Vocabulary:
    """Choose the features of (keys, type, letter); several variants of a letter share its name.

    What does not stand in most variants of a letter is somebody's name or date.
    """
    letters: Mapping[str, tuple[str, Keys]] = _lasting(seen)
    kinds = sorted({kind for kind, _ in letters.values()})
    every = [(kinds.index(kind), keys) for kind, keys in letters.values()]
    known, owner = np.unique(np.concatenate([keys for _, keys in every]), return_inverse=True)
    kind_of = np.concatenate([np.full(len(keys), kind) for kind, keys in every])
    table = np.zeros((len(kinds), len(known)), dtype=np.int64)
    np.add.at(table, (kind_of, owner), 1)
    spread = table.sum(axis=0)
    chosen = _best(known, spread, _merit(table, spread))
    telling = [_telling(int(count), len(letters)) for count in spread[chosen]]
    return Vocabulary(known[chosen], np.array(telling, dtype=np.uint8))


def _lasting(seen: Sequence[tuple[Keys, str, str]]) -> dict[str, tuple[str, Keys]]:
    variants: dict[str, list[Keys]] = defaultdict(list)
    kinds: dict[str, str] = {}
    for keys, kind, letter in seen:
        variants[letter].append(keys)
        kinds[letter] = kind
    lasting = {}
    for letter, found in variants.items():
        keys, counts = np.unique(np.concatenate(found), return_counts=True)
        lasting[letter] = (kinds[letter], keys[2 * counts > len(found)])
    return lasting


def _merit(table: NDArray[np.int64], spread: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how well a feature tells one type: frequent in it and rare elsewhere."""
    merit: NDArray[np.int64] = (1000 * table * table // (spread + 2)).max(axis=0)
    return merit


def _best(known: Keys, spread: NDArray[np.int64], merit: NDArray[np.int64]) -> NDArray[np.int64]:
    kinds = blocks(known)
    chosen = []
    for block in Block:
        able = np.flatnonzero((kinds == block) & (spread >= _LEAST_LETTERS[block]))
        ranked = able[np.lexsort((known[able], -merit[able]))]
        chosen.append(ranked[: _MOST[block]])
    best: NDArray[np.int64] = np.sort(np.concatenate(chosen))
    return best


def _telling(letters: int, all_letters: int) -> int:
    return max(1, min(LARGEST, round(_IDF_STEP * log2(1 + all_letters / letters))))


def usual_spelling(words: Counter[tuple[int, str]], known: Vocabulary) -> dict[int, str]:
    """Return the most frequent spelling of each known word, by index; for people to read."""
    best: dict[int, tuple[int, str]] = {}
    for (key, word), count in words.items():
        candidate = (-count, word)
        best[key] = min(best.get(key, candidate), candidate)
    keys = np.array(sorted(best), dtype=np.uint32)
    return {int(at): best[int(known.keys[at])][1] for at in known.indices(keys)}
