"""How pages are numbered: ``Seite 2 von 3``, ``2/3``, ``- 2 -``, ``Blatt 2``.

Owns the reading of the number at the head or foot of a page. Refuses the numbers of fax machines,
which count pages of a transmission.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

EDGE = 4
"""Lines at the top and at the bottom in which a page is numbered."""

_MOST_PAGES = 400
_OF = re.compile(
    r"\b(?:seite|s\.|blatt|page|5eite)\s*:?\s*(\d{1,3})\s*(?:von|/|of)\s*(\d{1,3})\b", re.IGNORECASE
)
_BARE_OF = re.compile(r"^\W*(?:\w{1,6}\s+)?(\d{1,2})\s*(?:/|von)\s*(\d{1,2})\W*$", re.IGNORECASE)
_SINGLE = re.compile(
    r"(?:^|\W)(?:seite|blatt|page)\s*:?\s*(\d{1,3})\b(?!\s*(?:von|/|\d|\.\d))", re.IGNORECASE
)
_DASHED = re.compile(r"^\W*[-–—]\s*(\d{1,3})\s*[-–—]\W*$")
_ALONE = re.compile(r"^\s*(\d{1,2})\s*$")
_OF_A_FAX = re.compile(r"\bfax\b|\d\d:\d\d|\+49", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageNumber:
    """The number of a page and, if it says so, how many there are."""

    at: int
    total: int | None = None


def _edges(lines: Sequence[str]) -> tuple[str, ...]:
    edges = lines if len(lines) <= 2 * EDGE else (*lines[:EDGE], *lines[-EDGE:])
    return tuple(line for line in edges if not _OF_A_FAX.search(line))


def read_page_number(lines: Sequence[str]) -> PageNumber | None:
    """Return the number of a page: ``x von y`` wherever it stands at an edge, else ``x``."""
    edges = _edges(lines)
    for pattern in (_OF, _BARE_OF):
        for line in edges:
            match = pattern.search(line)
            if match and 0 < int(match[1]) <= int(match[2]) <= _MOST_PAGES:
                return PageNumber(int(match[1]), int(match[2]))
    for pattern in (_SINGLE, _DASHED, _ALONE):
        for line in edges:
            match = pattern.search(line)
            if match and 0 < int(match[1]) <= _MOST_PAGES:
                return PageNumber(int(match[1]))
    return None


def without_numbers(lines: Sequence[str]) -> Iterable[str]:
    """Yield the lines without those that are only a page number or of a fax machine."""
    for line in lines:
        alone = any(p.fullmatch(line) for p in (_OF, _BARE_OF, _DASHED, _ALONE))
        if not alone and not (_OF_A_FAX.search(line) and _OF.search(line)):
            yield line
