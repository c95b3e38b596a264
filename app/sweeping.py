"""Sweeping: removes what interrupted uploads left behind, of which no sender has a receipt.

Corrections to learn from go here, too, when their retention is over.
"""

import datetime as dt
import logging
import threading
from collections.abc import Callable
from functools import partial

from app.house import House
from app.verification import abandoned_arrivals, stray_letters
from domain.ids import INTAKE, ObjectId, RealmId, realm_of
from intake.recognition import expire_corrections
from storage.objects import FolderObjectStore

LOG = logging.getLogger("poststelle.sweeping")
PARTIAL_AGE = dt.timedelta(hours=24)
"""Longer than the longest pause of an upload that is still going on."""

ABANDONED_AGE = dt.timedelta(minutes=10)
"""Longer than the time between the objects of an arrival and its row in the database."""

_PERIOD_SECONDS = 60.0
_ACTOR = "sweeper"


class Sweeper:
    """Looks once a minute; removes only what it saw unchanged for long enough."""

    def __init__(self, house: House) -> None:
        """Sweep the realms of one house."""
        self._house = house
        self._seen: dict[str, dt.datetime] = {}
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._stopped.set()
        self._thread.join()

    def sweep(self) -> int:
        """Sweep once and return how many files and objects were removed."""
        expire_corrections(self._house.intake, actor=_ACTOR)
        now = self._house.clock.now()
        stale = {**self._abandoned(), **self._strays()}
        self._seen = {name: self._seen.get(name, now) for name in stale}
        old = [name for name, since in self._seen.items() if now - since >= ABANDONED_AGE]
        for name in old:
            stale[name]()
        return self._sweep_partial(now) + len(old)

    def _run(self) -> None:
        while not self._stopped.wait(_PERIOD_SECONDS):
            try:
                self.sweep()
            except Exception as error:  # noqa: BLE001 - the edge: sweeping goes on
                LOG.warning("sweeping failed: %s", type(error).__name__)

    def _sweep_partial(self, now: dt.datetime) -> int:
        folders = [self._house.folder.objects(realm) for realm in self._realms()]
        folders += [self._house.folder.slot(carrier) for carrier in self._house.offices]
        stores = [FolderObjectStore(folder) for folder in folders]
        return sum(store.sweep_partial(PARTIAL_AGE, now=now) for store in stores)

    def _abandoned(self) -> dict[str, Callable[[], None]]:
        """Return how to remove the objects of arrivals that never got a receipt."""
        delete = self._house.intake.vault.delete
        return {name: partial(delete, ObjectId(name)) for name in abandoned_arrivals(self._house)}

    def _strays(self) -> dict[str, Callable[[], None]]:
        """Return how to remove letters that a slow sender dropped again after their filing."""
        return {
            f"{office.realm.carrier.id} {letter}": partial(office.realm.tray.remove, letter)
            for office in self._house.offices.values()
            for letter in stray_letters(office)
        }

    def _realms(self) -> tuple[RealmId, ...]:
        return (INTAKE, *map(realm_of, self._house.offices))
