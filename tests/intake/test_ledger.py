from collections import Counter
from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from domain.lifecycle import DOCUMENT_TRANSITIONS, DocumentState, ItemState
from domain.post import Channel, ItemStatus
from intake.ledger import LedgerLine, item_status, read_ledger
from intake.tables import DOCUMENTS, INTAKE_TABLES, ITEMS, SUBMISSIONS
from storage.database import RealmDatabase
from tests.intake.mail_room import EICAR, Post, accepted, document
from tests.storage.settable_clock import MONDAY

History = tuple[ItemState, tuple[DocumentState, ...]]


@st.composite
def _document_states(draw: st.DrawFn) -> DocumentState:
    """Walk a document some steps along its lifecycle."""
    state = DocumentState.READ
    for _ in range(draw(st.integers(0, 3))):
        if targets := sorted(DOCUMENT_TRANSITIONS[state]):
            state = draw(st.sampled_from(targets))
    return state


HISTORIES: st.SearchStrategy[History] = st.one_of(
    st.just((ItemState.RECEIVED, ())),
    st.just((ItemState.QUARANTINED, ())),
    st.tuples(
        st.just(ItemState.READ), st.lists(_document_states(), min_size=1, max_size=4).map(tuple)
    ),
)
LOST: History = (ItemState.READ, ())
HOUSES = st.lists(
    st.tuples(st.sampled_from(Channel), st.lists(HISTORIES, min_size=1, max_size=3)), max_size=6
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealmDatabase]:
    path = tmp_path_factory.mktemp("ledger") / "intake.sqlite"
    database = RealmDatabase(path, INTAKE_TABLES)
    yield database
    database.close()


def _ledger(
    database: RealmDatabase, house: list[tuple[Channel, list[History]]]
) -> dict[Channel, LedgerLine]:
    numbers = count()
    with database.transaction() as connection:
        for table in (DOCUMENTS, ITEMS, SUBMISSIONS):
            connection.execute(table.delete())
        for channel, items in house:
            _write(connection, channel, items, numbers=numbers)
    with database.reading() as connection:
        return {line.channel: line for line in read_ledger(connection)}


def _write(
    connection: Connection, channel: Channel, items: list[History], *, numbers: Iterator[int]
) -> None:
    submission = str(next(numbers))
    sealed = {"sealed_receipt": b"", "sealed_note": b""}
    connection.execute(
        SUBMISSIONS.insert().values(
            id=submission, channel=channel, received_at=MONDAY, receipt_digest=submission, **sealed
        )
    )
    for ordinal, (state, documents) in enumerate(items):
        item = str(next(numbers))
        connection.execute(
            ITEMS.insert().values(
                id=item,
                submission_id=submission,
                ordinal=ordinal,
                size=1,
                sealed_key=b"",
                sealed_label=b"",
                state=state,
            )
        )
        for position, document_state in enumerate(documents):
            connection.execute(
                DOCUMENTS.insert().values(
                    id=str(next(numbers)),
                    item_id=item,
                    ordinal=position,
                    state=document_state,
                    created_at=MONDAY,
                    sealed_reading=b"",
                )
            )


def _expected(history: History) -> str:
    """Tell in other words than the ledger's where an item is."""
    state, documents = history
    if state is ItemState.QUARANTINED:
        return "quarantined"
    if DocumentState.CLEARING in documents:
        return "clearing"
    if documents and all(one is DocumentState.FILED for one in documents):
        return "filed"
    return "in_flight"


@settings(max_examples=60, deadline=None)
@given(HOUSES)
def test_whatever_happened_the_ledger_balances(
    database: RealmDatabase, house: list[tuple[Channel, list[History]]]
) -> None:
    ledger = _ledger(database, house)
    assert set(ledger) == set(Channel)
    for channel, line in ledger.items():
        items = [item for at, brought in house if at is channel for item in brought]
        places = Counter(map(_expected, items))
        assert line.balances
        assert line.received == len(items)
        assert (line.filed, line.clearing) == (places["filed"], places["clearing"])
        assert (line.quarantined, line.in_flight) == (places["quarantined"], places["in_flight"])


@settings(max_examples=30, deadline=None)
@given(HOUSES, st.sampled_from(Channel))
def test_an_item_that_was_read_into_nothing_shows(
    database: RealmDatabase, house: list[tuple[Channel, list[History]]], channel: Channel
) -> None:
    ledger = _ledger(database, [*house, (channel, [LOST])])
    assert {line.channel for line in ledger.values() if not line.balances} == {channel}
    line = ledger[channel]
    assert line.received == line.filed + line.clearing + line.quarantined + line.in_flight + 1


def test_an_empty_house_balances(database: RealmDatabase) -> None:
    assert all(line.balances and line.received == 0 for line in _ledger(database, []).values())


@pytest.mark.parametrize(
    ("state", "documents", "status"),
    [
        (ItemState.RECEIVED, [], ItemStatus.IN_FLIGHT),
        (ItemState.QUARANTINED, [], ItemStatus.QUARANTINED),
        (ItemState.READ, [], None),
        (ItemState.READ, [DocumentState.READ], ItemStatus.IN_FLIGHT),
        (ItemState.READ, [DocumentState.ROUTED, DocumentState.FILED], ItemStatus.IN_FLIGHT),
        (ItemState.READ, [DocumentState.FILED, DocumentState.CLEARING], ItemStatus.CLEARING),
        (ItemState.READ, [DocumentState.FILED, DocumentState.FILED], ItemStatus.FILED),
    ],
)
def test_the_status_of_an_item_is_that_of_its_documents(
    state: ItemState, documents: list[DocumentState], status: ItemStatus | None
) -> None:
    assert item_status(state, documents) is status


def test_real_post_balances_at_every_step(post: Post) -> None:
    post.reader.readings[b"clear"] = accepted(document("sonstiges"))
    post.receive(b"file", b"clear", EICAR)
    seen = [_app_line(post)]
    for step in (post.work, post.filed):
        step()
        seen.append(_app_line(post))
    assert all(line.balances for line in seen)
    assert [(line.in_flight, line.clearing, line.quarantined, line.filed) for line in seen] == [
        (3, 0, 0, 0),
        (1, 1, 1, 0),
        (0, 1, 1, 1),
    ]


def _app_line(post: Post) -> LedgerLine:
    with post.room.database.reading() as connection:
        return next(line for line in read_ledger(connection) if line.channel is Channel.APP)
