"""Items as they arrive, built on the spot: nothing binary is kept in the repository.

All people, numbers and addresses in them are fictitious.
"""

import io
import zipfile
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import cast

import pikepdf
import pillow_heif
import reportlab
import zxingcpp
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

pillow_heif.register_heif_opener()

LINES = (
    "Mietvertrag über Wohnraum",
    "Zwischen Erika Beispiel und Jonas Muster wird",
    "ein Mietvertrag über eine Wohnung geschlossen.",
    "Die Miete beträgt monatlich 480 Euro.",
    "Die Kaution beträgt zwei Monatsmieten.",
)
SEPARATOR = "POST-TRENNBLATT-1"
_A4_PIXELS = (1654, 2339)
_DPI = 200


def picture(lines: tuple[str, ...] = LINES) -> Image.Image:
    """Return a grey A4 page at 200 dpi with some lines of print."""
    image = Image.new("L", _A4_PIXELS, 250)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"), 40)
    for number, line in enumerate(lines):
        draw.text((160, 200 + 80 * number), line, font=font, fill=15)
    return image


def bilevel() -> Image.Image:
    """Return the page as a scanner set to black and white delivers it."""
    return picture().convert("1", dither=Image.Dither.NONE)


def separator_sheet() -> Image.Image:
    """Return a page with nothing but a QR code."""
    image = Image.new("L", _A4_PIXELS, 255)
    code = zxingcpp.create_barcode(SEPARATOR, zxingcpp.BarcodeFormat.QRCode)
    view = memoryview(cast("bytes", code.to_image(scale=10)))
    height, width = view.shape or (0, 0)
    image.paste(Image.frombytes("L", (width, height), view.tobytes()), (600, 700))
    return image


def blank_sheet() -> Image.Image:
    """Return paper with two specks of dust."""
    image = Image.new("L", _A4_PIXELS, 245)
    ImageDraw.Draw(image).point([(300, 500), (900, 1500)], fill=40)
    return image


def saved(image: Image.Image, name: str, **options: object) -> bytes:
    """Return an image in a format of Pillow."""
    target = io.BytesIO()
    image.save(target, name, **options)
    return target.getvalue()


def scans(*images: Image.Image, name: str = "PDF") -> bytes:
    """Return pages as one PDF or TIFF."""
    extra = {"resolution": _DPI} if name == "PDF" else {"dpi": (_DPI, _DPI)}
    first, *rest = images
    return saved(first, name, save_all=True, append_images=rest, **extra)


@cache
def jpeg() -> bytes:
    return saved(picture(), "JPEG", dpi=(_DPI, _DPI))


@cache
def text_pdf(pages: int = 1, lines: tuple[str, ...] = LINES) -> bytes:
    """Return a born-digital PDF."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    for _ in range(pages):
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def changed_pdf(content: bytes, **options: object) -> bytes:
    """Return a PDF saved again with options of pikepdf."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as book:
        book.save(target, **options)  # type: ignore[arg-type]  # passed on
    return target.getvalue()


def encrypted_pdf(*, user: str) -> bytes:
    return changed_pdf(text_pdf(), encryption=pikepdf.Encryption(owner="eule", user=user, R=6))


def embedded_pdf(pages: int = 1, lines: tuple[str, ...] = LINES) -> bytes:
    """Return a born-digital PDF that brings its font along."""
    target = io.BytesIO()
    font = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    pdfmetrics.registerFont(TTFont("Vera", str(font)))
    canvas = Canvas(target, invariant=1, initialFontName="Vera")  # type: ignore[arg-type] # the stub is wrong
    for page in range(pages):
        canvas.setFont("Vera", 11)
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - 20 * number, f"{line} {page}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@cache
def signed_pdf() -> bytes:
    """Return a PDF with a filled signature field; the signature itself is hollow."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(text_pdf())) as book:
        signature = pikepdf.Dictionary(
            Type=pikepdf.Name.Sig,
            Filter=pikepdf.Name("/Adobe.PPKLite"),
            ByteRange=pikepdf.Array([0, 10, 20, 10]),
            Contents=pikepdf.String("00"),
        )
        field = pikepdf.Dictionary(
            FT=pikepdf.Name.Sig, T=pikepdf.String("Unterschrift"), V=book.make_indirect(signature)
        )
        group = pikepdf.Dictionary(T=pikepdf.String("g"), Kids=pikepdf.Array([field]))
        book.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([group]), SigFlags=3)
        book.save(target)
    return target.getvalue()


def mail(
    *attachments: tuple[str, str, bytes], body: str = "Anbei der Mietvertrag.\n"
) -> EmailMessage:
    """Return a message with attachments given as name, media type and content."""
    message = EmailMessage()
    message["From"] = "Erika Beispiel <erika@example.org>"
    message["To"] = "post@jobcenter.example"
    message["Date"] = "Mon, 02 Nov 2026 08:15:00 +0100"
    message["Subject"] = "Unterlagen zu meinem Antrag"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(body)
    for name, media_type, content in attachments:
        main, sub = media_type.split("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message


def zipped(members: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return target.getvalue()


_OOXML = "http://schemas.openxmlformats.org"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


@cache
def docx() -> bytes:
    """Return the smallest text document of Office Open XML."""
    words = f"{_OOXML}/wordprocessingml/2006/main"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    office = f"{_OOXML}/officeDocument/2006/relationships/officeDocument"
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LINES)
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_OOXML}/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="{rels}"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_OOXML}/package/2006/relationships">'
            f'<Relationship Id="r" Type="{office}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{words}"><w:body>{paragraphs}'
            "</w:body></w:document>",
        }
    )


@cache
def odt() -> bytes:
    """Return the smallest text document of OpenDocument."""
    kind = "application/vnd.oasis.opendocument.text"
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in LINES)
    return zipped(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{_ODF}:manifest:1.0">'
            f'<m:file-entry m:full-path="/" m:media-type="{kind}"/>'
            '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
            "content.xml": f'<office:document-content xmlns:office="{_ODF}:office:1.0" '
            f'xmlns:text="{_ODF}:text:1.0" office:version="1.2"><office:body><office:text>'
            f"{paragraphs}</office:text></office:body></office:document-content>",
        }
    )


def archive_of_nothing() -> bytes:
    return zipped({"liste.csv": "a;b"})
