"""Frames on the pipe between the service and a sandbox: a JSON header and binary blobs.

A frame is ``u32 header length | header | blobs``; the header's ``blobs`` lists the length
of each blob. Both sides name the most they take before they read. Refuses anything else.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from domain.errors import PoststelleError

_LENGTH = struct.Struct(">I")
_HEADER_LIMIT = 64 * 1024 * 1024
_BLOBS_LIMIT = 4096
_PIECE = 1024 * 1024


class BrokenFrameError(PoststelleError):
    """The other side closed the pipe, or sent something that is no frame."""

    code = "broken_frame"


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: a JSON object and the blobs that it refers to by position."""

    header: Mapping[str, Any]
    blobs: tuple[bytes, ...] = ()


def send(pipe: IO[bytes], header: Mapping[str, Any], blobs: Sequence[bytes] = ()) -> None:
    """Write one frame; raise ``BrokenFrameError`` if nobody reads."""
    text = json.dumps({**header, "blobs": [len(blob) for blob in blobs]}).encode()
    try:
        pipe.write(_LENGTH.pack(len(text)) + text)
        for blob in blobs:
            pipe.write(blob)
        pipe.flush()
    except (OSError, ValueError) as error:
        raise BrokenFrameError from error


def receive(pipe: IO[bytes], *, limit: int) -> Frame:
    """Read one frame with at most ``limit`` bytes of blobs, or raise ``BrokenFrameError``."""
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    if length > _HEADER_LIMIT:
        raise BrokenFrameError
    try:
        header = json.loads(_exactly(pipe, length))
    except (ValueError, RecursionError) as error:
        raise BrokenFrameError from error
    if not isinstance(header, dict):
        raise BrokenFrameError
    sizes = _sizes(header.pop("blobs", None), limit)
    return Frame(header, tuple(_exactly(pipe, size) for size in sizes))


def _sizes(found: object, limit: int) -> list[int]:
    if not isinstance(found, list) or len(found) > _BLOBS_LIMIT:
        raise BrokenFrameError
    if not all(type(size) is int and size >= 0 for size in found) or sum(found) > limit:
        raise BrokenFrameError
    return found


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    """Read in pieces, so that a promise of many bytes costs no memory before they come."""
    pieces = bytearray()
    while len(pieces) < size:
        try:
            piece = pipe.read(min(_PIECE, size - len(pieces)))
        except (OSError, ValueError) as error:
            raise BrokenFrameError from error
        if not piece:
            raise BrokenFrameError
        pieces += piece
    return bytes(pieces)
