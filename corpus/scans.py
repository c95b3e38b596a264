"""Scans as PDF: images of pages, embedded as they are.

Owns the container. Refuses to decode or code an image again, so that nothing is lost.
"""

import io
from collections.abc import Sequence

import pikepdf
from PIL import Image, TiffImagePlugin

_POINTS = 72
_DPI = 300
"""What an image without a resolution is taken for."""

_STRIP_OFFSETS, _STRIP_LENGTHS, _PHOTOMETRIC = 273, 279, 262
_WHITE_IS_ZERO = 0


def scan_pdf(images: Sequence[bytes]) -> bytes:
    """Return a PDF with one page for each JPEG or TIFF G4, embedded as they are."""
    pdf = pikepdf.new()
    for content in images:
        _add_page(pdf, content)
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True)
    return target.getvalue()


def _add_page(pdf: pikepdf.Pdf, content: bytes) -> None:
    with Image.open(io.BytesIO(content)) as image:
        stream = _embedded(pdf, image, content)
        across, along = image.info.get("dpi", (_DPI, _DPI))
        size = (image.width * _POINTS / float(across), image.height * _POINTS / float(along))
    page = pdf.add_blank_page(page_size=size)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=stream))
    drawn = f"q {size[0]:.3f} 0 0 {size[1]:.3f} 0 0 cm /Im0 Do Q"
    page.Contents = pdf.make_stream(drawn.encode())


def _embedded(pdf: pikepdf.Pdf, image: Image.Image, content: bytes) -> pikepdf.Stream:
    """Return an image as the PDF holds it: JPEG as it is, G4 without the TIFF around it."""
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        stream = pdf.make_stream(_strip(image, content), Filter=pikepdf.Name.CCITTFaxDecode)
        zero_is_white = image.tag_v2[_PHOTOMETRIC] == _WHITE_IS_ZERO
        stream.DecodeParms = pikepdf.Dictionary(
            K=-1, Columns=image.width, Rows=image.height, BlackIs1=not zero_is_white
        )
        stream.ColorSpace, stream.BitsPerComponent = pikepdf.Name.DeviceGray, 1
    else:
        stream = pdf.make_stream(content, Filter=pikepdf.Name.DCTDecode)
        spaces = {"L": pikepdf.Name.DeviceGray, "RGB": pikepdf.Name.DeviceRGB}
        stream.ColorSpace, stream.BitsPerComponent = spaces[image.mode], 8
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = image.width, image.height
    return stream


def _strip(image: TiffImagePlugin.TiffImageFile, content: bytes) -> bytes:
    """Return the only strip of a TIFF."""
    (start,), (length,) = image.tag_v2[_STRIP_OFFSETS], image.tag_v2[_STRIP_LENGTHS]
    return content[start : start + length]
