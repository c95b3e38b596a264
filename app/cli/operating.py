"""``ledger``, ``audit``, ``storage``, ``keys``, ``config`` and the worker: running the house."""

import shutil
import time
from dataclasses import asdict
from typing import Annotated

import typer

from app import bootstrap
from app.cli.output import FAILED, print_json, print_table, speaking
from app.folders import DataFolder
from app.house import open_house
from app.policy import load_policy
from app.readers import make_reader
from app.runner import pending, running
from app.serving import wait_for_signal
from app.settings import load_settings
from app.verification import verify_audit, verify_storage
from domain.ids import INTAKE, RealmId, realm_of
from intake.ledger import read_ledger
from storage.custody import KeyUnavailableError
from storage.keyring import fingerprint

audit = typer.Typer(help="The audit chains.", no_args_is_help=True)
storage = typer.Typer(help="Objects and databases.", no_args_is_help=True)
keys = typer.Typer(help="The keys of the realms.", no_args_is_help=True)
config = typer.Typer(help="The settings.", no_args_is_help=True)

_JSON = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_DRAIN_POLL_SECONDS = 0.2
_KEY_FITS = "in Ordnung"


def work(*, drain: bool) -> None:
    """Do what waits until a signal comes, or until nothing is left."""
    with open_house(load_settings()) as house, running(house):
        if not drain:
            wait_for_signal()
        while drain and pending(house):
            time.sleep(_DRAIN_POLL_SECONDS)


def ledger(*, as_json: _JSON = False) -> None:
    """Count every channel: in = filed + clearing + quarantined + in flight; exit 1 if not."""
    with speaking(), open_house(load_settings()) as house:
        with house.intake.database.reading() as connection:
            lines = read_ledger(connection)
        if as_json:
            print_json([{**asdict(line), "balances": line.balances} for line in lines])
        else:
            rows = [tuple(str(value) for value in asdict(line).values()) for line in lines]
            columns = ("Kanal", "Eingang", "Abgelegt", "Klärung", "Quarantäne", "Unterwegs")
            print_table("Postbuch", columns, rows)
        if not all(line.balances for line in lines):
            raise typer.Exit(FAILED)


@audit.command("verify")
def verify_chains(*, as_json: _JSON = False) -> None:
    """Check every audit chain; exit 1 if one is broken."""
    with speaking(), open_house(load_settings()) as house:
        found = verify_audit(house)
    if as_json:
        told = {
            realm: dict(zip(("entries", "error"), each, strict=True))
            for realm, each in found.items()
        }
        print_json(told)
    else:
        rows = [(realm, str(each[0]), each[1] or "unversehrt") for realm, each in found.items()]
        print_table("Protokollketten", ("Bereich", "Einträge", "Befund"), rows)
    if any(error for _, error in found.values()):
        raise typer.Exit(FAILED)


@storage.command("verify")
def verify(*, as_json: _JSON = False) -> None:
    """Compare databases and objects in both directions; exit 1 if they disagree."""
    with speaking(), open_house(load_settings()) as house:
        reports = verify_storage(house)
    if as_json:
        print_json([asdict(report) for report in reports])
    else:
        columns = ("Bereich", "Geprüft", "In Arbeit", "Ohne Quittung", "Befunde")
        rows = [
            (
                report.realm,
                str(report.objects),
                str(report.under_way),
                str(report.abandoned),
                "; ".join(report.problems) or "keine",
            )
            for report in reports
        ]
        print_table("Ablage", columns, rows)
    if any(report.problems for report in reports):
        raise typer.Exit(FAILED)


@keys.command("list")
def list_keys(*, as_json: _JSON = False) -> None:
    """List the realms with the fingerprint of their public keys; shows no secret."""
    with speaking():
        settings = load_settings()
        with open_house(settings) as house:
            realms = (INTAKE, *(RealmId(name) for name in house.offices))
            found = {
                realm: fingerprint(house.folder.public_key(realm).read_text()) for realm in realms
            }
    if as_json:
        print_json(found)
    else:
        print_table("Schlüssel", ("Bereich", "Fingerabdruck"), list(found.items()))


@keys.command("check")
def check_keys() -> None:
    """Prove that every key file opens and belongs to its public key; exit 1 if one does not."""
    with speaking():
        settings = load_settings()
        folder = DataFolder(settings.data_dir.absolute())
        words = bootstrap.passphrase(settings, folder)
        carriers = load_policy(settings).carriers.carriers
        found = {
            realm: _key_state(folder, realm, words=words)
            for realm in (INTAKE, *map(realm_of, carriers))
        }
    for realm, state in found.items():
        typer.echo(f"{realm}: {state}")
    if set(found.values()) != {_KEY_FITS}:
        raise typer.Exit(FAILED)


_HELD = {
    "bubblewrap": "abgeschottet (bubblewrap)",
    "limits": "eingezäunt, schwächer als abgeschottet (POSTSTELLE_SANDBOX=limits)",
}


@config.command("check")
def check_config() -> None:
    """Check the settings, the policy, the sandbox and what is installed."""
    with speaking():
        settings = load_settings()
        policy = load_policy(settings)
        with make_reader(settings) as reader:
            reader.probe()
    carriers = ", ".join(policy.carriers.carriers)
    typer.echo(f"Träger: {carriers} ({policy.carriers.title})")
    typer.echo(f"Dokumentarten: {len(tuple(policy.catalogue))}")
    typer.echo(f"Leseumgebung: {_HELD[settings.sandbox]}")
    readable = settings.sandbox == "bubblewrap" and shutil.which("soffice")
    office = "vorhanden" if readable else "nicht nutzbar (DOCX und ODT gehen zur Klärung)"
    typer.echo(f"LibreOffice: {office}")
    scanner = f"ClamAV ({settings.clamd})" if settings.clamd else "nur EICAR-Testdatei, kein Schutz"
    typer.echo(f"Schadsoftwareprüfung: {scanner}")


def _key_state(folder: DataFolder, realm: RealmId, *, words: str) -> str:
    try:
        opened = bootstrap.open_realm_keys(folder, realm, passphrase=words)
        stored = folder.public_key(realm).read_text()
    except (KeyUnavailableError, OSError):
        return "lässt sich nicht öffnen"
    return _KEY_FITS if opened.public.to_bytes().hex() == stored else "passt nicht"
