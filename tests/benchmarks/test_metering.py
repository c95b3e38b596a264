import sys

import pytest

from benchmarks.metering import CommandFailedError, alive_seconds, run, worker_peak

_BUSY = "import time\nwhile time.process_time() < 0.4: pass"


def test_the_time_of_a_command_is_counted_with_that_of_its_children() -> None:
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {_BUSY!r}])"
    assert 0.4 <= run([sys.executable, "-c", nested]).seconds < 2.0


def test_children_that_outlive_a_command_are_awaited_and_counted() -> None:
    orphan = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {_BUSY!r}])"
    assert 0.4 <= run([sys.executable, "-c", orphan]).seconds < 2.0


def test_the_output_of_a_command_comes_with_its_cost() -> None:
    assert run(["echo", "Umlaut ä"]).output.decode() == "Umlaut ä\n"


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(CommandFailedError, match="Kaputt"):
        run([sys.executable, "-c", "raise SystemExit('Kaputt')"])


def test_commands_see_what_they_are_given_and_no_limit_on_threads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OMP_THREAD_LIMIT", "7")
    show = [sys.executable, "-c", "import os; print(os.environ.get('OMP_THREAD_LIMIT'))"]
    assert run(show).output.decode().strip() == "None"
    assert run(show, environment={"OMP_THREAD_LIMIT": "1"}).output.decode().strip() == "1"


def test_the_time_of_this_process_grows_with_its_work() -> None:
    before = alive_seconds()
    sum(number * number for number in range(1_000_000))
    assert alive_seconds() > before


def test_there_is_no_peak_without_a_worker() -> None:
    assert worker_peak() == 0.0
