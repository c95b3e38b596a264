"""Damaged items of every format: always an outcome, and the reader goes on."""

import random

import pytest

from domain.reading import Outcome
from ocr.sandbox import SandboxedReader
from tests.ocr import samples
from tests.ocr.conftest import Read

TINY = samples.picture(("Brief",)).resize((200, 280))
ITEMS = {
    "pdf": samples.text_pdf(2),
    "signed": samples.signed_pdf(),
    "jpeg": samples.saved(TINY, "JPEG"),
    "png": samples.saved(TINY, "PNG"),
    "tiff": samples.saved(TINY.convert("1"), "TIFF", compression="group4"),
    "webp": samples.saved(TINY, "WEBP"),
    "heic": samples.saved(TINY, "HEIF"),
    "mail": samples.mail(("a.pdf", "application/pdf", samples.text_pdf())).as_bytes(),
}
ROUNDS = 4


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return content with some bytes changed, and a piece cut out."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 10, 100))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    start = chance.randrange(len(changed))
    del changed[start : start + chance.choice((0, 1, 200))]
    return bytes(changed)


@pytest.mark.parametrize("name", ITEMS)
def test_damage_is_an_outcome(read: Read, name: str) -> None:
    chance = random.Random(f"{name}-1")  # noqa: S311 - repeatable, not secret
    for _ in range(ROUNDS):
        reading = read(damaged(ITEMS[name], chance))
        assert (reading.outcome is Outcome.ACCEPTED) is bool(reading.documents)
        assert (reading.outcome is Outcome.ACCEPTED) is (reading.reason is None)


def test_afterwards_the_reader_reads(reader: SandboxedReader, read: Read) -> None:
    reader.probe()
    assert read(samples.text_pdf()).outcome is Outcome.ACCEPTED
