import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, insert, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError

from storage.database import Instant, RealmDatabase
from tests.storage.failing import CutOffError, cut_off

TABLES = MetaData()
PARENTS = Table("parents", TABLES, Column("id", Integer, primary_key=True), Column("at", Instant))
CHILDREN = Table(
    "children",
    TABLES,
    Column("name", String, primary_key=True),
    Column("parent", ForeignKey("parents.id"), nullable=False),
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[RealmDatabase]:
    database = RealmDatabase(tmp_path / "realm.sqlite", TABLES)
    yield database
    database.close()


def _ids(database: RealmDatabase) -> list[int]:
    with database.reading() as connection:
        return list(connection.execute(select(PARENTS.c.id).order_by(PARENTS.c.id)).scalars())


def _add(database: RealmDatabase, number: int) -> None:
    with database.transaction() as connection:
        connection.execute(insert(PARENTS).values(id=number))


def test_a_transaction_is_there_when_the_file_is_opened_anew(
    database: RealmDatabase, tmp_path: Path
) -> None:
    _add(database, 1)
    other = RealmDatabase(tmp_path / "realm.sqlite", TABLES)
    assert _ids(other) == [1]
    other.close()


def test_a_transaction_that_fails_leaves_nothing(database: RealmDatabase) -> None:
    with pytest.raises(CutOffError):
        cut_off(database, lambda act: act.execute(insert(PARENTS).values(id=1)))
    assert _ids(database) == []


def test_a_reader_keeps_its_view_while_others_write(database: RealmDatabase) -> None:
    _add(database, 1)
    with database.reading() as connection:
        before = list(connection.execute(select(PARENTS.c.id)).scalars())
        _add(database, 2)
        after = list(connection.execute(select(PARENTS.c.id)).scalars())
    assert before == after == [1]
    assert _ids(database) == [1, 2]


def test_a_reader_does_not_wait_for_a_writer(database: RealmDatabase) -> None:
    with database.transaction() as connection:
        connection.execute(insert(PARENTS).values(id=1))
        assert _ids(database) == []


def test_two_writers_follow_each_other(database: RealmDatabase) -> None:
    inside = Event()

    def second() -> list[int]:
        inside.wait()
        with database.transaction() as connection:
            return list(connection.execute(select(PARENTS.c.id)).scalars())

    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as connection:
            waiting = pool.submit(second)
            inside.set()
            connection.execute(insert(PARENTS).values(id=1))
        assert waiting.result() == [1]


def test_foreign_keys_are_enforced(database: RealmDatabase) -> None:
    with pytest.raises(IntegrityError), database.transaction() as connection:
        connection.execute(insert(CHILDREN).values(name="x", parent=7))


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("temp_store", 2)],
)
def test_every_connection_is_durable_and_forgets(
    database: RealmDatabase, pragma: str, value: object
) -> None:
    with database.reading() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_every_realm_has_jobs_and_audit(database: RealmDatabase) -> None:
    with database.reading() as connection:
        names = set(connection.execute(text("SELECT name FROM sqlite_master")).scalars())
    assert {"jobs", "audit", "parents", "children"} <= names


def test_a_folder_may_be_called_anything(tmp_path: Path) -> None:
    path = tmp_path / "Ämter 50% ?mode=ro&x#y" / "realm.sqlite"
    database = RealmDatabase(path, TABLES)
    _add(database, 1)
    database.close()
    assert path.is_file()


def test_a_new_folder_is_closed_to_others(tmp_path: Path) -> None:
    RealmDatabase(tmp_path / "new" / "realm.sqlite").close()
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


@settings(deadline=None)
@given(st.datetimes(timezones=st.timezones()))
def test_an_instant_keeps_the_microsecond_in_every_zone(at: dt.datetime) -> None:
    instant, dialect = Instant(), sqlite.dialect()
    bound = instant.process_bind_param(at, dialect)
    assert instant.process_result_value(bound, dialect) == at.astimezone(dt.UTC)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError):
        Instant().process_bind_param(dt.datetime(2026, 8, 3), sqlite.dialect())  # noqa: DTZ001 - the refused case


def test_no_time_is_no_time() -> None:
    assert Instant().process_bind_param(None, sqlite.dialect()) is None
    assert Instant().process_result_value(None, sqlite.dialect()) is None
