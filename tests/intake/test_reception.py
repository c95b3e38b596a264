import dataclasses
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, event, func, select

from domain.errors import (
    EmptyItemError,
    IdempotencyConflictError,
    ItemTooLargeError,
    MalformedRequestError,
    PoststelleError,
    TooManyItemsError,
    UnavailableError,
)
from domain.ids import ItemId, ObjectId
from domain.post import Channel, Receipt, SenderNote
from intake.receipts import receipt_digest
from intake.reception import Arrival, Reception, ReceptionTools, clean_name
from intake.room import Step
from intake.tables import ITEMS, SUBMISSIONS
from storage.objects import FolderObjectStore, FolderWriter, StoreUnavailableError
from tests.intake.mail_room import LIMITS, CrashError, FaultyDatabase, Post, crash, open_post
from tests.storage.settable_clock import MONDAY

NAME_CANARY = "Wellensittich-Mietvertrag.pdf"
NOTE_CANARY = "Nymphensittich"
BODY_CANARY = b"Kanarienvogel im Inhalt; "
CANARIES = (b"Wellensittich", b"Nymphensittich", b"Kanarienvogel")


def _begin(
    post: Post, key: str = "key-1", *, tools: ReceptionTools | None = None, note: str = ""
) -> Arrival:
    reception = Reception(tools or post.tools)
    return reception.begin(Channel.APP, idempotency_key=key, note=SenderNote(message=note))


def _add(arrival: Arrival, content: bytes, name: str = "a.pdf") -> None:
    item = arrival.item(name)
    item.write(content)
    item.finish()


def _content(post: Post, receipt: Receipt) -> list[bytes]:
    rows = (post.room.item(ItemId(item.id)) for item in receipt.items)
    return [b"".join(post.room.content(row)) for row in rows]


def _assert_nothing(post: Post) -> None:
    """Nothing of a submission is left: no row, no job, no object, no partial file."""
    with post.room.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(SUBMISSIONS)).scalar() == 0
        assert connection.execute(select(func.count()).select_from(ITEMS)).scalar() == 0
    assert post.room.jobs.pending() == 0
    assert [path for path in (post.folder / "objects").rglob("*") if path.is_file()] == []


def _count(post: Post) -> tuple[int, int]:
    with post.room.database.reading() as connection:
        rows = connection.execute(select(func.count()).select_from(SUBMISSIONS)).scalar_one()
    return rows, len(post.objects())


def test_a_receipt_says_what_arrived_and_when(post: Post) -> None:
    receipt = post.receive(b"one", b"two, longer", name="Brief.pdf")
    assert receipt.received_at == MONDAY
    assert receipt.channel is Channel.APP
    assert [item.size for item in receipt.items] == [3, 11]
    assert receipt.items[0].sha256 == sha256(b"one").hexdigest()
    assert {item.name for item in receipt.items} == {"Brief.pdf"}


def test_the_mail_room_finds_exactly_what_was_sent(post: Post) -> None:
    content = bytes(range(256)) * 700
    receipt = post.receive(content, b"two")
    assert _content(post, receipt) == [content, b"two"]


def test_pieces_of_any_size_make_the_same_content(post: Post) -> None:
    arrival = _begin(post)
    item = arrival.item("a.pdf")
    for piece in (b"", b"a", b"bc" * 70_000, b"", b"d"):
        item.write(piece)
    item.finish()
    assert _content(post, arrival.complete()) == [b"a" + b"bc" * 70_000 + b"d"]


def test_a_receipt_is_durable_before_it_is_given(post: Post) -> None:
    receipt = post.receive(b"content")
    # A second mail room on the same folder sees what a restart would see.
    with open_post(post.folder) as again, again.room.database.reading() as connection:
        assert post.tools.receipts.find(connection, receipt.code) == receipt
        assert _content(again, receipt) == [b"content"]
        assert again.claim(Step.READ).subject == receipt.items[0].id


def test_every_item_is_announced_for_reading_once(post: Post) -> None:
    receipt = post.receive(b"1", b"2", b"3")
    assert {post.claim().subject for _ in range(3)} == {item.id for item in receipt.items}
    assert post.room.jobs.claim(frozenset(Step)) is None


def test_nothing_readable_is_on_the_disk_while_it_arrives_nor_after(post: Post) -> None:
    arrival = _begin(post, "Wellensittich-key", note=NOTE_CANARY)
    item = arrival.item(NAME_CANARY)
    for _ in range(40):
        item.write(BODY_CANARY * 100)
        during = post.bytes_on_disk()
        assert not any(canary in during for canary in CANARIES)
    item.finish()
    receipt = arrival.complete()
    after = post.bytes_on_disk()
    assert receipt.submission.encode() in after
    assert not any(canary in after for canary in CANARIES)
    assert receipt.items[0].sha256.encode() not in after
    assert receipt.code.encode() not in after


def test_reception_cannot_open_what_it_accepted() -> None:
    held = {field.name for field in dataclasses.fields(ReceptionTools)}
    assert held == {
        "database",
        "jobs",
        "store",
        "public",
        "receipts",
        "limits",
        "clock",
        "randomness",
    }


def test_the_same_key_and_content_get_the_same_receipt(post: Post) -> None:
    first = post.receive(b"one", b"two", key="k")
    assert post.receive(b"one", b"two", key="k") == first
    assert _count(post) == (1, 2)
    assert post.room.jobs.pending() == 2


def test_the_time_of_receipt_is_that_of_the_first_time(post: Post) -> None:
    first = post.receive(b"one", key="k")
    post.clock.advance(first.received_at - first.received_at.replace(year=2025))
    assert post.receive(b"one", key="k").received_at == MONDAY


@pytest.mark.parametrize("contents", [(b"other",), (b"one", b"more"), (b"ONE",)])
def test_the_same_key_with_other_content_is_a_conflict(
    post: Post, contents: tuple[bytes, ...]
) -> None:
    post.receive(b"one", key="k")
    before = _count(post)
    with pytest.raises(IdempotencyConflictError):
        post.receive(*contents, key="k")
    assert _count(post) == before
    assert not list((post.folder / "objects").glob(".part-*"))


def test_a_key_belongs_to_its_channel(post: Post) -> None:
    app = post.receive(b"one", key="k")
    arrival = Reception(post.tools).begin(Channel.SCAN, idempotency_key="k", note=SenderNote())
    _add(arrival, b"other")
    assert arrival.complete().code != app.code


@pytest.mark.parametrize("contents", [(b"same", b"same"), (b"one", b"other")])
def test_two_senders_with_the_same_key_make_one_submission(
    post: Post, contents: tuple[bytes, bytes]
) -> None:
    both_are_in = Barrier(2)

    def send(content: bytes) -> Receipt | None:
        arrival = _begin(post, "k")
        _add(arrival, content)
        both_are_in.wait()
        try:
            return arrival.complete()
        except IdempotencyConflictError:
            return None

    with ThreadPoolExecutor(2) as pool:
        receipts = list(pool.map(send, contents))
    given = {receipt for receipt in receipts if receipt is not None}
    assert len(given) == 1
    assert (None in receipts) == (contents[0] != contents[1])
    assert _count(post) == (1, 1)
    (receipt,) = given
    assert _content(post, receipt)[0] in contents
    assert not list((post.folder / "objects").glob(".part-*"))


def test_an_item_at_the_limit_passes_and_one_byte_more_does_not(post: Post) -> None:
    post.receive(b"x" * LIMITS.item_bytes)
    with pytest.raises(ItemTooLargeError):
        post.receive(b"x" * (LIMITS.item_bytes + 1))


def test_the_limit_counts_all_pieces_of_an_item(post: Post) -> None:
    arrival = _begin(post)
    item = arrival.item("a.pdf")
    item.write(b"x" * LIMITS.item_bytes)
    with pytest.raises(ItemTooLargeError):
        item.write(b"x")
    arrival.abort()
    _assert_nothing(post)


def test_one_item_more_than_allowed_is_refused(post: Post) -> None:
    arrival = _begin(post)
    for number in range(LIMITS.items):
        _add(arrival, b"%d" % number)
    with pytest.raises(TooManyItemsError):
        arrival.item("a.pdf")
    arrival.abort()
    _assert_nothing(post)


def test_an_empty_item_is_refused(post: Post) -> None:
    arrival = _begin(post)
    item = arrival.item("a.pdf")
    item.write(b"")
    with pytest.raises(EmptyItemError):
        item.finish()
    arrival.abort()
    _assert_nothing(post)


def test_a_submission_without_items_is_refused(post: Post) -> None:
    with pytest.raises(EmptyItemError):
        _begin(post).complete()
    _assert_nothing(post)


def test_what_was_cut_off_gets_no_receipt(post: Post) -> None:
    arrival = _begin(post)
    _add(arrival, b"whole")
    arrival.item("b.pdf").write(b"half")
    with pytest.raises(MalformedRequestError):
        arrival.complete()
    arrival.abort()
    _assert_nothing(post)


@pytest.mark.parametrize("finished", [True, False])
def test_an_aborted_submission_leaves_nothing(post: Post, *, finished: bool) -> None:
    arrival = _begin(post)
    _add(arrival, b"one")
    item = arrival.item("b.pdf")
    item.write(b"two" * 30_000)
    if finished:
        item.finish()
    arrival.abort()
    arrival.abort()
    _assert_nothing(post)
    assert post.receive(b"one", key="key-1").items[0].size == 3


@pytest.mark.parametrize("key", ["", "k" * 256, "a\nb", "a\0b", "a\u202eb", "\ud800"])
def test_a_key_that_is_none_is_refused(post: Post, key: str) -> None:
    with pytest.raises(MalformedRequestError):
        _begin(post, key)


@pytest.mark.parametrize("part", ["name", "reference", "message"])
def test_a_note_has_its_limit(post: Post, part: str) -> None:
    reception = Reception(post.tools)
    for length in (4000, 4001):
        note = dataclasses.replace(SenderNote(), **{part: "ä" * length})
        if length <= 4000:
            reception.begin(Channel.APP, idempotency_key="k", note=note)
        else:
            with pytest.raises(MalformedRequestError):
                reception.begin(Channel.APP, idempotency_key="k", note=note)


def test_the_note_reaches_the_mail_room_as_it_was(post: Post) -> None:
    note = SenderNote("Ödön \ud800", "12345//0001234", "Zeile 1\nZeile 2")
    receipt = post.receive(b"x", note=note)
    with post.room.database.reading() as connection:
        assert post.room.records.note(connection, receipt.submission) == note


class _FullDisk(FolderObjectStore):
    """A folder whose disk is full from the n-th commit on."""

    def __init__(self, root: Path, *, room_for: int) -> None:
        super().__init__(root)
        self._room_for = room_for

    def writer(self, object_id: ObjectId) -> FolderWriter:
        store, writer = self, super().writer(object_id)

        class _Writer(FolderWriter):
            def __init__(self) -> None:
                pass

            def write(self, data: bytes) -> None:
                writer.write(data)

            def commit(self) -> None:
                if store._room_for == 0:
                    writer.abort()
                    raise StoreUnavailableError
                store._room_for -= 1
                writer.commit()

            def abort(self) -> None:
                writer.abort()

        return _Writer()


@pytest.mark.parametrize("room_for", [0, 1])
def test_a_full_disk_gives_no_receipt_and_leaves_nothing(post: Post, room_for: int) -> None:
    store = _FullDisk(post.folder / "objects", room_for=room_for)
    arrival = _begin(post, tools=dataclasses.replace(post.tools, store=store))
    _add(arrival, b"one")
    _add(arrival, b"two")
    with pytest.raises(UnavailableError):
        arrival.complete()
    arrival.abort()
    _assert_nothing(post)


def test_a_database_that_fails_at_the_end_gives_no_receipt(post: Post) -> None:
    database = FaultyDatabase(post.room.database, at_end=crash)
    tools = dataclasses.replace(post.tools, database=database)  # type: ignore[arg-type]  # a fault before the real one
    arrival = _begin(post, tools=tools)
    _add(arrival, b"one")
    with pytest.raises(CrashError):
        arrival.complete()
    arrival.abort()
    # The row might have been durable, so the content stays; without a row it is swept later.
    assert len(post.objects()) == 1
    with post.room.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM items").scalar_one() == 0


def test_every_object_is_durable_before_its_row_is(post: Post) -> None:
    seen: list[frozenset[str]] = []

    def at_commit(connection: Connection) -> None:
        del connection
        seen.append(post.objects())

    event.listen(post.room.database._engine, "commit", at_commit)
    receipt = post.receive(b"one", b"two")
    objects = {f"{item.id}/received" for item in receipt.items}
    assert any(objects == there for there in seen)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Mietvertrag.pdf", "Mietvertrag.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\Brief.pdf", "Brief.pdf"),
        ("..\\..\\Brief.pdf", "Brief.pdf"),
        ("/", "ohne Namen"),
        ("", "ohne Namen"),
        (".", "ohne Namen"),
        ("..", "ohne Namen"),
        ("a/..", "ohne Namen"),
        ("\0\n\r\t", "ohne Namen"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("Rechnung\u202efdp.exe", "Rechnungfdp.exe"),
        ("a\u2066b\u200fc\u200bd\ufeff.pdf", "abcd.pdf"),
        ("a\u2028b\u2029c.pdf", "abc.pdf"),
        ("a\ud800b.pdf", "ab.pdf"),
        ("U\u0308bung.pdf", "Übung.pdf"),
        ("  Brief.pdf  ", "Brief.pdf"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
def test_a_name_is_cleaned(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


@given(st.text(max_size=400))
def test_a_cleaned_name_is_always_short_visible_and_in_no_folder(name: str) -> None:
    cleaned = clean_name(name)
    assert 1 <= len(cleaned) <= 255
    assert cleaned.replace("\u00a0", " ").replace("\u3000", " ").strip(". ")
    assert not set(cleaned) & set("/\\\0\r\n\u2028\u2029\u202e")
    cleaned.encode()
    assert clean_name(cleaned) == cleaned


def test_the_name_in_the_receipt_is_the_cleaned_one(post: Post) -> None:
    receipt = post.receive(b"x", name="../\u202eA.pdf")
    assert receipt.items[0].name == "A.pdf"
    row = post.room.item(receipt.items[0].id)
    assert post.room.records.item_name(row) == "A.pdf"


def test_no_error_tells_what_was_sent(post: Post) -> None:
    post.receive(b"one", key="Kanarienvogel")
    with pytest.raises(PoststelleError) as caught:
        post.receive(b"Kanarienvogel", key="Kanarienvogel", name="Kanarienvogel.pdf")
    assert "Kanarienvogel" not in f"{caught.value!r} {caught.value}"


def test_the_digest_of_the_code_leads_to_the_submission(post: Post) -> None:
    receipt = post.receive(b"x")
    with post.room.database.reading() as connection:
        query = select(SUBMISSIONS.c.id).where(
            SUBMISSIONS.c.receipt_digest == receipt_digest(receipt.code)
        )
        assert connection.execute(query).scalar() == receipt.submission
