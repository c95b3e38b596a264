"""The program inside the sandbox: reads one item after the other, told by its parent.

Owns the far end of the pipe. It is started warm: libraries, cue tables and the recognition are
loaded before the first item comes. It never writes to anything but the pipe and its own
folder of temporary files.
"""

import json
import os
import resource
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from domain.errors import ConfigurationError
from domain.reading import Barcode, Outcome, Reading, SheetNote
from domain.reasons import Reason
from ocr.assembly import Workbench
from ocr.classify import Classifier
from ocr.confinement import Sandbox
from ocr.fence import enclose
from ocr.frames import BrokenFrameError, Frame, receive, send
from ocr.gate import UNKNOWN
from ocr.item import read_item
from ocr.learned import classifier_of
from ocr.limits import Limits, PageBudget, ReadingStoppedError
from ocr.recognition import warm
from ocr.tessdata import languages
from ocr.viewing import view
from ocr.wire import decode_notes, encode_barcodes, encode_reading


class Worker:
    """Answers requests until its parent closes the pipe."""

    def __init__(
        self, requests: IO[bytes], answers: IO[bytes], limits: Limits, *, classifier: Classifier
    ) -> None:
        self._requests = requests
        self._answers = answers
        self._limits = limits
        self._classifier = classifier
        self._languages = _loaded()

    def serve(self) -> None:
        """Say that everything is loaded, then answer one request after the other."""
        send(self._answers, {"kind": "ready", "languages": self._languages})
        while True:
            try:
                request = receive(self._requests, limit=self._limits.input_bytes)
            except BrokenFrameError:
                return
            self._answer(request)

    def _answer(self, request: Frame) -> None:
        _limit_processor_time(self._limits.seconds)
        with tempfile.TemporaryDirectory() as folder:
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

    def _separators(self, barcodes: Sequence[Barcode]) -> Mapping[int, SheetNote]:
        """Ask the parent, who alone can tell genuine separator sheets and what they say."""
        send(self._answers, encode_barcodes(barcodes))
        return decode_notes(receive(self._requests, limit=0).header)


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


def _loaded() -> list[str]:
    """Load the recognition and return its languages; none if it cannot be loaded."""
    try:
        found = sorted(languages())
        warm()
    except (ConfigurationError, ReadingStoppedError):
        return []
    return found


def _limit_processor_time(seconds: float) -> None:
    """Give this process and the programs it starts processor time for one more item."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = usage.ru_utime + usage.ru_stime
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + seconds) + 2, resource.RLIM_INFINITY))


def main(arguments: Sequence[str]) -> None:
    """Serve on standard input and output.

    The arguments are the limits as JSON, the sandbox, and the folder of a model if it is not the
    packaged one. Ends without an answer if that is not what it was, or if the fence that it
    needs cannot be put up.
    """
    values: dict[str, Any] = json.loads(arguments[0])
    # Libraries that print must not disturb the frames.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # Read before the fence stands, which leaves the system and the project alone to be read.
    classifier = classifier_of(Path(arguments[2]) if arguments[2:] else None)
    if arguments[1] != Sandbox.BUBBLEWRAP:
        enclose()
    Worker(sys.stdin.buffer, answers, Limits(**values), classifier=classifier).serve()


if __name__ == "__main__":
    main(sys.argv[1:])
