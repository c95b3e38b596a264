"""The one door to leptonica: what it sees in a black-and-white page, through ctypes.

Owns finding the library, what goes in and out of it, and its memory. Pages are arrays of
``bool`` (height x width), true where there is ink. Refuses to decide anything.
"""

import ctypes
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, byref, c_float, c_int32, c_void_p
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.reasons import Reason
from ocr.limits import stop

Ink = NDArray[np.bool_]

_SYSTEM = "liblept.so.5"
_SILENT = 6
_NEIGHBOURS = 8
_WORD = 32
_LARGEST_SIDE = 30_000
_COMPONENTS = 20_000
"""More are noise, and each costs time."""
_PIX = c_void_p
_FLOAT, _INT = POINTER(c_float), POINTER(c_int32)
_FUNCTIONS: dict[str, tuple[type | None, tuple[type, ...]]] = {
    "setMsgSeverity": (c_int32, (c_int32,)),
    "pixCreate": (c_void_p, (c_int32, c_int32, c_int32)),
    "pixDestroy": (None, (POINTER(_PIX),)),
    "pixGetData": (c_void_p, (_PIX,)),
    "pixGetWpl": (c_int32, (_PIX,)),
    "pixOrientDetect": (c_int32, (_PIX, _FLOAT, _FLOAT, c_int32, c_int32)),
    "pixFindSkew": (c_int32, (_PIX, _FLOAT, _FLOAT)),
    "pixSeedfillBinary": (c_void_p, (c_void_p, _PIX, _PIX, c_int32)),
    "pixConnCompBB": (c_void_p, (_PIX, c_int32)),
    "boxaGetCount": (c_int32, (c_void_p,)),
    "boxaGetBoxGeometry": (c_int32, (c_void_p, c_int32, _INT, _INT, _INT, _INT)),
    "boxaDestroy": (None, (POINTER(c_void_p),)),
}


def orientation(ink: Ink) -> tuple[float, float]:
    """Return how surely lines of Latin print stand upright, and how surely they lean left.

    Positive first value: upright, negative: upside down. Positive second: the page must be
    turned by 90 degrees clockwise, negative: by 90 counter-clockwise. Values below about 8
    mean nothing (``pixOrientDetect``).
    """
    return _two_values("pixOrientDetect", ink, 0, 0)


def skew(ink: Ink) -> tuple[float, float]:
    """Return by how many degrees clockwise a page must be turned to be straight, and how surely.

    Finds up to about 6 degrees; a sureness below about 3 means nothing (``pixFindSkew``).
    """
    return _two_values("pixFindSkew", ink)


def components(ink: Ink) -> NDArray[np.int32]:
    """Return the boxes of connected ink as rows of left, top, width, height; 20,000 at most."""
    with _pix(ink) as pix:
        boxes = _library().pixConnCompBB(pix, _NEIGHBOURS)
    if boxes is None:
        return np.zeros((0, 4), np.int32)
    try:
        return _geometry(boxes)
    finally:
        _library().boxaDestroy(byref(c_void_p(boxes)))


def connected(ink: Ink, *, across: int, down: int) -> Ink:
    """Return the ink that hangs together with one pixel of it."""
    seed = np.zeros_like(ink)
    seed[down, across] = ink[down, across]
    with _pix(seed) as start, _pix(ink) as bounds:
        filled = _library().pixSeedfillBinary(None, start, bounds, _NEIGHBOURS)
        if filled is None:
            stop(Reason.READER_MEMORY)
        with _owned(filled):
            return _ink(filled, ink.shape)


def _two_values(function: str, ink: Ink, *options: int) -> tuple[float, float]:
    first, second = c_float(), c_float()
    with _pix(ink) as pix:
        failed = getattr(_library(), function)(pix, byref(first), byref(second), *options)
    return (0.0, 0.0) if failed else (first.value, second.value)


def _geometry(boxes: int) -> NDArray[np.int32]:
    library = _library()
    count = min(library.boxaGetCount(boxes), _COMPONENTS)
    found = np.zeros((count, 4), np.int32)
    sides = [c_int32() for _ in range(4)]
    places = [byref(side) for side in sides]
    for row in range(len(found)):
        library.boxaGetBoxGeometry(boxes, row, *places)
        found[row] = [side.value for side in sides]
    return found


@contextmanager
def _pix(ink: Ink) -> Iterator[int]:
    """Copy a page into one of leptonica's: rows of 32-bit words, the first pixel on top."""
    height, width = ink.shape
    if not 0 < min(height, width) <= max(height, width) <= _LARGEST_SIDE:
        stop(Reason.READER_CRASHED)
    library = _library()
    pix: int | None = library.pixCreate(width, height, 1)
    if pix is None:
        stop(Reason.READER_MEMORY)
    with _owned(pix):
        words = _words(ink, library.pixGetWpl(pix))
        ctypes.memmove(library.pixGetData(pix), words.ctypes.data, words.nbytes)
        yield pix


@contextmanager
def _owned(pix: int) -> Iterator[None]:
    """Give a page back to leptonica in the end."""
    try:
        yield
    finally:
        _library().pixDestroy(byref(c_void_p(pix)))


def _ink(pix: int, shape: tuple[int, ...]) -> Ink:
    """Copy a page of leptonica's out."""
    library = _library()
    height, width = shape
    words = np.empty((height, library.pixGetWpl(pix)), np.uint32)
    ctypes.memmove(words.ctypes.data, library.pixGetData(pix), words.nbytes)
    rows = words.astype(">u4").view(np.uint8)
    return np.unpackbits(rows, axis=1, count=width).astype(np.bool_)


def _words(ink: Ink, across: int) -> NDArray[np.uint32]:
    packed = np.packbits(ink, axis=1)
    rows = np.zeros((len(ink), across * _WORD // 8), np.uint8)
    rows[:, : packed.shape[1]] = packed
    return rows.view(">u4").astype(np.uint32)


@cache
def _library() -> ctypes.CDLL:
    """Load the library that tesserocr brings along, so that there is only one in memory."""
    try:
        library = ctypes.CDLL(_brought_along() or _SYSTEM)
        for name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, list(arguments)
    except (OSError, AttributeError) as error:
        stop(Reason.READER_CRASHED, cause=error)
    library.setMsgSeverity(_SILENT)
    return library


def _brought_along() -> str | None:
    package = importlib.util.find_spec("tesserocr")
    if package is None or package.origin is None:
        return None
    folder = Path(package.origin).parents[1] / "tesserocr.libs"
    return next((str(path) for path in sorted(folder.glob("liblept*.so*"))), None)
