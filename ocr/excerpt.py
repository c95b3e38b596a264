"""A new PDF with some pages of another one, cut loose from everything else in it.

Owns the list of what may come along: what a page draws and nothing that it refers to. A page
often shares its resources, form fields and structure with pages that belong to other people.
Refuses pages of which that cannot be told apart.
"""

from collections.abc import Callable, Iterable

import pikepdf

from ocr.annotations import Mark, marks
from ocr.usage import EntangledError, Usage

_INHERITABLE = ("/MediaBox", "/CropBox", "/Rotate")
_PAGE = ("/BleedBox", "/TrimBox", "/ArtBox", "/UserUnit", "/Group")
_GENERATIONS = 64
_FILTERS = ("/Filter", "/DecodeParms")
_IMAGE = (
    *_FILTERS,
    "/Type",
    "/Subtype",
    "/Width",
    "/Height",
    "/ColorSpace",
    "/BitsPerComponent",
    "/Intent",
    "/ImageMask",
    "/Decode",
    "/Interpolate",
    "/SMaskInData",
    "/Matte",
)
_MASKS = ("/SMask", "/Mask")
_FORM = (*_FILTERS, "/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Group")
_TILING = (
    *_FILTERS,
    "/Type",
    "/PatternType",
    "/PaintType",
    "/TilingType",
    "/BBox",
    "/XStep",
    "/YStep",
    "/Matrix",
)
_LEFT = frozenset(
    {"/PieceInfo", "/Metadata", "/StructParent", "/StructParents", "/AF", "/LastModified", "/OPI"}
)
_ENTANGLING = frozenset(
    {"/Parent", "/Kids", "/P", "/EF", "/Resources", "/CharProcs", "/Contents", "/OC", "/OCGs"}
)
"""Entries that lead to other pages, or to content that is shared in ways not followed here."""


class Excerpt:
    """A book that pages of one other book are added to."""

    def __init__(self) -> None:
        self.book = pikepdf.new()
        self._made: dict[tuple[int, int], pikepdf.Object] = {}
        self._copiers: dict[str, Callable[[pikepdf.Object], object]] = {
            "/XObject": self._drawn,
            "/ExtGState": self._state,
            "/Pattern": self._pattern,
            "/Properties": self._property,
        }

    def add(self, page: pikepdf.Page) -> None:
        """Append a page of the other book; raise ``EntangledError`` and append nothing."""
        try:
            loose = self._loose(page)
        except (pikepdf.PdfError, RecursionError, TypeError, ValueError, RuntimeError) as error:
            self._made.clear()  # what was begun and not finished must not be used again
            raise EntangledError from error
        except EntangledError:
            self._made.clear()
            raise
        self.book.pages.append(pikepdf.Page(self.book.make_indirect(loose)))

    def _loose(self, page: pikepdf.Page) -> pikepdf.Dictionary:
        old = page.obj
        new = pikepdf.Dictionary(Type=pikepdf.Name.Page)
        for name in _INHERITABLE:
            value = _inherited(old, name)
            if value is not None:
                new[name] = self._plain(value)
        self._take(old, new, _PAGE)
        if "/Contents" in old:
            new.Contents = self._contents(old.Contents)
        new.Resources = self._resources(_inherited(old, "/Resources"), Usage(page))
        shown = [self._mark(mark) for mark in marks(old.get("/Annots"))]
        if shown:
            new.Annots = pikepdf.Array(shown)
        return new

    def _contents(self, content: pikepdf.Object) -> pikepdf.Object:
        if isinstance(content, pikepdf.Array):
            return pikepdf.Array([self._contents(piece) for piece in content.as_list()])
        return self._stream(content, _FILTERS)

    def _resources(self, found: object, usage: Usage) -> pikepdf.Dictionary:
        """Return a dictionary of its own with nothing but what the content uses."""
        new = pikepdf.Dictionary()
        if not isinstance(found, pikepdf.Dictionary):
            if usage.any:  # it draws with the resources of whatever draws it
                raise EntangledError
            return new
        for category, entries in found.items():
            if not isinstance(entries, pikepdf.Dictionary):
                continue
            copier = self._copiers.get(category, self._plain)
            chosen = sorted(usage.chosen(category, dict(entries.items())))
            if chosen:
                new[category] = pikepdf.Dictionary({name: copier(entries[name]) for name in chosen})
        return new

    def _drawn(self, thing: pikepdf.Object) -> pikepdf.Object:
        if not isinstance(thing, pikepdf.Stream) or "/OC" in thing:
            raise EntangledError
        return self._form(thing) if thing.get("/Subtype") == "/Form" else self._image(thing)

    def _image(self, image: pikepdf.Object) -> pikepdf.Object:
        new = self._stream(image, _IMAGE)
        for name in _MASKS:
            mask = image.get(name)
            if isinstance(mask, pikepdf.Stream):
                if name not in new:
                    new[name] = self._image(mask)
            elif mask is not None:
                new[name] = self._plain(mask)
        return new

    def _form(self, form: pikepdf.Object, entries: Iterable[str] = _FORM) -> pikepdf.Object:
        if not isinstance(form, pikepdf.Stream) or "/Ref" in form or "/OC" in form:
            raise EntangledError
        known = form.objgen in self._made
        new = self._stream(form, entries)
        if not known:
            new.Resources = self._resources(form.get("/Resources"), Usage(form))
        return new

    def _pattern(self, pattern: pikepdf.Object) -> object:
        if isinstance(pattern, pikepdf.Stream):
            return self._form(pattern, _TILING)
        return self._plain(pattern)

    def _state(self, state: pikepdf.Object) -> object:
        """Copy a graphics state; its soft mask is drawn by a form."""
        if not isinstance(state, pikepdf.Dictionary):
            raise EntangledError
        names = [name for name in state.keys() if name != "/SMask"]  # noqa: SIM118 - a PDF object
        new = pikepdf.Dictionary()
        self._take(state, new, names)
        mask = state.get("/SMask")
        if isinstance(mask, pikepdf.Dictionary):
            new.SMask = pikepdf.Dictionary(G=self._form(mask.G))
            self._take(mask, new.SMask, ("/Type", "/S", "/BC", "/TR"))
        elif mask is not None:
            new.SMask = self._plain(mask)
        return new

    def _property(self, value: pikepdf.Object) -> object:
        """Copy a list of properties; layers depend on the catalogue, which stays behind."""
        if not isinstance(value, pikepdf.Dictionary) or value.get("/Type") in ("/OCG", "/OCMD"):
            raise EntangledError
        return self._plain(value)

    def _mark(self, mark: Mark) -> pikepdf.Object:
        new = pikepdf.Dictionary(mark.fixed)
        self._take(mark.entry, new, mark.names)
        if mark.look is not None:
            new.AP = pikepdf.Dictionary(N=self._form(mark.look))
        return self.book.make_indirect(new)

    def _take(self, old: pikepdf.Object, new: pikepdf.Object, names: Iterable[str]) -> None:
        for name in names:
            value = old.get(name)
            if value is not None and name not in _LEFT:
                new[name] = self._plain(value)

    def _stream(self, old: pikepdf.Object, names: Iterable[str]) -> pikepdf.Object:
        """Copy a stream once, its bytes as they are, with some of its entries."""
        if not isinstance(old, pikepdf.Stream):
            raise EntangledError
        if old.objgen in self._made:
            return self._made[old.objgen]
        new = self.book.make_stream(old.read_raw_bytes())
        self._made[old.objgen] = new
        self._take(old, new, names)
        return new

    def _plain(self, value: object) -> object:
        """Copy something that draws nothing by itself: numbers, fonts, colours, functions."""
        if isinstance(value, pikepdf.Stream):
            return self._stream(value, _innocent(value))
        if isinstance(value, pikepdf.Dictionary):
            return self._dictionary(value)
        if isinstance(value, pikepdf.Array):
            return pikepdf.Array([self._plain(item) for item in value.as_list()])
        if isinstance(value, pikepdf.Name):
            return pikepdf.Name(str(value))
        if isinstance(value, pikepdf.String):
            return pikepdf.String(bytes(value))
        return value

    def _dictionary(self, old: pikepdf.Dictionary) -> pikepdf.Object:
        if old.is_indirect and old.objgen in self._made:
            return self._made[old.objgen]
        new: pikepdf.Object = pikepdf.Dictionary()
        if old.is_indirect:
            new = self._made[old.objgen] = self.book.make_indirect(new)
        self._take(old, new, _innocent(old))
        return new


def _innocent(thing: pikepdf.Object) -> list[str]:
    """Return the entries of a font, colour or function; none of them may lead elsewhere."""
    names = [name for name in thing.keys() if name != "/Length"]  # noqa: SIM118 - a PDF object
    if _ENTANGLING.intersection(names):
        raise EntangledError
    if thing.get("/Type") in ("/Page", "/Pages", "/Catalog", "/Filespec", "/EmbeddedFile"):
        raise EntangledError
    return names


def _inherited(page: pikepdf.Object, name: str) -> pikepdf.Object | None:
    """Return an entry of a page or of the nodes above it (ISO 32000-1, 7.7.3.4)."""
    node: pikepdf.Object | None = page
    for _ in range(_GENERATIONS):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if name in node:
            return node[name]
        node = node.get("/Parent")
    raise EntangledError
