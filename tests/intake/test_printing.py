"""The printed receipt: complete, legible, and not to be fooled by file names."""

import datetime as dt
import io

import pikepdf
import pypdfium2  # it ships no types
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ids import ItemId, ReceiptCode, Sha256, SubmissionId
from domain.post import Channel, Receipt, ReceivedItem
from intake.paper import printable
from intake.printing import in_blocks, receipt_pdf

CODE = ReceiptCode("K7QF2M9XWZ4T8H3NB5RD6VCJ")
SUMMER = dt.datetime(2026, 7, 1, 22, 30, 5, tzinfo=dt.UTC)
WINTER = dt.datetime(2026, 1, 15, 9, 0, 0, tzinfo=dt.UTC)
HOUSE = "Jobcenter Musterstadt"


def item(number: int, name: str, *, size: int = 1234) -> ReceivedItem:
    return ReceivedItem(ItemId(str(number)), name, size, Sha256(f"{number:064x}"))


def receipt(*names: str, at: dt.datetime = SUMMER, channel: Channel = Channel.APP) -> Receipt:
    items = tuple(item(number, name) for number, name in enumerate(names, start=1))
    return Receipt(CODE, SubmissionId("s"), channel, at, items)


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def page_count(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def test_it_says_what_was_received_and_when() -> None:
    text = text_of(receipt_pdf(receipt("Mietvertrag.pdf"), house=HOUSE))
    assert HOUSE in text
    assert "Eingangsbestätigung" in text
    assert "K7QF 2M9X WZ4T 8H3N B5RD 6VCJ" in text
    assert "Donnerstag, 02.07.2026, 00:30:05 Uhr (MESZ)" in text
    assert "2026-07-01T22:30:05Z" in text
    assert "Mietvertrag.pdf" in text
    assert f"{1:064x}" in text
    assert "§ 16 Abs. 2 SGB I" in text
    assert "1.234 Byte" in text
    assert "Stand" in text


def test_winter_time_is_told_apart() -> None:
    text = text_of(receipt_pdf(receipt("a", at=WINTER), house=HOUSE))
    assert "15.01.2026, 10:00:00 Uhr (MEZ)" in text


@pytest.mark.parametrize(
    ("channel", "word"),
    [(Channel.APP, "App"), (Channel.SCAN, "Scanstation"), (Channel.MAIL, "E-Mail")],
)
def test_each_channel_has_a_name(channel: Channel, word: str) -> None:
    assert word in text_of(receipt_pdf(receipt("a", channel=channel), house=HOUSE))


def test_the_qr_code_holds_the_receipt_code_itself() -> None:
    pdf = receipt_pdf(receipt("a"), house=HOUSE)
    with pypdfium2.PdfDocument(pdf) as document:
        image = document[0].render(scale=200 / 72).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(image)] == [CODE]


def test_title_and_language_are_set() -> None:
    pdf = receipt_pdf(receipt("a"), house=HOUSE)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == "de-DE"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo.Title) == "Eingangsbestätigung"


def test_markup_in_names_is_shown_as_typed() -> None:
    names = ("<b>fett</b>&amp;.pdf", "<img src='x'/>.png", "</para><para>.txt", "{a}%s")
    text = text_of(receipt_pdf(receipt(*names), house="A & <i>B</i>"))
    for name in (*names, "A & <i>B</i>"):
        assert name in text


def test_what_cannot_be_shown_appears_as_code_points() -> None:
    assert printable("a\u202egpj.exe") == "a[U+202E]gpj.exe"
    assert printable("\x00\n\x7f") == "[U+0000][U+000A][U+007F]"
    assert printable("😀") == "[U+1F600]"
    assert printable("Z\u200b") == "Z[U+200B]"
    assert printable("u\u0308ber €ß§ „x“") == "über €ß§ „x“"


def test_long_names_are_cut_and_say_so() -> None:
    assert printable("x" * 255) == "x" * 255
    assert printable("x" * 256) == "x" * 255 + "…"


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=255))
def test_any_name_can_be_printed(name: str) -> None:
    shown = printable(name)
    assert shown.isprintable()
    assert page_count(receipt_pdf(receipt(name), house=name)) >= 1


def test_two_hundred_long_names_fill_many_pages_and_none_is_lost() -> None:
    names = ["ö" * 255, "W" * 255, "😀" * 255, "\x00" * 255, "a b" * 85] * 40
    pdf = receipt_pdf(receipt(*names), house=HOUSE)
    text = text_of(pdf)
    assert page_count(pdf) > 20
    assert all(f"{number:064x}" in text for number in range(1, 201))


def test_no_items_and_huge_sizes_are_printed() -> None:
    empty = receipt()
    assert page_count(receipt_pdf(empty, house=HOUSE)) == 1
    huge = Receipt(CODE, SubmissionId("s"), Channel.APP, SUMMER, (item(1, "a", size=3 * 2**30),))
    assert "3.221.225.472 Byte" in text_of(receipt_pdf(huge, house=HOUSE))


def test_the_same_receipt_gives_the_same_bytes() -> None:
    one = receipt_pdf(receipt("a", "b"), house=HOUSE)
    assert one == receipt_pdf(receipt("a", "b"), house=HOUSE)
    assert one != receipt_pdf(receipt("a", "c"), house=HOUSE)


def test_codes_are_grouped_whatever_their_length() -> None:
    assert in_blocks(ReceiptCode("ABCDEFGHIJ")) == "ABCD EFGH IJ"
    assert in_blocks(ReceiptCode("ABCD-EFGH")) == "ABCD EFGH"
