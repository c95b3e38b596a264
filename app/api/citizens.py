"""``/api/v1``: handing in, receipt and status. Receipt codes never stand in a URL."""

import re
from typing import Annotated, Any
from urllib.parse import unquote

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from python_multipart.multipart import parse_options_header

from app.bodies import described_body, json_body
from app.house import House
from app.receiving import idempotency_key, receive_raw, receive_submission, refuse_too_large
from domain.post import Channel, Receipt
from domain.reasons import SENTENCES
from intake.printing import receipt_pdf
from intake.receipts import parse_code
from intake.status import SenderStatus, sender_status

_EXTENDED_NAME = re.compile(r"(?:^|;)\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)", re.IGNORECASE)


class CodeForm(BaseModel):
    """What a sender presents to see a submission again."""

    receipt_code: str = Field(max_length=100)


def citizens_router(house: House) -> APIRouter:
    """Return the routes of the citizens' app."""
    router = APIRouter(prefix="/api/v1", tags=["citizens"])
    code_form = Annotated[CodeForm, Depends(json_body(CodeForm))]

    @router.post("/submissions", status_code=201)
    async def submit(request: Request) -> JSONResponse:
        """Take in one or more files as ``multipart/form-data`` and return the receipt."""
        refuse_too_large(request, house)
        receipt = await receive_submission(request, house, channel=Channel.APP)
        return JSONResponse(receipt_json(receipt), 201)

    @router.put("/items", status_code=201)
    async def put_item(request: Request) -> JSONResponse:
        """Take in one file as the raw body; its name is in ``Content-Disposition``."""
        refuse_too_large(request, house)
        key = idempotency_key(request, house, {})
        name = _file_name(request)
        receipt = await receive_raw(request, house, channel=Channel.APP, key=key, name=name)
        return JSONResponse(receipt_json(receipt), 201)

    @router.post("/status", openapi_extra=described_body(CodeForm))
    def status(form: code_form) -> dict[str, Any]:
        """Return what has become of a submission."""
        receipt, items = sender_status(house.intake.database, house.receipts, form.receipt_code)
        return {**receipt_json(receipt), "items": [_status_json(item) for item in items]}

    @router.post("/receipts/pdf", openapi_extra=described_body(CodeForm))
    def pdf(form: code_form) -> Response:
        """Return the receipt as PDF."""
        with house.intake.database.reading() as connection:
            receipt = house.receipts.find(connection, parse_code(form.receipt_code))
        headers = {"Content-Disposition": 'attachment; filename="Eingangsbestaetigung.pdf"'}
        body = receipt_pdf(receipt, house=house.title)
        return Response(body, media_type="application/pdf", headers=headers)

    return router


def receipt_json(receipt: Receipt) -> dict[str, Any]:
    """Return the receipt as the API shows it; times in UTC."""
    return {
        "receipt_code": receipt.code,
        "submission_id": receipt.submission,
        "channel": receipt.channel,
        "received_at": receipt.received_at.isoformat(),
        "items": [
            {"name": item.name, "size": item.size, "sha256": item.sha256} for item in receipt.items
        ],
    }


def _status_json(status: SenderStatus) -> dict[str, Any]:
    sentence = SENTENCES[status.reason] if status.reason else None
    return {
        "name": status.item.name,
        "size": status.item.size,
        "sha256": status.item.sha256,
        "status": status.status,
        "reason": status.reason,
        "reason_de": sentence.de if sentence else None,
        "reason_en": sentence.en if sentence else None,
    }


def _file_name(request: Request) -> str:
    """Return the name in ``Content-Disposition``; ``filename*`` wins (RFC 6266, 4.3)."""
    disposition = request.headers.get("content-disposition", "")
    extended = _EXTENDED_NAME.search(disposition)
    if extended:
        return unquote(extended[1])
    _, options = parse_options_header(disposition)
    return options.get(b"filename", b"").decode("utf-8", "replace")
