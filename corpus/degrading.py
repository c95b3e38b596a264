"""What scanners, telephones and fax machines make of a page.

Owns pixels between a rendered page and an image file. Refuses chance: everything follows from
the seed. Pages are colour images at 300 dots per inch (dpi) unless another number is named.
"""

import io
import random
from collections.abc import Callable

import pypdfium2  # it ships no types
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from corpus import optics
from corpus.chance import dice, sometimes
from corpus.optics import Page

DPI = 300
"""The resolution that pages come with."""

_POINTS = 72
_WHITE = 255
_ROWS_PER_STRIP = 278
_MAKE, _ORIENTATION, _TURN_RIGHT = 271, 274, 6
"""Tags of TIFF 6.0 and EXIF."""


def degrade(image: Page, *, kind: str, seed: str) -> bytes:
    """Return the image file of a page of 300 dpi; ``kind`` is one of ``KINDS``.

    ``office``: JPEG of 300 dpi. ``bw``: TIFF G4 of 300 dpi. ``poor``: JPEG of 200 dpi.
    ``phone``: JPEG of about 8 megapixels. ``fax``: TIFF G4 of 204x196 or 204x98 dpi.
    """
    return _WAYS[kind](image, dice(seed, kind))


def raster(pdf: bytes, *, dpi: int = DPI) -> list[Page]:
    """Return the pages of one of our own PDFs as colour images."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / _POINTS).to_pil().convert("RGB") for page in document]


def scanned(pdf: bytes, *, kind: str, seed: str) -> list[bytes]:
    """Return the image files of the pages of one of our own PDFs."""
    pages = enumerate(raster(pdf), start=1)
    return [degrade(page, kind=kind, seed=f"{seed}/{at}") for at, page in pages]


def _office(image: Page, rng: random.Random) -> bytes:
    page = optics.turned(image, rng.uniform(-0.7, 0.7))
    page = page if sometimes(rng, 0.4) else page.convert("L")
    page = optics.toned(page, ink=rng.uniform(15, 45), paper=rng.uniform(240, 252))
    return _jpeg(optics.noisy(page, rng, strength=2.5), quality=85, dpi=DPI)


def _bw(image: Page, rng: random.Random) -> bytes:
    page = optics.turned(image, rng.uniform(-0.6, 0.6)).convert("L")
    return _tiff(
        optics.black(optics.noisy(page, rng, strength=14), rng.uniform(140, 185)), dpi=(DPI, DPI)
    )


def _poor(image: Page, rng: random.Random) -> bytes:
    small = image.convert("L").resize((image.width * 2 // 3, image.height * 2 // 3))
    page = optics.turned(small, rng.uniform(-3, 3), shade=rng.choice((40, 255, 255)))
    page = page.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 0.8)))
    page = optics.toned(page, ink=rng.uniform(60, 105), paper=rng.uniform(198, 228))
    values = optics.folded(optics.values_of(page).copy(), rng)
    values = optics.streaked(values, rng)
    values = optics.speckled(values, rng)
    values = optics.punched(optics.bordered(values, rng), rng)
    shown = optics.noisy(optics.image_of(values), rng, strength=6)
    turn = rng.choices((0, 90, 180, 270), weights=(76, 6, 12, 6))[0]
    return _jpeg(shown.rotate(turn, expand=True), quality=60, dpi=200)


def _fax(image: Page, rng: random.Random) -> bytes:
    along = rng.choice((196, 196, 98))
    size = (image.width * 204 // DPI, image.height * along // DPI)
    page = (
        optics.turned(image, rng.uniform(-1.2, 1.2)).convert("L").resize(size, Image.Resampling.BOX)
    )
    values = optics.values_of(optics.noisy(page, rng, strength=22)).copy()
    sent = optics.black(optics.image_of(optics.line_noise(values, rng)), rng.uniform(135, 175))
    return _tiff(_fax_header(sent, rng, along=along), dpi=(204, along))


def _phone(image: Page, rng: random.Random) -> bytes:
    """Photograph a page: a little bent, from an angle, in uneven light, on a table."""
    size = (2448, 3264)
    table = optics.table(size, rng)
    page = optics.bent(image.resize((1860, 2630), Image.Resampling.LANCZOS), rng)
    corners = optics.corners(size, rng)
    matrix = optics.perspective(corners, page.size)
    mask = Image.new("L", page.size, _WHITE)
    how = (Image.Transform.PERSPECTIVE, matrix, Image.Resampling.BILINEAR)
    table.paste(page.transform(size, *how), mask=mask.transform(size, *how))
    blurred = optics.lit(table, rng).filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 1.1)))
    return _photo(optics.noisy(blurred, rng, strength=4), rotated=sometimes(rng, 0.25))


def _fax_header(page: Page, rng: random.Random, *, along: int) -> Page:
    """Write the line that a fax machine puts above what it receives."""
    text = (
        f"{rng.randint(1, 28):02d}/{rng.randint(1, 12):02d}/2026 {rng.randint(7, 18):02d}:"
        f"{rng.randrange(60):02d}   FAX 030 23125-{rng.randrange(1000):03d}   S. 1/1"
    )
    strip = Image.new("1", (page.width, 24), 1)
    ImageDraw.Draw(strip).text((60, 0), text, fill=0, font=ImageFont.load_default(20))
    height = 24 * along // 196
    page.paste(strip.resize((page.width, height)), (0, 4))
    return page


def _jpeg(page: Page, *, quality: int, dpi: int) -> bytes:
    target = io.BytesIO()
    page.save(target, "JPEG", quality=quality, dpi=(dpi, dpi))
    return target.getvalue()


def _tiff(page: Page, *, dpi: tuple[int, int]) -> bytes:
    target = io.BytesIO()
    # One strip, so that the coded picture can be put into a PDF as it is.
    page.save(
        target, "TIFF", compression="group4", dpi=dpi, tiffinfo={_ROWS_PER_STRIP: page.height}
    )
    return target.getvalue()


def _photo(page: Page, *, rotated: bool) -> bytes:
    """Store a photograph; a telephone held sideways says so in EXIF instead of turning it."""
    target = io.BytesIO()
    exif = Image.Exif()
    exif[_MAKE] = "Beispielfon"
    if rotated:
        page = page.transpose(Image.Transpose.ROTATE_90)
        exif[_ORIENTATION] = _TURN_RIGHT
    page.save(target, "JPEG", quality=82, exif=exif)
    return target.getvalue()


_WAYS: dict[str, Callable[[Page, random.Random], bytes]] = {
    "office": _office,
    "bw": _bw,
    "poor": _poor,
    "phone": _phone,
    "fax": _fax,
}
KINDS = tuple(_WAYS)
"""The ways in which pages are degraded."""
