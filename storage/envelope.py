"""The container of a sealed object: chunked AES-256-GCM in the STREAM construction.

Owns the format that docs/reference/envelope.md specifies, for writing and for reading, one
chunk at a time. Refuses truncation, trailing bytes, reordering, bit flips, and containers
made for another realm, object or version. Where a data key is kept is not its business.
"""

import hashlib
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NewType

from cryptography.exceptions import InvalidTag

from domain.errors import NotAllowedNowError, SealBrokenError
from domain.ids import ObjectId, RealmId
from domain.ports import Randomness
from storage.box import KEY_SIZE, TAG_SIZE, aes_256_gcm, bound

DataKey = NewType("DataKey", bytes)
"""Key of 32 bytes that seals exactly one object."""

CHUNK_LOG2 = 18
MAX_STANZA = 4096
_MIN_CHUNK_LOG2 = 6
_MAX_CHUNK_LOG2 = 20
_MAGIC = b"PSTSEAL"
_VERSION = 1
_SUITE = 1
_PREFIX_SIZE = 7
_START = struct.Struct(">7sBBH")
_END = struct.Struct(f">B{_PREFIX_SIZE}s")


@dataclass(frozen=True, slots=True)
class ObjectContext:
    """The one place where a container opens; ``version`` fits in 32 bits."""

    realm: RealmId
    object_id: ObjectId
    version: int = 1


@dataclass(frozen=True, slots=True)
class _Header:
    stanza: bytes
    chunk_log2: int
    prefix: bytes

    def encode(self) -> bytes:
        start = _START.pack(_MAGIC, _VERSION, _SUITE, len(self.stanza))
        return start + self.stanza + _END.pack(self.chunk_log2, self.prefix)


def new_data_key(randomness: Randomness) -> DataKey:
    """Return a fresh data key."""
    return DataKey(randomness.token(KEY_SIZE))


class _Stream:
    """The chunks of one container in their order."""

    def __init__(self, key: DataKey, context: ObjectContext, *, header: _Header) -> None:
        self._cipher = aes_256_gcm(key)
        self._prefix = header.prefix
        self._binding = _binding(context, header)
        self._index = 0

    def seal(self, piece: bytes | memoryview, *, final: bool) -> bytes:
        place = self._next_place(final=final)
        return self._cipher.encrypt(self._prefix + place, piece, self._binding + place)

    def open(self, sealed: bytes, *, final: bool) -> bytes:
        place = self._next_place(final=final)
        try:
            return self._cipher.decrypt(self._prefix + place, sealed, self._binding + place)
        except InvalidTag as error:
            detail = "authentication: a chunk does not verify"
            raise SealBrokenError(detail) from error

    def open_last(self, sealed: bytes) -> bytes:
        first = self._index == 0
        if len(sealed) < TAG_SIZE:
            detail = "length: the last chunk is cut off"
            raise SealBrokenError(detail)
        piece = self.open(sealed, final=True)
        if not piece and not first:
            detail = "length: an empty chunk behind a full one"
            raise SealBrokenError(detail)
        return piece

    def _next_place(self, *, final: bool) -> bytes:
        place = struct.pack(">IB", self._index, final)
        self._index += 1
        return place


def _binding(context: ObjectContext, header: _Header) -> bytes:
    named = bound("poststelle/envelope", context.realm, context.object_id)
    return hashlib.sha256(named + struct.pack(">I", context.version) + header.encode()).digest()


class Sealer:
    """Seals one object while its bytes arrive.

    The stanza is empty where the data key is held apart, and otherwise the data key sealed
    to the receiving realm; ``ValueError`` if it is longer than 4096 bytes. ``chunk_log2``
    is the logarithm of the chunk size in bytes, 6 to 20.
    """

    def __init__(
        self,
        key: DataKey,
        context: ObjectContext,
        *,
        randomness: Randomness,
        stanza: bytes = b"",
        chunk_log2: int = CHUNK_LOG2,
    ) -> None:
        if len(stanza) > MAX_STANZA or not _MIN_CHUNK_LOG2 <= chunk_log2 <= _MAX_CHUNK_LOG2:
            message = "the stanza or the chunk size is out of range"
            raise ValueError(message)
        header = _Header(stanza, chunk_log2, randomness.token(_PREFIX_SIZE))
        self._stream = _Stream(key, context, header=header)
        self._chunk_size = 1 << chunk_log2
        self._ready = header.encode()
        self._pending = bytearray()
        self._finished = False

    def update(self, data: bytes) -> bytes:
        """Take content and return the sealed bytes that are ready so far, often none."""
        self._refuse_after_the_end()
        self._pending += data
        ready = [self._take_ready()]
        # A full chunk waits until one more byte shows that it is not the last.
        while len(self._pending) > self._chunk_size:
            ready.append(self._seal_full_chunk())
        return b"".join(ready)

    def finish(self) -> bytes:
        """Seal what is left and return it; the sealer takes nothing more."""
        self._refuse_after_the_end()
        self._finished = True
        return self._take_ready() + self._stream.seal(bytes(self._pending), final=True)

    def _seal_full_chunk(self) -> bytes:
        with memoryview(self._pending)[: self._chunk_size] as piece:
            sealed = self._stream.seal(piece, final=False)
        del self._pending[: self._chunk_size]
        return sealed

    def _take_ready(self) -> bytes:
        ready, self._ready = self._ready, b""
        return ready

    def _refuse_after_the_end(self) -> None:
        if self._finished:
            detail = "the container is finished"
            raise NotAllowedNowError(detail)


def unseal(
    chunks: Iterable[bytes],
    context: ObjectContext,
    *,
    key_for: Callable[[bytes], DataKey],
) -> Iterator[bytes]:
    """Yield the verified content of a container; ``key_for`` gets the stanza.

    The pieces are provisional until the iterator ends without an error, because a missing
    end shows only there. The steps are those of docs/reference/envelope.md. Raises
    ``SealBrokenError``, whose detail begins with ``header``, ``length`` or
    ``authentication``, and whatever ``key_for`` raises.
    """
    source = _Source(chunks)
    header = _read_header(source)  # 1.
    stream = _stream_for(key_for(header.stanza), context, header=header)  # 2.
    sealed_size = (1 << header.chunk_log2) + TAG_SIZE
    while source.holds_more_than(sealed_size):  # 3.
        yield stream.open(source.take(sealed_size), final=False)
    yield from filter(None, [stream.open_last(source.take(sealed_size))])  # 4.


class _Source:
    """Bytes that arrive in pieces of any size."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._buffer = bytearray()

    def holds_more_than(self, size: int) -> bool:
        while len(self._buffer) <= size:
            piece = next(self._chunks, None)
            if piece is None:
                return False
            self._buffer += piece
        return True

    def take(self, size: int) -> bytes:
        self.holds_more_than(size - 1)
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken


def _read_header(source: _Source) -> _Header:
    magic, version, suite, stanza_size = _read_struct(source, _START)
    if (magic, version, suite) != (_MAGIC, _VERSION, _SUITE):
        detail = "header: no container of a known kind"
        raise SealBrokenError(detail)
    if stanza_size > MAX_STANZA:
        detail = "header: the stanza is too long"
        raise SealBrokenError(detail)
    # A stanza that is cut off shows in the next read, which then finds nothing.
    stanza = source.take(stanza_size)
    chunk_log2, prefix = _read_struct(source, _END)
    if not _MIN_CHUNK_LOG2 <= chunk_log2 <= _MAX_CHUNK_LOG2:
        detail = "header: the chunk size is out of range"
        raise SealBrokenError(detail)
    return _Header(stanza, chunk_log2, prefix)


def _read_struct(source: _Source, form: struct.Struct) -> tuple[Any, ...]:
    try:
        return form.unpack(source.take(form.size))
    except struct.error as error:
        detail = "header: cut off"
        raise SealBrokenError(detail) from error


def _stream_for(key: DataKey, context: ObjectContext, *, header: _Header) -> _Stream:
    try:
        return _Stream(key, context, header=header)
    except ValueError as error:
        detail = "length: the data key has not 32 bytes"
        raise SealBrokenError(detail) from error
