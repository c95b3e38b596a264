"""The ways a letter on paper becomes a file: exported, scanned, faxed, photographed.

Owns resolutions and formats. Refuses letters of others: it takes the PDF of a sample letter
and a seed, and gives back the bytes of a file.
"""

from collections.abc import Callable

from app.samples import degrade

Wrapping = Callable[[bytes, str], bytes]
"""From the PDF of a letter and a seed to the content of a file."""

_PHOTO_DPI = 190


def born_digital(pdf: bytes, _seed: str) -> bytes:
    """Keep the PDF with its text layer."""
    return pdf


def scan(pdf: bytes, seed: str) -> bytes:
    """Scan in grey with 200 dpi into a PDF of images."""
    return _scan(pdf, seed, dpi=200)


def fine_scan(pdf: bytes, seed: str) -> bytes:
    """Scan in grey with 300 dpi into a PDF of images."""
    return _scan(pdf, seed, dpi=300)


def _scan(pdf: bytes, seed: str, *, dpi: int) -> bytes:
    pages = degrade.raster(pdf, dpi=dpi)
    looks = [degrade.scanned(page, seed=f"{seed}/{number}") for number, page in enumerate(pages)]
    return degrade.as_pdf(looks, dpi=dpi)


def fax(pdf: bytes, seed: str) -> bytes:
    """Scan in black and white with 300 dpi into a TIFF of several pages."""
    pages = degrade.raster(pdf, dpi=300)
    looks = [degrade.scanned(page, seed=f"{seed}/{number}") for number, page in enumerate(pages)]
    return degrade.as_tiff(looks, dpi=300)


def photo(pdf: bytes, seed: str) -> bytes:
    """Photograph the first page into a JPEG."""
    return degrade.as_jpeg(degrade.photographed(_first(pdf), seed=seed))


def photo_png(pdf: bytes, seed: str) -> bytes:
    """Photograph the first page into a PNG."""
    return degrade.as_png(degrade.photographed(_first(pdf), seed=seed))


def photo_heic(pdf: bytes, seed: str) -> bytes:
    """Photograph the first page into a HEIC."""
    return degrade.as_heic(degrade.photographed(_first(pdf), seed=seed))


def failed_photo(pdf: bytes, _seed: str) -> bytes:
    """Photograph the first page so badly that nobody can read it."""
    return degrade.as_jpeg(degrade.unreadable(_first(pdf)))


def _first(pdf: bytes) -> degrade.Page:
    return degrade.raster(pdf, dpi=_PHOTO_DPI)[0]
