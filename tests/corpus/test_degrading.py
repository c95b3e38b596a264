import io

import numpy as np
import pytest
from PIL import Image

from corpus.degrading import KINDS, degrade, scanned
from corpus.degrading import raster as rastered
from corpus.optics import Page
from corpus.rendering import render
from corpus.scans import scan_pdf
from corpus.templates import Template
from corpus.writing import write


@pytest.fixture
def pdf(wordings: dict[str, Template]) -> bytes:
    return render(write(wordings["bescheid"], seed="1"), seed="1")


@pytest.fixture
def page(pdf: bytes) -> Page:
    return rastered(pdf)[0]


def _open(content: bytes) -> Page:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("kind", "form", "dpi"),
    [
        ("office", "JPEG", {(300, 300)}),
        ("bw", "TIFF", {(300, 300)}),
        ("poor", "JPEG", {(200, 200)}),
        ("fax", "TIFF", {(204, 196), (204, 98)}),
    ],
)
def test_scanners_deliver_what_they_are_known_for(
    page: Page, *, kind: str, form: str, dpi: set[tuple[int, int]]
) -> None:
    content = degrade(page, kind=kind, seed="1")
    image = _open(content)

    assert image.format == form
    assert (image.mode == "1") == (form == "TIFF")
    assert tuple(round(float(value)) for value in image.info["dpi"]) in dpi
    assert content == degrade(page, kind=kind, seed="1")
    assert content != degrade(page, kind=kind, seed="2")


def test_a_telephone_delivers_eight_megapixels_and_says_how_it_was_held(page: Page) -> None:
    shots = [_open(degrade(page, kind="phone", seed=str(seed))) for seed in range(4)]

    assert all(shot.width * shot.height == 2448 * 3264 for shot in shots)
    assert all((shot.width > shot.height) == (shot.getexif().get(274) == 6) for shot in shots)
    assert all("dpi" not in shot.info or shot.info["dpi"] == (72, 72) for shot in shots)


@pytest.mark.parametrize("kind", ["office", "bw", "fax"])
def test_images_come_back_out_of_the_pdf_as_they_went_in(pdf: bytes, kind: str) -> None:
    images = scanned(pdf, kind=kind, seed="1")
    container = scan_pdf(images)
    back = rastered(container, dpi=100)

    assert len(images) == len(back) == 2
    for image, shown in zip(images, back, strict=True):
        plain = _open(image).convert("L").resize(shown.size, Image.Resampling.BOX)
        difference = np.asarray(plain, float) - np.asarray(shown.convert("L"), float)
        assert abs(difference).mean() < 12
    if kind == "office":
        assert all(image in container for image in images)


def test_unknown_kinds_are_refused(page: Page) -> None:
    assert "etching" not in KINDS
    with pytest.raises(KeyError):
        degrade(page, kind="etching", seed="1")
