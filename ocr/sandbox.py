"""The reader: warm workers in sandboxes, each used by one thread at a time.

Owns their life: started when first needed, replaced after a crash, a timeout, a lack of
memory or a number of items, ended by ``close``. Refuses to believe what they answer, and to
read anything without a sandbox. Bad content never raises here; it is an outcome.
"""

import dataclasses
import json
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from domain.errors import ConfigurationError, PageUnavailableError, SandboxUnavailableError
from domain.ports import SeparatorCheck
from domain.reading import Outcome, Reading
from domain.reasons import Reason
from ocr.confinement import (
    Sandbox,
    Start,
    held,
    interpreter,
    model_place,
    scratch_folder,
)
from ocr.frames import BrokenFrameError, Frame, receive, send
from ocr.gate import UNKNOWN
from ocr.limits import Limits
from ocr.process import Conversation, ProgramMissingError
from ocr.wire import UnbelievableError, decode_barcodes, decode_reading, encode_notes

_START_SECONDS = 60.0
_VIEW_SECONDS = 60.0
_SEAT_SECONDS = 30.0
_WIDTHS = range(16, 4001)
_PNG = b"\x89PNG\r\n\x1a\n"
ModelInUse = Callable[[], Path | None]
"""Tells the folder of the model to read with from now on; None is the packaged one."""

LANGUAGES = ("deu", "osd")
"""The language data of tesseract without which nothing scanned can be read."""


class SandboxedReader:
    """Implements ``domain.ports.Reader``; safe to share between threads."""

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        workers: int = 1,
        sandbox: Sandbox = Sandbox.BUBBLEWRAP,
        model: ModelInUse = lambda: None,
    ) -> None:
        """Start workers when they are needed; ``model`` is asked before each item."""
        self._limits = limits or Limits()
        # A sandbox dies with the thread that started it (prctl(2), PR_SET_PDEATHSIG), so
        # one thread that lives as long as the reader starts them all.
        self._launcher = ThreadPoolExecutor(1, thread_name_prefix="sandbox-launcher")
        self._seats: queue.LifoQueue[_Seat] = queue.LifoQueue()
        self._count = workers
        for _ in range(workers):
            self._seats.put(_Seat(self._limits, sandbox, model, launcher=self._launcher))

    def probe(self) -> None:
        """Prove that items can be read here, and start a worker for the first one.

        Raises ``SandboxUnavailableError`` or ``ConfigurationError``.
        """
        with self._seat() as seat:
            seat.ready()

    def read(self, content: bytes, *, name: str, separators: SeparatorCheck) -> Reading:  # noqa: ARG002 - content decides
        """Read an item; raises ``SandboxUnavailableError`` and what ``separators`` raises."""
        if not content:
            return Reading(Outcome.REJECTED, UNKNOWN, reason=Reason.EMPTY)
        if len(content) > self._limits.input_bytes:
            return Reading(Outcome.REJECTED, UNKNOWN, reason=Reason.TOO_LARGE)
        with self._seat() as seat:
            return seat.read(content, separators)

    def render(self, content: bytes, *, page: int, width: int) -> bytes:
        """Return one page (1-based) as PNG; ``PageUnavailableError`` if not, or all are busy."""
        if not content or len(content) > self._limits.input_bytes or width not in _WIDTHS:
            raise PageUnavailableError
        with self._seat(seconds=_SEAT_SECONDS) as seat:
            return seat.view(content, page=page, width=width)

    def close(self) -> None:
        """End all workers; waits for items that are being read."""
        for _ in range(self._count):
            self._seats.get().vacate()
        self._count = 0
        self._launcher.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _seat(self, *, seconds: float | None = None) -> Iterator["_Seat"]:
        try:
            seat = self._seats.get(timeout=seconds)
        except queue.Empty as error:
            raise PageUnavailableError from error
        try:
            yield seat
        finally:
            self._seats.put(seat)


class _Seat:
    """A place for one warm worker."""

    def __init__(
        self,
        limits: Limits,
        sandbox: Sandbox,
        model: ModelInUse,
        *,
        launcher: ThreadPoolExecutor,
    ) -> None:
        self._limits = limits
        self._sandbox = sandbox
        self._model_in_use = model
        self._model: Path | None = None
        self._launcher = launcher
        self._worker: Conversation | None = None
        self._left_behind = ExitStack()
        self._served = 0

    def read(self, content: bytes, separators: SeparatorCheck) -> Reading:
        """Have an item read; a worker that fails is replaced and its failure is the outcome."""
        worker = self.ready()
        self._served += 1
        deadline = _Deadline(worker, self._limits.seconds)
        try:
            with deadline:
                send(worker.requests, {"kind": "read"}, [content])
                reading = self._answered(worker, separators)
        except (BrokenFrameError, UnbelievableError):
            self.vacate()
            return _failed(Reason.READER_TIMEOUT if deadline.passed else Reason.READER_CRASHED)
        except BaseException:  # the worker still waits for an answer that will not come
            self.vacate()
            raise
        if reading.reason in {Reason.READER_MEMORY, Reason.READER_CRASHED}:
            self.vacate()
        return reading

    def view(self, content: bytes, *, page: int, width: int) -> bytes:
        """Have a page drawn, or raise ``PageUnavailableError``."""
        worker = self.ready()
        self._served += 1
        try:
            with _Deadline(worker, min(_VIEW_SECONDS, self._limits.seconds)):
                send(worker.requests, {"kind": "view", "page": page, "width": width}, [content])
                return _drawn(receive(worker.answers, limit=self._limits.output_bytes))
        except (BrokenFrameError, UnbelievableError) as error:
            self.vacate()
            raise PageUnavailableError from error
        except BaseException:  # its answer is still to come, and must not reach the next caller
            self.vacate()
            raise

    def vacate(self) -> None:
        """End the worker, if there is one, and remove what it left behind."""
        self._worker = None
        self._left_behind.close()

    def _answered(self, worker: Conversation, separators: SeparatorCheck) -> Reading:
        """Answer the worker's questions about barcodes until it hands out the reading."""
        for _ in range(self._limits.parts + 1):
            frame = receive(worker.answers, limit=self._limits.output_bytes)
            if frame.header.get("kind") != "barcodes":
                return decode_reading(frame, self._limits)
            genuine = separators(decode_barcodes(frame, self._limits))
            send(worker.requests, encode_notes(genuine))
        raise UnbelievableError

    def ready(self) -> Conversation:
        """Return a live worker with the model in use, a new one if need be."""
        model = self._model_in_use()
        worker = self._worker
        if worker is not None and (self._spent or not worker.alive or model != self._model):
            self.vacate()
        self._model = model
        if self._worker is None:
            self._worker = self._started()
            self._served = 0
        return self._worker

    @property
    def _spent(self) -> bool:
        return self._served >= self._limits.items_per_worker

    def _started(self) -> Conversation:
        with ExitStack() as left:
            scratch = left.enter_context(scratch_folder())
            start = _start(self._sandbox, self._limits, Path(scratch), model=self._model)
            try:
                worker = self._launcher.submit(
                    Conversation, start.command, start.environment
                ).result()
            except ProgramMissingError as error:
                raise SandboxUnavailableError from error
            left.callback(worker.close)
            _expect_ready(worker)
            self._left_behind = left.pop_all()
        return worker


class _Deadline:
    """Kills a worker, and its whole sandbox with it, when the time is over."""

    def __init__(self, worker: Conversation, seconds: float) -> None:
        self.passed = False
        self._worker = worker
        self._timer = threading.Timer(seconds, self._pass)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()

    def _pass(self) -> None:
        self.passed = True
        self._worker.kill()


def _start(sandbox: Sandbox, limits: Limits, scratch: Path, *, model: Path | None) -> Start:
    settings = json.dumps(dataclasses.asdict(limits))
    place = () if model is None else (str(model_place(sandbox, model)),)
    program = (*interpreter(), "-m", "ocr.worker", settings, sandbox, *place)
    return held(sandbox, program, limits=limits, scratch=scratch, model=model)


def _expect_ready(worker: Conversation) -> None:
    """Wait until a worker has loaded everything; raise if it cannot stand or read here."""
    try:
        with _Deadline(worker, _START_SECONDS):
            header = receive(worker.answers, limit=0).header
    except BrokenFrameError as error:
        raise SandboxUnavailableError from error
    if header.get("kind") != "ready" or not isinstance(header.get("languages"), list):
        raise SandboxUnavailableError
    if missing := [name for name in LANGUAGES if name not in header["languages"]]:
        detail = f"the language data of tesseract are not installed: {', '.join(missing)}"
        raise ConfigurationError(detail)


def _drawn(frame: Frame) -> bytes:
    if frame.header.get("kind") != "view" or len(frame.blobs) != 1:
        raise UnbelievableError
    (image,) = frame.blobs
    if not image.startswith(_PNG):
        raise UnbelievableError
    return image


def _failed(reason: Reason) -> Reading:
    return Reading(Outcome.UNREADABLE, UNKNOWN, reason=reason)
