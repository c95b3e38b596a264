"""The sandbox: what a program that parses untrusted bytes may see and use.

Owns the bubblewrap command line. Inside there is no network, no home, no data folder, no
other process and no environment; system programs, the interpreter, and the packages ``ocr``
and ``domain`` are there read-only; ``/tmp`` is an empty memory file system of bounded size.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import domain
import ocr
from domain.errors import ConfigurationError, SandboxUnavailableError
from ocr.limits import Limits
from ocr.process import ENVIRONMENT, ProgramMissingError, ProgramTimeoutError, run

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
    *("--uid", _NOBODY),
    *("--gid", _NOBODY),
    *("--cap-drop", "ALL"),
    "--die-with-parent",
    "--new-session",
    "--clearenv",
)
_MEMORY_FOLDERS = ("/dev", "/")
"""Made by bubblewrap in memory without a bound, so they are closed once they are filled."""

_PROBE_SECONDS = 30.0
LANGUAGES = ("deu", "osd")
"""The language data of tesseract without which nothing scanned can be read."""

_LANGUAGES = "tesseract --list-langs || true"


def sandboxed_command(program: Sequence[str], limits: Limits) -> list[str]:
    """Return the command that runs a program inside the sandbox under the limits.

    There is no limit on the number of processes: it would count those of the same user
    outside; the wall-clock limit ends a whole sandbox whatever runs in it.
    """
    return [
        PROGRAM,
        *_ISOLATION,
        *_file_system(limits),
        *_variables(),
        *("--chdir", str(SCRATCH)),
        "--",
        *_resources(limits),
        *program,
    ]


def interpreter() -> list[str]:
    """Return how Python is started inside the sandbox: only packages of the project."""
    return [sys.executable, "-P", "-s"]


def probe(limits: Limits) -> None:
    """Prove that a sandbox can be started here and that the recognition is in it.

    Raises ``SandboxUnavailableError``, and ``ConfigurationError`` if tesseract or one of its
    languages is missing.
    """
    _probed(["/usr/bin/true"], limits)
    found = _probed(["/bin/sh", "-c", _LANGUAGES], limits).split()
    if missing := [name for name in LANGUAGES if name.encode() not in found]:
        detail = f"tesseract or its language data are not installed: {', '.join(missing)}"
        raise ConfigurationError(detail)


def _probed(program: Sequence[str], limits: Limits) -> bytes:
    try:
        ended = run(sandboxed_command(program, limits), seconds=_PROBE_SECONDS)
    except (ProgramMissingError, ProgramTimeoutError) as error:
        raise SandboxUnavailableError from error
    if ended.code != 0:
        raise SandboxUnavailableError
    return ended.output


def _file_system(limits: Limits) -> Iterator[str]:
    yield from ("--ro-bind", "/usr", "/usr")
    for name in _SYSTEM:
        yield from _system_folder(Path(name))
    yield from ("--proc", "/proc", "--dev", "/dev")
    yield from ("--size", str(limits.scratch_bytes), "--tmpfs", str(SCRATCH))
    for name in _CONFIGURATION:
        yield from ("--ro-bind-try", name, name)
    for path in _program_folders():
        yield from ("--ro-bind", str(path), str(path))
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


def _variables() -> Iterator[str]:
    roots = dict.fromkeys(str(_home_of(package.__file__).parent) for package in (ocr, domain))
    variables = {
        **ENVIRONMENT,
        "HOME": str(SCRATCH),
        "OMP_THREAD_LIMIT": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": ":".join(roots),
    }
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
