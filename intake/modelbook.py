"""Which model the mail room reads with, and which one before: sealed, row by row.

Owns the table ``models``; its last row counts. A choice is sealed, so that nobody without the
realm's key can make the service read with another file. Refuses to know what a model is: here
it is a version, the digest of a file, and the scheme of its features.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, select

from domain.ids import Sha256
from domain.ports import Clock, Randomness
from intake.tables import MODELS
from storage.columns import SealedColumns
from storage.keyring import RealmKeys


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model that was learned here: its version, the digest of its file, its feature scheme."""

    version: str
    digest: Sha256
    scheme: str


@dataclass(frozen=True, slots=True)
class Choices:
    """The model in use and the one before; None is the packaged one."""

    current: ModelChoice | None = None
    previous: ModelChoice | None = None


class ModelBook:
    """Remembers which models were chosen in the realm ``intake``."""

    def __init__(self, keys: RealmKeys, *, clock: Clock, randomness: Randomness) -> None:
        """Derive the key of the sealed column."""
        self._columns = SealedColumns(keys.derive("intake-models"), randomness)
        self._clock = clock

    def choices(self, connection: Connection) -> Choices:
        """Return what the last row says; the packaged model if there is none."""
        row = connection.execute(select(MODELS).order_by(MODELS.c.seq.desc()).limit(1)).first()
        if row is None:
            return Choices()
        said = json.loads(self._columns.open(row.sealed, row=str(row.seq), column="choices"))
        return Choices(_choice(said["current"]), _choice(said["previous"]))

    def write(self, connection: Connection, choices: Choices) -> None:
        """Make a choice within the caller's transaction."""
        query = select(MODELS.c.seq).order_by(MODELS.c.seq.desc()).limit(1)
        seq = (connection.execute(query).scalar() or 0) + 1
        said = json.dumps(asdict(choices)).encode()
        sealed = self._columns.seal(said, row=str(seq), column="choices")
        connection.execute(
            MODELS.insert().values(seq=seq, created_at=self._clock.now(), sealed=sealed)
        )


def _choice(said: Mapping[str, Any] | None) -> ModelChoice | None:
    return ModelChoice(**said) if said else None
