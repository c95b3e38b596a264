"""The strict reader of packages, for a receiver that trusts nobody.

Refuses paths, links, doubles, encryption, bombs, anything before the first member, and every
file that the message does not announce or whose digest is another. Nothing touches a disk.
"""

import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.errors import InvalidMessageError
from efile.exchange.formats import is_primary_file_name
from efile.exchange.messages import INFORMATION, parse_0101
from efile.exchange.packing import message_name
from efile.exchange.values import Announcement, PrimaryFile
from efile.exchange.xml import MESSAGE_LIMIT

_MESSAGE_NAME = re.compile(rf"[0-9a-f-]{{36}}_{re.escape(INFORMATION)}\.xml")
_MAGIC = b"PK\x03\x04"
_DIRECTORY_END = struct.Struct("<4s4H2LH")
_DIRECTORY_END_MAGIC = b"PK\x05\x06"
_ZIP64_LOCATOR_MAGIC = b"PK\x06\x07"
_ZIP64_LOCATOR_SIZE = 20
_DIRECTORY_ENTRY_LIMIT = 1024
_ENCRYPTED = 0x1
_ADMITTED_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_SMALL = 64 * 1024
"""Size in bytes up to which no compression ratio is a danger."""

_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a package may cost: sizes in bytes, ``ratio`` as size by compressed size."""

    archive: int = 256 * 1024 * 1024
    members: int = 8
    member: int = 128 * 1024 * 1024
    total: int = 256 * 1024 * 1024
    ratio: int = 100


@dataclass(frozen=True, slots=True)
class Package:
    """A package whose every file is the announced one."""

    announcement: Announcement
    xml: bytes
    files: Mapping[str, bytes]


def unpack(data: bytes, limits: Limits | None = None) -> Package:
    """Read a package, or raise ``InvalidMessageError``.

    1. The archive is no larger than allowed, begins with its first member and ends with a
       directory that is small, without comment and without ZIP64.
    2. Count, names, methods, sizes and ratios of all members are admitted, before any is read.
    3. Exactly one member is a message 0101, and its name carries its process id.
    4. The other members are exactly the announced files, by name, size and SHA-256.
    """
    bounds = limits or Limits()
    _check_archive(data, bounds)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            contents = _read_members(archive, bounds)
    except _DAMAGES:
        # These errors quote names of members, so they are not chained.
        detail = "the package is damaged"
        raise InvalidMessageError(detail) from None
    return _checked(contents)


def _check_archive(data: bytes, limits: Limits) -> None:
    """Look at both ends first: ``zipfile`` reads a directory of any size at once."""
    if len(data) > limits.archive or not data.startswith(_MAGIC):
        _refuse("the package is too large or no ZIP file")
    end = len(data) - _DIRECTORY_END.size
    if data[end - _ZIP64_LOCATOR_SIZE : end].startswith(_ZIP64_LOCATOR_MAGIC):
        _refuse("the package uses ZIP64")
    magic, *_, size, offset, _ = _DIRECTORY_END.unpack_from(
        data.rjust(_DIRECTORY_END.size), max(end, 0)
    )
    if magic != _DIRECTORY_END_MAGIC or offset + size != end:
        _refuse("the package does not end with its directory")
    if size > limits.members * _DIRECTORY_ENTRY_LIMIT:
        _refuse("the directory of the package is too large")


def _read_members(archive: zipfile.ZipFile, limits: Limits) -> dict[str, bytes]:
    members = archive.infolist()
    _check_members(members, limits)
    return {member.filename: _read_member(archive, member) for member in members}


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Read the declared size and not a byte more, as the declaration may be a lie."""
    with archive.open(member) as stream:
        return stream.read(member.file_size)


def _check_members(members: Sequence[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.members or len({one.filename for one in members}) != len(members):
        _refuse("the package has too many members or two of one name")
    if sum(member.file_size for member in members) > limits.total:
        _refuse("the package is too large when unpacked")
    for member in members:
        _check_member(member, limits)


def _check_member(member: zipfile.ZipInfo, limits: Limits) -> None:
    if not (is_primary_file_name(member.filename) or _MESSAGE_NAME.fullmatch(member.filename)):
        _refuse("a member has a name that no rule admits")
    if member.flag_bits & _ENCRYPTED or member.compress_type not in _ADMITTED_METHODS:
        _refuse("a member is encrypted or compressed by another method than deflate")
    largest = MESSAGE_LIMIT if _MESSAGE_NAME.fullmatch(member.filename) else limits.member
    if member.file_size > min(largest, limits.member):
        _refuse("a member is too large")
    if member.file_size > _SMALL and member.file_size > limits.ratio * member.compress_size:
        _refuse("a member is compressed beyond belief")


def _checked(contents: dict[str, bytes]) -> Package:
    messages = [name for name in contents if _MESSAGE_NAME.fullmatch(name)]
    if len(messages) != 1:
        _refuse("a package holds exactly one message")
    xml = contents.pop(messages[0])
    announcement = parse_0101(xml)
    if messages[0] != message_name(announcement.process_id):
        _refuse("the name of the message carries another process id")
    if contents.keys() != {file.name for file in announcement.files}:
        _refuse("the members are not the announced files")
    for file in announcement.files:
        _prove(file, contents[file.name])
    return Package(announcement, xml, contents)


def _prove(file: PrimaryFile, content: bytes) -> None:
    if len(content) != file.size or hashlib.sha256(content).hexdigest() != file.sha256:
        _refuse("a file is not the one that the message announces")


def _refuse(detail: str) -> None:
    raise InvalidMessageError(detail)
