from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.intake.mail_room import Post, open_post

# How long one example takes tells something about the machine and nothing about the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    with open_post(tmp_path / "house") as opened:
        yield opened
