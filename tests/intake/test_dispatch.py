import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.errors import NotAllowedNowError, PoststelleError, SealBrokenError
from domain.ids import LetterId
from domain.letters import ORDER_PART, Rendition
from domain.lifecycle import DocumentState, ItemState, LetterState
from domain.post import Channel, SenderNote
from domain.reading import Fields
from domain.reasons import Reason
from intake.dispatch import dispatch_letter, route_document
from intake.receipts import receipt_digest
from intake.room import Step
from intake.tables import ITEMS, RENDITIONS
from storage.jobs import LEASE
from storage.letterbox import LetterTray, part_id
from storage.objects import FolderObjectStore
from tests.intake.mail_room import (
    CrashError,
    Post,
    accepted,
    crash,
    document,
    keys_of,
    open_post,
    with_faults,
)
from tests.storage.settable_clock import MONDAY

BG = "12345//0001234"
KUNDE = "123A456789"
FIELDS = Fields(bg_nummer=BG, name="Ada Beispiel", dokumentdatum=dt.date(2026, 7, 1))
LONG_AGO = LEASE + dt.timedelta(seconds=1)


@pytest.fixture
def joint(tmp_path: Path) -> Iterator[Post]:
    with open_post(tmp_path / "joint", form="joint") as opened:
        yield opened


def test_a_document_travels_to_its_carrier_with_its_order(post: Post) -> None:
    found = document("mietvertrag", pages=(1, 2), fields=FIELDS, text="Miete", pdfa=b"PDF/A")
    post.reader.readings[b"original"] = accepted(found)
    receipt = post.receive(b"original", name="Mietvertrag Musterweg.pdf")
    post.work()
    letter = post.letter("kommune")
    order = letter.order
    assert letter.parts == {
        Rendition.ORIGINAL: b"original",
        Rendition.PDFA: b"PDF/A",
        Rendition.TEXT: b"Miete",
    }
    assert (order.carrier, order.type, order.basis) == ("kommune", "mietvertrag", "§ 22(1) SGB II")
    assert (order.channel, order.received_at) == (Channel.APP, MONDAY)
    assert order.submission == receipt.submission
    assert order.receipt_digest == receipt_digest(receipt.code)
    assert order.document == post.documents()[0].id
    assert (order.reference, order.fields, order.page_count) == (BG, FIELDS, 2)
    assert (order.decided_by, order.confidence) == ("policy", 0.95)
    assert order.file_name == "Mietvertrag Musterweg.pdf"
    assert [part.media_type for part in order.parts] == [
        "application/pdf",
        "application/pdf",
        "text/plain",
    ]


def test_every_entitled_carrier_gets_a_letter_of_its_own(post: Post) -> None:
    post.read(accepted(document("lohnabrechnung")))
    post.work()
    assert post.letters() == {"agentur": LetterState.DROPPED, "kommune": LetterState.DROPPED}
    agentur, kommune = post.letter("agentur").order, post.letter("kommune").order
    assert agentur.letter != kommune.letter
    assert agentur.document == kommune.document
    assert (agentur.carrier, kommune.carrier) == ("agentur", "kommune")


def test_the_carrier_that_is_not_entitled_gets_nothing(post: Post) -> None:
    post.read(accepted(document("suchtberatung")))
    post.work()
    assert [carrier for carrier, _, _ in post.bell.rung] == ["kommune"]
    assert post.tray("agentur").letters() == frozenset()


def test_counselling_never_reaches_the_joint_institution(joint: Post) -> None:
    joint.read(accepted(document("schuldnerberatung")))
    joint.work()
    assert joint.tray("jobcenter").letters() == frozenset()
    assert joint.letter("kommune").order.type == "schuldnerberatung"


@pytest.mark.parametrize("key", ["agentur", "intake"])
def test_nobody_but_its_carrier_opens_a_letter(post: Post, key: str) -> None:
    post.read(accepted(document("lohnabrechnung")))
    post.work()
    ((letter, attempt),) = [(name, at) for to, name, at in post.bell.rung if to == "kommune"]
    for part in (ORDER_PART, *Rendition):
        if part != Rendition.PDFA:
            with pytest.raises(SealBrokenError):
                b"".join(post.tray("kommune", key=key).open(part_id(letter, attempt, part=part)))


def test_nothing_readable_lies_in_any_slot(post: Post) -> None:
    canary = document("suchtberatung", text="Kanarienvogel", pdfa=b"Kanarienvogel", fields=FIELDS)
    post.read(accepted(canary), content=b"Kanarienvogel")
    post.work()
    assert post.letter("kommune").parts[Rendition.TEXT] == b"Kanarienvogel"
    stored = post.bytes_on_disk()
    for word in (b"Kanarienvogel", b"suchtberatung", b"Ada Beispiel", BG.encode()):
        assert word not in stored


def test_each_document_of_a_stack_travels_with_its_own_original(post: Post) -> None:
    post.read(
        accepted(
            document("mietvertrag", original=b"first"),
            document("kooperationsplan", original=b"second"),
        ),
        content=b"first and second",
    )
    post.work()
    assert post.letter("kommune").parts[Rendition.ORIGINAL] == b"first"
    assert post.letter("agentur").parts[Rendition.ORIGINAL] == b"second"


def test_the_name_of_a_stack_is_told_to_nobody(post: Post) -> None:
    post.reader.readings[b"stack"] = accepted(
        document("suchtberatung", original=b"1"), document("lohnabrechnung", original=b"2")
    )
    post.receive(b"stack", name="Suchtberatung und Lohn.pdf")
    post.work()
    names = {
        post.opened(carrier, letter, attempt).order.file_name
        for carrier, letter, attempt in post.bell.rung
    }
    assert names == {"Nachweis Suchtberatung/psychosoziale Betreuung", "Lohn-/Gehaltsabrechnung"}


def test_an_attachment_keeps_its_name_only_where_it_is_one_document(post: Post) -> None:
    alone = document("mietvertrag", part="../Mietvertrag\u202e.pdf", original=b"1")
    stack = [
        document(kind, part="Sucht und Lohn.pdf", original=kind.encode())
        for kind in ("suchtberatung", "anlage_kdu")
    ]
    post.reader.readings[b"mail"] = accepted(alone, *stack)
    post.receive(b"mail", name="Betreff Sucht.eml")
    post.work()
    names = {
        post.opened(carrier, letter, attempt).order.file_name
        for carrier, letter, attempt in post.bell.rung
    }
    assert names == {
        "Mietvertrag.pdf",
        "Nachweis Suchtberatung/psychosoziale Betreuung",
        "Anlage KDU (Unterkunft und Heizung)",
    }


def test_what_waits_for_a_person_is_sealed_for_nobody(post: Post) -> None:
    doubtful = document("mietvertrag", confidence=0.1, original=b"2")
    post.read(accepted(document("sonstiges", original=b"1"), doubtful))
    post.work()
    assert [record.state for record in post.documents()] == [DocumentState.CLEARING] * 2
    assert post.letters() == {}
    assert post.bell.rung == []
    assert post.actions() == ["item.read", "document.clearing", "document.clearing"]


def test_the_hint_of_the_sender_takes_part_in_the_decision(post: Post) -> None:
    post.read(accepted(document(fields=FIELDS)), reference="12345//0009999")
    post.work()
    (record,) = post.documents(DocumentState.CLEARING)
    assert record.decision is not None
    assert record.decision.reasons == (Reason.CONFLICTING_REFERENCES,)


def test_a_document_is_routed_once_even_if_its_job_comes_twice(post: Post) -> None:
    post.read(accepted(document()))
    post.work(Step.ROUTE)
    post.room.jobs.announce(Step.ROUTE, post.documents()[0].id)
    post.work()
    assert len(post.bell.rung) == 1
    assert post.actions().count("document.routed") == 1


def test_a_crash_while_routing_leaves_the_document_where_it_was(post: Post) -> None:
    post.read(accepted(document("lohnabrechnung")))
    with pytest.raises(CrashError):
        route_document(with_faults(post.room, at_end=crash), post.claim(Step.ROUTE))
    assert post.documents()[0].state is DocumentState.READ
    assert post.letters() == {}
    post.clock.advance(LONG_AGO)
    post.work()
    assert len(post.letters()) == 2


def test_a_second_attempt_is_complete_and_is_the_one_that_counts(post: Post) -> None:
    post.read(accepted(document(pdfa=b"PDF/A")), content=b"original")
    post.work(Step.ROUTE)
    first = post.claim(Step.DISPATCH)
    with pytest.raises(CrashError):
        dispatch_letter(with_faults(post.room, at_end=crash), first)
    assert post.bell.rung == []
    post.clock.advance(LONG_AGO)
    post.work()
    ((_, letter, attempt),) = post.bell.rung
    assert attempt != first.lease
    assert post.letter("kommune").parts[Rendition.ORIGINAL] == b"original"
    post.tray("kommune").remove(letter)
    assert post.tray("kommune").letters() == frozenset()


def test_an_attempt_that_broke_off_half_way_is_not_announced(post: Post) -> None:
    post.read(accepted(document(pdfa=b"PDF/A")))
    post.work(Step.ROUTE)
    job = post.claim(Step.DISPATCH)
    (pdfa,) = [name for name in post.objects() if name.endswith("pdfa")]
    path = post.folder / "objects" / pdfa
    sound = path.read_bytes()
    path.write_bytes(sound[:-1])
    with pytest.raises(PoststelleError):
        dispatch_letter(post.room, job)
    path.write_bytes(sound)
    post.clock.advance(LONG_AGO)
    post.work()
    assert post.letter("kommune").parts[Rendition.PDFA] == b"PDF/A"


def test_a_worker_that_was_replaced_announces_nothing(post: Post) -> None:
    post.read(accepted(document()))
    post.work(Step.ROUTE)
    slow = post.claim(Step.DISPATCH)
    post.clock.advance(LONG_AGO)
    quick = post.claim(Step.DISPATCH)
    with pytest.raises(NotAllowedNowError):
        dispatch_letter(post.room, slow)
    dispatch_letter(post.room, quick)
    post.work()
    assert [attempt for _, _, attempt in post.bell.rung] == [quick.lease]
    assert post.letter("kommune").order.carrier == "kommune"


def test_a_letter_that_was_dropped_is_not_dropped_again(post: Post) -> None:
    post.read(accepted(document()))
    post.work()
    ((_, letter, _),) = post.bell.rung
    lying = set(FolderObjectStore(post.folder / "slots" / "kommune").ids())
    post.room.jobs.announce(Step.DISPATCH, letter)
    post.work()
    assert set(FolderObjectStore(post.folder / "slots" / "kommune").ids()) == lying
    assert len(post.bell.rung) == 1


def test_an_item_stays_until_every_carrier_has_filed(post: Post) -> None:
    post.read(accepted(document("lohnabrechnung", pdfa=b"PDF/A")))
    post.work()
    post.filed("agentur")
    assert post.letters() == {"agentur": LetterState.FILED, "kommune": LetterState.DROPPED}
    assert post.documents()[0].state is DocumentState.ROUTED
    assert len(post.objects()) == 2
    post.filed("kommune")
    assert post.documents()[0].state is DocumentState.FILED
    assert post.objects() == frozenset()


def test_an_item_stays_while_one_of_its_documents_waits(post: Post) -> None:
    post.read(
        accepted(document("mietvertrag", original=b"1"), document("sonstiges", original=b"2"))
    )
    post.work()
    post.filed()
    states = [record.state for record in post.documents()]
    assert states == [DocumentState.FILED, DocumentState.CLEARING]
    assert post.original(post.documents()[1]) == b"2"
    assert "item.destroyed" not in post.actions()


def test_a_letter_reported_twice_is_filed_once(post: Post) -> None:
    post.read(accepted(document()))
    post.work()
    post.filed()
    post.filed()
    assert post.actions().count("document.filed") == 1
    assert post.actions().count("item.destroyed") == 1


def test_a_letter_that_was_never_dropped_cannot_be_filed(post: Post) -> None:
    post.read(accepted(document()))
    post.work(Step.ROUTE)
    letter = LetterId(post.claim(Step.DISPATCH).subject)
    post.room.jobs.announce(Step.SETTLE, letter)
    with pytest.raises(NotAllowedNowError):
        post.work(Step.SETTLE)
    assert post.letters() == {"kommune": LetterState.WRITTEN}


def test_nothing_of_a_filed_item_is_left_but_ids_times_and_counts(post: Post) -> None:
    found = document(fields=FIELDS, text="Text", part="Anlage.pdf", original=b"1", pdfa=b"2")
    post.reader.readings[b"mail"] = accepted(replace(found, bg_nummern=(BG,), evidence=("Miete",)))
    receipt = post.receive(b"mail", name="Post.eml", note=SenderNote(reference=BG))
    post.work()
    post.filed()
    (record,) = post.documents()
    read = record.reading
    assert (read.text, read.fields, read.part, read.evidence, read.bg_nummern) == (
        "",
        Fields(),
        "",
        (),
        (),
    )
    assert record.decision is not None
    assert (record.decision.reference, record.decision.carriers) == (None, ("kommune",))
    assert (read.type, read.confidence, read.pages) == ("mietvertrag", 0.95, (1,))
    row = post.room.item(receipt.items[0].id)
    assert (row.state, row.object_id, row.sealed_key, row.sealed_label) == (
        ItemState.READ,
        None,
        b"",
        b"",
    )
    with post.room.database.reading() as connection:
        assert connection.execute(select(RENDITIONS)).all() == []


def test_destroying_one_item_leaves_the_others_alone(post: Post) -> None:
    post.reader.readings[b"waits"] = accepted(document("sonstiges"))
    receipt = post.receive(b"goes", b"waits")
    post.work()
    post.filed()
    goes, waits = (post.room.item(item.id) for item in receipt.items)
    assert goes.object_id is None
    assert b"".join(post.room.content(waits)) == b"waits"
    (record,) = post.documents(DocumentState.CLEARING)
    assert record.reading.text == "Text von sonstiges"


def test_a_crash_while_destroying_is_made_good(post: Post) -> None:
    post.read(accepted(document(pdfa=b"PDF/A")))
    post.work()
    ((_, letter, _),) = post.bell.rung
    post.room.jobs.announce(Step.SETTLE, letter)
    post.work(Step.SETTLE)
    job = post.claim(Step.DESTROY)
    post.room.vault.delete_all(f"{job.subject}/")
    post.clock.advance(LONG_AGO)
    post.work()
    with post.room.database.reading() as connection:
        assert connection.execute(select(ITEMS.c.object_id)).scalars().all() == [None]
    assert post.actions()[-1] == "item.destroyed"


def test_the_way_of_a_document_is_on_record(post: Post) -> None:
    post.read(accepted(document()))
    post.work()
    post.filed()
    assert post.actions() == [
        "item.read",
        "document.routed",
        "letter.dropped",
        "document.filed",
        "item.destroyed",
    ]


def test_the_slot_of_a_carrier_opens_with_its_key_alone(post: Post) -> None:
    post.read(accepted(document()))
    post.work()
    ((_, letter, attempt),) = post.bell.rung
    store = FolderObjectStore(post.folder / "slots" / "kommune")
    for realm in ("kommune", "agentur"):
        tray = LetterTray(keys_of(realm)._realm, store, private=keys_of(realm).private)
        name = part_id(letter, attempt, part=ORDER_PART)
        if realm == "kommune":
            assert b"mietvertrag" in b"".join(tray.open(name))
        else:
            with pytest.raises(SealBrokenError):
                b"".join(tray.open(name))
