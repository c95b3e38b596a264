"""What a page is while it is read: a picture, and then a leaf with its text.

Owns the values that the formats, the recognition and the archive exchange, and the port
behind which a format hides. Refuses to know any format.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import pikepdf
from PIL import Image

from domain.reading import Barcode, Box

STANDARD_DPI = 300
"""Resolution at which pages without one of their own are rendered and recognised."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as an upright image with its resolution in dots per inch."""

    image: Image.Image
    dpi: int


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word: where it begins in the text of its page, its place, how sure it is.

    The box is on the upright page as its image shows it, before any straightening.
    """

    text: str
    start: int
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page (1-based) that was read.

    ``words`` are those that were recognised in its image; None for pages whose own text was
    trusted. ``turn`` is by how many degrees clockwise the page must be turned to be upright,
    ``slope`` by how many degrees its lines then still fall to the right. ``unread`` is the share
    of what looks like print (0 to 1) that is in no word.
    """

    number: int
    text: str = ""
    blank: bool = False
    barcodes: tuple[Barcode, ...] = ()
    words: tuple[Word, ...] | None = None
    turn: int = 0
    slope: float = 0.0
    unread: float = 0.0


class Source(Protocol):
    """An opened item of any paged format; page numbers are 1-based."""

    @property
    def media_type(self) -> str:
        """Return the media type of the item."""
        ...

    @property
    def signed(self) -> bool:
        """Tell whether the item carries an electronic signature."""
        ...

    @property
    def unseen(self) -> bool:
        """Tell whether the item holds files or frames that are not among its pages."""
        ...

    @property
    def divisible(self) -> bool:
        """Tell whether separator sheets may divide the item into several documents."""
        ...

    @property
    def page_count(self) -> int:
        """Return how many pages there are."""
        ...

    def text(self, number: int) -> str | None:
        """Return a page's own text, or None where it has none that can be trusted."""
        ...

    def picture(self, number: int, *, dpi: int | None = None, colour: bool = False) -> Picture:
        """Return a page as an image, in grey or RGB; ``dpi`` is a wish, None the best to read.

        Images come as they are; ``colour`` asks for it where a page has to be drawn.
        """
        ...

    def faces(self) -> pikepdf.Pdf:
        """Return all pages as a PDF, each looking as it does in the item."""
        ...

    def extract(self, pages: Sequence[int]) -> bytes:
        """Return some of the pages in the item's own format, without any loss."""
        ...
