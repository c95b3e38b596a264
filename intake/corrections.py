"""What recognition may learn from the clearing desk: kept sealed, without text and names.

Owns the table ``corrections``. A lesson says which type a person decided on, what was proposed,
and which features the reader's own vocabulary knows of the text. Refuses documents of
counselling (§ 16a SGB II): that somebody was there must not be kept for another purpose. Who
decided is not kept either, and in the clear only the day is, so that no row leads back to the
audit entry of a document by its time.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from domain.catalogue import Protection
from domain.ids import DocumentId, TypeCode
from domain.ports import Clock, Randomness
from intake.tables import CORRECTIONS
from storage.columns import SealedColumns
from storage.keyring import RealmKeys, keyed_hash

RETENTION = dt.timedelta(days=365)
"""A year: statements, certificates and notices come once a year, and so do their new wordings.

What was learned from a lesson stays as long as the lesson does; § 84(2) SGB X asks for an end.
"""

UNTAUGHT = frozenset({Protection.COUNSELLING})
"""Protection classes of which nothing is kept to learn from."""


@dataclass(frozen=True, slots=True)
class Features:
    """What a vocabulary knows of a text: feature numbers, 4 bytes each, little endian, ascending.

    ``model`` is the version whose vocabulary it was; ``scheme`` names how texts become numbers,
    and numbers of the same scheme fit the vocabulary of every model.
    """

    model: str
    scheme: str
    keys: bytes


FeatureExtraction = Callable[[str], Features | None]
"""Reduces a text to features; None where there is nothing to learn from."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One decision of a person: the type, the type proposed with its confidence, the features."""

    type: TypeCode
    proposed: TypeCode
    confidence: float
    features: Features


@dataclass(frozen=True, slots=True)
class KeptLesson:
    """A lesson in the book; ``id`` is a keyed hash of the document's id."""

    id: str
    day: dt.date
    lesson: Lesson


class CorrectionBook:
    """Writes, yields and forgets lessons of the realm ``intake``."""

    def __init__(self, keys: RealmKeys, *, clock: Clock, randomness: Randomness) -> None:
        """Derive the keys for the ids and for the sealed columns."""
        self._id_key = keys.derive("intake-correction-ids")
        self._columns = SealedColumns(keys.derive("intake-corrections"), randomness)
        self._clock = clock

    def write(self, connection: Connection, document: DocumentId, lesson: Lesson) -> None:
        """Keep a lesson within the caller's transaction; one for each document."""
        name = keyed_hash(self._id_key, document).hex()
        said = json.dumps(_said(lesson)).encode()
        connection.execute(delete(CORRECTIONS).where(CORRECTIONS.c.id == name))
        connection.execute(
            CORRECTIONS.insert().values(
                id=name,
                created_at=_midnight(self._clock.now()),
                sealed_decision=self._columns.seal(said, row=name, column="decision"),
                sealed_features=self._columns.seal(
                    lesson.features.keys, row=name, column="features"
                ),
            )
        )

    def lessons(self, connection: Connection) -> Iterator[KeptLesson]:
        """Yield every lesson that is still kept, in an order that does not change."""
        query = (
            select(CORRECTIONS)
            .where(CORRECTIONS.c.created_at >= self._oldest())
            .order_by(CORRECTIONS.c.created_at, CORRECTIONS.c.id)
        )
        for row in connection.execute(query):
            yield self._opened(row)

    def overdue(self, connection: Connection) -> tuple[str, ...]:
        """Return the ids of lessons whose retention is over."""
        query = select(CORRECTIONS.c.id).where(CORRECTIONS.c.created_at < self._oldest())
        return tuple(connection.execute(query).scalars())

    def forget(self, connection: Connection, names: Sequence[str] | None = None) -> int:
        """Delete some lessons, or all of them; return how many there were."""
        statement = delete(CORRECTIONS)
        if names is None:
            return connection.execute(statement).rowcount
        return sum(
            connection.execute(statement.where(CORRECTIONS.c.id == name)).rowcount for name in names
        )

    def _oldest(self) -> dt.datetime:
        return _midnight(self._clock.now() - RETENTION)

    def _opened(self, row: Row[Any]) -> KeptLesson:
        said = json.loads(self._columns.open(row.sealed_decision, row=row.id, column="decision"))
        keys = self._columns.open(row.sealed_features, row=row.id, column="features")
        lesson = Lesson(
            type=TypeCode(said["type"]),
            proposed=TypeCode(said["proposed"]),
            confidence=said["confidence"],
            features=Features(said["model"], said["scheme"], keys),
        )
        return KeptLesson(row.id, row.created_at.date(), lesson)


def _said(lesson: Lesson) -> dict[str, Any]:
    return {
        "type": lesson.type,
        "proposed": lesson.proposed,
        "confidence": lesson.confidence,
        "model": lesson.features.model,
        "scheme": lesson.features.scheme,
    }


def _midnight(moment: dt.datetime) -> dt.datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
