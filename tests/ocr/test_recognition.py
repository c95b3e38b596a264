"""Recognising prepared pages: text, places, turned pages, other languages, what is left unread."""

import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr import engine, tongues
from ocr.engine import Print
from ocr.limits import ReadingStoppedError
from ocr.mending import mended
from ocr.pages import Picture
from ocr.preparing import prepare
from ocr.recognition import NOTHING, Recognised, recognise, warm
from tests.ocr import samples

_FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
_TURKISH = (
    "Sayın yetkili, mektubunuzu aldım ve sizden ek süre istiyorum.",
    "Belge elime geçer geçmez size göndereceğim, çünkü daha önce",
    "göndermiştim ama ulaşmadığı söylendi. Saygılarımla, Ayşe Örnek",
)
_UKRAINIAN = (
    "Шановні пані та панове, я отримала вашого листа",
    "і хотіла б попросити про додатковий час. Мій роботодавець",
    "ще не надіслав довідку про доходи. З повагою, Олена Приклад",
)
_RUSSIAN = (
    "Уважаемые дамы и господа, я получила ваше письмо",
    "и хотела бы попросить больше времени. Мой работодатель",
    "ещё не прислал справку о доходах. С уважением, Елена Пример",
)
_ARABIC = (
    "لقد استلمت رسالتكم المؤرخة في 12 مارس",
    "وأود أن أطلب مزيدا من الوقت",
    "لم يرسل صاحب العمل بعد شهادة الدخل",
)


def read(image: Image.Image, dpi: int = 200) -> Recognised:
    return recognise(prepare(Picture(image, dpi)))


def written(lines: tuple[str, ...]) -> Image.Image:
    """Return a page at 200 dpi in a font that has all scripts."""
    image = Image.new("L", (1654, 2339), 252)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(_FONT, 32)
    for number, line in enumerate(lines):
        draw.text((120, 200 + 60 * number), line, font=font, fill=15)
    return image


def prints(*texts: str) -> tuple[Print, ...]:
    return tuple(Print(text, (0, 0, 9, 9), 90.0, line=False, paragraph=False) for text in texts)


def test_text_is_read_and_words_stand_in_it_where_they_say() -> None:
    found = read(samples.picture())
    assert found.text.split() == " ".join(samples.LINES).split()
    assert [found.text[w.start : w.start + len(w.text)] for w in found.words] == [
        word.text for word in found.words
    ]
    assert found.text.endswith("\n")
    assert found.confidence > 0.9
    assert (found.turn, found.unread, found.languages) == (0, 0.0, "deu")


def test_lines_and_paragraphs_are_kept() -> None:
    found = read(samples.picture())
    assert "Wohnraum\n\nZwischen" in found.text
    assert "geschlossen.\nDie Miete" in found.text


def test_words_are_where_they_are_printed() -> None:
    found = read(samples.picture())
    word = next(word for word in found.words if word.text == "Kaution")
    assert word.box.left == pytest.approx(237 / 1654, abs=0.01)
    assert word.box.top == pytest.approx(527 / 2339, abs=0.01)
    assert word.box.bottom == pytest.approx(560 / 2339, abs=0.01)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_gives_the_same_words_at_the_same_places(turn: int) -> None:
    upright = read(samples.picture())
    found = read(samples.picture().rotate(turn, expand=True))
    assert found.turn == turn
    assert found.text == upright.text
    assert found.words == upright.words


def test_a_page_of_which_lines_are_capitals_is_righted_by_script_detection() -> None:
    lines = tuple(line.upper() for line in samples.LINES)
    found = read(samples.picture(lines).rotate(180))
    assert found.turn == 180
    assert "MIETVERTRAG" in found.text


def test_nothing_is_remembered_of_earlier_pages() -> None:
    first = read(samples.picture())
    read(samples.picture(("Sander Zwischenruf Kautionen", "Erikas Beispiele Munster")))
    assert read(samples.picture()) == first


def test_a_page_that_takes_too_long_is_stopped_and_harms_no_other() -> None:
    page = samples.picture(samples.LINES * 5)
    with pytest.raises(ReadingStoppedError, match="timeout"):
        engine.read(page, 200, seconds=0.01)
    assert read(samples.picture()).words


@pytest.mark.parametrize("size", [(1, 1), (20, 900), (900, 20)])
def test_a_sliver_is_not_read(size: tuple[int, int]) -> None:
    assert read(Image.new("L", size, 255)) == NOTHING


def test_an_empty_page_is_nothing() -> None:
    assert read(Image.new("L", (1654, 2339), 255)) == NOTHING


def test_warming_up_twice_is_harmless() -> None:
    warm()
    warm()


def test_what_was_not_read_is_noticed() -> None:
    page = samples.picture()
    half = page.copy()
    # Print in white is not looked for, like much else that a person can read.
    scribble = written(_UKRAINIAN * 4).crop((0, 190, 1654, 900)).rotate(38, fillcolor=252)
    half.paste(scribble, (0, 1200))
    assert read(page).unread < 0.05
    assert read(half).unread > 0.3


@pytest.mark.parametrize(
    ("lines", "languages", "word"),
    [
        (_TURKISH, "tur+deu", "göndereceğim,"),
        (_UKRAINIAN, "ukr+deu", "довідку"),
        (_RUSSIAN, "rus+deu", "прислал"),
        (_ARABIC, "ara+deu", "الوقت"),
    ],
)
def test_a_page_in_another_language_is_read_in_it(
    lines: tuple[str, ...], languages: str, word: str
) -> None:
    found = read(written(lines * 3))
    assert found.languages == languages
    assert word in found.text.split()


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("Please send the letter to you and this is not what we have", "eng+deu"),
        ("Sie haben mit dem Schreiben der Agentur nicht das Formular", None),
        ("the and", None),
        ("", None),
    ],
)
def test_small_words_tell_the_language(text: str, languages: str | None) -> None:
    assert tongues.by_small_words(text) == languages


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("nach $ 67b Abs. 2", "nach § 67b Abs. 2"),
        ("gemäß S 16 Abs. 1 SGB II", "gemäß § 16 Abs. 1 SGB II"),
        ("(8 28 SGB II)", "(§ 28 SGB II)"),
        ("5 81 Abs. 4 AufenthG", "§ 81 Abs. 4 AufenthG"),
        ("SS 60 ff. SGB I", "§§ 60 ff. SGB I"),
        ("(§ 44", "(§ 44"),
        ("($44 SGB X)", "(§44 SGB X)"),
        ("$$ 7 und 8 SGB II", "§§ 7 und 8 SGB II"),
    ],
)
def test_the_sign_of_a_paragraph_is_put_right(seen: str, meant: str) -> None:
    assert [found.text for found in mended(prints(*seen.split()))] == meant.split()


@pytest.mark.parametrize(
    "text",
    ["5 10 Uhr", "Haus 8 12345 Musterstadt", "S 8 Richtung Hanau", "8 Stück", "S", "US$ zahlen"],
)
def test_numbers_and_letters_that_are_none_stay(text: str) -> None:
    assert [found.text for found in mended(prints(*text.split()))] == text.split()
