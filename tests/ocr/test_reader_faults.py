"""Hangs, crashes and lack of memory are outcomes, and the next item is read as ever."""

import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image

from domain.errors import PageUnavailableError, SandboxUnavailableError
from domain.reading import Barcode, Outcome, Reading, SheetNote
from domain.reasons import Reason
from ocr.frames import send
from ocr.limits import Limits
from ocr.sandbox import SandboxedReader
from tests.ocr import samples

_MIB = 1024 * 1024


def outcome(reading: Reading) -> tuple[Outcome, Reason | None]:
    return reading.outcome, reading.reason


def assert_reads(reader: SandboxedReader) -> None:
    reading = reader.read(samples.text_pdf(), name="x", separators=lambda _: {})
    assert reading.outcome is Outcome.ACCEPTED


def process_of(reader: SandboxedReader) -> int:
    """Return the process id of the sandbox that serves the only seat."""
    (seat,) = reader._seats.queue
    assert seat._worker is not None
    return seat._worker.pid


def innermost(process: int) -> int:
    """Return the process that a sandbox runs: the last of the line of first children."""
    while children := Path(f"/proc/{process}/task/{process}/children").read_text().split():
        process = int(children[0])
    return process


@pytest.mark.parametrize("choose", [lambda outer: outer, innermost], ids=["sandbox", "worker"])
def test_a_worker_killed_in_the_middle_of_an_item(choose: Callable[[int], int]) -> None:
    stack = samples.scans(samples.picture(), samples.separator_sheet())
    with SandboxedReader() as reader:
        assert_reads(reader)
        victim = choose(process_of(reader))

        def kill(_: Sequence[Barcode]) -> dict[int, SheetNote]:
            os.kill(victim, signal.SIGKILL)
            return {}

        killed = reader.read(stack, name="x", separators=kill)
        assert outcome(killed) == (Outcome.UNREADABLE, Reason.READER_CRASHED)
        assert_reads(reader)


def test_a_worker_killed_between_two_items_is_replaced() -> None:
    with SandboxedReader() as reader:
        assert_reads(reader)
        process = process_of(reader)
        os.kill(process, signal.SIGKILL)
        while " Z " not in Path(f"/proc/{process}/stat").read_text():
            time.sleep(0.01)
        assert_reads(reader)


def test_an_item_that_takes_too_long_is_stopped() -> None:
    stack = samples.scans(*[samples.picture()] * 8)
    with SandboxedReader(limits=Limits(seconds=1.0)) as reader:
        started = time.monotonic()
        late = reader.read(stack, name="x", separators=lambda _: {})
        assert outcome(late) == (Outcome.UNREADABLE, Reason.READER_TIMEOUT)
        assert time.monotonic() - started < 10
        assert_reads(reader)


def test_an_item_that_needs_too_much_memory_is_stopped() -> None:
    huge = samples.saved(Image.new("RGB", (6000, 6000), "white"), "PNG")
    with SandboxedReader(limits=Limits(memory_bytes=384 * _MIB)) as reader:
        reading = reader.read(huge, name="x", separators=lambda _: {})
        assert outcome(reading) == (Outcome.UNREADABLE, Reason.READER_MEMORY)
        assert_reads(reader)


def test_an_error_of_the_parent_leaves_no_worker_that_waits() -> None:
    stack = samples.scans(samples.picture(), samples.separator_sheet())

    def fail(_: Sequence[Barcode]) -> dict[int, SheetNote]:
        raise LookupError

    with SandboxedReader() as reader:
        with pytest.raises(LookupError):
            reader.read(stack, name="x", separators=fail)
        assert_reads(reader)


def test_a_worker_outlives_the_thread_that_first_needed_it() -> None:
    with SandboxedReader() as reader:
        first = threading.Thread(target=assert_reads, args=(reader,))
        first.start()
        first.join()
        process = process_of(reader)
        time.sleep(0.1)
        assert_reads(reader)
        assert process_of(reader) == process


def test_a_worker_is_replaced_after_its_number_of_items() -> None:
    with SandboxedReader(limits=Limits(items_per_worker=1)) as reader:
        assert_reads(reader)
        process = process_of(reader)
        assert_reads(reader)
        assert process_of(reader) != process


def test_two_threads_use_two_workers() -> None:
    with SandboxedReader(workers=2) as reader:
        both = threading.Barrier(2, timeout=30)
        stack = samples.scans(samples.separator_sheet())

        def meet(_: Sequence[Barcode]) -> dict[int, SheetNote]:
            both.wait()
            return {}

        readings: list[Reading] = []
        threads = [
            threading.Thread(
                target=lambda: readings.append(reader.read(stack, name="x", separators=meet))
            )
            for _ in range(2)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [reading.outcome for reading in readings] == [Outcome.ACCEPTED] * 2


def test_closing_leaves_no_process_behind() -> None:
    with SandboxedReader() as reader:
        assert_reads(reader)
        process = process_of(reader)
        worker = innermost(process)
    assert not Path(f"/proc/{process}").exists()
    until = time.monotonic() + 5  # the kernel ends the worker on its own
    while Path(f"/proc/{worker}/exe").exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert not Path(f"/proc/{worker}/exe").exists()


def test_without_bubblewrap_nothing_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ocr.confinement.PROGRAM", str(tmp_path / "bwrap"))
    with SandboxedReader() as reader:
        with pytest.raises(SandboxUnavailableError):
            reader.probe()
        with pytest.raises(SandboxUnavailableError):
            reader.read(b"Guten Tag", name="x", separators=lambda _: {})


class _InterruptedError(BaseException):
    """What a signal handler may raise anywhere."""


def test_a_view_that_is_interrupted_leaves_no_answer_for_the_next_caller(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise _InterruptedError

    with SandboxedReader() as reader:
        shown = reader.render(samples.text_pdf(), page=1, width=300)
        with monkeypatch.context() as patched:
            patched.setattr("ocr.sandbox.receive", interrupt)
            with pytest.raises(_InterruptedError):
                reader.render(samples.jpeg(), page=1, width=300)
        assert reader.render(samples.text_pdf(), page=1, width=300) == shown


@pytest.mark.parametrize("kind", ["read", "view"])
def test_an_answer_to_another_question_ends_the_worker(kind: str) -> None:
    """Ask behind the reader's back, so that a stale answer waits in the pipe."""
    with SandboxedReader() as reader:
        assert_reads(reader)
        (seat,) = reader._seats.queue
        assert seat._worker is not None
        stale = {"kind": kind, "page": 1, "width": 300}
        send(seat._worker.requests, stale, [samples.text_pdf()])
        if kind == "read":
            with pytest.raises(PageUnavailableError):
                reader.render(samples.text_pdf(), page=1, width=300)
        else:
            reading = reader.read(b"Guten Tag", name="x", separators=lambda _: {})
            assert outcome(reading) == (Outcome.UNREADABLE, Reason.READER_CRASHED)
        assert seat._worker is None
        assert_reads(reader)


def test_an_answer_that_is_no_picture_ends_the_worker() -> None:
    with SandboxedReader() as reader:
        with pytest.raises(PageUnavailableError):
            reader.render(samples.text_pdf(), page=2, width=300)
        (seat,) = reader._seats.queue
        assert seat._worker is None


def test_a_page_does_not_wait_for_a_seat_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ocr.sandbox._SEAT_SECONDS", 0.1)
    with SandboxedReader() as reader:
        with reader._seat(), pytest.raises(PageUnavailableError):
            reader.render(samples.text_pdf(), page=1, width=300)
        assert reader.render(samples.text_pdf(), page=1, width=300)
