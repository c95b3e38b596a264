"""Sealed columns: values of a database row that only their realm can read.

Owns the sealing of single values, bound to their row and column. Refuses a value that was
moved to another row or column. One key seals at most 2^32 values (NIST SP 800-38D, 8.3).
"""

from domain.ports import Randomness
from storage.box import Box, bound


class SealedColumns:
    """Seals and opens the values of one realm's columns under a key of 32 bytes."""

    def __init__(self, key: bytes, randomness: Randomness) -> None:
        self._box = Box(key)
        self._randomness = randomness

    def seal(self, value: bytes, *, row: str, column: str) -> bytes:
        """Seal a value; a random nonce of 12 bytes stands in front, a tag of 16 behind."""
        return self._box.seal(value, place=_place(row, column), randomness=self._randomness)

    def open(self, sealed: bytes, *, row: str, column: str) -> bytes:
        """Return the value, or raise ``SealBrokenError``."""
        return self._box.open(sealed, place=_place(row, column))


def _place(row: str, column: str) -> bytes:
    return bound("poststelle/column", row, column)
