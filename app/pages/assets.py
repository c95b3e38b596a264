"""Templates, styles and scripts: where they are and how they are served."""

from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send

from domain.errors import ConfigurationError

WEB = Path(__file__).resolve().parents[2] / "web"
TEMPLATES = WEB / "templates"
_STATIC = WEB / "static"
_KERN = WEB / "node_modules" / "@kern-ux" / "native" / "dist"


class _Assets(StaticFiles):
    """Files that a browser takes for what they are called and for nothing else."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_strictly(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Cache-Control"] = "public, max-age=300"
            await send(message)

        await super().__call__(scope, receive, send_strictly)


def mount_static(app: FastAPI) -> None:
    """Serve styles and scripts; raise ``ConfigurationError`` where KERN UX is not installed."""
    if not _KERN.is_dir():
        detail = "the front-end packages are missing; run npm ci in the folder web"
        raise ConfigurationError(detail)
    app.mount("/static/kern", _Assets(directory=_KERN), name="kern")
    app.mount("/static", _Assets(directory=_STATIC), name="static")
