"""``inspect``: a dry run of gate, reading and routing that stores nothing."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.output import FAILED, print_json, print_table, speaking
from app.folders import DataFolder
from app.policy import load_policy
from app.readers import EmptyDirectory, Known, make_reader, make_scanner
from app.settings import Settings, load_settings
from domain.codec import boundary_to_json, fields_to_json, finding_to_json
from domain.ids import INTAKE
from domain.reading import Outcome, ReadDocument, Reading
from domain.reasons import Reason
from intake.examining import Examination, examine
from intake.routing import RoutingPolicy, decide

NOT_FOUND = "file_not_found"


def inspect(
    files: Annotated[
        list[Path],
        typer.Argument(help="Files and folders to look at; nothing is stored.", readable=False),
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
        for report in reports(settings, list(_expanded(files))):
            complete = complete and report["reason"] != NOT_FOUND
            if as_json:
                print_json(report)
            else:
                _print(report)
    if not complete:
        raise typer.Exit(FAILED)


def _expanded(paths: list[Path]) -> Iterator[Path]:
    """Yield files as they are named, and all that is below a folder in the order of the names.

    Links to folders are not followed; a folder that cannot be opened stands for itself.
    """
    for path in paths:
        if path.is_dir():
            yield from sorted(_below(path))
        else:
            yield path


def _below(folder: Path) -> list[Path]:
    closed: list[OSError] = []
    found = [
        Path(place, name)
        for place, _, names in os.walk(folder, onerror=closed.append)
        for name in names
    ]
    return [*found, *(Path(error.filename) for error in closed)]


def reports(settings: Settings, files: list[Path]) -> Iterator[dict[str, Any]]:
    """Yield one report for each file, in their order; workers are shared and stay warm."""
    policy = load_policy(settings)
    with (
        _of_this_house(settings) as known,
        make_reader(settings, model=known.model) as reader,
        ThreadPoolExecutor(settings.readers) as pool,
    ):
        examination = Examination(reader, make_scanner(settings), known.separators)
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
    blank = list(reading.blank_pages)
    line = _line(path, reading.outcome, reading.reason)
    return {**line, "blank_pages": blank, "documents": documents}


def _line(path: Path, outcome: Outcome, reason: str | None) -> dict[str, Any]:
    return {
        "file": str(path),
        "outcome": outcome,
        "reason": reason,
        "blank_pages": [],
        "documents": [],
    }


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
        "begins": boundary_to_json(document.begins) if document.begins else None,
        "suggested": [boundary_to_json(boundary) for boundary in document.suggested],
        "unarchived": document.unarchived,
        "fields": fields_to_json(document.fields),
        "findings": [finding_to_json(finding) for finding in document.findings],
        "text": document.text,
    }


@contextmanager
def _of_this_house(settings: Settings) -> Iterator[Known]:
    """Yield what this house knows, if there is one."""
    if not DataFolder(settings.data_dir.absolute()).key_file(INTAKE).is_file():
        yield Known()
        return
    # Databases and keys are loaded only where there are some: it takes longer than a page.
    opened = import_module("app.knowledge").known_here
    with opened(settings) as known:
        yield known


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
