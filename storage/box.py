"""Small sealed values: AES-256-GCM, a random nonce in front, the value's place bound in.

Owns the box that wrapped keys, sealed columns and key files share. Refuses to open what was
changed or moved to another place. One key may seal 2^32 values (NIST SP 800-38D, 8.3).
"""

import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.errors import SealBrokenError
from domain.ports import Randomness

KEY_SIZE = 32
TAG_SIZE = 16
_NONCE_SIZE = 12


def bound(*parts: str) -> bytes:
    """Encode texts so that no two different lists look alike: u32 length and UTF-8 of each."""
    encoded = [part.encode() for part in parts]
    return b"".join(struct.pack(">I", len(part)) + part for part in encoded)


def aes_256_gcm(key: bytes) -> AESGCM:
    """Return the cipher for a key of exactly 32 bytes; raise ``ValueError`` for any other."""
    if len(key) != KEY_SIZE:
        message = "a key has 32 bytes"
        raise ValueError(message)
    return AESGCM(key)


class Box:
    """Seals and opens small values under one key of 32 bytes."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        self._cipher = aes_256_gcm(key)

    def seal(self, value: bytes, *, place: bytes, randomness: Randomness) -> bytes:
        """Seal a value for one place; 28 bytes longer than the value."""
        nonce = randomness.token(_NONCE_SIZE)
        return nonce + self._cipher.encrypt(nonce, value, place)

    def open(self, sealed: bytes, *, place: bytes) -> bytes:
        """Return the value, or raise ``SealBrokenError``."""
        if len(sealed) < _NONCE_SIZE + TAG_SIZE:
            detail = "a sealed value is too short"
            raise SealBrokenError(detail)
        try:
            return self._cipher.decrypt(sealed[:_NONCE_SIZE], sealed[_NONCE_SIZE:], place)
        except InvalidTag as error:
            detail = "a sealed value does not verify"
            raise SealBrokenError(detail) from error
