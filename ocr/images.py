"""Image items: opening, limits, orientation, frames.

Owns what an image file shows and how its frames become pages, without loss where the format
allows it and the image is not very large. Refuses damaged images, and those that would take
too much memory. A large frame is decoded anew when it is needed again.
"""

import io
import struct
import warnings
import zlib
from collections.abc import Sequence
from typing import cast

import pikepdf
import pillow_heif
from PIL import Image, TiffImagePlugin

from domain.reasons import Reason
from ocr.declared import orientation, resolution, squared, stretch, upright
from ocr.faces import Stream, add_page, drawn, encoded, faxed
from ocr.gate import Kind
from ocr.limits import Limits, PageBudget, stop
from ocr.pages import Picture
from ocr.pixels import MUCH, cost, flat, flat_heic, reduction, size

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
_SIDE_LIMIT = 30_000
_WHOLE, _WHOLE_BYTES = 36_000_000, 80_000_000
"""Pixels and bytes up to which an image that has to be compressed anew keeps its resolution:
A4 in grey at 600 dpi, in colour at 450."""
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
        dpi: int | None = None,
        colour: bool = False,  # noqa: ARG002 - the port's signature
    ) -> Picture:
        """Return one frame, upright; its own resolution wins over the one asked for."""
        lie = self._begun(number)
        frame = self._file
        dpi, ratio = resolution(frame), stretch(frame)
        factor = reduction(frame.size, dpi)
        image = self._flat(frame, factor)
        grey = image.convert("L") if image.mode == "1" else image
        # Squared before it is turned: the resolutions are those of the file's own sides.
        return Picture(upright(squared(grey, ratio), lie), dpi // factor)

    def faces(self) -> pikepdf.Pdf:
        """Return the frames as pages of a PDF, made once for all documents in the image."""
        if self._faces is None:
            self._faces = pikepdf.new()
            for number in range(1, self.page_count + 1):
                self._add_face(self._faces, number)
        return self._faces

    def extract(self, pages: Sequence[int]) -> bytes:
        """Return some of the frames as TIFF, pixel by pixel the same."""
        target = io.BytesIO()
        with TiffImagePlugin.AppendingTiffWriter(target) as writer:
            for number in pages:
                frame = self._frame(number)
                compression = "group4" if frame.mode == "1" else "tiff_lzw"
                frame.save(writer, "TIFF", compression=compression)
                writer.newFrame()
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
        """Return a frame with all its pixels."""
        self._begun(number)
        self._load()
        return self._file

    def _begun(self, number: int) -> int:
        """Go to a frame and return its orientation; stop if decoding it would take too much."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._file.seek(number - 1)
                self._check_pixels()
                return orientation(self._file)
        except Image.DecompressionBombError as error:
            stop(Reason.TOO_MANY_PIXELS, cause=error)
        except _DAMAGE as error:
            stop(Reason.IMAGE_DAMAGED, cause=error)

    def _load(self) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._file.load()
        except Image.DecompressionBombError as error:
            stop(Reason.TOO_MANY_PIXELS, cause=error)
        except _DAMAGE as error:
            stop(Reason.IMAGE_DAMAGED, cause=error)

    def _flat(self, frame: Image.Image, factor: int) -> Image.Image:
        """Decode a frame that was begun, reduced already by the decoder where that can be."""
        sides = frame.size
        if self._kind is Kind.HEIC and factor > 1:
            try:
                return flat_heic(self._content, factor=factor)
            except _DAMAGE as error:
                stop(Reason.IMAGE_DAMAGED, cause=error)
        if frame.format == "JPEG":
            # Of other formats a draft would be the preview, which may show anything.
            frame.draft(None, (frame.width // factor, frame.height // factor))
        self._load()
        image = flat(frame, factor=max(1, factor * frame.width // sides[0]))
        self._release(sides)
        return image

    def _release(self, sides: tuple[int, int]) -> None:
        """Give back the memory of a large frame, and forget that it was reduced."""
        if self._kind is not Kind.TIFF or sides[0] * sides[1] > MUCH:
            self._file = self._opened()

    def _check_pixels(self) -> None:
        width, height = self._file.size
        pixels, side = self._limits.pixels, max(width, height)
        if width * height > pixels or side > _SIDE_LIMIT:
            stop(Reason.TOO_MANY_PIXELS)
        if cost(self._file) + len(self._content) > self._limits.decoded_bytes:
            stop(Reason.TOO_MANY_PIXELS)

    def _add_face(self, book: pikepdf.Pdf, number: int) -> None:
        lie = self._begun(number)
        frame, dpi = self._file, resolution(self._file)
        as_it_is = self._as_it_is(frame)
        turn = _TURNS.get(lie)
        if turn is not None and as_it_is and stretch(frame) == 1:
            add_page(book, as_it_is, dpi=dpi, turn=turn)
            return
        if frame.width * frame.height > _WHOLE or size(frame) > _WHOLE_BYTES:
            picture = self.picture(number)
            add_page(book, encoded(picture.image), dpi=picture.dpi)
            return
        ratio = stretch(frame)
        whole = flat(self._frame(number))
        self._release(whole.size)
        image = upright(squared(whole, ratio), lie)
        stream = drawn(image) if self._kind is Kind.PNG else encoded(image)
        add_page(book, stream, dpi=dpi)

    def _as_it_is(self, frame: Image.Image) -> Stream | None:
        """Return the compressed bytes of a frame where PDF knows them, too."""
        if frame.format == "JPEG" and frame.mode in {"L", "RGB"}:
            return Stream(self._content, frame.mode, frame.size, "/DCTDecode")
        return faxed(self._content, frame)
