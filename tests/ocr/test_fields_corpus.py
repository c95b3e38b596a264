"""How often the fields of fictitious post are read, and how often they are read wrongly."""

import datetime as dt
from collections import Counter, defaultdict
from decimal import Decimal

import pytest

from corpus.templates import templates
from corpus.writing import plain_text, write
from domain.ids import TypeCode
from domain.reading import Fields, Period
from ocr.fields import read_fields

_TODAY = dt.date(2026, 12, 31)
_SEEDS = ("fields-0", "fields-1")

# Shares of what is read that must be right, and of what is there that must be read.
_FLOORS = {
    "bg_nummer": (0.99, 0.97),
    "kundennummer": (0.99, 0.97),
    "rvnr": (0.99, 0.97),
    "steuer_id": (0.99, 0.85),
    "iban": (0.98, 0.97),
    "geburtsdatum": (0.97, 0.90),
    "dokumentdatum": (0.97, 0.88),
    "name": (0.975, 0.86),
    "betrag": (0.975, 0.72),
    "zeitraum": (0.90, 0.85),
}


def _spelt(value: object) -> str | None:
    match value:
        case None:
            return None
        case Period(first, last):
            return f"{first}/{last}"
        case dt.date():
            return value.isoformat()
        case Decimal() | str():
            return str(value)
        case _:
            raise AssertionError(value)


@pytest.fixture(scope="module")
def counted() -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for template in templates("train"):
        for seed in _SEEDS:
            letter = write(template, seed=seed)
            kind = TypeCode(letter.type)
            fields = read_fields(plain_text(letter), kind=kind, today=_TODAY).fields
            for name in Fields.__slots__:
                read, true = _spelt(getattr(fields, name)), letter.truth.fields.get(name)
                counts[name]["read"] += read is not None
                counts[name]["true"] += true is not None
                counts[name]["right"] += read is not None and read == true
    return counts


@pytest.mark.parametrize("field", Fields.__slots__)
def test_fields_are_read_and_hardly_ever_wrongly(
    counted: dict[str, Counter[str]], field: str
) -> None:
    precision, recall = _FLOORS[field]
    count = counted[field]
    assert count["true"] > 0
    assert count["right"] >= precision * count["read"]
    assert count["right"] >= recall * count["true"]
