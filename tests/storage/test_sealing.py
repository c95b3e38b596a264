"""Sealing to a realm: opened by an independent reading of RFC 9180, and refused in time."""

import hashlib
import hmac
import struct

import pytest
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.errors import ConfigurationError, SealBrokenError
from storage.sealing import PUBLIC_KEY_SIZE, RealmPrivateKey, RealmPublicKey, seal, unseal
from tests.storage.seeded import SeededRandomness

KEY = RealmPrivateKey.from_bytes(SeededRandomness("realm").token(96))
_SUITE_ID = b"HPKE" + struct.pack(">HHH", 0x647A, 0x0001, 0x0002)
_XWING_LABEL = bytes.fromhex("5c2e2f2f5e5c")


def test_what_is_sealed_opens() -> None:
    sealed = seal(KEY.public(), b"data key", info="letter")
    assert len(sealed) == len(b"data key") + 1137
    assert unseal(KEY, sealed, info="letter") == b"data key"


def test_a_stranger_opens_it_from_the_specification_alone() -> None:
    sealed = seal(KEY.public(), b"data key", info="letter")
    assert sealed[:1] == b"\x01"
    shared = _xwing_decapsulate(KEY.to_bytes(), sealed[1:1121])
    info = struct.pack(">I", 18) + b"poststelle/sealing" + struct.pack(">I", 6) + b"letter\x01"
    key, nonce = _key_schedule(shared, info)
    assert AESGCM(key).decrypt(nonce, sealed[1121:], b"") == b"data key"


def _xwing_decapsulate(private: bytes, enc: bytes) -> bytes:
    mlkem = MLKEM768PrivateKey.from_seed_bytes(private[:64])
    x25519 = X25519PrivateKey.from_private_bytes(private[64:])
    exchanged = x25519.exchange(X25519PublicKey.from_public_bytes(enc[1088:]))
    parts = (mlkem.decapsulate(enc[:1088]), exchanged, enc[1088:])
    public = x25519.public_key().public_bytes_raw()
    return hashlib.sha3_256(b"".join(parts) + public + _XWING_LABEL).digest()


def _key_schedule(shared: bytes, info: bytes) -> tuple[bytes, bytes]:
    """RFC 9180 section 5.1 in base mode."""
    context = b"\0" + _extract(b"", b"psk_id_hash", b"") + _extract(b"", b"info_hash", info)
    secret = _extract(shared, b"secret", b"")
    return _expand(secret, b"key" + context, 32), _expand(secret, b"base_nonce" + context, 12)


def _extract(salt: bytes, label: bytes, ikm: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + _SUITE_ID + label + ikm, "sha256")


def _expand(secret: bytes, labelled: bytes, size: int) -> bytes:
    info = struct.pack(">H", size) + b"HPKE-v1" + _SUITE_ID + labelled
    return hmac.digest(secret, info + b"\x01", "sha256")[:size]


def test_another_realm_cannot_open_it() -> None:
    sealed = seal(KEY.public(), b"data key", info="letter")
    with pytest.raises(SealBrokenError):
        unseal(RealmPrivateKey.generate(), sealed, info="letter")


@pytest.mark.parametrize("info", ["", "lette", "letter ", "receipt"])
def test_it_opens_for_its_purpose_alone(info: str) -> None:
    sealed = seal(KEY.public(), b"data key", info="letter")
    with pytest.raises(SealBrokenError):
        unseal(KEY, sealed, info=info)


@pytest.mark.parametrize("suite", [0x00, 0x02, 0xFF])
def test_an_unknown_suite_is_refused(suite: int) -> None:
    sealed = seal(KEY.public(), b"data key", info="letter")
    with pytest.raises(SealBrokenError, match="unknown suite"):
        unseal(KEY, bytes([suite]) + sealed[1:], info="letter")


@pytest.mark.parametrize("end", [0, 1, 2, 1088, 1120, 1121, 1137, -1])
def test_a_truncated_seal_is_refused(end: int) -> None:
    sealed = seal(KEY.public(), b"data key", info="letter")
    with pytest.raises(SealBrokenError):
        unseal(KEY, sealed[:end], info="letter")


@pytest.mark.parametrize("at", [1, 1088, 1089, 1120, 1121, -1])
def test_a_changed_seal_is_refused(at: int) -> None:
    changed = bytearray(seal(KEY.public(), b"data key", info="letter"))
    changed[at] ^= 1
    with pytest.raises(SealBrokenError):
        unseal(KEY, bytes(changed), info="letter")


def test_an_all_zero_share_is_refused() -> None:
    sealed = seal(KEY.public(), b"data key", info="letter")
    with pytest.raises(SealBrokenError):
        unseal(KEY, sealed[:1089] + bytes(32) + sealed[1121:], info="letter")


def test_sealing_twice_never_looks_the_same() -> None:
    first, second = (seal(KEY.public(), b"data key", info="letter") for _ in range(2))
    assert first[1:1121] != second[1:1121]


def test_keys_survive_being_written_down() -> None:
    key = RealmPrivateKey.generate()
    again = RealmPrivateKey.from_bytes(key.to_bytes())
    public = RealmPublicKey.from_bytes(again.public().to_bytes())
    assert public == key.public()
    assert unseal(key, seal(public, b"data key", info="letter"), info="letter") == b"data key"


@pytest.mark.parametrize("size", [0, 64, 95, 97, 1216])
def test_a_private_key_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(ConfigurationError):
        RealmPrivateKey.from_bytes(bytes(size))


@pytest.mark.parametrize("size", [0, 32, 1184, PUBLIC_KEY_SIZE - 1, PUBLIC_KEY_SIZE + 1])
def test_a_public_key_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(ConfigurationError):
        RealmPublicKey.from_bytes(bytes(size))


def test_a_degenerate_public_key_is_not_sealed_to() -> None:
    degenerate = RealmPublicKey.from_bytes(KEY.public().to_bytes()[:1184] + bytes(32))
    with pytest.raises(ConfigurationError):
        seal(degenerate, b"data key", info="letter")


def test_no_key_shows_in_a_repr() -> None:
    assert repr(KEY) == "RealmPrivateKey()"
    assert repr(KEY.public()) == "RealmPublicKey()"
