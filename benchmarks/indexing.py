"""Fields: how many of those found are right, and how many of those there are were found.

Owns the counting. Only an exact match is right. What a pen wrote is counted apart.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.reading_letters import ReadLetter, read_letters
from benchmarks.report import Result, Section
from benchmarks.run import Run
from domain.codec import fields_to_json
from domain.reading import Fields

_NAMES = tuple(fields_to_json(Fields()))


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a field was there, was found, and was found as it is."""

    there: int = 0
    found: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Percent of those found that are right."""
        return 100 * self.right / self.found if self.found else 100.0

    @property
    def recall(self) -> float:
        """Percent of those there that are right."""
        return 100 * self.right / self.there if self.there else 100.0


def measure(run: Run) -> Section:
    """Count the fields of each kind of letters."""
    results: list[Result] = []
    tallies: dict[str, dict[str, Tally]] = {}
    for kind, letters in read_letters(run).items():
        tallies[kind] = count(letters, penned=False)
        penned = add(count(letters, penned=True).values())
        results += _results(f"{kind}, printed", add(tallies[kind].values()))
        results += _results(f"{kind}, by hand", penned) if penned.there else []
    return Section("Fields (exact match)", results, lines=_table(tallies))


def count(letters: Iterable[ReadLetter], *, penned: bool) -> dict[str, Tally]:
    """Count each field of letters, those written by a pen or the others."""
    there: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one in letters:
        said, truth = _said(one), one.letter.truth
        for name in _NAMES:
            if (name in truth.handwritten) != penned:
                continue
            there[name] += name in truth.fields
            found[name] += said[name] is not None
            right[name] += said[name] is not None and said[name] == truth.fields.get(name)
    return {name: Tally(there[name], found[name], right[name]) for name in _NAMES}


def add(tallies: Iterable[Tally]) -> Tally:
    """Add the counts of fields."""
    every = tuple(tallies)
    return Tally(
        sum(one.there for one in every),
        sum(one.found for one in every),
        sum(one.right for one in every),
    )


def _results(name: str, tally: Tally) -> list[Result]:
    return [
        Result(f"{name} ({tally.there}): precision", tally.precision, "%"),
        Result(f"{name} ({tally.there}): recall", tally.recall, "%"),
    ]


def _said(one: ReadLetter) -> dict[str, str | None]:
    """Return the fields of a letter's first document; of nothing where it could not be read."""
    documents: Sequence[Fields] = [document.fields for document in one.reading.documents]
    return fields_to_json(documents[0] if documents else Fields())


def _table(tallies: Mapping[str, Mapping[str, Tally]]) -> list[str]:
    head = f"{'printed: precision / recall':<30}" + "".join(f"{kind:>16}" for kind in tallies)
    rows = []
    for name in _NAMES:
        cells = (kind[name] for kind in tallies.values())
        shown = "".join(f"{one.precision:>8.1f} /{one.recall:>6.1f}" for one in cells)
        rows.append(f"{name:<30}{shown}")
    return [head, *rows]
