"""First start: generate keys, secrets and demo accounts where there are none. Idempotent."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.accounts import demo_people, make_accounts
from app.folders import DataFolder
from app.settings import Settings
from domain.carriers import CarrierConfiguration
from domain.errors import ConfigurationError
from domain.ids import INTAKE, RealmId, realm_of
from domain.ports import Randomness
from storage.custody import create_key_file, open_key_file
from storage.keyring import RealmKeys, RealmSecret

_SECRET_BYTES = 32
_PASSWORD_BYTES = 6


def prepare(
    settings: Settings, carriers: CarrierConfiguration, *, randomness: Randomness
) -> DataFolder:
    """Return the data folder with everything in it that a start needs."""
    folder = DataFolder(settings.data_dir.absolute())
    _make_folder(folder.root)
    with _locked(folder.lock):
        _make_folder(folder.secrets)
        _make_folder(folder.root / "keys")
        for name in ("receipts", "sessions"):
            _write_once(folder.secret(name), randomness.token(_SECRET_BYTES).hex())
        for carrier in carriers.carriers:
            _write_once(folder.secret(f"fv-{carrier}"), randomness.token(_SECRET_BYTES).hex())
        if settings.passphrase_file is None:
            _write_once(folder.secret("passphrase"), randomness.token(_SECRET_BYTES).hex())
        _ensure_keys(settings, folder, carriers, randomness=randomness)
        _ensure_accounts(settings, folder, carriers, randomness=randomness)
    return folder


def passphrase(settings: Settings, folder: DataFolder) -> str:
    """Return the passphrase of the key files."""
    path = settings.passphrase_file or folder.secret("passphrase")
    if not path.is_file():
        detail = "the passphrase file does not exist; set POSTSTELLE_PASSPHRASE_FILE"
        raise ConfigurationError(detail)
    return path.read_text().strip()


def open_realm_keys(folder: DataFolder, realm: RealmId, *, passphrase: str) -> RealmKeys:
    """Open the keys of one realm with the passphrase of its key file."""
    secret = open_key_file(folder.key_file(realm), passphrase=passphrase)
    return RealmKeys(realm, RealmSecret.from_bytes(secret))


def read_secret(folder: DataFolder, name: str) -> bytes:
    """Return one generated secret (32 bytes)."""
    return bytes.fromhex(folder.secret(name).read_text())


def demo_passwords(folder: DataFolder) -> dict[str, str]:
    """Return the generated passwords of the demo accounts, if there are any."""
    path = folder.secret("demo-accounts.json")
    return dict(json.loads(path.read_text())) if path.is_file() else {}


def _ensure_keys(
    settings: Settings,
    folder: DataFolder,
    carriers: CarrierConfiguration,
    *,
    randomness: Randomness,
) -> None:
    words = passphrase(settings, folder)
    for realm in (INTAKE, *map(realm_of, carriers.carriers)):
        if folder.public_key(realm).is_file():
            continue
        if folder.database(realm).exists():
            detail = f"the keys of realm {realm} are missing; restore them from the backup"
            raise ConfigurationError(detail)
        folder.key_file(realm).unlink(missing_ok=True)
        secret = RealmSecret.generate(randomness)
        create_key_file(
            folder.key_file(realm), secret.to_bytes(), passphrase=words, randomness=randomness
        )
        public = RealmKeys(realm, secret).public.to_bytes()
        _write_once(folder.public_key(realm), public.hex())


def _ensure_accounts(
    settings: Settings,
    folder: DataFolder,
    carriers: CarrierConfiguration,
    *,
    randomness: Randomness,
) -> None:
    accounts = folder.secret("accounts.json")
    if accounts.is_file():
        return
    people = demo_people(carriers.carriers.values()) if settings.demo_accounts else ()
    passwords = {person.name: randomness.token(_PASSWORD_BYTES).hex() for person in people}
    made = make_accounts(
        (person, passwords[person.name], randomness.token(16)) for person in people
    )
    _write_once(folder.secret("demo-accounts.json"), json.dumps(passwords))
    _write_once(accounts, made.to_json())


def _make_folder(path: Path) -> None:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def _write_once(path: Path, text: str) -> None:
    """Write a file that is complete or not there at all, readable by its owner alone."""
    if path.exists():
        return
    part = path.with_name(f".{path.name}.part")
    part.touch(mode=0o600)
    part.write_text(text)
    part.replace(path)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
