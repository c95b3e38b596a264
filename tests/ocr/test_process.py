"""The door to child processes: limits, failures, nothing left behind."""

import os
from pathlib import Path

import pytest

from ocr.process import Conversation, ProgramMissingError, ProgramTimeoutError, run


def test_a_program_runs_to_its_end_in_a_folder_and_without_a_shell(tmp_path: Path) -> None:
    ended = run(("pwd",), seconds=5, folder=tmp_path)
    assert (ended.code, ended.output.decode().strip()) == (0, str(tmp_path))
    assert run(("echo", "$PATH; ls"), seconds=5).output == b"$PATH; ls\n"


def test_a_program_sees_only_the_environment_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTSTELLE_SECRET", "geheim")
    names = {line.split("=")[0] for line in run(("env",), seconds=5).output.decode().splitlines()}
    assert names == {"LANG", "PATH"}


def test_an_exit_code_is_no_exception() -> None:
    assert run(("false",), seconds=5).code == 1


def test_a_missing_program_is_said() -> None:
    with pytest.raises(ProgramMissingError):
        run(("there-is-no-such-program",), seconds=5)
    with pytest.raises(ProgramMissingError):
        Conversation(("there-is-no-such-program",))


def test_a_program_that_hangs_is_killed() -> None:
    with pytest.raises(ProgramTimeoutError):
        run(("sleep", "30"), seconds=0.1)


def test_a_conversation_ends_with_its_process() -> None:
    talk = Conversation(("cat",))
    talk.requests.write(b"Hallo\n")
    talk.requests.flush()
    assert talk.answers.readline() == b"Hallo\n"
    assert talk.alive
    talk.requests.write(b"unsent")
    talk.close()
    assert not talk.alive
    with pytest.raises(ProcessLookupError):
        os.kill(talk.pid, 0)
