"""Storage verification: the rows and the objects of every realm against each other.

Both directions: every row's object is there, opens, and has the size (and, in the e-file, the
digest) that was noted; every object has a row, or belongs to work that is still under way, or to
an arrival that was never receipted and will be swept.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, select, true

from app.house import House, Office
from domain.errors import AuditBrokenError, PoststelleError
from domain.ids import INTAKE, DocumentId, LetterId, RealmId, realm_of
from domain.letters import Rendition
from domain.lifecycle import ItemState
from efile import tables as carrier
from efile.realm import Step as CarrierStep
from intake import tables as intake
from intake.room import MailRoom, Step
from storage.audit import AUDIT, AuditLog
from storage.database import RealmDatabase


@dataclass(slots=True)
class RealmReport:
    """What was found in one realm."""

    realm: RealmId
    objects: int = 0
    under_way: int = 0
    abandoned: int = 0
    problems: list[str] = field(default_factory=list)


def verify_storage(house: House) -> tuple[RealmReport, ...]:
    """Open every object of every realm and compare it with what the databases say."""
    return (_verify_intake(house), *(_verify_office(office) for office in house.offices.values()))


def abandoned_arrivals(house: House) -> frozenset[str]:
    """Return the objects of arrivals that never got a receipt (the sender was told nothing)."""
    room = house.intake
    present = room.vault.ids()
    with room.database.reading() as connection:
        items = frozenset(connection.execute(select(intake.ITEMS.c.id)).scalars())
    return frozenset(name for name in present if name.split("/")[0] not in items)


def verify_audit(house: House) -> dict[RealmId, tuple[int, str | None]]:
    """Return for each realm the number of entries and, if the chain is broken, where.

    Every item that was read and every document that was filed has its entry, so that a chain
    that was cut off at its end is found wherever such an entry was among it.
    """
    room = house.intake
    read = _Acts("item.read", intake.ITEMS.c.state == ItemState.READ, intake.ITEMS.c.id)
    filed = _Acts("document.filed", true(), carrier.DOCUMENTS.c.id)
    found = {INTAKE: _verify_chain(room.audit, room.database, read)}
    for name, office in house.offices.items():
        realm = office.realm
        found[realm_of(name)] = _verify_chain(realm.audit, realm.database, filed)
    return found


@dataclass(frozen=True, slots=True)
class _Acts:
    """Rows that each have an entry of an action."""

    action: str
    condition: ColumnElement[bool]
    subject: Column[Any]


def _verify_chain(log: AuditLog, database: RealmDatabase, acts: _Acts) -> tuple[int, str | None]:
    entries = select(AUDIT.c.subject).where(AUDIT.c.action == acts.action)
    try:
        with database.reading() as connection:
            count = log.verify(connection)
            subjects = select(acts.subject).where(acts.condition)
            missing = set(connection.execute(subjects).scalars())
            missing -= set(connection.execute(entries).scalars())
    except AuditBrokenError as error:
        return 0, error.detail
    return count, f"{len(missing)} acts have no entry" if missing else None


def stray_letters(office: Office) -> frozenset[LetterId]:
    """Return the letters in a carrier's slot that are filed and that no job will remove."""
    realm = office.realm
    waiting = realm.tray.letters()
    with realm.database.reading() as connection:
        filing = realm.jobs.open_subjects(connection, CarrierStep.FILE)
        reporting = realm.jobs.open_subjects(connection, CarrierStep.REPORT)
        filed = frozenset(connection.execute(select(carrier.DOCUMENTS.c.id)).scalars())
    busy = reporting | {subject.split("/")[0] for subject in filing}
    return frozenset(letter for letter in waiting if letter in filed and letter not in busy)


def _verify_intake(house: House) -> RealmReport:
    room = house.intake
    report = RealmReport(INTAKE)
    present = room.vault.ids()
    with room.database.reading() as connection:
        rows = connection.execute(
            select(intake.ITEMS).where(intake.ITEMS.c.object_id.is_not(None))
        ).all()
        kept = connection.execute(select(intake.RENDITIONS)).all()
        busy = room.jobs.open_subjects(connection, Step.READ)
        leaving = room.jobs.open_subjects(connection, Step.DESTROY)
    for row in rows:
        if row.id not in leaving:
            _check(report, row.object_id, size=row.size, content=_received_content(room, row))
    for row in kept:
        if row.object_id.split("/")[0] not in leaving:
            _check(report, row.object_id, size=row.size, content=_kept_content(room, row))
    known = {row.object_id for row in (*rows, *kept)}
    abandoned = abandoned_arrivals(house)
    report.abandoned = len(abandoned)
    _strays(report, present - known - abandoned, busy | leaving)
    return report


def _received_content(room: MailRoom, row: Row[Any]) -> Iterator[bytes]:
    """Yield an item; as a generator, so that a broken key shows while it is checked."""
    yield from room.content(row)


def _kept_content(room: MailRoom, row: Row[Any]) -> Iterator[bytes]:
    """Yield a rendition, in the same way."""
    kek = room.records.rendition_key
    yield from room.vault.open(row.object_id, row.wrapped_key, kek=kek)


def _verify_office(office: Office) -> RealmReport:
    realm = office.realm
    report = RealmReport(RealmId(realm.carrier.id))
    present = realm.vault.ids()
    with realm.database.reading() as connection:
        rows = connection.execute(select(carrier.RENDITIONS)).all()
        filing = realm.jobs.open_subjects(connection, CarrierStep.FILE)
        reporting = realm.jobs.open_subjects(connection, CarrierStep.REPORT)
        filed = frozenset(connection.execute(select(carrier.DOCUMENTS.c.id)).scalars())
    for row in rows:
        document = DocumentId(row.document_id)
        rendition = Rendition(row.rendition)
        _check_filed(report, office, document=document, rendition=rendition)
    busy = reporting | {subject.split("/")[0] for subject in filing}
    # A letter or an object may have gone since; what is gone is no stray.
    strays = present & realm.vault.ids()
    _strays(report, strays - {row.object_id for row in rows}, busy)
    for letter in stray_letters(office):
        report.problems.append(f"letter {letter} is filed but still lies in the slot")
    report.under_way += len(realm.tray.letters() - filed)
    return report


def _check_filed(
    report: RealmReport, office: Office, *, document: DocumentId, rendition: Rendition
) -> None:
    name = f"{document} {rendition}"
    try:
        filed = office.library.document(document)
        part = filed.part(rendition)
        if part is None:
            report.problems.append(f"{name}: the filing order does not know it")
            return
        content = office.library.unaudited(filed, rendition)
        _check(report, name, size=part.size, content=content, sha256=part.sha256)
    except PoststelleError as error:
        report.problems.append(f"{name}: {error.code}")


def _check(
    report: RealmReport,
    name: str,
    *,
    size: int,
    content: Iterable[bytes],
    sha256: str | None = None,
) -> None:
    report.objects += 1
    digest = hashlib.sha256()
    length = 0
    try:
        for piece in content:
            digest.update(piece)
            length += len(piece)
    except PoststelleError as error:
        report.problems.append(f"{name}: {error.code}")
        return
    if length != size or (sha256 is not None and digest.hexdigest() != sha256):
        report.problems.append(f"{name}: size or digest differs")


def _strays(report: RealmReport, strays: Iterable[str], busy: frozenset[str]) -> None:
    """Explain objects without a row by work that is under way, or report them."""
    for name in sorted(strays):
        if name.split("/")[0] in busy:
            report.under_way += 1
        else:
            report.problems.append(f"{name}: an object without a row")
