"""The gaps between the pages of a stack, and what lies around each of them.

Owns what only the whole stack shows: blank pages and what they are there for, and numbers that
go on across a page without one. Refuses to judge: what speaks for a beginning is
``ocr.beginnings``' business.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ocr.pagenumbers import PageNumber
from ocr.pagesigns import PageSigns


@dataclass(frozen=True, slots=True)
class Blanks:
    """What blank pages say about a gap.

    ``pages``: how many lie in it. ``most``: how many lie in the gap of this stack with the most.
    ``usual``: they lie in several gaps of this stack, so that where none lies means something.
    ``paired``: several gaps have more than one, as sheets do that are scanned on both sides.
    ``duplex``: blank pages of this stack are only ever the backs of sheets. ``back``: the page
    after the gap is on the back of the page before it.
    """

    pages: int = 0
    most: int = 0
    usual: bool = False
    paired: bool = False
    duplex: bool = False
    back: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Two pages with content that follow each other, and what lies around them."""

    before: PageSigns
    after: PageSigns
    blanks: Blanks
    bracketed: bool = False
    """Pages on both sides of it are numbered as those of one document."""


def gaps(pages: Sequence[tuple[int, PageSigns]], blank: frozenset[int]) -> tuple[Gap, ...]:
    """Return the gaps between pages (1-based number and signs, in order) among blank ones."""
    inside = _bracketed([signs.number for _, signs in pages])
    around = list(pairwise(pages))
    lying = [sum(page in blank for page in range(p + 1, q)) for (p, _), (q, _) in around]
    most = max(lying, default=0)
    duplex = most == 1 and all(page % 2 == 0 for page in blank)
    usual = sum(map(bool, lying)) > 1
    paired = sum(count > 1 for count in lying) > 1

    def blanks(pages_: int, at: int, then: int) -> Blanks:
        back = at % 2 == 1 and then == at + 1
        return Blanks(pages_, most, usual=usual, paired=paired, duplex=duplex, back=back)

    return tuple(
        Gap(before, after, blanks(count, p, q), bracketed=known)
        for ((p, before), (q, after)), count, known in zip(around, lying, inside, strict=True)
    )


def _bracketed(numbers: Sequence[PageNumber | None]) -> list[bool]:
    """Tell for each gap whether pages around it are numbered ``x von y`` as of one document."""
    inside = [False] * max(0, len(numbers) - 1)
    known = [(at, number) for at, number in enumerate(numbers) if number and number.total]
    for (start, first), (end, last) in pairwise(known):
        if first.total == last.total and last.at - first.at == end - start:
            inside[start:end] = [True] * (end - start)
    return inside
