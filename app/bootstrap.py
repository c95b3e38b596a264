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
from storage.durable import write_once
from storage.keyring import RealmKeys, RealmSecret

_SECRET_BYTES = 32
_PASSWORD_BYTES = 6


def prepare(
    settings: Settings, carriers: CarrierConfiguration, *, randomness: Randomness
) -> DataFolder:
    """Return the data folder with everything in it that a start needs."""
    folder = DataFolder(settings.data_dir.absolute())
    try:
        _make_folder(folder.root)
        with _locked(folder.lock):
            _make_folder(folder.secrets)
            _make_folder(folder.root / "keys")
            _ensure_secrets(settings, folder, carriers, randomness=randomness)
            _ensure_keys(settings, folder, carriers, randomness=randomness)
            _ensure_accounts(settings, folder, carriers, randomness=randomness)
    except OSError as error:
        detail = f"the data folder cannot be used ({type(error).__name__})"
        raise ConfigurationError(detail) from error
    return folder


def passphrase(settings: Settings, folder: DataFolder) -> str:
    """Return the passphrase of the key files."""
    path = settings.passphrase_file or folder.secret("passphrase")
    if not path.is_file():
        detail = "the passphrase file does not exist; set POSTSTELLE_PASSPHRASE_FILE"
        raise ConfigurationError(detail)
    try:
        return path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        detail = "the passphrase file cannot be read"
        raise ConfigurationError(detail) from error


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


def _ensure_secrets(
    settings: Settings,
    folder: DataFolder,
    carriers: CarrierConfiguration,
    *,
    randomness: Randomness,
) -> None:
    names = ["receipts", "sessions", *(f"fv-{carrier}" for carrier in carriers.carriers)]
    if settings.passphrase_file is None:
        names.append("passphrase")
    for name in names:
        _write_missing(folder.secret(name), randomness.token(_SECRET_BYTES).hex())


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
        if not folder.key_file(realm).exists():
            _create_keys(folder, realm, passphrase=words, randomness=randomness)
        # A key file that is there is never replaced, whatever else is missing beside it.
        public = open_realm_keys(folder, realm, passphrase=words).public.to_bytes()
        _write_missing(folder.public_key(realm), public.hex())


def _create_keys(
    folder: DataFolder, realm: RealmId, *, passphrase: str, randomness: Randomness
) -> None:
    if folder.database(realm).exists():
        detail = f"the keys of realm {realm} are missing; restore them from the backup"
        raise ConfigurationError(detail)
    secret = RealmSecret.generate(randomness).to_bytes()
    create_key_file(folder.key_file(realm), secret, passphrase=passphrase, randomness=randomness)


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
    # Passwords without accounts are left over from a start that was cut short.
    folder.secret("demo-accounts.json").unlink(missing_ok=True)
    _write_missing(folder.secret("demo-accounts.json"), json.dumps(passwords))
    _write_missing(accounts, made.to_json())


def _make_folder(path: Path) -> None:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def _write_missing(path: Path, text: str) -> None:
    """Write a file that is not there yet: complete, durable, readable by its owner alone."""
    if not path.exists():
        write_once(path, text.encode())


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.touch(mode=0o600)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
