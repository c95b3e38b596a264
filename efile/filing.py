"""Filing: open a letter, keep its document under the case's own key, index it, announce it.

Index row, audit entry and message are written in one transaction. A letter may be announced and
filed twice and is one document: its id is the id of the letter.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from domain.codec import order_from_bytes, order_to_bytes
from domain.errors import SealBrokenError
from domain.ids import DocumentId, LetterId, ObjectId
from domain.letters import ORDER_PART, FilingOrder, Part, Rendition
from efile.announcing import write_message
from efile.cases import CaseFile, case_columns, find_case, write_case
from efile.index import count_tokens, order_text, write_postings
from efile.realm import CarrierRealm, Step
from efile.tables import DOCUMENTS, PROCESSES, RENDITIONS
from storage.jobs import Job
from storage.keyring import keyed_hash
from storage.letterbox import part_id
from storage.vault import SealedObject

_MAX_ORDER_BYTES = 1024 * 1024
_MAX_TEXT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Kept:
    part: Part
    at: SealedObject


@dataclass(frozen=True, slots=True)
class _Filing:
    """Everything that is written down about one document."""

    case: CaseFile
    order: FilingOrder
    kept: tuple[_Kept, ...]
    words: int


def file_letter(realm: CarrierRealm, job: Job) -> None:
    """File the document of one letter; the subject is ``<letter>/<attempt>``."""
    letter, attempt = job.subject.split("/")
    if _is_filed(realm, DocumentId(letter)):
        with realm.database.transaction() as connection:
            realm.jobs.complete(connection, job)
            realm.jobs.enqueue(connection, Step.REPORT, letter)
        return
    try:
        _file(realm, job, letter=LetterId(letter), attempt=attempt)
    except BaseException:
        _sweep(realm, f"{letter}/{job.lease}/", document=DocumentId(letter))
        raise


def report_letter(realm: CarrierRealm, job: Job) -> None:
    """Clear the tray and tell the mail room, by id alone, that a letter is filed.

    What an interrupted attempt left in the vault goes too; the filed objects have their rows.
    """
    letter = LetterId(job.subject)
    realm.tray.remove(letter)
    _sweep(realm, f"{letter}/", document=DocumentId(letter))
    realm.announcer.letter_filed(letter)
    with realm.database.transaction() as connection:
        realm.jobs.complete(connection, job)


def _file(realm: CarrierRealm, job: Job, *, letter: LetterId, attempt: str) -> None:
    order = _open_order(realm, letter, attempt=attempt)
    case = find_case(realm, order)
    names = (attempt, job.lease)
    kept = [_keep(realm, case, order, part=part, names=names) for part in order.parts]
    text = _text(realm, case, kept)
    tokens = count_tokens(realm, [text, order_text(order, title=_title(realm, order))])
    document = DocumentId(letter)
    with realm.database.transaction() as connection:
        realm.jobs.complete(connection, job)
        write_case(realm, connection, case, order=order)
        _write(realm, connection, _Filing(case, order, tuple(kept), tokens.total()))
        write_postings(connection, document, tokens)
        write_message(realm, connection, case, order=order)
        realm.audit.append(connection, "document.filed", subject=document, actor=realm.carrier.id)
        realm.jobs.enqueue(connection, Step.REPORT, letter)


def _sweep(realm: CarrierRealm, prefix: str, *, document: DocumentId) -> None:
    """Remove objects below a prefix that no row of the document names."""
    query = select(RENDITIONS.c.object_id).where(RENDITIONS.c.document_id == document)
    with realm.database.reading() as connection:
        named = frozenset(map(ObjectId, connection.execute(query).scalars()))
    realm.vault.delete_all(prefix, keep=named)


def _is_filed(realm: CarrierRealm, document: DocumentId) -> bool:
    with realm.database.reading() as connection:
        query = select(DOCUMENTS.c.id).where(DOCUMENTS.c.id == document)
        return connection.execute(query).first() is not None


def _open_order(realm: CarrierRealm, letter: LetterId, *, attempt: str) -> FilingOrder:
    content = realm.tray.open(part_id(letter, attempt, part=ORDER_PART))
    try:
        order = order_from_bytes(_bounded(content, _MAX_ORDER_BYTES))
    except (ValueError, KeyError, TypeError) as error:
        detail = "the filing order is not well formed"
        raise SealBrokenError(detail) from error
    if order.letter != letter or order.carrier != realm.carrier.id:
        detail = "the filing order is meant for another letter or carrier"
        raise SealBrokenError(detail)
    return order


def _keep(
    realm: CarrierRealm,
    case: CaseFile,
    order: FilingOrder,
    *,
    part: Part,
    names: tuple[str, str],
) -> _Kept:
    """Move one part from the tray into the vault, under the case's key, and check its digest."""
    attempt, lease = names
    digest = hashlib.sha256()
    content = realm.tray.open(part_id(order.letter, attempt, part=part.rendition))
    object_id = ObjectId(f"{order.letter}/{lease}/{part.rendition}")
    at = realm.vault.put(object_id, _through(content, digest.update), kek=case.key)
    if digest.hexdigest() != part.sha256 or at.size != part.size:
        realm.vault.delete(object_id)
        detail = "a part of the letter is not what its order says"
        raise SealBrokenError(detail)
    return _Kept(part, at)


def _through(content: Iterable[bytes], see: Callable[[bytes], None]) -> Iterator[bytes]:
    for piece in content:
        see(piece)
        yield piece


def _text(realm: CarrierRealm, case: CaseFile, kept: list[_Kept]) -> str:
    for one in kept:
        if one.part.rendition is Rendition.TEXT:
            content = realm.vault.open(one.at.id, one.at.wrapped_key, kek=case.key)
            return _bounded(content, _MAX_TEXT_BYTES).decode()
    return ""


def _bounded(content: Iterable[bytes], limit: int) -> bytes:
    gathered = bytearray()
    for piece in content:
        gathered += piece
        if len(gathered) > limit:
            detail = "a part of the letter is larger than allowed"
            raise SealBrokenError(detail)
    return bytes(gathered)


def _title(realm: CarrierRealm, order: FilingOrder) -> str:
    return realm.catalogue.even_retired(order.type, basis=order.basis).title


def _write(realm: CarrierRealm, connection: Connection, filing: _Filing) -> None:
    case, order = filing.case, filing.order
    document = DocumentId(order.letter)
    sealed = case_columns(realm, case).seal(order_to_bytes(order), row=document, column="order")
    connection.execute(
        DOCUMENTS.insert().values(
            id=document,
            process_id=_process(realm, connection, case, order=order),
            received_at=order.received_at,
            filed_at=realm.clock.now(),
            page_count=order.page_count,
            word_count=filing.words,
            sealed_order=sealed,
        )
    )
    for one in filing.kept:
        connection.execute(
            RENDITIONS.insert().values(
                document_id=document,
                rendition=one.part.rendition,
                object_id=one.at.id,
                size=one.at.size,
                wrapped_key=one.at.wrapped_key,
            )
        )


def _process(
    realm: CarrierRealm, connection: Connection, case: CaseFile, *, order: FilingOrder
) -> str:
    """Return the Vorgang of a submission in a case file: what was handed in together.

    The submission is kept as a keyed hash: its id would join two realms' stolen databases.
    """
    submission = keyed_hash(realm.keys.derive("submissions"), order.submission)
    row = {
        "id": realm.randomness.uuid(),
        "case_id": case.id,
        "submission_hash": submission,
        "opened_at": order.received_at,
    }
    connection.execute(insert(PROCESSES).values(row).on_conflict_do_nothing())
    query = select(PROCESSES.c.id).where(
        PROCESSES.c.case_id == case.id, PROCESSES.c.submission_hash == submission
    )
    return str(connection.execute(query).scalar_one())
