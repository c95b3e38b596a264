"""One warm reader for all tests that do not break it."""

from collections.abc import Callable, Iterator, Sequence

import pytest

from domain.reading import Barcode, Reading, SheetNote
from ocr.sandbox import SandboxedReader
from tests.ocr import samples

Read = Callable[[bytes], Reading]


def genuine(barcodes: Sequence[Barcode]) -> dict[int, SheetNote]:
    """Recognise the separator sheets of the samples, which say nothing."""
    return {code.page: SheetNote() for code in barcodes if code.text == samples.SEPARATOR}


@pytest.fixture(scope="session")
def reader() -> Iterator[SandboxedReader]:
    with SandboxedReader() as shared:
        yield shared


@pytest.fixture
def read(reader: SandboxedReader) -> Read:
    return lambda content: reader.read(content, name="item", separators=genuine)
