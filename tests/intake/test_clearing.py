import dataclasses
import datetime as dt

import pytest

from domain.errors import (
    MalformedRequestError,
    NotAllowedNowError,
    NotFoundError,
    PageUnavailableError,
)
from domain.ids import CarrierId, DocumentId, TypeCode
from domain.letters import Rendition
from domain.lifecycle import DocumentState, LetterState
from domain.post import Channel, SenderNote
from domain.reading import Fields, Outcome, Reading
from domain.reasons import Reason
from intake.clearing import ClearingEntry, Correction
from intake.room import Step
from storage.jobs import JobQueue
from tests.intake.mail_room import Post, accepted, document
from tests.storage.settable_clock import MONDAY

CLERK = "s.beispiel"
BG, OTHER_BG = "12345//0001234", "12345//0009999"
KUNDE = "123A456789"


def _correction(kind: str = "mietvertrag", *carriers: str, reference: str = "") -> Correction:
    named = tuple(CarrierId(name) for name in carriers or ("kommune",))
    return Correction(TypeCode(kind), named, reference)


def _waiting(post: Post, **said: object) -> ClearingEntry:
    """Bring one document to the clearing desk."""
    usual: dict[str, object] = {"confidence": 0.3}
    post.read(accepted(document(**(usual | said))), content=b"original")  # type: ignore[arg-type]  # any member
    post.work()
    (entry,) = post.desk.waiting()
    return entry


def _settle(post: Post, entry: ClearingEntry, correction: Correction) -> None:
    post.desk.settle(entry.record.id, correction, actor=CLERK)


def test_the_desk_shows_what_waits_and_why(post: Post) -> None:
    entry = _waiting(post, fields=Fields(bg_nummer=BG))
    assert entry.decision.reasons == (Reason.LOW_CONFIDENCE,)
    assert entry.decision.carriers == ("kommune",)
    assert entry.decision.reference == BG
    assert (entry.file_name, entry.channel, entry.received_at) == ("Post.pdf", Channel.APP, MONDAY)
    assert post.desk.entry(entry.record.id) == entry


def test_the_oldest_waits_first(post: Post) -> None:
    for number in range(3):
        post.reader.readings[b"%d" % number] = accepted(document("sonstiges", text=str(number)))
        post.receive(b"%d" % number)
        post.clock.advance(dt.timedelta(minutes=1))
    post.work()
    assert [entry.record.reading.text for entry in post.desk.waiting()] == ["0", "1", "2"]


def test_an_attachment_is_shown_under_its_own_cleaned_name(post: Post) -> None:
    entry = _waiting(post, part="../../Lohn\u202e.pdf", original=b"x")
    assert entry.file_name == "Lohn.pdf"


def test_the_desk_shows_note_and_original(post: Post) -> None:
    note = SenderNote("Ada Beispiel", "irgendwas", "Bitte schnell")
    post.reader.readings[b"x"] = Reading(Outcome.UNREADABLE, "image/jpeg", Reason.IMAGE_DAMAGED)
    post.receive(b"x", note=note)
    post.work()
    (entry,) = post.desk.waiting()
    assert post.desk.note(entry.record.id) == note
    media_type, content = post.desk.original(entry.record.id, actor="desk")
    assert (media_type, b"".join(content)) == ("image/jpeg", b"x")


@pytest.mark.parametrize(("number", "page"), [(1, 1), (2, 4), (3, 5)])
def test_the_pages_of_a_whole_item_are_found_between_blank_ones(
    post: Post, number: int, page: int
) -> None:
    entry = _waiting(post, pages=(1, 4, 5))
    assert post.desk.page(entry.record.id, number, width=800, actor="desk") == b"png"
    assert post.reader.rendered == [(b"original", page, 800)]


def test_the_pages_of_an_original_of_its_own_are_counted_from_one(post: Post) -> None:
    entry = _waiting(post, pages=(4, 5), original=b"pages 4 and 5")
    post.desk.page(entry.record.id, 2, width=800, actor="desk")
    assert post.reader.rendered == [(b"pages 4 and 5", 2, 800)]


@pytest.mark.parametrize("number", [-1, 0, 3])
def test_a_page_that_the_document_does_not_have_is_not_shown(post: Post, number: int) -> None:
    entry = _waiting(post, pages=(1, 4))
    with pytest.raises(PageUnavailableError):
        post.desk.page(entry.record.id, number, width=800, actor="desk")
    assert post.reader.rendered == []


def test_what_could_not_be_read_has_a_first_page_to_try(post: Post) -> None:
    entry = _waiting(post, pages=())
    assert post.desk.page(entry.record.id, 1, width=800, actor="desk") == b"png"


def test_a_person_corrects_type_carrier_and_reference(post: Post) -> None:
    entry = _waiting(post, kind="sonstiges", pdfa=b"PDF/A")
    _settle(
        post, entry, _correction("lohnabrechnung", "kommune", "agentur", reference=" 123 a 456789")
    )
    post.work()
    assert post.letters() == {"agentur": LetterState.DROPPED, "kommune": LetterState.DROPPED}
    letter = post.letter("agentur")
    assert (letter.order.type, letter.order.reference) == ("lohnabrechnung", KUNDE)
    assert (letter.order.decided_by, letter.order.basis) == (CLERK, "§ 11 SGB II")
    assert letter.parts[Rendition.ORIGINAL] == b"original"
    assert list(post.desk.waiting()) == []
    post.filed()
    assert post.documents()[0].state is DocumentState.FILED


def test_a_person_may_send_to_one_of_the_entitled_carriers_alone(post: Post) -> None:
    _settle(post, _waiting(post), _correction("hauptantrag", "agentur"))
    post.work()
    assert set(post.letters()) == {"agentur"}


def test_a_carrier_named_twice_gets_one_letter(post: Post) -> None:
    _settle(post, _waiting(post), _correction("mietvertrag", "kommune", "kommune"))
    post.work()
    assert len(post.bell.rung) == 1


def test_where_the_law_leaves_it_open_a_person_decides(post: Post) -> None:
    _settle(post, _waiting(post, kind="widerspruch"), _correction("widerspruch", "agentur"))
    post.work()
    assert post.letter("agentur").order.type == "widerspruch"


@pytest.mark.parametrize(
    "correction",
    [
        _correction("suchtberatung", "agentur"),
        _correction("schuldnerberatung", "agentur", "kommune"),
        _correction("au_bescheinigung", "kommune"),
        _correction("mietvertrag", "agentur"),
        _correction("mietvertrag", "finanzamt"),
        _correction("mietvertrag", "kommune", "finanzamt"),
        _correction("widerspruch", "intake"),
        _correction("widerspruch", "kommune", "finanzamt"),
        Correction(TypeCode("mietvertrag"), (), ""),
        _correction("mietvertrach", "kommune"),
        _correction("", "kommune"),
        _correction(reference="Miete August"),
        _correction(reference="12345//000123"),
        _correction(reference="١٢٣٤٥//٠٠٠١٢٣٤"),
    ],
)
def test_what_the_law_or_the_house_does_not_know_is_refused(
    post: Post, correction: Correction
) -> None:
    entry = _waiting(post)
    with pytest.raises(MalformedRequestError):
        _settle(post, entry, correction)
    assert post.desk.entry(entry.record.id) == entry
    assert post.letters() == {}
    assert "document.routed" not in post.actions()


def test_a_document_is_settled_once(post: Post) -> None:
    entry = _waiting(post)
    _settle(post, entry, _correction())
    with pytest.raises(NotAllowedNowError):
        _settle(post, entry, _correction("hauptantrag", "agentur"))
    post.work()
    assert set(post.letters()) == {"kommune"}


def test_what_does_not_wait_cannot_be_seen_or_settled(post: Post) -> None:
    post.read(accepted(document()))
    (record,) = post.documents()
    for _ in range(2):
        with pytest.raises(NotAllowedNowError):
            post.desk.entry(record.id)
        with pytest.raises(NotAllowedNowError):
            post.desk.settle(record.id, _correction(), actor=CLERK)
        with pytest.raises(NotAllowedNowError):
            post.desk.original(record.id, actor="desk")
        post.work()


def test_a_document_that_does_not_exist_is_not_found(post: Post) -> None:
    with pytest.raises(NotFoundError):
        post.desk.settle(DocumentId("none"), _correction(), actor=CLERK)
    with pytest.raises(NotFoundError):
        post.desk.entry(DocumentId("none"))


def test_the_record_names_who_decided(post: Post) -> None:
    entry = _waiting(post)
    _settle(post, entry, _correction())
    with post.room.database.reading() as connection:
        entries = list(post.room.audit.entries(connection, subject=entry.record.id))
    assert [(one.action, one.actor) for one in entries] == [
        ("document.clearing", "intake"),
        ("document.routed", CLERK),
    ]
    assert entries[1].details == {"carriers": "kommune"}
    assert CLERK.encode() not in post.bytes_on_disk()


@pytest.mark.parametrize(
    ("reference", "fields"),
    [
        # What a person confirms leaves the fields as they were read.
        (BG, Fields(bg_nummer=BG, kundennummer=KUNDE)),
        # A number that was read wrongly must not travel on and lead to somebody else's file.
        (OTHER_BG, Fields(bg_nummer=OTHER_BG)),
        (KUNDE, Fields(kundennummer=KUNDE)),
        # Where a person says that no case is known, none is.
        ("", Fields()),
    ],
)
def test_the_word_of_a_person_goes_above_the_numbers_that_were_read(
    post: Post, reference: str, fields: Fields
) -> None:
    read = Fields(bg_nummer=BG, kundennummer=KUNDE, name="Ada Beispiel")
    entry = _waiting(post, fields=read, bg_nummern=(BG, OTHER_BG))
    _settle(post, entry, _correction(reference=reference))
    post.work()
    order = post.letter("kommune").order
    assert order.reference == (reference or None)
    assert order.fields == dataclasses.replace(fields, name="Ada Beispiel")


def test_settling_that_fails_half_way_changes_nothing(post: Post) -> None:
    entry = _waiting(post)
    broken = dataclasses.replace(post.room, jobs=_FullQueue(post.room.jobs))  # type: ignore[arg-type]  # a fault before the real one
    with pytest.raises(_FullError):
        type(post.desk)(broken).settle(entry.record.id, _correction(), actor=CLERK)
    assert post.desk.entry(entry.record.id) == entry
    assert post.letters() == {}
    assert post.room.jobs.claim(frozenset(Step)) is None


class _FullError(Exception):
    pass


class _FullQueue:
    """A queue that takes nothing more."""

    def __init__(self, queue: JobQueue) -> None:
        self._queue = queue

    def enqueue(self, *_: object) -> None:
        raise _FullError


def test_every_look_at_the_content_is_on_record(post: Post) -> None:
    entry = _waiting(post)
    before = len(post.actions())
    post.desk.original(entry.record.id, actor="desk")
    assert post.actions()[before:] == ["content.opened"]
