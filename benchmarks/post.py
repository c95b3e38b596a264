"""The files that are measured with: letters of the check split, printed, scanned, photographed.

Owns the choice, by fixed seeds. Refuses letters of the training split, and for counting words
those that are filled in by hand.
"""

import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from operator import itemgetter
from pathlib import Path

import pikepdf
from PIL import Image

from corpus.chance import dice
from corpus.degrading import degrade, raster, scanned
from corpus.optics import Page
from corpus.rendering import printed, render
from corpus.scans import scan_pdf
from corpus.templates import Template, templates
from corpus.writing import Letter, write

SEED = "bench"
SCANS = ("grey", "colour", "bw")
"""What an office scanner makes."""

KINDS = (*SCANS, "poor", "phone", "fax")

_MODES = {"grey": "L", "colour": "RGB"}
_FEWEST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Scanned:
    """One scanned page: the image, the same as PDF, and the words that are printed on it."""

    kind: str
    image: Path
    pdf: Path
    truth: str


def wordings(*, seed: str) -> list[Template]:
    """Return all wordings of the check split, shuffled so that the first ones differ in type."""
    rng, chosen = dice(SEED, seed), list(templates("check"))
    rng.shuffle(chosen)
    turns: defaultdict[str, Iterator[int]] = defaultdict(count)
    ranked = [(next(turns[one.type]), one) for one in chosen]
    return [one for _, one in sorted(ranked, key=itemgetter(0))]


def letters(*, seed: str, copies: int = 1) -> list[Letter]:
    """Write every wording so many times, each time for other people."""
    chosen = wordings(seed=seed)
    return [write(one, seed=f"{SEED}/{seed}/{at}") for at in range(copies) for one in chosen]


def born_digital(letter: Letter) -> bytes:
    """Return a letter as its sender's computer makes it."""
    return render(letter, seed=SEED)


def scan(letter: Letter, *, kind: str) -> bytes:
    """Return a letter as one file: a PDF, or the photo of a single page as it was taken."""
    seed = f"{SEED}/{letter.type}/{letter.template.slug}"
    images = scanned(born_digital(letter), kind=kind, seed=seed)
    return images[0] if kind == "phone" and len(images) == 1 else scan_pdf(images)


def scans(kind: str, *, pages: int, folder: Path) -> list[Scanned]:
    """Write so many scanned pages of different types into a folder."""
    found = islice(_printed_pages(), pages)
    return [
        _saved(page, truth, kind=kind, stem=folder / f"{kind}-{at}")
        for at, (page, truth) in enumerate(found)
    ]


def bound(pages: Sequence[Scanned], target: Path) -> Path:
    """Bind pages into one PDF and return its path."""
    target.write_bytes(scan_pdf([page.image.read_bytes() for page in pages]))
    return target


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        return len(book.pages)


def _printed_pages() -> Iterator[tuple[Page, str]]:
    for letter in letters(seed="pages"):
        if letter.pen or letter.whole:
            continue
        images = raster(born_digital(letter))
        for image, truth in zip(images, printed(letter), strict=True):
            if len(truth.split()) >= _FEWEST_WORDS:
                yield image, truth


def _saved(page: Page, truth: str, *, kind: str, stem: Path) -> Scanned:
    content = _degraded(page, kind=kind, seed=f"{SEED}/{stem.name}")
    suffix = ".jpg" if content.startswith(b"\xff\xd8") else ".tif"
    image, pdf = stem.with_suffix(suffix), stem.with_suffix(".pdf")
    image.write_bytes(content)
    pdf.write_bytes(scan_pdf([content]))
    return Scanned(kind, image, pdf, truth)


def _degraded(page: Page, *, kind: str, seed: str) -> bytes:
    """Degrade a page; an office scanner decides itself on colour, so it is asked again."""
    if kind not in _MODES:
        return degrade(page, kind=kind, seed=seed)
    tries = (degrade(page, kind="office", seed=f"{seed}/{at}") for at in count())
    return next(content for content in tries if _mode(content) == _MODES[kind])


def _mode(content: bytes) -> str:
    with Image.open(io.BytesIO(content)) as image:
        return image.mode
