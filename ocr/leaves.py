"""Reading the pages of an item, each into a leaf, several of them at the same time.

Owns the order: a page's own text if it can be trusted, otherwise its picture: barcodes,
blank or not, recognition. Pages are taken out of the item by one thread, since no format's
library can do more; what is seen in them is worked out by several, and handed on in order.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from domain.reading import Barcode
from ocr.marks import barcodes, is_blank
from ocr.pages import Leaf, Picture, Source
from ocr.preparing import prepare
from ocr.recognition import recognise

_SEPARATOR_TEXT = 600
"""Characters up to which a page with a text layer may still be a separator sheet."""
_SEPARATOR_DPI = 200
_PIXELS_AT_ONCE = 24_000_000
"""Two pages of A4 at 400 dpi; beyond it, memory for further pages waits for those before."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as it was taken out: its own text if trusted, and a picture if one is needed."""

    number: int
    text: str | None
    picture: Picture | None
    divisible: bool

    @property
    def pixels(self) -> int:
        return self.picture.image.width * self.picture.image.height if self.picture else 0


def read_leaves(source: Source, *, threads: int = 1) -> Iterator[Leaf]:
    """Yield the pages of an item in order, worked on by at most so many threads."""
    numbers = range(1, source.page_count + 1)
    if min(threads, source.page_count) == 1:
        yield from (_leaf(_taken(source, number)) for number in numbers)
        return
    with ThreadPoolExecutor(threads, thread_name_prefix="page") as pool:
        waiting: deque[_Waiting] = deque()
        for number in numbers:
            # Room is made before a page is taken out, so that no picture waits in memory.
            while len(waiting) >= threads or _crowded(waiting):
                yield waiting.popleft().leaf.result()
            waiting.append(_begun(pool, _taken(source, number)))
        for page in waiting:
            yield page.leaf.result()


@dataclass(frozen=True, slots=True)
class _Waiting:
    pixels: int
    leaf: Future[Leaf]


def _begun(pool: ThreadPoolExecutor, page: _Page) -> _Waiting:
    return _Waiting(page.pixels, pool.submit(_leaf, page))


def _crowded(waiting: deque[_Waiting]) -> bool:
    return sum(page.pixels for page in waiting) > _PIXELS_AT_ONCE


def _taken(source: Source, number: int) -> _Page:
    text = source.text(number)
    if text is None:
        return _Page(number, None, source.picture(number), source.divisible)
    if not source.divisible or len(text) > _SEPARATOR_TEXT:
        return _Page(number, text, None, source.divisible)
    return _Page(number, text, source.picture(number, dpi=_SEPARATOR_DPI), source.divisible)


def _leaf(page: _Page) -> Leaf:
    codes = _codes(page)
    if page.text is not None:
        return Leaf(page.number, page.text, barcodes=codes)
    prepared = prepare(page.picture) if page.picture else None
    if prepared is None or (not codes and is_blank(prepared)):
        return Leaf(page.number, blank=True, words=())
    found = recognise(prepared)
    return Leaf(
        page.number,
        found.text,
        barcodes=codes,
        words=found.words,
        turn=found.turn,
        slope=found.slope,
        unread=found.unread,
    )


def _codes(page: _Page) -> tuple[Barcode, ...]:
    """Look for barcodes on a page that can be a separator sheet."""
    if not page.divisible or page.picture is None:
        return ()
    return barcodes(page.picture, page.number)
