"""The sandbox: what a program that parses untrusted bytes may see and use.

Owns how it is started. In bubblewrap there is no network, no home, no data folder, no
other process and no environment; system programs, the interpreter, and the packages ``ocr``
and ``domain`` are there read-only; ``/tmp`` is an empty memory file system of bounded size.
Without bubblewrap, which must be asked for, the program puts a fence around itself
(``ocr.fence``) and has its limits.
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import domain
import ocr
from domain.errors import SandboxUnavailableError
from ocr.limits import Limits
from ocr.process import ENVIRONMENT

SCRATCH = Path("/tmp")  # noqa: S108 - the sandbox's own, empty at its start
PROGRAM = "bwrap"
"""Found on the path; a setting of the machine, not of the service."""

_NOBODY = "65534"
_SYSTEM = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_CONFIGURATION = (
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/libreoffice",
    "/etc/mime.types",
    "/var/cache/fontconfig",
)
_ISOLATION = (
    "--unshare-all",
    "--unshare-user",
    "--disable-userns",
    *("--uid", _NOBODY),
    *("--gid", _NOBODY),
    *("--cap-drop", "ALL"),
    "--die-with-parent",
    "--new-session",
    "--clearenv",
)
_MEMORY_FOLDERS = ("/dev", "/")
"""Made by bubblewrap in memory without a bound, so they are closed once they are filled."""

_MODELS = Path("/models")
"""Where a sandbox shows a model that is not the packaged one; tells nothing of the real place."""

_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - below it each worker gets a folder of its own


class Sandbox(StrEnum):
    """How the programs that parse are held: by bubblewrap, or weaker, by limits and a fence."""

    BUBBLEWRAP = "bubblewrap"
    LIMITS = "limits"


@dataclass(frozen=True, slots=True)
class Start:
    """How a program is started so that it is held."""

    command: tuple[str, ...]
    environment: Mapping[str, str]


def held(
    sandbox: Sandbox,
    program: Sequence[str],
    *,
    limits: Limits,
    scratch: Path,
    model: Path | None = None,
) -> Start:
    """Return how a program is started in a sandbox; ``scratch`` is only used by ``LIMITS``.

    The folder ``model`` can be read at ``model_place``.

    There is no limit on the number of processes: it would count those of the same user
    outside; the wall-clock limit ends a whole sandbox whatever runs in it.
    """
    if sandbox is Sandbox.LIMITS:
        return Start((*_resources(limits), *program), _variables(scratch))
    return Start(tuple(sandboxed_command(program, limits, model)), ENVIRONMENT)


def model_place(sandbox: Sandbox, model: Path) -> Path:
    """Return where a program in a sandbox finds the folder of its model."""
    return model if sandbox is Sandbox.LIMITS else _MODELS / model.name


def scratch_folder() -> tempfile.TemporaryDirectory[str]:
    """Make the folder that a worker outside of bubblewrap writes to, in memory if possible."""
    place = _SHARED_MEMORY if _SHARED_MEMORY.is_dir() else None
    return tempfile.TemporaryDirectory(prefix="poststelle-", dir=place, ignore_cleanup_errors=True)


def readable_places() -> tuple[Path, ...]:
    """Return what a program that parses must be able to read: the system and the project."""
    system = (Path(name) for name in ("/usr", *_SYSTEM, *_CONFIGURATION))
    return (*system, *_program_folders())


def sandboxed_command(
    program: Sequence[str], limits: Limits, model: Path | None = None
) -> list[str]:
    """Return the command that runs a program inside bubblewrap under the limits."""
    return [
        PROGRAM,
        *_ISOLATION,
        *_file_system(limits, model),
        *_settings(_variables(SCRATCH)),
        *("--chdir", str(SCRATCH)),
        "--",
        *_resources(limits),
        *program,
    ]


def interpreter() -> list[str]:
    """Return how Python is started inside the sandbox: only packages of the project."""
    return [sys.executable, "-P", "-s"]


def _file_system(limits: Limits, model: Path | None) -> Iterator[str]:
    yield from ("--ro-bind", "/usr", "/usr")
    for name in _SYSTEM:
        yield from _system_folder(Path(name))
    yield from ("--proc", "/proc", "--dev", "/dev")
    yield from ("--size", str(limits.scratch_bytes), "--tmpfs", str(SCRATCH))
    for name in _CONFIGURATION:
        yield from ("--ro-bind-try", name, name)
    for path in _program_folders():
        yield from ("--ro-bind", str(path), str(path))
    if model is not None:
        yield from ("--ro-bind", str(model), str(_MODELS / model.name))
    for name in _MEMORY_FOLDERS:
        yield from ("--remount-ro", name)


def _system_folder(path: Path) -> tuple[str, ...]:
    """Repeat a system folder as it is: a link into /usr, or a folder of its own."""
    if path.is_symlink():
        return ("--symlink", str(path.readlink()), str(path))
    return ("--ro-bind-try", str(path), str(path))


def _program_folders() -> tuple[Path, ...]:
    """Return the interpreter, its environment and the two packages, outermost first.

    A package inside the environment is visible with it; one in a source checkout is bound
    alone, so that the packages beside it stay invisible.
    """
    wanted = (
        Path(sys.base_prefix),
        Path(sys.prefix),
        _home_of(ocr.__file__),
        _home_of(domain.__file__),
    )
    return tuple(dict.fromkeys(path for path in wanted if not path.is_relative_to("/usr")))


def _home_of(module_file: str | None) -> Path:
    if module_file is None:
        raise SandboxUnavailableError
    return Path(module_file).resolve().parent


def _variables(scratch: Path) -> dict[str, str]:
    roots = dict.fromkeys(str(_home_of(package.__file__).parent) for package in (ocr, domain))
    return {
        **ENVIRONMENT,
        "HOME": str(scratch),
        "OMP_THREAD_LIMIT": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": ":".join(roots),
        "TMPDIR": str(scratch),
    }


def _settings(variables: Mapping[str, str]) -> Iterator[str]:
    for name, value in variables.items():
        yield from ("--setenv", name, value)


def _resources(limits: Limits) -> tuple[str, ...]:
    return (
        "/usr/bin/prlimit",
        f"--as={limits.memory_bytes}",
        f"--fsize={limits.scratch_bytes}",
        "--core=0",
        "--nofile=1024",
        "--",
    )
