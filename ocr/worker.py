"""The program inside the sandbox: reads one item after the other, told by its parent.

Owns the far end of the pipe. It is started warm: libraries and cue tables are loaded before
the first item comes. It never writes to anything but the pipe and its own ``/tmp``.
"""

import json
import os
import resource
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from domain.reading import Barcode, Outcome, Reading
from domain.reasons import Reason
from ocr.assembly import Workbench
from ocr.classify import Classifier
from ocr.confinement import SCRATCH
from ocr.frames import BrokenFrameError, Frame, receive, send
from ocr.gate import UNKNOWN
from ocr.item import read_item
from ocr.limits import Limits, PageBudget, ReadingStoppedError
from ocr.viewing import view
from ocr.wire import encode_barcodes, encode_reading


class Worker:
    """Answers requests until its parent closes the pipe."""

    def __init__(self, requests: IO[bytes], answers: IO[bytes], limits: Limits) -> None:
        self._requests = requests
        self._answers = answers
        self._limits = limits
        self._classifier = Classifier.load()

    def serve(self) -> None:
        """Say that everything is loaded, then answer one request after the other."""
        send(self._answers, {"kind": "ready"})
        while True:
            try:
                request = receive(self._requests, limit=self._limits.input_bytes)
            except BrokenFrameError:
                return
            self._answer(request)

    def _answer(self, request: Frame) -> None:
        _limit_processor_time(self._limits.seconds)
        with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
            bench = Workbench(
                limits=self._limits,
                classifier=self._classifier,
                separators=self._separators,
                scratch=Path(folder),
                budget=PageBudget(self._limits.pages),
            )
            if request.header["kind"] == "view":
                self._view(request, bench)
            else:
                self._read(request, bench)

    def _read(self, request: Frame, bench: Workbench) -> None:
        header, blobs = encode_reading(_reading(request.blobs[0], bench))
        send(self._answers, header, blobs)

    def _view(self, request: Frame, bench: Workbench) -> None:
        page, width = request.header["page"], request.header["width"]
        try:
            image = [view(request.blobs[0], page=page, width=width, bench=bench)]
        except Exception:  # noqa: BLE001 - the edge: parsers of hostile bytes raise anything
            image = []
        send(self._answers, {"kind": "view"}, image)

    def _separators(self, barcodes: Sequence[Barcode]) -> frozenset[int]:
        """Ask the parent, who alone can tell genuine separator sheets."""
        send(self._answers, encode_barcodes(barcodes))
        return frozenset(receive(self._requests, limit=0).header["separators"])


def _reading(content: bytes, bench: Workbench) -> Reading:
    """Read an item; what a parser did not foresee becomes an outcome as well."""
    try:
        return read_item(content, bench)
    except BrokenFrameError:
        raise
    except ReadingStoppedError as stopped:
        return Reading(stopped.outcome, UNKNOWN, reason=stopped.reason)
    except MemoryError:
        return Reading(Outcome.UNREADABLE, UNKNOWN, reason=Reason.READER_MEMORY)
    except Exception:  # noqa: BLE001 - the edge: parsers of hostile bytes raise anything
        return Reading(Outcome.UNREADABLE, UNKNOWN, reason=Reason.READER_CRASHED)


def _limit_processor_time(seconds: float) -> None:
    """Give this process and the programs it starts processor time for one more item."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = usage.ru_utime + usage.ru_stime
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + seconds) + 2, resource.RLIM_INFINITY))


def main(arguments: Sequence[str]) -> None:
    """Serve on standard input and output; the only argument is the limits as JSON."""
    values: dict[str, Any] = json.loads(arguments[0])
    # Libraries that print must not disturb the frames.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    Worker(sys.stdin.buffer, answers, Limits(**values)).serve()


if __name__ == "__main__":
    main(sys.argv[1:])
