"""The machine's clock and randomness keep what the ports promise."""

import datetime as dt
import uuid

from domain.ports import Clock, Randomness
from storage.system import SystemClock, SystemRandomness


def _time_of(clock: Clock) -> dt.datetime:
    return clock.now()


def _tokens_of(randomness: Randomness, sizes: list[int]) -> list[bytes]:
    return [randomness.token(size) for size in sizes]


def test_the_clock_tells_utc() -> None:
    before = dt.datetime.now(dt.UTC)
    now = _time_of(SystemClock())
    assert now.tzinfo is dt.UTC
    assert before <= now <= dt.datetime.now(dt.UTC)


def test_tokens_have_their_size_and_never_repeat() -> None:
    tokens = _tokens_of(SystemRandomness(), [0, 12, 32])
    assert [len(token) for token in tokens] == [0, 12, 32]
    assert len(set(_tokens_of(SystemRandomness(), [16] * 100))) == 100


def test_uuids_are_canonical_and_random() -> None:
    made = SystemRandomness().uuid()
    assert str(uuid.UUID(made)) == made
    assert uuid.UUID(made).version == 4
