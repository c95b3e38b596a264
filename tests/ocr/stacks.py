"""PDF stacks whose pages share all that PDF lets them share; each page has its own marks."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

SIDE = 8
PAGES = (1, 2)


def canary(page: int, place: str) -> bytes:
    return f"KANARIENVOGEL-{page}-{place}".encode()


def drawn(page: int) -> bytes:
    """Return the bytes that only a page's own image holds."""
    return canary(page, "bild").ljust(SIDE * SIDE, b".")


def _image(book: pikepdf.Pdf, page: int) -> pikepdf.Object:
    return book.make_stream(
        drawn(page),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=SIDE,
        Height=SIDE,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray,
    )


def _form(book: pikepdf.Pdf, content: bytes, resources: Dictionary | None) -> pikepdf.Object:
    form = book.make_stream(
        content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 600, 850])
    )
    if resources is not None:
        form.Resources = resources
    return form


def _images(book: pikepdf.Pdf) -> Dictionary:
    return Dictionary({f"/Im{page}": _image(book, page) for page in PAGES})


def _started() -> pikepdf.Pdf:
    book = pikepdf.new()
    for page in PAGES:
        book.add_blank_page(page_size=(595, 842))
        drawing = b"q 500 0 0 700 20 20 cm /Im%d Do Q %% " % page
        book.pages[-1].Contents = book.make_stream(drawing + canary(page, "inhalt"))
    return book


def by_reference() -> pikepdf.Pdf:
    book = _started()
    shared = book.make_indirect(Dictionary(XObject=_images(book)))
    for page in book.pages:
        page.obj.Resources = shared
    return book


def inherited() -> pikepdf.Pdf:
    book = _started()
    for page in book.pages:
        del page.obj["/Resources"]
    book.Root.Pages.Resources = Dictionary(XObject=_images(book))
    return book


def nested() -> pikepdf.Pdf:
    """Let each page draw by a form within a form, which share one dictionary."""
    book = _started()
    inner = book.make_indirect(Dictionary(XObject=_images(book)))
    forms = {f"/In{page}": _form(book, b"/Im%d Do" % page, inner) for page in PAGES}
    middle = book.make_indirect(Dictionary(XObject=Dictionary(forms)))
    outer = {f"/Im{page}": _form(book, b"/In%d Do" % page, middle) for page in PAGES}
    shared = book.make_indirect(Dictionary(XObject=Dictionary(outer)))
    for page in book.pages:
        page.obj.Resources = shared
    return book


def without_resources() -> pikepdf.Pdf:
    """Let each page draw by a form that takes the resources of its page."""
    book = by_reference()
    for number, sheet in enumerate(book.pages, start=1):
        sheet.obj.Resources.XObject[f"/Fm{number}"] = _form(book, b"/Im%d Do" % number, None)
        sheet.Contents = book.make_stream(b"q 500 0 0 700 20 20 cm /Fm%d Do Q" % number)
    return book


def not_parsing() -> pikepdf.Pdf:
    book = by_reference()
    for number, sheet in enumerate(book.pages, start=1):
        sheet.Contents = book.make_stream(b"q 500 0 0 700 20 20 cm /Im%d Do Q [ (" % number)
    return book


def masked() -> pikepdf.Pdf:
    """Share images by soft masks as well."""
    book = by_reference()
    images = book.make_indirect(Dictionary(XObject=book.pages[0].obj.Resources.XObject))
    states = Dictionary()
    for page in PAGES:
        mask = _form(book, b"/Im%d Do %%" % page + canary(page, "maske"), images)
        mask.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
        states[f"/G{page}"] = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask))
    for number, sheet in enumerate(book.pages, start=1):
        sheet.obj.Resources.ExtGState = states
        sheet.contents_add(book.make_stream(b" /G%d gs 0 0 99 99 re f" % number))
    return book


def patterned() -> pikepdf.Pdf:
    """Share images by patterns as well, of which the archive format's check knows nothing."""
    book = by_reference()
    images = book.make_indirect(Dictionary(XObject=book.pages[0].obj.Resources.XObject))
    patterns = Dictionary()
    for page in PAGES:
        patterns[f"/P{page}"] = book.make_stream(
            b"/Im%d Do %%" % page + canary(page, "muster"),
            PatternType=1,
            PaintType=1,
            TilingType=1,
            BBox=Array([0, 0, 9, 9]),
            XStep=9,
            YStep=9,
            Resources=images,
        )
    for number, sheet in enumerate(book.pages, start=1):
        sheet.obj.Resources.Pattern = patterns
        sheet.contents_add(book.make_stream(b" /Pattern cs /P%d scn 0 0 99 99 re f" % number))
    return book


def tied() -> pikepdf.Pdf:
    """Tie pages to each other by all that is not drawn."""
    book = by_reference()
    first, second = (page.obj for page in book.pages)
    field = book.make_indirect(Dictionary(FT=Name.Tx, T=String("name"), Kids=Array()))
    book.Root.AcroForm = Dictionary(Fields=Array([field]))
    for number, page, other in ((1, first, second), (2, second, first)):
        widget = book.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                Rect=Array([10, 10, 90, 30]),
                Parent=field,
                V=String(canary(number, "feld")),
                P=page,
                F=4,
                AP=Dictionary(N=_form(book, b"% " + canary(number, "aussehen"), Dictionary())),
            )
        )
        field.Kids.append(widget)
        page.Annots = Array([widget, *_ties(book, number, other)])
        page.Thumb = _image(book, 3 - number)
        page.PieceInfo = Dictionary(Scan=Dictionary(Private=String(canary(3 - number, "stueck"))))
        page.StructParents = number
        page.Tabs = Name.S
        page.AA = Dictionary(O=Dictionary(S=Name.GoTo, D=Array([other, Name.Fit])))
    bead = book.make_indirect(Dictionary(P=second, V=String(canary(2, "perle"))))
    first.B = Array([bead])
    book.attachments["anlage.txt"] = canary(2, "anlage")
    book.docinfo["/Title"] = canary(2, "titel").decode()
    return book


def _ties(book: pikepdf.Pdf, number: int, other: pikepdf.Object) -> Iterator[Dictionary]:
    place: dict[str, Any] = {"Type": Name.Annot, "Rect": Array([1, 1, 9, 9]), "F": 4}
    file = book.make_stream(canary(3 - number, "datei"), Type=Name.EmbeddedFile)
    spec = Dictionary(Type=Name.Filespec, F=String("x.txt"), EF=Dictionary(F=file))
    yield Dictionary(Subtype=Name.Link, Dest=Array([other, Name.Fit]), **place)
    jump = Dictionary(S=Name.GoTo, D=Array([other, Name.Fit]))
    yield Dictionary(Subtype=Name.Link, A=jump, **place)
    yield Dictionary(Subtype=Name.FileAttachment, FS=spec, **place)
    note = book.make_indirect(Dictionary(Subtype=Name.Popup, Parent=other, **place))
    look = _form(book, b"", Dictionary())
    yield Dictionary(Subtype=Name.Stamp, Popup=note, IRT=note, AP=Dictionary(N=look), **place)


STACKS: dict[str, Callable[[], pikepdf.Pdf]] = {
    make.__name__: make
    for make in (
        by_reference,
        inherited,
        nested,
        without_resources,
        not_parsing,
        masked,
        patterned,
        tied,
    )
}
RENDERED = frozenset({"without_resources", "not_parsing"})
UNARCHIVED = frozenset({"patterned", *RENDERED})
"""Stacks whose pages are archived as images if they are scans, else not at all."""


def stack(name: str) -> bytes:
    target = io.BytesIO()
    with STACKS[name]() as book:
        book.save(target, compress_streams=False)
    return target.getvalue()


def everything(content: bytes) -> bytes:
    """Return all that a PDF holds, decompressed: every stream and every other object."""
    with pikepdf.open(io.BytesIO(content)) as book:
        return b"\n".join(_parts(book))


def _parts(book: pikepdf.Pdf) -> Iterator[bytes]:
    yield book.trailer.unparse()
    for thing in book.objects:
        yield thing.unparse(resolved=True)
        if isinstance(thing, pikepdf.Stream):
            yield repr(dict(thing.items())).encode()
            try:
                yield thing.read_bytes()
            except pikepdf.PdfError:  # an image that only its own decoder reads
                yield thing.read_raw_bytes()
