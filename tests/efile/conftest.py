"""The two carriers' realms, fresh for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.efile.realms import Bureau, bureau


@pytest.fixture
def kommune(tmp_path: Path) -> Iterator[Bureau]:
    with bureau(tmp_path, "kommune") as opened:
        yield opened


@pytest.fixture
def agentur(tmp_path: Path) -> Iterator[Bureau]:
    with bureau(tmp_path, "agentur") as opened:
        yield opened
