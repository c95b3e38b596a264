"""``demo``: the sample post goes through all three channels, for real, to its end."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

import httpx
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from app.bootstrap import demo_passwords
from app.cli.output import FAILED, OUT, print_table, speaking
from app.cli.posting import describe
from app.following import Resting, follow, resting
from app.house import House, open_house
from app.samples import Expectation, SampleItem, sample_post
from app.samples.post import sample_count
from app.serving import serving, wait_for_signal
from app.settings import Settings, load_settings
from app.verification import verify_storage
from app.watching import file_key
from domain.errors import NotFoundError, ServiceUnreachableError
from domain.ids import CarrierId, ReceiptCode, SubmissionId
from domain.post import Channel, ItemStatus
from intake.ledger import read_ledger

_TIMEOUT = 60.0
_TAKE_IN_SECONDS = 60.0
_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class _Fed:
    """One item of the sample post that has a receipt."""

    item: SampleItem
    submission: SubmissionId


def demo(
    *,
    stay: Annotated[bool, typer.Option("--stay", help="Keep serving afterwards.")] = False,
) -> None:
    """Start the service, feed the sample post, tell where all went; exit 1 if not as expected."""
    with speaking(), open_house(_settings()) as house, serving(house):
        right = True
        if not (stay and _has_post(house)):
            fed = _feed_and_follow(house)
            right = _report(house, fed)
        right = _accounts(house) and right
        _doors(house)
        if stay:
            wait_for_signal()
        elif not right:
            raise typer.Exit(FAILED)


def _settings() -> Settings:
    """Return the settings; the demo's files appear complete, so that nothing has to rest."""
    return load_settings().model_copy(update={"watch_seconds": 0})


def _has_post(house: House) -> bool:
    with house.intake.database.reading() as connection:
        return any(line.received for line in read_ledger(connection))


def _feed_and_follow(house: House) -> list[_Fed]:
    with _progress() as progress:
        feeding = progress.add_task("Post einliefern", total=sample_count())
        fed = []
        for item in sample_post(separator_key=house.separator_key):
            fed.append(_Fed(item, _feed(house, item)))
            progress.advance(feeding)
        task = progress.add_task("Lesen, zuordnen, ablegen", total=len(fed))
        follow(
            house,
            [one.submission for one in fed],
            progress=lambda done: progress.update(task, completed=done),
        )
    return fed


@contextmanager
def _progress() -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=OUT) as progress:
        yield progress


def _feed(house: House, item: SampleItem) -> SubmissionId:
    """Hand one item in by the door of its channel and return its submission."""
    if item.channel is Channel.APP:
        return _feed_by_app(house, item)
    folder = house.folder.inbox(item.channel)
    part = folder / f".{item.name}.part"
    part.write_bytes(item.content)
    path = folder / item.name
    part.rename(path)
    code = house.receipts.code_for(item.channel, file_key(path))
    return _taken_in(house, code)


def _feed_by_app(house: House, item: SampleItem) -> SubmissionId:
    try:
        answer = httpx.post(
            f"http://{house.settings.host}:{house.settings.port}/api/v1/submissions",
            files={"files": (item.name, item.content)},
            headers={"Idempotency-Key": house.randomness.uuid()},
            timeout=_TIMEOUT,
        ).raise_for_status()
    except httpx.HTTPError as error:
        raise ServiceUnreachableError from error
    return SubmissionId(answer.json()["submission_id"])


def _taken_in(house: House, code: ReceiptCode) -> SubmissionId:
    """Wait until a watched folder has taken a file in."""
    deadline = time.monotonic() + _TAKE_IN_SECONDS
    while True:
        try:
            with house.intake.database.reading() as connection:
                return house.receipts.find(connection, code).submission
        except NotFoundError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_POLL_SECONDS)


def _report(house: House, fed: list[_Fed]) -> bool:
    """Print where every document went and why; tell whether all is as expected."""
    rows: list[tuple[str, ...]] = []
    right = True
    for one in fed:
        places = resting(house, one.submission)
        marks = [
            _as_expected(house, *pair) for pair in zip(places, one.item.expected, strict=False)
        ]
        fits = len(places) == len(one.item.expected) and all(marks)
        right = right and fits
        rows.extend(
            (
                one.item.channel,
                one.item.name,
                place.type or "–",
                f"{place.confidence:.2f}" if place.confidence is not None else "–",
                describe(place),
                "ja" if fits else "NEIN",
            )
            for place in places
        )
    columns = ("Kanal", "Datei", "Art", "Sicherheit", "Wohin und warum", "Erwartet")
    print_table("Wohin die Post ging", columns, rows)
    return right


def _as_expected(house: House, place: Resting, expected: Expectation) -> bool:
    if place.status != expected.state:
        return False
    if place.status is not ItemStatus.FILED or expected.type is None:
        return True
    kind = house.intake.policy.catalogue[expected.type]
    lawful = house.intake.policy.carriers.entitled(kind)
    return place.type == expected.type and place.carriers == lawful


def _accounts(house: House) -> bool:
    """Print the ledger and check storage; tell whether both are in order."""
    with house.intake.database.reading() as connection:
        lines = read_ledger(connection)
    rows = [
        tuple(
            str(value)
            for value in (
                line.channel,
                line.received,
                line.filed,
                line.clearing,
                line.quarantined,
                line.in_flight,
            )
        )
        for line in lines
    ]
    columns = ("Kanal", "Eingang", "Abgelegt", "Klärung", "Quarantäne", "Unterwegs")
    print_table("Postbuch", columns, rows)
    problems = [problem for report in verify_storage(house) for problem in report.problems]
    for found in problems:
        OUT.print(found, markup=False)
    return all(line.balances for line in lines) and not problems


def _doors(house: House) -> None:
    """Print the addresses and the log-ins of the demo accounts."""
    base = house.settings.base_url
    passwords = demo_passwords(house.folder)
    rows = [("Unterlagen einreichen", f"{base}/", "–", "–")]
    for name, password in passwords.items():
        account = house.accounts.by_name(name)
        carrier = account.carrier if account else None
        place = f"{base}/akte/{carrier}" if carrier else f"{base}/klaerung"
        rows.append((account.title if account else name, place, name, password))
    print_table("Türen", ("Wer", "Adresse", "Anmeldename", "Passwort"), rows)
    names = ", ".join(CarrierId(name) for name in house.offices)
    OUT.print(f"Fachverfahren: poststelle fv pull --carrier NAME --out ORDNER  (NAME: {names})")
