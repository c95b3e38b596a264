import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from domain.catalogue import FALLBACK
from domain.errors import NotAllowedNowError, ScannerUnavailableError
from domain.letters import Rendition
from domain.lifecycle import DocumentState, ItemState
from domain.reading import Fields, Outcome, ReadDocument, Reading
from domain.reasons import Reason
from intake.examining import examine
from intake.reading import read_item
from intake.room import Step
from intake.tables import ITEMS, RENDITIONS
from storage.jobs import LEASE, Job
from tests.intake.mail_room import EICAR, CrashError, Post, accepted, crash, document, with_faults

STACK = accepted(
    document("mietvertrag", pages=(1,), original=b"first", pdfa=b"first as PDF/A"),
    document("lohnabrechnung", pages=(2, 4), original=b"second", pdfa=b"second as PDF/A"),
    blank=(3,),
)


def _row(post: Post) -> tuple[str, str | None, int, int]:
    with post.room.database.reading() as connection:
        row = connection.execute(select(ITEMS)).one()
    return row.state, row.reason, row.page_count, row.blank_count


def _assert_no_strays(post: Post) -> None:
    """Every object has its row and every row its object."""
    with post.room.database.reading() as connection:
        received = set(connection.execute(select(ITEMS.c.object_id)).scalars())
        kept = set(connection.execute(select(RENDITIONS.c.object_id)).scalars())
    assert post.objects() == received | kept


def _opens(post: Post) -> dict[str, dict[Rendition, bytes]]:
    room = post.room
    found = {}
    for record in post.documents():
        with room.database.reading() as connection:
            renditions = room.records.renditions(connection, record.id)
        found[str(record.reading.type)] = {
            name: b"".join(room.vault.open(at.id, at.wrapped_key, kek=room.records.rendition_key))
            for name, at in renditions.items()
        }
    return found


def test_an_accepted_item_becomes_its_documents(post: Post) -> None:
    post.read(STACK)
    first, second = post.documents()
    assert (first.state, first.ordinal, second.ordinal) == (DocumentState.READ, 0, 1)
    assert second.reading == replace(STACK.documents[1], pdfa=None, original=None)
    assert _row(post) == (ItemState.READ, None, 4, 1)
    assert post.room.jobs.pending() == 2
    assert post.actions() == ["item.read"]


def test_every_rendition_is_kept_and_opens(post: Post) -> None:
    post.read(STACK)
    assert _opens(post) == {
        "mietvertrag": {Rendition.ORIGINAL: b"first", Rendition.PDFA: b"first as PDF/A"},
        "lohnabrechnung": {Rendition.ORIGINAL: b"second", Rendition.PDFA: b"second as PDF/A"},
    }
    _assert_no_strays(post)


def test_what_was_read_is_sealed(post: Post) -> None:
    fields = Fields(name="Kanarienvogel", bg_nummer="12345//0001234")
    canary = document("suchtberatung", fields=fields, text="Kanarienvogel", original=b"Kanarien")
    post.read(accepted(canary), reference="Kanarienvogel")
    post.work(Step.ROUTE)
    stored = post.bytes_on_disk()
    for word in (b"Kanarien", b"suchtberatung", b"12345//0001234"):
        assert word not in stored


@pytest.mark.parametrize("outcome", [Outcome.UNREADABLE, Outcome.REJECTED])
def test_what_cannot_be_read_becomes_a_case_for_the_clearing_desk(
    post: Post, outcome: Outcome
) -> None:
    content = bytes(range(256))
    post.read(Reading(outcome, "application/pdf", Reason.PDF_DAMAGED), content=content)
    post.work()
    (record,) = post.documents(DocumentState.CLEARING)
    assert record.reading.type == FALLBACK
    assert record.reading.doubts == (Reason.PDF_DAMAGED,)
    assert record.decision is not None
    assert record.decision.reasons[0] is Reason.PDF_DAMAGED
    assert post.original(record) == content
    assert post.bell.rung == []


def test_an_item_without_documents_and_reason_is_cleared_for_want_of_text(post: Post) -> None:
    post.read(Reading(Outcome.ACCEPTED, "application/pdf", page_count=2, blank_pages=(1, 2)))
    post.work()
    (record,) = post.documents(DocumentState.CLEARING)
    assert record.reading.doubts == (Reason.NO_TEXT,)


def test_malware_never_reaches_the_reader(post: Post) -> None:
    post.receive(b"before " + EICAR + b" after")
    post.work()
    assert post.reader.asked == []
    assert post.item_states() == [ItemState.QUARANTINED]
    assert post.documents() == []
    assert _row(post)[1] == Reason.MALWARE
    assert post.actions() == ["item.quarantined"]
    assert post.room.jobs.pending() == 0


def test_malware_in_an_attachment_quarantines_the_whole_item(post: Post) -> None:
    infected = document("nachricht", part="Anlage.zip", original=b"unpacked " + EICAR)
    post.read(accepted(document(part="Text", original=b"harmless", pdfa=b"x"), infected))
    post.work()
    assert post.item_states() == [ItemState.QUARANTINED]
    assert post.documents() == []
    assert post.bell.rung == []
    _assert_no_strays(post)


def test_a_quarantined_item_keeps_its_content(post: Post) -> None:
    receipt = post.receive(EICAR)
    post.work()
    row = post.room.item(receipt.items[0].id)
    assert b"".join(post.room.content(row)) == EICAR


class _NamelessFind:
    def scan(self, content: bytes) -> str | None:
        return "" if content == b"bad" else None


def test_a_find_without_a_name_is_a_find(post: Post) -> None:
    examination = replace(post.room.outside.examination, scanner=_NamelessFind())
    assert examine(b"bad", name="a", examination=examination).outcome is Outcome.QUARANTINED
    post.reader.readings[b"good"] = accepted(document(original=b"bad"))
    assert examine(b"good", name="a", examination=examination).outcome is Outcome.QUARANTINED


class _AbsentScanner:
    def scan(self, content: bytes) -> str | None:
        del content
        raise ScannerUnavailableError


def test_without_a_scanner_nothing_is_read(post: Post) -> None:
    examination = replace(post.room.outside.examination, scanner=_AbsentScanner())
    with pytest.raises(ScannerUnavailableError):
        examine(b"content", name="a", examination=examination)
    assert post.reader.asked == []


def test_nothing_at_all_is_rejected_without_scanning(post: Post) -> None:
    reading = examine(b"", name="a", examination=post.room.outside.examination)
    assert (reading.outcome, reading.reason) == (Outcome.REJECTED, Reason.EMPTY)
    assert post.reader.asked == []


@pytest.mark.parametrize(
    "documents",
    [
        (document(original=b"1"), document("lohnabrechnung")),
        (document(), document("lohnabrechnung", original=b"2")),
        (document(), document("lohnabrechnung")),
    ],
)
def test_a_stack_whose_documents_cannot_be_told_apart_is_never_filed(
    post: Post, documents: tuple[ReadDocument, ...]
) -> None:
    post.read(accepted(*documents), content=b"whole stack")
    post.work()
    (record,) = post.documents()
    assert record.state is DocumentState.CLEARING
    assert post.original(record) == b"whole stack"
    assert post.bell.rung == []


def test_the_reader_is_told_the_name_of_the_item(post: Post) -> None:
    post.receive(b"x", name="Brief.pdf")
    post.work(Step.READ)
    assert post.reader.asked == ["Brief.pdf"]


def test_a_job_that_comes_twice_changes_nothing(post: Post) -> None:
    post.read(STACK)
    before = (post.documents(), post.objects(), post.room.jobs.pending())
    post.room.jobs.announce(Step.READ, str(post.documents()[0].item))
    post.work(Step.READ)
    assert (post.documents(), post.objects(), post.room.jobs.pending()) == before
    assert post.actions() == ["item.read"]


def _claim_stack(post: Post) -> Job:
    post.reader.readings[b"stack"] = STACK
    post.receive(b"stack")
    return post.claim(Step.READ)


def test_a_crash_before_the_commit_leaves_no_strays_after_the_second_run(post: Post) -> None:
    job = _claim_stack(post)
    with pytest.raises(CrashError):
        read_item(with_faults(post.room, at_end=crash), job)
    assert post.documents() == []
    assert post.item_states() == [ItemState.RECEIVED]
    post.clock.advance(LEASE + dt.timedelta(seconds=1))
    post.work(Step.READ)
    assert len(post.documents()) == 2
    assert len(_opens(post)) == 2
    _assert_no_strays(post)


def test_malware_found_at_the_second_run_leaves_nothing_of_the_first(post: Post) -> None:
    job = _claim_stack(post)
    with pytest.raises(CrashError):
        read_item(with_faults(post.room, at_end=crash), job)
    post.reader.readings[b"stack"] = accepted(document(original=EICAR))
    post.clock.advance(LEASE + dt.timedelta(seconds=1))
    post.work(Step.READ)
    assert post.item_states() == [ItemState.QUARANTINED]
    _assert_no_strays(post)


def test_storing_that_fails_half_way_leaves_nothing(post: Post) -> None:
    huge = document(original=b"x", pdfa="not bytes")
    post.reader.readings[b"stack"] = accepted(document(original=b"1"), huge)
    post.receive(b"stack")
    before = post.objects()
    with pytest.raises(TypeError):
        read_item(post.room, post.claim(Step.READ))
    assert post.objects() == before


def _replaced(post: Post) -> None:
    """Let the lease of the worker at hand run out and another one do its job."""
    post.clock.advance(LEASE + dt.timedelta(seconds=1))
    post.work(Step.READ)


def _assert_whole(post: Post) -> None:
    assert _opens(post) == {
        "mietvertrag": {Rendition.ORIGINAL: b"first", Rendition.PDFA: b"first as PDF/A"},
        "lohnabrechnung": {Rendition.ORIGINAL: b"second", Rendition.PDFA: b"second as PDF/A"},
    }
    assert len(post.documents()) == 2
    _assert_no_strays(post)


def test_a_worker_replaced_while_it_reads_destroys_nothing(post: Post) -> None:
    job = _claim_stack(post)
    post.reader.meanwhile.append(lambda: _replaced(post))
    with pytest.raises(NotAllowedNowError):
        read_item(post.room, job)
    _assert_whole(post)


def test_a_worker_replaced_before_its_commit_leaves_nothing(post: Post) -> None:
    job = _claim_stack(post)
    room = with_faults(post.room, before=lambda: _replaced(post))
    with pytest.raises(NotAllowedNowError):
        read_item(room, job)
    _assert_whole(post)
