import datetime as dt
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select

from domain.errors import NotAllowedNowError
from storage.database import RealmDatabase
from storage.jobs import JOBS, LEASE, Job, JobQueue
from storage.system import SystemRandomness
from tests.storage.failing import CutOffError, cut_off
from tests.storage.settable_clock import SettableClock

TABLES = MetaData()
RESULTS = Table(
    "results",
    TABLES,
    Column("number", Integer, primary_key=True),
    Column("subject", String, nullable=False),
)
READ = frozenset({"read"})
A_MOMENT = dt.timedelta(microseconds=1)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[RealmDatabase]:
    database = RealmDatabase(tmp_path / "realm.sqlite", TABLES)
    yield database
    database.close()


@pytest.fixture
def jobs(database: RealmDatabase, clock: SettableClock) -> JobQueue:
    return JobQueue(database, clock=clock, randomness=SystemRandomness())


def _claimed(jobs: JobQueue, kinds: frozenset[str] = READ) -> Job:
    job = jobs.claim(kinds)
    assert job is not None
    return job


def _finish(database: RealmDatabase, jobs: JobQueue, job: Job) -> None:
    """Do what every step does: the result and the end of the job in one transaction."""
    with database.transaction() as connection:
        connection.execute(insert(RESULTS).values(subject=job.subject))
        jobs.complete(connection, job)


def _results(database: RealmDatabase) -> list[str]:
    with database.reading() as connection:
        return list(connection.execute(select(RESULTS.c.subject)).scalars())


def test_an_empty_queue_has_no_job(jobs: JobQueue) -> None:
    assert jobs.claim(READ) is None


def test_a_job_is_claimed_done_and_gone(database: RealmDatabase, jobs: JobQueue) -> None:
    jobs.announce("read", "item-1")
    job = _claimed(jobs)
    assert (job.kind, job.subject, job.attempts) == ("read", "item-1", 1)
    assert jobs.claim(READ) is None
    _finish(database, jobs, job)
    assert jobs.pending() == 0
    assert _results(database) == ["item-1"]


def test_only_the_kinds_that_were_asked_for_are_claimed(jobs: JobQueue) -> None:
    jobs.announce("route", "document-1")
    assert jobs.claim(READ) is None
    assert _claimed(jobs, frozenset({"read", "route"})).kind == "route"


def test_the_oldest_job_comes_first(jobs: JobQueue, clock: SettableClock) -> None:
    for subject in ("first", "second", "third"):
        jobs.announce("read", subject)
        clock.advance(A_MOMENT)
    assert [_claimed(jobs).subject for _ in range(3)] == ["first", "second", "third"]


def test_the_same_job_twice_is_one_job(jobs: JobQueue) -> None:
    jobs.announce("read", "item-1")
    jobs.announce("read", "item-1")
    jobs.announce("route", "item-1")
    assert jobs.pending() == 2


def test_a_job_is_written_with_the_state_that_demands_it(
    database: RealmDatabase, jobs: JobQueue
) -> None:
    with pytest.raises(CutOffError):
        cut_off(database, lambda act: jobs.enqueue(act, "read", "item-1"))
    assert jobs.pending() == 0


def test_a_lease_holds_until_its_end_and_not_longer(jobs: JobQueue, clock: SettableClock) -> None:
    jobs.announce("read", "item-1")
    first = _claimed(jobs)
    clock.advance(LEASE)
    assert jobs.claim(READ) is None
    clock.advance(A_MOMENT)
    second = _claimed(jobs)
    assert (second.id, second.attempts) == (first.id, 2)
    assert second.lease != first.lease


def test_a_renewed_lease_is_not_passed_on(jobs: JobQueue, clock: SettableClock) -> None:
    jobs.announce("read", "item-1")
    job = _claimed(jobs)
    clock.advance(LEASE)
    jobs.renew(job)
    clock.advance(LEASE)
    assert jobs.claim(READ) is None


def test_who_lost_the_lease_writes_nothing(
    database: RealmDatabase, jobs: JobQueue, clock: SettableClock
) -> None:
    jobs.announce("read", "item-1")
    slow = _claimed(jobs)
    clock.advance(LEASE + A_MOMENT)
    quick = _claimed(jobs)
    with pytest.raises(NotAllowedNowError):
        _finish(database, jobs, slow)
    assert _results(database) == []
    _finish(database, jobs, quick)
    with pytest.raises(NotAllowedNowError):
        _finish(database, jobs, slow)
    assert _results(database) == ["item-1"]


def test_who_was_slow_but_not_replaced_may_finish(
    database: RealmDatabase, jobs: JobQueue, clock: SettableClock
) -> None:
    jobs.announce("read", "item-1")
    job = _claimed(jobs)
    clock.advance(LEASE * 10)
    _finish(database, jobs, job)
    assert _results(database) == ["item-1"]


def test_who_lost_the_lease_can_neither_renew_nor_give_back(
    jobs: JobQueue, clock: SettableClock
) -> None:
    jobs.announce("read", "item-1")
    slow = _claimed(jobs)
    clock.advance(LEASE + A_MOMENT)
    _claimed(jobs)
    clock.advance(LEASE)
    jobs.renew(slow)
    jobs.retry_later(slow, error="late")
    assert jobs.claim(READ) is None
    clock.advance(A_MOMENT)
    assert _claimed(jobs).attempts == 3


def test_a_failed_job_pauses_longer_each_time_and_at_most_five_minutes(
    jobs: JobQueue, clock: SettableClock
) -> None:
    jobs.announce("read", "item-1")
    pauses = []
    for _ in range(12):
        job = _claimed(jobs)
        jobs.retry_later(job, error="scanner_unavailable")
        begun = clock.now()
        while jobs.claim(READ) is None:
            clock.advance(dt.timedelta(seconds=1))
        pauses.append((clock.now() - begun).total_seconds())
        clock.advance(LEASE + A_MOMENT)
    assert pauses == sorted(pauses)
    assert pauses[0] == 2
    assert pauses[-1] == 300


def test_a_failed_job_keeps_the_code_of_its_error(database: RealmDatabase, jobs: JobQueue) -> None:
    jobs.announce("read", "item-1")
    jobs.retry_later(_claimed(jobs), error="scanner_unavailable")
    with database.reading() as connection:
        row = connection.execute(select(JOBS)).one()
    assert (row.error, row.lease, row.attempts) == ("scanner_unavailable", None, 1)


def test_a_failed_job_lets_the_others_pass(jobs: JobQueue, clock: SettableClock) -> None:
    jobs.announce("read", "broken")
    clock.advance(A_MOMENT)
    jobs.announce("read", "sound")
    jobs.retry_later(_claimed(jobs), error="x")
    assert _claimed(jobs).subject == "sound"


def test_the_subjects_that_are_not_done_are_known(database: RealmDatabase, jobs: JobQueue) -> None:
    jobs.announce("read", "item-1")
    jobs.announce("read", "item-2")
    jobs.announce("route", "document-1")
    _finish(database, jobs, _claimed(jobs))
    with database.reading() as connection:
        assert jobs.open_subjects(connection, "read") == {"item-2"}


def test_many_workers_with_short_leases_write_every_result_once(
    database: RealmDatabase, jobs: JobQueue, clock: SettableClock
) -> None:
    subjects = {f"item-{number}" for number in range(24)}
    for subject in subjects:
        jobs.announce("read", subject)

    def work(_: int) -> None:
        while jobs.pending():
            job = jobs.claim(READ)
            # Every claim lets all other leases run out, so that jobs are worked on twice.
            clock.advance(LEASE + A_MOMENT)
            if job is None:
                continue
            with suppress(NotAllowedNowError):
                _finish(database, jobs, job)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert Counter(_results(database)) == Counter(subjects)
