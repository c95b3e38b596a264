"""How paper looks after a scanner or a telephone: tone, noise, tilt, shadow, blur.

Owns pixels. Refuses chance: everything depends on the seed. Sizes are in pixels,
resolutions in dots per inch.
"""

import io
import random
import time
from collections.abc import Sequence

import pillow_heif
import pypdfium2  # it ships no types
from PIL import Image, ImageChops, ImageFilter
from reportlab.lib.pagesizes import A4

Page = Image.Image
"""One page as an image."""

_POINTS = 72
_PAPER = 243
_INK = 38
_EPOCH = time.gmtime(1_770_000_000)


def raster(pdf: bytes, *, dpi: int) -> list[Page]:
    """Return the pages of one of our own PDFs as colour images."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / _POINTS).to_pil().convert("RGB") for page in document]


def blank(*, dpi: int) -> Page:
    """Return an empty A4 page."""
    return Image.new("RGB", (round(A4[0] * dpi / _POINTS), round(A4[1] * dpi / _POINTS)), "white")


def scanned(page: Page, *, seed: str, tilt: float = 1.0) -> Page:
    """Return a page as a grey scan: toned paper, faint noise, tilted up to ``tilt`` degrees."""
    rng = _rng(seed)
    grey = page.convert("L").point(_toned)
    turned = grey.rotate(rng.uniform(-tilt, tilt), Image.Resampling.BILINEAR, fillcolor=_PAPER)
    return _noisy(turned, rng, strength=10)


def photographed(page: Page, *, seed: str) -> Page:
    """Return a page as a colour photo on a table: uneven light, a little blur and tilt."""
    rng = _rng(seed)
    margin = page.width // 24
    table = Image.new("RGB", (page.width + 2 * margin, page.height + 2 * margin), _wood(rng))
    warm = Image.merge(
        "RGB",
        [
            band.point(_ramp(30, top))
            for band, top in zip(page.split(), (244, 240, 228), strict=True)
        ],
    )
    table.paste(warm, (margin, margin))
    turned = table.rotate(rng.uniform(-1.6, 1.6), Image.Resampling.BILINEAR, fillcolor=_wood(rng))
    lit = ImageChops.multiply(turned, _light(turned.size, rng))
    return lit.filter(ImageFilter.GaussianBlur(0.6))


def unreadable(page: Page) -> Page:
    """Return a photo that nobody can read: taken in the dark, in motion."""
    dark = page.convert("L").point(_ramp(20, 120))
    small = dark.resize((page.width // 22, page.height // 22), Image.Resampling.BOX)
    return small.resize(page.size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(9))


def as_jpeg(image: Page, *, quality: int = 80) -> bytes:
    """Encode as JPEG."""
    return _encoded(image, "JPEG", quality=quality, dpi=(200, 200))


def as_png(image: Page) -> bytes:
    """Encode as PNG."""
    return _encoded(image, "PNG", compress_level=4)


def as_heic(image: Page) -> bytes:
    """Encode as HEIC, the way some telephones store their photos."""
    target = io.BytesIO()
    pillow_heif.from_pillow(image).save(target, quality=60)
    return target.getvalue()


def as_tiff(pages: Sequence[Page], *, dpi: int) -> bytes:
    """Encode as a fax-like TIFF of several bilevel pages (CCITT group 4)."""
    bilevel = [page.convert("1", dither=Image.Dither.NONE) for page in pages]
    return _encoded(
        bilevel[0],
        "TIFF",
        compression="group4",
        dpi=(dpi, dpi),
        save_all=True,
        append_images=bilevel[1:],
    )


def as_pdf(pages: Sequence[Page], *, dpi: int, quality: int = 60) -> bytes:
    """Encode as the PDF of a scanner: one JPEG on each page and no text layer."""
    return _encoded(
        pages[0],
        "PDF",
        resolution=dpi,
        quality=quality,
        save_all=True,
        append_images=list(pages[1:]),
        creationDate=_EPOCH,
        modDate=_EPOCH,
        producer="Scanstation",
    )


def _encoded(image: Page, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def _rng(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the look of a page, not a secret


def _toned(value: int) -> int:
    return _INK + value * (_PAPER - _INK) // 255


def _ramp(low: int, high: int) -> list[int]:
    return [low + value * (high - low) // 255 for value in range(256)]


def _noisy(image: Page, rng: random.Random, *, strength: int) -> Page:
    even = Image.frombytes("L", image.size, rng.randbytes(image.width * image.height))
    grain = even.point(_ramp(128 - strength, 128 + strength))
    return ImageChops.add(image, grain, scale=1, offset=-128)


def _wood(rng: random.Random) -> tuple[int, int, int]:
    shade = rng.randrange(70, 110)
    return shade + 30, shade, shade - 30


def _light(size: tuple[int, int], rng: random.Random) -> Page:
    """Light from one side, with the soft shadow of a hand at the other."""
    slope = Image.linear_gradient("L").rotate(rng.choice((0, 90, 180, 270)))
    falloff = slope.point(_ramp(190, 255)).resize(size, Image.Resampling.BILINEAR)
    return Image.merge("RGB", (falloff, falloff, falloff.point(_ramp(0, 250))))
