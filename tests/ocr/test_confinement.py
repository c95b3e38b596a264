"""What a program in the sandbox can see and do, told by a program in the sandbox."""

import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

import ocr
from domain.errors import ConfigurationError
from ocr.confinement import interpreter, sandboxed_command
from ocr.limits import Limits
from ocr.process import Ended, run
from ocr.sandbox import SandboxedReader

_MIB = 1024 * 1024
LIMITS = Limits(memory_bytes=512 * _MIB, scratch_bytes=16 * _MIB)


def inside(script: str, *arguments: str) -> Ended:
    command = sandboxed_command([*interpreter(), "-c", script, *arguments], LIMITS)
    return run(command, seconds=30)


def told(script: str, *arguments: str) -> Any:  # noqa: ANN401 - whatever the script tells
    ended = inside(f"import json, os, sys\n{script}\nprint(json.dumps(answer))", *arguments)
    assert ended.code == 0
    return json.loads(ended.output)


def test_a_sandbox_can_be_started() -> None:
    with SandboxedReader() as reader:
        reader.probe()


def test_there_is_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        with socket.create_connection(("127.0.0.1", int(port))):
            pass  # from outside it can be reached
        answer = told(
            "import socket\n"
            "answer = [name for _, name in socket.if_nameindex()]\n"
            "try:\n"
            "    socket.create_connection(('127.0.0.1', int(sys.argv[1])), 2)\n"
            "    answer.append('connected')\n"
            "except OSError:\n"
            "    pass",
            port,
        )
    assert answer == ["lo"]


def test_neither_home_nor_data_nor_the_rest_of_the_project_is_there(tmp_path: Path) -> None:
    secret = tmp_path / "intake.sqlite"
    secret.write_text("geheim")
    project = Path(ocr.__file__).parent.parent
    hidden = [secret, Path(__file__), project / "pyproject.toml", project / "storage"]
    hidden += map(Path, ("/etc/passwd", "/etc/shadow", "/var/lib", "/run", "/sys"))
    assert all(path.exists() for path in (secret, Path(__file__), Path("/etc/passwd")))
    script = "answer = [path for path in sys.argv[1:] if os.path.lexists(path)]"
    assert told(script, *map(str, hidden)) == []


def test_of_the_home_only_the_way_to_the_interpreter_is_there() -> None:
    home = Path.home()
    bound = (Path(sys.base_prefix), Path(sys.prefix), Path(ocr.__file__).parent.parent)
    ways = {path.relative_to(home).parts[0] for path in bound if path.is_relative_to(home)}
    script = "path = sys.argv[1]\nanswer = os.listdir(path) if os.path.isdir(path) else []"
    assert set(told(script, str(home))) <= ways


def test_nothing_but_the_scratch_folder_can_be_written() -> None:
    places = ["/usr", "/etc", sys.prefix, sys.base_prefix, str(Path(ocr.__file__).parent)]
    script = (
        "answer = []\n"
        "for place in sys.argv[1:]:\n"
        "    try:\n"
        "        open(place + '/canary', 'w').close()\n"
        "        answer.append(place)\n"
        "    except OSError:\n"
        "        pass"
    )
    assert told(script, "/tmp", *places) == ["/tmp"]  # noqa: S108 - the sandbox's own
    assert not Path("/tmp/canary").exists()  # noqa: S108 - the sandbox's was another one


def test_the_environment_of_the_service_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTSTELLE_SECRET", "geheim")
    names = set(told("answer = sorted(os.environ)"))
    assert names <= {
        "HOME", "LANG", "LC_CTYPE", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "PATH", "PWD",
        "PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "TMPDIR",
    }  # fmt: skip


def test_it_is_nobody_without_capabilities_among_its_own_processes() -> None:
    answer = told(
        "lines = open('/proc/self/status').read().splitlines()\n"
        "status = dict(line.split(':\\t') for line in lines if ':\\t' in line)\n"
        "answer = [os.getuid(), os.getgid(), int(status['CapEff'], 16),"
        " int(status['CapBnd'], 16), [p for p in os.listdir('/proc') if p.isdigit()]]"
    )
    assert answer[:4] == [65534, 65534, 0, 0]
    assert str(os.getpid()) not in answer[4]
    assert len(answer[4]) <= 2


def test_no_further_namespace_can_be_made() -> None:
    """Most of what a kernel offers to attackers is only reached as root of a namespace."""
    script = (
        "import ctypes\n"
        "answer = [ctypes.CDLL(None).unshare(flag) for flag in (0x10000000, 0x40000000)]"
    )
    assert told(script) == [-1, -1]


def test_memory_is_limited() -> None:
    assert inside("bytearray(600 * 1024 * 1024)").code == 1
    assert inside("bytearray(100 * 1024 * 1024)").code == 0


def test_scratch_space_is_limited() -> None:
    script = "open('/tmp/x', 'wb').write(bytes(int(sys.argv[1]) * 1024 * 1024))"
    assert inside(f"import sys\n{script}", "8").code == 0
    assert inside(f"import sys\n{script}", "24").code != 0


def test_a_machine_without_the_language_data_is_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ocr.sandbox.LANGUAGES", ("deu", "tlh"))
    with SandboxedReader() as reader, pytest.raises(ConfigurationError, match="tlh"):
        reader.probe()
