"""Pages of a PDF that are nothing but one scanned image: the image itself, not drawn anew.

Owns the judgement that a page shows exactly its image, edge to edge. Whatever else a page
holds, or however oddly the image is set, it is drawn by the renderer instead.
"""

from dataclasses import dataclass

import pikepdf
from pikepdf.models.image import PdfImage
from PIL import Image

from domain.reasons import Reason
from ocr.limits import stop
from ocr.pages import Picture
from ocr.pixels import flat, reduction

_POINTS = 72
_CONTENT_LIMIT = 4096
"""Bytes of page content up to which it can be that of a scan."""
_SETTING = frozenset({"q", "Q", "cm", "Do", "gs"})
_ODD = ("/SMask", "/Mask", "/ImageMask", "/Decode", "/SMaskInData")
_FILTERS = frozenset({"/DCTDecode", "/CCITTFaxDecode"})
"""Those that cannot make more pixels than they say."""
_MODES = frozenset({"1", "L", "RGB"})
_EDGE = 0.03
"""Share of a side by which image and page may differ."""
_UNIT = 1e-3
_UNEVEN = 0.02
_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
_UPRIGHT = frozenset({0, *_TURNS})
_PROBLEMS = (pikepdf.PdfError, OSError, ValueError, TypeError, KeyError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Scan:
    """The one image of a page, its resolution, and how the page is turned when shown."""

    image: pikepdf.Stream
    dpi: int
    turn: int

    def picture(self) -> Picture | None:
        """Decode the image once, upright, to grey or RGB; None where that does not work.

        A very large one is reduced while it is decoded.
        """
        try:
            with _opened(self.image) as image:
                if image.mode not in _MODES:
                    return None
                factor, across = reduction(image.size, self.dpi), image.width
                image.draft(None, (image.width // factor, image.height // factor))
                plain = flat(image, factor=max(1, factor * image.width // across))
        except (*_PROBLEMS, Image.DecompressionBombError):
            return None
        grey = plain.convert("L") if plain.mode == "1" else plain
        upright = grey.transpose(_TURNS[self.turn]) if self.turn else grey
        return Picture(upright, max(1, self.dpi // factor))


def find_scan(page: pikepdf.Page, *, pixels: int) -> Scan | None:
    """Return the image that a page is, or None; stops at more than ``pixels``."""
    try:
        return _found(page, pixels)
    except _PROBLEMS:
        return None


def _found(page: pikepdf.Page, pixels: int) -> Scan | None:
    found = page.get_images(recursive=False).values()
    images = [image for image in found if isinstance(image, pikepdf.Stream)]
    turn = int(page.obj.get("/Rotate", 0)) % 360
    if len(images) != 1 or turn not in _UPRIGHT or "/Annots" in page.obj:
        return None
    matrix = _matrix(page)
    image = images[0]
    if matrix is None or not _plain(image) or not _fills(page, matrix):
        return None
    across, down = int(image.Width), int(image.Height)
    if across * down > pixels:
        stop(Reason.TOO_MANY_PIXELS)
    wide, tall = across * _POINTS / matrix.a, down * _POINTS / matrix.d
    even = abs(wide - tall) <= _UNEVEN * max(wide, tall)
    return Scan(image, round(wide), turn) if even else None


def _matrix(page: pikepdf.Page) -> pikepdf.Matrix | None:
    """Return how the image is set, if setting it is all that the page does."""
    contents = page.obj.get("/Contents")
    if not isinstance(contents, pikepdf.Stream) or int(contents.get("/Length", 0)) > _CONTENT_LIMIT:
        return None
    if len(contents.read_bytes()) > _CONTENT_LIMIT:
        return None
    matrix, drawn = pikepdf.Matrix(), 0
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator not in _SETTING:
            return None
        drawn += operator == "Do"
        if operator == "cm":
            matrix = pikepdf.Matrix(*map(float, instruction.operands)) @ matrix
    return matrix if drawn == 1 else None


def _plain(image: pikepdf.Stream) -> bool:
    if any(name in image for name in _ODD):
        return False
    filters = image.get("/Filter")
    names = [filters] if isinstance(filters, pikepdf.Name) else list(filters or [])
    return len(names) == 1 and str(names[0]) in _FILTERS


def _fills(page: pikepdf.Page, matrix: pikepdf.Matrix) -> bool:
    if abs(matrix.b) > _UNIT or abs(matrix.c) > _UNIT or matrix.a <= 0 or matrix.d <= 0:
        return False
    left, bottom, right, top = map(float, page.cropbox.as_list())
    across, down = _EDGE * (right - left), _EDGE * (top - bottom)
    return (
        abs(matrix.e - left) <= across
        and abs(matrix.e + matrix.a - right) <= across
        and abs(matrix.f - bottom) <= down
        and abs(matrix.f + matrix.d - top) <= down
    )


def _opened(image: pikepdf.Stream) -> Image.Image:
    opened = PdfImage(image).as_pil_image()
    if opened.size != (int(image.Width), int(image.Height)):
        raise ValueError
    return opened
