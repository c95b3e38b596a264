"""The outbox of a realm: what is still to be done, written with the state that demands it.

A job is a kind and the id of its subject, nothing else. It is claimed under a lease; whoever
holds the lease may complete it, in the transaction that writes the result, so that a worker
that was too slow cannot write a result twice. A job whose worker died is claimed again when
its lease has run out; every job may therefore run twice and is idempotent.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    delete,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from domain.errors import NotAllowedNowError
from domain.ids import JobId
from domain.ports import Clock, Randomness
from storage.database import SHARED, Instant, RealmDatabase

LEASE = dt.timedelta(seconds=20)
_BACKOFF_CAP = dt.timedelta(minutes=5)

JOBS = Table(
    "jobs",
    SHARED,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("available_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("lease", String),
    Column("leased_until", Instant),
    Column("error", String),
)
Index("jobs_once", JOBS.c.kind, JOBS.c.subject, unique=True)
Index("jobs_due", JOBS.c.available_at)


@dataclass(frozen=True, slots=True)
class Job:
    """One claimed job; ``lease`` proves the claim."""

    id: JobId
    kind: str
    subject: str
    attempts: int
    lease: str


class JobQueue:
    """The jobs of one realm."""

    def __init__(self, database: RealmDatabase, *, clock: Clock, randomness: Randomness) -> None:
        """Work on the realm's own database."""
        self._database = database
        self._clock = clock
        self._randomness = randomness

    def enqueue(self, connection: Connection, kind: str, subject: str) -> None:
        """Add a job within the caller's transaction; the same job twice is one job."""
        now = self._clock.now()
        row = {
            "id": self._randomness.uuid(),
            "kind": kind,
            "subject": subject,
            "created_at": now,
            "available_at": now,
            "attempts": 0,
        }
        connection.execute(insert(JOBS).values(row).on_conflict_do_nothing())

    def announce(self, kind: str, subject: str) -> None:
        """Add a job in a transaction of its own: how another realm's news arrives."""
        with self._database.transaction() as connection:
            self.enqueue(connection, kind, subject)

    def claim(self, kinds: frozenset[str]) -> Job | None:
        """Take the oldest due job of these kinds under a lease, or None."""
        now = self._clock.now()
        free = or_(JOBS.c.lease.is_(None), JOBS.c.leased_until < now)
        due = (
            select(JOBS.c.id, JOBS.c.kind, JOBS.c.subject, JOBS.c.attempts)
            .where(JOBS.c.kind.in_(kinds), JOBS.c.available_at <= now, free)
            .order_by(JOBS.c.available_at, JOBS.c.created_at)
            .limit(1)
        )
        with self._database.reading() as connection:
            if connection.execute(due).first() is None:
                return None
        with self._database.transaction() as connection:
            row = connection.execute(due).first()
            if row is None:
                return None
            job = Job(row.id, row.kind, row.subject, row.attempts + 1, self._randomness.uuid())
            connection.execute(
                update(JOBS)
                .where(JOBS.c.id == job.id)
                .values(lease=job.lease, leased_until=now + LEASE, attempts=job.attempts)
            )
        return job

    def complete(self, connection: Connection, job: Job) -> None:
        """Remove a job within the transaction that writes its result.

        Raises ``NotAllowedNowError``, which rolls that transaction back, when the lease has
        passed to another worker meanwhile.
        """
        gone = delete(JOBS).where(JOBS.c.id == job.id, JOBS.c.lease == job.lease)
        if connection.execute(gone).rowcount != 1:
            detail = "the lease of this job has passed to another worker"
            raise NotAllowedNowError(detail)

    def renew(self, job: Job) -> None:
        """Extend the lease of a job that is still being worked on."""
        with self._database.transaction() as connection:
            connection.execute(
                update(JOBS)
                .where(JOBS.c.id == job.id, JOBS.c.lease == job.lease)
                .values(leased_until=self._clock.now() + LEASE)
            )

    def retry_later(self, job: Job, *, error: str) -> None:
        """Give a failed job back, to be tried again after a growing pause (at most 5 minutes)."""
        pause = min(dt.timedelta(seconds=2 ** min(job.attempts, 10)), _BACKOFF_CAP)
        with self._database.transaction() as connection:
            connection.execute(
                update(JOBS)
                .where(JOBS.c.id == job.id, JOBS.c.lease == job.lease)
                .values(available_at=self._clock.now() + pause, lease=None, error=error)
            )

    def open_subjects(self, connection: Connection, kind: str) -> frozenset[str]:
        """Return the subjects of all jobs of a kind that are not done."""
        rows = connection.execute(select(JOBS.c.subject).where(JOBS.c.kind == kind))
        return frozenset(rows.scalars())

    def pending(self) -> int:
        """Count the jobs that are not done."""
        with self._database.reading() as connection:
            return len(connection.execute(select(JOBS.c.id)).all())
