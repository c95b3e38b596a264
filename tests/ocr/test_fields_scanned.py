"""What is read from scanned fictitious post: hardly ever a wrong person or sum."""

import datetime as dt
from collections import Counter

import pytest

from corpus.degrading import scanned
from corpus.rendering import render
from corpus.scans import scan_pdf
from corpus.templates import templates
from corpus.writing import Letter, write
from domain.ids import TypeCode
from ocr.fields import read_fields
from ocr.leaves import read_leaves
from ocr.limits import Limits, PageBudget
from ocr.namelike import is_same
from ocr.pdf import PdfSource

_TODAY = dt.date(2026, 12, 31)
_TYPES = (
    "arbeitslosengeldbescheid",
    "betriebskostenabrechnung",
    "hauptantrag",
    "kindergeldbescheid",
    "kontoauszug",
    "lohnabrechnung",
    "mietvertrag",
    "stromabrechnung",
)
_SEED = "scanned-0"


def _letters() -> list[Letter]:
    """Return the first letter of each of some types."""
    first = {template.type: template for template in reversed(templates("train"))}
    return [write(first[kind], seed=_SEED) for kind in _TYPES]


def _recognised(letter: Letter, *, kind: str) -> str:
    images = scanned(render(letter, seed=_SEED), kind=kind, seed=_SEED)
    source = PdfSource(scan_pdf(images), limits=Limits(), budget=PageBudget(50))
    return "\f".join(leaf.text or "" for leaf in read_leaves(source, threads=2))


def _agrees(read: object, true: str | None) -> bool:
    same = is_same if isinstance(read, str) else str.__eq__
    return true is not None and same(str(read), true)


@pytest.fixture(scope="module")
def counted() -> dict[str, Counter[str]]:
    counts = {"name": Counter[str](), "betrag": Counter[str]()}
    for letter, kind in zip(_letters(), ("office", "poor") * len(_TYPES), strict=False):
        text = _recognised(letter, kind=kind)
        fields = read_fields(text, kind=TypeCode(letter.type), today=_TODAY).fields
        for name, read in (("name", fields.name), ("betrag", fields.betrag)):
            true = letter.truth.fields.get(name)
            counts[name]["true"] += true is not None
            counts[name]["right"] += read is not None and str(read) == true
            # A letter of a name may be misread; somebody else's name is what must not be.
            counts[name]["wrong"] += read is not None and not _agrees(read, true)
    return counts


@pytest.mark.parametrize(("field", "recall"), [("name", 0.7), ("betrag", 0.6)])
def test_scans_give_names_and_amounts_and_hardly_ever_wrong_ones(
    counted: dict[str, Counter[str]], field: str, recall: float
) -> None:
    count = counted[field]
    assert count["wrong"] == 0
    assert count["right"] >= recall * count["true"] > 0
