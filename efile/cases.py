"""Case files (Akten): found by keyed hashes of their identifiers, each under a key of its own."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects.sqlite import insert

from domain.errors import NotAllowedNowError, NotFoundError
from domain.ids import CaseFileId
from domain.letters import FilingOrder
from efile.matching import (
    Identifier,
    case_of,
    find,
    hashes,
    identifier_hash,
    identifiers,
    match,
)
from efile.realm import CarrierRealm
from efile.tables import CASES, IDENTIFIERS
from storage.columns import SealedColumns

UNASSIGNED = "ohne Aktenzeichen"
"""The case file that takes documents whose case nobody knows yet."""

_NOBODY = Identifier(UNASSIGNED, leads=True)


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


def case_for(realm: CarrierRealm, identifier: str) -> CaseFileId | None:
    """Tell which case file knows an identifier, if any."""
    with realm.database.reading() as connection:
        return case_of(connection, identifier_hash(realm, identifier))


def find_case(realm: CarrierRealm, order: FilingOrder) -> CaseFile:
    """Return the case file of a letter, else a new one, not yet written.

    What cannot be matched beyond doubt goes to the case file «ohne Aktenzeichen».
    """
    with realm.database.reading() as connection:
        known, reference = _destination(realm, connection, order)
        if known is not None:
            return load_case(realm, connection, known)
    return CaseFile(
        id=CaseFileId(realm.randomness.uuid()),
        reference=reference,
        opened_at=realm.clock.now(),
        key=realm.keys.new_case_key(),
    )


def write_case(
    realm: CarrierRealm, connection: Connection, case: CaseFile, *, order: FilingOrder
) -> None:
    """Write a case file that is new and what tells it, in the transaction of the filing.

    Raises ``NotAllowedNowError`` where another worker has opened the case meanwhile.
    """
    known, _ = _destination(realm, connection, order)
    if known is None:
        _insert_case(realm, connection, case)
    elif known != case.id:
        detail = "the case file was opened by another worker meanwhile"
        raise NotAllowedNowError(detail)
    # The papers without a number belong to many people, whom they must not tell apart.
    said = (_NOBODY,) if case.reference == UNASSIGNED else identifiers(order)
    for one in said:
        row = {"hash": hashes(realm, case.id, one), "case_id": case.id}
        connection.execute(insert(IDENTIFIERS).values(row).on_conflict_do_nothing())


def _destination(
    realm: CarrierRealm, connection: Connection, order: FilingOrder
) -> tuple[CaseFileId | None, str]:
    """Return the case file that exists for a letter, or None and the name of one to open."""
    matched = match(realm, connection, order)
    number = order.reference or order.fields.bg_nummer or order.fields.kundennummer
    if matched.doubtful or (number is None and matched.case is None):
        return find(realm, connection, _NOBODY), UNASSIGNED
    return matched.case, number or UNASSIGNED


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


def _insert_case(realm: CarrierRealm, connection: Connection, case: CaseFile) -> None:
    said = json.dumps({"reference": case.reference}).encode()
    connection.execute(
        CASES.insert().values(
            id=case.id,
            opened_at=case.opened_at,
            wrapped_key=realm.keys.wrap(case.key, context=case.id),
            sealed_reference=case_columns(realm, case).seal(said, row=case.id, column="reference"),
        )
    )
    realm.audit.append(connection, "case.opened", subject=case.id, actor=realm.carrier.id)


def _case(realm: CarrierRealm, row: Row[Any]) -> CaseFile:
    key = realm.keys.unwrap(row.wrapped_key, context=row.id)
    columns = SealedColumns(key, realm.randomness)
    said = json.loads(columns.open(row.sealed_reference, row=row.id, column="reference"))
    return CaseFile(CaseFileId(row.id), said["reference"], row.opened_at, key)
