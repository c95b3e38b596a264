"""A small school: a few types, letters of the corpus, a real and quickly trained model."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from app.learning import School
from corpus.templates import templates
from corpus.writing import plain_text, write
from ocr.features import Extractor, blocks, unpack
from ocr.fitting import Material, fit
from ocr.judging import Judged
from ocr.lessons import Taught, corrections_for
from ocr.model import Card, Model, costs_of
from ocr.specimens import Copy
from ocr.supports import CueFinder
from ocr.training import Correction
from ocr.vocabulary import Vocabulary, choose

CARRIERS = {
    "arbeitsvertrag": frozenset({"agentur"}),
    "kuendigung_arbeit": frozenset({"agentur"}),
    "lohnabrechnung": frozenset({"agentur", "kommune"}),
    "mietbescheinigung": frozenset({"kommune"}),
    "sonstiges": frozenset[str](),
}
TYPES = tuple(sorted(CARRIERS))
_THRESHOLD = 0.75


@cache
def extractor() -> Extractor:
    return Extractor(CueFinder.load())


@cache
def texts(split: str, *, seed: str = "0") -> tuple[tuple[str, str, str], ...]:
    """Return (text, type, letter) of the letters of a split."""
    return tuple(
        (plain_text(write(one, seed=seed)), one.type, f"{one.type}/{one.slug}")
        for one in templates(split)
        if one.type in TYPES
    )


@cache
def letters(split: str) -> tuple[Copy, ...]:
    return tuple(
        Copy(extractor().see(text).keys, kind, letter, "clean")
        for seed in ("0", "1")
        for text, kind, letter in texts(split, seed=seed)
    )


def trained(taught: Sequence[Taught] = ()) -> Model:
    known = choose([(one.keys, one.type, one.letter) for one in letters("train")])
    return Model(
        types=TYPES,
        known=known,
        weights=fit(
            _material(known, corrections_for(known, taught)), epochs=12, decay=0.0001, seed="school"
        ),
        costs=costs_of(TYPES, CARRIERS),
        words={},
        temperature=1.0,
        threshold=_THRESHOLD,
        card=Card("material", len(letters("train")), len(letters("train")) + len(taught), {}),
    )


def judged(model: Model) -> tuple[Judged, ...]:
    return tuple(_judged(model, one) for one in letters("check"))


def guessed(model: Model, text: str) -> str:
    return model.types[int(model.shares(extractor().see(text).keys).argmax())]


SCHOOL = School(frozenset(TYPES), trained, judged)


def _judged(model: Model, copy: Copy) -> Judged:
    shares = model.shares(copy.keys)
    best = int(shares.argmax())
    guess = model.types[best]
    return Judged(
        copy.type,
        guess,
        model.confidence(shares, best),
        copy.letter,
        copy.condition,
        bool(CARRIERS[guess] - CARRIERS[copy.type]),
        bool(CARRIERS[guess]),
    )


def _material(known: Vocabulary, corrections: Sequence[Correction]) -> Material:
    made = letters("train")
    size = len(known.keys)
    rows = [
        *((known.indices(one.keys), one.type, one.counts) for one in made),
        *((unpack(one.features, size=size), one.type, one.counts) for one in corrections),
    ]
    numbers = np.zeros((len(rows), size), dtype=np.uint8)
    shares = np.zeros((len(rows), len(TYPES)))
    for row, (indices, kind, _) in enumerate(rows):
        numbers[row, indices] = known.numbers(indices)
        shares[row, TYPES.index(kind)] = 1.0
    counts = np.array([row[2] for row in rows])
    prior = np.zeros((size, len(TYPES)))
    return Material(numbers, shares, counts, prior, blocks(known.keys).astype(np.uint8))
