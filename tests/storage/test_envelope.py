"""The container format: what it opens, and the many things it refuses."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import NotAllowedNowError, SealBrokenError
from domain.ids import ObjectId, RealmId
from storage.envelope import DataKey, ObjectContext, Sealer, new_data_key, unseal
from storage.system import SystemRandomness
from tests.storage import envelope_vectors
from tests.storage.envelope_vectors import CHUNK, CHUNK_LOG2, FOLDER, HEADER, SEALED_CHUNK
from tests.storage.seeded import SeededRandomness

CONTEXT = ObjectContext(RealmId("intake"), ObjectId("0000/1/original"))
KEY = DataKey(bytes(range(32)))


def _loaded(kind: str) -> list[Path]:
    found = sorted((FOLDER / kind).glob("*.json"))
    if not found:
        message = f"no {kind} vectors"
        raise RuntimeError(message)
    return found


def _read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def _opened(vector: dict[str, Any], stanzas: list[bytes]) -> bytes:
    context = ObjectContext(vector["realm"], vector["object_id"], vector["object_version"])

    def key_for(stanza: bytes) -> DataKey:
        stanzas.append(stanza)
        return DataKey(bytes.fromhex(vector["data_key"]))

    return b"".join(unseal([bytes.fromhex(vector["container"])], context, key_for=key_for))


def _sealed(content: bytes, *, stanza: bytes = b"", chunk_log2: int = CHUNK_LOG2) -> bytes:
    sealer = Sealer(
        KEY, CONTEXT, randomness=SeededRandomness("test"), stanza=stanza, chunk_log2=chunk_log2
    )
    return sealer.update(content) + sealer.finish()


def _unsealed(*pieces: bytes) -> bytes:
    return b"".join(unseal(pieces, CONTEXT, key_for=lambda _: KEY))


@pytest.mark.parametrize("path", _loaded("accept"), ids=lambda path: path.stem)
def test_accept_vectors_open(path: Path) -> None:
    vector = _read(path)
    stanzas: list[bytes] = []
    assert _opened(vector, stanzas) == bytes.fromhex(vector["content"])
    assert stanzas == [bytes.fromhex(vector["stanza"])]


@pytest.mark.parametrize("path", _loaded("reject"), ids=lambda path: path.stem)
def test_reject_vectors_fail_in_their_class(path: Path) -> None:
    vector = _read(path)
    stanzas: list[bytes] = []
    with pytest.raises(SealBrokenError) as caught:
        _opened(vector, stanzas)
    assert caught.value.detail.partition(":")[0] == vector["failure"]
    assert not (stanzas and vector["failure"] == "header")


def test_stored_vectors_are_those_that_the_code_makes(tmp_path: Path) -> None:
    envelope_vectors.write_all(tmp_path)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.glob("*/*")}
    stored = {path.relative_to(FOLDER): path.read_bytes() for path in FOLDER.glob("*/*")}
    assert made == stored


_BORDERS = st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK - 1])


@given(size=_BORDERS | st.integers(0, 4 * CHUNK), cuts=st.lists(st.integers(1, 150), min_size=1))
def test_content_comes_back_however_it_is_cut(size: int, cuts: list[int]) -> None:
    content = SeededRandomness("content").token(size)
    randomness = SystemRandomness()
    key = new_data_key(randomness)
    sealer = Sealer(key, CONTEXT, randomness=randomness, chunk_log2=CHUNK_LOG2)
    container = b"".join(map(sealer.update, _cut(content, cuts))) + sealer.finish()
    assert len(container) == HEADER + size + 16 * max(1, -(-size // CHUNK))
    pieces = unseal(_cut(container, cuts), CONTEXT, key_for=lambda _: key)
    assert b"".join(pieces) == content


def _cut(data: bytes, sizes: list[int]) -> Iterator[bytes]:
    at = 0
    for turn in range(len(data)):
        size = sizes[turn % len(sizes)]
        yield data[at : at + size]
        at += size


@given(st.binary(max_size=300))
def test_arbitrary_bytes_never_open(junk: bytes) -> None:
    with pytest.raises(SealBrokenError):
        _unsealed(junk)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_behind_a_good_header_never_open(junk: bytes) -> None:
    with pytest.raises(SealBrokenError):
        _unsealed(_sealed(b"")[:HEADER], junk)


@pytest.mark.parametrize("size", [0, 5, CHUNK, 2 * CHUNK + 5])
def test_every_truncation_is_refused(size: int) -> None:
    container = _sealed(bytes(size), stanza=b"stanza")
    for end in range(len(container)):
        with pytest.raises(SealBrokenError):
            _unsealed(container[:end])


def test_every_flipped_bit_is_refused() -> None:
    container = _sealed(bytes(CHUNK + 5), stanza=b"stanza")
    for bit in range(8 * len(container)):
        changed = bytearray(container)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealBrokenError):
            _unsealed(bytes(changed))


def test_only_verified_pieces_are_yielded() -> None:
    container = bytearray(_sealed(b"a" * CHUNK + b"b" * CHUNK + b"c"))
    container[HEADER + SEALED_CHUNK] ^= 1
    pieces = unseal([bytes(container)], CONTEXT, key_for=lambda _: KEY)
    assert next(pieces) == b"a" * CHUNK
    with pytest.raises(SealBrokenError):
        next(pieces)


def test_a_broken_container_is_not_read_to_its_end() -> None:
    drawn = []

    def endless() -> Iterator[bytes]:
        yield _sealed(b"")[:HEADER]
        while True:
            drawn.append(1)
            yield bytes(CHUNK)

    with pytest.raises(SealBrokenError):
        list(unseal(endless(), CONTEXT, key_for=lambda _: KEY))
    assert len(drawn) <= 2


@pytest.mark.parametrize(
    "other",
    [
        replace(CONTEXT, realm=RealmId("kommune")),
        replace(CONTEXT, object_id=ObjectId("0000/2/original")),
        replace(CONTEXT, version=2),
    ],
    ids=["realm", "object", "version"],
)
def test_a_container_opens_only_in_its_place(other: ObjectContext) -> None:
    with pytest.raises(SealBrokenError):
        list(unseal([_sealed(b"content")], other, key_for=lambda _: KEY))


def test_failures_of_the_key_lookup_pass_through() -> None:
    def key_for(_stanza: bytes) -> DataKey:
        raise LookupError

    with pytest.raises(LookupError):
        list(unseal([_sealed(b"content")], CONTEXT, key_for=key_for))


def test_chunks_of_256_kib_are_the_default_and_nothing_waits_longer() -> None:
    sealer = Sealer(KEY, CONTEXT, randomness=SeededRandomness("default"))
    chunk = 256 * 1024
    assert len(sealer.update(bytes(chunk))) == HEADER
    assert len(sealer.update(b"x")) == chunk + 16
    assert len(sealer.finish()) == 1 + 16


def test_the_same_content_never_looks_the_same() -> None:
    randomness = SystemRandomness()
    first, second = (Sealer(KEY, CONTEXT, randomness=randomness) for _ in range(2))
    assert first.update(b"content") + first.finish() != second.update(b"content") + second.finish()


def test_a_finished_sealer_takes_nothing_more() -> None:
    sealer = Sealer(KEY, CONTEXT, randomness=SeededRandomness("finished"))
    sealer.finish()
    with pytest.raises(NotAllowedNowError):
        sealer.finish()
    with pytest.raises(NotAllowedNowError):
        sealer.update(b"more")


@pytest.mark.parametrize(("stanza", "chunk_log2"), [(4097, 18), (0, 5), (0, 21)])
def test_a_sealer_writes_no_header_that_no_reader_opens(stanza: int, chunk_log2: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        _sealed(b"", stanza=bytes(stanza), chunk_log2=chunk_log2)


def test_the_longest_stanza_opens() -> None:
    assert _unsealed(_sealed(b"content", stanza=bytes(4096))) == b"content"


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Sealer(DataKey(bytes(16)), CONTEXT, randomness=SeededRandomness("key"))
