"""The searchable PDF/A-2b (ISO 19005-2) of one document.

Owns how pages and their invisible text come together, and why there is none where there can
be none. Every result is validated; what does not pass is not handed out. Refuses to touch
signed files.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import pdfa

from domain.reasons import Reason
from ocr.excerpt import Excerpt
from ocr.faces import add_page, encoded
from ocr.pages import Leaf, Source
from ocr.textlayer import TextLayer
from ocr.usage import EntangledError

_FLAVOUR = "2b"
_FONT_RULES = ":6.2.11."
"""The clause of ISO 19005-2 about fonts, as the ids of its rules spell it."""
_DISPLAY_ONLY = ("/Trans", "/Dur", "/AA", "/StructParents", "/Tabs", "/Thumb")
"""Page entries for screens and for a structure that a copied page no longer has."""


@dataclass(frozen=True, slots=True)
class Archived:
    """A PDF/A-2b, or the reason why there is none."""

    pdfa: bytes | None
    reason: Reason | None = None


def archive(source: Source, leaves: Sequence[Leaf]) -> Archived:
    """Return a PDF/A-2b of some pages of an item."""
    if source.signed:
        return Archived(None, Reason.ARCHIVE_SIGNED)
    try:
        archived = _bound(_copied(source, leaves), leaves)
    except EntangledError:
        archived = Archived(None, Reason.ARCHIVE_IMPOSSIBLE)
    if archived.pdfa is None and all(leaf.words is not None for leaf in leaves):
        archived = _bound(_pictured(source, leaves), leaves)
    return archived


def archive_pdf(content: bytes) -> Archived:
    """Return a PDF made by this package as PDF/A-2b."""
    with pikepdf.open(io.BytesIO(content)) as book:
        return _validated(book)


def _copied(source: Source, leaves: Sequence[Leaf]) -> pikepdf.Pdf:
    """Copy pages as they are, without loss; pages that stay behind leave nothing in them."""
    book = _part(source, leaves) if len(leaves) < source.page_count else _all(source)
    for page, leaf in zip(book.pages, leaves, strict=True):
        if leaf.turn:
            page.rotate(leaf.turn, relative=True)
    return book


def _part(source: Source, leaves: Sequence[Leaf]) -> pikepdf.Pdf:
    part, faces = Excerpt(), source.faces()
    for leaf in leaves:
        part.add(faces.pages[leaf.number - 1])
    return part.book


def _all(source: Source) -> pikepdf.Pdf:
    book = pikepdf.new()
    book.pages.extend(source.faces().pages)
    return book


def _pictured(source: Source, leaves: Sequence[Leaf]) -> pikepdf.Pdf:
    """Set pages anew as images, where the file's own construction is not admissible."""
    book = pikepdf.new()
    for leaf in leaves:
        picture = source.picture(leaf.number, colour=True)
        add_page(book, encoded(picture.image), dpi=picture.dpi, turn=leaf.turn)
    return book


def _bound(book: pikepdf.Pdf, leaves: Sequence[Leaf]) -> Archived:
    with book:
        layer = TextLayer(book)
        for page, leaf in zip(book.pages, leaves, strict=True):
            layer.add(page, leaf)
        return _validated(book)


def _validated(book: pikepdf.Pdf) -> Archived:
    for page in _pages(book):
        for name in _DISPLAY_ONLY:
            if name in page:
                del page[name]
    target = io.BytesIO()
    try:
        pdfa.save(book, target, _FLAVOUR)
    except pdfa.PdfaError as error:
        return Archived(None, _reason(error.report))
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return Archived(None, Reason.ARCHIVE_IMPOSSIBLE)
    return Archived(target.getvalue())


def _reason(report: pdfa.Report) -> Reason:
    fonts_alone = all(_FONT_RULES in finding.rule for finding in report.findings)
    return Reason.ARCHIVE_FONTS if fonts_alone else Reason.ARCHIVE_IMPOSSIBLE


def _pages(book: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    for page in book.pages:
        yield page.obj
