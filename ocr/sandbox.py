"""The reader: warm workers in sandboxes, each used by one thread at a time.

Owns their life: started when first needed, replaced after a crash, a timeout, a lack of
memory or a number of items, ended by ``close``. Refuses to believe what they answer. Bad
content never raises here; it is an outcome.
"""

import dataclasses
import json
import queue
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from domain.errors import PageUnavailableError, SandboxUnavailableError
from domain.ports import SeparatorCheck
from domain.reading import Outcome, Reading
from domain.reasons import Reason
from ocr import confinement
from ocr.frames import BrokenFrameError, Frame, receive, send
from ocr.gate import UNKNOWN
from ocr.limits import Limits
from ocr.process import Conversation, ProgramMissingError
from ocr.wire import UnbelievableError, decode_barcodes, decode_reading

_START_SECONDS = 60.0
_VIEW_SECONDS = 60.0
_SEAT_SECONDS = 30.0
_WIDTHS = range(16, 4001)
_PNG = b"\x89PNG\r\n\x1a\n"


class SandboxedReader:
    """Implements ``domain.ports.Reader``; safe to share between threads."""

    def __init__(self, *, limits: Limits | None = None, workers: int = 1) -> None:
        self._limits = limits or Limits()
        # A sandbox dies with the thread that started it (prctl(2), PR_SET_PDEATHSIG), so
        # one thread that lives as long as the reader starts them all.
        self._launcher = ThreadPoolExecutor(1, thread_name_prefix="sandbox-launcher")
        self._seats: queue.LifoQueue[_Seat] = queue.LifoQueue()
        self._count = workers
        for _ in range(workers):
            self._seats.put(_Seat(self._limits, self._launcher))

    def probe(self) -> None:
        """Prove that items can be read here, and start a worker for the first one.

        Raises ``SandboxUnavailableError`` or ``ConfigurationError``.
        """
        confinement.probe(self._limits)
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

    def __init__(self, limits: Limits, launcher: ThreadPoolExecutor) -> None:
        self._limits = limits
        self._launcher = launcher
        self._worker: Conversation | None = None
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
        """End the worker, if there is one."""
        if self._worker is not None:
            self._worker.close()
        self._worker = None

    def _answered(self, worker: Conversation, separators: SeparatorCheck) -> Reading:
        """Answer the worker's questions about barcodes until it hands out the reading."""
        for _ in range(self._limits.parts + 1):
            frame = receive(worker.answers, limit=self._limits.output_bytes)
            if frame.header.get("kind") != "barcodes":
                return decode_reading(frame, self._limits)
            genuine = separators(decode_barcodes(frame, self._limits))
            send(worker.requests, {"separators": sorted(genuine)})
        raise UnbelievableError

    def ready(self) -> Conversation:
        """Return a live worker, a new one if need be."""
        if self._worker is not None and (self._spent or not self._worker.alive):
            self.vacate()
        if self._worker is None:
            self._worker = self._started()
            self._served = 0
        return self._worker

    @property
    def _spent(self) -> bool:
        return self._served >= self._limits.items_per_worker

    def _started(self) -> Conversation:
        try:
            worker = self._launcher.submit(Conversation, _command(self._limits)).result()
        except ProgramMissingError as error:
            raise SandboxUnavailableError from error
        try:
            with _Deadline(worker, _START_SECONDS):
                _expect_ready(receive(worker.answers, limit=0))
        except BrokenFrameError as error:
            worker.close()
            raise SandboxUnavailableError from error
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


def _command(limits: Limits) -> Sequence[str]:
    program = (*confinement.interpreter(), "-m", "ocr.worker")
    settings = json.dumps(dataclasses.asdict(limits))
    return confinement.sandboxed_command((*program, settings), limits)


def _expect_ready(frame: Frame) -> None:
    if frame.header.get("kind") != "ready":
        raise BrokenFrameError


def _drawn(frame: Frame) -> bytes:
    if frame.header.get("kind") != "view" or len(frame.blobs) != 1:
        raise UnbelievableError
    (image,) = frame.blobs
    if not image.startswith(_PNG):
        raise UnbelievableError
    return image


def _failed(reason: Reason) -> Reading:
    return Reading(Outcome.UNREADABLE, UNKNOWN, reason=reason)
