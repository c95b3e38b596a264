import pypdfium2  # it ships no types
import pytest

from corpus.rendering import RenderingError, printed, render
from corpus.templates import KINDS, Template, parse
from corpus.writing import Letter, write

_BODY = """{firma}
{name}
{strasse}
{plz_ort}
# Überschrift
## Abschnitt
Name: ~{name}~, [x] ja [ ] nein
| a | b |
| {summe1} | ~{betrag}~ |
>> {datum}
!! Eingang
^^ {bank}
"""


def _text(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def _letter(kind: str, *, split: str) -> Letter:
    text = f"%%% a kind={kind}\n{_BODY}"
    (template,) = parse(text, type_code="probe", split=split)
    return write(template, seed="2")


@pytest.mark.parametrize("split", ["train", "check"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_document_can_be_rendered(kind: str, split: str) -> None:
    letter = _letter(kind, split=split)
    pdf = render(letter, seed="1")

    assert pdf == render(letter, seed="1")
    (text,) = _text(pdf)
    words = text.split()
    assert "Überschrift" in words
    assert letter.truth.fields["name"].split()[0] in words


def test_pages_of_a_letter_are_pages_of_the_pdf(wordings: dict[str, Template]) -> None:
    letter = write(wordings["bescheid"], seed="1")

    assert len(_text(render(letter, seed="1"))) == len(printed(letter)) == 2


def test_the_look_depends_on_the_seed(wordings: dict[str, Template]) -> None:
    letter = write(wordings["bescheid"], seed="1")

    assert len({render(letter, seed=str(seed)) for seed in range(4)}) == 4


def test_print_is_what_the_text_layer_says_in_order(wordings: dict[str, Template]) -> None:
    letter = write(wordings["bescheid"], seed="3")
    read = " ".join(_text(render(letter, seed="1"))[1].split())

    assert read == printed(letter)[1]


def test_stamps_are_not_print(wordings: dict[str, Template]) -> None:
    assert "Eingang" not in printed(write(wordings["bescheid"], seed="1"))[0]


def test_a_page_that_holds_too_much_is_named() -> None:
    text = "%%% zu_viel\n" + "Zeile um Zeile.\n\n" * 400
    (template,) = parse(text, type_code="probe", split="train")

    with pytest.raises(RenderingError, match="train/probe: zu_viel"):
        render(write(template, seed="1"), seed="1")
