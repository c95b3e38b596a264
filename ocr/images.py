"""Image items: opening, limits, orientation, frames.

Owns what an image file shows and how its frames become pages, without loss where the format
allows it. Refuses damaged images.
"""

import io
import struct
import warnings
import zlib
from collections.abc import Sequence
from typing import cast

import pikepdf
import pillow_heif
from PIL import Image, ImageOps, TiffImagePlugin

from domain.reasons import Reason
from ocr.faces import POINTS, Stream, add_page, encoded, flated
from ocr.gate import Kind
from ocr.limits import Limits, PageBudget, stop
from ocr.pages import Picture

pillow_heif.register_heif_opener()

_FORMATS = {
    Kind.JPEG: ("JPEG", "MPO"),
    Kind.PNG: ("PNG",),
    Kind.TIFF: ("TIFF",),
    Kind.HEIC: ("HEIF",),
    Kind.WEBP: ("WEBP",),
}
_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    zlib.error,
    IndexError,
    KeyError,
    TypeError,
    RuntimeError,
    OverflowError,
    ZeroDivisionError,
    AttributeError,
)
_LONG_SIDE_INCHES = 11.69
_PLAUSIBLE_DPI = range(100, 1201)
_PLAUSIBLE_INCHES = (3.0, 24.0)
_LONGEST_POINTS = 14_000  # ISO 32000-1, annex C: a page is at most 14,400 units long
_SIDE_LIMIT = 30_000
_ORIENTATION = 0x0112
_TURNS = {1: 0, 3: 180, 6: 90, 8: 270}


class ImageSource:
    """An opened image; TIFF may have several pages, of the others the first frame counts."""

    signed = False

    def __init__(self, content: bytes, kind: Kind, *, limits: Limits, budget: PageBudget) -> None:
        self._content = content
        self._kind = kind
        self._limits = limits
        self.media_type = kind.value
        self.divisible = kind is Kind.TIFF
        self._faces: pikepdf.Pdf | None = None
        self._file = self._opened()
        self.page_count = self._counted()
        self.unseen = kind is not Kind.TIFF and self._has_more()
        budget.take(self.page_count)

    def text(self, number: int) -> str | None:  # noqa: ARG002 - the port's signature
        """Return None: an image has no text of its own."""
        return None

    def picture(
        self,
        number: int,
        *,
        dpi: int | None = None,  # noqa: ARG002 - the port's signature
        colour: bool = False,
    ) -> Picture:
        """Return one frame, upright; its own resolution wins over the one asked for."""
        frame = self._frame(number)
        upright = ImageOps.exif_transpose(frame)
        mode = "RGB" if colour else "L"
        return Picture(_flat(upright).convert(mode), resolution(frame))

    def faces(self) -> pikepdf.Pdf:
        """Return the frames as pages of a PDF, made once for all documents in the image."""
        if self._faces is None:
            self._faces = pikepdf.new()
            for number in range(1, self.page_count + 1):
                self._add_face(self._faces, number)
        return self._faces

    def extract(self, pages: Sequence[int]) -> bytes:
        """Return some of the frames as TIFF, pixel by pixel the same."""
        frames = [self._frame(number).copy() for number in pages]
        target = io.BytesIO()
        compression = "group4" if all(f.mode == "1" for f in frames) else "tiff_lzw"
        frames[0].save(
            target, "TIFF", save_all=True, append_images=frames[1:], compression=compression
        )
        return target.getvalue()

    def _opened(self) -> Image.Image:
        # Pillow's own guard stays on at the same bound, for what it checks while opening.
        Image.MAX_IMAGE_PIXELS = self._limits.pixels
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return Image.open(io.BytesIO(self._content), formats=_FORMATS[self._kind])
        except Image.DecompressionBombError as error:
            stop(Reason.TOO_MANY_PIXELS, cause=error)
        except _DAMAGE as error:
            stop(Reason.IMAGE_DAMAGED, cause=error)

    def _counted(self) -> int:
        if self._kind is not Kind.TIFF:
            return 1
        try:
            return cast("TiffImagePlugin.TiffImageFile", self._file).n_frames
        except _DAMAGE as error:
            stop(Reason.IMAGE_DAMAGED, cause=error)

    def _has_more(self) -> bool:
        """Tell whether there are further frames; damage that hides them counts as some."""
        try:
            return int(getattr(self._file, "n_frames", 1)) > 1
        except _DAMAGE:
            return True

    def _frame(self, number: int) -> Image.Image:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._file.seek(number - 1)
                self._check_pixels()
                self._file.load()
        except Image.DecompressionBombError as error:
            stop(Reason.TOO_MANY_PIXELS, cause=error)
        except _DAMAGE as error:
            stop(Reason.IMAGE_DAMAGED, cause=error)
        return self._file

    def _check_pixels(self) -> None:
        width, height = self._file.size
        if width * height > self._limits.pixels or max(width, height) > _SIDE_LIMIT:
            stop(Reason.TOO_MANY_PIXELS)

    def _add_face(self, book: pikepdf.Pdf, number: int) -> None:
        frame = self._frame(number)
        turn = _TURNS.get(frame.getexif().get(_ORIENTATION, 1))
        if turn is not None and frame.format == "JPEG" and frame.mode in {"L", "RGB"}:
            stream = Stream(self._content, frame.mode, frame.size, "/DCTDecode")
            add_page(book, stream, dpi=resolution(frame), turn=turn)
            return
        upright = _flat(ImageOps.exif_transpose(frame))
        stream = flated(upright) if self._kind is Kind.PNG else encoded(upright)
        add_page(book, stream, dpi=resolution(frame))


def resolution(image: Image.Image) -> int:
    """Return a plausible resolution: the declared one, or the one that makes a page of A4."""
    long_side = max(image.size)
    declared = _declared(image)
    least, most = _PLAUSIBLE_INCHES
    if declared in _PLAUSIBLE_DPI and least <= long_side / declared <= most:
        return declared
    guessed = round(long_side / _LONG_SIDE_INCHES)
    return max(guessed, POINTS, long_side * POINTS // _LONGEST_POINTS + 1)


def _declared(image: Image.Image) -> int:
    dpi = image.info.get("dpi", (0, 0))
    try:
        return round(float(dpi[0]))
    except (TypeError, ValueError, IndexError, OverflowError, ZeroDivisionError):
        return 0


def _flat(image: Image.Image) -> Image.Image:
    """Put transparent images on white paper and bring odd modes to grey or colour."""
    if image.mode in {"1", "L", "RGB"}:
        return image
    if image.mode.startswith(("I", "F")):
        return _eight_bits(image)
    if image.has_transparency_data:
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")
    return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Scale 16-bit grey down; Pillow's plain conversion would clip it to white."""
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    return image.point(lambda value: value / 256).convert("L")
