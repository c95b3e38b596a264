"""Runs of characters (n-grams) of skeletons as numbers, without collisions up to six characters.

Owns the alphabet of skeletons: 26 letters, ten digits, § and the blank. Anything else counts
as a blank.
"""

import numpy as np
from numpy.typing import NDArray

_ALPHABET = " abcdefghijklmnopqrstuvwxyz0123456789§"
BASE = len(_ALPHABET)
_TABLE = np.zeros(256, dtype=np.uint32)
_TABLE[list(_ALPHABET.encode("latin-1"))] = range(BASE)

Codes = NDArray[np.uint32]


def codes(text: str) -> Codes:
    """Return one number below ``BASE`` for each character of a skeleton."""
    table: Codes = _TABLE[np.frombuffer(text.encode("latin-1", "replace"), dtype=np.uint8)]
    return table


def gram_numbers(letters: Codes, length: int) -> Codes:
    """Return the number of each run of ``length`` (at most 6) characters, in their order."""
    count = max(len(letters) - length + 1, 0)
    numbers = np.zeros(count, dtype=np.uint32)
    for at in range(length):
        numbers = numbers * np.uint32(BASE) + letters[at : at + count]
    return numbers
