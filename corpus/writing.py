"""Writing a letter: a template, filled in for somebody, and what is then true of it.

Owns choices and filling in. Refuses chance: the same template and seed give the same letter.
"""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.chance import dice, sometimes
from corpus.markup import line_of, visible
from corpus.templates import GROUP, PAGE_BREAK, Template
from corpus.values import fields_shown, values


@dataclass(frozen=True, slots=True)
class Truth:
    """What a reader ought to find: field names as in ``domain.reading.Fields``.

    Values are in the normal form described there: dates ISO, ``betrag`` ``1234.56``,
    ``zeitraum`` ``YYYY-MM-DD/YYYY-MM-DD``. ``handwritten`` fields stand nowhere in print.
    """

    type: str
    fields: Mapping[str, str]
    handwritten: frozenset[str]


@dataclass(frozen=True, slots=True)
class Letter:
    """A filled-in template: marked-up lines of each page and the truth.

    ``pen``: entries between tildes are written by hand, else with a machine. ``whole``:
    everything is written by hand, as in a note.
    """

    template: Template
    type: str
    pages: tuple[tuple[str, ...], ...]
    truth: Truth
    pen: bool
    whole: bool


def write(template: Template, *, seed: str) -> Letter:
    """Fill in a template for people that the seed decides on."""
    rng = dice(seed, template.split, template.type, template.slug)
    found = values(rng, type_code=template.type, split=template.split, old=template.old)
    chosen = [_chosen(rng, line) for line in template.lines]
    entries = any("~" in line for line in template.lines)
    pen = template.hand or (entries and sometimes(rng, 0.5))
    whole = template.hand and (template.kind == "note" or not entries)
    used = _used(" ".join(chosen))
    printed = frozenset() if whole else _used(" ".join(_without_entries(line) for line in chosen))
    fields = found.truth(used)
    handwritten = fields.keys() - fields_shown(printed) if pen else frozenset()
    lines = [
        _filled(text, found.texts)
        for raw, text in zip(template.lines, chosen, strict=True)
        if text.strip() or not raw.strip()
    ]
    return Letter(
        template=template,
        type=template.type,
        pages=_pages(lines),
        truth=Truth(template.type, fields, frozenset(handwritten)),
        pen=pen,
        whole=whole,
    )


def plain_text(letter: Letter) -> str:
    """Return the text as a reader sees it: cells separated by blanks, pages by form feeds."""
    return "\f".join("\n".join(_shown(line) for line in page) for page in letter.pages)


def _shown(line: str) -> str:
    return visible(line_of(line).text)


def _chosen(rng: random.Random, line: str) -> str:
    """Pick one alternative of each choice; placeholders stay."""

    def pick(match: re.Match[str]) -> str:
        group = match[1]
        return rng.choice(group.split("|")) if "|" in group else match[0]

    return GROUP.sub(pick, line)


def _filled(line: str, texts: Mapping[str, str]) -> str:
    return GROUP.sub(lambda match: texts[match[1]], line)


def _used(text: str) -> frozenset[str]:
    return frozenset(GROUP.findall(text))


def _without_entries(line: str) -> str:
    return " ".join(line.split("~")[::2])


def _pages(lines: list[str]) -> tuple[tuple[str, ...], ...]:
    pages: list[list[str]] = [[]]
    for line in lines:
        if line.strip() == PAGE_BREAK:
            pages.append([])
        else:
            pages[-1].append(line)
    return tuple(tuple(page) for page in pages if page)
