"""Whether a PDF holds files besides its pages (ISO 32000-1, 7.11.4; ISO 32000-2, 14.13).

Owns the places where files can be. Opens none of them.
"""

from collections.abc import Iterable

import pikepdf

_HOLDING = frozenset(
    f"/{name}" for name in ("FileAttachment", "Sound", "Movie", "Screen", "RichMedia", "3D")
)


def holds_files(book: pikepdf.Pdf) -> bool:
    """Tell whether anything is embedded; damage that hides it counts as something."""
    try:
        return (
            "/Collection" in book.Root
            or len(book.attachments) > 0
            or _is_associated(book.Root)
            or any(_is_holding(page.obj) for page in book.pages)
            or any(_is_file(thing) for thing in book.objects)
        )
    except (pikepdf.PdfError, AttributeError, TypeError, ValueError, RuntimeError):
        return True


def _is_associated(thing: pikepdf.Object) -> bool:
    return bool(_listed(thing.get("/AF")))


def _is_holding(page: pikepdf.Object) -> bool:
    notes = [note for note in _listed(page.get("/Annots")) if isinstance(note, pikepdf.Dictionary)]
    return _is_associated(page) or any(str(note.get("/Subtype")) in _HOLDING for note in notes)


def _is_file(thing: object) -> bool:
    if isinstance(thing, pikepdf.Stream):
        return bool(thing.get("/Type") == "/EmbeddedFile")
    return isinstance(thing, pikepdf.Dictionary) and isinstance(
        thing.get("/EF"), pikepdf.Dictionary
    )


def _listed(value: object) -> Iterable[object]:
    return value.as_list() if isinstance(value, pikepdf.Array) else ()
