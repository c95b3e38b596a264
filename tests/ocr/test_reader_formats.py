"""Each format, through the production port: real sandbox, real recognition."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import pdfa
from PIL import Image, ImageStat

from domain.errors import PageUnavailableError
from domain.reading import Outcome, ReadDocument, Reading
from domain.reasons import Reason
from ocr.gate import Kind
from ocr.limits import Limits
from ocr.sandbox import SandboxedReader
from tests.ocr import samples
from tests.ocr.conftest import Read

ORIENTATION = 0x0112


def only(reading: Reading) -> ReadDocument:
    assert reading.outcome is Outcome.ACCEPTED, reading.reason
    (document,) = reading.documents
    return document


def assert_archived(content: bytes | None, *, pages: int) -> None:
    assert content is not None
    assert pdfa.validate_written(io.BytesIO(content), "2b").passed
    with pikepdf.open(io.BytesIO(content)) as book:
        assert len(book.pages) == pages


def assert_tenancy(document: ReadDocument) -> None:
    assert "Wohnung geschlossen" in document.text
    assert "beträgt monatlich 480 Euro" in document.text
    assert document.type == "mietvertrag"
    assert document.doubts == ()


def phone_photo() -> bytes:
    """A page photographed with the telephone held sideways."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    return samples.saved(samples.picture().rotate(90, expand=True), "JPEG", exif=exif)


IMAGES: dict[str, tuple[Callable[[], bytes], Kind]] = {
    "jpeg": (samples.jpeg, Kind.JPEG),
    "photo": (phone_photo, Kind.JPEG),
    "png": (lambda: samples.saved(samples.picture().convert("RGBA"), "PNG"), Kind.PNG),
    "webp": (lambda: samples.saved(samples.picture(), "WEBP"), Kind.WEBP),
    "heic": (lambda: samples.saved(samples.picture(), "HEIF"), Kind.HEIC),
    "bilevel": (
        lambda: samples.saved(samples.bilevel(), "TIFF", compression="group4", dpi=(200, 200)),
        Kind.TIFF,
    ),
    "upside-down": (
        lambda: samples.saved(samples.picture().rotate(180), "JPEG", dpi=(200, 200)),
        Kind.JPEG,
    ),
}


@pytest.mark.parametrize("name", IMAGES)
def test_an_image_is_recognised_and_archived(read: Read, name: str) -> None:
    make, kind = IMAGES[name]
    reading = read(make())
    document = only(reading)
    assert reading.media_type == document.media_type == kind.value
    assert_tenancy(document)
    assert document.original is None
    assert_archived(document.pdfa, pages=1)


@pytest.mark.parametrize("name", ["jpeg", "photo", "bilevel", "upside-down"])
def test_an_archived_image_looks_like_the_page_and_has_its_text_in_place(
    reader: SandboxedReader, read: Read, name: str
) -> None:
    archived = only(read(IMAGES[name][0]())).pdfa
    assert archived is not None
    with Image.open(io.BytesIO(reader.render(archived, page=1, width=827))) as shown:
        grey = shown.convert("L")
    assert ImageStat.Stat(grey).mean[0] > 230  # black print on white paper
    ink = grey.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert ink is not None
    assert ink[1] < grey.height / 6  # the first line is at the top
    assert ink[3] < grey.height / 3
    assert "Wohnung geschlossen" in only(read(archived)).text


def test_a_jpeg_is_archived_without_being_compressed_again(read: Read) -> None:
    archived = only(read(samples.jpeg())).pdfa
    assert archived is not None
    with pikepdf.open(io.BytesIO(archived)) as book:
        (image,) = book.pages[0].get_images().values()
        assert image.read_raw_bytes() == samples.jpeg()


def test_a_born_digital_pdf_gives_its_own_text(read: Read) -> None:
    reading = read(samples.text_pdf(2))
    document = only(reading)
    assert_tenancy(document)
    assert (reading.page_count, document.pages) == (2, (1, 2))
    assert document.original is None
    assert document.pdfa is None  # its fonts are not embedded, so it cannot be PDF/A


def test_a_scanned_pdf_is_recognised_and_keeps_its_image(read: Read) -> None:
    scanned = samples.scans(samples.picture())
    document = only(read(scanned))
    assert_tenancy(document)
    assert_archived(document.pdfa, pages=1)


def test_pages_without_content_are_recorded_and_left_out(read: Read) -> None:
    reading = read(samples.scans(samples.picture(), samples.blank_sheet(), name="TIFF"))
    document = only(reading)
    assert reading.blank_pages == (2,)
    assert (reading.page_count, document.pages) == (2, (1,))
    assert document.original is None


def test_an_item_of_blank_pages_is_still_a_document(read: Read) -> None:
    document = only(read(samples.saved(samples.blank_sheet(), "PNG")))
    assert document.doubts == (Reason.NO_TEXT,)


@pytest.mark.parametrize("name", ["PDF", "TIFF"])
def test_separator_sheets_divide_a_stack_without_loss(read: Read, name: str) -> None:
    other = samples.picture(("Kontoauszug", "Neuer Saldo am Monatsende 12,50 Euro"))
    stack = samples.scans(samples.picture(), samples.separator_sheet(), other, name=name)
    reading = read(stack)
    assert reading.page_count == 3
    assert [document.pages for document in reading.documents] == [(1,), (3,)]
    first, second = reading.documents
    assert "Wohnung" in first.text
    assert "Kontoauszug" in second.text
    assert_archived(second.pdfa, pages=1)
    assert second.original is not None
    assert only(read(second.original)).text == second.text


def test_files_inside_a_stack_put_every_document_of_it_in_doubt(read: Read) -> None:
    stack = samples.scans(samples.picture(), samples.separator_sheet(), samples.picture())
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(stack)) as book:
        book.attachments["anlage.txt"] = b"Brief eines anderen"
        book.save(target)
    reading = read(target.getvalue())
    assert [document.pages for document in reading.documents] == [(1,), (3,)]
    for document in reading.documents:
        assert document.doubts == (Reason.MIXED_CONTENT,)
        assert document.original is not None
        with pikepdf.open(io.BytesIO(document.original)) as part:
            assert not part.attachments


def test_files_inside_a_signed_pdf_put_it_in_doubt(read: Read) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(samples.signed_pdf())) as book:
        book.attachments["anlage.txt"] = b"x"
        book.save(target)
    reading = read(target.getvalue())
    assert reading.signed
    assert only(reading).doubts == (Reason.MIXED_CONTENT,)


def test_a_text_that_is_too_long_is_cut_and_put_in_doubt() -> None:
    with SandboxedReader(limits=Limits(text_bytes=101)) as reader:
        content = ("ä" * 60 + "\n").encode()
        document = only(reader.read(content, name="x", separators=lambda _: {}))
    assert document.text == "ä" * 50
    assert Reason.TOO_LARGE in document.doubts


def test_a_foreign_barcode_divides_nothing(reader: SandboxedReader) -> None:
    stack = samples.scans(samples.picture(), samples.separator_sheet())
    reading = reader.read(stack, name="x", separators=lambda _: {})
    assert only(reading).pages == (1, 2)


def test_a_signed_pdf_is_read_and_never_altered(read: Read) -> None:
    reading = read(samples.signed_pdf())
    document = only(reading)
    assert reading.signed
    assert_tenancy(document)
    assert (document.original, document.pdfa) == (None, None)


def test_a_pdf_that_opens_without_a_password_is_read(read: Read) -> None:
    assert_tenancy(only(read(samples.encrypted_pdf(user=""))))


def test_a_pdf_that_can_be_repaired_is_read(read: Read) -> None:
    content = samples.text_pdf()
    assert_tenancy(only(read(content[: content.rindex(b"xref")])))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_plain_text_becomes_pages(read: Read, encoding: str) -> None:
    reading = read("\n".join(samples.LINES).encode(encoding))
    document = only(reading)
    assert reading.media_type == Kind.TEXT.value
    assert_tenancy(document)
    assert_archived(document.pdfa, pages=1)


@pytest.mark.parametrize(("make", "kind"), [(samples.docx, Kind.DOCX), (samples.odt, Kind.ODT)])
def test_office_files_are_converted(read: Read, make: Callable[[], bytes], kind: Kind) -> None:
    reading = read(make())
    document = only(reading)
    assert reading.media_type == document.media_type == kind.value
    assert_tenancy(document)
    assert document.original is None
    assert_archived(document.pdfa, pages=1)


@pytest.mark.parametrize("name", ["pdf", "jpeg", "text", "mail", "tiff"])
def test_a_page_can_be_shown(reader: SandboxedReader, name: str) -> None:
    content, page = {
        "pdf": (samples.text_pdf(2), 2),
        "jpeg": (samples.jpeg(), 1),
        "text": ("\n".join(samples.LINES).encode(), 1),
        "mail": (samples.mail().as_bytes(), 1),
        "tiff": (samples.scans(samples.picture(), samples.separator_sheet(), name="TIFF"), 2),
    }[name]
    with Image.open(io.BytesIO(reader.render(content, page=page, width=300))) as shown:
        assert (shown.format, shown.width) == ("PNG", 300)
        assert ImageStat.Stat(shown.convert("L")).extrema[0][0] < 128


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (samples.text_pdf(), (2, 300)),
        (samples.text_pdf(), (0, 300)),
        (samples.text_pdf(), (1, 100_000)),
        (b"", (1, 300)),
        (b"\x00\x01\x02", (1, 300)),
    ],
)
def test_what_cannot_be_shown_is_said(
    reader: SandboxedReader, content: bytes, place: tuple[int, int]
) -> None:
    page, width = place
    with pytest.raises(PageUnavailableError):
        reader.render(content, page=page, width=width)
