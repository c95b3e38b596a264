import hashlib
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from domain.errors import ConfigurationError
from ocr.cuetable import parse_table
from ocr.features import Extractor, pack
from ocr.fitting import exponential, softmax
from ocr.judging import Judged, figures, not_worse, safe_threshold
from ocr.model import written
from ocr.specimens import Example, whole_copies
from ocr.supports import CueFinder
from ocr.training import Correction, Trained, judge, retrain, train
from ocr.weathering import AWFUL, CLEAN, POOR, weathered

TABLE = parse_table(
    "[types.miete]\ntitles = ['Mietvertrag']\n[types.lohn]\ntitles = ['Lohnabrechnung']\n"
)
CARRIERS = {
    "miete": frozenset({"kommune"}),
    "lohn": frozenset({"agentur", "kommune"}),
    "sonstiges": frozenset[str](),
}
TEXTS = {
    "miete": "Mietvertrag\nzwischen Vermieter und Mieter {n}\nDie Miete beträgt 500 EUR im Monat\n"
    "Wohnung im {n}. Stock, Kaltmiete und Nebenkosten, Kaution drei Monatsmieten",
    "lohn": "Lohnabrechnung\nfür {n}\nBrutto 2000, Netto 1500, Steuerklasse eins\n"
    "Krankenkasse, Rentenversicherung, Auszahlungsbetrag in EUR, Personalnummer {n}",
    "sonstiges": "Speisekarte {n}\nSuppe mit Brot 5 EUR, Fisch mit Reis 12 EUR\n"
    "Wir wünschen allen Gästen einen guten Appetit und kommen Sie bald wieder {n}",
}


def examples() -> list[Example]:
    return [
        Example(text.format(n=f"{letter}{filling}"), kind, f"{kind}/{letter}")
        for kind, text in TEXTS.items()
        for letter in "abcdefgh"
        for filling in range(3)
    ]


@cache
def trained() -> Trained:
    return train(examples(), TABLE, CARRIERS)


def digest() -> str:
    return hashlib.sha256(written(trained().model)).hexdigest()


@pytest.mark.parametrize("threads", ["1", "2"])
def test_the_same_letters_give_the_same_bytes_in_any_process(threads: str) -> None:
    code = "from tests.ocr.test_training import digest; print(digest())"
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": threads, "PYTHONHASHSEED": threads}
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, env=environment, cwd=root,
    )  # fmt: skip
    assert done.stdout.strip() == digest()


def test_a_small_model_learns_and_says_what_it_was_made_of() -> None:
    assert trained().model.types == ("lohn", "miete", "sonstiges")
    assert trained().model.card.letters == 24
    assert len(trained().model.card.material) == 64
    assert figures(trained().held_out, threshold=0.5).right >= 0.9


def test_corrections_change_what_a_model_says() -> None:
    model = trained().model
    copies = whole_copies([Example("Quittung über Suppe und Fisch", "lohn", "x")], EXTRACTOR)
    before = model.shares(copies[0].keys)[0]
    correction = Correction(pack(model.known.indices(copies[0].keys)), "lohn")
    corrected = retrain(model, [correction] * 12, examples=examples(), table=TABLE)
    assert corrected.shares(copies[0].keys)[0] > before
    assert corrected.version != model.version


def test_corrections_of_another_vocabulary_are_refused() -> None:
    model = trained().model
    with pytest.raises(ConfigurationError):
        retrain(model, [Correction(b"\xff\xff", "lohn")], examples=examples(), table=TABLE)


EXTRACTOR = Extractor(CueFinder(TABLE))


def test_judging_knows_wrong_carriers() -> None:
    model = trained().model
    letters = [Example(TEXTS["lohn"].format(n="x"), "miete", "x")]
    (clean, *_) = judge(model, whole_copies(letters, EXTRACTOR), CARRIERS)
    assert (clean.guessed, clean.crossed, clean.decidable) == ("lohn", True, True)


def judged(*, right: int, wrong: int, crossed: int, confidence: float = 0.9) -> list[Judged]:
    def one(at: int) -> Judged:
        failed = at >= right
        return Judged(
            true="a", guessed="b" if failed else "a", confidence=confidence, letter=str(at),
            condition="clean", crossed=at >= right + wrong, decidable=True,
        )  # fmt: skip

    return [one(at) for at in range(right + wrong + crossed)]


def test_figures_are_shares_of_what_was_decided() -> None:
    found = figures(judged(right=97, wrong=2, crossed=1), threshold=0.5)
    assert (found.right, found.decided, found.wrong, found.crossed) == (0.97, 1.0, 0.03, 0.01)
    assert figures(judged(right=97, wrong=2, crossed=1), threshold=0.95).decided == 0.0
    assert figures([], threshold=0.5).documents == 0


def test_the_threshold_leaves_mistakes_below_it() -> None:
    good = judged(right=1000, wrong=0, crossed=0, confidence=0.95)
    assert safe_threshold(good) == 0.5
    bad = judged(right=0, wrong=10, crossed=10, confidence=0.8)
    assert 0.8 < safe_threshold([*good, *bad]) <= 0.95


def test_few_letters_are_no_proof() -> None:
    assert safe_threshold(judged(right=20, wrong=0, crossed=0)) > 0.9


@pytest.mark.parametrize(
    ("new", "holds"),
    [
        ({"right": 98, "wrong": 2, "crossed": 0}, True),
        ({"right": 97, "wrong": 2, "crossed": 1}, False),
        ({"right": 97, "wrong": 3, "crossed": 0}, False),
        ({"right": 100, "wrong": 0, "crossed": 0}, True),
    ],
)
def test_a_worse_model_does_not_replace_a_better_one(new: dict[str, int], *, holds: bool) -> None:
    old = judged(right=98, wrong=2, crossed=0)
    assert not_worse(old, judged(**new), (0.5, 0.5)) is holds


def test_exponentials_are_right_and_shares_sum_to_one() -> None:
    values = np.linspace(-30, 0, 200)
    assert np.allclose(exponential(values), np.exp(values), rtol=1e-12)
    assert np.allclose(softmax(np.array([[0.0, 1.0, -5.0], [900.0, 0.0, -900.0]])).sum(axis=1), 1)


def test_damage_is_the_same_for_the_same_seed_and_grows_with_strength() -> None:
    text = "\n".join(TEXTS.values())
    assert weathered(text, CLEAN, seed="a") == text
    assert weathered(text, POOR, seed="a") == weathered(text, POOR, seed="a")
    assert weathered(text, POOR, seed="a") != weathered(text, POOR, seed="b")
    kept = [
        len(set(text.split()) & set(weathered(text, strength, seed="a").split()))
        for strength in (CLEAN, POOR, AWFUL)
    ]
    assert kept == sorted(kept, reverse=True)
