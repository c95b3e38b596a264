"""Post on its way in: submissions, items and the receipt that proves their arrival."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from domain.ids import ItemId, ReceiptCode, Sha256, SubmissionId


class Channel(StrEnum):
    """How post reaches the house."""

    APP = "app"
    SCAN = "scan"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class SenderNote:
    """What the sender says about the submission; a hint, never a proof."""

    name: str = ""
    reference: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedItem:
    """One received file: its own name, size in bytes, and digest of the untouched content."""

    id: ItemId
    name: str
    size: int
    sha256: Sha256


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of receipt; ``received_at`` decides legal deadlines (§ 16(2) SGB I)."""

    code: ReceiptCode
    submission: SubmissionId
    channel: Channel
    received_at: dt.datetime
    items: tuple[ReceivedItem, ...]


class ItemStatus(StrEnum):
    """What a sender may know about the fate of an item."""

    IN_FLIGHT = "in_flight"
    CLEARING = "clearing"
    QUARANTINED = "quarantined"
    FILED = "filed"
