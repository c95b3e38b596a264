"""The two carriers' realms, fresh for each test, and the official schema."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.efile.exchange.conftest import official, schemas
from tests.efile.realms import Bureau, bureau

__all__ = ["agentur", "kommune", "official", "schemas"]


@pytest.fixture
def kommune(tmp_path: Path) -> Iterator[Bureau]:
    with bureau(tmp_path, "kommune") as opened:
        yield opened


@pytest.fixture
def agentur(tmp_path: Path) -> Iterator[Bureau]:
    with bureau(tmp_path, "agentur") as opened:
        yield opened
