"""The invisible text of recognised pages, by which a scan can be searched and copied from.

Owns where the words go on a PDF page and the font that has no glyphs. Refuses to change
anything that can be seen.
"""

import math
from collections.abc import Iterator, Sequence
from functools import cache
from statistics import median

import pikepdf

from ocr.pages import Leaf, Word
from ocr.tessdata import data_folder

_FONT = "/PoststelleText"
_ADVANCE = 0.5
"""Width of every character in units of the font's size."""
_INVISIBLE = 3
_CODES = 0x10000
_WHOLE_TURN, _QUARTER = 360, 90
_SPACE = " ".encode("utf-16-be")
_SMALLEST = 0.1
"""Points below which a word is no place to put text."""


class TextLayer:
    """Writes the words of leaves into the pages of one PDF."""

    def __init__(self, book: pikepdf.Pdf) -> None:
        self._book = book
        self._font: pikepdf.Object | None = None

    def add(self, page: pikepdf.Page, leaf: Leaf) -> None:
        """Put the words of a leaf beneath what a page shows; the page is turned already."""
        if not leaf.words:
            return
        if self._font is None:
            self._font = self._book.make_indirect(_font(self._book))
        name = page.add_resource(self._font, pikepdf.Name.Font, pikepdf.Name(_FONT))
        content = "\n".join(_content(str(name), _Paper(page), leaf)).encode("ascii")
        page.contents_add(content, prepend=True)


class _Paper:
    """A page's visible box in points, and how it is turned when it is shown."""

    def __init__(self, page: pikepdf.Page) -> None:
        left, bottom, right, top = (float(side) for side in page.cropbox.as_list())
        self._left, self._right = min(left, right), max(left, right)
        self._bottom, self._top = min(bottom, top), max(bottom, top)
        self.turn = int(page.obj.get("/Rotate", 0)) % _WHOLE_TURN

    def at(self, across: float, down: float) -> tuple[float, float]:
        """Return the point in user space of a place on the page as it is shown."""
        width, height = self._right - self._left, self._top - self._bottom
        match self.turn:
            case 90:
                return self._left + down * width, self._bottom + across * height
            case 180:
                return self._right - across * width, self._bottom + down * height
            case 270:
                return self._right - down * width, self._top - across * height
            case _:
                return self._left + across * width, self._top - down * height

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height in points, as the page is shown."""
        width, height = self._right - self._left, self._top - self._bottom
        return (height, width) if self.turn % (2 * _QUARTER) else (width, height)


def _content(font: str, paper: _Paper, leaf: Leaf) -> Iterator[str]:
    angle = math.radians(paper.turn - leaf.slope)
    cos, sin = math.cos(angle), math.sin(angle)
    turned = f"{cos:.5f} {sin:.5f} {-sin:.5f} {cos:.5f}"
    yield f"q BT {_INVISIBLE} Tr"
    for line in _lines(leaf):
        yield from _shown(line, paper, font=font, turned=turned, slope=leaf.slope)
    yield "ET Q"


def _lines(leaf: Leaf) -> Iterator[list[Word]]:
    """Yield the words of each line of a leaf's text."""
    line: list[Word] = []
    for word in leaf.words or ():
        if line and "\n" in leaf.text[line[-1].start : word.start]:
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _shown(
    line: Sequence[Word], paper: _Paper, *, font: str, turned: str, slope: float
) -> Iterator[str]:
    """Show the words of a line in one size on one base line, so that they are copied as one."""
    across, down = paper.size
    fall = math.tan(math.radians(slope)) * across / down
    height = median((word.box.bottom - word.box.top) * down for word in line)
    base = median(word.box.bottom - fall * word.box.left for word in line)
    if height < _SMALLEST:
        return
    yield f"{font} {height:.2f} Tf"
    for word in line:
        width = (word.box.right - word.box.left) * across
        codes = word.text.encode("utf-16-be")
        stretch = 100 * width / (len(codes) / 2 * _ADVANCE * height)
        at = paper.at(word.box.left, base + fall * word.box.left)
        shown = (codes + _SPACE).hex()
        yield f"{max(stretch, 1):.2f} Tz {turned} {at[0]:.2f} {at[1]:.2f} Tm <{shown}> Tj"


def _font(book: pikepdf.Pdf) -> pikepdf.Dictionary:
    """Return a font (ISO 32000-1, 9.7) whose every code is the character of that number."""
    name = pikepdf.Name("/GlyphLessFont")
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=name,
        Flags=5,
        FontBBox=[0, 0, 500, 1000],
        ItalicAngle=0,
        Ascent=1000,
        Descent=-1,
        CapHeight=1000,
        StemV=80,
        FontFile2=book.make_stream(_glyphless()),
    )
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        CIDToGIDMap=book.make_stream(b"\x00\x01" * _CODES),
        DW=round(_ADVANCE * 1000),
        FontDescriptor=book.make_indirect(descriptor),
    )
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=name,
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=[book.make_indirect(descendant)],
        ToUnicode=book.make_stream(_to_unicode()),
    )


@cache
def _glyphless() -> bytes:
    """Return the font program without outlines that comes with tesseract."""
    return (data_folder() / "pdf.ttf").read_bytes()


@cache
def _to_unicode() -> bytes:
    """Return the map from codes to characters, which are the same; a range has 256 of them."""
    ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256)]
    blocks = [ranges[at : at + 100] for at in range(0, len(ranges), 100)]
    listed = "\n".join(
        f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{listed}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
