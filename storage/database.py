"""One database for each realm: engine, unit of work and column types.

There is no way here to open two realms in one transaction.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    BigInteger,
    Connection,
    Dialect,
    Engine,
    MetaData,
    create_engine,
    event,
    exc,
)
from sqlalchemy.types import TypeDecorator

from domain.errors import IntegrityError, UnavailableError

SHARED = MetaData()
"""Tables that every realm has: jobs and audit."""

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_BUSY_SECONDS = 60
_READING = "poststelle_reading"


class Instant(TypeDecorator[dt.datetime]):
    """A point in time, kept as whole microseconds since 1970 in UTC on every engine."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> int | None:
        """Turn an aware time into microseconds."""
        del dialect
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> dt.datetime | None:
        """Turn microseconds into an aware time in UTC."""
        del dialect
        return None if value is None else _EPOCH + value * _MICROSECOND


class DatabaseUnavailableError(UnavailableError):
    """The database cannot be written or read now, for example because the disk is full."""

    code = "database_unavailable"
    de = "Die Datenbank ist gerade nicht verfügbar. Bitte versuchen Sie es gleich erneut."
    en = "The database is not available right now. Please try again shortly."


class DatabaseDamagedError(IntegrityError):
    """The database file is not what it was."""

    code = "database_damaged"
    de = "Eine Datenbank ist beschädigt. Bitte aus der Sicherung wiederherstellen."
    en = "A database is damaged. Please restore it from the backup."


class RealmDatabase:
    """The database of one realm (SQLite: write-ahead log, every commit durable)."""

    def __init__(self, path: Path, *metadata: MetaData) -> None:
        """Open or create the database file with the tables of ``metadata``."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._engine = _sqlite_engine(path)
        with self.transaction() as connection:
            for tables in (SHARED, *metadata):
                tables.create_all(connection)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One unit of work: all of it is durable at the end, or nothing of it."""
        with _translated(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view that never waits for writers."""
        with _translated(), self._engine.connect() as plain:
            connection = plain.execution_options(**{_READING: True})
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Release every connection."""
        self._engine.dispose()


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what a database reports of itself into typed errors; a broken rule passes as it is."""
    try:
        yield
    except exc.IntegrityError:
        raise
    except exc.OperationalError as error:
        raise DatabaseUnavailableError from error
    except exc.DatabaseError as error:
        raise DatabaseDamagedError from error


def _sqlite_engine(path: Path) -> Engine:
    engine = create_engine(
        # Built from its parts, because a path may hold what an address gives a meaning to.
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": _BUSY_SECONDS},
        hide_parameters=True,
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(raw: Any, record: object) -> None:  # noqa: ANN401 - the DB-API has no type
    del record
    raw.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "temp_store=MEMORY",
    ):
        raw.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get(_READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
