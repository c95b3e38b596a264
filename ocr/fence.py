"""The fence that a worker puts around itself where bubblewrap cannot be used.

Owns its parts and their order. It is weaker than a sandbox of namespaces: the process is
still one among those of its user, and sees the names of files. It refuses to stand half: if
one part cannot be put up, ``FenceError`` is raised and nothing may be read.
"""

import ctypes
import os
import signal
import tempfile
from pathlib import Path

from domain.errors import PoststelleError
from ocr.callfilter import refuse_other_calls
from ocr.confinement import readable_places
from ocr.landlock import restrict_files

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_DEVICES = (Path("/dev/null"), Path("/dev/urandom"))


class FenceError(PoststelleError):
    """A part of the fence cannot be put up here."""

    code = "fence_unavailable"


def enclose() -> None:
    """Give up, for ever: new privileges, other files, sockets, programs, other processes.

    1. The process ends with the thread that started it, as a sandbox does, and no other
       process of its user may look into it.
    2. Only programs of the system and of the project can be read, only the scratch folder
       written.
    3. Only the system calls that reading needs are left.

    Raises ``FenceError``.
    """
    if len(tuple(Path("/proc/self/task").iterdir())) != 1:
        raise FenceError  # the second step would not hold for threads that run already
    try:
        _set(_PR_SET_PDEATHSIG, signal.SIGKILL)
        _set(_PR_SET_DUMPABLE, 0)
        _set(_PR_SET_NO_NEW_PRIVS, 1)
        restrict_files(
            readable=(*readable_places(), *_DEVICES), writable=[Path(tempfile.gettempdir())]
        )
        refuse_other_calls()
    except OSError as error:
        raise FenceError from error


def _set(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
