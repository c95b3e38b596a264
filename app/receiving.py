"""Receiving over HTTP: the body is parsed while it streams and goes straight into the seal.

Nothing is spooled: neither the framework's form parser nor a temporary file ever holds what a
citizen sends. Form fields must come before the files that they speak of.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anyio import to_thread
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from app.house import House
from domain.errors import ItemTooLargeError, MalformedRequestError
from domain.post import Channel, Receipt, SenderNote
from intake.reception import Arrival, ArrivingItem

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

_MAX_FIELD = 8192
_MAX_FIELDS = 32
_MAX_HEADER = 8192
_NOTE_FIELDS = ("name", "reference", "message")
FILES = "files"

FieldCheck = Callable[[Mapping[str, str]], None]


async def receive_submission(
    request: Request, house: House, *, channel: Channel, check: FieldCheck | None = None
) -> Receipt:
    """Receive a ``multipart/form-data`` body: files in parts ``files``, text fields before them.

    ``check`` sees the text fields before the first byte of a file is taken, and may raise. The
    idempotency key comes from the header ``Idempotency-Key``, else from the field
    ``idempotency_key``, else it is new. Raises ``MalformedRequestError`` and what reception
    raises; whatever was written of a submission that fails is removed.
    """
    try:
        form = _Form(request, house, channel=channel, check=check)
    except FormParserError as error:
        raise MalformedRequestError from error
    try:
        async for piece in request.stream():
            form.feed(piece)
        form.end()
        return await to_thread.run_sync(form.arrival.complete)
    except (FormParserError, ClientDisconnect, UnicodeDecodeError) as error:
        form.abort()
        raise MalformedRequestError from error
    except BaseException:
        form.abort()
        raise


async def receive_raw(
    request: Request, house: House, *, channel: Channel, key: str, name: str
) -> Receipt:
    """Receive one item as the raw body of a PUT; raises what reception raises."""
    arrival = house.reception.begin(channel, idempotency_key=key, note=SenderNote())
    try:
        item = arrival.item(name)
        async for piece in request.stream():
            item.write(piece)
        await to_thread.run_sync(item.finish)
        return await to_thread.run_sync(arrival.complete)
    except ClientDisconnect as error:
        arrival.abort()
        raise MalformedRequestError from error
    except BaseException:
        arrival.abort()
        raise


def idempotency_key(request: Request, house: House, fields: Mapping[str, str]) -> str:
    """Return the sender's key, or a new one for senders that do not repeat themselves."""
    given = request.headers.get("idempotency-key") or fields.get("idempotency_key")
    return given or house.randomness.uuid()


@dataclass(slots=True)
class _Part:
    """One part of the form while it arrives."""

    headers: dict[str, str] = field(default_factory=dict)
    name: str = ""
    file_name: str | None = None
    value: bytearray = field(default_factory=bytearray)
    item: ArrivingItem | None = None


class _Form:
    """The multipart body while it arrives; turns the parser's events into an arrival."""

    def __init__(
        self, request: Request, house: House, *, channel: Channel, check: FieldCheck | None
    ) -> None:
        self._request = request
        self._house = house
        self._channel = channel
        self._check = check
        self._fields: dict[str, str] = {}
        self._arrival: Arrival | None = None
        self._part = _Part()
        self._header_name = bytearray()
        self._header_value = bytearray()
        self._ended = False
        self._parser = MultipartParser(_boundary(request), self._callbacks())

    @property
    def arrival(self) -> Arrival:
        """The submission; begun with the first file, when all fields are known."""
        if self._arrival is None:
            if self._check is not None:
                self._check(self._fields)
            note = SenderNote(*(self._fields.get(name, "") for name in _NOTE_FIELDS))
            key = idempotency_key(self._request, self._house, self._fields)
            begin = self._house.reception.begin
            self._arrival = begin(self._channel, idempotency_key=key, note=note)
        return self._arrival

    def feed(self, piece: bytes) -> None:
        """Take the next bytes of the body."""
        self._parser.write(piece)

    def end(self) -> None:
        """Tell that the body is over; raise ``MalformedRequestError`` if it was cut."""
        self._parser.finalize()
        if not self._ended:
            raise MalformedRequestError

    def abort(self) -> None:
        """Remove whatever was received."""
        if self._arrival is not None:
            self._arrival.abort()

    def _callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self._part_begin,
            "on_header_field": self._on_header_field,
            "on_header_value": self._on_header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_part_data": self._part_data,
            "on_part_end": self._part_end,
            "on_end": self._end,
        }

    def _part_begin(self) -> None:
        self._part = _Part()

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        _extend(self._header_name, data[start:end], limit=_MAX_HEADER)

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        _extend(self._header_value, data[start:end], limit=_MAX_HEADER)

    def _header_end(self) -> None:
        name = self._header_name.decode("latin-1").lower()
        self._part.headers[name] = self._header_value.decode()
        self._header_name.clear()
        self._header_value.clear()

    def _headers_finished(self) -> None:
        disposition = self._part.headers.get("content-disposition", "")
        _, options = parse_options_header(disposition.encode())
        self._part.name = options.get(b"name", b"").decode()
        file_name = options.get(b"filename")
        if file_name is not None:
            self._part.file_name = file_name.decode()
            self._begin_file()

    def _begin_file(self) -> None:
        if self._part.name != FILES:
            detail = f"files are sent in parts named {FILES}"
            raise MalformedRequestError(detail)
        if self._part.file_name:
            self._part.item = self.arrival.item(self._part.file_name)

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        piece = data[start:end]
        if self._part.item is not None:
            self._part.item.write(piece)
        else:
            _extend(self._part.value, piece, limit=_MAX_FIELD)

    def _part_end(self) -> None:
        if self._part.item is not None:
            self._part.item.finish()
        elif self._part.file_name is not None:
            _refuse_nameless(self._part.value)
        elif self._arrival is not None:
            detail = "text fields come before the files"
            raise MalformedRequestError(detail)
        else:
            self._fields[self._part.name] = self._part.value.decode()
            if len(self._fields) > _MAX_FIELDS:
                raise MalformedRequestError

    def _end(self) -> None:
        self._ended = True


def _refuse_nameless(content: bytearray) -> None:
    """Refuse content without a file name; an empty part is how a browser sends no choice."""
    if content:
        detail = "a file needs a name"
        raise MalformedRequestError(detail)


def _extend(target: bytearray, piece: bytes, *, limit: int) -> None:
    if len(target) + len(piece) > limit:
        raise MalformedRequestError
    target += piece


def _boundary(request: Request) -> bytes:
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        detail = "send the files as multipart/form-data"
        raise MalformedRequestError(detail)
    return boundary


def refuse_too_large(request: Request, house: House) -> None:
    """Refuse early what announces itself as larger than any submission may be."""
    announced = request.headers.get("content-length", "0")
    settings = house.settings
    if announced.isdigit() and int(announced) > settings.max_item_bytes * settings.max_items:
        raise ItemTooLargeError
