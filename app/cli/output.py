"""How the command line speaks: tables, JSON, and errors in one sentence that says what to do."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from domain.errors import ConfigurationError, PoststelleError, UnavailableError

OUT = Console(width=None if sys.stdout.isatty() else 160)
ERR = Console(stderr=True, soft_wrap=True)

FAILED = 1
MISUSE = 2
UNAVAILABLE = 3

UNREADABLE = "Eine Datei oder ein Ordner lässt sich nicht lesen oder schreiben. Bitte prüfen."


@contextmanager
def speaking() -> Iterator[None]:
    """Turn errors into one sentence and an exit code."""
    try:
        yield
    except PoststelleError as error:
        detail = f" ({error.detail})" if error.detail else ""
        ERR.print(f"{error.de}{detail}", markup=False, highlight=False)
        raise typer.Exit(_exit_code(error)) from error
    except OSError as error:
        ERR.print(f"{UNREADABLE} ({error.strerror})", markup=False, highlight=False)
        raise typer.Exit(FAILED) from error


def print_json(value: Any) -> None:  # noqa: ANN401 - any JSON value
    """Print one line of JSON."""
    # A file name that is not UTF-8 has lone surrogates, whose Python escape is JSON's, too.
    line = json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")
    typer.echo(line.decode())


def print_table(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Print a table; cells are plain text, never markup."""
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(cell.replace("[", "\\[") for cell in row))
    OUT.print(table)


def _exit_code(error: PoststelleError) -> int:
    match error:
        case ConfigurationError():
            return MISUSE
        case UnavailableError():
            return UNAVAILABLE
        case _:
            return FAILED
