"""Filing: once, whatever happens; under keys of its own; nothing where the seal is broken."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.errors import (
    NotAllowedNowError,
    ObjectExistsError,
    ObjectMissingError,
    PoststelleError,
    SealBrokenError,
)
from domain.ids import DocumentId, LetterId, ObjectId, Sha256, TypeCode
from domain.letters import Rendition
from domain.reading import Fields
from efile.cases import UNASSIGNED, case_for
from efile.exchange.messages import parse_0101
from efile.realm import Step
from efile.tables import CASES, MESSAGES, RENDITIONS
from storage.columns import SealedColumns
from storage.keyring import unwrap_under
from storage.letterbox import part_id
from storage.vault import Vault
from tests.efile.realms import (
    ATTEMPT,
    BG,
    KUNDENNUMMER,
    Bureau,
    Letter,
    announce,
    claim,
    do,
    drop,
    drop_order,
    filed,
    order_for,
    work_off,
)

TABLES = ("cases", "identifiers", "processes", "documents", "renditions", "postings", "messages")


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def assert_nothing_is_filed(at: Bureau) -> None:
    assert {table: at.rows(table) for table in TABLES} == dict.fromkeys(TABLES, 0)
    assert files_below(at.objects) == []
    assert at.announcer.filed == []


def assert_filed_once(at: Bureau, letter: LetterId) -> None:
    assert at.rows("documents") == at.rows("messages") == at.rows("cases") == 1
    assert at.rows("renditions") == len(files_below(at.objects)) == 3
    assert len(at.audited("document.filed")) == 1
    assert set(at.announcer.filed) == {letter}
    assert files_below(at.root / "slot") == []
    assert at.realm.jobs.pending() == 0


def test_a_letter_becomes_a_document_and_leaves_the_slot(kommune: Bureau) -> None:
    letter = drop(kommune, Letter(reference=BG))
    announce(kommune, letter)
    work_off(kommune)
    assert_filed_once(kommune, letter)
    document = kommune.library.document(DocumentId(letter))
    assert document.case.reference == BG
    assert kommune.audited("case.opened")[0].subject == document.case.id


def test_a_letter_announced_again_is_filed_once(kommune: Bureau) -> None:
    letter = drop(kommune, Letter(reference=BG))
    for _ in range(2):
        announce(kommune, letter)
    work_off(kommune)
    announce(kommune, letter)
    work_off(kommune)
    assert_filed_once(kommune, letter)
    assert kommune.announcer.filed == [letter, letter]


def test_a_letter_written_under_two_attempts_is_filed_once(kommune: Bureau) -> None:
    letter = drop(kommune, Letter(reference=BG))
    drop(kommune, Letter(reference=BG), attempt="attempt-2", letter_id=letter)
    announce(kommune, letter)
    announce(kommune, letter, attempt="attempt-2")
    work_off(kommune)
    assert_filed_once(kommune, letter)


def test_the_lease_of_a_slow_worker_passes_and_its_result_is_not_written(kommune: Bureau) -> None:
    letter = drop(kommune, Letter(reference=BG))
    announce(kommune, letter)
    slow = claim(kommune)
    kommune.clock.advance(minutes=5)
    quick = claim(kommune)
    do(kommune, quick)
    with pytest.raises(NotAllowedNowError):
        do(kommune, slow)
    work_off(kommune)
    assert_filed_once(kommune, letter)


def test_a_slow_worker_that_loses_its_lease_leaves_no_objects(kommune: Bureau) -> None:
    letter = drop(kommune, Letter(reference=BG))
    announce(kommune, letter)
    slow = claim(kommune)
    kommune.clock.advance(minutes=5)
    claim(kommune)
    with pytest.raises(NotAllowedNowError):
        do(kommune, slow)
    assert_nothing_is_filed(kommune)


def test_two_workers_with_two_announcements_at_once_file_one_document(kommune: Bureau) -> None:
    letters = [drop(kommune, Letter(reference=BG)) for _ in range(3)]
    for letter in letters:
        drop(kommune, Letter(reference=BG), attempt="attempt-2", letter_id=letter)
        announce(kommune, letter)
        announce(kommune, letter, attempt="attempt-2")
    threads = [threading.Thread(target=_work_with_retries, args=(kommune,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    kommune.clock.advance(minutes=10)
    work_off(kommune)
    assert kommune.rows("documents") == kommune.rows("messages") == 3
    assert kommune.rows("cases") == 1
    assert kommune.rows("renditions") == len(files_below(kommune.objects)) == 9
    for letter in letters:
        content = b"".join(
            kommune.library.content(DocumentId(letter), Rendition.ORIGINAL, actor="test")
        )
        assert content == Letter().original


def _work_with_retries(at: Bureau) -> None:
    """Work like the runner: what fails is given back."""
    while (job := at.realm.jobs.claim(frozenset(Step))) is not None:
        try:
            do(at, job)
        except Exception as error:  # noqa: BLE001 - the runner's own edge
            at.realm.jobs.retry_later(job, error=type(error).__name__)


def test_a_crash_before_the_commit_leaves_no_strays_after_the_next_run(kommune: Bureau) -> None:
    letter = drop(kommune, Letter(reference=BG))
    announce(kommune, letter)
    crashed = claim(kommune)
    # What a worker had put into the vault when the power went.
    for rendition in ("original", "pdfa"):
        place = ObjectId(f"{letter}/{crashed.lease}/{rendition}")
        kommune.realm.vault.put(place, [b"half a filing"], kek=bytes(32))
    kommune.clock.advance(minutes=5)
    work_off(kommune)
    assert_filed_once(kommune, letter)


def test_a_crash_between_filing_and_report_is_made_good(kommune: Bureau) -> None:
    letter = drop(kommune, Letter(reference=BG))
    announce(kommune, letter)
    do(kommune, claim(kommune))
    claim(kommune, Step.REPORT)
    assert kommune.announcer.filed == []
    kommune.clock.advance(minutes=5)
    work_off(kommune)
    assert_filed_once(kommune, letter)


def test_the_other_carriers_letter_cannot_be_opened(kommune: Bureau, agentur: Bureau) -> None:
    letter = drop(agentur, Letter())
    for path in files_below(agentur.root / "slot"):
        target = kommune.root / "slot" / path.relative_to(agentur.root / "slot")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    announce(kommune, letter)
    with pytest.raises(SealBrokenError):
        do(kommune, claim(kommune))
    assert_nothing_is_filed(kommune)


def test_an_order_for_the_other_carrier_is_refused(kommune: Bureau) -> None:
    letter = drop(kommune, Letter(carrier="agentur"))
    announce(kommune, letter)
    with pytest.raises(SealBrokenError):
        do(kommune, claim(kommune))
    assert_nothing_is_filed(kommune)


def test_an_order_of_another_letter_is_refused(kommune: Bureau) -> None:
    letter = LetterId("0b0e6a52-3c1f-4f0e-9a51-0d6c7a1b2c01")
    other = LetterId("1b0e6a52-3c1f-4f0e-9a51-0d6c7a1b2c02")
    drop_order(kommune, order_for(kommune, Letter(), other), name=letter)
    announce(kommune, letter)
    with pytest.raises(SealBrokenError):
        do(kommune, claim(kommune))
    assert_nothing_is_filed(kommune)


@pytest.mark.parametrize("part", ["order", "original", "pdfa", "text"])
@pytest.mark.parametrize("offset", [-1, 100])
def test_a_tampered_part_is_refused(kommune: Bureau, part: str, offset: int) -> None:
    letter = drop(kommune, Letter(original=b"o" * 500, pdfa=b"p" * 500, text="t" * 500))
    path = kommune.root / "slot" / part_id(letter, ATTEMPT, part=part)
    changed = bytearray(path.read_bytes())
    changed[offset] ^= 1
    path.write_bytes(changed)
    announce(kommune, letter)
    with pytest.raises(SealBrokenError):
        do(kommune, claim(kommune))
    assert_nothing_is_filed(kommune)


def test_a_part_that_is_missing_is_refused(kommune: Bureau) -> None:
    letter = drop(kommune, Letter())
    (kommune.root / "slot" / part_id(letter, ATTEMPT, part="pdfa")).unlink()
    announce(kommune, letter)
    with pytest.raises(ObjectMissingError):
        do(kommune, claim(kommune))
    assert_nothing_is_filed(kommune)


@pytest.mark.parametrize("changed", [{"sha256": Sha256("0" * 64)}, {"size": 1}])
def test_a_part_that_is_not_what_its_order_says_is_refused(
    kommune: Bureau, changed: dict[str, Sha256 | int]
) -> None:
    letter = LetterId("0b0e6a52-3c1f-4f0e-9a51-0d6c7a1b2c01")
    order = order_for(kommune, Letter(), letter)
    first, *rest = order.parts
    parts = (replace(first, **changed), *rest)  # type: ignore[arg-type]  # a table of changes
    for rendition, (_, content) in Letter().contents().items():
        kommune.slot.drop(part_id(letter, ATTEMPT, part=rendition), [content])
    drop_order(kommune, replace(order, parts=parts))
    announce(kommune, letter)
    with pytest.raises(SealBrokenError):
        do(kommune, claim(kommune))
    assert_nothing_is_filed(kommune)


@pytest.mark.parametrize("order", [b"", b"{}", b"[]", b"null", b"\xff", b"{" * 5000])
def test_an_order_that_is_not_well_formed_is_refused(kommune: Bureau, order: bytes) -> None:
    letter = LetterId("0b0e6a52-3c1f-4f0e-9a51-0d6c7a1b2c01")
    kommune.slot.drop(part_id(letter, ATTEMPT, part="order"), [order])
    announce(kommune, letter)
    with pytest.raises(SealBrokenError):
        do(kommune, claim(kommune))
    assert_nothing_is_filed(kommune)


def test_what_the_message_does_not_admit_is_not_filed(kommune: Bureau) -> None:
    letter = LetterId("0b0e6a52-3c1f-4f0e-9a51-0d6c7a1b2c01")
    for rendition, (_, content) in Letter().contents().items():
        kommune.slot.drop(part_id(letter, ATTEMPT, part=rendition), [content])
    order = replace(order_for(kommune, Letter(), letter), receipt_digest="no digest")
    drop_order(kommune, order)
    announce(kommune, letter)
    with pytest.raises(PoststelleError):
        do(kommune, claim(kommune))
    assert_nothing_is_filed(kommune)


def test_a_case_is_found_by_either_number(kommune: Bureau) -> None:
    first = filed(kommune, Letter(reference=BG, fields=Fields(BG, KUNDENNUMMER)))
    by_bg = filed(kommune, Letter(fields=Fields(bg_nummer=BG)))
    by_number = filed(kommune, Letter(fields=Fields(kundennummer=KUNDENNUMMER)))
    by_reference = filed(kommune, Letter(reference=KUNDENNUMMER))
    documents = [kommune.library.document(one) for one in (first, by_bg, by_number, by_reference)]
    assert len({document.case.id for document in documents}) == 1
    assert documents[0].case.reference == BG
    assert case_for(kommune.realm, BG) == documents[0].case.id
    assert case_for(kommune.realm, "12345//0000018") is None


def test_a_document_teaches_its_case_a_second_number(kommune: Bureau) -> None:
    filed(kommune, Letter(reference=BG))
    filed(kommune, Letter(reference=BG, fields=Fields(kundennummer=KUNDENNUMMER)))
    third = filed(kommune, Letter(fields=Fields(kundennummer=KUNDENNUMMER)))
    assert kommune.library.document(third).case.reference == BG
    assert kommune.rows("cases") == 1


def test_what_names_no_case_lies_without_a_reference_and_says_so_to_nobody(
    kommune: Bureau,
) -> None:
    documents = [kommune.library.document(filed(kommune, Letter())) for _ in range(2)]
    assert {document.case.reference for document in documents} == {UNASSIGNED}
    assert len({document.case.id for document in documents}) == 1
    (first, *_) = kommune.delivery.waiting()
    with kommune.realm.database.reading() as connection:
        row = connection.execute(select(MESSAGES).where(MESSAGES.c.id == first.id)).one()
    columns = SealedColumns(documents[0].case.key, kommune.realm.randomness)
    announced = parse_0101(columns.open(row.sealed_xml, row=row.id, column="xml"))
    assert announced.reference is None


def test_the_other_realm_does_not_know_the_case(kommune: Bureau, agentur: Bureau) -> None:
    filed(kommune, Letter(reference=BG))
    assert case_for(agentur.realm, BG) is None


def test_one_submission_of_a_case_is_one_process(kommune: Bureau) -> None:
    together = "4b0e6a52-3c1f-4f0e-9a51-0d6c7a1b2c01"
    for _ in range(2):
        filed(kommune, Letter(reference=BG, submission=together))
    filed(kommune, Letter(reference=BG))
    case = kommune.library.cases()[0]
    _, processes = kommune.library.case(case.id)
    assert sorted(len(process.documents) for process in processes) == [1, 2]


def test_each_case_and_each_object_has_a_key_of_its_own(kommune: Bureau) -> None:
    filed(kommune, Letter(reference=BG))
    filed(kommune, Letter(reference="12345//0000018"))
    keys = {case.key for case in kommune.library.cases()}
    assert len(keys) == 2
    data_keys = {
        _data_key(kommune, document.id, rendition)
        for document in kommune.library.inbox()
        for rendition in Rendition
    }
    assert len(data_keys) == 6
    assert all(repr(case.key) not in repr(case) for case in kommune.library.cases())


def _data_key(at: Bureau, document: DocumentId, rendition: Rendition) -> bytes:
    row = _rendition(at, document, rendition)
    kek = at.library.document(document).case.key
    return unwrap_under(kek, row[1], context=row[0])


def _rendition(at: Bureau, document: DocumentId, rendition: Rendition) -> tuple[ObjectId, bytes]:
    query = select(RENDITIONS.c.object_id, RENDITIONS.c.wrapped_key).where(
        RENDITIONS.c.document_id == document, RENDITIONS.c.rendition == rendition
    )
    with at.realm.database.reading() as connection:
        object_id, wrapped = connection.execute(query).one()
    return ObjectId(object_id), wrapped


def test_a_case_key_does_not_open_the_other_case(kommune: Bureau) -> None:
    first = filed(kommune, Letter(reference=BG))
    second = filed(kommune, Letter(reference="12345//0000018"))
    object_id, wrapped = _rendition(kommune, first, Rendition.ORIGINAL)
    foreign = kommune.library.document(second).case.key
    with pytest.raises(SealBrokenError):
        b"".join(kommune.realm.vault.open(object_id, wrapped, kek=foreign))


def test_two_carriers_copies_share_no_byte_and_no_key(kommune: Bureau, agentur: Bureau) -> None:
    letter = Letter(original=b"the same content " * 4096, reference=BG)
    here, there = filed(kommune, letter), filed(agentur, letter)
    contents = [_sealed(at, document) for at, document in ((kommune, here), (agentur, there))]
    assert contents[0] != contents[1]
    assert letter.original[:64] not in contents[0] + contents[1]
    for at, document, stranger in ((kommune, here, agentur), (agentur, there, kommune)):
        _assert_cannot_open(at, document, stranger)


def _sealed(at: Bureau, document: DocumentId) -> bytes:
    object_id, _ = _rendition(at, document, Rendition.ORIGINAL)
    return (at.objects / object_id).read_bytes()


def _assert_cannot_open(at: Bureau, document: DocumentId, stranger: Bureau) -> None:
    """Give the other realm everything that is stored here, and let it try all it has."""
    object_id, wrapped = _rendition(at, document, Rendition.ORIGINAL)
    with at.realm.database.reading() as connection:
        case = connection.execute(select(CASES)).one()
    with pytest.raises(SealBrokenError):
        stranger.realm.keys.unwrap(case.wrapped_key, context=case.id)
    their_case = stranger.library.cases()[0]
    target = stranger.objects / object_id
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes((at.objects / object_id).read_bytes())
    with pytest.raises(SealBrokenError):
        b"".join(stranger.realm.vault.open(object_id, wrapped, kek=their_case.key))
    # Even with the right key, the object is bound to its realm.
    right = at.library.document(document).case.key
    with pytest.raises(SealBrokenError):
        b"".join(stranger.realm.vault.open(object_id, wrapped, kek=right))
    target.unlink()


def test_the_vault_writes_nothing_twice(kommune: Bureau) -> None:
    document = filed(kommune, Letter())
    object_id, _ = _rendition(kommune, document, Rendition.ORIGINAL)
    assert isinstance(kommune.realm.vault, Vault)
    with pytest.raises(ObjectExistsError):
        kommune.realm.vault.put(object_id, [b"something else"], kek=bytes(32))


def test_every_type_of_the_catalogue_can_be_filed_and_announced(kommune: Bureau) -> None:
    codes = list(kommune.realm.catalogue.types)
    for code in codes:
        filed(kommune, Letter(type=code))
    kinds = {document.kind.code for document in kommune.library.inbox(limit=1000)}
    assert kinds == set(codes) >= {TypeCode("mietvertrag"), TypeCode("sonstiges")}


def test_nothing_readable_is_at_rest(kommune: Bureau, tmp_path: Path) -> None:
    canaries = ("Kanarienvogel", "Zwitschermann", "kanari.pdf", BG, KUNDENNUMMER)
    letter = Letter(
        text=f"Der Kanarienvogel {BG}",
        original=b"Kanarienvogel im Original",
        pdfa=b"Kanarienvogel im Archiv",
        name="kanari.pdf",
        fields=Fields(BG, KUNDENNUMMER, name="Zoe Zwitschermann"),
        reference=BG,
    )
    filed(kommune, letter)
    kommune.search.find("Kanarienvogel", actor="zwitschermann")
    everything = b"".join(path.read_bytes() for path in files_below(tmp_path)).lower()
    assert len(everything) > 10_000
    for canary in canaries:
        assert canary.lower().encode() not in everything
    assert b"mietvertrag" not in everything
