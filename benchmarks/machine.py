"""On what it was measured.

Owns the facts without which a number cannot be compared with another one.
"""

import os
import platform
from pathlib import Path

import tesserocr

from benchmarks.peers import versions


def facts() -> tuple[str, ...]:
    """Return processor, cores, memory, and what is installed, one line each."""
    return (
        f"{_processor()}, {os.cpu_count()} cores, {_memory()} GiB",
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        f"tesserocr with {tesserocr.tesseract_version().splitlines()[0]}",
        *versions(),
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory() -> int:
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return round(size / 2**30)
