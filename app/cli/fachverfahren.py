"""``fv``: a reference Fachverfahren that speaks the HTTP API like any vendor's would."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import print_json, speaking
from app.folders import DataFolder
from app.fv_client import FachverfahrenClient
from app.settings import load_settings
from domain.errors import MalformedRequestError, NotFoundError

cli = typer.Typer(help="Reference client of a carrier's Fachverfahren.", no_args_is_help=True)

_CARRIER = Annotated[str, typer.Option(help="Whose Fachverfahren this is.")]
_URL = Annotated[str | None, typer.Option(help="Service instead of POSTSTELLE_URL.")]
_TOKEN = Annotated[Path | None, typer.Option(help="Token file instead of the generated one.")]
_MESSAGES = Annotated[
    list[str], typer.Argument(help="Message ids, or pulled ZIP files or folders.")
]
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@cli.command()
def pull(
    *,
    carrier: _CARRIER,
    out: Annotated[Path, typer.Option(help="Folder for the packages.")],
    ack: Annotated[bool, typer.Option("--ack", help="Acknowledge each at once.")] = False,
    url: _URL = None,
    token_file: _TOKEN = None,
) -> None:
    """Pull every message that is not answered yet, check it, and keep ZIP, XML and files."""
    with speaking(), _client(carrier, url, token_file) as client:
        out.mkdir(parents=True, exist_ok=True)
        count = 0
        for message in list(client.messages()):
            pulled = client.pull(message, out)
            count += 1
            typer.echo(str(pulled.archive))
            if ack:
                client.acknowledge(message)
        typer.echo(f"{count} Nachrichten für {carrier}", err=True)


@cli.command("list")
def list_messages(*, carrier: _CARRIER, url: _URL = None, token_file: _TOKEN = None) -> None:
    """List the messages that are not answered yet."""
    with speaking(), _client(carrier, url, token_file) as client:
        for message in client.messages():
            print_json({"id": message})


@cli.command()
def ack(
    messages: _MESSAGES, *, carrier: _CARRIER, url: _URL = None, token_file: _TOKEN = None
) -> None:
    """Confirm the receipt of messages by 0102."""
    with speaking(), _client(carrier, url, token_file) as client:
        for message in messages:
            client.acknowledge(_message_id(message))
            typer.echo(f"{_message_id(message)}: bestätigt")


@cli.command()
def reject(
    messages: _MESSAGES,
    *,
    carrier: _CARRIER,
    reason: Annotated[str, typer.Option(help="Why it is not imported.")],
    url: _URL = None,
    token_file: _TOKEN = None,
) -> None:
    """Refuse documents; they come back to the carrier's list with the reason."""
    with speaking(), _client(carrier, url, token_file) as client:
        for message in messages:
            client.refuse(_message_id(message), reason)
            typer.echo(f"{_message_id(message)}: abgelehnt")


@contextmanager
def _client(
    carrier: str, url: str | None, token_file: Path | None
) -> Iterator[FachverfahrenClient]:
    settings = load_settings()
    folder = DataFolder(settings.data_dir.absolute())
    path = token_file or folder.secret(f"fv-{carrier}")
    if not re.fullmatch(r"[a-z0-9-]+", carrier) or not path.is_file():
        detail = "no token for this carrier; is it one of this house, and was it started once?"
        raise NotFoundError(detail)
    token = path.read_text().strip()
    with closing(FachverfahrenClient(url or settings.base_url, token)) as client:
        yield client


def _message_id(given: str) -> str:
    match = _UUID.match(Path(given).name)
    if match is None:
        detail = "give the id of a message, or a pulled ZIP file or folder"
        raise MalformedRequestError(detail)
    return match[0]
