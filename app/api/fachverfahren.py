"""``/fv/v1``: a carrier's Fachverfahren pulls messages, acknowledges them, or refuses.

Which carrier it is stands in the credential (a bearer token), never in the URL.
"""

import hmac
from functools import partial
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from app.bodies import bounded_body, described_body, json_body
from app.bootstrap import read_secret
from app.house import House, Office
from domain.errors import NotSignedInError
from domain.ids import CarrierId, MessageId

_MAX_ANSWER = 1024 * 1024
_MAX_CURSOR = 2**63 - 1


class Refusal(BaseModel):
    """Why a Fachverfahren does not import a document."""

    reason: str = Field(min_length=1, max_length=500)


class Gatekeeper:
    """Tells from the credential which carrier's Fachverfahren is asking."""

    def __init__(self, house: House) -> None:
        """Know the token of each carrier."""
        self._house = house
        self._tokens = {
            name: read_secret(house.folder, f"fv-{name}").hex() for name in house.offices
        }

    def __call__(self, request: Request) -> Office:
        """Return the carrier's office, or raise ``NotSignedInError``."""
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        found: CarrierId | None = None
        for name, token in self._tokens.items():
            if hmac.compare_digest(given.strip().encode(), token.encode()):
                found = name
        if scheme.lower() != "bearer" or found is None:
            raise NotSignedInError
        return self._house.offices[found]


def fachverfahren_router(house: House) -> APIRouter:
    """Return the routes of the Fachverfahren of every carrier."""
    router = APIRouter(prefix="/fv/v1", tags=["fachverfahren"])
    office_of = Annotated[Office, Depends(Gatekeeper(house))]
    refusal_of = Annotated[Refusal, Depends(json_body(Refusal))]

    @router.get("/messages")
    def messages(
        office: office_of,
        after: Annotated[int, Query(ge=0, le=_MAX_CURSOR)] = 0,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> dict[str, Any]:
        """Return the messages that are not answered yet, in order, after a cursor."""
        waiting = office.delivery.waiting(after=after, limit=limit)
        return {
            "carrier": office.realm.carrier.id,
            "messages": [
                {
                    "seq": message.seq,
                    "id": message.id,
                    "state": message.state,
                    "created_at": message.created_at.isoformat(),
                }
                for message in waiting
            ],
        }

    @router.get("/messages/{message_id}")
    def package(message_id: str, office: office_of) -> StreamingResponse:
        """Return the package: the message and the files of the document in one ZIP."""
        content = office.delivery.package(MessageId(message_id), actor=_actor(office))
        name = f"{message_id}_Information.Information.0101.zip"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingResponse(content, media_type="application/zip", headers=headers)

    @router.post("/messages/{message_id}/receipt", status_code=204)
    async def receipt(message_id: str, request: Request, office: office_of) -> None:
        """Take the message 0102 by which the Fachverfahren confirms the receipt."""
        answer = await bounded_body(request, limit=_MAX_ANSWER)
        acknowledge = partial(office.delivery.acknowledge, actor=_actor(office))
        await to_thread.run_sync(acknowledge, MessageId(message_id), answer)

    @router.post(
        "/messages/{message_id}/refusal", status_code=204, openapi_extra=described_body(Refusal)
    )
    def refuse(message_id: str, office: office_of, refusal: refusal_of) -> None:
        """Take the refusal of a document with its reason."""
        office.delivery.refuse(MessageId(message_id), refusal.reason, actor=_actor(office))

    return router


def _actor(office: Office) -> str:
    return f"fachverfahren {office.realm.carrier.id}"
