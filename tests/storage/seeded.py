"""Randomness that repeats itself, for vectors and for tests that name their seed."""

import hashlib
import struct
import uuid


class SeededRandomness:
    """A stream of bytes that follows from a seed: SHA-256 over a counter."""

    def __init__(self, seed: str) -> None:
        self._seed = seed.encode()
        self._drawn = 0

    def token(self, size: int) -> bytes:
        stream = b""
        while len(stream) < size:
            stream += hashlib.sha256(self._seed + struct.pack(">Q", self._drawn)).digest()
            self._drawn += 1
        return stream[:size]

    def uuid(self) -> str:
        return str(uuid.UUID(bytes=self.token(16), version=4))
