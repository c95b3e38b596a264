"""What can be seen on a page without reading it: barcodes, and that there is nothing.

Owns both judgements. Refuses to decide what a barcode means.
"""

import zxingcpp
from PIL import Image, ImageFilter

from domain.reading import Barcode
from ocr.pages import Picture

_FORMATS = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.DataMatrix]
)
_BARCODE_DPI = 200
_BARCODES_A_PAGE = 32
_BARCODE_LENGTH = 1024
_BLANK_DPI = 150
_MARGIN = 0.03
_CONTRAST = 56
_SPECKS = 40
_PRINT = 10_000


def barcodes(picture: Picture, number: int) -> tuple[Barcode, ...]:
    """Return the QR and DataMatrix codes on a page (1-based)."""
    image = _reduced(picture, _BARCODE_DPI)
    found = zxingcpp.read_barcodes(
        image, formats=_FORMATS, try_rotate=False, try_downscale=False, try_invert=False
    )
    return tuple(
        Barcode(number, code.format.name, code.text[:_BARCODE_LENGTH])
        for code in found[:_BARCODES_A_PAGE]
    )


def is_blank(picture: Picture) -> bool:
    """Tell whether there is nothing but paper, specks and shadows at the edges."""
    image = _inner(_reduced(picture, _BLANK_DPI))
    if _ink(image) > _PRINT:  # removing specks is dear, and here it would change nothing
        return False
    return _ink(image.filter(ImageFilter.MedianFilter(3))) < _SPECKS


def _ink(image: Image.Image) -> int:
    """Return how many pixels are clearly darker than the paper."""
    histogram = image.histogram()
    paper = max(range(256), key=histogram.__getitem__)
    return sum(histogram[: max(0, paper - _CONTRAST)])


def _reduced(picture: Picture, dpi: int) -> Image.Image:
    image = picture.image.convert("L")
    if picture.dpi <= dpi:
        return image
    scale = dpi / picture.dpi
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.BOX)


def _inner(image: Image.Image) -> Image.Image:
    across, down = int(image.width * _MARGIN), int(image.height * _MARGIN)
    return image.crop((across, down, image.width - across, image.height - down))
