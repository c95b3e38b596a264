"""One carrier's e-file in the browser: inbox, search, case, document.

Only caseworkers of that carrier get in. For everybody else there is nothing here, not even the
fact that there might be something.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from app.accounts import Account, Role
from app.house import Office
from app.pages.downloads import attachment, picture
from app.pages.forms import SignedForm
from app.pages.frame import Frame
from domain.errors import MalformedRequestError, NotFoundError
from domain.ids import CarrierId, CaseFileId, DocumentId
from domain.letters import Rendition
from domain.lifecycle import MessageState
from efile.library import FiledDocument
from efile.search import Hits

PAGE_WIDTH = 1000
"""Width in pixels of the page images."""

_INBOX_PAGE = 25
_HITS_PAGE = 20
_NO_WORD = "Bitte geben Sie mindestens ein und höchstens 32 Wörter ein."
_KEPT = {"original": Rendition.ORIGINAL, "pdfa": Rendition.PDFA}

PageNumber = Annotated[int, Query(ge=1, le=100_000)]


class FilePages:
    """The pages of the caseworkers."""

    def __init__(self, frame: Frame) -> None:
        """Render in a frame."""
        self._frame = frame

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter(prefix="/akte/{carrier}")
        router.add_api_route("", self.inbox, methods=["GET"])
        router.add_api_route("/suche", self.ask, methods=["GET"])
        router.add_api_route("/suche", self.search, methods=["POST"])
        router.add_api_route("/fall/{case_id}", self.case, methods=["GET"])
        router.add_api_route("/dokument/{document}", self.document, methods=["GET"])
        router.add_api_route("/dokument/{document}/seite/{number}", self.page, methods=["GET"])
        router.add_api_route("/dokument/{document}/datei/{kept}", self.file, methods=["GET"])
        return router

    def inbox(self, request: Request, carrier: CarrierId, seite: PageNumber = 1) -> Response:
        """List what was filed, newest first, and what the Fachverfahren refused."""
        _, office = self._enter(request, carrier)
        offset = (seite - 1) * _INBOX_PAGE
        # One more than a page shows tells whether there is a next page.
        found = office.library.inbox(offset=offset, limit=_INBOX_PAGE + 1)
        refusals = [
            (office.library.document(document), reason)
            for document, reason in office.delivery.refusals().items()
        ]
        said = {
            "documents": found[:_INBOX_PAGE],
            "more": len(found) > _INBOX_PAGE,
            "number": seite,
            "refusals": refusals,
        }
        return self._page(request, office, said, template="inbox.html")

    def ask(self, request: Request, carrier: CarrierId) -> Response:
        """Show the search without words."""
        _, office = self._enter(request, carrier)
        return self._page(request, office, _searched("", problem=""), template="search.html")

    def search(self, request: Request, carrier: CarrierId, form: SignedForm) -> Response:
        """Search; the words come in the body because they may be names."""
        account, office = self._enter(request, carrier)
        words, offset = form.one("words").strip(), _offset(form.one("offset"))
        try:
            hits = office.search.find(words, actor=account.name, offset=offset, limit=_HITS_PAGE)
        except MalformedRequestError:
            said = _searched(words, problem=_NO_WORD)
            return self._page(
                request, office, said, template="search.html", status=HTTPStatus.BAD_REQUEST
            )
        return self._page(
            request, office, _found(words, hits, offset=offset), template="search.html"
        )

    def case(self, request: Request, carrier: CarrierId, case_id: CaseFileId) -> Response:
        """Show a case file: Akte, Vorgänge, Dokumente."""
        _, office = self._enter(request, carrier)
        case, processes = office.library.case(case_id)
        said = {"case": case, "processes": processes}
        return self._page(request, office, said, template="case.html")

    def document(self, request: Request, carrier: CarrierId, document: DocumentId) -> Response:
        """Show one document."""
        account, office = self._enter(request, carrier)
        filed = office.library.document(document)
        said = {
            "document": filed,
            "pages": range(1, max(filed.order.page_count, 1) + 1),
            "text": _text(office, filed, account),
            "refusal": _refusal(office, filed),
            "kept": {name: filed.part(rendition) for name, rendition in _KEPT.items()},
        }
        return self._page(request, office, said, template="document.html")

    def page(
        self, request: Request, carrier: CarrierId, document: DocumentId, *, number: int
    ) -> Response:
        """Return one page as an image."""
        account, office = self._enter(request, carrier)
        png = office.library.page(document, number, width=PAGE_WIDTH, actor=account.name)
        return picture(png)

    def file(
        self, request: Request, carrier: CarrierId, document: DocumentId, *, kept: str
    ) -> Response:
        """Return the untouched original or the PDF/A."""
        account, office = self._enter(request, carrier)
        rendition = _KEPT.get(kept)
        filed = office.library.document(document)
        part = filed.part(rendition) if rendition else None
        if rendition is None or part is None:
            raise NotFoundError
        content = office.library.content(document, rendition, actor=account.name)
        return attachment(_file_name(filed, rendition), part.media_type, content)

    def _enter(self, request: Request, carrier: CarrierId) -> tuple[Account, Office]:
        account = self._frame.signed_in(request)
        office = self._frame.house.offices.get(carrier)
        mine = account.role is Role.CASEWORKER and account.carrier == carrier
        if office is None or not mine:
            raise NotFoundError
        return account, office

    def _page(
        self,
        request: Request,
        office: Office,
        said: Mapping[str, Any],
        *,
        template: str,
        status: int = HTTPStatus.OK,
    ) -> Response:
        shown = {"carrier": office.realm.carrier, **said}
        return self._frame.page(request, template, shown, status=status)


def _searched(words: str, *, problem: str) -> dict[str, Any]:
    return {"words": words, "problem": problem, "hits": None, "offset": 0, "step": _HITS_PAGE}


def _found(words: str, hits: Hits, *, offset: int) -> dict[str, Any]:
    return {**_searched(words, problem=""), "hits": hits, "offset": offset}


def _offset(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= len("100000") else 0


def _text(office: Office, filed: FiledDocument, account: Account) -> str:
    """Open the recognised text; who reads it is on record like whoever reads the pages."""
    if filed.part(Rendition.TEXT) is None:
        return ""
    pieces = office.library.content(filed.id, Rendition.TEXT, actor=account.name)
    return b"".join(pieces).decode()


def _refusal(office: Office, filed: FiledDocument) -> str | None:
    if filed.message is not MessageState.REFUSED:
        return None
    return office.delivery.refusals().get(filed.id)


def _file_name(filed: FiledDocument, rendition: Rendition) -> str:
    name = filed.order.file_name
    if rendition is Rendition.ORIGINAL:
        return name
    stem, _, _ = name.rpartition(".")
    return f"{stem or name}.pdf"
