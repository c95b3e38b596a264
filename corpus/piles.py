"""Piles: letters one behind the other as the text of single pages, with known first pages.

Owns what a stack of post looks like to whoever divides it: letters of several pages, numbered
or not, runs of one person, type or issuer, backs and blank sheets. Refuses pictures: these
piles are for fitting and measuring by text, thousands of them.
"""

import random
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from corpus.chance import dice, sometimes
from corpus.templates import Template, templates
from corpus.values import values
from corpus.writing import plain_text, write

_BREADTHS = (64, 78, 92, 110)
_SHORT_PAGE = 5
_LONG_SHEET = 46
_FIRST = 0.3
"""Share of the lines that stand on the first page at least."""
_PERSON = (
    "name", "nachname_vorname", "vorname", "nachname", "geehrte", "herrn_frau", "strasse",
    "plz_ort", "geburtsdatum", "bg_nummer", "bg_nummer_alt", "kundennummer", "iban", "rvnr",
    "steuer_id", "telefon", "email", "kind", "partner",
)  # fmt: skip
_ISSUER = (
    "stadt", "firma", "arzt", "vermieter", "schule", "bank", "kasse", "kita", "verein", "amt",
    "fremd_iban", "fremd_strasse", "fremd_plz_ort", "fremd_telefon", "fremd_name",
    "sachbearbeitung",
)  # fmt: skip
_NUMBERINGS = (
    (30, None, None),
    (18, "Seite {at} von {all}", None),
    (6, "Seite {at}/{all}", None),
    (5, "{at}/{all}", None),
    (9, None, "Seite {at}"),
    (8, None, "- {at} -"),
    (4, "Seite {at}", None),
    (4, None, "Blatt {at}"),
    (4, "{at}", None),
    (3, None, "Seite {at} zum Schreiben vom {date}"),
    (2, None, "Fortsetzung"),
)
"""How often, what stands at the foot of every page, what at the head of later ones."""


class Style(StrEnum):
    """What lies between the letters of a pile."""

    NOTHING = "nothing"
    BLANK_SHEETS = "blank_sheets"
    DUPLEX = "duplex"
    DUPLEX_BLANK_SHEETS = "duplex_blank_sheets"


_DUPLEX = frozenset({Style.DUPLEX, Style.DUPLEX_BLANK_SHEETS})
_FORGOTTEN = 0.02
"""Share of the gaps in which no blank sheet lies though it should."""
_STRAY = 0.01
"""Share of the pages after which a blank page lies that means nothing."""


@dataclass(frozen=True, slots=True)
class Pile:
    """Texts of all pages in order ("" for blank ones) and the pages of each letter (1-based)."""

    style: Style
    texts: tuple[str, ...]
    letters: tuple[tuple[int, ...], ...]

    @property
    def content(self) -> tuple[tuple[int, str], ...]:
        """Return the pages that are not blank, each with its number."""
        return tuple((at, text) for at, text in enumerate(self.texts, start=1) if text)

    @property
    def blank(self) -> frozenset[int]:
        """Return the blank pages."""
        return frozenset(at for at, text in enumerate(self.texts, start=1) if not text)


def pile(*, split: str, seed: str, style: Style = Style.NOTHING) -> Pile:
    """Return one pile; the same words always give the same one."""
    rng = dice("pile", split, seed)
    long = rng.choice((0.3, 0.6, 0.9))
    texts: list[str] = []
    found: list[tuple[int, ...]] = []
    for letter in _letters(rng, split=split):
        pages = _pages(rng, letter, long=long)
        if found and not sometimes(rng, _FORGOTTEN):
            texts += _between(style, at=len(texts))
        own: list[int] = []
        single = sometimes(rng, 0.5)
        for page in pages:
            texts.append(page)
            own.append(len(texts))
            if (style in _DUPLEX and single and page is not pages[-1]) or sometimes(rng, _STRAY):
                texts.append("")
        found.append(tuple(own))
        if style in _DUPLEX and len(texts) % 2:
            texts.append("")
    return Pile(style, tuple(texts), tuple(found))


def _between(style: Style, *, at: int) -> list[str]:
    match style:
        case Style.BLANK_SHEETS:
            return [""]
        case Style.DUPLEX_BLANK_SHEETS:
            return [""] * (2 + at % 2)
        case Style.NOTHING | Style.DUPLEX:
            return []


def _letters(rng: random.Random, *, split: str) -> Iterator[str]:
    """Yield the texts of letters: mixed, of one person, or several of one wording."""
    every = templates(split)
    mood = rng.choice(("mixed", "mixed", "person", "run"))
    person = f"person/{rng.random()}"
    wanted = rng.randint(3, 9)
    while wanted > 0:
        template = rng.choice(every)
        times = rng.randint(2, 4) if mood == "run" and sometimes(rng, 0.4) else 1
        issuer = f"issuer/{rng.random()}"
        owner = person if mood == "person" and sometimes(rng, 0.85) else f"owner/{rng.random()}"
        for copy in range(times):
            seed = f"{issuer}/{copy}"
            yield _moved(template, seed=seed, person=owner, issuer=issuer if times > 1 else seed)
        wanted -= times


def _moved(template: Template, *, seed: str, person: str, issuer: str) -> str:
    """Write a letter and put other people into it."""
    text = plain_text(write(template, seed=seed))
    own = _texts(template, seed)
    people, senders = _texts(template, person, common=True), _texts(template, issuer)
    wanted = {key: people[key] for key in _PERSON} | {key: senders[key] for key in _ISSUER}
    marks: dict[str, str | int | None] = {}
    for at, key in enumerate(sorted(wanted, key=lambda key: -len(own[key]))):
        mark = chr(0xE000 + at)
        text = text.replace(own[key], mark)
        marks[mark] = wanted[key]
    return text.translate(str.maketrans(marks))


def _texts(template: Template, seed: str, *, common: bool = False) -> dict[str, str]:
    place = ("anybody",) if common else (template.type, template.slug)
    rng = dice(seed, template.split, *place)
    found = values(rng, type_code=template.type, split=template.split, old=template.old)
    return dict(found.texts)


def _pages(rng: random.Random, text: str, *, long: float) -> list[str]:
    """Return the physical pages of a letter as lines of print."""
    breadth = rng.choice(_BREADTHS)
    sheets = [_wrapped(part, breadth) for sheet in text.split("\f") for part in _spread(rng, sheet)]
    pages = [page for lines in sheets for page in _broken(rng, lines, long=long)]
    if len(pages) == 1 and not sometimes(rng, 0.3):
        return ["\n".join(pages[0])]
    return _numbered(rng, pages)


def _spread(rng: random.Random, sheet: str) -> list[str]:
    """Lay a sheet out generously: some letters take several pages for little text."""
    lines = [line for line in sheet.splitlines() if line.strip()]
    count = rng.choices((1, 2, 3, 4), weights=(88, 7, 3, 2))[0]
    count = max(1, min(count, len(lines) // _SHORT_PAGE))
    cuts = [len(lines) * at // count for at in range(count + 1)]
    return ["\n".join(lines[start:end]) for start, end in pairwise(cuts)]


def _wrapped(sheet: str, breadth: int) -> list[str]:
    lines = [line for line in sheet.splitlines() if line.strip()]
    return [piece for line in lines for piece in textwrap.wrap(line, breadth) or [line]]


def _broken(rng: random.Random, lines: list[str], *, long: float) -> list[list[str]]:
    """Divide what does not fit on a sheet, and often what would."""
    if len(lines) < 2 * _SHORT_PAGE or (len(lines) < _LONG_SHEET and not sometimes(rng, long)):
        return [lines]
    at = rng.randint(max(_SHORT_PAGE, round(_FIRST * len(lines))), len(lines) - 2)
    return [lines[:at], *_broken(rng, lines[at:], long=long / 2)]


def _numbered(rng: random.Random, pages: Sequence[list[str]]) -> list[str]:
    weights = [weight for weight, _, _ in _NUMBERINGS]
    _, foot, head = rng.choices(_NUMBERINGS, weights=weights)[0]
    running = pages[0][: rng.randint(1, 2)] if sometimes(rng, 0.25) else []
    below = pages[0][-1:] if sometimes(rng, 0.2) and len(pages[0][-1]) > 20 else []  # noqa: PLR2004 - a line of print
    on_top = sometimes(rng, 0.35)
    announced = sometimes(rng, 0.1)
    date = f"{rng.randint(1, 28):02}.{rng.randint(1, 12):02}.2026"
    out = []
    for at, lines in enumerate(pages, start=1):
        page = list(lines)
        said = {"at": at, "all": len(pages), "date": date}
        if at > 1:
            page = [*running, *([head.format(**said)] if head else []), *page, *below]
        if foot:
            mark = foot.format(**said)
            page = [mark, *page] if on_top else [*page, mark]
        if announced and at < len(pages):
            page.append(rng.choice(("bitte wenden", f"- {at + 1} -", f".../{at + 1}", "./.")))
        out.append("\n".join(page))
    return out
