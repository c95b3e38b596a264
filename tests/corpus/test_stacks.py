from itertools import pairwise

import pypdfium2  # it ships no types
import pytest

from corpus.rendering import printed, render
from corpus.stacks import Between, numbered, pick, spread, stack
from corpus.templates import Template
from corpus.writing import Letter, write


@pytest.fixture
def letters(wordings: dict[str, Template]) -> tuple[Letter, ...]:
    return tuple(write(template, seed="1") for template in wordings.values())


def _count(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


@pytest.mark.parametrize(
    ("between", "pages"),
    [
        (Between.NOTHING, [(1, 2), (3,), (4,)]),
        (Between.BLANK, [(1, 2), (4,), (6,)]),
        (Between.SHEET, [(1, 2), (4,), (6,)]),
    ],
)
def test_a_stack_knows_its_documents(
    letters: tuple[Letter, ...], between: Between, pages: list[tuple[int, ...]]
) -> None:
    sheet = render(letters[2], seed="sheet")
    found = stack(letters, kind="bw", seed="1", between=between, separator=lambda: sheet)

    assert [document.pages for document in found.documents] == pages
    assert [document.truth for document in found.documents] == [one.truth for one in letters]
    assert _count(found.pdf) == pages[-1][-1]


def test_sheets_must_be_brought(letters: tuple[Letter, ...]) -> None:
    with pytest.raises(ValueError, match="sheet"):
        stack(letters, kind="bw", seed="1", between=Between.SHEET)


def test_a_letter_can_be_spread_and_numbered(letters: tuple[Letter, ...]) -> None:
    form = letters[1]
    one = write(form.template, seed="1")
    long = spread(one, pages=4)
    many = numbered(spread(numbered(letters[2]), pages=3))

    assert long.pages == one.pages
    assert printed(many)[-1].endswith("Seite 1 von 1")


def test_spreading_keeps_all_words_and_tables_whole(letters: tuple[Letter, ...]) -> None:
    whole = letters[0]
    flat = Letter(
        template=whole.template,
        type=whole.type,
        pages=(tuple(line for page in whole.pages for line in page),),
        truth=whole.truth,
        pen=whole.pen,
        whole=whole.whole,
    )
    long = spread(flat, pages=4)

    assert len(long.pages) > 2
    assert " ".join(printed(long)) == " ".join(printed(flat))
    assert not any(page[0].startswith("|") for page in long.pages[1:])
    assert [page[-1] for page in numbered(long).pages][1].startswith("^^ Seite 2 von")


def test_neighbours_differ_in_type_and_have_one_to_four_pages() -> None:
    chosen = pick("train", count=12, seed="1")

    assert len(chosen) == 12
    assert chosen == pick("train", count=12, seed="1")
    assert all(one.type != other.type for one, other in pairwise(chosen))
    assert {len(letter.pages) for letter in pick("train", count=60, seed="2")} >= {1, 2, 3}
