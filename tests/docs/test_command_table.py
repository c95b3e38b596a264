"""The table of commands in the README is the command line."""

from collections.abc import Iterator

import pytest
from typer.core import TyperCommand, TyperGroup

from app.cli.main import command_names, load_command
from tests.docs.pages import code, page, rows

TABLE = rows(page("README.md"), "| Command | Does |")


def _commands(command: object, words: tuple[str, ...]) -> Iterator[tuple[str, TyperCommand]]:
    if isinstance(command, TyperCommand):
        yield " ".join(words), command
        return
    assert isinstance(command, TyperGroup)
    for name, inner in command.commands.items():
        yield from _commands(inner, (*words, name))


COMMANDS = {
    told: command
    for name in command_names()
    for told, command in _commands(load_command(name), ("poststelle", name))
}


def test_every_command_is_told_and_none_is_invented() -> None:
    assert sorted(code(row[0]) for row in TABLE) == sorted(COMMANDS)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_the_options_that_are_told_exist(row: list[str]) -> None:
    known = {name for param in COMMANDS[code(row[0])].params for name in param.opts}
    told = {word for word in row[1].split("`") if word.startswith("--")}
    assert told <= known
