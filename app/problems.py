"""One table from errors to HTTP problems (RFC 9457), in German with the English beside it."""

from fastapi.responses import JSONResponse

from domain.errors import (
    ConfigurationError,
    IdempotencyConflictError,
    IntegrityError,
    ItemTooLargeError,
    MalformedRequestError,
    NotAllowedNowError,
    NotEntitledError,
    NotFoundError,
    NotSignedInError,
    PoststelleError,
    RefusedError,
    UnavailableError,
)


class MethodNotAllowedError(MalformedRequestError):
    """An address that exists, asked in a way that it does not know (RFC 9110, 15.5.6)."""

    code = "method_not_allowed"


_STATUS: tuple[tuple[type[PoststelleError], int], ...] = (
    (ItemTooLargeError, 413),
    (MethodNotAllowedError, 405),
    (IdempotencyConflictError, 409),
    (NotAllowedNowError, 409),
    (RefusedError, 422),
    (NotFoundError, 404),
    (NotSignedInError, 401),
    (NotEntitledError, 403),
    (UnavailableError, 503),
    (IntegrityError, 500),
    (ConfigurationError, 500),
    (PoststelleError, 500),
)


def status_of(error: PoststelleError) -> int:
    """Return the HTTP status of an error: that of the first class it belongs to."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def problem(error: PoststelleError) -> JSONResponse:
    """Return the error as ``application/problem+json``."""
    status = status_of(error)
    refused = isinstance(error, RefusedError)
    body = {
        "type": f"urn:poststelle:problem:{error.code}",
        "code": error.code,
        "status": status,
        "title": error.de,
        "title_en": error.en,
        "detail": error.detail if refused else "",
        "retry": error.retry,
    }
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}  # noqa: PLR2004 - RFC 9110
    return JSONResponse(body, status, headers, media_type="application/problem+json")
