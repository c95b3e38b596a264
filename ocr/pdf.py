"""PDF items: opening, limits, signatures, text layers, rendering, extraction.

Owns the judgement whether a page's own text can be trusted. Refuses files that need a
password and files that cannot be repaired; never changes a signed one.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import pikepdf
import pypdfium2  # ships no annotations
import pypdfium2.raw as pdfium  # the same

from domain.reasons import Reason
from ocr.attached import holds_files
from ocr.excerpt import Excerpt
from ocr.faces import add_page, encoded
from ocr.gate import Kind
from ocr.limits import Limits, PageBudget, stop
from ocr.pages import STANDARD_DPI, Picture
from ocr.scans import Scan, find_scan
from ocr.trust import is_trustworthy
from ocr.usage import EntangledError

_POINTS = 72
_FIELD_LIMIT = 10_000
_IMAGE_DEPTH = 3
_COVERED = 0.5
_HYPHENS = str.maketrans({"\ufffe": "-", "\u0002": "-", "\r": None})
_SIDE_LIMIT = 30_000
_DECODING = 5
"""Bytes that the renderer takes for each pixel of an image."""
_SCANNED = range(200, 451)


class PdfSource:
    """An opened PDF; ``kind`` is what it was before it became one."""

    def __init__(
        self, content: bytes, kind: Kind = Kind.PDF, *, limits: Limits, budget: PageBudget
    ) -> None:
        self._limits = limits
        self.media_type = kind.value
        self._book = _opened(content)
        self.page_count = _counted(self._book)
        budget.take(self.page_count)
        self.signed = _is_signed(self._book)
        self.unseen = holds_files(self._book)
        self.divisible = kind is Kind.PDF and not self.signed
        self._view = _viewed(content, self._book)
        self._view.init_forms()

    def text(self, number: int) -> str | None:
        """Return a page's own text if it is trustworthy, else None."""
        if self._scan(number):
            return None
        page = self._page(number)
        text: str = page.get_textpage().get_text_range().translate(_HYPHENS)
        return text if is_trustworthy(text, self._images(page).share, page) else None

    def picture(self, number: int, *, dpi: int | None = None, colour: bool = False) -> Picture:
        """Return a page as it was scanned, or render it, a very large one more coarsely."""
        scan = None if dpi else self._scan(number)
        scanned = scan.picture() if scan else None
        if scanned:
            return scanned
        page = self._page(number)
        dpi = self._bounded(page, dpi or self._images(page).dpi)
        bitmap = page.render(scale=dpi / _POINTS, grayscale=not colour)
        image = bitmap.to_pil()
        return Picture(image.convert("RGB" if colour else "L"), dpi)

    def faces(self) -> pikepdf.Pdf:
        """Return the file itself, to copy pages from."""
        return self._book

    def extract(self, pages: Sequence[int]) -> bytes:
        """Return a PDF of some pages, their content streams and images untouched.

        A page that cannot be told apart from the others is drawn; see ``Excerpt``.
        """
        part, target = Excerpt(), io.BytesIO()
        for number in pages:
            try:
                part.add(self._book.pages[number - 1])
            except EntangledError:
                picture = self.picture(number, colour=True)
                add_page(part.book, encoded(picture.image), dpi=picture.dpi)
        with part.book as book:
            book.save(target)
        return target.getvalue()

    def _scan(self, number: int) -> Scan | None:
        return find_scan(self._book.pages[number - 1], pixels=self._limits.pixels)

    def _page(self, number: int) -> pypdfium2.PdfPage:
        """Load a page with filled form fields and stamps drawn into it, as a person sees it.

        That happens in the view alone; the file that is kept and copied is another one.
        """
        try:
            pdfium.FPDFPage_Flatten(self._view[number - 1], pdfium.FLAT_NORMALDISPLAY)
            return self._view[number - 1]
        except pypdfium2.PdfiumError as error:
            stop(Reason.PDF_DAMAGED, cause=error)

    def _bounded(self, page: pypdfium2.PdfPage, dpi: int) -> int:
        width, height = (side / _POINTS for side in page.get_size())
        if width <= 0 or height <= 0:
            stop(Reason.PDF_DAMAGED)
        by_area = (self._limits.pixels / (width * height)) ** 0.5
        return max(1, int(min(dpi, by_area, _SIDE_LIMIT / max(width, height))))

    def _images(self, page: pypdfium2.PdfPage) -> "_LargestImage":
        """Return what is to know of a page's largest image; stop at too many pixels."""
        largest = _LargestImage()
        for image in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_IMAGE_DEPTH):
            across, down = image.get_px_size()
            needed = across * down * _DECODING
            if across * down > self._limits.pixels or needed > self._limits.decoded_bytes:
                stop(Reason.TOO_MANY_PIXELS)
            left, bottom, right, top = image.get_bounds()
            area = abs(right - left) * abs(top - bottom)
            largest = max(largest, _LargestImage.of(area, across * down, page.get_size()))
        return largest


@dataclass(frozen=True, slots=True, order=True)
class _LargestImage:
    """The share of a page that an image covers, and the resolution at which it does."""

    share: float = 0.0
    dpi: int = STANDARD_DPI

    @classmethod
    def of(cls, area: float, pixels: int, page: tuple[float, float]) -> Self:
        """Measure an image of an area in square points on a page of a size in points."""
        share = area / max(page[0] * page[1], 1.0)
        own = round(_POINTS * (pixels / area) ** 0.5) if area else 0
        # Only a scan is rendered as it was scanned; anything else may hold small print.
        return cls(share, own if share >= _COVERED and own in _SCANNED else STANDARD_DPI)


def _opened(content: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError as error:
        stop(Reason.PDF_ENCRYPTED, cause=error)
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        stop(Reason.PDF_DAMAGED, cause=error)


def _counted(book: pikepdf.Pdf) -> int:
    try:
        count = len(book.pages)
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        stop(Reason.PDF_DAMAGED, cause=error)
    return count or stop(Reason.PDF_DAMAGED)


def _viewed(content: bytes, book: pikepdf.Pdf) -> pypdfium2.PdfDocument:
    """Open for rendering; what only qpdf can open is rendered in its repaired form."""
    try:
        view = pypdfium2.PdfDocument(content)
        if len(view) == len(book.pages):
            return view
    except pypdfium2.PdfiumError:
        view = None
    repaired = io.BytesIO()
    try:
        book.save(repaired, encryption=False)
        return pypdfium2.PdfDocument(repaired.getvalue())
    except (pypdfium2.PdfiumError, pikepdf.PdfError, RuntimeError) as error:
        stop(Reason.PDF_DAMAGED, cause=error)


def _is_signed(book: pikepdf.Pdf) -> bool:
    """Look for a filled signature field (ISO 32000-1, 12.7.4.5)."""
    form = book.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return False
    waiting = _listed(form.get("/Fields"))
    for _ in range(_FIELD_LIMIT):
        if not waiting:
            return False
        field = waiting.pop()
        if not isinstance(field, pikepdf.Dictionary):
            continue
        if field.get("/FT") == pikepdf.Name.Sig and "/V" in field:
            return True
        waiting.extend(_listed(field.get("/Kids")))
    return True  # too many fields to tell, and a signed file must never be altered


def _listed(value: object) -> list[object]:
    return list(value.as_list()) if isinstance(value, pikepdf.Array) else []
