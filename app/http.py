"""The HTTP application: machine interfaces, pages, errors, sessions."""

import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.sessions import SessionMiddleware

from app.api.citizens import citizens_router
from app.api.fachverfahren import fachverfahren_router
from app.bootstrap import read_secret
from app.house import House
from app.pages.router import mount_static, page_error, pages_router
from app.problems import MethodNotAllowedError, problem, status_of
from domain.errors import MalformedRequestError, NotFoundError, PoststelleError

LOG = logging.getLogger("poststelle.http")
_SESSION_SECONDS = 30 * 60
_MACHINE_PATHS = ("/api/", "/fv/", "/health")


def create_app(house: House) -> FastAPI:
    """Return the application of a house."""
    app = FastAPI(
        title="Poststelle", openapi_url="/api/openapi.json", docs_url=None, redoc_url=None
    )
    secret = read_secret(house.folder, "sessions").hex()
    app.add_middleware(
        SessionMiddleware,
        secret_key=secret,
        session_cookie="poststelle",
        max_age=_SESSION_SECONDS,
        same_site="strict",
        https_only=house.settings.base_url.startswith("https"),
    )
    app.middleware("http")(_edge)
    app.exception_handler(PoststelleError)(_on_error)
    app.exception_handler(RequestValidationError)(_on_malformed)
    app.exception_handler(HTTPException)(_on_routing)
    app.include_router(citizens_router(house))
    app.include_router(fachverfahren_router(house))
    app.include_router(pages_router(house))
    mount_static(app)

    @app.get("/health", tags=["operation"])
    def health() -> dict[str, str]:
        """Tell that the service answers and that its database does."""
        with house.intake.database.reading():
            return {"status": "ok"}

    return app


async def _edge(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
    """Answer every request, whatever happens, with a typed answer and safe headers."""
    try:
        response = await call(request)
    except Exception as error:  # noqa: BLE001 - the edge: no traceback at a user
        LOG.error("request failed: %s", type(error).__name__)  # noqa: TRY400 - no contents in logs
        response = await _on_error(request, PoststelleError())
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers.setdefault("X-Frame-Options", "DENY")
    if not request.url.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


async def _on_error(request: Request, error: Exception) -> Response:
    known = error if isinstance(error, PoststelleError) else PoststelleError()
    if status_of(known) >= HTTPStatus.INTERNAL_SERVER_ERROR:
        LOG.error("request failed: %s", known.code)
    if request.url.path.startswith(_MACHINE_PATHS):
        return problem(known)
    return page_error(request, known)


async def _on_malformed(request: Request, error: Exception) -> Response:
    del error
    return await _on_error(request, MalformedRequestError())


async def _on_routing(request: Request, error: Exception) -> Response:
    """Answer in our own form what the framework refuses: no such address, no such method."""
    status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.NOT_FOUND
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return await _on_error(request, MethodNotAllowedError())
    known = NotFoundError() if status == HTTPStatus.NOT_FOUND else MalformedRequestError()
    return await _on_error(request, known)
