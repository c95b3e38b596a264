"""Frames: what one side sends the other receives, and nothing else is believed."""

import io
import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.frames import BrokenFrameError, receive, send

HEADERS = st.dictionaries(st.text().filter(lambda name: name != "blobs"), st.integers())


@given(HEADERS, st.lists(st.binary(max_size=50), max_size=5))
def test_a_frame_arrives_as_it_was_sent(header: dict[str, int], blobs: list[bytes]) -> None:
    pipe = io.BytesIO()
    send(pipe, header, blobs)
    pipe.seek(0)
    frame = receive(pipe, limit=1000)
    assert (frame.header, list(frame.blobs)) == (header, blobs)
    assert pipe.read() == b""


@given(st.binary(max_size=200))
def test_any_other_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(BrokenFrameError):
        receive(io.BytesIO(content), limit=1000)


def framed(header: bytes) -> io.BytesIO:
    return io.BytesIO(struct.pack(">I", len(header)) + header + bytes(64))


@pytest.mark.parametrize(
    "header",
    [
        b"[]",
        b"{}",
        b'{"blobs": 1}',
        b'{"blobs": [-1]}',
        b'{"blobs": [1.5]}',
        b'{"blobs": [true]}',
        b'{"blobs": [9, 2]}',
        json.dumps({"blobs": [0] * 5000}).encode(),
        b"[" * 100_000,
    ],
)
def test_headers_that_lie_are_refused(header: bytes) -> None:
    with pytest.raises(BrokenFrameError):
        receive(framed(header), limit=10)


def test_a_promise_of_a_huge_header_is_refused_unread() -> None:
    pipe = io.BytesIO(b"\xff\xff\xff\xff" + bytes(100))
    with pytest.raises(BrokenFrameError):
        receive(pipe, limit=10)
    assert pipe.tell() == 4


def test_a_frame_that_is_cut_off_is_refused() -> None:
    pipe = io.BytesIO()
    send(pipe, {"kind": "x"}, [b"abc"])
    whole = pipe.getvalue()
    for length in range(len(whole)):
        with pytest.raises(BrokenFrameError):
            receive(io.BytesIO(whole[:length]), limit=10)


def test_a_closed_pipe_is_reported() -> None:
    pipe = io.BytesIO()
    pipe.close()
    with pytest.raises(BrokenFrameError):
        send(pipe, {})
    with pytest.raises(BrokenFrameError):
        receive(pipe, limit=1)
