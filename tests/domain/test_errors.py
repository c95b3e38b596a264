from collections.abc import Iterator

from domain import errors
from domain.errors import PoststelleError, RefusedError, UnavailableError
from domain.reasons import SENTENCES, Reason


def _tree(root: type[PoststelleError]) -> Iterator[type[PoststelleError]]:
    yield root
    for child in root.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from _tree(child)


def test_every_error_has_a_code_of_its_own() -> None:
    kinds = list(_tree(PoststelleError))
    assert len(kinds) > 20
    assert len({kind.code for kind in kinds}) == len(kinds)


def test_every_error_says_in_two_languages_what_to_do() -> None:
    for kind in _tree(PoststelleError):
        assert "code" in vars(kind), kind
        assert kind.de.endswith("."), kind
        assert kind.en.endswith("."), kind
        assert kind.de != kind.en, kind


def test_the_drawing_of_the_tree_names_every_error() -> None:
    drawn = errors.__doc__ or ""
    for kind in _tree(PoststelleError):
        assert kind.__name__ in drawn


def test_trying_again_makes_sense_only_where_a_component_is_away() -> None:
    for kind in _tree(PoststelleError):
        assert not kind.retry or issubclass(kind, UnavailableError)
        assert not (kind.retry and issubclass(kind, RefusedError))


def test_an_error_keeps_its_detail_and_says_something_without_one() -> None:
    assert RefusedError("why").detail == "why"
    assert str(RefusedError()) == RefusedError.en


def test_every_reason_has_its_sentences() -> None:
    assert set(SENTENCES) == set(Reason)
    for sentence in SENTENCES.values():
        assert sentence.de.endswith(".")
        assert sentence.en.endswith(".")
        assert sentence.de != sentence.en
