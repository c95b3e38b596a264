"""The demo: the whole sample post, every item at its expected place, exit 0."""

from pathlib import Path

from tests.e2e.running import environment, free_port, run


def test_every_item_of_the_sample_post_comes_to_its_place(tmp_path: Path) -> None:
    told = run("demo", env=environment(tmp_path / "data", port=free_port()), code=0)
    assert "NEIN" not in told
