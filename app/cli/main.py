"""The commands and how they are grouped."""

import logging
from typing import Annotated

import typer

from app.cli import demo, fachverfahren, inspecting, operating, posting
from app.cli.output import speaking
from app.house import open_house
from app.serving import serve_until_stopped
from app.settings import load_settings

cli = typer.Typer(
    name="poststelle",
    help="Sichere Posteingangsstelle und E-Akte für Jobcenter.",
    epilog=(
        "Exit codes: 0 done; 1 something is not as it should be; 2 wrong use or settings; "
        "3 a component is not available now. Settings: environment variables POSTSTELLE_…"
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
cli.add_typer(fachverfahren.cli, name="fv")
cli.add_typer(operating.audit, name="audit")
cli.add_typer(operating.storage, name="storage")
cli.add_typer(operating.keys, name="keys")
cli.add_typer(operating.config, name="config")
cli.command("ledger")(operating.ledger)
cli.command("submit")(posting.submit)
cli.command("search")(posting.search)
cli.command("separators")(posting.separators)
cli.command("inspect")(inspecting.inspect)
cli.command("demo")(demo.demo)


@cli.command()
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


@cli.command()
def worker(
    *,
    drain: Annotated[bool, typer.Option("--drain", help="End when nothing is left to do.")] = False,
) -> None:
    """Do the work that waits, without serving pages."""
    with speaking():
        operating.work(drain=drain)


def main() -> None:
    """Run the command line."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    cli()
