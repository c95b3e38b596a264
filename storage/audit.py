"""The audit chain of a realm: who did what to what, when and why.

Every entry carries a MAC over its own content and the MAC before it, under a key that only the
realm holds; who acted and the details are sealed. An entry cannot be changed, removed from the
middle or put in without breaking the chain. It is written in the transaction of the act itself.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Integer, LargeBinary, Row, String, Table, select

from domain.errors import AuditBrokenError, SealBrokenError
from domain.ports import Clock, Randomness
from storage.columns import SealedColumns
from storage.database import SHARED, Instant
from storage.keyring import RealmKeys

_START = bytes(32)

AUDIT = Table(
    "audit",
    SHARED,
    Column("seq", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("mac", LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act: ``actor`` is an account or the name of a part of the service."""

    seq: int
    at: datetime
    action: str
    subject: str
    actor: str
    details: Mapping[str, str]


class AuditLog:
    """The audit chain of one realm."""

    def __init__(self, keys: RealmKeys, *, clock: Clock, randomness: Randomness) -> None:
        """Derive the chain's own keys."""
        self._key = keys.derive("audit-chain")
        self._columns = SealedColumns(keys.derive("audit-columns"), randomness)
        self._clock = clock

    def append(
        self, connection: Connection, action: str, *, subject: str, actor: str, **details: str
    ) -> None:
        """Write one entry within the caller's transaction."""
        last = connection.execute(select(AUDIT).order_by(AUDIT.c.seq.desc()).limit(1)).first()
        seq, before = (last.seq + 1, last.mac) if last else (1, _START)
        at = self._clock.now()
        said = json.dumps({"actor": actor, "details": details}, ensure_ascii=False).encode()
        sealed = self._columns.seal(said, row=str(seq), column="sealed")
        mac = self._mac(before, seq, at, action, subject, sealed)
        connection.execute(
            AUDIT.insert().values(
                seq=seq, at=at, action=action, subject=subject, sealed=sealed, mac=mac
            )
        )

    def verify(self, connection: Connection) -> int:
        """Return the number of entries, or raise ``AuditBrokenError`` naming the first bad one."""
        before, count = _START, 0
        for row in connection.execute(select(AUDIT).order_by(AUDIT.c.seq)):
            count += 1
            mac = self._mac(before, row.seq, row.at, row.action, row.subject, row.sealed)
            if row.seq != count or not hmac.compare_digest(mac, row.mac):
                detail = f"the chain breaks at entry {count}"
                raise AuditBrokenError(detail)
            before = row.mac
        return count

    def entries(self, connection: Connection, *, subject: str) -> Iterator[AuditEntry]:
        """Yield the entries about one subject, oldest first."""
        query = select(AUDIT).where(AUDIT.c.subject == subject).order_by(AUDIT.c.seq)
        for row in connection.execute(query):
            yield self._open(row)

    def _open(self, row: Row[Any]) -> AuditEntry:
        try:
            said = json.loads(self._columns.open(row.sealed, row=str(row.seq), column="sealed"))
        except SealBrokenError as error:
            detail = f"entry {row.seq} cannot be opened"
            raise AuditBrokenError(detail) from error
        return AuditEntry(row.seq, row.at, row.action, row.subject, said["actor"], said["details"])

    def _mac(self, before: bytes, *parts: object) -> bytes:
        written = [
            part if isinstance(part, bytes) else str(part).encode() for part in (before, *parts)
        ]
        framed = b"".join(len(part).to_bytes(4, "big") + part for part in written)
        return hmac.new(self._key, framed, hashlib.sha256).digest()
