"""The benchmark of reading: ``python -m benchmarks.reading`` prints all of it.

Owns what is measured in which order. Refuses to fail where a target is not met: it says so.
"""

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import (
    engines,
    filing,
    indexing,
    machine,
    memory,
    recognition,
    speed,
    splitting,
)
from benchmarks.report import Section, show, show_end
from benchmarks.run import FULL, QUICK, Run


class Part(StrEnum):
    """A section of the benchmark."""

    SPEED = "speed"
    WORDS = "words"
    TYPES = "types"
    SPLITTING = "splitting"
    FIELDS = "fields"
    MEMORY = "memory"
    ENGINES = "engines"


_MEASURES: dict[Part, Callable[[Run], Section]] = {
    Part.SPEED: speed.measure,
    Part.WORDS: recognition.measure,
    Part.TYPES: filing.measure,
    Part.FIELDS: indexing.measure,
    Part.SPLITTING: splitting.measure,
    Part.MEMORY: memory.measure,
    Part.ENGINES: engines.measure,
}
_USUAL = tuple(part for part in Part if part is not Part.ENGINES)


def main(
    *,
    quick: Annotated[bool, typer.Option("--quick", help="Less of everything.")] = False,
    pages: Annotated[
        int | None, typer.Option(min=1, max=500, help="Pages of each kind that are read.")
    ] = None,
    only: Annotated[
        str, typer.Option(help="Some sections: speed,words,types,splitting,fields,memory,engines.")
    ] = ",".join(_USUAL),
) -> None:
    """Measure how fast and how well Poststelle reads, beside OCRmyPDF and tesseract."""
    size = QUICK if quick else FULL
    if pages is not None:
        size = replace(size, pages=pages, worded=pages)
    typer.echo("\n".join(machine.facts()))
    with tempfile.TemporaryDirectory(prefix="bench-reading-") as folder:
        run = Run(size, Path(folder), os.cpu_count() or 1)
        sections = [_measured(part, run) for part in _MEASURES if part in _parts(only)]
    show_end(sections)


def _parts(only: str) -> Sequence[Part]:
    try:
        return [Part(name.strip()) for name in only.split(",")]
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _measured(part: Part, run: Run) -> Section:
    typer.echo(f"measuring {part} …", err=True)
    section = _MEASURES[part](run)
    show(section)
    return section


if __name__ == "__main__":
    cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    cli.command()(main)
    cli()
