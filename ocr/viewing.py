"""One page of an item as an image for a person's screen.

Owns the choice of the page and its size. Uses the same doors as reading does.
"""

import io

from PIL import Image

from domain.reasons import Reason
from ocr.assembly import Workbench
from ocr.gate import Kind, sniff
from ocr.item import open_source
from ocr.limits import stop
from ocr.message import parse_message
from ocr.pages import Picture, Source
from ocr.pdf import PdfSource
from ocr.plain import decode, set_pages, typeset

_WIDEST_TO_TALLEST = 8
_FIRST_DPI = 20


def view(content: bytes, *, page: int, width: int, bench: Workbench) -> bytes:
    """Return a page (1-based) as PNG of ``width`` pixels, or stop."""
    source = _source(content, bench)
    if not 1 <= page <= source.page_count:
        stop(Reason.UNSUPPORTED_TYPE)
    image = _fitting(source, page, width).image
    height = max(1, min(round(image.height * width / image.width), width * _WIDEST_TO_TALLEST))
    shown = image.resize((width, height), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    shown.save(target, "PNG", compress_level=3)
    return target.getvalue()


def _source(content: bytes, bench: Workbench) -> Source:
    kind = sniff(content)
    if kind is Kind.MAIL:
        message = parse_message(content)
        return _typeset(f"{message.header}\n\n{message.body}\n", bench)
    if kind is Kind.TEXT:
        return _typeset(decode(content) or "", bench)
    return open_source(content, kind, bench)


def _typeset(text: str, bench: Workbench) -> Source:
    pdf = typeset(set_pages(text, pages=bench.limits.pages))
    return PdfSource(pdf, limits=bench.limits, budget=bench.budget)


def _fitting(source: Source, page: int, width: int) -> Picture:
    """Render at the resolution that gives the width, as far as the format has a choice."""
    thumbnail = source.picture(page, dpi=_FIRST_DPI, colour=True)
    if thumbnail.dpi != _FIRST_DPI:
        return thumbnail
    dpi = max(1, -(-_FIRST_DPI * width // thumbnail.image.width))
    return source.picture(page, dpi=dpi, colour=True)
