"""The official xdomea 3.1.0 schema, which belongs to KoSIT and is not part of the project."""

import os
from pathlib import Path

import pytest

from efile.exchange.xml import Schema

_PROJECT = Path(__file__).parents[1]
_SCHEMAS = Path(os.environ.get("XDOMEA_SCHEMAS") or _PROJECT.parent / "shared" / "schemas")


@pytest.fixture(scope="session")
def schemas() -> Path:
    if not (_SCHEMAS / "xdomea-3.1.0" / "xdomea.xsd").is_file():
        pytest.skip("the official xdomea schemas are absent (set XDOMEA_SCHEMAS)")
    return _SCHEMAS


@pytest.fixture(scope="session")
def official(schemas: Path) -> Schema:
    return Schema(schemas / "xdomea-3.1.0" / "xdomea.xsd")
