"""The custody of a realm's secret: a key file that opens with a passphrase.

Owns the file's form (docs/reference/envelope.md). Refuses to overwrite a key file, to open
one that was changed, and to spend more on a passphrase than a key file may ask for.
"""

import json
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from domain.errors import ConfigurationError, SealBrokenError
from domain.ports import Randomness
from storage.box import KEY_SIZE, Box, bound
from storage.durable import write_once

_MAX_FILE_SIZE = 16 * 1024
_SALT_SIZE = 16
_SCRYPT_N = frozenset(1 << power for power in range(14, 19))
_SCRYPT_R = range(1, 17)
_SCRYPT_P = range(1, 5)
_FIXED = {
    "format": "poststelle-key-file",
    "version": 1,
    "kdf": "scrypt",
    "cipher": "AES-256-GCM",
}


class KeyUnavailableError(ConfigurationError):
    """A key file does not open."""

    code = "key_unavailable"
    de = "Der Schlüssel lässt sich nicht öffnen. Bitte Schlüsseldatei und Passphrase prüfen."
    en = "The key cannot be opened. Please check the key file and the passphrase."


class KeyFileExistsError(ConfigurationError):
    """A key file is there already; overwriting it would lose everything sealed under it."""

    code = "key_file_exists"
    de = "Diese Schlüsseldatei gibt es schon. Sie wird nicht überschrieben."
    en = "This key file exists already. It is not overwritten."


@dataclass(frozen=True, slots=True)
class ScryptCosts:
    """What deriving the key costs (RFC 7914): memory is 128 * n * r bytes."""

    n: int = 1 << 15
    r: int = 8
    p: int = 1

    def are_bearable(self) -> bool:
        """Tell whether a reader takes these costs upon itself."""
        whole = all(type(number) is int for number in (self.n, self.r, self.p))
        return whole and self.n in _SCRYPT_N and self.r in _SCRYPT_R and self.p in _SCRYPT_P

    def place(self) -> bytes:
        """Return what is bound to the sealed secret."""
        return bound("poststelle/key-file/1", str(self.n), str(self.r), str(self.p))


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The parsed content of a key file; its costs are within bounds."""

    costs: ScryptCosts
    salt: bytes
    sealed: bytes

    @classmethod
    def parse(cls, text: bytes) -> Self:
        """Read the JSON form, or raise ``KeyUnavailableError``."""
        try:
            return cls._from_members(**json.loads(text))
        except (ValueError, TypeError, RecursionError) as error:
            detail = "the key file is damaged"
            raise KeyUnavailableError(detail) from error

    @classmethod
    def _from_members(cls, *, salt: str, sealed: str, **members: Any) -> Self:  # noqa: ANN401 # JSON holds anything
        costs = ScryptCosts(*(members.pop(name, None) for name in ("n", "r", "p")))
        key_file = cls(costs, b64decode(salt, validate=True), b64decode(sealed, validate=True))
        if members != _FIXED or len(key_file.salt) != _SALT_SIZE or not costs.are_bearable():
            message = "a member is missing or out of range"
            raise ValueError(message)
        return key_file

    def encode(self) -> bytes:
        """Return the JSON form."""
        binary = {"salt": b64encode(self.salt), "sealed": b64encode(self.sealed)}
        text = {name: value.decode() for name, value in binary.items()}
        return json.dumps(_FIXED | asdict(self.costs) | text, indent=1).encode() + b"\n"


def create_key_file(path: Path, secret: bytes, *, passphrase: str, randomness: Randomness) -> None:
    """Write a key file (mode 0600) so that it is there completely or not at all.

    Raises ``KeyFileExistsError``, and ``ConfigurationError`` for an empty passphrase or
    where the folder cannot be written.
    """
    if not passphrase:
        detail = "a key file needs a passphrase"
        raise ConfigurationError(detail)
    costs, salt = ScryptCosts(), randomness.token(_SALT_SIZE)
    box = _box(passphrase, salt, costs=costs)
    sealed = box.seal(secret, place=costs.place(), randomness=randomness)
    _write_once(path, KeyFile(costs, salt, sealed).encode())


def open_key_file(path: Path, *, passphrase: str) -> bytes:
    """Return the secret, or raise ``KeyUnavailableError``."""
    key_file = KeyFile.parse(_read_limited(path))
    box = _box(passphrase, key_file.salt, costs=key_file.costs)
    try:
        return box.open(key_file.sealed, place=key_file.costs.place())
    except SealBrokenError as error:
        detail = "wrong passphrase, or the key file was changed"
        raise KeyUnavailableError(detail) from error


def _box(passphrase: str, salt: bytes, *, costs: ScryptCosts) -> Box:
    # The same passphrase may be typed with composed or decomposed umlauts.
    normal = unicodedata.normalize("NFC", passphrase).encode()
    kdf = Scrypt(salt=salt, length=KEY_SIZE, n=costs.n, r=costs.r, p=costs.p)
    return Box(kdf.derive(normal))


def _read_limited(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            text = file.read(_MAX_FILE_SIZE + 1)
    except OSError as error:
        detail = "the key file cannot be read"
        raise KeyUnavailableError(detail) from error
    if len(text) > _MAX_FILE_SIZE:
        detail = "the key file is too large"
        raise KeyUnavailableError(detail)
    return text


def _write_once(path: Path, content: bytes) -> None:
    try:
        write_once(path, content)
    except FileExistsError as error:
        raise KeyFileExistsError from error
    except OSError as error:
        detail = "the key file cannot be written"
        raise ConfigurationError(detail) from error
