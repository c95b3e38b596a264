"""Receipts (Eingangsbestätigungen): codes, sealing and finding them again.

A receipt code has 128 bits and is a secret of the sender. Only its digest is stored; the receipt
itself is sealed under a key derived from the code, so that the service can show it to whoever
presents the code and to nobody else.
"""

import base64
import json
import re
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from domain.errors import NotFoundError
from domain.ids import ItemId, ReceiptCode, Sha256, SubmissionId
from domain.ports import Randomness
from domain.post import Channel, Receipt, ReceivedItem
from intake.tables import SUBMISSIONS
from storage.columns import SealedColumns
from storage.keyring import derive_from, fingerprint, keyed_hash

_CODE = re.compile(r"[A-Z2-7]{26}")


def parse_code(text: str) -> ReceiptCode:
    """Read a receipt code as people write it, with blanks, hyphens or in lower case.

    Raises ``NotFoundError`` for anything that cannot be one.
    """
    code = re.sub(r"[\s-]", "", text).upper()
    if not _CODE.fullmatch(code):
        raise NotFoundError
    return ReceiptCode(code)


def receipt_digest(code: ReceiptCode) -> str:
    """Return what is stored instead of the code (hexadecimal)."""
    return fingerprint(code)


class ReceiptBook:
    """Derives codes, seals receipts and opens them for whoever holds the code."""

    def __init__(self, secret: bytes, randomness: Randomness) -> None:
        """Take the secret (32 bytes) of the public tier; it opens no document."""
        self._secret = secret
        self._randomness = randomness

    def code_for(self, channel: Channel, idempotency_key: str) -> ReceiptCode:
        """Derive the code that belongs to an idempotency key of a channel."""
        digest = keyed_hash(self._secret, f"receipt {channel} {idempotency_key}", size=16)
        return ReceiptCode(base64.b32encode(digest).decode().rstrip("="))

    def seal(self, receipt: Receipt) -> bytes:
        """Seal a receipt under its own code."""
        columns = self._columns(receipt.code)
        return columns.seal(_encode(receipt), row=receipt.submission, column="receipt")

    def find(self, connection: Connection, code: ReceiptCode) -> Receipt:
        """Open the receipt that belongs to a code, or raise ``NotFoundError``."""
        query = select(SUBMISSIONS).where(SUBMISSIONS.c.receipt_digest == receipt_digest(code))
        row = connection.execute(query).first()
        if row is None:
            raise NotFoundError
        columns = self._columns(code)
        return _decode(columns.open(row.sealed_receipt, row=row.id, column="receipt"), code)

    def _columns(self, code: ReceiptCode) -> SealedColumns:
        return SealedColumns(derive_from(code.encode(), purpose="receipt"), self._randomness)


def _encode(receipt: Receipt) -> bytes:
    return json.dumps(
        {
            "submission": receipt.submission,
            "channel": receipt.channel,
            "received_at": receipt.received_at.isoformat(),
            "items": [[item.id, item.name, item.size, item.sha256] for item in receipt.items],
        }
    ).encode()


def _decode(data: bytes, code: ReceiptCode) -> Receipt:
    said: dict[str, Any] = json.loads(data)
    return Receipt(
        code=code,
        submission=SubmissionId(said["submission"]),
        channel=Channel(said["channel"]),
        received_at=datetime.fromisoformat(said["received_at"]),
        items=tuple(
            ReceivedItem(ItemId(item), name, size, Sha256(sha256))
            for item, name, size, sha256 in said["items"]
        ),
    )
