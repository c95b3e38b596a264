"""The table of problems is the tree of errors with their HTTP status."""

from collections.abc import Iterator

from app.http import create_app
from app.problems import status_of
from domain.errors import PoststelleError
from domain.reasons import SENTENCES
from tests.docs.pages import code, page, rows

TOLD = ("app.", "domain.", "storage.")
"""What may become an answer; the reading's own errors are outcomes before that."""


def _tree(kind: type[PoststelleError]) -> Iterator[type[PoststelleError]]:
    yield kind
    for inner in kind.__subclasses__():
        yield from _tree(inner)


def test_every_problem_is_told_as_it_is() -> None:
    assert create_app.__module__ == "app.http"  # the import fills the tree
    table = rows(page("docs/reference/api.md"), "| Code | Status |")
    told = [(code(row[0]), row[1], row[2], row[3]) for row in table]
    known = [
        (kind.code, str(status_of(kind())), "yes" if kind.retry else "no", kind.en)
        for kind in _tree(PoststelleError)
        if kind.__module__.startswith(TOLD)
    ]
    assert sorted(told) == sorted(known)


def test_every_reason_is_told_as_it_is() -> None:
    table = rows(page("docs/reference/inspect.md"), "| Code | Sentence |")
    told = [(code(row[0]), row[1]) for row in table]
    assert told == [(str(reason), sentence.en) for reason, sentence in SENTENCES.items()]
