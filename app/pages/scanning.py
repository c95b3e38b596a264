"""The scan desk: stacks come in here, separator sheets come out, and the ledger is shown."""

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

from anyio import to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.api.citizens import receipt_json
from app.pages.citizen import upload_limits
from app.pages.downloads import attachment
from app.pages.forms import TOKEN_FIELD, SignedForm
from app.pages.frame import PAGE_HEADERS, Frame
from app.pages.sessions import check_token
from app.problems import problem, status_of
from app.receiving import receive_submission, refuse_too_large
from domain.errors import MalformedRequestError, PoststelleError, RefusedError
from domain.post import Channel
from intake.ledger import read_ledger
from intake.separators import separator_sheets_pdf

_SHEETS = "Bitte geben Sie eine ganze Zahl von 1 bis 500 ein."
_DEFAULT_SHEETS = "10"


class ScanPages:
    """The pages of the scan desk."""

    def __init__(self, frame: Frame) -> None:
        """Render in a frame."""
        self._frame = frame
        self._house = frame.house

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter()
        router.add_api_route("/scan", self.show, methods=["GET"])
        router.add_api_route("/scan", self.take, methods=["POST"])
        router.add_api_route("/scan/trennblaetter", self.separators, methods=["POST"])
        return router

    def show(self, request: Request) -> Response:
        """Show the form for stacks, the sheets and the ledger."""
        self._frame.desk(request)
        return self._page(request, {})

    async def take(self, request: Request) -> Response:
        """Take scans; answers with JSON where a script asks for it."""
        self._frame.desk(request)
        scripted = "application/json" in request.headers.get("accept", "")
        try:
            refuse_too_large(request, self._house)
            receipt = await receive_submission(
                request, self._house, channel=Channel.SCAN, check=partial(_check, request)
            )
        except PoststelleError as error:
            if scripted:
                return problem(error)
            if not isinstance(error, RefusedError):
                raise
            said = {"problem": error.de}
            page = partial(self._page, request, said, status=status_of(error))
            return await to_thread.run_sync(page)
        if scripted:
            return JSONResponse(receipt_json(receipt), HTTPStatus.CREATED, PAGE_HEADERS)
        return self._frame.page(request, "receipt.html", {"receipt": receipt})

    def separators(self, request: Request, form: SignedForm) -> Response:
        """Print separator sheets."""
        self._frame.desk(request)
        count = form.one("count").strip()
        try:
            pdf = separator_sheets_pdf(
                _number(count), key=self._house.separator_key, randomness=self._house.randomness
            )
        except MalformedRequestError:
            said = {"sheets": count, "sheets_problem": _SHEETS}
            return self._page(request, said, status=HTTPStatus.BAD_REQUEST)
        return attachment("trennblaetter.pdf", "application/pdf", iter((pdf,)))

    def _page(
        self, request: Request, said: Mapping[str, Any], *, status: int = HTTPStatus.OK
    ) -> Response:
        with self._house.intake.database.reading() as connection:
            ledger = read_ledger(connection)
        shown = {"problem": "", "sheets": _DEFAULT_SHEETS, "sheets_problem": "", "ledger": ledger}
        shown |= upload_limits(self._frame) | dict(said)
        return self._frame.page(request, "scan.html", shown, status=status)


def _check(request: Request, fields: Mapping[str, str]) -> None:
    check_token(request, fields.get(TOKEN_FIELD, ""))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= len("500")):
        raise MalformedRequestError
    return int(text)
