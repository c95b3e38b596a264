"""Bounded bodies: what a machine sends as one value is never read without a limit.

The framework's own body parameters read everything before anybody is asked for a credential;
they are not used.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request

from domain.errors import ItemTooLargeError, MalformedRequestError

Form = TypeVar("Form", bound=BaseModel)

MAX_JSON = 64 * 1024
"""Limit of a JSON body in bytes."""


async def bounded_body(request: Request, *, limit: int) -> bytes:
    """Return the body; raise ``ItemTooLargeError`` as soon as it is larger than ``limit``."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > limit:
                raise ItemTooLargeError
    except ClientDisconnect as error:
        raise MalformedRequestError from error
    return bytes(body)


def json_body(model: type[Form]) -> Callable[[Request], Awaitable[Form]]:
    """Return a dependency that reads a bounded JSON body into a model."""

    async def read(request: Request) -> Form:
        body = await bounded_body(request, limit=MAX_JSON)
        try:
            return model.model_validate_json(body)
        except ValidationError:
            # The error quotes what was sent, so it is not chained.
            raise MalformedRequestError from None

    return read


def described_body(model: type[BaseModel]) -> dict[str, Any]:
    """Return what the OpenAPI document says about such a body."""
    content = {"application/json": {"schema": model.model_json_schema()}}
    return {"requestBody": {"required": True, "content": content}}
