"""Problems: every error has a status and one form, without inner details."""

import json
from collections.abc import Iterator

import pytest

from app.problems import problem, status_of
from domain.errors import (
    ConfigurationError,
    IdempotencyConflictError,
    ItemTooLargeError,
    MalformedRequestError,
    NotAllowedNowError,
    NotEntitledError,
    NotFoundError,
    NotSignedInError,
    PoststelleError,
    RefusedError,
    SealBrokenError,
    ServiceUnreachableError,
)


def every_error(kind: type[PoststelleError] = PoststelleError) -> Iterator[type[PoststelleError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from every_error(child)


TREE = sorted(
    {kind for kind in every_error() if kind.__module__ == "domain.errors"},
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", TREE)
def test_every_error_of_the_tree_has_one_form(kind: type[PoststelleError]) -> None:
    answer = problem(kind("a detail for operators"))
    body = json.loads(bytes(answer.body))
    assert answer.media_type == "application/problem+json"
    assert list(body) == [
        "type", "code", "status", "title", "title_en", "detail", "retry",
    ]  # fmt: skip
    assert body["type"] == f"urn:poststelle:problem:{kind.code}"
    assert body["status"] == answer.status_code >= 400
    assert body["title"] == kind.de != body["title_en"] == kind.en
    shown = issubclass(kind, RefusedError)
    assert body["detail"] == ("a detail for operators" if shown else "")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ItemTooLargeError(), 413),
        (IdempotencyConflictError(), 409),
        (NotAllowedNowError(), 409),
        (MalformedRequestError(), 422),
        (NotFoundError(), 404),
        (NotSignedInError(), 401),
        (NotEntitledError(), 403),
        (ServiceUnreachableError(), 503),
        (SealBrokenError(), 500),
        (ConfigurationError(), 500),
        (PoststelleError(), 500),
    ],
)
def test_the_status_is_that_of_the_nearest_class(error: PoststelleError, status: int) -> None:
    assert status_of(error) == status


def test_who_is_not_signed_in_learns_how_to(  # RFC 9110, 15.5.2
) -> None:
    assert problem(NotSignedInError()).headers["WWW-Authenticate"] == "Bearer"
    assert "WWW-Authenticate" not in problem(NotFoundError()).headers
