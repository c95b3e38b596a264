"""Preparing a page: grey, flat, upright, straight, in even light, at a good resolution.

Owns the order of these steps, when a page needs which of them, and the way back from the
prepared picture to the page. A clean scan passes nearly free. Refuses to read.
"""

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from domain.reading import Box
from ocr import leptonica, paper, stamps
from ocr.geometry import (
    Map,
    Points,
    columns_moved,
    mapped,
    quarter_turns,
    rotation,
    shear,
    transformed,
)
from ocr.leptonica import Ink
from ocr.pages import STANDARD_DPI, Picture
from ocr.sheet import find_sheet

SMALL_DPI = 150
"""About the resolution at which a page is looked at as a whole."""

_MOST_DPI, _LEAST_DPI, _RAISED_DPI = 330, 140, 220
_COARSEST_DPI = 50
"""Below it, the resolution is not believed."""
_MOST_PIXELS, _LONGEST = 20_000_000, 30_000
_UNEVEN_PIXELS, _IMPLAUSIBLE = 1.1, 4.0
_BILEVEL = 0.02
_SOFT = ImageFilter.Kernel((3, 3), (1, 2, 1, 2, 4, 2, 1, 2, 1))
"""A Gaussian of about 0.7 pixels, at half the time of Pillow's own."""
_SOFT_BLACK = 0.2
_INK = 170
_DIGITS = 6
"""Of a share of a page: a thousandth of a pixel."""
_STRAIGHT, _SHEARED, _STEEPEST = 0.15, 1.5, 6.0
"""Degrees: below the first nothing is done, up to the second columns are moved."""
_SURE_SKEW, _SURE_TURN, _CLEARLY = 3.0, 8.0, 2.5
_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A grey picture ready for recognition, its ink at about 150 dpi, and how it lies.

    ``way`` maps its pixels to those of the page as it came, whose ``size`` is in pixels;
    ``turn`` is by how many degrees clockwise that page must be turned to be upright, None where
    that could not be seen.
    """

    picture: Picture
    ink: Ink
    way: Map
    size: tuple[int, int]
    turn: int | None = None

    @property
    def slope(self) -> float:
        """Return by how many degrees lines fall to the right on the upright page."""
        across, down = self.picture.image.size
        line = np.array([(0.25 * across, 0.5 * down), (0.75 * across, 0.5 * down)])
        (left, top), (right, bottom) = self._upright(line) * self._upright_size
        return math.degrees(math.atan2(bottom - top, right - left))

    def box(self, place: tuple[int, int, int, int]) -> Box:
        """Return where pixels (left, top, right, bottom) are on the upright page."""
        left, top, right, bottom = place
        corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], float)
        points = np.clip(self._upright(corners), 0.0, 1.0).round(_DIGITS)
        (first, high), (last, low) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        return Box(first, high, last, low)

    @property
    def _upright_size(self) -> tuple[int, int]:
        return self.size if (self.turn or 0) % 180 == 0 else self.size[::-1]

    def _upright(self, points: Points) -> Points:
        """Take pixels of the picture to shares of the upright page."""
        across, down = (mapped(points, self.way) / self.size).T
        match self.turn:
            case 90:
                across, down = 1 - down, across
            case 180:
                across, down = 1 - across, 1 - down
            case 270:
                across, down = down, 1 - across
        return np.stack([across, down], axis=1)


def prepare(picture: Picture) -> Prepared:
    """Prepare a page in grey or colour for everything that looks at it."""
    page = _lit(_sampled(picture), hard=_is_bilevel(picture.image))
    turn = _seen_turn(page.ink)
    page = page.turned(turn or 0)
    page = page.straightened(_seen_skew(page.ink))
    return Prepared(Picture(page.image, page.dpi), page.ink, page.way, picture.image.size, turn)


def turned(prepared: Prepared, turn: int) -> Prepared:
    """Return a page turned by further degrees clockwise."""
    page = _Page(prepared.picture.image, prepared.picture.dpi, prepared.way, prepared.ink)
    page = page.turned(turn)
    whole = ((prepared.turn or 0) + turn) % 360
    return Prepared(Picture(page.image, page.dpi), page.ink, page.way, prepared.size, whole)


@dataclass(frozen=True, slots=True)
class _Page:
    """A grey page on its way, and the map from its pixels to those of the page as it came."""

    image: Image.Image
    dpi: int
    way: Map
    ink: Ink

    def turned(self, turn: int) -> "_Page":
        """Turn by degrees clockwise, all pixels kept."""
        if turn not in _TURNS:
            return self
        image = self.image.transpose(_TURNS[turn])
        ink = np.ascontiguousarray(np.rot90(self.ink, -turn // 90))
        return _Page(image, self.dpi, self.way @ quarter_turns(self.image.size, turn), ink)

    def straightened(self, degrees: float) -> "_Page":
        """Turn by a few degrees clockwise."""
        if abs(degrees) < _STRAIGHT:
            return self
        back = shear(self.image.size, degrees)
        if abs(degrees) <= _SHEARED:
            image = Image.fromarray(columns_moved(np.asarray(self.image), back))
            ink = columns_moved(self.ink, shear(self.ink.shape[::-1], degrees))
            return _Page(image, self.dpi, self.way @ back, ink)
        back = rotation(self.image.size, degrees)
        image = transformed(self.image, self.image.size, back)
        return _Page(image, self.dpi, self.way @ back, _ink_of(image, self.dpi))


def _sampled(picture: Picture) -> _Page:
    """Bring a picture to grey, square pixels and a resolution that serves recognition."""
    image, dpi = picture.image, picture.dpi
    if (factor := _reduction(picture)) > 1:
        image, dpi = image.reduce(factor), max(1, dpi // factor)
    grey = stamps.grey(image, dpi)
    wanted = _wanted_dpi(grey, dpi)
    shape = _pixel_shape(picture.image)
    size = tuple(
        max(1, round(side * wanted / dpi * longer))
        for side, longer in zip(grey.size, shape, strict=True)
    )
    if size != grey.size:
        grey = grey.resize((size[0], size[1]), Image.Resampling.BICUBIC)
    scale = np.divide(picture.image.size, grey.size)
    return _Page(grey, wanted, np.diag([*scale, 1.0]), np.zeros((1, 1), np.bool_))


def _wanted_dpi(image: Image.Image, dpi: int) -> int:
    """Return the resolution to bring a picture to; coarse ones are drawn larger, within bounds."""
    if dpi > _MOST_DPI:
        return STANDARD_DPI
    larger = _RAISED_DPI / dpi
    bearable = image.width * image.height * larger**2 <= _MOST_PIXELS
    coarse = _COARSEST_DPI <= dpi < _LEAST_DPI
    return _RAISED_DPI if coarse and bearable and max(image.size) * larger < _LONGEST else dpi


def _reduction(picture: Picture) -> int:
    """Return by which whole number to reduce a picture that is finer than is of use."""
    pixels = picture.image.width * picture.image.height
    too_many = math.ceil(math.sqrt(pixels / _MOST_PIXELS))
    return max(1, picture.dpi // (STANDARD_DPI - 10), too_many)


def _pixel_shape(image: Image.Image) -> tuple[float, float]:
    """Return by what to scale width and height for square pixels, as a coarse fax needs it."""
    try:
        across, down = (float(value) for value in image.info.get("dpi", (1, 1)))
        shape = across / down or 1.0
    except (TypeError, ValueError, ZeroDivisionError):
        return 1.0, 1.0
    if not _UNEVEN_PIXELS < max(shape, 1 / shape) < _IMPLAUSIBLE:
        return 1.0, 1.0
    return (1.0, shape) if shape > 1 else (1 / shape, 1.0)


def _lit(page: _Page, *, hard: bool) -> _Page:
    """Make light even and sheets flat where they are not, and soften hard or noisy print."""
    small = page.image.reduce(_factor(page.dpi))
    seen = paper.seen(small)
    if seen.plain and not hard:
        return _Page(page.image, page.dpi, page.way, np.asarray(small) < seen.threshold)
    if seen.plain:
        soft = paper.stretched(page.image.filter(_SOFT), black=_SOFT_BLACK)
        return _Page(soft, page.dpi, page.way, _ink_of(soft, page.dpi))
    flat = _flattened(page)
    image = paper.evened(flat.image.filter(_SOFT), flat.dpi)
    return _Page(image, flat.dpi, flat.way, _ink_of(image, flat.dpi))


def _flattened(page: _Page) -> _Page:
    sheet = find_sheet(page.image)
    if sheet is None:
        return page
    way = sheet.flattening
    return _Page(transformed(page.image, sheet.size, way), page.dpi, page.way @ way, page.ink)


def _is_bilevel(image: Image.Image) -> bool:
    """Tell whether a picture knows only black and white, by a piece of its middle."""
    across, down = image.width // 4, image.height // 4
    middle = image.crop((across, down, 3 * across, 3 * down)).convert("L")
    histogram = middle.histogram()
    return sum(histogram[1:255]) <= _BILEVEL * middle.width * middle.height


def _ink_of(image: Image.Image, dpi: int) -> Ink:
    return np.asarray(image.reduce(_factor(dpi))) < _INK


def _factor(dpi: int) -> int:
    return max(1, round(dpi / SMALL_DPI))


def _seen_turn(ink: Ink) -> int | None:
    """Tell how a page lies by its ascenders and descenders; None where that is not clear."""
    turn = _told_turn(ink)
    degrees = _seen_skew(ink)
    if turn is not None or abs(degrees) < _STRAIGHT:
        return turn
    return _told_turn(columns_moved(ink, shear(ink.shape[::-1], degrees)))


def _told_turn(ink: Ink) -> int | None:
    up, left = leptonica.orientation(ink)
    if abs(up) > _SURE_TURN and abs(up) > _CLEARLY * abs(left):
        return 0 if up > 0 else 180
    if abs(left) > _SURE_TURN and abs(left) > _CLEARLY * abs(up):
        return 90 if left > 0 else 270
    return None


def _seen_skew(ink: Ink) -> float:
    degrees, sureness = leptonica.skew(ink)
    return degrees if sureness >= _SURE_SKEW and abs(degrees) <= _STEEPEST else 0.0
