import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from domain.errors import NotFoundError, PoststelleError, SealBrokenError
from domain.ids import ReceiptCode
from domain.post import Channel, ItemStatus, SenderNote
from domain.reading import Outcome, Reading
from domain.reasons import Reason
from intake.receipts import ReceiptBook, parse_code, receipt_digest
from intake.room import Step
from intake.status import sender_status, whereabouts
from intake.tables import SUBMISSIONS
from tests.intake.mail_room import RANDOMNESS, RECEIPT_SECRET, Post, accepted, document

BOOK = ReceiptBook(RECEIPT_SECRET, RANDOMNESS)
CODES = st.text(min_size=1, max_size=40).map(lambda key: BOOK.code_for(Channel.APP, key))


@given(CODES)
def test_a_code_is_read_however_people_write_it(code: ReceiptCode) -> None:
    written = " ".join(re.findall(".{1,5}", code.lower()))
    assert parse_code(written) == code
    assert parse_code(f"  {'-'.join(re.findall('.{1,4}', code))}\n") == code


@pytest.mark.parametrize(
    "text", ["", "A", "A" * 25, "A" * 27, "A" * 25 + "1", "A" * 25 + "Ä", "A" * 25 + "\0", "٢" * 26]
)
def test_what_cannot_be_a_code_is_not_found(text: str) -> None:
    with pytest.raises(NotFoundError):
        parse_code(text)


def test_a_code_follows_from_key_channel_and_secret() -> None:
    code = BOOK.code_for(Channel.APP, "k")
    other_secret = ReceiptBook(b"s" * 32, RANDOMNESS)
    assert BOOK.code_for(Channel.APP, "k") == code
    others = {
        BOOK.code_for(Channel.APP, "l"),
        BOOK.code_for(Channel.SCAN, "k"),
        other_secret.code_for(Channel.APP, "k"),
    }
    assert len(others | {code}) == 4


def test_whoever_holds_the_code_sees_the_receipt(post: Post) -> None:
    receipt = post.receive(b"one", b"two", name="Brief.pdf")
    with post.room.database.reading() as connection:
        assert BOOK.find(connection, receipt.code) == receipt


def test_another_code_finds_nothing(post: Post) -> None:
    post.receive(b"one")
    with post.room.database.reading() as connection, pytest.raises(NotFoundError):
        BOOK.find(connection, BOOK.code_for(Channel.APP, "never used"))


def test_only_the_digest_of_the_code_is_kept(post: Post) -> None:
    receipt = post.receive(b"one", name="Kanarienvogel.pdf")
    stored = post.bytes_on_disk()
    assert receipt_digest(receipt.code).encode() in stored
    assert receipt.code.encode() not in stored
    assert b"Kanarienvogel" not in stored


def test_the_book_itself_cannot_open_a_receipt_without_its_code(post: Post) -> None:
    """Whoever has database and secret, and swaps the digests, still opens nothing."""
    post.receive(b"one", key="first")
    wrong = BOOK.code_for(Channel.APP, "second")
    with post.room.database.transaction() as connection:
        connection.execute(update(SUBMISSIONS).values(receipt_digest=receipt_digest(wrong)))
    with post.room.database.reading() as connection, pytest.raises(SealBrokenError):
        BOOK.find(connection, wrong)


def test_a_sealed_receipt_opens_in_no_other_row(post: Post) -> None:
    receipt = post.receive(b"one")
    with post.room.database.transaction() as connection:
        row = connection.execute(select(SUBMISSIONS)).one()
        moved = {**row._mapping, "id": "elsewhere", "receipt_digest": "none"}
        connection.execute(insert(SUBMISSIONS).values(moved))
        digest = receipt_digest(receipt.code)
        change = update(SUBMISSIONS).where(SUBMISSIONS.c.id == receipt.submission)
        connection.execute(change.values(receipt_digest="gone"))
        change = update(SUBMISSIONS).where(SUBMISSIONS.c.id == "elsewhere")
        connection.execute(change.values(receipt_digest=digest))
    with post.room.database.reading() as connection, pytest.raises(SealBrokenError):
        BOOK.find(connection, receipt.code)


@given(st.text(max_size=60))
def test_no_text_breaks_the_parser(text: str) -> None:
    try:
        code = parse_code(text)
    except PoststelleError:
        return
    assert re.fullmatch(r"[A-Z2-7]{26}", code)


def _status(post: Post, code: str) -> list[tuple[ItemStatus, Reason | None]]:
    _, items = sender_status(post.room.database, BOOK, code)
    return [(item.status, item.reason) for item in items]


def test_a_sender_follows_an_item_from_arrival_to_the_file(post: Post) -> None:
    code = post.receive(b"content").code
    assert _status(post, code) == [(ItemStatus.IN_FLIGHT, None)]
    post.work(Step.READ)
    assert _status(post, code) == [(ItemStatus.IN_FLIGHT, None)]
    post.work()
    assert _status(post, code) == [(ItemStatus.IN_FLIGHT, None)]
    post.filed()
    assert _status(post, f" {code.lower()} ") == [(ItemStatus.FILED, None)]


def test_a_sender_learns_why_an_item_could_not_be_read(post: Post) -> None:
    unreadable = Reading(Outcome.UNREADABLE, "application/pdf", Reason.PDF_ENCRYPTED)
    post.reader.readings[b"locked"] = unreadable
    code = post.receive(b"locked", b"fine").code
    post.work()
    assert _status(post, code) == [
        (ItemStatus.CLEARING, Reason.PDF_ENCRYPTED),
        (ItemStatus.IN_FLIGHT, None),
    ]


def test_nobody_sees_the_status_without_a_code(post: Post) -> None:
    post.receive(b"content")
    with pytest.raises(NotFoundError):
        sender_status(post.room.database, BOOK, "A" * 26)


def test_the_house_sees_where_every_document_is(post: Post) -> None:
    post.reader.readings[b"stack"] = accepted(
        document("mietvertrag", original=b"1"), document("sonstiges", original=b"2")
    )
    receipt = post.receive(b"stack", b"waiting", note=SenderNote())
    post.reader.readings[b"waiting"] = Reading(Outcome.ACCEPTED, "x", documents=())
    places = list(whereabouts(post.room, receipt.submission))
    assert [(place.document, place.status) for place in places] == [
        (None, ItemStatus.IN_FLIGHT),
        (None, ItemStatus.IN_FLIGHT),
    ]
    post.work()
    places = list(whereabouts(post.room, receipt.submission))
    assert [(place.status, place.reason, place.carriers) for place in places] == [
        (ItemStatus.IN_FLIGHT, None, ("kommune",)),
        (ItemStatus.CLEARING, Reason.UNKNOWN_TYPE, ()),
        (ItemStatus.CLEARING, Reason.NO_TEXT, ()),
    ]


def test_a_receipt_keeps_the_microsecond_of_the_arrival(post: Post) -> None:
    post.clock.advance(dt.timedelta(microseconds=123_457))
    receipt = post.receive(b"one")
    with post.room.database.reading() as connection:
        assert BOOK.find(connection, receipt.code).received_at == post.clock.now()
