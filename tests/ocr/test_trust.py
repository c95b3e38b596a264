"""A page's own text is taken where it is what the page shows, and nowhere else."""

import io
import random
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.rendering import render
from corpus.templates import templates
from corpus.writing import Letter, plain_text, write
from ocr.limits import Limits, PageBudget
from ocr.pdf import PdfSource
from ocr.spelling import share_of_usual_trigrams, share_of_words
from ocr.trust import _is_meaningless
from tests.ocr import samples

PRINTED = [one for one in templates("check") if not one.hand and one.kind != "note"]
LETTERS = [write(one, seed="trust") for one in PRINTED[::5]]
PAGE = (595, 842)


def taken(content: bytes) -> str | None:
    return PdfSource(content, limits=Limits(), budget=PageBudget(50)).text(1)


def shuffled(text: str) -> str:
    """Return text as a font with a broken table of characters yields it."""
    letters = "abcdefghijklmnopqrstuvwxyzäöüß"
    others = random.Random(1).sample(letters, len(letters))  # noqa: S311 - the same in every run
    return text.translate(str.maketrans(letters, "".join(others)))


def over_a_scan(lines: list[str], *, picture: Image.Image | None = None) -> bytes:
    """Return a page with a scan on it and lines of invisible text."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=PAGE)
    scan = picture or samples.picture(tuple(lines[:24]))
    canvas.drawImage(ImageReader(scan), 0, 0, *PAGE)
    words = canvas.beginText(57, 757)
    words.setTextRenderMode(3)
    words.setFont("Helvetica", 14)
    words.setLeading(28.8)
    for line in lines[:24]:
        words.textLine(line)
    canvas.drawText(words)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.mark.parametrize(
    "letter", LETTERS, ids=[f"{letter.type}-{letter.template.slug}" for letter in LETTERS]
)
def test_the_text_of_digital_letters_is_taken(letter: Letter) -> None:
    assert taken(render(letter, seed="trust")) is not None


def prose() -> list[str]:
    longest = max((plain_text(letter) for letter in LETTERS), key=len)
    return [line for line in longest.splitlines() if len(line) > 20]


def test_a_good_layer_over_a_scan_is_taken() -> None:
    assert taken(over_a_scan(prose())) is not None


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda lines: [shuffled(line) for line in lines], id="shuffled"),
        pytest.param(lambda lines: [line[::-1] for line in lines], id="backwards"),
        pytest.param(lambda lines: lines[:2], id="a caption"),
        pytest.param(lambda lines: ["Il1|" * 12 for _ in lines], id="rubbish"),
    ],
)
def test_a_damaged_layer_over_a_scan_is_not(damage: Callable[[list[str]], list[str]]) -> None:
    picture = samples.picture(tuple(prose()[:24]))
    assert taken(over_a_scan(damage(prose()), picture=picture)) is None


def test_half_a_page_of_text_over_a_scan_is_not_taken() -> None:
    lines = prose()[:24]
    full = samples.picture(tuple(lines))
    assert taken(over_a_scan([f"{line} {line}" for line in lines[:9]], picture=full)) is None


def test_shuffled_characters_are_seen_without_any_image() -> None:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=PAGE)
    for row, line in enumerate(prose()[:24]):
        canvas.drawString(57, 770 - 28 * row, shuffled(line))
    canvas.showPage()
    canvas.save()
    assert taken(target.getvalue()) is None


def test_other_languages_and_scripts_are_taken() -> None:
    said = "Please find attached my employment contract and the payslips of the last months."
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=PAGE)
    canvas.drawString(57, 770, said)
    canvas.showPage()
    canvas.save()
    assert taken(target.getvalue()) is not None
    with pikepdf.open(io.BytesIO(target.getvalue())) as book:
        table = b"1 begincodespacerange <00> <FF> endcodespacerange\n"
        table += b"1 beginbfrange <41> <7A> <0430> endbfrange"
        for font in book.pages[0].Resources.Font.values():
            font.ToUnicode = book.make_stream(table)
        cyrillic = io.BytesIO()
        book.save(cyrillic)
    assert taken(cyrillic.getvalue()) is not None


def test_german_is_told_from_what_is_none() -> None:
    said = "Hiermit teile ich Ihnen mit, dass ich umgezogen bin und die Miete sich ändert."
    assert share_of_usual_trigrams(said) > 0.9
    assert share_of_words(said) > 0.6
    assert share_of_usual_trigrams(shuffled(said)) < 0.3
    assert share_of_words(shuffled(said)) < 0.1
    assert share_of_words("") == share_of_usual_trigrams("") == 0


def test_bullets_of_symbol_fonts_do_not_spoil_a_page() -> None:
    text = "- Nachweis über die Miete\n" * 40
    assert not _is_meaningless([*"".join(text.replace("-", "\uf0b7").split())])
    assert not _is_meaningless([*"".join(text.replace("ch", "c\u00adh").split())])
    assert _is_meaningless([chr(0xF000 + ord(char)) for char in "Miete" * 40])
