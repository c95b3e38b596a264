"""The sheet in a photo: its four corners, and the map that lays it flat.

Owns finding a light sheet on a darker ground. Refuses to touch pixels: whoever wants the sheet
flat applies the map.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from ocr.geometry import Map, Points, between
from ocr.leptonica import connected

_THUMBNAIL, _SMALLEST = 256, 128
_LEAST, _MOST = 0.2, 0.97
"""Shares of the picture that a sheet can cover; one that covers more need not be cut out."""
_FILLED = 0.93
_LEVELS = 10
_STEP = 0.1
"""Share of its light by which the ground is darker than the sheet, at each of its edges."""
_AWAY = 4
_CLEAR_EDGES = 2
_ROWS = 16
"""Fewer rows of a thumbnail are no edge."""
_BEYOND = 0.5
_WITHIN = 0.992
"""How much of a sheet is kept, so that no rim of the ground is left on it."""
_A4 = 2**0.5
_NEARLY = 0.15


@dataclass(frozen=True, slots=True)
class Sheet:
    """Points of a sheet in pixels: top left, top right, bottom right, bottom left."""

    corners: Points

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height in pixels that the sheet has when it lies flat."""
        edges = np.linalg.norm(self.corners - np.roll(self.corners, -1, axis=0), axis=1)
        wide, tall = max(edges[0], edges[2]), max(edges[1], edges[3])
        longer, shorter = max(wide, tall), min(wide, tall)
        if abs(longer / shorter / _A4 - 1) < _NEARLY:
            shorter = longer / _A4
        flat = (longer, shorter) if wide > tall else (shorter, longer)
        return round(flat[0]), round(flat[1])

    @property
    def flattening(self) -> Map:
        """Return the map from the flat sheet to the picture."""
        wide, tall = self.size
        flat = np.array([(0, 0), (wide, 0), (wide, tall), (0, tall)], float)
        return between(flat, self.corners)


def find_sheet(image: Image.Image) -> Sheet | None:
    """Return the sheet that a photo in grey or colour shows, None where there is none to see.

    Tries where to part light from dark, and keeps what has most of the shape of a sheet.
    """
    if min(image.size) < _SMALLEST:
        return None
    factor = max(1, -(-max(image.size) // _THUMBNAIL))
    thumbnail = np.asarray(_unprinted(image.convert("L").reduce(factor)))
    best, found = _FILLED, None
    for shade in (thumbnail, _evenly_lit(thumbnail)):
        for level in _levels(shade):
            likeness, corners = _outlined(thumbnail, shade > level)
            if likeness > best:
                best, found = likeness, corners
    if found is None:
        return None
    middle = found.mean(axis=0)
    return Sheet((middle + _WITHIN * (found - middle)) * factor)


def _unprinted(thumbnail: Image.Image) -> Image.Image:
    """Make print on paper vanish."""
    closed = thumbnail.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.MinFilter(5))
    return closed.filter(ImageFilter.MedianFilter(3))


def _evenly_lit(thumbnail: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Take out light that falls off evenly, as it does on the middle of the picture."""
    height, width = thumbnail.shape
    down, across = np.mgrid[0:height, 0:width].astype(float)
    light = np.log(np.maximum(thumbnail, 8).astype(float))
    middle = np.s_[height // 4 : -height // 4, width // 4 : -width // 4]
    terms = np.stack([np.ones_like(light), across / width, down / height], axis=-1)
    fall, *_ = np.linalg.lstsq(terms[middle].reshape(-1, 3), light[middle].reshape(-1), rcond=None)
    return np.asarray(light - terms @ fall)


def _levels(shade: NDArray[Any]) -> list[float]:
    darkest, lightest = (float(value) for value in np.percentile(shade, (3, 97)))
    return [float(level) for level in np.linspace(darkest, lightest, _LEVELS)[1:-1]]


def _outlined(thumbnail: NDArray[np.uint8], mask: NDArray[np.bool_]) -> tuple[float, Points | None]:
    """Return how much a mask is like a sheet with clear edges (0 to 1), and its corners."""
    inside = _largest(mask)
    if not _LEAST <= inside.mean() <= _MOST:
        return 0.0, None
    corners = _corners(inside)
    if corners is None or not _has_edges(thumbnail, corners):
        return 0.0, None
    return _likeness(inside, corners), corners


def _largest(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Keep the connected part of a mask that holds its middle."""
    rows, columns = np.nonzero(mask)
    if not len(rows):
        return mask
    middle = int(np.median(columns)), int(np.median(rows))
    return connected(mask, across=middle[0], down=middle[1])


def _corners(mask: NDArray[np.bool_]) -> Points | None:
    """Lay lines along the four edges of a mask and return where they meet."""
    left, right = _edge_line(mask), _edge_line(mask[:, ::-1])
    top, bottom = _edge_line(mask.T), _edge_line(mask.T[:, ::-1])
    if left is None or right is None or top is None or bottom is None:
        return None
    height, width = mask.shape
    right = (-right[0], width - right[1])
    bottom = (-bottom[0], height - bottom[1])
    return np.array(
        [
            _meeting(side, end)
            for side, end in ((left, top), (right, top), (right, bottom), (left, bottom))
        ]
    )


def _edge_line(mask: NDArray[np.bool_]) -> tuple[float, float] | None:
    """Fit across = slope * down + start to where the rows of a mask begin, without outliers."""
    rows = np.nonzero(mask.any(axis=1))[0]
    if len(rows) < _ROWS:
        return None
    rows = rows[len(rows) // 10 : -(len(rows) // 10)]
    first = mask[rows].argmax(axis=1).astype(float)
    slope = start = 0.0
    for _ in range(3):
        slope, start = _fitted(rows + 0.5, first)
        off = np.abs(first - slope * (rows + 0.5) - start)
        keep = off <= max(1.0, float(np.median(off)) * 2)
        rows, first = rows[keep], first[keep]
    return slope, start


def _fitted(at: NDArray[Any], value: NDArray[Any]) -> tuple[float, float]:
    """Fit value = slope * at + start, least squares."""
    off = at - at.mean()
    slope = float(off @ value / max(float(off @ off), 1e-9))
    return slope, float(value.mean() - slope * at.mean())


def _meeting(side: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    """Return where x = side[0] * y + side[1] meets y = end[0] * x + end[1]."""
    x = (side[0] * end[1] + side[1]) / (1 - side[0] * end[0])
    return x, end[0] * x + end[1]


def _likeness(mask: NDArray[np.bool_], corners: Points) -> float:
    """Return what mask and quadrilateral share of what either covers."""
    height, width = mask.shape
    drawn = Image.new("1", (width, height))
    ImageDraw.Draw(drawn).polygon([tuple(corner) for corner in corners], fill=1)
    quad = np.asarray(drawn)
    return float((mask & quad).sum() / max(1, (mask | quad).sum()))


def _has_edges(thumbnail: NDArray[np.uint8], corners: Points) -> bool:
    """Tell whether it gets darker over each edge, and two of them are in the picture."""
    middle = corners.mean(axis=0)
    steps = [
        _step(thumbnail, np.linspace(one, other, 34)[1:-1], middle)
        for one, other in zip(corners, np.roll(corners, -1, axis=0), strict=True)
    ]
    clear = [step for step in steps if step is not None]
    return len(clear) >= _CLEAR_EDGES and min(clear) >= _STEP


def _step(thumbnail: NDArray[np.uint8], edge: Points, middle: Points) -> float | None:
    inwards = middle - edge.mean(axis=0)
    inwards *= _AWAY / max(1.0, float(np.linalg.norm(inwards)))
    height, width = thumbnail.shape
    outside = (edge - inwards).round().astype(int)
    if ((outside < 0) | (outside >= (width, height))).any(axis=1).mean() > _BEYOND:
        return None  # the sheet goes on beyond the picture
    within = (edge + inwards).round().astype(int)
    inner, outer = (
        thumbnail[np.clip(place[:, 1], 0, height - 1), np.clip(place[:, 0], 0, width - 1)]
        for place in (within, outside)
    )
    return float(np.median((inner.astype(float) - outer) / np.maximum(inner, 1)))
