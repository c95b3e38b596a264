"""Checks of values that come from a worker: each returns a value or raises.

Owns types, bounds and lengths; a value that is not plausible raises ``ValueError`` or
``TypeError`` without saying what it was.
"""

import re
from typing import Any

_LIST_LIMIT = 200
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f]")


def share(value: object) -> float:
    """Return a number from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError
    return float(value)


def whole(value: object, most: int, *, least: int = 1) -> int:
    """Return a whole number within bounds."""
    if type(value) is not int or not least <= value <= most:
        raise ValueError
    return value


def flag(value: object) -> bool:
    """Return true or false."""
    if type(value) is not bool:
        raise TypeError
    return value


def string(value: object, limit: int) -> str:
    """Return text of at most ``limit`` characters."""
    if not isinstance(value, str) or len(value) > limit:
        raise ValueError
    return value


def line(value: object, limit: int) -> str:
    """Return text without control characters."""
    text = string(value, limit)
    if _UNPRINTABLE.search(text):
        raise ValueError
    return text


def listed(value: object, limit: int) -> list[Any]:
    """Return a list of at most ``limit`` entries."""
    if not isinstance(value, list) or len(value) > limit:
        raise ValueError
    return value


def strings(value: object, limit: int) -> tuple[str, ...]:
    """Return a short list of texts of at most ``limit`` characters each."""
    return tuple(string(item, limit) for item in listed(value, _LIST_LIMIT))
