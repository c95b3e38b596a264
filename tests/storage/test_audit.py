from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select, update

from domain.errors import AuditBrokenError
from domain.ids import RealmId
from storage.audit import AUDIT, AuditLog
from storage.database import RealmDatabase
from storage.keyring import RealmKeys, RealmSecret
from storage.system import SystemRandomness
from tests.storage.failing import CutOffError, cut_off
from tests.storage.settable_clock import SettableClock

RANDOMNESS = SystemRandomness()
SECRET = RealmSecret.generate(RANDOMNESS)
CANARY = "Kanarienvogel Ödön"
ENTRIES = 5
COLUMNS = {
    "at": SettableClock().now().replace(year=2020),
    "action": "document.forgotten",
    "subject": "another",
    "sealed": b"x" * 40,
    "mac": b"x" * 32,
}


def _log(realm: str = "intake") -> AuditLog:
    return AuditLog(RealmKeys(RealmId(realm), SECRET), clock=SettableClock(), randomness=RANDOMNESS)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[RealmDatabase]:
    database = RealmDatabase(tmp_path / "realm.sqlite")
    yield database
    database.close()


@pytest.fixture
def written(database: RealmDatabase) -> RealmDatabase:
    log = _log()
    for number in range(ENTRIES):
        with database.transaction() as connection:
            log.append(
                connection, "document.read", subject=f"d{number % 2}", actor=CANARY, why=CANARY
            )
    return database


def _verify(database: RealmDatabase, log: AuditLog | None = None) -> int:
    with database.reading() as connection:
        return (log or _log()).verify(connection)


def _tamper(database: RealmDatabase, change: Callable[[Connection], object]) -> None:
    with database.transaction() as connection:
        change(connection)


def test_an_empty_chain_verifies(database: RealmDatabase) -> None:
    assert _verify(database) == 0


def test_a_chain_verifies_and_is_counted(written: RealmDatabase) -> None:
    assert _verify(written) == ENTRIES


def test_the_entries_of_a_subject_come_oldest_first(written: RealmDatabase) -> None:
    with written.reading() as connection:
        entries = list(_log().entries(connection, subject="d0"))
    assert [entry.seq for entry in entries] == [1, 3, 5]
    assert entries[0].actor == CANARY
    assert entries[0].details == {"why": CANARY}
    assert entries[0].action == "document.read"
    assert entries[0].at == SettableClock().now()


def test_who_acted_and_why_is_sealed(written: RealmDatabase, tmp_path: Path) -> None:
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"document.read" in stored
    for word in (CANARY, "Kanarienvogel", "actor", "why"):
        assert word.encode() not in stored
    assert _verify(written) == ENTRIES


def test_an_entry_stands_and_falls_with_its_act(database: RealmDatabase) -> None:
    log = _log()
    with pytest.raises(CutOffError):
        cut_off(database, lambda act: log.append(act, "document.read", subject="d", actor="x"))
    assert _verify(database) == 0


@pytest.mark.parametrize("seq", range(1, ENTRIES + 1))
@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_entry_is_found(written: RealmDatabase, column: str, seq: int) -> None:
    change = update(AUDIT).where(AUDIT.c.seq == seq).values({column: COLUMNS[column]})
    _tamper(written, lambda connection: connection.execute(change))
    with pytest.raises(AuditBrokenError, match=f"entry {seq}$"):
        _verify(written)


@pytest.mark.parametrize("seq", range(1, ENTRIES))
def test_a_removed_entry_is_found(written: RealmDatabase, seq: int) -> None:
    removal = delete(AUDIT).where(AUDIT.c.seq == seq)
    _tamper(written, lambda connection: connection.execute(removal))
    with pytest.raises(AuditBrokenError, match=f"entry {seq}$"):
        _verify(written)


@pytest.mark.parametrize("seq", range(1, ENTRIES))
def test_a_removed_entry_is_found_where_the_rest_moves_up(written: RealmDatabase, seq: int) -> None:
    def close_the_gap(connection: Connection) -> None:
        connection.execute(delete(AUDIT).where(AUDIT.c.seq == seq))
        for later in range(seq + 1, ENTRIES + 1):
            connection.execute(update(AUDIT).where(AUDIT.c.seq == later).values(seq=later - 1))

    _tamper(written, close_the_gap)
    with pytest.raises(AuditBrokenError):
        _verify(written)


def test_two_swapped_entries_are_found(written: RealmDatabase) -> None:
    def swap(connection: Connection) -> None:
        for old, new in ((2, 99), (4, 2), (99, 4)):
            connection.execute(update(AUDIT).where(AUDIT.c.seq == old).values(seq=new))

    _tamper(written, swap)
    with pytest.raises(AuditBrokenError):
        _verify(written)


@pytest.mark.parametrize("seq", [0, 6, -1])
def test_an_inserted_copy_is_found(written: RealmDatabase, seq: int) -> None:
    def insert_copy(connection: Connection) -> None:
        row = connection.execute(select(AUDIT).where(AUDIT.c.seq == 2)).one()
        connection.execute(insert(AUDIT).values({**row._mapping, "seq": seq}))

    _tamper(written, insert_copy)
    with pytest.raises(AuditBrokenError):
        _verify(written)


def test_a_chain_does_not_verify_in_another_realm(written: RealmDatabase) -> None:
    with pytest.raises(AuditBrokenError):
        _verify(written, _log("kommune"))


def test_sealed_details_cannot_be_moved_to_another_entry(written: RealmDatabase) -> None:
    def move(connection: Connection) -> None:
        sealed = connection.execute(select(AUDIT.c.sealed).where(AUDIT.c.seq == 1)).scalar_one()
        connection.execute(update(AUDIT).where(AUDIT.c.seq == 3).values(sealed=sealed))

    _tamper(written, move)
    with written.reading() as connection, pytest.raises(AuditBrokenError):
        list(_log().entries(connection, subject="d0"))


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seq=st.integers(1, ENTRIES), bit=st.integers(0, 8 * 32 - 1))
def test_no_single_bit_of_a_mac_can_change(written: RealmDatabase, seq: int, bit: int) -> None:
    with written.reading() as connection:
        mac = connection.execute(select(AUDIT.c.mac).where(AUDIT.c.seq == seq)).scalar_one()
    turned = bytearray(mac)
    turned[bit // 8] ^= 1 << bit % 8
    change = update(AUDIT).where(AUDIT.c.seq == seq)
    _tamper(written, lambda connection: connection.execute(change.values(mac=bytes(turned))))
    with pytest.raises(AuditBrokenError):
        _verify(written)
    _tamper(written, lambda connection: connection.execute(change.values(mac=mac)))
    assert _verify(written) == ENTRIES
