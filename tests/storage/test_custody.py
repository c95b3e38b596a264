"""Key files: what opens them, and everything that does not."""

import json
import stat
import struct
import unicodedata
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor
from hashlib import scrypt
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.errors import ConfigurationError
from storage.custody import (
    KeyFileExistsError,
    KeyUnavailableError,
    create_key_file,
    open_key_file,
)
from storage.system import SystemRandomness
from tests.storage.seeded import SeededRandomness

PASSPHRASE = "Grüße aus der Poststelle"
SECRET = SeededRandomness("secret").token(129)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("custody") / "realm.key"
    create_key_file(path, SECRET, passphrase=PASSPHRASE, randomness=SystemRandomness())
    return path.read_bytes()


@pytest.fixture
def key_file(tmp_path: Path, written: bytes) -> Path:
    path = tmp_path / "realm.key"
    path.write_bytes(written)
    return path


def _change(path: Path, **members: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_bytes()) | members))


def test_the_passphrase_opens_the_key_file(key_file: Path) -> None:
    assert open_key_file(key_file, passphrase=PASSPHRASE) == SECRET


def test_an_umlaut_may_be_typed_in_either_unicode_form(key_file: Path) -> None:
    decomposed = unicodedata.normalize("NFD", PASSPHRASE)
    assert decomposed != PASSPHRASE
    assert open_key_file(key_file, passphrase=decomposed) == SECRET


def test_a_stranger_opens_it_from_the_specification_alone(written: bytes) -> None:
    members: dict[str, Any] = json.loads(written)
    salt, sealed = b64decode(members["salt"]), b64decode(members["sealed"])
    costs: dict[str, int] = {name: members[name] for name in ("n", "r", "p")}
    assert costs == {"n": 2**15, "r": 8, "p": 1}
    key = scrypt(PASSPHRASE.encode(), salt=salt, dklen=32, maxmem=2**26, **costs)
    texts = [b"poststelle/key-file/1", b"32768", b"8", b"1"]
    place = b"".join(struct.pack(">I", len(text)) + text for text in texts)
    assert AESGCM(key).decrypt(sealed[:12], sealed[12:], place) == SECRET


@pytest.mark.parametrize("passphrase", ["", "grüße aus der poststelle", PASSPHRASE + " "])
def test_a_wrong_passphrase_does_not_open_it(key_file: Path, passphrase: str) -> None:
    with pytest.raises(KeyUnavailableError, match="wrong passphrase") as caught:
        open_key_file(key_file, passphrase=passphrase)
    assert "Passphrase prüfen" in caught.value.de


def test_a_changed_secret_does_not_open(key_file: Path) -> None:
    sealed = json.loads(key_file.read_bytes())["sealed"]
    _change(key_file, sealed=("B" if sealed[0] == "A" else "A") + sealed[1:])
    with pytest.raises(KeyUnavailableError):
        open_key_file(key_file, passphrase=PASSPHRASE)


@pytest.mark.parametrize(("name", "value"), [("n", 2**14), ("r", 4), ("p", 2)])
def test_changed_costs_do_not_open(key_file: Path, name: str, value: int) -> None:
    _change(key_file, **{name: value})
    with pytest.raises(KeyUnavailableError, match="wrong passphrase"):
        open_key_file(key_file, passphrase=PASSPHRASE)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n", 2**19),
        ("n", 2**63),
        ("n", 2**13),
        ("n", 2**15 + 1),
        ("n", 32768.0),
        ("n", "32768"),
        ("n", None),
        ("r", 17),
        ("r", 0),
        ("p", 5),
        ("p", -1),
        ("p", True),
        ("salt", ""),
        ("salt", "AAAA"),
        ("salt", 5),
        ("salt", "§"),
        ("sealed", [1]),
        ("format", "age"),
        ("version", 2),
        ("kdf", "argon2id"),
        ("cipher", "AES-128-GCM"),
        ("more", 1),
    ],
)
def test_a_file_out_of_bounds_is_refused_before_any_cost(
    key_file: Path, name: str, value: object
) -> None:
    _change(key_file, **{name: value})
    with pytest.raises(KeyUnavailableError, match="damaged"):
        open_key_file(key_file, passphrase=PASSPHRASE)


def test_a_sealed_secret_that_is_too_short_is_refused(key_file: Path) -> None:
    _change(key_file, sealed="AAAA")
    with pytest.raises(KeyUnavailableError):
        open_key_file(key_file, passphrase=PASSPHRASE)


@pytest.mark.parametrize("name", ["format", "version", "kdf", "n", "r", "p", "salt", "sealed"])
def test_a_missing_member_is_refused(key_file: Path, name: str) -> None:
    members = json.loads(key_file.read_bytes())
    del members[name]
    key_file.write_text(json.dumps(members))
    with pytest.raises(KeyUnavailableError, match="damaged"):
        open_key_file(key_file, passphrase=PASSPHRASE)


@pytest.mark.parametrize(
    "content", [b"", b"null", b"[]", b'"x"', b"{}", b"\xff\xfe", b"[" * 16000, b"{" * 16384]
)
def test_what_is_no_key_file_is_refused(key_file: Path, content: bytes) -> None:
    key_file.write_bytes(content)
    with pytest.raises(KeyUnavailableError, match="damaged"):
        open_key_file(key_file, passphrase=PASSPHRASE)


def test_a_huge_file_is_not_read(key_file: Path) -> None:
    key_file.write_bytes(key_file.read_bytes() + b" " * 16384)
    with pytest.raises(KeyUnavailableError, match="too large"):
        open_key_file(key_file, passphrase=PASSPHRASE)


def test_a_missing_file_is_a_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(KeyUnavailableError, match="cannot be read"):
        open_key_file(tmp_path / "absent.key", passphrase=PASSPHRASE)


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "realm.key"
    create_key_file(path, SECRET, passphrase=PASSPHRASE, randomness=SystemRandomness())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]
    assert SECRET.hex() not in path.read_text()


def test_a_key_file_is_never_overwritten(key_file: Path, written: bytes) -> None:
    with pytest.raises(KeyFileExistsError):
        create_key_file(key_file, b"other", passphrase="x", randomness=SystemRandomness())
    assert key_file.read_bytes() == written
    assert list(key_file.parent.iterdir()) == [key_file]


def test_of_many_creators_exactly_one_wins(tmp_path: Path) -> None:
    path = tmp_path / "realm.key"

    def create(number: int) -> bool:
        try:
            create_key_file(path, bytes([number]), passphrase="x", randomness=SystemRandomness())
        except KeyFileExistsError:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        won = list(threads.map(create, range(4)))
    assert won.count(True) == 1
    assert open_key_file(path, passphrase="x") == bytes([won.index(True)])


def test_an_empty_passphrase_protects_nothing(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="needs a passphrase"):
        create_key_file(tmp_path / "k", SECRET, passphrase="", randomness=SystemRandomness())
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_a_clear_sentence(tmp_path: Path) -> None:
    path = tmp_path / "absent" / "realm.key"
    with pytest.raises(ConfigurationError, match="cannot be written"):
        create_key_file(path, SECRET, passphrase="x", randomness=SystemRandomness())
