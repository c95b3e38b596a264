"""Signing in and out. Tells nobody whether it was the name or the password that was wrong."""

from http import HTTPStatus

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.pages.forms import SignedForm
from app.pages.frame import Frame, home_of
from app.pages.sessions import Notice, begin_session, end_session, leave_notice, local_path

_WRONG = "Name oder Passwort sind falsch. Bitte versuchen Sie es noch einmal."


class SignInPages:
    """The door between the public pages and the desks."""

    def __init__(self, frame: Frame) -> None:
        """Render in a frame."""
        self._frame = frame

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter()
        router.add_api_route("/anmelden", self.form, methods=["GET"])
        router.add_api_route("/anmelden", self.enter, methods=["POST"])
        router.add_api_route("/abmelden", self.leave, methods=["POST"])
        return router

    def form(self, request: Request, zurueck: str = "") -> Response:
        """Ask for account and password."""
        return self._form(request, name="", back=zurueck)

    def enter(self, request: Request, form: SignedForm) -> Response:
        """Sign in and go on to where the person wanted to go."""
        name, back = form.one("name").strip(), form.one("zurueck")
        account = self._frame.house.accounts.sign_in(name, form.one("password"))
        if account is None:
            return self._form(request, name=name, back=back, problem=_WRONG)
        begin_session(request, account.name)
        return _go(local_path(back) or home_of(account))

    def leave(self, request: Request, form: SignedForm) -> Response:
        """Sign out."""
        del form
        end_session(request)
        leave_notice(request, Notice.SIGNED_OUT)
        return _go("/anmelden")

    def _form(self, request: Request, *, name: str, back: str, problem: str = "") -> Response:
        said = {"name": name, "back": local_path(back) or "", "problem": problem}
        status = HTTPStatus.UNAUTHORIZED if problem else HTTPStatus.OK
        return self._frame.page(request, "sign_in.html", said, status=status)


def _go(path: str) -> Response:
    response = RedirectResponse(path, HTTPStatus.SEE_OTHER)
    response.headers["Cache-Control"] = "no-store"
    return response
