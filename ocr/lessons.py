"""Corrections by people as material for training: bounded, so that they cannot take over.

Owns how much corrections count, and their way into the vocabulary of a model. Those of a type
together count at most as ``MOST`` letters, a share of what the packaged ones of a type count, so
that many alike, or many made to deceive, bend a model and do not break it. Refuses texts: a
correction is a set of keys.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ocr.features import Keys, pack
from ocr.training import Correction
from ocr.vocabulary import Vocabulary

ONE, MOST = 2.0, 60.0
"""How many letters one correction counts as, and those of one type together at most."""


@dataclass(frozen=True, slots=True)
class Taught:
    """The keys that were known of a document, the type a person decided on, and a stable name."""

    keys: Keys
    type: str
    name: str


def corrections_for(known: Vocabulary, taught: Sequence[Taught]) -> list[Correction]:
    """Return corrections in a vocabulary, in the order of their names."""
    of_type = Counter(one.type for one in taught)
    return [
        Correction(
            features=pack(known.indices(one.keys)),
            type=one.type,
            counts=min(ONE, MOST / of_type[one.type]),
        )
        for one in sorted(taught, key=lambda one: one.name)
    ]
