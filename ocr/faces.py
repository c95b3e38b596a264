"""Images as pages of a PDF.

Owns the compression that PDF admits: JPEG streams as they are, one-bit images as G4 (ITU-T
T.6), others as JPEG or without loss. Refuses to know where an image comes from.
"""

import io
import zlib
from dataclasses import dataclass
from typing import cast

import pikepdf
from PIL import Image, TiffImagePlugin

POINTS = 72
"""Units of a PDF page to an inch."""

_QUALITY = 88
_ROWS_PER_STRIP = 278
_STRIP_OFFSETS = 273
_STRIP_SIZES = 279


@dataclass(frozen=True, slots=True)
class Stream:
    """An image as PDF embeds it: its compressed bytes, mode ``1``/``L``/``RGB``, and size."""

    content: bytes
    mode: str
    size: tuple[int, int]
    filter: str


def encoded(image: Image.Image) -> Stream:
    """Compress an image: one bit as G4, grey and colour as JPEG."""
    if image.mode == "1":
        return Stream(_g4(image), "1", image.size, "/CCITTFaxDecode")
    image = image if image.mode in {"L", "RGB"} else image.convert("RGB")
    target = io.BytesIO()
    image.save(target, "JPEG", quality=_QUALITY)
    return Stream(target.getvalue(), image.mode, image.size, "/DCTDecode")


def flated(image: Image.Image) -> Stream:
    """Compress an image without loss."""
    if image.mode == "1":
        return encoded(image)
    image = image if image.mode in {"L", "RGB"} else image.convert("RGB")
    return Stream(zlib.compress(image.tobytes()), image.mode, image.size, "/FlateDecode")


def add_page(book: pikepdf.Pdf, stream: Stream, *, dpi: int, turn: int = 0) -> None:
    """Append a page that one image fills, shown turned clockwise by ``turn`` degrees."""
    width, height = stream.size
    across, down = width * POINTS / dpi, height * POINTS / dpi
    image = book.make_stream(
        stream.content,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        BitsPerComponent=1 if stream.mode == "1" else 8,
        ColorSpace=pikepdf.Name.DeviceRGB if stream.mode == "RGB" else pikepdf.Name.DeviceGray,
        Filter=pikepdf.Name(stream.filter),
    )
    if stream.mode == "1":
        image.DecodeParms = pikepdf.Dictionary(K=-1, Columns=width, Rows=height, BlackIs1=True)
    page = book.add_blank_page(page_size=(across, down))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    page.Contents = book.make_stream(f"q {across:.3f} 0 0 {down:.3f} 0 0 cm /Im0 Do Q".encode())
    if turn:
        page.rotate(turn, relative=False)


def _g4(image: Image.Image) -> bytes:
    """Return the one strip of a G4 TIFF of the image."""
    target = io.BytesIO()
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[_ROWS_PER_STRIP] = image.height
    image.save(target, "TIFF", compression="group4", tiffinfo=tags)
    with Image.open(target) as tiff:
        written = cast("TiffImagePlugin.TiffImageFile", tiff).tag_v2
        (offset,), (size,) = written[_STRIP_OFFSETS], written[_STRIP_SIZES]
    return target.getvalue()[offset : offset + size]
