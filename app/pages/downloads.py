"""Content on its way to a browser: as a file to keep, never as something to run or to cache."""

from collections.abc import Iterator
from itertools import chain
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

from intake.reception import clean_name

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}


def attachment(name: str, media_type: str, content: Iterator[bytes]) -> StreamingResponse:
    """Stream a file to keep; what cannot be opened fails before the answer begins."""
    first = next(content, b"")
    headers = {**_HEADERS, "Content-Disposition": _disposition(name)}
    return StreamingResponse(chain((first,), content), media_type=media_type, headers=headers)


def picture(png: bytes) -> Response:
    """Return the image of one page."""
    return Response(png, media_type="image/png", headers=_HEADERS)


def _disposition(name: str) -> str:
    """Name a file in both spellings of RFC 6266; the plain one is ASCII without quotes."""
    cleaned = clean_name(name)
    plain = "".join(char if char.isascii() and char not in '"%' else "_" for char in cleaned)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(cleaned, safe='')}"
