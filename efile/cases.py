"""Case files (Akten): found by keyed hashes of their identifiers, each under a key of its own."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects.sqlite import insert

from domain.errors import NotFoundError
from domain.ids import CaseFileId
from efile.realm import CarrierRealm
from efile.tables import CASES, IDENTIFIERS
from storage.columns import SealedColumns
from storage.keyring import keyed_hash

UNASSIGNED = "ohne Aktenzeichen"
"""The case file that takes documents whose case nobody knows yet."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One opened Akte; ``key`` is its case key and never leaves the process."""

    id: CaseFileId
    reference: str
    opened_at: datetime
    key: bytes

    def __repr__(self) -> str:
        """Show the id alone."""
        return f"CaseFile({self.id})"


def identifier_hash(realm: CarrierRealm, identifier: str) -> bytes:
    """Return the keyed hash under which an identifier is kept in this realm."""
    return keyed_hash(realm.keys.derive("identifiers"), identifier, size=16)


def case_for(realm: CarrierRealm, identifier: str) -> CaseFileId | None:
    """Tell which case file knows an identifier, if any."""
    with realm.database.reading() as connection:
        return _known(connection, identifier_hash(realm, identifier))


def ensure_case(realm: CarrierRealm, identifiers: tuple[str, ...]) -> CaseFile:
    """Return the case file of the first known identifier, or open one under all of them."""
    names = identifiers or (UNASSIGNED,)
    hashes = [identifier_hash(realm, name) for name in names]
    with realm.database.transaction() as connection:
        known = next(filter(None, (_known(connection, value) for value in hashes)), None)
        case_id = known or _open_case(realm, connection, reference=names[0])
        for value in hashes:
            row = {"hash": value, "case_id": case_id}
            connection.execute(insert(IDENTIFIERS).values(row).on_conflict_do_nothing())
        return load_case(realm, connection, case_id)


def load_case(realm: CarrierRealm, connection: Connection, case_id: CaseFileId) -> CaseFile:
    """Open one case file, or raise ``NotFoundError``."""
    row = connection.execute(select(CASES).where(CASES.c.id == case_id)).first()
    if row is None:
        raise NotFoundError
    return _case(realm, row)


def all_cases(realm: CarrierRealm, connection: Connection) -> Iterator[CaseFile]:
    """Yield every case file, newest first."""
    for row in connection.execute(select(CASES).order_by(CASES.c.opened_at.desc())):
        yield _case(realm, row)


def case_columns(realm: CarrierRealm, case: CaseFile) -> SealedColumns:
    """Return the sealed columns of everything that hangs on a case file."""
    return SealedColumns(case.key, realm.randomness)


def _known(connection: Connection, value: bytes) -> CaseFileId | None:
    query = select(IDENTIFIERS.c.case_id).where(IDENTIFIERS.c.hash == value)
    found = connection.execute(query).scalar()
    return None if found is None else CaseFileId(found)


def _open_case(realm: CarrierRealm, connection: Connection, *, reference: str) -> CaseFileId:
    case_id = CaseFileId(realm.randomness.uuid())
    key = realm.keys.new_case_key()
    said = json.dumps({"reference": reference}).encode()
    sealed = SealedColumns(key, realm.randomness).seal(said, row=case_id, column="reference")
    connection.execute(
        CASES.insert().values(
            id=case_id,
            opened_at=realm.clock.now(),
            wrapped_key=realm.keys.wrap(key, context=case_id),
            sealed_reference=sealed,
        )
    )
    realm.audit.append(connection, "case.opened", subject=case_id, actor=realm.carrier.id)
    return case_id


def _case(realm: CarrierRealm, row: Row[Any]) -> CaseFile:
    key = realm.keys.unwrap(row.wrapped_key, context=row.id)
    columns = SealedColumns(key, realm.randomness)
    said = json.loads(columns.open(row.sealed_reference, row=row.id, column="reference"))
    return CaseFile(CaseFileId(row.id), said["reference"], row.opened_at, key)
