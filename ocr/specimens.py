"""What a model is trained and measured with: letters of known type, and damaged copies of them.

Owns the making of copies: as they are, damaged, cut, and texts that must not be taken for a
document (lists of documents, two letters in one). Each follows from its names alone. It
refuses to know where letters come from.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from zlib import crc32

from domain.catalogue import FALLBACK
from ocr.ceilings import Signs
from ocr.cuetable import CueTable, Kind
from ocr.features import Extractor, Keys, Seen
from ocr.weathering import AWFUL, CLEAN, FAINT, POOR, lower_part, upper_part, weathered

FOLDS = 5
STRENGTHS = {"clean": CLEAN, "faint": FAINT, "poor": POOR, "awful": AWFUL}
"""Conditions of a whole letter, by name."""
_DAMAGES = {0: ("poor",), 1: ("faint", "awful"), 2: ("poor",), 3: ("awful",)}
"""Which damaged copies are made of the first, second, … filling of a letter."""
_CUT_COUNTS, _MENTION_COUNTS, _MIXTURE_COUNTS, _SKETCH_COUNTS = 0.4, 0.4, 0.5, 0.3
_MENTIONS, _MIXTURES, _SKETCHES = 260, 300, 24
_OPENINGS = (
    "Bitte reichen Sie folgende Unterlagen ein:", "Es fehlen noch:", "Checkliste", "Mitzubringen",
    "Welche Unterlagen brauche ich?", "Anlagen:", "Inhalt", "Beigefügt sende ich Ihnen", "",
    "Diese Nachweise werden benötigt", "Jobcenter Musterstadt\nInformation",
    "Hinweise zu Ihrem Antrag",
)  # fmt: skip
_SENTENCES = (
    "Bitte bringen Sie Ihren {a} mit.", "Ohne {a} können wir nicht entscheiden.",
    "Der Nachweis ({a}) liegt uns nicht vor.", "{a} und {b} bitte in Kopie.",
    "Was ist der Unterschied zwischen {a} und {b}?", "Siehe auch: {a}", "Ihre {a} ist eingegangen.",
)  # fmt: skip
_MARKS = ("- ", "• ", "", "[ ] ", "o ", "* ")
_HEADS = (
    "Musterstadt, den 03.02.2026", "Frau", "Sehr geehrte Frau Muster,", "Name, Vorname", "Seite 1",
)  # fmt: skip
_SKETCHED = (
    (Kind.TITLE, 0, 1), (Kind.SUBJECT, 0, 1), (Kind.PROOF, 1, 5), (Kind.PHRASE, 2, 8),
    (Kind.LABEL, 0, 4),
)  # fmt: skip
"""How many cues of each kind a sketch has, at least and at most."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text of a known type; several fillings of one letter share ``letter``."""

    text: str
    type: str
    letter: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of an example as features, and how much it counts.

    ``condition`` names the damage; ``other`` is the second type of a mixture; ``signs`` bound the
    confidence where they are known.
    """

    keys: Keys
    type: str
    letter: str
    condition: str
    counts: float = 1.0
    other: str | None = None
    signs: Signs | None = None


def fold_of(letter: str) -> int:
    """Return the fold of a letter; all its fillings and copies are in the same one."""
    return crc32(letter.encode()) % FOLDS


def training_copies(
    examples: Sequence[Example], table: CueTable, extractor: Extractor
) -> list[Copy]:
    """Return everything that a model is trained with."""
    return [
        *_copies(examples, extractor),
        *_mentions(table, extractor),
        *_mixtures(examples, extractor),
        *_sketches(table, extractor),
    ]


def whole_copies(examples: Sequence[Example], extractor: Extractor) -> list[Copy]:
    """Return every example in every condition, nothing cut; for measuring."""
    return [
        _copy(example, name, extractor.see(weathered(example.text, strength, seed=f"{at}/{name}")))
        for at, example in enumerate(examples)
        for name, strength in STRENGTHS.items()
    ]


def _copy(example: Example, condition: str, seen: Seen, *, counts: float = 1.0) -> Copy:
    return Copy(seen.keys, example.type, example.letter, condition, counts, signs=seen.signs)


def _copies(examples: Sequence[Example], extractor: Extractor) -> Iterator[Copy]:
    fillings: Counter[str] = Counter()
    for example in examples:
        for condition, text, counts in _damaged(example, fillings[example.letter]):
            yield _copy(example, condition, extractor.see(text), counts=counts)
        fillings[example.letter] += 1


def _damaged(example: Example, filling: int) -> Iterator[tuple[str, str, float]]:
    seed = f"{example.letter}/{filling}"
    chance = _chance(seed)
    yield "clean", example.text, 1.0
    for name in _DAMAGES.get(filling, ()):
        yield name, weathered(example.text, STRENGTHS[name], seed=f"{seed}/{name}"), 1.0
    strength = STRENGTHS[chance.choice(("clean", "faint", "poor"))]
    for name, text in _cuts(example.text, filling, chance):
        yield name, weathered(text, strength, seed=f"{seed}/{name}"), _CUT_COUNTS


def _cuts(text: str, filling: int, chance: Random) -> Iterator[tuple[str, str]]:
    """Yield parts: a page cut off, a page without its top, single pages of several."""
    pages = [page for page in text.split("\f") if page.strip()]
    if filling == 0:
        yield "upper", upper_part(text, chance.uniform(0.4, 0.8))
        if len(pages) > 1:
            yield "first page", pages[0]
    if filling == 1:
        yield "lower", lower_part(text, chance.uniform(0.5, 0.8))
        if len(pages) > 1:
            yield "later page", chance.choice(pages[1:])


def _mentions(table: CueTable, extractor: Extractor) -> Iterator[Copy]:
    """Yield texts that name documents in lists and sentences; they are none of them."""
    named = [
        cue.wording
        for cue in table.headlines
        if any(claim.kind is Kind.TITLE for claim in cue.claims)
    ]
    for at in range(_MENTIONS if len(named) > 1 else 0):
        name = f"mention/{at}"
        keys = extractor.see(_mention(named, _chance(name))).keys
        yield Copy(keys, FALLBACK, name, "mention", _MENTION_COUNTS)


def _mention(named: Sequence[str], chance: Random) -> str:
    lines = [chance.choice(_OPENINGS)]
    if chance.choice((True, False)):
        for _ in range(chance.randrange(1, 5)):
            first, second = chance.sample(named, 2)
            lines.append(chance.choice(_SENTENCES).format(a=first, b=second))
    else:
        mark = chance.choice(_MARKS)
        count = min(len(named), chance.randrange(2, 9))
        lines += [mark + name for name in chance.sample(named, count)]
    return "\n".join(lines)


def _mixtures(examples: Sequence[Example], extractor: Extractor) -> Iterator[Copy]:
    """Yield pairs of letters of different types in one text: nobody can be sure of one type."""
    by_fold: dict[int, list[Example]] = defaultdict(list)
    for example in examples:
        by_fold[fold_of(example.letter)].append(example)
    for at in range(_MIXTURES if examples else 0):
        chance = _chance(f"mixture/{at}")
        group = by_fold[chance.choice(sorted(by_fold))]
        first, second = chance.choice(group), chance.choice(group)
        if first.type != second.type:
            keys = extractor.see(f"{first.text}\f{second.text}").keys
            yield Copy(keys, first.type, first.letter, "mixture", _MIXTURE_COUNTS, second.type)


def _sketches(table: CueTable, extractor: Extractor) -> Iterator[Copy]:
    """Yield texts put together from the cues of each owner: what its letters may say.

    They teach the model spellings and neighbours of cues that no training letter uses.
    """
    said: dict[str, dict[Kind, list[str]]] = defaultdict(lambda: defaultdict(list))
    for cue in (*table.headlines, *table.wordings):
        for claim in cue.claims:
            said[claim.owner][claim.kind].append(cue.wording)
    for owner in sorted(said):
        kind = owner if owner in table.types else FALLBACK
        for at in range(_SKETCHES):
            name = f"sketch/{owner}/{at}"
            keys = extractor.see(_sketch(said[owner], _chance(name))).keys
            yield Copy(keys, kind, name, "sketch", _SKETCH_COUNTS)


def _sketch(said: Mapping[Kind, Sequence[str]], chance: Random) -> str:
    lines = [chance.choice(_HEADS)]
    for kind, least, most in _SKETCHED:
        able = said.get(kind, ())
        lines += chance.sample(able, min(len(able), chance.randrange(least, most + 1)))
    strength = chance.choice((CLEAN, FAINT, POOR))
    return weathered("\n".join(lines), strength, seed=str(chance.random()))


def _chance(seed: str) -> Random:
    return Random(seed)  # noqa: S311 - the same choices in every run are the point
