"""Starts the program as its users do, in an environment of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

PROGRAM = Path(sys.executable).with_name("poststelle")
START_SECONDS = 60


def environment(data: Path, *, port: int = 8000, temp: Path | None = None) -> dict[str, str]:
    """Return a clean environment with a data folder, a port and a folder for temporary files."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POSTSTELLE_")}
    given = {"POSTSTELLE_DATA_DIR": str(data), "POSTSTELLE_PORT": str(port)}
    return {**kept, **given, **({"TMPDIR": str(temp)} if temp else {})}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(*words: str, env: Mapping[str, str], code: int = 0) -> str:
    """Run one command to its end and return what it printed."""
    done = subprocess.run(
        [PROGRAM, *words], env=env, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@contextmanager
def served(env: Mapping[str, str], log: Path) -> Iterator[str]:
    """Serve for as long as the context lasts and yield the base URL."""
    url = f"http://127.0.0.1:{env['POSTSTELLE_PORT']}"
    with log.open("wb") as handle:
        server = subprocess.Popen([PROGRAM, "serve"], env=env, stdout=handle, stderr=handle)
        try:
            _wait_until_up(url, server)
            yield url
        finally:
            server.terminate()
            server.wait(timeout=60)


def _wait_until_up(url: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        assert server.poll() is None, "the service ended at its start"
        try:
            httpx.get(f"{url}/health", timeout=5).raise_for_status()
        except httpx.HTTPError:
            assert time.monotonic() < deadline, "the service did not come up"
            time.sleep(0.1)
        else:
            return
