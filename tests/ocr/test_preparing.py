"""Preparing pages: upright, straight, flat, even, and the way back to the page as it came."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from ocr import stamps
from ocr.geometry import between
from ocr.pages import Picture
from ocr.preparing import Prepared, prepare, turned
from ocr.sheet import find_sheet
from tests.ocr import samples

PAGE = samples.picture(samples.LINES * 4)
CORNERS = np.array([(300, 250), (1750, 330), (1800, 2500), (210, 2420)], float)


def photo(*, shade: int = 70) -> Image.Image:
    """Return the page on a dark table, seen from the side, the light falling off."""
    flat = np.array([(0, 0), (PAGE.width, 0), PAGE.size, (0, PAGE.height)], float)
    way = between(CORNERS, flat).reshape(-1)[:8].tolist()
    how = (Image.Transform.PERSPECTIVE, way, Image.Resampling.BILINEAR)
    size = (2000, 2800)
    table = Image.new("L", size, shade)
    table.paste(
        PAGE.transform(size, *how), mask=Image.new("L", PAGE.size, 255).transform(size, *how)
    )
    light = np.linspace(1.0, 0.6, size[0])
    return Image.fromarray((np.asarray(table) * light).astype(np.uint8))


def ink_box(page: Prepared) -> tuple[float, float, float, float]:
    """Return where the ink of a prepared page is on the page as it came."""
    rows, columns = np.nonzero(np.asarray(page.picture.image) < 100)
    place = (int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)
    box = page.box(place)
    return box.left, box.top, box.right, box.bottom


def shares(image: Image.Image) -> tuple[float, float, float, float]:
    rows, columns = np.nonzero(np.asarray(image) < 100)
    width, height = image.size
    return (
        columns.min() / width,
        rows.min() / height,
        (columns.max() + 1) / width,
        (rows.max() + 1) / height,
    )


def test_a_clean_page_passes_unchanged() -> None:
    page = prepare(Picture(PAGE, 200))
    assert page.picture.image.tobytes() == PAGE.tobytes()
    assert (page.turn, page.slope, page.picture.dpi) == (0, 0.0, 200)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_turned_upright_and_boxes_are_on_the_upright_page(turn: int) -> None:
    page = prepare(Picture(PAGE.rotate(turn, expand=True), 200))
    assert page.turn == turn
    assert page.picture.image.tobytes() == PAGE.tobytes()
    assert ink_box(page) == pytest.approx(shares(PAGE), abs=1e-5)


@pytest.mark.parametrize("degrees", [-4.0, -0.8, 0.6, 3.0])
@pytest.mark.parametrize("turn", [0, 90])
def test_a_tilted_page_is_straightened_and_its_slope_told(degrees: float, turn: int) -> None:
    tilted = PAGE.rotate(degrees, fillcolor=250)
    page = prepare(Picture(tilted.rotate(turn, expand=True), 200))
    assert page.turn == turn
    assert page.slope == pytest.approx(-degrees, abs=0.15)
    assert prepare(page.picture).slope == pytest.approx(0, abs=0.15)
    assert ink_box(page) == pytest.approx(shares(tilted), abs=0.03)


def test_a_photo_is_cut_out_and_laid_flat() -> None:
    page = prepare(Picture(photo(), 240))
    assert page.picture.image.height / page.picture.image.width == pytest.approx(math.sqrt(2), 0.02)
    assert np.percentile(np.asarray(page.picture.image), 20) == 255
    assert ink_box(page) == pytest.approx(shares(Image.fromarray(_print_of_photo())), abs=0.01)


def _print_of_photo() -> np.ndarray:
    """Return the print alone, where the photo shows it."""
    flat = np.array([(0, 0), (PAGE.width, 0), PAGE.size, (0, PAGE.height)], float)
    way = between(CORNERS, flat).reshape(-1)[:8].tolist()
    how = (Image.Transform.PERSPECTIVE, way, Image.Resampling.BILINEAR)
    return np.asarray(PAGE.transform((2000, 2800), *how, fillcolor=255))


@pytest.mark.parametrize("shade", [30, 110])
def test_a_sheet_is_found_on_tables(shade: int) -> None:
    sheet = find_sheet(photo(shade=shade))
    assert sheet is not None
    assert np.abs(sheet.corners - CORNERS).max() < 20


@pytest.mark.parametrize("image", [PAGE, samples.blank_sheet(), Image.new("L", (2000, 2800), 90)])
def test_no_sheet_is_seen_where_there_is_none(image: Image.Image) -> None:
    assert find_sheet(image) is None


def test_dark_edges_and_holes_become_paper() -> None:
    dark = PAGE.point(lambda value: value * 3 // 4)
    draw = ImageDraw.Draw(dark)
    draw.rectangle((0, 0, 25, dark.height), fill=20)
    for down in (855, 1485):
        draw.ellipse((70, down - 24, 118, down + 24), fill=20)
    page = prepare(Picture(dark, 200)).picture.image
    assert np.asarray(page)[:, :140].min() == 255
    assert np.asarray(page).min() == 0


def test_a_coarse_fax_gets_square_pixels() -> None:
    fax = samples.bilevel().resize((1728, 1146), Image.Resampling.NEAREST)
    fax.info["dpi"] = (204, 98)
    page = prepare(Picture(fax, 204))
    assert page.picture.image.size == (1728, 2386)
    assert ink_box(page) == pytest.approx(shares(fax.convert("L")), abs=0.005)


@pytest.mark.parametrize(
    ("dpi", "expected"), [(72, 220), (150, 150), (300, 300), (600, 300), (400, 300)]
)
def test_a_resolution_that_serves(dpi: int, expected: int) -> None:
    image = PAGE.resize((max(620, PAGE.width * dpi // 300), max(877, PAGE.height * dpi // 300)))
    page = prepare(Picture(image, dpi))
    assert page.picture.dpi == expected
    assert ink_box(page) == pytest.approx(shares(image), abs=0.005)


def test_a_huge_page_is_reduced_first() -> None:
    huge = Image.new("L", (9000, 11000), 255)
    image = prepare(Picture(huge, 100)).picture.image
    assert image.width * image.height <= 20_000_000


def test_turning_further_is_undone_by_turning_back() -> None:
    page = prepare(Picture(PAGE, 200))
    back = turned(turned(page, 90), 270)
    assert back.picture.image.tobytes() == page.picture.image.tobytes()
    assert ink_box(back) == pytest.approx(ink_box(page), abs=1e-5)
    assert ink_box(turned(page, 180))[0] == pytest.approx(1 - ink_box(page)[2], abs=1e-5)


def test_a_stamp_leaves_the_print_under_it_and_headings_of_its_colour() -> None:
    page = PAGE.convert("RGB")
    draw = ImageDraw.Draw(page)
    draw.line((150, 300, 1000, 300), fill=(190, 30, 45), width=6)
    draw.line((150, 2100, 1000, 2100), fill=(190, 30, 45), width=6)
    page = Image.composite(page, Image.new("RGB", page.size), PAGE.point(lambda v: 255 * (v > 60)))
    grey = np.asarray(stamps.grey(page, 200))
    alone = (np.asarray(PAGE) > 200)[298:303, 300:800]
    assert grey[298:303, 300:800][alone].min() > 200
    assert grey[2098:2103, 300:800].max() < 100
    assert grey[np.asarray(PAGE) < 60].max() < 100


_SIDES = st.tuples(st.integers(1, 400), st.integers(1, 400))


@settings(max_examples=25, deadline=None)
@given(_SIDES, st.sampled_from(["L", "RGB"]), st.integers(1, 1200))
def test_any_picture_can_be_prepared(size: tuple[int, int], mode: str, dpi: int) -> None:
    noise = Image.effect_noise(size, 90).convert(mode)
    page = prepare(Picture(noise, dpi))
    box = page.box((0, 0, *page.picture.image.size))
    assert 0 <= box.left < box.right <= 1
    assert 0 <= box.top < box.bottom <= 1
