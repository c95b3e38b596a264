"""The mail room: everything its steps work with, and what each step is called."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, select

from domain.errors import ObjectMissingError
from domain.ids import CarrierId, ItemId, ObjectId
from domain.ports import (
    Announcer,
    CaseDirectory,
    Randomness,
)
from intake.corrections import CorrectionBook, FeatureExtraction
from intake.examining import Examination
from intake.modelbook import ModelBook
from intake.reception import READ_JOB
from intake.records import Records
from intake.routing import RoutingPolicy
from intake.tables import ITEMS
from storage.audit import AuditLog
from storage.database import RealmDatabase
from storage.jobs import JobQueue
from storage.letterbox import LetterSlot
from storage.vault import Vault


class Step(StrEnum):
    """The jobs of the realm ``intake``, in the order in which a document meets them."""

    READ = READ_JOB
    ROUTE = "route"
    DISPATCH = "dispatch"
    ANNOUNCE = "announce"
    SETTLE = "settle"
    DESTROY = "destroy"


@dataclass(frozen=True, slots=True)
class Outside:
    """The ports through which the mail room meets the world."""

    examination: Examination
    directory: CaseDirectory
    announcer: Announcer
    slots: Mapping[CarrierId, LetterSlot]
    features: FeatureExtraction


@dataclass(frozen=True, slots=True)
class MailRoom:
    """The realm ``intake`` with its keys at hand: database, jobs, audit, vault, policy."""

    database: RealmDatabase
    jobs: JobQueue
    audit: AuditLog
    vault: Vault
    records: Records
    corrections: CorrectionBook
    models: ModelBook
    policy: RoutingPolicy
    outside: Outside
    randomness: Randomness

    def item(self, item: ItemId) -> Row[Any]:
        """Return the row of an item."""
        with self.database.reading() as connection:
            return connection.execute(select(ITEMS).where(ITEMS.c.id == item)).one()

    def content(self, row: Row[Any]) -> Iterator[bytes]:
        """Yield the untouched content of an item as it was received."""
        if row.object_id is None:
            raise ObjectMissingError
        return self.vault.open_with(ObjectId(row.object_id), self.records.item_key(row))
