"""The writer of packages: a stream of bytes, never a file on a disk.

Every file is checked against its announced digest while it passes; on a mismatch the stream
ends without the ZIP's directory, so no receiver can take the torso for a package.
"""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator

from domain.errors import IntegrityError, InvalidMessageError
from efile.exchange.messages import INFORMATION, parse_0101
from efile.exchange.values import PrimaryFile


def message_name(process_id: str) -> str:
    """Name the XML inside a package."""
    return f"{process_id}_{INFORMATION}.xml"


def package_name(process_id: str) -> str:
    """Name a package on its way."""
    return f"{process_id}_{INFORMATION}.zip"


def pack(
    process_id: str, xml: bytes, files: Iterable[tuple[str, Iterable[bytes]]]
) -> Iterator[bytes]:
    """Yield the bytes of a package; the same input yields the same bytes.

    ``files`` brings every announced file once, as its name and its content in pieces. Raises
    ``InvalidMessageError`` for a message that is not this process's, ``IntegrityError`` as soon
    as a file is not what the message announces, or at the end if one is missing.
    """
    announcement = parse_0101(xml)
    if announcement.process_id != process_id:
        detail = "the message belongs to another process"
        raise InvalidMessageError(detail)
    announced = {file.name: file for file in announcement.files}
    return _stream(message_name(process_id), xml, files=files, announced=announced)


class _Sink:
    """Takes what ``zipfile`` writes until it is handed on; cannot seek, as a stream cannot."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Take a piece."""
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: pieces wait for ``drain``."""

    def close(self) -> None:
        """Do nothing: the last pieces are drained after the archive is closed."""

    def drain(self) -> bytes:
        """Hand on what was written since the last call."""
        data = b"".join(self._pieces)
        self._pieces.clear()
        return data


def _stream(
    name: str,
    xml: bytes,
    *,
    files: Iterable[tuple[str, Iterable[bytes]]],
    announced: dict[str, PrimaryFile],
) -> Iterator[bytes]:
    """Write the members in order.

    Level 0 stores the bytes inside the deflate format: scans do not get smaller, the result
    does not depend on the zlib at hand, and unlike stored members these can be read as a
    stream although their size follows them.
    """
    sink = _Sink()
    archive = zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=0)
    yield from _member(archive, sink, name=name, pieces=(xml,))
    for file_name, pieces in files:
        file = announced.pop(file_name, None)
        if file is None:
            detail = "a file that the message does not announce"
            raise IntegrityError(detail)
        yield from _member(archive, sink, name=file_name, pieces=_proved(file, pieces))
    if announced:
        detail = "a file that the message announces is missing"
        raise IntegrityError(detail)
    archive.close()
    yield sink.drain()


def _member(
    archive: zipfile.ZipFile, sink: _Sink, *, name: str, pieces: Iterable[bytes]
) -> Iterator[bytes]:
    with archive.open(name, "w") as member:
        for piece in pieces:
            member.write(piece)
            yield sink.drain()
    yield sink.drain()


def _proved(file: PrimaryFile, pieces: Iterable[bytes]) -> Iterator[bytes]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
        yield piece
    if size != file.size or digest.hexdigest() != file.sha256:
        detail = "a file is not the one that the message announces"
        raise IntegrityError(detail)
