"""Durable files: what has been published is complete, on disk, and never replaced.

Owns the steps of writing a file once. Refuses to overwrite: a link, unlike a rename, fails
where the name is taken.
"""

import os
import tempfile
from pathlib import Path
from typing import IO

PARTIAL_PREFIX = ".part-"


def open_partial(folder: Path) -> tuple[IO[bytes], Path]:
    """Create an empty file under a passing name that only its owner may read (0600)."""
    descriptor, name = tempfile.mkstemp(prefix=PARTIAL_PREFIX, dir=folder)
    return os.fdopen(descriptor, "wb"), Path(name)


def close_durably(file: IO[bytes]) -> None:
    """Put a file's content on disk and close it, also where that fails."""
    with file:
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Put a folder's entries on disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_once(path: Path, content: bytes) -> None:
    """Write a whole file durably; raise ``FileExistsError`` where the name is taken."""
    file, partial = open_partial(path.parent)
    try:
        with file:
            file.write(content)
            close_durably(file)
        os.link(partial, path)
        sync_folder(path.parent)
    finally:
        partial.unlink()
