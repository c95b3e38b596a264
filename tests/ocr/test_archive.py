"""The PDF/A of anything is valid, looks and reads as before, or there is none and why."""

import io
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import pdfa
from PIL import Image, ImageChops, ImageStat

from domain.reading import Box
from domain.reasons import Reason
from ocr.archive import Archived, archive
from ocr.gate import Kind
from ocr.images import ImageSource
from ocr.leaves import read_leaves
from ocr.limits import Limits, PageBudget
from ocr.pages import Leaf, Source, Word
from ocr.pdf import PdfSource
from tests.ocr import samples

BUDGET = 500
NAMES = ("Kommission", "Straße", "Łódź", "Київ", "Jobcenter", "12345//0001234", "€", "Schifffahrt")
SLOW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def opened(content: bytes, kind: Kind = Kind.PDF) -> Source:
    form = PdfSource if kind is Kind.PDF else ImageSource
    return form(content, kind, limits=Limits(), budget=PageBudget(BUDGET))


def assert_valid(content: bytes, folder: Path) -> None:
    file = folder / "archived.pdf"
    file.write_bytes(content)
    report = pdfa.validate_written(file, "2b")
    assert report.passed, report.summary()
    subprocess.run(["qpdf", "--check", str(file)], check=True, capture_output=True)


def text_of(content: bytes, number: int) -> str:
    with pypdfium2.PdfDocument(content) as book:
        text: str = book[number - 1].get_textpage().get_text_range()
        return text


def shown(content: bytes, number: int) -> Image.Image:
    with pypdfium2.PdfDocument(content) as book:
        image: Image.Image = book[number - 1].render(scale=1, grayscale=True).to_pil()
        return image


def difference(one: Image.Image, other: Image.Image) -> float:
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0]


def sizes(content: bytes) -> list[tuple[float, float]]:
    with pypdfium2.PdfDocument(content) as book:
        return [book[number].get_size() for number in range(len(book))]


@st.composite
def scans(draw: st.DrawFn) -> bytes:
    """Return a PDF of scanned pages of different sizes, modes and turns."""
    book = pikepdf.new()
    for _ in range(draw(st.integers(1, 3))):
        across, down = draw(st.integers(600, 900)), draw(st.integers(600, 900))
        image = samples.picture().resize((across, down)).convert(draw(st.sampled_from("L1")))
        page = io.BytesIO()
        image.convert("RGB" if draw(st.booleans()) else image.mode).save(
            page, "PDF", resolution=draw(st.sampled_from([100, 150, 203.5]))
        )
        with pikepdf.open(page) as one:
            one.pages[0].rotate(draw(st.sampled_from([0, 90, 180, 270])), relative=False)
            book.pages.extend(one.pages)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@st.composite
def recognised(draw: st.DrawFn, number: int) -> Leaf:
    """Return a leaf with words anywhere on the page."""
    names = draw(st.lists(st.sampled_from(NAMES), max_size=6, unique=True))
    words, text = [], ""
    for row, name in enumerate(names, start=1):
        left, top = draw(st.floats(0.1, 0.8)), 0.14 * row
        words.append(
            Word(name, len(text), Box(left, top, left + 0.011 * len(name), top + 0.02), 0.9)
        )
        text += f"{name} "
    return Leaf(number, text, words=tuple(words), slope=draw(st.floats(-3, 3)))


@SLOW
@given(data=st.data())
def test_scans_keep_their_pages_sizes_and_looks_and_get_their_words(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = data.draw(scans())
    source = opened(content)
    leaves = [data.draw(recognised(number)) for number in range(1, source.page_count + 1)]
    archived = archive(source, leaves).pdfa
    assert archived
    assert_valid(archived, tmp_path_factory.mktemp("archived"))
    assert sizes(archived) == sizes(content)
    for leaf in leaves:
        assert difference(shown(archived, leaf.number), shown(content, leaf.number)) < 1
        found = "".join(text_of(archived, leaf.number).split())
        # Right to left or turned over, the order of the words is the viewer's choice.
        assert sorted(found) == sorted("".join(leaf.text.split()))


@SLOW
@given(
    lines=st.lists(st.sampled_from(samples.LINES), min_size=1, max_size=9), pages=st.integers(1, 4)
)
def test_digital_files_keep_their_text_pages_and_looks(
    lines: list[str], pages: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = samples.embedded_pdf(pages, tuple(lines))
    source = opened(content)
    archived = archive(source, tuple(read_leaves(source))).pdfa
    assert archived
    assert_valid(archived, tmp_path_factory.mktemp("archived"))
    assert sizes(archived) == sizes(content)
    for number in range(1, pages + 1):
        assert text_of(archived, number) == text_of(content, number)
        assert difference(shown(archived, number), shown(content, number)) == 0


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_lie_where_they_are_seen_however_a_page_is_turned(turn: int) -> None:
    book = pikepdf.open(io.BytesIO(samples.scans(samples.picture())))
    page = book.pages[0]
    page.MediaBox = pikepdf.Array([-30, -40, float(page.MediaBox[2]), float(page.MediaBox[3])])
    page.rotate(turn, relative=False)
    target = io.BytesIO()
    book.save(target)
    word = Word("Kaution", 0, Box(0.25, 0.5, 0.45, 0.52), 0.9)
    archived = archive(opened(target.getvalue()), [Leaf(1, "Kaution", words=(word,))])
    assert archived.pdfa
    with pypdfium2.PdfDocument(archived.pdfa) as made:
        layer, (across, down) = made[0].get_textpage(), made[0].get_size()
        found = layer.search("Kaution").get_next()
        assert found
        layer.count_rects(*found)
        corners = [
            made[0].get_size() and _displayed(made[0], point)
            for point in _corners(layer.get_rect(0))
        ]
    lefts, tops = [x / across for x, _ in corners], [y / down for _, y in corners]
    assert min(lefts) == pytest.approx(0.25, abs=0.02)
    assert max(lefts) == pytest.approx(0.45, abs=0.03)
    assert min(tops) == pytest.approx(0.5, abs=0.03)


def _corners(place: tuple[float, float, float, float]) -> list[tuple[float, float]]:
    left, bottom, right, top = place
    return [(left, bottom), (right, bottom), (left, top), (right, top)]


def _displayed(page: pypdfium2.PdfPage, point: tuple[float, float]) -> tuple[float, float]:
    """Return where a point of user space is seen, in points from the top left."""
    left, bottom, right, top = page.get_cropbox()
    x, y = point
    match page.get_rotation():
        case 90:
            return y - bottom, x - left
        case 180:
            return right - x, y - bottom
        case 270:
            return top - y, right - x
        case _:
            return x - left, top - y


def test_a_file_that_lacks_fonts_stays_as_it_is_and_says_so() -> None:
    source = opened(samples.text_pdf())
    leaves = tuple(read_leaves(source))
    assert archive(source, leaves) == Archived(None, Reason.ARCHIVE_FONTS)


def test_a_signed_file_is_never_altered() -> None:
    source = opened(samples.signed_pdf())
    leaves = tuple(read_leaves(source))
    assert archive(source, leaves) == Archived(None, Reason.ARCHIVE_SIGNED)


@pytest.mark.parametrize(
    ("content", "kind", "filter_name"),
    [
        (samples.saved(samples.bilevel(), "TIFF", compression="group4"), Kind.TIFF, "/CCITTFax"),
        (samples.saved(samples.bilevel(), "PNG"), Kind.PNG, "/CCITTFax"),
        (samples.saved(samples.bilevel().convert("L"), "PNG"), Kind.PNG, "/CCITTFax"),
        (samples.saved(samples.picture(), "PNG"), Kind.PNG, "/Flate"),
        (samples.jpeg(), Kind.JPEG, "/DCT"),
        (samples.saved(samples.picture(), "TIFF", compression="jpeg"), Kind.TIFF, "/DCT"),
    ],
)
def test_images_are_compressed_for_what_they_are(
    content: bytes, kind: Kind, filter_name: str
) -> None:
    source = opened(content, kind)
    archived = archive(source, [Leaf(1, words=())]).pdfa
    assert archived
    with pikepdf.open(io.BytesIO(archived)) as book:
        (image,) = book.pages[0].get_images().values()
        assert str(image.Filter).startswith(filter_name)
    picture = source.picture(1)
    size = shown(archived, 1).size
    assert difference(shown(archived, 1), picture.image.convert("L").resize(size)) < 4


def test_a_fax_strip_is_taken_over_bit_by_bit() -> None:
    content = samples.saved(samples.bilevel(), "TIFF", compression="group4", tiffinfo={278: 9999})
    archived = archive(opened(content, Kind.TIFF), [Leaf(1, words=())]).pdfa
    assert archived
    with pikepdf.open(io.BytesIO(archived)) as book:
        (image,) = book.pages[0].get_images().values()
        assert image.read_raw_bytes() in content
