"""Forms without files: read with a limit, kept in memory, bound to the session that showed them.

Refuses ``multipart/form-data``: the framework would spool it to disk in the clear.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends
from starlette.requests import ClientDisconnect, Request

from app.pages.sessions import check_token
from domain.errors import MalformedRequestError

_MAX_BODY = 64 * 1024
_MAX_FIELDS = 100
_MEDIA_TYPE = "application/x-www-form-urlencoded"
TOKEN_FIELD = "csrf"  # noqa: S105 - the name of the field, not a token


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form; absent ones read as empty."""

    fields: Mapping[str, list[str]]

    def one(self, name: str) -> str:
        """Return the first value of a field."""
        return self.fields.get(name, [""])[0]

    def every(self, name: str) -> tuple[str, ...]:
        """Return all values of a field."""
        return tuple(self.fields.get(name, ()))


async def read_form(request: Request) -> Form:
    """Read a form of at most 64 KiB, or raise ``MalformedRequestError``."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != _MEDIA_TYPE:
        raise MalformedRequestError
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > _MAX_BODY:
                raise MalformedRequestError
        text = body.decode("ascii")
        return Form(parse_qs(text, keep_blank_values=True, max_num_fields=_MAX_FIELDS))
    except (ClientDisconnect, ValueError) as error:
        raise MalformedRequestError from error


async def read_signed_form(request: Request) -> Form:
    """Read a form and check the token of its session."""
    form = await read_form(request)
    check_token(request, form.one(TOKEN_FIELD))
    return form


PlainForm = Annotated[Form, Depends(read_form)]
"""A form that changes nothing and belongs to nobody."""

SignedForm = Annotated[Form, Depends(read_signed_form)]
"""A form that proves that a page of this session showed it."""
