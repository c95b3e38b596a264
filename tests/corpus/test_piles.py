"""Piles have known letters, and the pages between them are what their style says."""

import pytest

from corpus.piles import Style, pile


@pytest.mark.parametrize("style", Style)
def test_every_page_with_text_is_in_exactly_one_letter(style: Style) -> None:
    for seed in "abc":
        made = pile(split="train", seed=seed, style=style)
        pages = [page for letter in made.letters for page in letter]
        assert pages == [at for at, _ in made.content]
        assert made.blank == frozenset(range(1, len(made.texts) + 1)) - set(pages)
        assert len(made.letters) > 1


def test_the_same_words_give_the_same_pile() -> None:
    assert pile(split="train", seed="x") == pile(split="train", seed="x")
    assert pile(split="train", seed="x") != pile(split="train", seed="y")


def test_duplex_letters_begin_on_front_sides() -> None:
    made = pile(split="train", seed="front", style=Style.DUPLEX)
    assert all(letter[0] % 2 == 1 for letter in made.letters)


def test_no_mark_of_the_exchange_of_people_is_left() -> None:
    texts = [text for at in range(12) for text in pile(split="train", seed=str(at)).texts]
    assert not any("\ue000" <= char <= "\uf8ff" for text in texts for char in text)
