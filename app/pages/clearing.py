"""The clearing desk in the browser: what waits, why, what the page shows, and the decision."""

from collections.abc import Mapping
from http import HTTPStatus
from itertools import islice
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.pages.decision import Filing, of_form, of_proposal, problems_of
from app.pages.downloads import attachment, picture
from app.pages.forms import SignedForm
from app.pages.frame import Frame
from app.pages.sessions import Notice, leave_notice
from app.pages.wording import beginning
from domain.errors import NotAllowedNowError
from domain.ids import CarrierId, DocumentId
from domain.reading import ReadDocument
from intake.clearing import ClearingEntry

PAGE_WIDTH = 1000
"""Width in pixels of the page images."""

_LISTED = 100


class ClearingPages:
    """The pages of the clearing desk."""

    def __init__(self, frame: Frame) -> None:
        """Render in a frame."""
        self._frame = frame
        self._desk = frame.house.clearing
        self._policy = frame.house.intake.policy

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter()
        document = "/klaerung/{document}"
        router.add_api_route("/klaerung", self.waiting, methods=["GET"])
        router.add_api_route(document, self.show, methods=["GET"])
        router.add_api_route(document, self.settle, methods=["POST"])
        router.add_api_route(f"{document}/vorschlag", self.accept, methods=["POST"])
        router.add_api_route(f"{document}/seite/{{number}}", self.page, methods=["GET"])
        router.add_api_route(f"{document}/original", self.original, methods=["GET"])
        return router

    def waiting(self, request: Request) -> Response:
        """List what waits, oldest first."""
        self._frame.desk(request)
        # One more than is shown tells whether there are more.
        found = tuple(islice(self._desk.waiting(), _LISTED + 1))
        said = {
            "entries": found[:_LISTED],
            "more": len(found) > _LISTED,
            "catalogue": self._policy.catalogue,
        }
        return self._frame.page(request, "clearing_list.html", said)

    def show(self, request: Request, document: DocumentId) -> Response:
        """Show one document with its form."""
        self._frame.desk(request)
        entry = self._desk.entry(document)
        return self._page(request, entry, of_proposal(entry.decision), problems={})

    def settle(self, request: Request, document: DocumentId, form: SignedForm) -> Response:
        """File a document as the form says, or show what is wrong with it."""
        return self._settle(request, self._desk_entry(request, document), of_form(form))

    def accept(self, request: Request, document: DocumentId, form: SignedForm) -> Response:
        """File a document as it was proposed."""
        del form
        entry = self._desk_entry(request, document)
        return self._settle(request, entry, of_proposal(entry.decision))

    def page(self, request: Request, document: DocumentId, number: int) -> Response:
        """Return one page as an image."""
        actor = self._frame.desk(request).name
        return picture(self._desk.page(document, number, width=PAGE_WIDTH, actor=actor))

    def original(self, request: Request, document: DocumentId) -> Response:
        """Return the untouched content."""
        actor = self._frame.desk(request).name
        name = self._desk.entry(document).file_name
        media_type, content = self._desk.original(document, actor=actor)
        return attachment(name, media_type, content)

    def _desk_entry(self, request: Request, document: DocumentId) -> ClearingEntry:
        self._frame.desk(request)
        return self._desk.entry(document)

    def _settle(self, request: Request, entry: ClearingEntry, filing: Filing) -> Response:
        problems = problems_of(filing, self._policy)
        if problems:
            return self._page(request, entry, filing, problems=problems)
        actor = self._frame.desk(request).name
        self._desk.settle(entry.record.id, filing.correction(), actor=actor)
        leave_notice(request, Notice.FILED)
        return RedirectResponse(self._next(), HTTPStatus.SEE_OTHER)

    def _next(self) -> str:
        """Return where the next waiting document is shown, or the empty list."""
        try:
            entry = next(self._desk.waiting(), None)
        except NotAllowedNowError:
            # Somebody else has just settled it; the list shows what is left.
            entry = None
        return f"/klaerung/{entry.record.id}" if entry else "/klaerung"

    def _page(
        self,
        request: Request,
        entry: ClearingEntry,
        filing: Filing,
        *,
        problems: Mapping[str, str],
    ) -> Response:
        said: dict[str, Any] = {
            "entry": entry,
            "note": self._desk.note(entry.record.id),
            "beginnings": _beginnings(entry.record.reading),
            "pages": range(1, max(len(entry.record.reading.pages), 1) + 1),
            "filing": filing,
            "problems": problems,
            "proposal": not problems_of(of_proposal(entry.decision), self._policy),
            "policy": self._policy,
            "titles": [self._title(carrier) for carrier in entry.decision.carriers],
            "kinds": sorted(self._policy.catalogue, key=lambda kind: kind.title.casefold()),
        }
        status = HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK
        return self._frame.page(request, "clearing_document.html", said, status=status)

    def _title(self, carrier: CarrierId) -> str:
        return self._policy.carriers.carriers[carrier].title


def _beginnings(reading: ReadDocument) -> list[str]:
    """Return a sentence for each page on which another document may begin.

    Pages are counted as the page images here are, not as in the stack that they came from.
    """
    places = {number: place for place, number in enumerate(reading.pages, start=1)}
    return [
        beginning(places[boundary.page], boundary)
        for boundary in reading.suggested
        if boundary.page in places
    ]
