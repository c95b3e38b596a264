"""Bootstrap: makes what is missing once, keeps what is there, and never guesses a key."""

import json
import multiprocessing
import shutil
import stat
from pathlib import Path

import pytest

from app import bootstrap
from app.accounts import read_accounts
from app.folders import DataFolder
from app.house import open_house
from app.policy import load_policy
from app.settings import Settings
from domain.errors import ConfigurationError
from domain.ids import INTAKE, CarrierId, RealmId, realm_of
from storage.custody import KeyUnavailableError
from storage.system import SystemRandomness
from tests.app.houses import settings_in

REALMS = (INTAKE, RealmId("agentur"), RealmId("kommune"))


def prepare(settings: Settings) -> DataFolder:
    carriers = load_policy(settings).carriers
    return bootstrap.prepare(settings, carriers, randomness=SystemRandomness())


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_second_start_changes_nothing(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    prepare(settings)
    first = contents(tmp_path)
    folder = prepare(settings)
    assert contents(tmp_path) == first
    assert {folder.key_file(realm) for realm in REALMS} <= set(first)
    assert not [path for path in first if ".part" in path.name]


def _start(data: Path) -> None:
    prepare(settings_in(data))


def test_two_processes_that_start_at_once_agree(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    starts = [context.Process(target=_start, args=(tmp_path,)) for _ in range(2)]
    for start in starts:
        start.start()
    for start in starts:
        start.join(timeout=60)
    assert [start.exitcode for start in starts] == [0, 0]
    settings = settings_in(tmp_path)
    folder = prepare(settings)
    words = bootstrap.passphrase(settings, folder)
    for realm in REALMS:
        keys = bootstrap.open_realm_keys(folder, realm, passphrase=words)
        assert keys.public.to_bytes().hex() == folder.public_key(realm).read_text()
    passwords = bootstrap.demo_passwords(folder)
    accounts = read_accounts(folder.secret("accounts.json").read_text())
    assert all(accounts.sign_in(name, password) for name, password in passwords.items())


def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with open_house(settings) as house:
        house.intake.jobs.announce("read", "x")
        modes = {
            path: stat.S_IMODE(path.stat().st_mode)
            for path in [settings.data_dir, *settings.data_dir.rglob("*")]
        }
        wide = {
            path.name: oct(mode)
            for path, mode in modes.items()
            if mode != (0o700 if path.is_dir() else 0o600)
        }
        assert wide == {}
        assert any(path.name == "realm.db-wal" for path in modes)


@pytest.mark.parametrize("lost", [("key_file",), ("key_file", "public_key")])
def test_lost_keys_of_a_database_that_exists_are_never_made_anew(
    tmp_path: Path, lost: tuple[str, ...]
) -> None:
    settings = settings_in(tmp_path)
    with open_house(settings) as house:
        folder = house.folder
    kommune = realm_of(CarrierId("kommune"))
    for name in lost:
        getattr(folder, name)(kommune).unlink()
    before = contents(folder.root / "keys")
    with pytest.raises(ConfigurationError), open_house(settings):
        pass
    assert contents(folder.root / "keys") == before


@pytest.mark.parametrize("databases", ["kept", "not restored yet"])
def test_a_key_file_is_never_replaced_and_gives_its_public_key_back(
    tmp_path: Path, databases: str
) -> None:
    settings = settings_in(tmp_path)
    with open_house(settings) as house:
        folder = house.folder
    before = contents(folder.root / "keys")
    for key in (folder.root / "keys").glob("*.pub"):
        key.unlink()
    if databases != "kept":
        shutil.rmtree(folder.root / "realms")
    with open_house(settings):
        assert contents(folder.root / "keys") == before


def test_a_wrong_passphrase_is_said_clearly_and_changes_nothing(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    folder = prepare(settings)
    folder.secret("passphrase").write_text("falsch")
    before = contents(tmp_path)
    with pytest.raises(KeyUnavailableError, match="passphrase") as caught, open_house(settings):
        pass
    assert "falsch" not in str(caught.value)
    assert contents(tmp_path) == before


def test_a_passphrase_of_ones_own_is_used_and_none_is_generated(tmp_path: Path) -> None:
    words = tmp_path / "words"
    words.write_text("vier zufällige Wörter reichen\n")
    settings = settings_in(tmp_path, passphrase_file=words)
    folder = prepare(settings)
    assert not folder.secret("passphrase").exists()
    keys = bootstrap.open_realm_keys(folder, INTAKE, passphrase="vier zufällige Wörter reichen")
    assert keys.public.to_bytes().hex() == folder.public_key(INTAKE).read_text()


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe"])
def test_a_passphrase_file_that_is_no_use_is_refused(tmp_path: Path, content: bytes | None) -> None:
    words = tmp_path / "words"
    if content is not None:
        words.write_bytes(content)
    with pytest.raises(ConfigurationError):
        prepare(settings_in(tmp_path, passphrase_file=words))
    assert not list((tmp_path / "data" / "keys").glob("*.key"))


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(ConfigurationError):
        prepare(settings_in(tmp_path))


def test_accounts_that_a_cut_start_left_without_hashes_are_made_anew(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    folder = prepare(settings)
    folder.secret("accounts.json").unlink()
    folder = prepare(settings)
    accounts = read_accounts(folder.secret("accounts.json").read_text())
    passwords = bootstrap.demo_passwords(folder)
    assert set(passwords) == {"scanstelle", "agentur", "kommune"}
    assert all(accounts.sign_in(name, password) for name, password in passwords.items())


def test_without_demo_accounts_nobody_can_sign_in(tmp_path: Path) -> None:
    folder = prepare(settings_in(tmp_path, demo_accounts=False))
    assert json.loads(folder.secret("accounts.json").read_text()) == []
    assert bootstrap.demo_passwords(folder) == {}


def test_each_secret_is_its_own(tmp_path: Path) -> None:
    folder = prepare(settings_in(tmp_path))
    names = ("receipts", "sessions", "passphrase", "fv-agentur", "fv-kommune")
    secrets = {bootstrap.read_secret(folder, name) for name in names}
    assert len(secrets) == 5
    assert {len(secret) for secret in secrets} == {32}
