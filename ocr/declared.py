"""What an image file says about itself: its resolution, the shape of its pixels, how it lies.

Owns what of it is believed. Refuses what cannot be, and guesses instead.
"""

from math import inf

from PIL import Image

from ocr.faces import POINTS

_LONG_SIDE_INCHES = 11.69
_PLAUSIBLE_DPI = range(100, 1201)
_PLAUSIBLE_INCHES = (3.0, 24.0)
_LONGEST_POINTS = 14_000  # ISO 32000-1, annex C: a page is at most 14,400 units long
_ORIENTATION = 0x0112
_TRANSPOSED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_UNEVEN = 0.01
"""What is less is rounding: the resolutions of fine fax, 204 by 196, differ by four percent."""
_MOST_UNEVEN = 4.0


def resolution(image: Image.Image) -> int:
    """Return a plausible resolution: the declared one, or the one that makes a page of A4."""
    finer = stretch(image)
    long_side = round(max(image.width / min(finer, 1), image.height * max(finer, 1)))
    declared = _declared(image)
    least, most = _PLAUSIBLE_INCHES
    if declared in _PLAUSIBLE_DPI and least <= long_side / declared <= most:
        return declared
    guessed = round(long_side / _LONG_SIDE_INCHES)
    return max(guessed, POINTS, long_side * POINTS // _LONGEST_POINTS + 1)


def _declared(image: Image.Image) -> int:
    return round(max(_resolutions(image)))


def _resolutions(image: Image.Image) -> tuple[float, float]:
    """Return the declared dots per inch across and down, zeros where there are none."""
    try:
        across, down = (float(side) for side in image.info.get("dpi", (0, 0))[:2])
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        return 0.0, 0.0
    return (across, down) if 0 < min(across, down) <= max(across, down) < inf else (0.0, 0.0)


def stretch(image: Image.Image) -> float:
    """Return how many times finer an image is across than down; fax machines differ."""
    across, down = _resolutions(image)
    ratio = across / down if down else 1.0
    even = abs(ratio - 1) < _UNEVEN or not 1 / _MOST_UNEVEN <= ratio <= _MOST_UNEVEN
    return 1.0 if even else ratio


def squared(image: Image.Image, ratio: float) -> Image.Image:
    """Give an image square pixels, as many as its finer side has."""
    if ratio == 1:
        return image
    width, height = image.size
    size = (width, round(height * ratio)) if ratio > 1 else (round(width / ratio), height)
    return image.resize(size, Image.Resampling.NEAREST)


def orientation(frame: Image.Image) -> int:
    """Return how an image lies, as EXIF counts it; 1 is upright."""
    found: object = frame.getexif().get(_ORIENTATION, 1)
    return found if isinstance(found, int) else 1


def upright(image: Image.Image, lie: int) -> Image.Image:
    """Turn an image that lies as EXIF counts it."""
    method = _TRANSPOSED.get(lie)
    return image if method is None else image.transpose(method)
