"""``serve`` and ``worker``: the service itself."""

from typing import Annotated

import typer

from app.cli import operating
from app.cli.output import speaking
from app.house import open_house
from app.serving import serve_until_stopped
from app.settings import load_settings


def serve(
    host: Annotated[str | None, typer.Option(help="Address instead of POSTSTELLE_HOST.")] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port instead of POSTSTELLE_PORT.")
    ] = None,
) -> None:
    """Start the service: pages, APIs, watched folders and workers, in one process."""
    with speaking():
        given = {"host": host, "port": port}
        changes = {name: value for name, value in given.items() if value is not None}
        settings = load_settings().model_copy(update=changes)
        with open_house(settings) as house:
            serve_until_stopped(house)


def worker(
    *,
    drain: Annotated[bool, typer.Option("--drain", help="End when nothing is left to do.")] = False,
) -> None:
    """Do the work that waits, without serving pages."""
    with speaking():
        operating.work(drain=drain)
