"""Barcodes and blank pages."""

import pytest
from PIL import Image, ImageDraw, ImageFilter

from domain.reading import Barcode
from ocr.marks import barcodes, is_blank
from ocr.pages import Picture
from tests.ocr import samples


def shadowed() -> Image.Image:
    """An empty page with a dark edge, grey noise and a fold."""
    image = samples.blank_sheet()
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 20, image.height), fill=30)
    draw.line((0, 1100, image.width, 1120), fill=215, width=4)
    noise = Image.effect_noise(image.size, 20).filter(ImageFilter.GaussianBlur(1))
    return Image.blend(image, noise, 0.2)


@pytest.mark.parametrize("make", [samples.blank_sheet, shadowed])
def test_dust_shadows_and_noise_are_nothing(make: object) -> None:
    assert callable(make)
    assert is_blank(Picture(make(), 200))


@pytest.mark.parametrize("lines", [("Seite 2",), ("", "", "i.A. Muster"), samples.LINES])
@pytest.mark.parametrize("dpi", [200, 300])
def test_a_few_words_are_something(lines: tuple[str, ...], dpi: int) -> None:
    assert not is_blank(Picture(samples.picture(lines), dpi))


@pytest.mark.parametrize("turn", [0, 90, 180])
def test_a_code_is_read_however_the_page_lies(turn: int) -> None:
    image = samples.separator_sheet().rotate(turn, expand=True)
    assert barcodes(Picture(image, 200), 7) == (Barcode(7, "QRCode", samples.SEPARATOR),)


def test_print_is_no_code() -> None:
    assert barcodes(Picture(samples.picture(), 200), 1) == ()
