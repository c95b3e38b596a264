"""How much one item may cost, and the one way to stop reading it.

Owns the numbers and the exception that carries a reason out of the depths of a parser.
"""

from dataclasses import dataclass
from typing import NoReturn

from domain.errors import PoststelleError
from domain.reading import Outcome
from domain.reasons import Reason

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one item: counts, pixels, seconds of wall-clock time, and bytes.

    ``items_per_worker`` is after how many items a warm worker is replaced; 1 gives each
    item a sandbox that has never seen another one, at about half a second each.
    ``text_bytes`` bounds the text of one document as UTF-8. ``page_threads`` is how many pages
    of one item are recognised at the same time. ``decoded_bytes`` bounds an image file together
    with what it takes to decode it, which is more than its pixels for some formats.
    ``memory_bytes`` is address space, of which at most half is really used.
    """

    input_bytes: int = 256 * _MIB
    pages: int = 500
    pixels: int = 64_000_000
    decoded_bytes: int = 200_000_000
    parts: int = 50
    seconds: float = 600.0
    memory_bytes: int = 1024 * _MIB
    scratch_bytes: int = 1024 * _MIB
    output_bytes: int = 512 * _MIB
    text_bytes: int = 32 * _MIB
    items_per_worker: int = 200
    page_threads: int = 1


class ReadingStoppedError(PoststelleError):
    """An item or a part of it cannot be read; carries the outcome and the reason."""

    code = "reading_stopped"

    def __init__(self, reason: Reason, outcome: Outcome = Outcome.UNREADABLE) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.outcome = outcome


def stop(reason: Reason, *, cause: BaseException | None = None) -> NoReturn:
    """Stop reading as unreadable for a reason."""
    raise ReadingStoppedError(reason) from cause


class PageBudget:
    """Counts the pages of one item over all its parts."""

    def __init__(self, pages: int) -> None:
        self._left = pages

    def take(self, pages: int) -> None:
        """Use up some pages, or stop with ``TOO_MANY_PAGES`` and use up none."""
        if pages > self._left:
            stop(Reason.TOO_MANY_PAGES)
        self._left -= pages
