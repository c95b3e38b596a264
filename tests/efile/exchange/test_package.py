"""A package is a stream that proves its files, and the strict reader trusts nothing in it."""

import dataclasses
import hashlib
import io
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import IntegrityError, InvalidMessageError
from domain.ids import Sha256
from efile.exchange.messages import build_0101
from efile.exchange.package import Limits, pack, package_name, unpack
from tests.efile.exchange.examples import (
    ANNOUNCEMENT,
    ARCHIVE_PDF,
    CONTENTS,
    MESSAGE_NAME,
    PDFA_FILE,
    PHOTO,
    PHOTO_FILE,
    PROCESS,
    UUID,
    pieces,
    zipped,
)

XML = build_0101(ANNOUNCEMENT)
MEMBERS: list[tuple[str | zipfile.ZipInfo, bytes]] = [(MESSAGE_NAME, XML), *CONTENTS.items()]


def packed(files: dict[str, bytes] | None = None) -> bytes:
    chosen = CONTENTS if files is None else files
    return b"".join(pack(PROCESS, XML, ((name, pieces(one)) for name, one in chosen.items())))


def test_a_package_comes_back() -> None:
    package = unpack(packed())
    assert package.announcement == ANNOUNCEMENT
    assert package.xml == XML
    assert package.files == CONTENTS
    assert package_name(PROCESS) == f"{PROCESS}_Information.Information.0101.zip"


def test_a_package_is_an_ordinary_flat_zip_with_the_message_first() -> None:
    with zipfile.ZipFile(io.BytesIO(packed())) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [MESSAGE_NAME, PHOTO_FILE.name, PDFA_FILE.name]


def test_the_same_content_gives_the_same_bytes_in_whatever_pieces() -> None:
    whole = b"".join(pack(PROCESS, XML, ((name, [one]) for name, one in CONTENTS.items())))
    assert packed() == packed()
    assert unpack(whole) == unpack(packed())


def test_a_package_is_streamed_before_the_last_file_is_read() -> None:
    read: list[str] = []

    def files() -> Iterable[tuple[str, Iterable[bytes]]]:
        for name, content in CONTENTS.items():
            read.append(name)
            yield name, pieces(content)

    stream = pack(PROCESS, XML, files())
    first = next(stream)
    assert first.startswith(b"PK\x03\x04")
    assert read == []


def send(stream: Iterable[bytes], sent: bytearray) -> None:
    for piece in stream:
        sent += piece


@pytest.mark.parametrize(
    "files",
    [
        {},
        {PHOTO_FILE.name: PHOTO},
        {PHOTO_FILE.name: PHOTO, PDFA_FILE.name: ARCHIVE_PDF + b"x"},
        {PHOTO_FILE.name: PHOTO[:-1] + b"x", PDFA_FILE.name: ARCHIVE_PDF},
        {**CONTENTS, "../x.pdf": b"x"},
    ],
)
def test_a_wrong_set_of_files_never_becomes_a_package(files: dict[str, bytes]) -> None:
    sent = bytearray()
    stream = pack(PROCESS, XML, ((name, pieces(one)) for name, one in files.items()))
    with pytest.raises(IntegrityError):
        send(stream, sent)
    with pytest.raises(InvalidMessageError):
        unpack(bytes(sent))
    assert not zipfile.is_zipfile(io.BytesIO(sent))


def test_one_file_twice_is_refused() -> None:
    files = [(PHOTO_FILE.name, [PHOTO])] * 2
    with pytest.raises(IntegrityError):
        list(pack(PROCESS, XML, files))


@pytest.mark.parametrize("process", [UUID.format(9), "", "../x"])
def test_a_message_of_another_process_is_refused(process: str) -> None:
    with pytest.raises(InvalidMessageError):
        pack(process, XML, [])


def test_a_package_zipped_by_other_tools_is_read() -> None:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        assert unpack(zipped(reversed(MEMBERS), method=method)).files == CONTENTS


def with_member(name: str, content: bytes = b"x") -> bytes:
    return zipped([*MEMBERS, (name, content)])


def linked() -> bytes:
    info = zipfile.ZipInfo(PHOTO_FILE.name)
    info.external_attr = 0o120777 << 16
    return zipped([(MESSAGE_NAME, XML), (info, b"/etc/passwd"), (PDFA_FILE.name, ARCHIVE_PDF)])


def doubled() -> bytes:
    """Hide one file behind the right one of the same name, which is patched in afterwards."""
    other = PHOTO_FILE.name.replace(UUID.format(4), UUID.format(8))
    data = zipped([(MESSAGE_NAME, XML), (other, b"hidden"), *CONTENTS.items()])
    return data.replace(other.encode(), PHOTO_FILE.name.encode())


def long_winded() -> bytes:
    """Write a directory that is far larger than its few members need."""
    info = zipfile.ZipInfo(PHOTO_FILE.name)
    info.comment = b"x" * 9000
    return zipped([(MESSAGE_NAME, XML), (info, PHOTO), (PDFA_FILE.name, ARCHIVE_PDF)])


def zip64() -> bytes:
    """Let a ZIP64 record tell the true size of the directory and the plain one another."""
    data = packed()
    size, offset = struct.unpack_from("<2L", data, len(data) - 10)
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 3, 3, size, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, offset + size, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 3, 3, size + 76, offset, 0)
    return data[:-22] + record + locator + end


def encrypted() -> bytes:
    data = bytearray(zipped(MEMBERS, method=zipfile.ZIP_STORED))
    entry = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[entry + 8] |= 1
    return bytes(data)


def bomb() -> bytes:
    return zipped([(MESSAGE_NAME, XML), (PHOTO_FILE.name, bytes(2_000_000))])


def lying_bomb() -> bytes:
    """A directory that declares a hundred bytes for a member that unpacks to two million."""
    data = bomb()
    return data.replace(struct.pack("<L", 2_000_000), struct.pack("<L", 100))


def swapped_digest() -> bytes:
    return zipped([(MESSAGE_NAME, XML), (PHOTO_FILE.name, ARCHIVE_PDF), (PDFA_FILE.name, PHOTO)])


def same_size() -> bytes:
    changed = bytes(len(PHOTO))
    return zipped([(MESSAGE_NAME, XML), (PHOTO_FILE.name, changed), MEMBERS[2]])


HOSTILE = {
    "empty": b"",
    "no ZIP": b"%PDF-1.7 no package at all, but long enough to be looked at",
    "empty ZIP": zipped([]),
    "only the magic": b"PK\x03\x04",
    "cut off": packed()[:-30],
    "without its first bytes": packed()[10:],
    "something before": b"#!/bin/sh\n" + packed(),
    "something after": packed() + b"x",
    "traversal": with_member("../../etc/cron.d/x"),
    "absolute path": with_member("/etc/passwd"),
    "backslashes": with_member("..\\x.pdf"),
    "folder": with_member("ordner/"),
    "in a folder": with_member(f"ordner/{PHOTO_FILE.name}"),
    "stranger": with_member("readme.txt"),
    "stranger with a fine name": with_member(f"{UUID.format(9)}_x.pdf"),
    "link": linked(),
    "double": doubled(),
    "long-winded directory": long_winded(),
    "ZIP64": zip64(),
    "something before that looks like a ZIP": b"PK\x03\x04 and more" + packed(),
    "encrypted": encrypted(),
    "bomb": bomb(),
    "lying bomb": lying_bomb(),
    "bzip2": zipped(MEMBERS, method=zipfile.ZIP_BZIP2),
    "missing file": zipped(MEMBERS[:2]),
    "missing message": zipped(MEMBERS[1:]),
    "two messages": with_member(f"{UUID.format(9)}_Information.Information.0101.xml", XML),
    "message of another process": zipped(
        [(f"{UUID.format(9)}_Information.Information.0101.xml", XML), *MEMBERS[1:]]
    ),
    "message that is none": zipped([(MESSAGE_NAME, b"<a/>"), *MEMBERS[1:]]),
    "wrong hash": same_size(),
    "files swapped": swapped_digest(),
    "comment": zipped(MEMBERS)[:-2] + struct.pack("<H", 3) + b"abc",
    "too many": zipped([*MEMBERS, *((f"{UUID.format(n)}_x.pdf", b"x") for n in range(9))]),
    "flipped bit": zipped(MEMBERS, method=zipfile.ZIP_STORED).replace(
        PHOTO[:9], b"\xff\xd9 a fict"
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_package_is_refused(name: str) -> None:
    with pytest.raises(InvalidMessageError) as caught:
        unpack(HOSTILE[name])
    assert caught.value.__cause__ is None


def test_a_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    data = lying_bomb()
    tracemalloc.start()
    try:
        with pytest.raises(InvalidMessageError):
            unpack(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000


def test_the_zip64_example_is_one_that_other_readers_accept() -> None:
    with zipfile.ZipFile(io.BytesIO(zip64())) as archive:
        assert len(archive.namelist()) == 3


def test_a_wrong_size_is_refused_even_if_the_digest_is_right() -> None:
    file = dataclasses.replace(PHOTO_FILE, size=PHOTO_FILE.size + 1)
    xml = build_0101(dataclasses.replace(ANNOUNCEMENT, files=(file,)))
    with pytest.raises(InvalidMessageError):
        unpack(zipped([(MESSAGE_NAME, xml), (file.name, PHOTO)]))
    with pytest.raises(IntegrityError):
        list(pack(PROCESS, xml, [(file.name, [PHOTO])]))


@pytest.mark.parametrize(
    "limits",
    [
        Limits(archive=100),
        Limits(members=2),
        Limits(member=1000),
        Limits(total=3000),
    ],
)
def test_every_limit_holds(limits: Limits) -> None:
    with pytest.raises(InvalidMessageError):
        unpack(packed(), limits)


def test_the_ratio_is_a_limit_of_its_own() -> None:
    page = bytes(200_000)
    digest = Sha256(hashlib.sha256(page).hexdigest())
    file = dataclasses.replace(PHOTO_FILE, size=len(page), sha256=digest)
    xml = build_0101(dataclasses.replace(ANNOUNCEMENT, files=(file,)))
    data = zipped([(MESSAGE_NAME, xml), (file.name, page)])
    assert len(zlib.compress(page)) * 100 < len(page)
    assert unpack(data, Limits(ratio=2000)).files == {file.name: page}
    with pytest.raises(InvalidMessageError):
        unpack(data, Limits(ratio=100))
    assert unpack(b"".join(pack(PROCESS, xml, [(file.name, [page])]))).files == {file.name: page}


@given(st.data())
def test_a_changed_byte_is_refused_or_changes_nothing(data: st.DataObject) -> None:
    package = bytearray(packed())
    position = data.draw(st.integers(0, len(package) - 1))
    package[position] ^= data.draw(st.integers(1, 255))
    try:
        assert unpack(bytes(package)).files == CONTENTS
    except InvalidMessageError:
        return
