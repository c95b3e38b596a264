"""Barcodes and blank pages."""

import math
from typing import cast

import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from domain.reading import Barcode
from ocr.marks import barcodes, is_blank
from ocr.pages import Picture
from ocr.preparing import prepare
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
    assert is_blank(prepare(Picture(make(), 200)))


@pytest.mark.parametrize("lines", [("Seite 2",), ("", "", "i.A. Muster"), samples.LINES])
@pytest.mark.parametrize("dpi", [200, 300])
def test_a_few_words_are_something(lines: tuple[str, ...], dpi: int) -> None:
    assert not is_blank(prepare(Picture(samples.picture(lines), dpi)))


def shone_through() -> Image.Image:
    """An empty page with the print of its back, holes and a streak of the scanner."""
    back = samples.picture(samples.LINES * 5).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    image = back.filter(ImageFilter.GaussianBlur(2)).point(lambda value: 250 - (250 - value) // 8)
    draw = ImageDraw.Draw(image)
    for down in (540, 855, 1485, 1800):
        draw.ellipse((70, down - 24, 118, down + 24), fill=50)
    draw.line((900, 0, 905, image.height), fill=180, width=2)
    draw.line((0, 1170, image.width, 1175), fill=185, width=3)
    return image


def handwritten() -> Image.Image:
    """A page with one word in pencil, its letters joined."""
    image = samples.blank_sheet()
    points = [(700 + 4 * at, 1000 + round(19 * math.sin(at / 2.2))) for at in range(50)]
    ImageDraw.Draw(image).line(points, fill=170, width=4, joint="curve")
    return image


def stamped() -> Image.Image:
    image = samples.blank_sheet()
    ImageDraw.Draw(image).ellipse((900, 400, 1200, 700), outline=130, width=5)
    return image


def test_what_shines_through_holes_and_streaks_are_nothing() -> None:
    assert is_blank(prepare(Picture(shone_through(), 200)))


@pytest.mark.parametrize("image", [handwritten(), stamped(), samples.separator_sheet()])
def test_a_word_by_hand_a_stamp_or_a_code_is_something(image: Image.Image) -> None:
    assert not is_blank(prepare(Picture(image, 200)))


def coded(kind: zxingcpp.BarcodeFormat, *, side: int, text: str = samples.SEPARATOR) -> Image.Image:
    """A page of print at 200 dpi with a code of a side in pixels."""
    image = samples.picture()
    view = memoryview(cast("bytes", zxingcpp.create_barcode(text, kind).to_image(scale=4)))
    height, width = view.shape or (0, 0)
    code = Image.frombytes("L", (width, height), view.tobytes())
    image.paste(code.resize((side, side), Image.Resampling.NEAREST), (1000, 1500))
    return image


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("kind", ["QRCode", "DataMatrix"])
@pytest.mark.parametrize("side", [90, 200, 400])
def test_a_code_is_read_however_the_page_lies(turn: int, kind: str, side: int) -> None:
    image = coded(getattr(zxingcpp.BarcodeFormat, kind), side=side).rotate(turn, expand=True)
    assert barcodes(Picture(image, 200), 7) == (Barcode(7, kind, samples.SEPARATOR),)


@pytest.mark.parametrize("dpi", [300, 400, 600])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_code_is_read_at_any_resolution(dpi: int, mode: str) -> None:
    image = coded(zxingcpp.BarcodeFormat.QRCode, side=200).convert(mode)
    larger = image.resize((image.width * dpi // 200, image.height * dpi // 200))
    assert [code.text for code in barcodes(Picture(larger, dpi), 1)] == [samples.SEPARATOR]


def test_all_codes_of_a_page_are_read_once_each() -> None:
    image = samples.separator_sheet()
    other = coded(zxingcpp.BarcodeFormat.QRCode, side=200, text="andere").crop(
        (990, 1490, 1210, 1710)
    )
    image.paste(other, (200, 1900))
    image.paste(other, (1200, 1900))
    found = {code.text for code in barcodes(Picture(image, 200), 1)}
    assert found == {samples.SEPARATOR, "andere"}


@pytest.mark.parametrize("size", [(1, 1), (5, 900), (40, 40)])
def test_a_sliver_bears_no_code(size: tuple[int, int]) -> None:
    assert barcodes(Picture(Image.effect_noise(size, 90), 300), 1) == ()


def test_print_is_no_code() -> None:
    assert barcodes(Picture(samples.picture(), 200), 1) == ()
