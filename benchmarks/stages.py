"""Where the time of reading goes: processor time of each stage, in one process.

Owns the list of stages and the stopwatch that is put around them. A stage does not include the
stages inside it. Runs as a program of its own, so that nothing else is loaded or warm, and
without the sandbox, whose cost is in the whole.
"""

import functools
import importlib
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import tesserocr

from benchmarks.metering import run
from benchmarks.run import no_sheets
from ocr.assembly import Workbench
from ocr.classify import Classifier
from ocr.item import read_item
from ocr.limits import Limits, PageBudget

RECOGNISING = "recognise"
REST = "all else"

_STAGES = {
    "open": ("ocr.item:open_source",),
    "own text": ("ocr.pdf:PdfSource.text",),
    "decode": ("ocr.pdf:PdfSource.picture", "ocr.images:ImageSource.picture"),
    "barcodes": ("ocr.marks:barcodes",),
    "blank": ("ocr.marks:is_blank",),
    "orientation": ("ocr.leptonica:orientation", "ocr.engine:lie"),
    "skew": ("ocr.leptonica:skew",),
    "even light": ("ocr.paper:seen", "ocr.paper:evened"),
    "prepare": ("ocr.preparing:prepare",),
    "words and boxes": ("ocr.engine:read",),
    "compose text": ("ocr.recognition:recognise",),
    "classify": ("ocr.classify:Classifier.classify",),
    "fields": ("ocr.fields:read_fields",),
    "archive": ("ocr.archive:archive",),
    "text layer": ("ocr.textlayer:TextLayer.add",),
    "validate": ("pikepdf.pdfa:save",),
}


class Stopwatch:
    """Adds up the time of each stage without that of the stages inside it."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._inner = [0.0]

    def around(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same and is timed."""

        @functools.wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever is timed
            self._inner.append(0.0)
            start = time.process_time()
            try:
                return function(*arguments, **named)
            finally:
                whole = time.process_time() - start
                self.spent[stage] += whole - self._inner.pop()
                self._inner[-1] += whole

        return timed


def profile(files: Sequence[Path]) -> dict[str, float]:
    """Return the seconds of each stage while files are read, in a process of its own."""
    command: list[str | Path] = [sys.executable, "-m", "benchmarks.stages", *files]
    done = run(command, environment={"OMP_THREAD_LIMIT": "1"})
    return {stage: float(seconds) for stage, seconds in json.loads(done.output).items()}


def table(profiles: Mapping[str, Mapping[str, float]]) -> tuple[str, ...]:
    """Return the shares of the stages in percent, the dearest first, a column for each profile."""
    wholes = {name: sum(spent.values()) for name, spent in profiles.items()}
    shares = {
        stage: [100 * spent.get(stage, 0.0) / wholes[name] for name, spent in profiles.items()]
        for stage in dict.fromkeys(stage for spent in profiles.values() for stage in spent)
    }
    head = f"{'% of the time':<20}" + "".join(f"{name:>14}" for name in profiles)
    rows = sorted(shares.items(), key=lambda item: -sum(item[1]))
    return (
        head,
        *(f"{stage:<20}" + "".join(f"{one:>14.1f}" for one in row) for stage, row in rows),
    )


def watch(stopwatch: Stopwatch) -> None:
    """Put the stopwatch around all stages; raises ``AttributeError`` for one that is no more."""
    _watch_engine(stopwatch)
    for stage, places in _STAGES.items():
        for place in places:
            _watch_place(stopwatch, stage, place)


def _watch_engine(stopwatch: Stopwatch) -> None:
    """Tell tesseract's own recognition from what is done around it."""
    plain = tesserocr.PyTessBaseAPI
    timed = stopwatch.around(RECOGNISING, plain.Recognize)
    tesserocr.PyTessBaseAPI = type("TimedApi", (plain,), {"Recognize": timed})


def _watch_place(stopwatch: Stopwatch, stage: str, place: str) -> None:
    module, _, path = place.partition(":")
    owner: Any = importlib.import_module(module)
    *outer, name = path.split(".")
    for step in outer:
        owner = getattr(owner, step)
    plain = getattr(owner, name)
    timed = stopwatch.around(stage, plain)
    setattr(owner, name, timed)
    for other in [loaded for key, loaded in sys.modules.items() if key.startswith("ocr.")]:
        for key in [key for key, value in vars(other).items() if value is plain]:
            setattr(other, key, timed)


def _read(contents: Sequence[bytes]) -> None:
    """Read items as the worker does, without its sandbox."""
    limits, classifier = Limits(), Classifier.load()
    with tempfile.TemporaryDirectory() as folder:
        for content in contents:
            bench = Workbench(
                limits=limits,
                classifier=classifier,
                separators=no_sheets,
                scratch=Path(folder),
                budget=PageBudget(limits.pages),
            )
            read_item(content, bench)


def main(arguments: Sequence[str]) -> None:
    """Read files with a stopwatch, once everything is loaded, and write what it says as JSON."""
    contents = [Path(name).read_bytes() for name in arguments]
    stopwatch = Stopwatch()
    watch(stopwatch)
    _read(contents[:1])
    stopwatch.spent.clear()
    stopwatch.around(REST, _read)(contents)
    json.dump(stopwatch.spent, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
