"""What processes cost: processor time of whole process trees, and memory at its highest.

Owns asking the kernel. Two ways: a command that ends is run by this module as a program of its
own, which adopts, watches and awaits all that the command leaves behind; processes that stay
alive are added up from ``/proc``. Refuses wall-clock time, which is worth nothing on a shared
machine.
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The project's folder, in which every command runs."""

_ADOPT_ORPHANS = 36
"""PR_SET_CHILD_SUBREAPER of prctl(2): sandboxes end later than what started them."""
_WATCH_SECONDS = 0.02
_TICKS = os.sysconf("SC_CLK_TCK")
_KIB = 1024
_MIB = 1024 * 1024
_PROC = Path("/proc")


class CommandFailedError(Exception):
    """A measured command ended with an error; the message has the end of its error output."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds (user and system) of a command with all its children."""

    seconds: float
    output: bytes


def run(command: Sequence[str | Path], *, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end; raises ``CommandFailedError``.

    It sees the environment of this process without limits on threads, and ``environment``.
    """
    inherited = {name: value for name, value in os.environ.items() if name != "OMP_THREAD_LIMIT"}
    read, written = os.pipe()
    with os.fdopen(read) as report:
        done = subprocess.run(  # noqa: S603 - no shell, commands are built here
            [sys.executable, "-m", "benchmarks.metering", str(written), *map(str, command)],
            cwd=ROOT,
            env={**inherited, **(environment or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            pass_fds=(written,),
            check=False,
        )
        os.close(written)
        if done.returncode:
            raise CommandFailedError(done.stderr.decode(errors="replace")[-2000:])
        return Cost(seconds=json.loads(report.read()), output=done.stdout)


def alive_seconds() -> float:
    """Return the processor time of this process, its dead children and all living descendants."""
    dead = resource.getrusage(resource.RUSAGE_CHILDREN)
    living = sum(_seconds(process) for process in _descendants(os.getpid()))
    return time.process_time() + dead.ru_utime + dead.ru_stime + living


def worker_peak() -> float:
    """Return the highest resident memory of any living reading worker so far, in MiB."""
    workers = [process for process in _descendants(os.getpid()) if _is_worker(process)]
    return max(map(_peak, workers), default=0.0)


def _descendants(process: int) -> Iterator[int]:
    """Yield all descendants of a process by the children of each of its threads."""
    for task in _PROC.glob(f"{process}/task/*/children"):
        with suppress(OSError):
            for child in task.read_text().split():
                yield int(child)
                yield from _descendants(int(child))


def _seconds(process: int) -> float:
    """Return the time of a process and of those of its children that it has awaited."""
    try:
        fields = (_PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICKS


def _own_seconds(process: int) -> float:
    """Return the time of a process alone; nothing if it has just ended."""
    try:
        fields = (_PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:13])) / _TICKS


def _is_worker(process: int) -> bool:
    with suppress(OSError):
        return b"ocr.worker" in (_PROC / str(process) / "cmdline").read_bytes()
    return False


def _peak(process: int) -> float:
    with suppress(OSError):
        for line in (_PROC / str(process) / "status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * _KIB / _MIB
    return 0.0


def main(arguments: Sequence[str]) -> int:
    """Run a command, await it and its orphans, and write its seconds to a file descriptor."""
    report, *command = arguments
    ctypes.CDLL(None).prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)
    seen: dict[int, float] = {}
    with subprocess.Popen(command) as program:  # noqa: S603 - given by ``run``
        while program.poll() is None:
            for process in _descendants(os.getpid()):
                seen[process] = max(seen.get(process, 0.0), _own_seconds(process))
            time.sleep(_WATCH_SECONDS)
    with suppress(ChildProcessError):
        while True:
            os.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Nobody awaits what dies with a killed sandbox, so its time is what was last seen of it.
    with os.fdopen(int(report), "w") as file:
        json.dump(max(used.ru_utime + used.ru_stime, sum(seen.values())), file)
    return 1 if program.returncode else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
