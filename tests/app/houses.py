"""Houses in a temporary folder, with real keys and databases and readings made in advance."""

import atexit
import dataclasses
import datetime as dt
import logging
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from app import bootstrap
from app.house import House, open_house
from app.http import create_app
from app.policy import load_policy
from app.runner import Desk, desks_of
from app.settings import Settings
from domain.errors import PageUnavailableError
from domain.ids import TypeCode
from domain.ports import SeparatorCheck
from domain.post import Channel, Receipt, SenderNote
from domain.reading import Fields, Outcome, ReadDocument, Reading
from storage.system import SystemRandomness
from tests.e2e.running import free_port

BG = "12345//0000017"
PNG = b"\x89PNG\r\n\x1a\n a fictitious page"


def settings_in(folder: Path, **changes: Any) -> Settings:  # noqa: ANN401 - values of any setting
    given = {"data_dir": folder / "data", "readers": 1, "watch_folders": False, "watch_seconds": 0}
    return Settings.model_validate({**given, **changes})


@cache
def _furnished() -> Path:
    """Return a data folder with keys, made once: deriving keys from passphrases takes time."""
    folder = Path(tempfile.mkdtemp(prefix="poststelle-test-"))
    atexit.register(shutil.rmtree, folder)
    settings = settings_in(folder)
    bootstrap.prepare(settings, load_policy(settings).carriers, randomness=SystemRandomness())
    return settings.data_dir


@contextmanager
def house_in(folder: Path, **changes: Any) -> Iterator[House]:  # noqa: ANN401 - the same
    shutil.copytree(_furnished(), folder / "data")
    with open_house(settings_in(folder, **changes)) as house:
        yield house


def document(text: str = "Mietvertrag über Wohnraum", **changes: Any) -> ReadDocument:  # noqa: ANN401 - fields of any type
    said = ReadDocument(
        pages=(1,),
        type=TypeCode("mietvertrag"),
        confidence=0.97,
        fields=Fields(bg_nummer=BG),
        text=text,
        media_type="application/pdf",
    )
    return dataclasses.replace(said, **changes)


def reading(*documents: ReadDocument) -> Reading:
    found = documents or (document(),)
    return Reading(Outcome.ACCEPTED, "application/pdf", page_count=len(found), documents=found)


class PreparedReader:
    """Answers with what a test has prepared; counts how often it was asked."""

    def __init__(self, answer: Callable[[bytes], Reading] = lambda _: reading()) -> None:
        self.asked: list[bytes] = []
        self._answer = answer

    def read(self, content: bytes, *, name: str, separators: SeparatorCheck) -> Reading:
        del name, separators
        self.asked.append(content)
        return self._answer(content)

    def render(self, content: bytes, *, page: int, width: int) -> bytes:
        if not content or page < 1 or width < 1:
            raise PageUnavailableError
        return PNG


def reading_with(house: House, reader: PreparedReader) -> House:
    """Return the house with another reader in its mail room."""
    outside = house.intake.outside
    examination = dataclasses.replace(outside.examination, reader=reader)
    room = dataclasses.replace(
        house.intake, outside=dataclasses.replace(outside, examination=examination)
    )
    return dataclasses.replace(house, intake=room)


def hand_in(house: House, *contents: bytes, channel: Channel = Channel.APP) -> Receipt:
    """Receive files as any channel does."""
    key = house.randomness.uuid()
    arrival = house.reception.begin(channel, idempotency_key=key, note=SenderNote())
    for number, content in enumerate(contents):
        item = arrival.item(f"datei-{number}.pdf")
        item.write(content)
        item.finish()
    return arrival.complete()


def work_off(house: House) -> None:
    """Do what waits at every desk, in turn, until nothing is left that is due."""
    desks = desks_of(house)
    while any(_one_job(desk) for desk in desks):
        pass


def _one_job(desk: Desk) -> bool:
    job = desk.jobs.claim(frozenset(desk.work))
    if job is not None:
        desk.work[job.kind](job)
    return job is not None


def file_one(house: House, *documents: ReadDocument, content: bytes = b"%PDF a letter") -> Receipt:
    """Hand in one file and have its documents filed."""
    receipt = hand_in(house, content)
    work_off(reading_with(house, PreparedReader(lambda _: reading(*documents))))
    return receipt


def files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def later(**pause: float) -> dt.datetime:
    return dt.datetime.now(dt.UTC) + dt.timedelta(**pause)


@contextmanager
def answering(house: House) -> Iterator[httpx.Client]:
    """Serve the HTTP application of a house without its workers: what comes in lies still."""
    port = free_port()
    config = uvicorn.Config(
        create_app(house), port=port, log_level=logging.CRITICAL, access_log=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_until(lambda: server.started)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()


def wait_until(said: Callable[[], bool], *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not said():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
