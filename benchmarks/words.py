"""How many words of a page were read wrongly.

Owns the counting. A word is a run of letters and digits with what stands inside it; marks at
its ends, lone marks and the kind of quotes and dashes do not count.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from rapidfuzz.distance import Levenshtein

_WORD = re.compile(r"[^\W_](?:\S*[^\W_])?")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—", "-"))
_HYPHENED = re.compile(r"(?<=[^\W\d_])-\n(?=[a-zäöüß])")


@dataclass(frozen=True, slots=True)
class WordErrors:
    """Words of the truth, and errors: without regard to order, and in order."""

    words: int = 0
    unordered: int = 0
    ordered: int = 0

    def __add__(self, other: Self) -> "WordErrors":
        return WordErrors(
            self.words + other.words,
            self.unordered + other.unordered,
            self.ordered + other.ordered,
        )

    @property
    def rate(self) -> float:
        """Errors without regard to order, as a share of the words."""
        return self.unordered / self.words if self.words else 0.0

    @property
    def ordered_rate(self) -> float:
        """Errors in order (edit distance), as a share of the words."""
        return self.ordered / self.words if self.words else 0.0


def words_of(text: str) -> list[str]:
    """Return the words of a text in order."""
    plain = unicodedata.normalize("NFC", text).translate(_DASHES)
    found = (_WORD.search(piece) for piece in _HYPHENED.sub("", plain).split())
    return [match[0] for match in found if match]


def compare(truth: str, read: str) -> WordErrors:
    """Compare what was read with the truth of one page.

    Without order, a missing word and a surplus one make one error together.
    """
    expected, found = words_of(truth), words_of(read)
    missing, surplus = Counter(expected), Counter(found)
    missing.subtract(found)
    surplus.subtract(expected)
    return WordErrors(
        words=len(expected),
        unordered=max((+missing).total(), (+surplus).total()),
        ordered=Levenshtein.distance(expected, found),
    )


def total(errors: Iterable[WordErrors]) -> WordErrors:
    """Add the errors of pages."""
    return sum(errors, WordErrors())
