"""Reading the pages of an item one after the other, each into a leaf.

Owns the order: a page's own text if it can be trusted, otherwise its picture: barcodes,
blank or not, recognition.
"""

from collections.abc import Iterator
from pathlib import Path

from domain.reading import Barcode
from ocr.marks import barcodes, is_blank
from ocr.pages import Leaf, Source
from ocr.recognition import recognise

_SEPARATOR_TEXT = 600
"""Characters up to which a page with a text layer may still be a separator sheet."""
_SEPARATOR_DPI = 200


def read_leaves(source: Source, scratch: Path) -> Iterator[Leaf]:
    """Yield the pages of an item; text layers are written below ``scratch``."""
    for number in range(1, source.page_count + 1):
        text = source.text(number)
        if text is None:
            yield _seen(source, number, scratch)
        else:
            yield Leaf(number, text, barcodes=_printed_codes(source, number, text))


def _printed_codes(source: Source, number: int, text: str) -> tuple[Barcode, ...]:
    """Look for barcodes on a page with a text layer, if it can be a separator sheet."""
    if not source.divisible or len(text) > _SEPARATOR_TEXT:
        return ()
    return barcodes(source.picture(number, dpi=_SEPARATOR_DPI), number)


def _seen(source: Source, number: int, scratch: Path) -> Leaf:
    picture = source.picture(number)
    codes = barcodes(picture, number) if source.divisible else ()
    if not codes and is_blank(picture):
        return Leaf(number, blank=True)
    found = recognise(picture, scratch / f"page-{number}")
    return Leaf(number, found.text, barcodes=codes, layer=found.layer, turn=found.turn)
