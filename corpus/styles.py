"""How a document looks: typefaces, margins, lines, colours, by kind and split.

Owns the choice. Refuses to share: what models learn from and what they are checked with have
other typefaces, margins, tables, forms and letterheads.
"""

import random
from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.lib.units import mm

from corpus import fonts
from corpus.chance import dice, sometimes
from corpus.fonts import Family
from corpus.pen import Hand, hand
from corpus.writing import Letter, plain_text

_ACCENTS = {
    "train": (
        Color(0.05, 0.25, 0.50), Color(0.60, 0.10, 0.10), Color(0.10, 0.10, 0.10),
        Color(0.00, 0.35, 0.30), Color(0.10, 0.10, 0.10),
    ),
    "check": (
        Color(0.35, 0.10, 0.40), Color(0.15, 0.38, 0.15), Color(0.05, 0.05, 0.05),
        Color(0.55, 0.30, 0.00),
    ),
}  # fmt: skip
_FAMILIES = {
    "train": (fonts.ARIAL, fonts.ARIAL, fonts.SANS, fonts.COURIER),
    "check": (fonts.TIMES, fonts.TIMES, fonts.NARROW_SERIF, fonts.SERIF),
}
_WIDE = {"train": fonts.SANS, "check": fonts.SERIF}
_TYPEWRITERS = {"train": fonts.COURIER, "check": fonts.MONO}
_WIDE_TYPEWRITER = fonts.MONO
_TABLES = {"train": ("grid", "zebra", "plain"), "check": ("rules", "frame", "shaded")}
_FORMS = {"train": ("lines", "boxes"), "check": ("cells", "dots")}
_LOGOS = {"train": ("discs", "bars", "none"), "check": ("leaf", "square", "none")}
_HEADS = {"train": ("left", "right"), "check": ("centre", "left")}
_TYPED_KINDS = frozenset({"receipt"})


@dataclass(frozen=True, slots=True)
class Style:
    """How one document looks. Lengths are in points."""

    family: Family
    fill: Family
    hand: Hand
    size: float
    leading: float
    left: float
    right: float
    top: float
    bottom: float
    accent: Color
    table: str
    form: str
    logo: str
    head: str
    centred: bool
    columns: int
    framed: bool
    folded: bool
    punched: bool


def style_of(letter: Letter, *, seed: str) -> Style:
    """Choose the look of a letter; its typefaces can show all its characters."""
    split, kind = letter.template.split, letter.template.kind
    rng = dice(seed, "style", split, kind, letter.type, letter.template.slug)
    text = plain_text(letter)
    family, fill = _family(rng, text, split=split, kind=kind), _typewriter(text, split=split)
    left, right, top, bottom = _margins(rng, split=split)
    return Style(
        family=family,
        fill=fill if sometimes(rng, 0.6) else family,
        hand=hand(rng, split=split),
        size=_size(rng, kind=kind),
        leading=rng.uniform(1.22, 1.42),
        left=left,
        right=right,
        top=top,
        bottom=bottom,
        accent=rng.choice(_ACCENTS[split]),
        table=rng.choice(_TABLES[split]),
        form=rng.choice(_FORMS[split]),
        logo=rng.choice(_LOGOS[split]) if kind in {"letter", "table", "certificate"} else "none",
        head=rng.choice(_HEADS[split]),
        centred=kind == "certificate" and sometimes(rng, 0.7),
        columns=2 if kind == "contract" and sometimes(rng, 0.35) else 1,
        framed=kind == "certificate" and sometimes(rng, 0.4),
        folded=kind == "letter" and sometimes(rng, 0.7),
        punched=sometimes(rng, 0.15),
    )


def _family(rng: random.Random, text: str, *, split: str, kind: str) -> Family:
    typed = kind in _TYPED_KINDS or (kind in {"note", "mail"} and sometimes(rng, 0.5))
    if typed:
        return _typewriter(text, split=split)
    chosen = rng.choice(_FAMILIES[split])
    return chosen if fonts.shows(chosen, text) else _WIDE[split]


def _typewriter(text: str, *, split: str) -> Family:
    chosen = _TYPEWRITERS[split]
    return chosen if fonts.shows(chosen, text) else _WIDE_TYPEWRITER


def _margins(rng: random.Random, *, split: str) -> tuple[float, float, float, float]:
    if split == "train":
        left, right = rng.uniform(22, 25), rng.uniform(17, 22)
        return left * mm, right * mm, rng.uniform(14, 18) * mm, 18 * mm
    left, right = rng.uniform(16, 20), rng.uniform(14, 18)
    return left * mm, right * mm, rng.uniform(19, 26) * mm, 14 * mm


def _size(rng: random.Random, *, kind: str) -> float:
    sizes = {"table": (8.2, 9.6), "form": (9.0, 10.4), "contract": (8.6, 10.2), "note": (11, 12.5)}
    return rng.uniform(*sizes.get(kind, (9.8, 11.2)))
