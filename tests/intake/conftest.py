from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.intake.mail_room import Post, open_post


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    with open_post(tmp_path / "house") as opened:
        yield opened
