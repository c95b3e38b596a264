"""What can be seen on a page without reading it: barcodes, and that there is nothing.

Owns both judgements. Refuses to decide what a barcode means.
"""

import math

import numpy as np
import zxingcpp
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from PIL import Image

from domain.reading import Barcode, Box
from ocr.leptonica import Ink, components
from ocr.pages import Picture
from ocr.preparing import Prepared

_FORMATS = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.DataMatrix]
)
_BARCODE_DPI = 200
_BARCODES_A_PAGE = 32
_BARCODE_LENGTH = 1024

_LOOK_DPI = 75
_TILE, _ROWS, _QUIET = 6, 3, 25
"""A code covers so many rows of tiles of 6 pixels (2 mm); around it, it may be lighter."""
_PLACES = 6
_DENSE = (0.2, 0.93)
"""Shares of ink in a code; print has less, the inside of a letter more."""
_INKED = 0.75

_MARGIN = 0.03
_GLYPH_INCHES = 0.05
_THIN_INCHES, _STREAK = 0.025, 12.0
_HOLE_INCHES, _FILLED = (0.17, 0.34), 0.65
_CROSSING_INCHES, _HOLLOW = 6.0, 0.02
_WRITTEN_INCHES = (0.2, 0.07)
_GLYPHS = 2


def barcodes(picture: Picture, number: int) -> tuple[Barcode, ...]:
    """Return the QR and DataMatrix codes on a page (1-based), however it lies."""
    places = _dense_places(picture)
    if not places:
        return ()
    image = _reduced(picture, _BARCODE_DPI)
    found = [code for place in places for code in _codes_in(image.crop(_within(place, image)))]
    found = found or _codes_in(image, turned=False)
    seen = dict.fromkeys((code.format.name, code.text[:_BARCODE_LENGTH]) for code in found)
    return tuple(Barcode(number, name, text) for name, text in list(seen)[:_BARCODES_A_PAGE])


def _codes_in(image: Image.Image, *, turned: bool = True) -> list[zxingcpp.Barcode]:
    return list(
        zxingcpp.read_barcodes(
            image, formats=_FORMATS, try_rotate=turned, try_downscale=False, try_invert=False
        )
    )


def _within(place: Box, image: Image.Image) -> tuple[int, int, int, int]:
    """Return a place in pixels of an image."""
    return (
        math.floor(place.left * image.width),
        math.floor(place.top * image.height),
        math.ceil(place.right * image.width),
        math.ceil(place.bottom * image.height),
    )


def is_blank(page: Prepared) -> bool:
    """Tell whether a prepared page bears nothing but holes, dust, streaks, folds and shadows.

    A word written by hand, a stamp or two printed characters are something.
    """
    inch = page.picture.dpi * page.ink.shape[1] / page.picture.image.width
    ink = _inner(page.ink)
    marks = components(ink)
    width, height = marks[:, 2] / inch, marks[:, 3] / inch
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    streaks = (shorter < _THIN_INCHES) | (longer > _STREAK * shorter)
    large = (longer >= _GLYPH_INCHES) & ~streaks
    glyphs = [mark for mark in marks[large].tolist() if not _is_damage(mark, ink, inch)]
    return len(glyphs) < _GLYPHS and not any(_is_written(mark, inch) for mark in glyphs)


def _is_damage(mark: list[int], ink: Ink, inch: float) -> bool:
    """Tell a filing hole (ISO 838: 6 mm), and streaks and folds that cross each other."""
    left, top, width, height = mark
    filled = float(ink[top : top + height, left : left + width].mean())
    shorter, longer = sorted((width / inch, height / inch))
    is_hole = shorter >= _HOLE_INCHES[0] and longer <= _HOLE_INCHES[1] and filled > _FILLED
    return bool(is_hole or (longer >= _CROSSING_INCHES and filled < _HOLLOW))


def _is_written(mark: list[int], inch: float) -> bool:
    """Tell a word whose letters hang together, or a stamp, by its size."""
    width, height = sorted(mark[2:], reverse=True)
    return width >= _WRITTEN_INCHES[0] * inch and height >= _WRITTEN_INCHES[1] * inch


def _dense_places(picture: Picture) -> list[Box]:
    """Look for places as dense as a code: cheaper by far than looking for a code.

    Where there are many of them, it is the whole page.
    """
    small = _reduced(picture, _LOOK_DPI)
    grey = np.asarray(small)
    dark = grey < _INKED * np.percentile(grey[::4, ::4], 80)
    dense = _tiled(dark, _TILE)
    code = (dense >= _DENSE[0]) & (dense <= _DENSE[1])
    whole = sliding_window_view(code, (_ROWS, _ROWS)).all(axis=(2, 3)) if _fits(code) else code[:0]
    if not whole.any():
        return []
    boxes = components(np.ascontiguousarray(whole)).tolist()
    if len(boxes) > _PLACES:
        return [Box(0, 0, 1, 1)]
    return [_place(box, small.size) for box in boxes]


def _fits(tiles: Ink) -> bool:
    return bool(min(tiles.shape) >= _ROWS)


def _place(box: list[int], size: tuple[int, int]) -> Box:
    """Return what a box of windows of tiles covers, with a margin, as shares of the page."""
    (left, top, width, height), (across, down) = box, size
    right, bottom = left + width + _ROWS + _QUIET, top + height + _ROWS + _QUIET
    return Box(
        max(0.0, (left - _QUIET) * _TILE / across),
        max(0.0, (top - _QUIET) * _TILE / down),
        min(1.0, right * _TILE / across),
        min(1.0, bottom * _TILE / down),
    )


def _tiled(dark: Ink, tile: int) -> NDArray[np.float64]:
    rows, columns = dark.shape[0] // tile, dark.shape[1] // tile
    whole = dark[: rows * tile, : columns * tile]
    return np.asarray(whole.reshape(rows, tile, columns, tile).mean(axis=(1, 3)))


def _reduced(picture: Picture, dpi: int) -> Image.Image:
    """Bring a picture to grey and down to about a resolution."""
    factor = picture.dpi // dpi
    image = picture.image.reduce(factor) if factor > 1 else picture.image
    grey = image if image.mode == "L" else image.convert("L")
    scale = dpi * max(1, factor) / picture.dpi
    if scale >= 1:
        return grey
    size = (max(1, math.ceil(grey.width * scale)), max(1, math.ceil(grey.height * scale)))
    return grey.resize(size, Image.Resampling.BOX)


def _inner(ink: Ink) -> Ink:
    height, width = ink.shape
    down, across = int(height * _MARGIN), int(width * _MARGIN)
    return ink[down : height - down, across : width - across]
