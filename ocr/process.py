"""The one door to child processes.

Owns how a program is started: no shell, an explicit environment, a limit on its time, and
its error output thrown away (it may quote what it reads). Refuses to know what the programs
are for; failures leave here as errors of this package.
"""

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO

from domain.errors import UnavailableError

ENVIRONMENT = MappingProxyType({"LANG": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin"})
"""What every program gets to see; nothing of the service's own environment."""


class ProgramMissingError(UnavailableError):
    """A program is not installed or may not be started."""

    code = "program_missing"


class ProgramTimeoutError(UnavailableError):
    """A program took longer than it may and was killed."""

    code = "program_timeout"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended: exit code (negative: killed by that signal) and output."""

    code: int
    output: bytes


def run(
    command: Sequence[str],
    *,
    seconds: float,
    folder: Path | None = None,
    environment: Mapping[str, str] = ENVIRONMENT,
) -> Ended:
    """Run a program to its end; raise ``ProgramMissingError`` or ``ProgramTimeoutError``."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell, commands are built from constants
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=dict(environment),
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ProgramTimeoutError from error
    except OSError as error:
        raise ProgramMissingError from error
    return Ended(done.returncode, done.stdout)


class Conversation:
    """A program that stays alive and is talked to over its standard input and output."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str] = ENVIRONMENT
    ) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603 - no shell, built from constants
                list(command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=dict(environment),
                start_new_session=True,
            )
        except OSError as error:
            raise ProgramMissingError from error

    @property
    def pid(self) -> int:
        """Return the process id, for operators and fault tests."""
        return self._process.pid

    @property
    def requests(self) -> IO[bytes]:
        """Return what the program reads from."""
        return _pipe(self._process.stdin)

    @property
    def answers(self) -> IO[bytes]:
        """Return what the program writes to."""
        return _pipe(self._process.stdout)

    @property
    def alive(self) -> bool:
        """Tell whether the program still runs."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End the program now; safe to call from another thread and more than once."""
        self._process.kill()

    def close(self) -> None:
        """End the program and release its pipes and its process entry."""
        self.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            _close(pipe)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:  # cannot be: both ends were asked for
        raise ProgramMissingError
    return pipe


def _close(pipe: IO[bytes] | None) -> None:
    """Close a pipe; bytes that the dead program did not take any more are dropped."""
    if pipe is None:
        return
    try:
        pipe.close()
    except OSError:
        return
