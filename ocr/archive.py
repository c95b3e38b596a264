"""The searchable PDF/A-2b (ISO 19005-2) of one document.

Owns how pages and their invisible text come together. Every result is validated; what does
not pass is not handed out. Refuses to touch signed files.
"""

import contextlib
import io
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import pdfa

from ocr.excerpt import Excerpt
from ocr.faces import add_page, encoded
from ocr.pages import Leaf, Source
from ocr.usage import EntangledError

_FLAVOUR = "2b"
_DISPLAY_ONLY = ("/Trans", "/Dur", "/AA", "/StructParents", "/Tabs", "/Thumb")
"""Page entries for screens and for a structure that a copied page no longer has."""


def archive(source: Source, leaves: Sequence[Leaf]) -> bytes | None:
    """Return a PDF/A-2b of some pages of an item, or None where none can be made."""
    if source.signed:
        return None
    try:
        archived = _bound(_copied(source, leaves), leaves)
    except EntangledError:
        archived = None
    if archived is None and all(leaf.layer or leaf.blank for leaf in leaves):
        archived = _bound(_pictured(source, leaves), leaves)
    return archived


def archive_pdf(content: bytes) -> bytes | None:
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


def _bound(book: pikepdf.Pdf, leaves: Sequence[Leaf]) -> bytes | None:
    with book, contextlib.ExitStack() as layers:
        for page, leaf in zip(book.pages, leaves, strict=True):
            if leaf.layer is not None:
                layer = layers.enter_context(pikepdf.open(leaf.layer))
                page.add_underlay(layer.pages[0], None)
        return _validated(book)


def _validated(book: pikepdf.Pdf) -> bytes | None:
    for page in _pages(book):
        for name in _DISPLAY_ONLY:
            if name in page:
                del page[name]
    target = io.BytesIO()
    try:
        pdfa.save(book, target, _FLAVOUR)
    except (pdfa.PdfaError, pikepdf.PdfError, ValueError, RuntimeError):
        return None
    return target.getvalue()


def _pages(book: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    for page in book.pages:
        yield page.obj
