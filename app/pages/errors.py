"""Errors as pages: a sentence in plain language and the way on, never a trace or a detail."""

from http import HTTPStatus
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.pages.frame import Frame, render
from app.problems import status_of
from domain.errors import NotSignedInError, PoststelleError

_TITLES = {
    HTTPStatus.NOT_FOUND: "Nicht gefunden",
    HTTPStatus.FORBIDDEN: "Keine Berechtigung",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Zu groß",
    HTTPStatus.CONFLICT: "Nicht mehr möglich",
    HTTPStatus.SERVICE_UNAVAILABLE: "Gerade nicht verfügbar",
}
_FALLBACK_TITLE = "Das hat nicht geklappt"


def page_error(request: Request, error: PoststelleError) -> Response:
    """Return the page for an error; whoever is not signed in is led to the sign-in."""
    if isinstance(error, NotSignedInError):
        return _to_sign_in(request)
    status = HTTPStatus(status_of(error))
    said = {"title": _TITLES.get(status, _FALLBACK_TITLE), "sentence": error.de}
    frame = getattr(request.state, "frame", None)
    if isinstance(frame, Frame):
        return frame.page(request, "error.html", said, status=status)
    # An address without a page belongs to no frame.
    return render(request, "error.html", said, status=status)


def _to_sign_in(request: Request) -> Response:
    back = f"?zurueck={quote(request.url.path)}" if request.method == "GET" else ""
    response = RedirectResponse(f"/anmelden{back}", HTTPStatus.SEE_OTHER)
    response.headers["Cache-Control"] = "no-store"
    return response
