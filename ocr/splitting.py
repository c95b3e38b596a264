"""Dividing a stack into documents: by genuine separator sheets, else by what its pages show.

Owns the weighing of evidence and the two thresholds: a gap above the one divides, a gap below
the other does not, and a gap between them is left to a person. Refuses to divide by content where
separator sheets lie: whoever laid them has said where documents begin. What was written as one
file (born digital) needs a stronger case than what came off a scanner.
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from domain.reading import Boundary, BoundaryReason, SheetNote
from ocr.beginnings import evidence, reasons
from ocr.boundaries import split_pages
from ocr.classify import Classifier
from ocr.gaps import gaps
from ocr.pages import Leaf
from ocr.pagesigns import page_signs

_BORN_DIGITAL = math.log(20)
"""Of files that were written, that much fewer hold several documents (log odds)."""
_NOTHING = SheetNote()


@dataclass(frozen=True, slots=True)
class Division:
    """The pages of one document, why it begins, what is doubtful inside, what its sheet says.

    ``whole``: it is all that the item holds.
    """

    pages: tuple[int, ...]
    begins: Boundary
    suggested: tuple[Boundary, ...] = ()
    note: SheetNote = _NOTHING
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature of a gap adds to the log odds, and the two thresholds (0 to 1)."""

    bias: float
    of: Mapping[str, float]
    split: float
    keep: float

    def log_odds(self, found: Mapping[str, float]) -> float:
        """Return how much more likely than not another document begins."""
        return self.bias + sum(self.of.get(name, 0.0) * value for name, value in found.items())


@cache
def packaged_weights() -> Weights:
    """Read the weights that ship."""
    text = files("ocr").joinpath("boundary_weights.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    limits = table["thresholds"]
    return Weights(table["bias"], table["weights"], limits["split"], limits["keep"])


def divide(
    leaves: Sequence[Leaf], classifier: Classifier, *, sheets: Mapping[int, SheetNote]
) -> tuple[Division, ...]:
    """Return the documents of a stack in order; none if there are only blank pages and sheets.

    ``sheets`` are the pages (1-based) of genuine separator sheets.
    """
    blank = frozenset(leaf.number for leaf in leaves if leaf.blank)
    content = [leaf for leaf in leaves if leaf.number not in blank | sheets.keys()]
    found = boundaries(content, classifier, blank=blank)
    sure = {page: at for page, at in found.items() if at.confidence >= packaged_weights().split}
    # Between sheets nothing divides; what looks very much like a forgotten sheet is shown.
    divides, doubtful = ({}, sure) if sheets else (sure, _without(found, sure))
    parts = split_pages(
        len(leaves), separators=frozenset(sheets), blank=blank, begins=frozenset(divides)
    )
    return tuple(
        Division(
            pages,
            divides.get(pages[0]) or _certain(pages[0], sheets),
            tuple(doubtful[page] for page in pages[1:] if page in doubtful),
            _note(pages[0], sheets),
            whole=len(parts) == 1 and not sheets,
        )
        for pages in parts
    )


def whole(leaves: Sequence[Leaf], *, every: bool = False) -> Division:
    """Return an item as one document: without its blank pages, unless ``every`` or all are."""
    pages = tuple(leaf.number for leaf in leaves if every or not leaf.blank)
    if not pages:
        return whole(leaves, every=True)
    return Division(pages, _certain(pages[0], {}), whole=True)


def boundaries(
    content: Sequence[Leaf], classifier: Classifier, *, blank: frozenset[int]
) -> dict[int, Boundary]:
    """Return the pages at which a document may begin after another; surely not where absent."""
    weights = packaged_weights()
    if len(content) < 2:  # noqa: PLR2004 - between two pages
        return {}
    pages = [(leaf.number, page_signs(leaf.text, classifier)) for leaf in content]
    found: dict[int, Boundary] = {}
    for gap, (before, after) in zip(gaps(pages, blank), pairwise(content), strict=True):
        seen = evidence(gap)
        written = before.words is None and after.words is None
        odds = weights.log_odds(seen) - (_BORN_DIGITAL if written else 0.0)
        share = 1 / (1 + math.exp(-odds))
        if share > weights.keep:
            why = reasons(seen, weights.of)
            found[after.number] = Boundary(after.number, why, round(share, 4))
    return found


def _without(found: Mapping[int, Boundary], others: Mapping[int, Boundary]) -> dict[int, Boundary]:
    return {page: at for page, at in found.items() if page not in others}


def _certain(page: int, sheets: Mapping[int, SheetNote]) -> Boundary:
    """Return why a document begins that nothing on its pages has to show."""
    after_sheet = any(sheet < page for sheet in sheets)
    reason = BoundaryReason.SEPARATOR_SHEET if after_sheet else BoundaryReason.FIRST_PAGE
    return Boundary(page, (reason,), 1.0)


def _note(page: int, sheets: Mapping[int, SheetNote]) -> SheetNote:
    """Return what the last sheet before a page says."""
    last = max((sheet for sheet in sheets if sheet < page), default=None)
    return _NOTHING if last is None else sheets[last]
