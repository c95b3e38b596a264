"""``inspect``: a dry run of gate, reading and routing that stores nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from app import bootstrap
from app.cli.output import FAILED, print_json, print_table, speaking
from app.folders import DataFolder
from app.house import EmptyDirectory, make_reader, make_scanner
from app.policy import load_policy
from app.settings import Settings, load_settings
from domain.codec import fields_to_json
from domain.errors import ConfigurationError
from domain.ids import INTAKE
from domain.ports import SeparatorCheck
from domain.reading import Outcome, ReadDocument, Reading
from domain.reasons import Reason
from intake.reading import examine
from intake.room import Examination
from intake.routing import RoutingPolicy, decide
from intake.separators import separator_check

NOT_FOUND = "file_not_found"


def inspect(
    files: Annotated[
        list[Path], typer.Argument(help="Files to look at; nothing is stored.", readable=False)
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON a file.")] = False,
    jobs: Annotated[int | None, typer.Option(min=1, max=64, help="Files at a time.")] = None,
) -> None:
    """Say what would become of files: outcome, documents, types, carriers, fields, text."""
    with speaking():
        settings = load_settings()
        if jobs is not None:
            settings = settings.model_copy(update={"readers": jobs})
        complete = True
        for report in reports(settings, files):
            complete = complete and report["reason"] != NOT_FOUND
            if as_json:
                print_json(report)
            else:
                _print(report)
    if not complete:
        raise typer.Exit(FAILED)


def reports(settings: Settings, files: list[Path]) -> Iterator[dict[str, Any]]:
    """Yield one report for each file, in their order; workers are shared and stay warm."""
    policy = load_policy(settings)
    with make_reader(settings) as reader, ThreadPoolExecutor(settings.readers) as pool:
        examination = Examination(reader, make_scanner(settings), _separators(settings))
        look = partial(_report, settings=settings, policy=policy, examination=examination)
        yield from pool.map(look, files)


def _report(
    path: Path, *, settings: Settings, policy: RoutingPolicy, examination: Examination
) -> dict[str, Any]:
    try:
        if not path.is_file():
            return _line(path, Outcome.REJECTED, NOT_FOUND)
        with path.open("rb") as handle:
            content = handle.read(settings.max_item_bytes + 1)
    except OSError:
        return _line(path, Outcome.REJECTED, NOT_FOUND)
    if len(content) > settings.max_item_bytes:
        return _line(path, Outcome.REJECTED, Reason.TOO_LARGE)
    return _reading_line(path, examine(content, name=path.name, examination=examination), policy)


def _reading_line(path: Path, reading: Reading, policy: RoutingPolicy) -> dict[str, Any]:
    documents = [_document(document, policy) for document in reading.documents]
    return {**_line(path, reading.outcome, reading.reason), "documents": documents}


def _line(path: Path, outcome: Outcome, reason: str | None) -> dict[str, Any]:
    return {"file": str(path), "outcome": outcome, "reason": reason, "documents": []}


def _document(document: ReadDocument, policy: RoutingPolicy) -> dict[str, Any]:
    decision = decide(document, hint="", policy=policy, directory=EmptyDirectory())
    return {
        "pages": list(document.pages),
        "type": decision.type,
        "confidence": round(document.confidence, 4),
        "carriers": list(decision.carriers),
        "decision": "file" if decision.files else "clarify",
        "reasons": list(decision.reasons),
        "part": document.part,
        "fields": fields_to_json(document.fields),
        "text": document.text,
    }


def _separators(settings: Settings) -> SeparatorCheck:
    """Know the sheets of this house, where it has keys already."""
    folder = DataFolder(settings.data_dir.absolute())
    if folder.key_file(INTAKE).is_file():
        with suppress(ConfigurationError):
            words = bootstrap.passphrase(settings, folder)
            keys = bootstrap.open_realm_keys(folder, INTAKE, passphrase=words)
            return separator_check(keys.derive("separator-sheets"))
    return lambda _: frozenset()


def _print(report: dict[str, Any]) -> None:
    rows = [
        (
            ",".join(map(str, document["pages"])),
            document["type"],
            f"{document['confidence']:.2f}",
            ", ".join(document["carriers"]),
            document["decision"],
            " ".join(document["reasons"]),
        )
        for document in report["documents"]
    ]
    title = f"{report['file']}: {report['outcome']} {report['reason'] or ''}"
    print_table(title, ("Seiten", "Art", "Sicherheit", "Träger", "Entscheidung", "Gründe"), rows)
