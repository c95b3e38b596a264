"""Sealing to a realm: whoever holds the public key can close, only the realm can open.

Owns the HPKE suite (RFC 9180) with the hybrid KEM of ML-KEM-768 and X25519, named by a byte
in front so that it can be changed. Refuses unknown suites, other keys and other purposes.
"""

from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import (
    MLKEM768PrivateKey,
    MLKEM768PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from domain.errors import ConfigurationError, SealBrokenError
from storage.box import bound

PUBLIC_KEY_SIZE = 1184 + 32
PRIVATE_KEY_SIZE = 64 + 32
_MLKEM_PUBLIC_SIZE = 1184
_MLKEM_SEED_SIZE = 64
_HYBRID_1 = b"\x01"
_SUITES = {_HYBRID_1: Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)}


@dataclass(frozen=True, slots=True)
class RealmPublicKey:
    """What closes a letter for a realm."""

    _raw: bytes = field(repr=False)
    hybrid: MLKEM768X25519PublicKey = field(repr=False, compare=False)

    @classmethod
    def from_bytes(cls, raw: bytes) -> Self:
        """Read 1216 bytes (ML-KEM-768, X25519), or raise ``ConfigurationError``."""
        try:
            mlkem = MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM_PUBLIC_SIZE])
            x25519 = X25519PublicKey.from_public_bytes(raw[_MLKEM_PUBLIC_SIZE:])
        except ValueError as error:
            detail = "not the public key of a realm"
            raise ConfigurationError(detail) from error
        return cls(raw, MLKEM768X25519PublicKey(mlkem, x25519))

    def to_bytes(self) -> bytes:
        """Return the key as 1216 bytes."""
        return self._raw


@dataclass(frozen=True, slots=True, eq=False)
class RealmPrivateKey:
    """What opens the letters of a realm."""

    _mlkem: MLKEM768PrivateKey = field(repr=False)
    _x25519: X25519PrivateKey = field(repr=False)

    @classmethod
    def generate(cls) -> Self:
        """Return a new key from the operating system's randomness."""
        return cls(MLKEM768PrivateKey.generate(), X25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, raw: bytes) -> Self:
        """Read 96 bytes (ML-KEM seed, X25519), or raise ``ConfigurationError``."""
        try:
            mlkem = MLKEM768PrivateKey.from_seed_bytes(raw[:_MLKEM_SEED_SIZE])
            x25519 = X25519PrivateKey.from_private_bytes(raw[_MLKEM_SEED_SIZE:])
        except ValueError as error:
            detail = "not the private key of a realm"
            raise ConfigurationError(detail) from error
        return cls(mlkem, x25519)

    def to_bytes(self) -> bytes:
        """Return the key as 96 bytes."""
        return self._mlkem.private_bytes_raw() + self._x25519.private_bytes_raw()

    def public(self) -> RealmPublicKey:
        """Return the public key that belongs to this key."""
        mlkem, x25519 = self._mlkem.public_key(), self._x25519.public_key()
        return RealmPublicKey.from_bytes(mlkem.public_bytes_raw() + x25519.public_bytes_raw())

    def hybrid(self) -> MLKEM768X25519PrivateKey:
        """Return the key in the form that HPKE takes."""
        return MLKEM768X25519PrivateKey(self._mlkem, self._x25519)


def seal(public: RealmPublicKey, plaintext: bytes, *, info: str) -> bytes:
    """Seal to a realm for one purpose; 1137 bytes longer than the plaintext.

    Raises ``ConfigurationError`` where the public key is degenerate.
    """
    suite = _SUITES[_HYBRID_1]
    try:
        output = suite.encrypt(plaintext, public.hybrid, _info(info, _HYBRID_1))
    except ValueError as error:
        detail = "the public key of a realm cannot be sealed to"
        raise ConfigurationError(detail) from error
    return _HYBRID_1 + output


def unseal(private: RealmPrivateKey, sealed: bytes, *, info: str) -> bytes:
    """Open what was sealed to a realm for this purpose, or raise ``SealBrokenError``."""
    name = sealed[:1]
    suite = _SUITES.get(name)
    if suite is None:
        detail = "sealed with an unknown suite"
        raise SealBrokenError(detail)
    try:
        return suite.decrypt(sealed[1:], private.hybrid(), _info(info, name))
    except (InvalidTag, ValueError) as error:
        detail = "what was sealed to a realm does not open"
        raise SealBrokenError(detail) from error


def _info(purpose: str, suite: bytes) -> bytes:
    return bound("poststelle/sealing", purpose) + suite
