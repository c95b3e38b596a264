"""What citizens see: handing in, the receipt, and asking what became of it.

Sets no cookie. The receipt code is a secret: it travels in bodies, never in an address.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.pages.downloads import attachment
from app.pages.forms import PlainForm
from app.pages.frame import Frame
from app.problems import status_of
from app.receiving import receive_submission, refuse_too_large
from domain.errors import NotAllowedNowError, NotFoundError, RefusedError
from domain.post import Channel
from intake.printing import receipt_pdf
from intake.receipts import parse_code
from intake.status import sender_status

ACCEPTED = "image/*,.pdf,.heic,.heif,.tif,.tiff,.docx,.odt,.eml,.txt"
"""What the file dialogue offers; what a file really is, its content tells."""

_UNASKED: Mapping[str, Any] = {"code": "", "problem": "", "receipt": None, "items": ()}


class CitizenPages:
    """The pages without sign-in."""

    def __init__(self, frame: Frame) -> None:
        """Render in a frame."""
        self._frame = frame
        self._house = frame.house

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter()
        router.add_api_route("/", self.form, methods=["GET"])
        router.add_api_route("/abgeben", self.again, methods=["GET"])
        router.add_api_route("/abgeben", self.hand_in, methods=["POST"])
        router.add_api_route("/bestaetigung", self.paper, methods=["POST"])
        router.add_api_route("/status", self.ask, methods=["GET"])
        router.add_api_route("/status", self.answer, methods=["POST"])
        return router

    def form(self, request: Request) -> Response:
        """Show the form for handing in."""
        return self._form(request, problem="")

    def again(self, request: Request) -> Response:
        """Show the form to whoever reloads the address that takes it."""
        return self._form(request, problem="")

    async def hand_in(self, request: Request) -> Response:
        """Take what a browser without scripts sends, and show the receipt."""
        try:
            refuse_foreign(request)
            refuse_too_large(request, self._house)
            receipt = await receive_submission(request, self._house, channel=Channel.APP)
        except RefusedError as error:
            return self._form(request, problem=error.de, status=status_of(error))
        return self._frame.page(request, "receipt.html", {"receipt": receipt})

    def paper(self, form: PlainForm) -> Response:
        """Return the confirmation of receipt as PDF to whoever holds the code."""
        with self._house.intake.database.reading() as connection:
            receipt = self._house.receipts.find(connection, parse_code(form.one("receipt_code")))
        pdf = receipt_pdf(receipt, house=self._house.title)
        return attachment("Eingangsbestaetigung.pdf", "application/pdf", iter((pdf,)))

    def ask(self, request: Request) -> Response:
        """Ask for a receipt code."""
        return self._status(request, _UNASKED)

    def answer(self, request: Request, form: PlainForm) -> Response:
        """Tell whoever holds the code what became of each item."""
        code = form.one("receipt_code")
        database = self._house.intake.database
        try:
            receipt, items = sender_status(database, self._house.receipts, code)
        except NotFoundError:
            problem = "Zu diesem Eingangscode gibt es keine Sendung. Bitte prüfen Sie den Code."
            said = {**_UNASKED, "code": code, "problem": problem}
            return self._status(request, said, status=HTTPStatus.NOT_FOUND)
        said = {**_UNASKED, "code": receipt.code, "receipt": receipt, "items": items}
        return self._status(request, said)

    def _form(self, request: Request, *, problem: str, status: int = HTTPStatus.OK) -> Response:
        said = {"problem": problem, **upload_limits(self._frame)}
        return self._frame.page(request, "upload.html", said, status=status)

    def _status(
        self, request: Request, said: Mapping[str, Any], *, status: int = HTTPStatus.OK
    ) -> Response:
        return self._frame.page(request, "status.html", said, status=status)


def upload_limits(frame: Frame) -> dict[str, Any]:
    """Return what a form for files must know; the key makes sending it twice harmless."""
    settings = frame.house.settings
    return {
        "max_bytes": settings.max_item_bytes,
        "max_items": settings.max_items,
        "accepted": ACCEPTED,
        "key": frame.house.randomness.uuid(),
    }


def refuse_foreign(request: Request) -> None:
    """Refuse a form that a page of another site has sent."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise NotAllowedNowError
