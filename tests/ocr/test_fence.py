"""What a fenced worker can see and do without bubblewrap, told from behind the fence."""

import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import ocr
from domain.errors import SandboxUnavailableError
from domain.reading import Outcome
from domain.reasons import Reason
from ocr.confinement import Sandbox, held, interpreter, scratch_folder
from ocr.limits import Limits
from ocr.process import Conversation, Ended, run
from ocr.sandbox import SandboxedReader
from tests.ocr import samples

_MIB = 1024 * 1024
LIMITS = Limits(memory_bytes=512 * _MIB, scratch_bytes=16 * _MIB)
_TRY = """
def fails(act, *arguments):
    try:
        act(*arguments)
    except OSError as error:
        return True
    return False
"""


@pytest.fixture
def scratch() -> Iterator[Path]:
    with scratch_folder() as folder:
        yield Path(folder)


def behind(script: str, scratch: Path, *arguments: str) -> Ended:
    lines = f"import json, os, socket, sys, threading\n{_TRY}\n"
    fenced = f"{lines}from ocr.fence import enclose\nenclose()\n{script}"
    program = (*interpreter(), "-c", fenced, *arguments)
    start = held(Sandbox.LIMITS, program, limits=LIMITS, scratch=scratch)
    return run(start.command, seconds=30, environment=start.environment)


def told(script: str, scratch: Path, *arguments: str) -> Any:  # noqa: ANN401 - whatever it tells
    ended = behind(f"{script}\nprint(json.dumps(answer))", scratch, *arguments)
    assert ended.code == 0
    return json.loads(ended.output)


def test_no_socket_can_be_opened(scratch: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            pass  # from outside it can be reached
        script = (
            "families = (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK)\n"
            "answer = [fails(socket.socket, family) for family in families]\n"
            "answer.append(fails(socket.create_connection, ('127.0.0.1', int(sys.argv[1]))))\n"
            "answer.append(fails(socket.socketpair))"
        )
        assert told(script, scratch, str(port)) == [True] * 6


def test_files_outside_cannot_be_read_listed_or_written(scratch: Path, tmp_path: Path) -> None:
    key = tmp_path / "keys" / "intake.key"
    key.parent.mkdir()
    key.write_text("geheim")
    project = Path(ocr.__file__).parent.parent
    files = (key, Path(__file__), project / "pyproject.toml", Path("/etc/passwd"))
    folders = (key.parent, project / "storage", Path.home(), Path("/proc/1"), Path("/run"))
    assert all(path.is_file() for path in files)
    assert all(path.is_dir() for path in folders)
    script = "answer = [path for path in sys.argv[1:] if not fails(open, path, 'rb')]"
    assert told(script, scratch, *map(str, files), "/proc/self/environ", "/dev/mem") == []
    script = "answer = [path for path in sys.argv[1:] if not fails(os.listdir, path)]"
    assert told(script, scratch, *map(str, folders)) == []
    script = (
        "answer = [fails(open, sys.argv[1], 'r+b'), fails(os.unlink, sys.argv[1]),"
        " fails(os.truncate, sys.argv[1], 0), fails(os.rename, sys.argv[1], sys.argv[1] + '2'),"
        " fails(os.mkdir, sys.argv[1] + '3')]"
    )
    assert told(script, scratch, str(key)) == [True] * 5
    assert key.read_text() == "geheim"


def test_what_reading_needs_can_be_read_and_the_scratch_folder_written(scratch: Path) -> None:
    script = (
        "import tempfile\n"
        "from ocr.classify import Classifier\n"
        "Classifier.load()\n"
        "with tempfile.NamedTemporaryFile() as file:\n"
        "    file.write(b'x')\n"
        "    answer = [file.name, len(os.listdir(os.path.dirname(json.__file__))) > 1]"
    )
    name, listed = told(script, scratch)
    assert Path(name).parent == scratch
    assert listed


def test_no_program_can_be_started(scratch: Path) -> None:
    script = (
        "import subprocess\n"
        "answer = [fails(os.execv, '/usr/bin/true', ['true']), fails(os.fork),"
        " fails(subprocess.run, ['/usr/bin/true'])]"
    )
    assert told(script, scratch) == [True] * 3


def test_no_other_process_can_be_touched(scratch: Path) -> None:
    script = (
        "import resource\n"
        "pid = int(sys.argv[1])\n"
        "answer = [fails(os.kill, pid, 0), fails(os.kill, os.getpid(), 0),"
        " fails(resource.prlimit, pid, resource.RLIMIT_CORE), fails(os.pidfd_open, pid),"
        " fails(os.setpriority, os.PRIO_PROCESS, pid, 5),"
        " fails(open, f'/proc/{pid}/mem', 'rb')]"
    )
    assert told(script, scratch, str(os.getpid())) == [True] * 6


def test_threads_are_held_as_well(scratch: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    script = (
        "answer = []\n"
        "def look():\n"
        "    answer.append(fails(open, sys.argv[1]))\n"
        "    answer.append(fails(socket.socket))\n"
        "thread = threading.Thread(target=look)\n"
        "thread.start()\n"
        "thread.join()"
    )
    assert told(script, scratch, str(secret)) == [True, True]


def test_a_thread_that_runs_already_lets_no_fence_stand(scratch: Path) -> None:
    script = (
        "import threading\n"
        "from ocr.fence import FenceError, enclose\n"
        "wait = threading.Event()\n"
        "threading.Thread(target=wait.wait, daemon=True).start()\n"
        "try:\n"
        "    enclose()\n"
        "except FenceError:\n"
        "    print('refused')"
    )
    start = held(Sandbox.LIMITS, (*interpreter(), "-c", script), limits=LIMITS, scratch=scratch)
    ended = run(start.command, seconds=30, environment=start.environment)
    assert ended.output == b"refused\n"


def test_memory_is_limited(scratch: Path) -> None:
    assert behind("bytearray(600 * 1024 * 1024)", scratch).code == 1
    assert behind("bytearray(100 * 1024 * 1024)", scratch).code == 0


def test_nothing_of_the_environment_is_there(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POSTSTELLE_SECRET", "geheim")
    assert "POSTSTELLE_SECRET" not in told("answer = sorted(os.environ)", scratch)


def test_a_fenced_worker_ends_with_the_thread_that_started_it(scratch: Path) -> None:
    script = (
        "import time\n"
        "from ocr.fence import enclose\n"
        "enclose()\n"
        "print('up', flush=True)\n"
        "time.sleep(60)"
    )
    inner = held(Sandbox.LIMITS, (*interpreter(), "-c", script), limits=LIMITS, scratch=scratch)
    outer = (
        "import subprocess, sys\n"
        "child = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE)\n"
        "child.stdout.readline()\n"
        "print(child.pid, flush=True)\n"
        "sys.stdin.read()"
    )
    talk = Conversation((sys.executable, "-c", outer, *inner.command), inner.environment)
    child = int(talk.answers.readline())
    os.kill(talk.pid, signal.SIGKILL)
    talk.close()
    until = time.monotonic() + 5
    while Path(f"/proc/{child}/exe").exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert not Path(f"/proc/{child}/exe").exists()


def test_a_fenced_reader_reads_everything_but_office_files() -> None:
    with SandboxedReader(sandbox=Sandbox.LIMITS, limits=Limits(items_per_worker=4)) as reader:
        reader.probe()
        for content in (samples.text_pdf(), samples.jpeg(), b"Guten Tag", samples.signed_pdf()):
            reading = reader.read(content, name="x", separators=lambda _: {})
            assert reading.outcome is Outcome.ACCEPTED
        scan = reader.read(
            samples.scans(samples.picture(), name="TIFF"), name="x", separators=lambda _: {}
        )
        assert "Mietvertrag" in scan.documents[0].text
        office = reader.read(samples.docx(), name="x", separators=lambda _: {})
        assert (office.outcome, office.reason) == (Outcome.UNREADABLE, Reason.OFFICE_UNAVAILABLE)
        assert reader.render(samples.text_pdf(), page=1, width=300)


def test_a_fenced_worker_leaves_nothing_behind() -> None:
    with SandboxedReader(sandbox=Sandbox.LIMITS) as reader:
        reader.probe()
        (seat,) = reader._seats.queue
        assert seat._worker is not None
        pid = seat._worker.pid
        environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        (folder,) = (Path(one[7:].decode()) for one in environment if one.startswith(b"TMPDIR="))
        assert folder.is_dir()
        (folder / "rest").write_text("x")
    assert not folder.exists()
    assert not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize("part", ["restrict_files", "refuse_other_calls"])
def test_without_a_part_of_the_fence_nothing_is_read(scratch: Path, part: str) -> None:
    script = (
        "import ocr.fence\n"
        "def unknown(**_):\n"
        "    raise OSError(38, 'not in this kernel')\n"
        f"ocr.fence.{part} = unknown\n"
        "from ocr.worker import main\n"
        "main(['{}', 'limits'])"
    )
    start = held(Sandbox.LIMITS, (*interpreter(), "-c", script), limits=LIMITS, scratch=scratch)
    ended = run(start.command, seconds=30, environment=start.environment)
    assert (ended.code, ended.output) == (1, b"")


def test_a_worker_that_cannot_stand_is_no_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ocr.sandbox.interpreter", lambda: ["/usr/bin/false"])
    with (
        SandboxedReader(sandbox=Sandbox.LIMITS) as reader,
        pytest.raises(SandboxUnavailableError),
    ):
        reader.probe()
