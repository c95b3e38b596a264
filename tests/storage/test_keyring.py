"""A realm's keys: distinct for everything they are distinct for, and never shown."""

import hashlib
import hmac
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import ConfigurationError, SealBrokenError
from domain.ids import RealmId
from storage.keyring import (
    RealmKeys,
    RealmSecret,
    derive_from,
    fingerprint,
    keyed_hash,
    unwrap_under,
    wrap_under,
)
from storage.sealing import seal, unseal
from storage.system import SystemRandomness
from tests.storage.seeded import SeededRandomness

SECRET = RealmSecret.generate(SeededRandomness("realm"))
KEYS = RealmKeys(RealmId("kommune"), SECRET)
KEY = bytes(range(32))


def _bound(*parts: str) -> bytes:
    return b"".join(struct.pack(">I", len(part)) + part.encode() for part in parts)


def _hkdf(secret: bytes, info: bytes) -> bytes:
    """RFC 5869 with one block of output."""
    extracted = hmac.digest(bytes(32), secret, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def test_derived_keys_follow_the_specification() -> None:
    expected = _hkdf(SECRET.root, _bound("poststelle/realm-key", "kommune", "search"))
    assert KEYS.derive("search") == expected
    assert derive_from(KEY, purpose="form") == _hkdf(KEY, _bound("poststelle/derived", "form"))


def test_keys_differ_by_realm_secret_and_purpose() -> None:
    other_realm = RealmKeys(RealmId("agentur"), SECRET)
    other_secret = RealmKeys(RealmId("kommune"), RealmSecret.generate(SystemRandomness()))
    derived = [keys.derive("search") for keys in (KEYS, other_realm, other_secret)]
    derived += [KEYS.derive("columns"), KEYS.derive(""), derive_from(SECRET.root, purpose="search")]
    assert len(set(derived)) == len(derived)
    assert {len(key) for key in derived} == {32}


def test_a_secret_survives_being_written_down() -> None:
    again = RealmSecret.from_bytes(SECRET.to_bytes())
    keys = RealmKeys(RealmId("kommune"), again)
    assert len(SECRET.to_bytes()) == 129
    assert keys.derive("search") == KEYS.derive("search")
    assert unseal(keys.private, seal(KEYS.public, b"x", info="i"), info="i") == b"x"


@pytest.mark.parametrize(
    "raw",
    [b"", SECRET.to_bytes()[:-1], SECRET.to_bytes() + b"\0", b"\x02" + SECRET.to_bytes()[1:]],
    ids=["nothing", "cut", "longer", "other version"],
)
def test_what_is_no_secret_is_refused(raw: bytes) -> None:
    with pytest.raises(ConfigurationError, match="not the secret"):
        RealmSecret.from_bytes(raw)


@given(key=st.binary(max_size=200), context=st.text(max_size=40))
def test_a_wrapped_key_opens_in_its_context(key: bytes, context: str) -> None:
    wrapped = KEYS.wrap(key, context=context)
    assert len(wrapped) == len(key) + 29
    assert KEYS.unwrap(wrapped, context=context) == key


def test_a_wrapped_key_opens_nowhere_else() -> None:
    wrapped = KEYS.wrap(KEY, context="case 1")
    agentur = RealmKeys(RealmId("agentur"), SECRET)
    for keys, context in ((KEYS, "case 2"), (KEYS, ""), (agentur, "case 1")):
        with pytest.raises(SealBrokenError):
            keys.unwrap(wrapped, context=context)


def test_every_change_to_a_wrapped_key_is_refused() -> None:
    wrapped = wrap_under(KEY, KEY, context="object")
    changed = [
        wrapped[:at] + bytes([wrapped[at] ^ 1]) + wrapped[at + 1 :] for at in range(len(wrapped))
    ]
    for broken in [*changed, *(wrapped[:end] for end in range(len(wrapped))), wrapped + b"\0"]:
        with pytest.raises(SealBrokenError):
            unwrap_under(KEY, broken, context="object")


def test_a_data_key_is_lost_with_its_case_key() -> None:
    case_key = KEYS.new_case_key()
    wrapped = wrap_under(case_key, KEY, context="object")
    assert unwrap_under(case_key, wrapped, context="object") == KEY
    with pytest.raises(SealBrokenError):
        unwrap_under(KEYS.new_case_key(), wrapped, context="object")
    with pytest.raises(SealBrokenError):
        KEYS.unwrap(wrapped, context="object")


def test_a_short_wrapping_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        wrap_under(KEY[:16], KEY, context="object")


def test_wrapping_twice_never_looks_the_same() -> None:
    assert KEYS.wrap(KEY, context="case") != KEYS.wrap(KEY, context="case")


def test_a_keyed_hash_is_truncated_hmac() -> None:
    full = hmac.digest(KEY, "Müller".encode(), "sha256")
    assert keyed_hash(KEY, "Müller") == full[:16]
    assert keyed_hash(KEY, "Müller", size=8) == full[:8]
    assert keyed_hash(KEY, "Müller", size=32) == full
    assert keyed_hash(bytes(32), "Müller") != full[:16]


@pytest.mark.parametrize(
    ("key", "size"), [(b"", 16), (KEY[:16], 16), (KEY, 0), (KEY, 7), (KEY, 33)]
)
def test_a_keyed_hash_that_protects_nothing_is_refused(key: bytes, size: int) -> None:
    with pytest.raises(ValueError, match="keyed hash"):
        keyed_hash(key, "Müller", size=size)


def test_a_fingerprint_is_a_digest_of_its_own_domain() -> None:
    assert (
        fingerprint("ABCD") == hashlib.sha256(_bound("poststelle/fingerprint", "ABCD")).hexdigest()
    )
    assert fingerprint("ABCD") != hashlib.sha256(b"ABCD").hexdigest()


def test_no_key_shows_in_a_repr() -> None:
    shown = repr(SECRET) + repr(KEYS) + str(vars(KEYS)["_secret"])
    assert SECRET.root.hex() not in shown
    assert repr(SECRET.root) not in shown
    assert repr(SECRET) == "RealmSecret()"
