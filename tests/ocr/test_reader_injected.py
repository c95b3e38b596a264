"""A recognition that hangs, crashes or eats memory, put into the worker at its start."""

import time

import pytest

from domain.reading import Outcome
from domain.reasons import Reason
from ocr.confinement import Sandbox, interpreter
from ocr.limits import Limits
from ocr.sandbox import SandboxedReader
from tests.ocr import samples

_WORKER = """
import os, signal, sys, time
import ocr.engine, ocr.worker
def fault(*_, **__):
    {fault}
ocr.worker.warm = lambda: None
ocr.engine.read = fault
ocr.worker.main(sys.argv[3:])
"""
FAULTS = {
    "hangs": ("time.sleep(600)", Reason.READER_TIMEOUT),
    "spins": ("while True: pass", Reason.READER_TIMEOUT),
    "aborts": ("os.abort()", Reason.READER_CRASHED),
    "is killed for memory": ("os.kill(os.getpid(), signal.SIGKILL)", Reason.READER_CRASHED),
    "takes all memory": ("return bytearray(64 << 30)", Reason.READER_MEMORY),
    "raises": ("raise LookupError", Reason.READER_CRASHED),
    "answers on its own": ("os.write(3, b'x' * 99)", Reason.READER_CRASHED),
    "goes away": ("os._exit(0)", Reason.READER_CRASHED),
}


@pytest.mark.parametrize(
    ("name", "threads"), [*((name, 1) for name in FAULTS), ("hangs", 2), ("takes all memory", 2)]
)
def test_a_faulty_recognition_is_an_outcome_and_the_next_item_is_read(
    monkeypatch: pytest.MonkeyPatch, name: str, threads: int
) -> None:
    fault, reason = FAULTS[name]
    start = [*interpreter(), "-c", _WORKER.format(fault=fault)]
    monkeypatch.setattr("ocr.sandbox.interpreter", lambda: start)
    stack = samples.scans(samples.picture(), samples.picture())
    with SandboxedReader(limits=Limits(seconds=3.0, page_threads=threads)) as reader:
        reader.probe()
        began = time.monotonic()
        reading = reader.read(stack, name="x", separators=lambda _: {})
        assert (reading.outcome, reading.reason) == (Outcome.UNREADABLE, reason)
        assert time.monotonic() - began < 10
        after = reader.read(b"Guten Tag", name="x", separators=lambda _: {})
        assert after.outcome is Outcome.ACCEPTED


def test_without_bubblewrap_a_killed_worker_is_an_outcome_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start = [*interpreter(), "-c", _WORKER.format(fault="os.abort()")]
    monkeypatch.setattr("ocr.sandbox.interpreter", lambda: start)
    with SandboxedReader(sandbox=Sandbox.LIMITS) as reader:
        reading = reader.read(samples.jpeg(), name="x", separators=lambda _: {})
        assert reading.reason is Reason.READER_CRASHED
        after = reader.read(b"Guten Tag", name="x", separators=lambda _: {})
        assert after.outcome is Outcome.ACCEPTED


def test_several_threads_read_the_same_as_one() -> None:
    words = ("Apfel", "Birne", "Kirsche", "Pflaume", "Traube")
    lines = tuple((f"Blatt {word}", *samples.LINES) for word in words)
    stack = samples.scans(*map(samples.picture, lines), samples.blank_sheet(), samples.picture())
    readings = []
    for threads in (1, 2, 3):
        with SandboxedReader(limits=Limits(page_threads=threads)) as reader:
            readings.append(reader.read(stack, name="x", separators=lambda _: {}))
    texts = [[document.text for document in reading.documents] for reading in readings]
    assert texts[0] == texts[1] == texts[2]
    places = ["".join(texts[0]).index(word) for word in words]
    assert places == sorted(places)
    assert {reading.blank_pages for reading in readings} == {(6,)}
    assert len({repr(reading.documents[0].findings) for reading in readings}) == 1
