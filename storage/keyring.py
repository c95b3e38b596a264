"""The keys of a realm: everything that follows from the secret in its key file.

Owns derivation and wrapping (docs/reference/envelope.md). Refuses to open a wrapped key in
another context than its own. No key shows in a repr.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from domain.errors import ConfigurationError, SealBrokenError
from domain.ids import RealmId
from domain.ports import Randomness
from storage.box import KEY_SIZE, Box, bound
from storage.sealing import PRIVATE_KEY_SIZE, RealmPrivateKey, RealmPublicKey
from storage.system import SystemRandomness

_SYSTEM = SystemRandomness()
_HASH_SIZES = range(8, 33)
_SUITE = b"\x01"
_SECRET_VERSION = b"\x01"
_SECRET_SIZE = len(_SECRET_VERSION) + PRIVATE_KEY_SIZE + KEY_SIZE


@dataclass(frozen=True, slots=True, eq=False)
class RealmSecret:
    """The content of a realm's key file: its private key and the root of all its other keys."""

    private: RealmPrivateKey = field(repr=False)
    root: bytes = field(repr=False)

    @classmethod
    def generate(cls, randomness: Randomness) -> Self:
        """Return the secret of a new realm."""
        private = RealmPrivateKey.from_bytes(randomness.token(PRIVATE_KEY_SIZE))
        return cls(private, randomness.token(KEY_SIZE))

    @classmethod
    def from_bytes(cls, raw: bytes) -> Self:
        """Read 129 bytes (version, private key, root), or raise ``ConfigurationError``."""
        if len(raw) != _SECRET_SIZE or not raw.startswith(_SECRET_VERSION):
            detail = "not the secret of a realm"
            raise ConfigurationError(detail)
        return cls(RealmPrivateKey.from_bytes(raw[1:-KEY_SIZE]), raw[-KEY_SIZE:])

    def to_bytes(self) -> bytes:
        """Return the secret as 129 bytes."""
        return _SECRET_VERSION + self.private.to_bytes() + self.root


class RealmKeys:
    """What one realm can open, wrap and derive."""

    def __init__(
        self, realm: RealmId, secret: RealmSecret, *, randomness: Randomness = _SYSTEM
    ) -> None:
        self._realm = realm
        self._secret = secret
        self._randomness = randomness
        self._public = secret.private.public()
        self._wrapping_key = self.derive("wrap")

    @property
    def private(self) -> RealmPrivateKey:
        """The key that opens this realm's letters."""
        return self._secret.private

    @property
    def public(self) -> RealmPublicKey:
        """The key that closes letters for this realm."""
        return self._public

    def derive(self, purpose: str) -> bytes:
        """Return this realm's key of 32 bytes for one purpose (HKDF-SHA256, RFC 5869)."""
        return _hkdf(self._secret.root, info=bound("poststelle/realm-key", self._realm, purpose))

    def wrap(self, key: bytes, *, context: str) -> bytes:
        """Seal a key under this realm for one context."""
        return wrap_under(self._wrapping_key, key, context=context, randomness=self._randomness)

    def unwrap(self, wrapped: bytes, *, context: str) -> bytes:
        """Return the key, or raise ``SealBrokenError``."""
        return unwrap_under(self._wrapping_key, wrapped, context=context)

    def new_case_key(self) -> bytes:
        """Return a fresh key of 32 bytes under which a case's data keys are wrapped."""
        return self._randomness.token(KEY_SIZE)


def wrap_under(kek: bytes, key: bytes, *, context: str, randomness: Randomness = _SYSTEM) -> bytes:
    """Seal a key under another key of 32 bytes; one such key wraps at most 2^32 keys."""
    return _SUITE + Box(kek).seal(key, place=_place(context), randomness=randomness)


def unwrap_under(kek: bytes, wrapped: bytes, *, context: str) -> bytes:
    """Return the key that was wrapped for this context, or raise ``SealBrokenError``."""
    if not wrapped.startswith(_SUITE):
        detail = "a key is wrapped in an unknown way"
        raise SealBrokenError(detail)
    return Box(kek).open(wrapped[len(_SUITE) :], place=_place(context))


def keyed_hash(key: bytes, text: str, *, size: int = 16) -> bytes:
    """Return the first ``size`` bytes (8 to 32) of HMAC-SHA256 (RFC 2104)."""
    if len(key) != KEY_SIZE or size not in _HASH_SIZES:
        message = "a keyed hash takes a key of 32 bytes and has 8 to 32 bytes"
        raise ValueError(message)
    return hmac.digest(key, text.encode(), "sha256")[:size]


def fingerprint(text: str) -> str:
    """Return SHA-256 in hexadecimal of a secret of at least 128 bits of entropy.

    Only for secrets that nobody can guess, such as receipt codes; never for names or numbers.
    """
    return hashlib.sha256(bound("poststelle/fingerprint", text)).hexdigest()


def derive_from(secret: bytes, *, purpose: str) -> bytes:
    """Return a key of 32 bytes for one purpose from a caller's secret (HKDF-SHA256)."""
    return _hkdf(secret, info=bound("poststelle/derived", purpose))


def _hkdf(secret: bytes, *, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_SIZE, salt=None, info=info).derive(secret)


def _place(context: str) -> bytes:
    return bound("poststelle/wrap", context)
