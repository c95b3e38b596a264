"""Serving: HTTP, watched folders and workers, from start to an orderly end."""

import logging
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from app.house import House
from app.http import create_app
from app.runner import running
from app.watching import FolderWatch
from domain.errors import ConfigurationError

_START_SECONDS = 30
_POLL_SECONDS = 0.05


@contextmanager
def serving(house: House) -> Iterator[None]:
    """Serve for as long as the context lasts; returns when requests are answered."""
    settings = house.settings
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(house),
            host=settings.host,
            port=settings.port,
            log_level=logging.WARNING,
            access_log=False,
            server_header=False,
        )
    )
    listener = _listen(settings.host, settings.port)
    thread = threading.Thread(target=server.run, args=([listener],), name="http", daemon=True)
    watch = FolderWatch(house) if settings.watch_folders else None
    with running(house):
        thread.start()
        _wait_until_started(server)
        if watch:
            watch.start()
        try:
            yield
        finally:
            if watch:
                watch.stop()
            server.should_exit = True
            thread.join()


def serve_until_stopped(house: House) -> None:
    """Serve until SIGINT or SIGTERM arrives."""
    with serving(house):
        print(f"Poststelle: {house.settings.base_url}", flush=True)  # noqa: T201 - for people
        wait_for_signal()


def wait_for_signal() -> None:
    """Return when SIGINT or SIGTERM arrives."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    stopped.wait()


def _listen(host: str, port: int) -> socket.socket:
    """Take the address first, so that a taken port is one clear sentence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        detail = f"{host}:{port} is not free; choose another with POSTSTELLE_PORT"
        raise ConfigurationError(detail) from error
    return listener


def _wait_until_started(server: uvicorn.Server) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not server.started:
        if time.monotonic() > deadline:
            detail = "the HTTP service did not start"
            raise ConfigurationError(detail)
        time.sleep(_POLL_SECONDS)
