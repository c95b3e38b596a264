"""The runner: failed jobs come back, others go on, nothing ends a desk, the end is orderly."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from app.house import House
from app.runner import Desk, Runner, desks_of, pending, running
from domain.errors import UnavailableError
from domain.ids import CarrierId
from efile.realm import Step as CarrierStep
from intake.room import Step
from storage.jobs import JOBS, Job
from tests.app.houses import (
    PreparedReader,
    hand_in,
    house_in,
    later,
    reading_with,
    wait_until,
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with house_in(tmp_path) as opened:
        yield opened


@contextmanager
def working(*desks: Desk) -> Iterator[Runner]:
    runner = Runner(desks)
    runner.start()
    try:
        yield runner
    finally:
        runner.stop()


def desk(house: House, **work: Callable[[Job], None]) -> Desk:
    return Desk("a test's desk", house.intake.jobs, work)


def completing(house: House, seen: list[str]) -> Callable[[Job], None]:
    def work(job: Job) -> None:
        seen.append(job.subject)
        with house.intake.database.transaction() as connection:
            house.intake.jobs.complete(connection, job)

    return work


def make_due(house: House) -> None:
    """Let the pause of every job that failed be over."""
    with house.intake.database.transaction() as connection:
        connection.execute(update(JOBS).values(available_at=later(seconds=-1)))


def test_everything_that_is_handed_in_comes_to_its_end(house: House) -> None:
    reader = PreparedReader()
    for number in range(4):
        hand_in(house, b"Brief %d" % number)
    with working(*desks_of(reading_with(house, reader))):
        wait_until(lambda: pending(house) == 0)
    assert sorted(reader.asked) == [b"Brief %d" % number for number in range(4)]
    assert len(house.offices[CarrierId("kommune")].library.inbox()) == 4


def test_there_is_a_desk_for_every_kind_of_job(house: House) -> None:
    desks = desks_of(house)
    assert [one.name for one in desks] == ["read-0", "mail-room", "file-agentur", "file-kommune"]
    kinds = {kind for one in desks for kind in one.work}
    assert kinds == {*map(str, Step), *map(str, CarrierStep)}


@pytest.mark.parametrize("error", [UnavailableError("away"), ValueError("Kanarienvogel")])
def test_a_job_that_fails_comes_back_later_and_the_others_go_on(
    house: House, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    seen: list[str] = []
    done = completing(house, seen)
    fail = [error]

    def work(job: Job) -> None:
        if job.subject == "first" and fail:
            raise fail.pop()
        done(job)

    for subject in ("first", "second", "third"):
        house.intake.jobs.announce("read", subject)
    with working(desk(house, read=work)):
        wait_until(lambda: len(seen) == 2)
        assert house.intake.jobs.pending() == 1
        assert house.intake.jobs.claim(frozenset({"read"})) is None
        make_due(house)
        wait_until(lambda: house.intake.jobs.pending() == 0)
    assert seen == ["second", "third", "first"]
    assert "job read of first failed" in caplog.text
    assert "Kanarienvogel" not in caplog.text


def test_what_failed_is_noted_by_its_code_alone(house: House) -> None:
    def work(job: Job) -> None:
        detail = f"Kanarienvogel {job.id}"
        raise UnavailableError(detail)

    house.intake.jobs.announce("read", "first")
    with working(desk(house, read=work)):
        wait_until(lambda: _errors(house) == ["unavailable"])


def _errors(house: House) -> list[str | None]:
    with house.intake.database.reading() as connection:
        return list(connection.execute(select(JOBS.c.error)).scalars())


def test_a_desk_outlives_the_failure_of_its_database(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str] = []
    with working(desk(house, read=completing(house, seen))):
        _rename(house, "jobs", "jobs_away")
        wait_until(lambda: "failed: DatabaseUnavailableError" in caplog.text)
        _rename(house, "jobs_away", "jobs")
        house.intake.jobs.announce("read", "first")
        wait_until(lambda: seen == ["first"])


def _rename(house: House, old: str, new: str) -> None:
    with house.intake.database.transaction() as connection:
        connection.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))


def test_stopping_lets_the_job_at_hand_finish_and_takes_no_other(house: House) -> None:
    seen: list[str] = []
    started, goes_on = threading.Event(), threading.Event()
    done = completing(house, seen)

    def work(job: Job) -> None:
        started.set()
        assert goes_on.wait(20)
        done(job)

    for subject in ("first", "second"):
        house.intake.jobs.announce("read", subject)
    runner = Runner((desk(house, read=work),))
    runner.start()
    assert started.wait(20)
    stopping = threading.Thread(target=runner.stop)
    stopping.start()
    stopping.join(0.3)
    assert stopping.is_alive()
    goes_on.set()
    stopping.join(20)
    assert seen == ["first"]
    assert house.intake.jobs.pending() == 1


def test_the_lease_of_a_long_job_is_renewed(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.runner._RENEW_SECONDS", 0.05)
    seen: list[str] = []
    done = completing(house, seen)
    leases: list[int] = []

    def work(job: Job) -> None:
        first = _leased_until(house)
        wait_until(lambda: _leased_until(house) > first)
        leases.append(_leased_until(house) - first)
        done(job)

    house.intake.jobs.announce("read", "first")
    with working(desk(house, read=work)):
        wait_until(lambda: seen == ["first"])
    assert leases[0] > 0


def _leased_until(house: House) -> int:
    with house.intake.database.reading() as connection:
        return int(connection.execute(text("SELECT leased_until FROM jobs")).scalar_one())


def test_a_job_is_taken_by_one_of_many_desks(house: House) -> None:
    seen: list[str] = []
    for number in range(20):
        house.intake.jobs.announce("read", str(number))
    with working(*(desk(house, read=completing(house, seen)) for _ in range(3))):
        wait_until(lambda: house.intake.jobs.pending() == 0)
    assert sorted(seen, key=int) == [str(number) for number in range(20)]


def test_running_a_house_starts_and_ends_all_its_desks(house: House) -> None:
    expected = {"read-0", "mail-room", "file-agentur", "file-kommune", "leases"}
    before = set(threading.enumerate())
    with running(house):
        begun = set(threading.enumerate()) - before
        desks = [thread for thread in begun if thread.name in expected]
        assert {thread.name for thread in desks} == expected
    assert not any(thread.is_alive() for thread in desks)
