"""What else reads scans here: OCRmyPDF and plain tesseract, as they come.

Owns their command lines. Refuses to tune them: languages and the wished output are all that
they are told.
"""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.metering import Cost, run

UPRIGHT = ("-r", "-d")
"""OCRmyPDF's options for turning pages upright and straight, which Poststelle always does."""

_IMAGES = frozenset({".jpg", ".tif"})
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}


def ocrmypdf(
    source: Path, target: Path, *options: str, jobs: int = 2, sidecar: Path | None = None
) -> Cost:
    """Make a searchable PDF/A; ``sidecar`` gets the text that was recognised.

    OCRmyPDF gives tesseract several threads for a single page; with ``jobs=1`` it gets one here.
    """
    threads = _ONE_THREAD if jobs == 1 else {}
    beside = ("--sidecar", sidecar) if sidecar else ()
    size = ("--image-dpi", "300") if source.suffix in _IMAGES else ()
    wanted = ("-l", "deu", "--output-type", "pdfa", "-j", str(jobs), *backend(), *size)
    command: list[str | Path] = [_program("ocrmypdf"), *wanted, *options, *beside, source, target]
    return run(command, environment=threads)


def backend() -> tuple[str, ...]:
    """Return what OCRmyPDF must be told where there is no Ghostscript, which it asks for."""
    return () if shutil.which("gs") else ("--pdfa-backend", "internal")


def tesseract(*arguments: str | Path) -> Cost:
    """Run tesseract for German on one thread, which is what takes it the least time."""
    return run(["tesseract", *arguments, "-l", "deu"], environment=_ONE_THREAD)


def inspect(file: Path) -> Cost:
    """Have a new process of Poststelle read one file and tell its type and fields."""
    return run([_program("poststelle"), "inspect", "--json", file])


def versions() -> Sequence[str]:
    """Return what is installed, one line each."""
    ghost = run(["gs", "--version"]).output.decode().strip() if shutil.which("gs") else "none"
    own = run([_program("ocrmypdf"), "--version"]).output.decode().strip()
    return (
        run(["tesseract", "--version"]).output.decode().splitlines()[0],
        f"OCRmyPDF {own} {' '.join(backend())}".rstrip(),
        f"Ghostscript {ghost}",
    )


def _program(name: str) -> Path:
    """Return a program of the environment in which this runs."""
    return Path(sys.executable).parent / name
