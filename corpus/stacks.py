"""Stacks: the post of a morning in one scan, with known documents.

Owns the order of pages and what lies between documents. Refuses to make separator sheets: whoever
wants them between documents brings their pages.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from PIL import Image

from corpus.chance import dice, sometimes
from corpus.degrading import DPI, degrade, raster
from corpus.optics import Page
from corpus.rendering import render
from corpus.scans import scan_pdf
from corpus.templates import Template, templates
from corpus.writing import Letter, Truth, write

Separator = Callable[[], bytes]
"""Makes the PDF of one separator sheet."""

_MOST_PAGES = 4
_LEAST_LINES = 5
_A4_AT_DPI = (2481, 3508)


class Between(StrEnum):
    """What lies between the documents of a stack."""

    SHEET = "sheet"
    BLANK = "blank"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a stack: its pages (1-based, in the scan), its type and its truth."""

    pages: tuple[int, ...]
    type: str
    truth: Truth


@dataclass(frozen=True, slots=True)
class Stack:
    """A scan and what it consists of; sheets and blank pages between belong to no document."""

    pdf: bytes
    documents: tuple[Document, ...]


def pick(split: str, *, count: int, seed: str) -> tuple[Letter, ...]:
    """Write letters of different types with one to four pages, some of them numbered."""
    rng = dice(seed, "pick", split)
    chosen = _of_different_types(rng, split=split, count=count)
    return tuple(
        _on_pages(write(template, seed=f"{seed}/{at}"), rng) for at, template in enumerate(chosen)
    )


def stack(
    letters: Sequence[Letter],
    *,
    kind: str,
    seed: str,
    between: Between = Between.NOTHING,
    separator: Separator | None = None,
) -> Stack:
    """Scan letters in one go; ``kind`` as in ``degrading``. ``ValueError``: no sheets brought."""
    if between is Between.SHEET and separator is None:
        raise ValueError(between)
    pages: list[Page] = []
    documents: list[Document] = []
    for at, letter in enumerate(letters):
        if at:
            pages += _divider(between, separator)
        sheets = raster(render(letter, seed=f"{seed}/{at}"))
        first = len(pages) + 1
        documents.append(
            Document(tuple(range(first, first + len(sheets))), letter.type, letter.truth)
        )
        pages += sheets
    images = [degrade(page, kind=kind, seed=f"{seed}/{at}") for at, page in enumerate(pages)]
    return Stack(pdf=scan_pdf(images), documents=tuple(documents))


def spread(letter: Letter, *, pages: int) -> Letter:
    """Return a letter of one page on so many pages, as far as it has lines and tables allow."""
    lines = [line for page in letter.pages for line in page]
    count = min(pages, len(lines) // _LEAST_LINES)
    if len(letter.pages) > 1 or count <= 1:
        return letter
    cuts = [_free_cut(lines, len(lines) * at // count) for at in range(1, count)]
    edges = sorted({0, *cuts, len(lines)})
    parts = (tuple(lines[first:last]) for first, last in pairwise(edges))
    return replace(letter, pages=tuple(part for part in parts if "".join(part).strip()))


def numbered(letter: Letter, *, style: str = "Seite {at} von {count}") -> Letter:
    """Return a letter whose pages are numbered at their feet."""
    count = len(letter.pages)
    feet = (f"^^ {style.format(at=at, count=count)}" for at in range(1, count + 1))
    pages = tuple((*page, foot) for page, foot in zip(letter.pages, feet, strict=True))
    return replace(letter, pages=pages)


def _of_different_types(rng: random.Random, *, split: str, count: int) -> list[Template]:
    """Choose templates so that neighbours always differ in type."""
    shuffled = list(templates(split))
    rng.shuffle(shuffled)
    chosen: list[Template] = []
    for template in shuffled:
        if len(chosen) == count:
            break
        if not chosen or chosen[-1].type != template.type:
            chosen.append(template)
    return chosen


def _on_pages(letter: Letter, rng: random.Random) -> Letter:
    wanted = rng.choices(range(1, _MOST_PAGES + 1), weights=(55, 25, 12, 8))[0]
    longer = spread(letter, pages=wanted)
    own = any("Seite" in line or "Blatt" in line for page in letter.pages for line in page)
    if own or len(longer.pages) == 1 or not sometimes(rng, 0.6):
        return longer
    return numbered(longer, style=rng.choice(("Seite {at} von {count}", "Seite {at}/{count}")))


def _free_cut(lines: Sequence[str], at: int) -> int:
    """Move a cut down until it does not go through a table."""
    while at < len(lines) and lines[at].startswith("|"):
        at += 1
    return at


def _divider(between: Between, separator: Separator | None) -> list[Page]:
    match between:
        case Between.SHEET:
            return raster(separator(), dpi=DPI) if separator else []
        case Between.BLANK:
            return [Image.new("RGB", _A4_AT_DPI, "white")]
        case Between.NOTHING:
            return []
