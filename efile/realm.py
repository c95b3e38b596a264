"""The realm of one carrier: its keys, its database, its objects and its tray of letters."""

from dataclasses import dataclass
from enum import StrEnum

from domain.carriers import Carrier
from domain.catalogue import Catalogue
from domain.ports import Announcer, Clock, Randomness, Reader
from storage.audit import AuditLog
from storage.database import RealmDatabase
from storage.jobs import JobQueue
from storage.keyring import RealmKeys
from storage.letterbox import LetterTray
from storage.vault import Vault


class Step(StrEnum):
    """The jobs of a carrier's realm."""

    FILE = "file"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class CarrierRealm:
    """Everything that filing, search and exchange of one carrier work with."""

    carrier: Carrier
    house: str
    catalogue: Catalogue
    keys: RealmKeys
    database: RealmDatabase
    jobs: JobQueue
    audit: AuditLog
    vault: Vault
    tray: LetterTray
    reader: Reader
    announcer: Announcer
    clock: Clock
    randomness: Randomness
