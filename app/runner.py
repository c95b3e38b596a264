"""The in-process runner: threads that take jobs from the realms' outboxes and do them.

A job that fails is given back and tried again later; nothing is dropped. Logs name the kind of
job, its subject's id and the code of the error, and never what the job was about.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from app.house import House
from app.sweeping import Sweeper
from domain.errors import PoststelleError
from efile.work import carrier_work
from intake.room import Step
from intake.work import intake_work
from storage.jobs import LEASE, Job, JobQueue

LOG = logging.getLogger("poststelle.runner")
_IDLE_SECONDS = 0.1
_RENEW_SECONDS = LEASE.total_seconds() / 4


@dataclass(frozen=True, slots=True)
class Desk:
    """One place of work: whose jobs, which kinds, and what to do for each."""

    name: str
    jobs: JobQueue
    work: Mapping[str, Callable[[Job], None]]


def desks_of(house: House) -> tuple[Desk, ...]:
    """Return the places of work of a house: readers, mail room, one for each carrier."""
    intake = intake_work(house.intake)
    reading = {str(Step.READ): intake[Step.READ]}
    rest = {kind: step for kind, step in intake.items() if kind != Step.READ}
    readers = (
        Desk(f"read-{number}", house.intake.jobs, reading)
        for number in range(house.settings.readers)
    )
    carriers = (
        Desk(f"file-{name}", office.realm.jobs, carrier_work(office.realm))
        for name, office in house.offices.items()
    )
    return (*readers, Desk("mail-room", house.intake.jobs, rest), *carriers)


class Runner:
    """Works at every desk until it is stopped."""

    def __init__(self, desks: tuple[Desk, ...]) -> None:
        """Prepare one thread for each desk and one that renews leases."""
        self._stopped = threading.Event()
        self._leases: dict[str, tuple[JobQueue, Job]] = {}
        self._threads = [
            threading.Thread(target=self._work_at, args=(desk,), name=desk.name, daemon=True)
            for desk in desks
        ]
        self._threads.append(threading.Thread(target=self._renew, name="leases", daemon=True))

    def start(self) -> None:
        """Begin to work."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Finish the jobs at hand and end."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _work_at(self, desk: Desk) -> None:
        kinds = frozenset(desk.work)
        while not self._stopped.is_set():
            try:
                job = desk.jobs.claim(kinds)
                if job is not None:
                    self._do(desk, job)
                    continue
            except Exception as error:  # noqa: BLE001 - the edge: a desk outlives its database
                LOG.error("desk %s failed: %s", desk.name, type(error).__name__)  # noqa: TRY400 - no contents in logs
            self._stopped.wait(_IDLE_SECONDS)

    def _do(self, desk: Desk, job: Job) -> None:
        self._leases[job.lease] = (desk.jobs, job)
        try:
            desk.work[job.kind](job)
        except PoststelleError as error:
            self._give_back(desk, job, code=error.code)
        except Exception as error:  # noqa: BLE001 - the edge: no job may end the worker
            self._give_back(desk, job, code=type(error).__name__)
        finally:
            del self._leases[job.lease]

    def _give_back(self, desk: Desk, job: Job, *, code: str) -> None:
        LOG.warning("job %s of %s failed: %s", job.kind, job.subject, code)
        desk.jobs.retry_later(job, error=code)

    def _renew(self) -> None:
        while not self._stopped.wait(_RENEW_SECONDS):
            for jobs, job in list(self._leases.values()):
                try:
                    jobs.renew(job)
                except Exception as error:  # noqa: BLE001 - the edge: the other leases go on
                    LOG.error("a lease was not renewed: %s", type(error).__name__)  # noqa: TRY400 - no contents in logs


@contextmanager
def running(house: House) -> Iterator[Runner]:
    """Run all desks of a house for as long as the context lasts.

    Raises ``SandboxUnavailableError`` at once where nothing could be read.
    """
    house.reader.probe()
    runner = Runner(desks_of(house))
    sweeper = Sweeper(house)
    runner.start()
    sweeper.start()
    try:
        yield runner
    finally:
        sweeper.stop()
        runner.stop()


def pending(house: House) -> int:
    """Count the jobs of every realm that are not done."""
    queues = (house.intake.jobs, *(office.realm.jobs for office in house.offices.values()))
    return sum(queue.pending() for queue in queues)
