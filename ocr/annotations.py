"""What is stuck onto a page of a PDF, without what it is tied to (ISO 32000-1, 12.5).

Owns which annotations a page keeps when it leaves its file: those that show something, as
they look. Form fields become what they show. Attached files, and ties to other pages, stay.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

from ocr.usage import EntangledError

_SHOWN = frozenset(
    {
        "/Text",
        "/FreeText",
        "/Line",
        "/Square",
        "/Circle",
        "/Polygon",
        "/PolyLine",
        "/Highlight",
        "/Underline",
        "/Squiggly",
        "/StrikeOut",
        "/Caret",
        "/Stamp",
        "/Ink",
    }
)
_KEPT = (
    "/Type",
    "/Subtype",
    "/Rect",
    "/F",
    "/Contents",
    "/C",
    "/CA",
    "/Border",
    "/BS",
    "/BE",
    "/QuadPoints",
    "/InkList",
    "/L",
    "/LE",
    "/IC",
    "/Vertices",
    "/Name",
    "/T",
    "/M",
    "/DA",
    "/Q",
    "/RD",
)
_PLACE = ("/Rect", "/F")
_STAMP = {"/Type": "/Annot", "/Subtype": "/Stamp"}
_LEFT = frozenset({"/Popup", "/Link", "/FileAttachment"})
_GENERATIONS = 64


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotation to copy: which entries, which are set anew, and the form that it shows."""

    entry: pikepdf.Dictionary
    names: tuple[str, ...]
    look: pikepdf.Object | None
    fixed: dict[str, pikepdf.Name] = field(default_factory=dict)


def marks(annotations: object) -> Iterator[Mark]:
    """Yield what a page keeps; raise ``EntangledError`` where that would change its look."""
    if not isinstance(annotations, pikepdf.Array):
        return
    for entry in annotations.as_list():
        if not isinstance(entry, pikepdf.Dictionary):
            continue
        kind = str(entry.get("/Subtype"))
        if kind in _LEFT:
            continue
        if kind == "/Widget":
            yield from _field(entry)
        elif kind in _SHOWN and "/OC" not in entry:
            yield Mark(entry, _KEPT, _look(entry))
        else:
            raise EntangledError


def _field(entry: pikepdf.Dictionary) -> Iterator[Mark]:
    """Yield a form field as a stamp of what it shows."""
    look = _look(entry)
    if look is not None:
        fixed = {name: pikepdf.Name(value) for name, value in _STAMP.items()}
        yield Mark(entry, _PLACE, look, fixed)
    elif "/AP" not in entry and _filled(entry):  # shown only by programs that draw the value
        raise EntangledError


def _look(entry: pikepdf.Dictionary) -> pikepdf.Object | None:
    """Return the form that draws an annotation in its present state."""
    looks = entry.get("/AP")
    look = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    if isinstance(look, pikepdf.Dictionary):
        look = look.get(str(entry.get("/AS", "/Off")))
    return look if isinstance(look, pikepdf.Stream) else None


def _filled(entry: pikepdf.Dictionary) -> bool:
    node: object = entry
    for _ in range(_GENERATIONS):
        if not isinstance(node, pikepdf.Dictionary):
            return False
        if "/V" in node:
            return True
        node = node.get("/Parent")
    return True
