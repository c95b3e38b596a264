"""When a PDF's own text is trusted, how its pages are drawn, and what counts as signed."""

import io

import pikepdf
import pytest
from PIL import ImageStat
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from domain.reasons import Reason
from ocr.limits import Limits, PageBudget, ReadingStoppedError
from ocr.pdf import PdfSource
from tests.ocr import samples

PROSE = "Die Miete beträgt monatlich 480 Euro. "


def opened(content: bytes, **limits: int) -> PdfSource:
    return PdfSource(content, limits=Limits(**limits), budget=PageBudget(500))


def drawn(text: str = "", *, image: tuple[int, int] | None = None) -> bytes:
    """Return an A4 page with text over an image of a size in points."""
    target = io.BytesIO()
    canvas = Canvas(target)
    if image:
        canvas.drawImage(ImageReader(samples.picture()), 0, 0, *image)
    for number in range(0, len(text), 80):
        canvas.drawString(40, 800 - number / 8, text[number : number + 80])
    canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "trusted"),
    [
        (drawn(PROSE), True),
        (drawn("1"), True),
        (drawn(PROSE, image=(200, 100)), True),
        (drawn(PROSE * 10, image=(595, 842)), False),
        (drawn(PROSE, image=(595, 842)), False),
        (drawn(image=(595, 842)), False),
        (drawn(), False),
    ],
)
def test_text_is_trusted_unless_it_only_captions_an_image(content: bytes, trusted: bool) -> None:  # noqa: FBT001 - an expectation
    text = opened(content).text(1)
    assert (text is not None) is trusted
    assert text is None or text.strip()


def test_text_of_characters_without_meaning_is_not_trusted() -> None:
    with pikepdf.open(io.BytesIO(drawn(PROSE))) as book:
        table = b"1 begincodespacerange <00> <FF> endcodespacerange\n"
        table += b"1 beginbfrange <00> <FF> <E000> endbfrange"
        for font in book.pages[0].Resources.Font.values():
            font.ToUnicode = book.make_stream(table)
        target = io.BytesIO()
        book.save(target)
    assert opened(target.getvalue()).text(1) is None


def test_what_was_typed_into_a_form_is_read_and_seen() -> None:
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.drawString(40, 800, "Nummer der Bedarfsgemeinschaft")
    canvas.acroForm.textfield(name="bg", value="12345//0000123", x=40, y=700, width=300)
    canvas.showPage()
    canvas.save()
    source = opened(target.getvalue())
    assert "12345//0000123" in (source.text(1) or "")
    assert "Bedarfsgemeinschaft" in (source.text(1) or "")
    field = source.picture(1, dpi=72).image.crop((42, 842 - 730, 200, 842 - 702))
    assert ImageStat.Stat(field).extrema[0][0] < 100
    assert "/AcroForm" in source.faces().Root


def test_a_scan_is_drawn_as_it_was_scanned_and_print_finely() -> None:
    assert opened(samples.scans(samples.picture())).picture(1).dpi == 200
    assert opened(drawn(PROSE)).picture(1).dpi == 300


def test_a_huge_page_is_drawn_within_the_limit_of_pixels() -> None:
    with pikepdf.open(io.BytesIO(drawn(PROSE))) as book:
        book.pages[0].MediaBox = pikepdf.Array([0, 0, 14400, 14400])
        target = io.BytesIO()
        book.save(target)
    image = opened(target.getvalue(), pixels=1_000_000).picture(1).image
    assert 900_000 < image.width * image.height <= 1_000_000


def test_the_budget_of_pages_is_shared() -> None:
    budget = PageBudget(3)
    PdfSource(samples.text_pdf(2), limits=Limits(), budget=budget)
    with pytest.raises(ReadingStoppedError) as stopped:
        PdfSource(samples.text_pdf(2), limits=Limits(), budget=budget)
    assert stopped.value.reason is Reason.TOO_MANY_PAGES
    PdfSource(samples.text_pdf(1), limits=Limits(), budget=budget)


def test_a_signature_is_seen_and_an_empty_field_is_none() -> None:
    assert opened(samples.signed_pdf()).signed
    with pikepdf.open(io.BytesIO(samples.signed_pdf())) as book:
        del book.Root.AcroForm.Fields[0].Kids[0].V
        target = io.BytesIO()
        book.save(target)
    assert not opened(target.getvalue()).signed
    assert not opened(samples.text_pdf()).signed


def test_a_form_without_end_counts_as_signed() -> None:
    with pikepdf.open(io.BytesIO(samples.text_pdf())) as book:
        field = book.make_indirect(pikepdf.Dictionary(T=pikepdf.String("x")))
        field.Kids = pikepdf.Array([field, field])
        book.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        target = io.BytesIO()
        book.save(target)
    assert opened(target.getvalue()).signed


def test_extracted_pages_are_the_same_pages() -> None:
    source = opened(samples.scans(samples.picture(), samples.separator_sheet()))
    part = opened(source.extract([1]))
    assert part.page_count == 1
    (image,) = part.faces().pages[0].get_images().values()
    (before,) = source.faces().pages[0].get_images().values()
    assert image.read_raw_bytes() == before.read_raw_bytes()
