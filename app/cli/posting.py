"""``submit``, ``search`` and ``separators``: what a scan desk does from the command line."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.output import FAILED, UNREADABLE, print_json, print_table, speaking
from app.following import Resting, follow, resting
from app.house import House, open_house
from app.runner import running
from app.settings import load_settings
from app.sheets import BATCH, CASE, KIND, sheet_wish
from app.watching import receive_file
from domain.errors import MalformedRequestError, NotFoundError, RefusedError
from domain.ids import CarrierId
from domain.post import Channel, ItemStatus, Receipt
from efile.library import FiledDocument
from intake.separators import separator_sheets_pdf

_PLACES = {
    ItemStatus.FILED: "abgelegt bei {carriers}",
    ItemStatus.CLEARING: "Klärungsliste",
    ItemStatus.QUARANTINED: "Quarantäne",
    ItemStatus.IN_FLIGHT: "in Bearbeitung",
}

_JSON = Annotated[bool, typer.Option("--json", help="Print one line of JSON for each result.")]


def submit(
    files: Annotated[
        list[Path], typer.Argument(help="Files; each becomes a submission.", readable=False)
    ],
    *,
    channel: Annotated[Channel, typer.Option(help="How the post came in.")] = Channel.APP,
    wait: Annotated[bool, typer.Option("--wait", help="Wait, tell where all went.")] = False,
    as_json: _JSON = False,
) -> None:
    """Hand in files and print a receipt for each as soon as it is durable."""
    with speaking(), open_house(load_settings()) as house:
        with running(house) if wait else nullcontext():
            receipts = [_submit_one(house, file, channel, as_json=as_json) for file in files]
            received = [receipt for receipt in receipts if receipt is not None]
            if wait:
                follow(house, [one.submission for one in received], progress=lambda _: None)
        if wait:
            for receipt in received:
                _tell(receipt, resting(house, receipt.submission), as_json=as_json)
        if len(received) < len(files):
            raise typer.Exit(FAILED)


def search(
    words: Annotated[list[str], typer.Argument(help="Words that must all occur.")],
    *,
    carrier: Annotated[str, typer.Option(help="Whose e-file to search.")],
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    as_json: _JSON = False,
) -> None:
    """Search one carrier's e-file; the search is audited."""
    with speaking(), open_house(load_settings()) as house:
        office = house.offices.get(CarrierId(carrier))
        if office is None:
            detail = f"carriers of this house: {', '.join(house.offices)}"
            raise NotFoundError(detail)
        found = office.search.find(" ".join(words), actor="command line", limit=limit)
        rows = [_hit(hit.document, hit.score) for hit in found.hits]
    if as_json:
        for row in rows:
            print_json(row)
        return
    print_table(
        f"{found.total} Treffer in {carrier}",
        ("Dokument", "Art", "Akte", "Eingang"),
        [(row["document"], row["title"], row["case"], row["received_at"]) for row in rows],
    )


def separators(
    *,
    out: Annotated[Path, typer.Option(help="PDF file to write.")],
    count: Annotated[int, typer.Option(min=1, max=500)] = 10,
    batch: Annotated[str, typer.Option(help="Name of the stack, up to 16 characters.")] = "",
    kind: Annotated[str, typer.Option("--type", help="Type code of what follows a sheet.")] = "",
    case: Annotated[str, typer.Option(help="BG-Nummer or Kundennummer of what follows.")] = "",
) -> None:
    """Print separator sheets (Trennblätter) for scan stacks into a PDF file."""
    with speaking(), open_house(load_settings()) as house:
        said = {BATCH: batch, KIND: kind, CASE: case}
        wish = sheet_wish(said, house.intake.policy.catalogue)
        for name, sentence in wish.problems.items():
            raise typer.BadParameter(sentence, param_hint=f"--{name}")
        sheets = separator_sheets_pdf(
            count,
            key=house.separator_key,
            randomness=house.randomness,
            note=wish.note,
            title=wish.title,
        )
        out.write_bytes(sheets)
    typer.echo(f"{count} Trennblätter: {out}")


def _submit_one(house: House, file: Path, channel: Channel, *, as_json: bool) -> Receipt | None:
    """Receive one file and print its receipt, or say in one sentence why not."""
    try:
        if not file.is_file():
            detail = "no such file"
            raise MalformedRequestError(detail)
        receipt = receive_file(house, file, channel=channel, key=house.randomness.uuid())
    except RefusedError as error:
        detail = f" ({error.detail})" if error.detail else ""
        typer.echo(f"{file}: {error.de}{detail} [{error.code}]", err=True)
        return None
    except OSError as error:
        typer.echo(f"{file}: {UNREADABLE} ({error.strerror})", err=True)
        return None
    if as_json:
        print_json({"file": str(file), **_receipt(receipt)})
    else:
        item = receipt.items[0]
        at = receipt.received_at.isoformat(timespec="seconds")
        typer.echo(f"{file}: Quittung {receipt.code}, {at}, SHA-256 {item.sha256}")
    return receipt


def _receipt(receipt: Receipt) -> dict[str, Any]:
    return {
        "receipt_code": receipt.code,
        "submission_id": receipt.submission,
        "received_at": receipt.received_at.isoformat(),
        "sha256": receipt.items[0].sha256,
    }


def _tell(receipt: Receipt, places: tuple[Resting, ...], *, as_json: bool) -> None:
    for place in places:
        if as_json:
            print_json(
                {
                    "receipt_code": receipt.code,
                    "status": place.status,
                    "type": place.type,
                    "confidence": place.confidence,
                    "carriers": list(place.carriers),
                    "reason": place.reason,
                }
            )
        else:
            typer.echo(f"{receipt.items[0].name}: {describe(place)}")


def describe(place: Resting) -> str:
    """Say in one line where a document is."""
    where = _PLACES[place.status].format(carriers=", ".join(place.carriers))
    kind = f" als {place.title}" if place.title else ""
    return f"{where}{kind} ({place.why})" if place.why else f"{where}{kind}"


def _hit(document: FiledDocument, score: float) -> dict[str, Any]:
    return {
        "document": document.id,
        "type": document.kind.code,
        "title": document.kind.title,
        "case": document.case.reference,
        "received_at": document.order.received_at.isoformat(timespec="seconds"),
        "score": round(score, 4),
    }
