"""Images as pages of a PDF.

Owns the compression: JPEG and G4 (ITU-T T.6) streams as they are, black and white as G4, grey
and colour as JPEG, drawings without loss. Never JBIG2, whose symbol coding swaps characters
(BSI TR-03138, A.SC.12). Refuses to know where an image comes from.
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
_FEW_COLOURS = 256
_BILEVEL = 2
_COMPRESSION, _PHOTOMETRIC, _FILL_ORDER, _ORIENTATION = 259, 262, 266, 274
_GROUP_4 = 4
_ROWS_PER_STRIP = 278
_STRIP_OFFSETS = 273
_STRIP_SIZES = 279


@dataclass(frozen=True, slots=True)
class Stream:
    """An image as PDF embeds it: its compressed bytes, mode ``1``/``L``/``RGB``, and size.

    ``white_is_zero`` says so of the bits of an image that is compressed as G4.
    """

    content: bytes
    mode: str
    size: tuple[int, int]
    filter: str
    white_is_zero: bool = False


def encoded(image: Image.Image) -> Stream:
    """Compress an image: black and white as G4, grey and colour as JPEG."""
    if image.mode == "1" or _is_bilevel(image):
        image = image.convert("1", dither=Image.Dither.NONE)
        return Stream(_g4(image), "1", image.size, "/CCITTFaxDecode")
    image = image if image.mode in {"L", "RGB"} else image.convert("RGB")
    target = io.BytesIO()
    image.save(target, "JPEG", quality=_QUALITY)
    return Stream(target.getvalue(), image.mode, image.size, "/DCTDecode")


def drawn(image: Image.Image) -> Stream:
    """Compress an image without loss where it was drawn, in few colours, like a screenshot."""
    image = image if image.mode in {"1", "L", "RGB"} else image.convert("RGB")
    if image.mode == "1" or _is_bilevel(image) or image.getcolors(_FEW_COLOURS) is None:
        return encoded(image)
    return Stream(zlib.compress(image.tobytes()), image.mode, image.size, "/FlateDecode")


def faxed(content: bytes, frame: Image.Image) -> Stream | None:
    """Return the frame of a TIFF as it is, if it is one strip of G4; else None."""
    tags = getattr(frame, "tag_v2", None)
    if tags is None or tags.get(_COMPRESSION) != _GROUP_4:
        return None
    if tags.get(_FILL_ORDER, 1) != 1 or tags.get(_ORIENTATION, 1) != 1:
        return None
    offsets, sizes = tags.get(_STRIP_OFFSETS, ()), tags.get(_STRIP_SIZES, ())
    if len(offsets) != 1 or len(sizes) != 1 or offsets[0] + sizes[0] > len(content):
        return None
    strip = content[offsets[0] : offsets[0] + sizes[0]]
    inverted = tags.get(_PHOTOMETRIC) == 0
    return Stream(strip, "1", frame.size, "/CCITTFaxDecode", white_is_zero=inverted)


def _is_bilevel(image: Image.Image) -> bool:
    found = image.getcolors(_BILEVEL) if image.mode == "L" else None
    return found is not None and {value for _, value in found} <= {0, 255}


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
        black_is_one = not stream.white_is_zero
        image.DecodeParms = pikepdf.Dictionary(
            K=-1, Columns=width, Rows=height, BlackIs1=black_is_one
        )
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
