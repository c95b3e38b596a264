"""The commands and how they are grouped; the code of each is loaded when it is called."""

import logging
from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group

_PLACES: Mapping[str, str] = MappingProxyType(
    {
        "fv": "app.cli.fachverfahren:cli",
        "audit": "app.cli.operating:audit",
        "storage": "app.cli.operating:storage",
        "keys": "app.cli.operating:keys",
        "config": "app.cli.operating:config",
        "model": "app.cli.model:cli",
        "ledger": "app.cli.operating:ledger",
        "submit": "app.cli.posting:submit",
        "search": "app.cli.posting:search",
        "separators": "app.cli.posting:separators",
        "inspect": "app.cli.inspecting:inspect",
        "demo": "app.cli.demo:demo",
        "serve": "app.cli.serving:serve",
        "worker": "app.cli.serving:worker",
    }
)
"""Where each command or group of commands is: the module, and its function or its group."""


class Commands(TyperGroup):
    """All commands; looking at one file must not wait for what serves pages."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override] # its own name for the same class
        """Return the names, in the order in which they are shown."""
        del ctx
        return list(_PLACES)

    def get_command(self, ctx: typer.Context, name: str) -> TyperCommand | TyperGroup | None:  # type: ignore[override] # the same
        """Load one command, or return None if there is none of that name."""
        del ctx
        return load_command(name) if name in _PLACES else None


def load_command(name: str) -> TyperCommand | TyperGroup:
    """Return a command or a group of commands."""
    module, _, attribute = _PLACES[name].partition(":")
    found = getattr(import_module(module), attribute)
    # A group of one command stays a group.
    command = get_group(found) if isinstance(found, typer.Typer) else _alone(name, found)
    command.name = name
    return command


def command_names() -> tuple[str, ...]:
    """Return the names of all commands and groups."""
    return tuple(_PLACES)


def _alone(name: str, function: Callable[..., None]) -> TyperCommand:
    holder = typer.Typer(add_completion=False)
    holder.command(name)(function)
    command = get_command(holder)
    assert isinstance(command, TyperCommand)  # noqa: S101 - what typer makes of one function
    return command


cli = typer.Typer(
    name="poststelle",
    cls=Commands,
    help="Sichere Posteingangsstelle und E-Akte für Jobcenter.",
    epilog=(
        "Exit codes: 0 done; 1 something is not as it should be; 2 wrong use or settings; "
        "3 a component is not available now. Settings: environment variables POSTSTELLE_…"
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@cli.callback()
def _poststelle() -> None:
    """Hold the commands together."""


def main() -> None:
    """Run the command line."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    cli()
