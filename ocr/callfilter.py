"""The system call filter: the few calls that reading needs, none else (seccomp(2), x86-64).

Owns the list and its program for the kernel. What is not on the list fails with ``ENOSYS``, as
if the kernel did not know it: opening sockets, starting programs, looking into other processes
and signalling them, changing what is mounted. A call of another architecture ends the process.
"""

import ctypes
import errno
import os
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_ARCHITECTURE = 0xC000003E  # AUDIT_ARCH_X86_64
_X32 = 0x40000000
_LOAD, _AND, _IS, _REACHES, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | errno.ENOSYS
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16
_SECCOMP, _SET_MODE_FILTER, _ALL_THREADS = 317, 1, 1
_WHOLE = 0xFFFFFFFF
_CLONE_THREAD = 0x00010000

# Numbers of arch/x86/entry/syscalls/syscall_64.tbl, which never change.
_FILES = {
    "read": 0, "write": 1, "open": 2, "close": 3, "stat": 4, "fstat": 5, "lstat": 6, "lseek": 8,
    "pread64": 17, "pwrite64": 18, "readv": 19, "writev": 20, "access": 21, "dup": 32, "dup2": 33,
    "fsync": 74, "ftruncate": 77, "getdents": 78, "getcwd": 79, "rename": 82, "mkdir": 83,
    "rmdir": 84, "unlink": 87, "readlink": 89, "chmod": 90, "fchmod": 91, "umask": 95,
    "statfs": 137, "fstatfs": 138, "getdents64": 217, "openat": 257, "mkdirat": 258,
    "newfstatat": 262, "unlinkat": 263, "renameat": 264, "readlinkat": 267, "faccessat": 269,
    "fallocate": 285, "dup3": 292, "statx": 332, "faccessat2": 439,
}  # fmt: skip
_MEMORY = {"mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12, "mremap": 25, "madvise": 28}
_WAITING = {
    "poll": 7, "select": 23, "sched_yield": 24, "nanosleep": 35, "futex": 202,
    "clock_nanosleep": 230, "pselect6": 270, "ppoll": 271,
}  # fmt: skip
_ITSELF = {
    "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "getpid": 39, "exit": 60,
    "uname": 63, "gettimeofday": 96, "getrusage": 98, "sysinfo": 99, "times": 100, "getuid": 102,
    "getgid": 104, "geteuid": 107, "getegid": 108, "sigaltstack": 131, "gettid": 186, "time": 201,
    "sched_getaffinity": 204, "set_tid_address": 218, "restart_syscall": 219,
    "clock_gettime": 228, "clock_getres": 229, "exit_group": 231, "set_robust_list": 273,
    "getcpu": 309, "getrandom": 318, "membarrier": 324, "rseq": 334,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Condition:
    """A call that is allowed only if an argument, under a mask, has one of some values."""

    number: int
    argument: int
    values: tuple[int, ...]
    mask: int = _WHOLE


def _conditions() -> tuple[_Condition, ...]:
    return (
        _Condition(16, 1, (0x5401, 0x5451)),  # ioctl: is it a terminal, close on exec
        _Condition(56, 0, (_CLONE_THREAD,), mask=_CLONE_THREAD),  # clone: threads alone
        _Condition(72, 1, (0, 1, 2, 3, 4, 1030)),  # fcntl: copies and flags of descriptors
        _Condition(234, 0, (os.getpid(),)),  # tgkill: itself, to abort
        _Condition(302, 0, (0,)),  # prlimit64: its own limits
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def refuse_other_calls() -> None:
    """Put the filter on this process for ever; raises ``OSError`` where it cannot be put.

    The process must have given up new privileges before (prctl(2), PR_SET_NO_NEW_PRIVS).
    """
    if os.uname().machine != "x86_64":
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    instructions = b"".join(_instructions())
    program = _Program(len(instructions) // 8, instructions)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(_SECCOMP, _SET_MODE_FILTER, _ALL_THREADS, ctypes.byref(program)) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _instructions() -> Iterator[bytes]:
    """Yield the program (linux/filter.h): jumps count the instructions that they leave out."""
    yield _instruction(_LOAD, _ARCHITECTURE_AT)
    yield _instruction(_IS, _ARCHITECTURE, jump=(1, 0))
    yield _instruction(_RETURN, _KILL)
    yield _instruction(_LOAD, _NUMBER_AT)
    yield _instruction(_REACHES, _X32, jump=(0, 1))
    yield _instruction(_RETURN, _KILL)
    for number in (*_FILES.values(), *_MEMORY.values(), *_WAITING.values(), *_ITSELF.values()):
        yield _instruction(_IS, number, jump=(0, 1))
        yield _instruction(_RETURN, _ALLOW)
    for condition in _conditions():
        checks = tuple(_checks(condition))
        yield _instruction(_IS, condition.number, jump=(0, len(checks)))
        yield from checks
    yield _instruction(_RETURN, _REFUSE)


def _checks(condition: _Condition) -> Iterator[bytes]:
    yield _instruction(_LOAD, _ARGUMENTS_AT + 8 * condition.argument)
    yield _instruction(_AND, condition.mask)
    for value in condition.values:
        yield _instruction(_IS, value, jump=(0, 1))
        yield _instruction(_RETURN, _ALLOW)
    yield _instruction(_RETURN, _REFUSE)


def _instruction(code: int, value: int, *, jump: Sequence[int] = (0, 0)) -> bytes:
    return struct.pack("=HBBI", code, *jump, value)
