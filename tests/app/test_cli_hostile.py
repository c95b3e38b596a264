"""A folder of hostile files through ``inspect``: one line each, the same in every run."""

import json
from pathlib import Path
from typing import Any

import pytest

from domain.reasons import Reason
from tests.e2e.running import environment, run
from tests.ocr.hostile import ANY, FILES

_REASONS = {str(reason) for reason in Reason}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Look at all of them twice, in one run each; two at a time."""
    folder = tmp_path_factory.mktemp("feindlich")
    for name, hostile in FILES.items():
        (folder / name).write_bytes(hostile.made())
    env = {**environment(folder / "data"), "POSTSTELLE_READER_SECONDS": "60"}
    command = ("inspect", "--json", "--jobs", "2", str(folder))
    return run(*command, env=env), run(*command, env=env)


@pytest.fixture(scope="module")
def lines(outputs: tuple[str, str]) -> dict[str, dict[str, Any]]:
    return {Path(one["file"]).name: one for one in map(json.loads, outputs[0].splitlines())}


def test_two_runs_say_the_same_to_the_byte(outputs: tuple[str, str]) -> None:
    assert outputs[0] == outputs[1]


def test_each_file_has_one_line_in_the_order_of_the_names(outputs: tuple[str, str]) -> None:
    names = [Path(json.loads(line)["file"]).name for line in outputs[0].splitlines()]
    assert names == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
def test_each_has_its_outcome(lines: dict[str, dict[str, Any]], name: str) -> None:
    line, reason = lines[name], FILES[name].reason
    assert line["reason"] is None or line["reason"] in _REASONS
    assert (line["outcome"] == "accepted") is (line["reason"] is None) is bool(line["documents"])
    assert reason == ANY or line["reason"] == reason


def test_nothing_of_the_machine_is_in_a_text_and_no_part_has_a_way(
    lines: dict[str, dict[str, Any]],
) -> None:
    documents = [document for line in lines.values() for document in line["documents"]]
    assert not any("root:" in document["text"] for document in documents)
    parts = [document["part"] for document in documents]
    assert not any("\0" in part for part in parts)
    assert len(documents) > len(FILES) / 3
