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
from app.sheets import BATCH, CASE, KIND, sheet_wish
from domain.catalogue import FALLBACK, DocumentType
from domain.errors import PoststelleError, RefusedError
from domain.post import Channel
from intake.ledger import read_ledger
from intake.separators import MOST_SHEETS, separator_sheets_pdf

_SHEETS = "Bitte geben Sie eine ganze Zahl von 1 bis 500 ein."
_DEFAULT_SHEETS = "10"
_COUNT = "count"


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
        said = {name: form.one(name).strip() for name in (_COUNT, BATCH, KIND, CASE)}
        wish = sheet_wish(said, self._house.intake.policy.catalogue)
        count = _number(said[_COUNT])
        problems = ({} if count else {_COUNT: _SHEETS}) | dict(wish.problems)
        if problems or not count:
            shown = {"wish": said, "sheet_problems": problems}
            return self._page(request, shown, status=HTTPStatus.BAD_REQUEST)
        pdf = separator_sheets_pdf(
            count,
            key=self._house.separator_key,
            randomness=self._house.randomness,
            note=wish.note,
            title=wish.title,
        )
        return attachment("trennblaetter.pdf", "application/pdf", iter((pdf,)))

    def _page(
        self, request: Request, said: Mapping[str, Any], *, status: int = HTTPStatus.OK
    ) -> Response:
        with self._house.intake.database.reading() as connection:
            ledger = read_ledger(connection)
        shown = {
            "problem": "",
            "wish": {_COUNT: _DEFAULT_SHEETS},
            "sheet_problems": {},
            "kinds": self._kinds(),
            "ledger": ledger,
        }
        shown |= upload_limits(self._frame) | dict(said)
        return self._frame.page(request, "scan.html", shown, status=status)

    def _kinds(self) -> list[DocumentType]:
        """Return the types that a sheet may state, as people look for them."""
        catalogue = self._house.intake.policy.catalogue
        named = (kind for kind in catalogue if kind.code != FALLBACK)
        return sorted(named, key=lambda kind: kind.title.casefold())


def _check(request: Request, fields: Mapping[str, str]) -> None:
    check_token(request, fields.get(TOKEN_FIELD, ""))


def _number(text: str) -> int | None:
    """Return how many sheets were asked for, None if that many are not printed."""
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_SHEETS))):
        return None
    return int(text) if 1 <= int(text) <= MOST_SHEETS else None
