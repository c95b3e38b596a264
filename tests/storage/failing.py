"""A unit of work that does not come to its end."""

from collections.abc import Callable

from sqlalchemy import Connection

from storage.database import RealmDatabase


class CutOffError(Exception):
    """What ends the unit of work."""


def cut_off(database: RealmDatabase, write: Callable[[Connection], object]) -> None:
    """Write within a transaction and fail before its end."""
    with database.transaction() as connection:
        write(connection)
        raise CutOffError
