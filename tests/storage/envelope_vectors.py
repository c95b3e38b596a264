"""The vectors of the container format, made from fixed seeds.

``python -m tests.storage.envelope_vectors`` writes them to tests/vectors/envelope/; the tests
compare what is stored with what is made here, so that the format cannot drift unseen.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from domain.ids import ObjectId, RealmId
from storage.envelope import DataKey, ObjectContext, Sealer, new_data_key
from tests.storage.seeded import SeededRandomness

FOLDER = Path(__file__).parents[1] / "vectors" / "envelope"
CHUNK_LOG2 = 6
CHUNK = 1 << CHUNK_LOG2
SEALED_CHUNK = CHUNK + 16
HEADER = 19
"""Length of a header with an empty stanza."""


@dataclass(frozen=True)
class Vector:
    """One container, where it belongs, and what must come of it."""

    name: str
    context: ObjectContext
    key: DataKey
    container: bytes
    stanza: bytes = b""
    content: bytes | None = None
    failure: str | None = None
    says: str = field(default="", compare=False)

    def encode(self) -> str:
        members: dict[str, Any] = {
            "says": self.says,
            "realm": self.context.realm,
            "object_id": self.context.object_id,
            "object_version": self.context.version,
            "data_key": self.key.hex(),
            "container": self.container.hex(),
        }
        if self.failure is None:
            members |= {"stanza": self.stanza.hex(), "content": (self.content or b"").hex()}
        else:
            members |= {"failure": self.failure}
        return json.dumps(members, indent=1, ensure_ascii=False) + "\n"


def sealed(name: str, size: int, *, stanza: bytes = b"", says: str = "") -> Vector:
    """Return an accepted container of ``size`` bytes of content."""
    randomness = SeededRandomness(name)
    context = ObjectContext(RealmId("kommune"), ObjectId(f"{randomness.uuid()}/1/original"))
    key = new_data_key(randomness)
    content = randomness.token(size)
    sealer = Sealer(key, context, randomness=randomness, stanza=stanza, chunk_log2=CHUNK_LOG2)
    container = sealer.update(content) + sealer.finish()
    return Vector(name, context, key, container, stanza, content, says=says)


def accepted() -> Iterator[Vector]:
    """Yield what every reader opens."""
    yield sealed("empty", 0, says="no content: one empty chunk")
    yield sealed("one_byte", 1, says="one short chunk")
    yield sealed("one_full_chunk", CHUNK, says="the only chunk is full")
    yield sealed("full_chunk_and_a_byte", CHUNK + 1, says="a full chunk and a short one")
    yield sealed("three_full_chunks", 3 * CHUNK, says="the last of three chunks is full")
    yield sealed("with_stanza", 100, stanza=b"stanza of a letter", says="the stanza is bound in")


def rejected() -> Iterator[Vector]:
    """Yield what every reader refuses, with the class of the failure."""
    for failure, made in (
        ("header", _bad_headers()),
        ("length", _bad_lengths()),
        ("authentication", _bad_chunks()),
        ("authentication", _bad_places()),
    ):
        yield from (replace(vector, failure=failure) for vector in made)


def _changed(base: Vector, name: str, container: bytes, *, says: str) -> Vector:
    return replace(base, name=name, container=container, content=None, says=says)


def _with_byte(container: bytes, at: int, value: int) -> bytes:
    return container[:at] + bytes([value]) + container[at + 1 :]


def _bad_headers() -> Iterator[Vector]:
    base = sealed("header", 10)
    c = base.container
    yield _changed(base, "nothing", b"", says="not a single byte")
    yield _changed(base, "magic", b"p" + c[1:], says="another magic")
    yield _changed(base, "version", _with_byte(c, 7, 2), says="container version 2")
    yield _changed(base, "suite", _with_byte(c, 8, 0), says="suite 0")
    long = c[:9] + (4097).to_bytes(2, "big") + bytes(4097) + c[11:]
    yield _changed(base, "stanza_too_long", long, says="a stanza of 4097 bytes")
    yield _changed(base, "chunk_too_small", _with_byte(c, 11, 5), says="chunks of 32 bytes")
    yield _changed(base, "chunk_too_large", _with_byte(c, 11, 21), says="chunks of 2 MiB")
    yield _changed(base, "cut_in_start", c[:9], says="ends before the stanza length")
    yield _changed(base, "cut_in_prefix", c[: HEADER - 1], says="ends in the nonce prefix")
    letter = sealed("header_letter", 10, stanza=b"stanza")
    cut = letter.container[: 11 + 3]
    yield _changed(letter, "cut_in_stanza", cut, says="ends in the stanza")


def _bad_lengths() -> Iterator[Vector]:
    base = sealed("length", CHUNK)
    c = base.container
    yield _changed(base, "no_chunk", c[:HEADER], says="a header without a chunk")
    yield _changed(base, "cut_in_tag", c[: HEADER + 15], says="shorter than a tag")
    short_key = replace(base, key=DataKey(base.key[:16]))
    yield _changed(short_key, "short_key", c, says="a data key of 16 bytes")
    yield _empty_chunk_behind_full()


def _empty_chunk_behind_full() -> Vector:
    base = sealed("empty_behind_full", CHUNK)
    randomness = SeededRandomness("empty chunk behind a full one")
    sealer = Sealer(base.key, base.context, randomness=randomness, chunk_log2=CHUNK_LOG2)
    header = sealer.update(bytes(CHUNK))
    # No writer does this, so the full chunk is taken out from inside.
    container = header + sealer._seal_full_chunk() + sealer.finish()
    return _changed(base, base.name, container, says="an empty chunk behind a full one")


def _bad_chunks() -> Iterator[Vector]:
    base = sealed("chunks", 2 * CHUNK + 5)
    c = base.container
    header, first, second = c[:HEADER], _chunk(c, 0), _chunk(c, 1)
    last = c[HEADER + 2 * SEALED_CHUNK :]
    other = sealed("chunks_of_another", 2 * CHUNK + 5).container
    for name, container, says in (
        ("cut_at_first_boundary", header + first, "only the first of three chunks"),
        ("cut_at_second_boundary", header + first + second, "the last chunk is missing"),
        ("cut_in_last_chunk", c[:-1], "the last byte is missing"),
        ("trailing_byte", c + b"\0", "a byte behind the end"),
        ("trailing_chunk", c + last, "the last chunk twice"),
        ("reordered", header + second + first + last, "two chunks exchanged"),
        ("dropped", header + second + last, "the first chunk is missing"),
        ("doubled", header + first + first + second + last, "the first chunk twice"),
        ("first_for_last", header + first + second + first, "the first chunk for the last"),
        ("flipped_content", _flipped(c, HEADER), "a flipped bit in the ciphertext"),
        ("flipped_tag", _flipped(c, len(c) - 1), "a flipped bit in the last tag"),
        ("flipped_prefix", _flipped(c, 12), "a flipped bit in the nonce prefix"),
        ("other_chunk_size", _with_byte(c, 11, 7), "another chunk size in the header"),
        ("chunk_of_another", header + first + _chunk(other, 1) + last, "a foreign chunk"),
    ):
        yield _changed(base, name, container, says=says)
    letter = sealed("chunks_letter", 10, stanza=b"stanza")
    flipped = _flipped(letter.container, 11)
    yield _changed(letter, "flipped_stanza", flipped, says="a flipped bit in the stanza")


def _bad_places() -> Iterator[Vector]:
    base = sealed("places", 10)
    for name, change, says in (
        ("other_realm", {"realm": RealmId("agentur")}, "asked for in another realm"),
        ("other_object", {"object_id": ObjectId("1/1/original")}, "asked for as another object"),
        ("other_version", {"version": 2}, "asked for as another version"),
        # The border between realm and object id is bound too.
        ("shifted_border", _shifted(base.context), "the same letters, divided otherwise"),
    ):
        context = replace(base.context, **change)
        yield replace(base, name=name, context=context, content=None, says=says)
    key = DataKey(_flipped(base.key, 0))
    yield replace(base, name="other_key", key=key, content=None, says="another data key")


def _shifted(context: ObjectContext) -> dict[str, Any]:
    return {
        "realm": RealmId(context.realm + context.object_id[0]),
        "object_id": ObjectId(context.object_id[1:]),
    }


def _chunk(container: bytes, index: int) -> bytes:
    start = HEADER + index * SEALED_CHUNK
    return container[start : start + SEALED_CHUNK]


def _flipped(data: bytes, at: int) -> bytes:
    return _with_byte(data, at, data[at] ^ 1)


def write_all(folder: Path) -> None:
    """Write every vector to its file."""
    for kind, vectors in (("accept", accepted()), ("reject", rejected())):
        for vector in vectors:
            target = folder / kind / f"{vector.name}.json"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(vector.encode(), encoding="utf-8")


if __name__ == "__main__":
    write_all(FOLDER)
