"""Paper as a picture shows it: how light it is at each place, and what is no page at its edges.

Owns telling even light from uneven, making it even, and taking dark edges away. Refuses to
move anything. Pictures are grey arrays (height x width) of 8 bits.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from ocr import leptonica

Grey = NDArray[np.uint8]

_TILE = 16
"""Pixels of a side of the squares in which the lightest place counts as paper."""
_EVEN = 0.9
_TILES_OF_EDGES = 8
_LIGHT = 235
_DARK = 110
_REDUCED = 4
_UNIT = 40
"""What a gain of 1 is stored as: with paper of 40 at least, gains then fit 8 bits."""
_DARKEST_PAPER = 40
_INKED, _PRINTED = 0.8, 0.75
_WHITE = 0.85
"""Share of the paper's light from which on everything is paper: what shines through as well."""
_INK_SHARE = 0.0005
_FRAME = 0.2
"""Share of an edge of the picture that is dark where there is a frame."""
_LIGHTEST_INK = 0.7
_EDGE = 0.12
_EDGE_DARK = 0.6
_HOLE, _ROUND = (0.17, 0.34), 0.65


@dataclass(frozen=True, slots=True)
class Paper:
    """How light the paper is in each square of a picture, and how dark the ink on it (0-255)."""

    light: Grey
    ink: int
    framed: bool

    @property
    def threshold(self) -> int:
        """Return the value below which there is ink, where the light is even."""
        return int(_INKED * np.percentile(self.light, 60))

    @property
    def plain(self) -> bool:
        """Tell whether light paper in even light bears dark ink: nothing needs to be done."""
        inner = self.light[2:-2, 2:-2] if min(self.light.shape) > _TILES_OF_EDGES else self.light
        least, usual = np.percentile(inner, (2, 60))
        even = bool(least >= _EVEN * usual and usual >= _LIGHT)
        return even and not self.framed and (self.ink <= _DARK or self.ink >= _EVEN * usual)


def seen(small: Image.Image) -> Paper:
    """Look at a page at about 150 dpi."""
    grey = np.asarray(small)
    ink = int(np.percentile(grey[::2, ::2], 100 * _INK_SHARE))
    framed = any((side[:2] < _DARK).mean() > _FRAME for side in _sides(grey))
    return Paper(_tiles(grey), ink, framed)


def evened(image: Image.Image, dpi: int) -> Image.Image:
    """Make the paper white wherever it is, the ink black, and dark edges and holes white."""
    small = image.reduce(_REDUCED)
    light = _smooth(_tiles(np.asarray(small), _TILE // 2))
    foreign = _foreign(small.reduce(2), light, dpi / (2 * _REDUCED))
    black = _blackness(np.asarray(small), light, foreign)
    gains = Image.fromarray(np.rint(_UNIT * 255 / np.asarray(light, float)).astype(np.uint8))
    even = np.asarray(image).astype(np.uint16)
    even *= np.asarray(gains.resize(image.size, Image.Resampling.BILINEAR))
    even //= _UNIT
    np.minimum(even, 255, out=even)
    result = stretched(Image.fromarray(even.astype(np.uint8)), black=black)
    result.paste(255, mask=foreign.resize(image.size, Image.Resampling.NEAREST))
    return result


def _blackness(small: Grey, light: Image.Image, foreign: Image.Image) -> float:
    """Return which share of the paper's light ink has; holes and edges are no ink."""
    size = (small.shape[1], small.shape[0])
    share = small / np.asarray(light.resize(size, Image.Resampling.BILINEAR))
    ink = share[(share < _PRINTED) & (np.asarray(foreign.resize(size)) == 0)]
    return min(float(np.percentile(ink, 80)), _LIGHTEST_INK) if ink.size else _LIGHTEST_INK


def stretched(image: Image.Image, *, black: float) -> Image.Image:
    """Make black what is darker than a share of white, and white what is nearly so."""
    return image.point(_stretch(black))


def _tiles(grey: Grey, tile: int = _TILE) -> Grey:
    rows, columns = max(1, grey.shape[0] // tile), max(1, grey.shape[1] // tile)
    whole = grey[: rows * tile, : columns * tile]
    if whole.shape != (rows * tile, columns * tile):
        return np.full((1, 1), grey.max(), np.uint8)
    return np.asarray(whole.reshape(rows, tile, columns, tile).max(axis=(1, 3)), np.uint8)


def _smooth(light: Grey) -> Image.Image:
    filled = Image.fromarray(np.maximum(light, _DARKEST_PAPER))
    for step in (
        ImageFilter.MedianFilter(3),
        ImageFilter.MaxFilter(3),
        ImageFilter.GaussianBlur(1.5),
    ):
        filled = filled.filter(step)
    return filled


def _stretch(black: float) -> list[int]:
    low, high = 255 * black, 255 * _WHITE
    return [round(255 * min(max((value - low) / (high - low), 0.0), 1.0)) for value in range(256)]


def _foreign(small: Image.Image, light: Image.Image, dpi: float) -> Image.Image:
    """Mark dark edges of the picture, and the holes by which the sheet was filed."""
    paper = np.percentile(np.asarray(light), 60)
    dark = np.asarray(small) < _EDGE_DARK * paper
    marked = np.zeros_like(dark)
    for seen, target in zip(_sides(dark), _sides(marked), strict=True):
        depth = int(_EDGE * seen.shape[0])
        target[:depth] |= np.logical_and.accumulate(seen[:depth], axis=0)
    for left, top, width, height in leptonica.components(dark & ~marked).tolist():
        place = np.s_[top : top + height, left : left + width]
        if _is_hole(width / dpi, height / dpi, float(dark[place].mean())):
            marked[place] = True
    return Image.fromarray(marked.astype(np.uint8) * 255).filter(ImageFilter.MaxFilter(5))


def _is_hole(width: float, height: float, filled: float) -> bool:
    """Tell a round hole of about 6 mm (ISO 838) by its sides in inches and what they enclose."""
    return min(width, height) >= _HOLE[0] and max(width, height) <= _HOLE[1] and filled > _ROUND


def _sides(array: NDArray[Any]) -> tuple[NDArray[Any], ...]:
    return array, array[::-1], array.T, array.T[::-1]
