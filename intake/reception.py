"""Reception: bytes come in, are sealed while they arrive, and the sender gets a receipt.

Holds public keys only: it cannot read again what it accepted. Nothing unsealed touches a disk.
The time of receipt is fixed when the last byte is in, and the receipt exists only when that and
one row in the database are durable.

Refuses empty items, items above the size limit, more items than allowed, and an idempotency key
that comes back with other content.
"""

import hashlib
import json
import unicodedata
from dataclasses import asdict, dataclass

from sqlalchemy.exc import IntegrityError as UniqueViolationError

from domain.errors import (
    EmptyItemError,
    IdempotencyConflictError,
    ItemTooLargeError,
    MalformedRequestError,
    NotFoundError,
    TooManyItemsError,
)
from domain.ids import INTAKE, ItemId, ObjectId, Sha256, SubmissionId
from domain.lifecycle import ItemState
from domain.ports import Clock, ObjectStore, Randomness
from domain.post import Channel, Receipt, ReceivedItem, SenderNote
from intake.receipts import ReceiptBook, receipt_digest
from intake.tables import ITEMS, SUBMISSIONS
from storage import sealing
from storage.database import RealmDatabase
from storage.envelope import ObjectContext, Sealer, new_data_key
from storage.jobs import JobQueue
from storage.sealing import RealmPublicKey

READ_JOB = "read"
MESSAGE_NAME = "Nachricht.txt"
"""The name of the item that the sender's message becomes."""

_MAX_NAME = 255
_MAX_KEY = 255
_MAX_NOTE = 4000


def item_key_info(item: ItemId) -> str:
    """Bind a sealed data key to its item."""
    return f"poststelle item {item}"


def item_label_info(item: ItemId) -> str:
    """Bind a sealed label to its item."""
    return f"poststelle label {item}"


def note_info(submission: SubmissionId) -> str:
    """Bind a sealed note to its submission."""
    return f"poststelle note {submission}"


@dataclass(frozen=True, slots=True)
class ReceptionLimits:
    """How much one submission may bring: bytes for each item, number of items."""

    item_bytes: int
    items: int


@dataclass(frozen=True, slots=True)
class ReceptionTools:
    """What reception works with; no private key is among it."""

    database: RealmDatabase
    jobs: JobQueue
    store: ObjectStore
    public: RealmPublicKey
    receipts: ReceiptBook
    limits: ReceptionLimits
    clock: Clock
    randomness: Randomness


class Reception:
    """Where every channel hands its post in."""

    def __init__(self, tools: ReceptionTools) -> None:
        """Receive into the realm ``intake``."""
        self._tools = tools

    def begin(self, channel: Channel, *, idempotency_key: str, note: SenderNote) -> "Arrival":
        """Begin a submission; the same key finds the receipt of the first time again."""
        if not 0 < len(idempotency_key) <= _MAX_KEY or not idempotency_key.isprintable():
            detail = f"an idempotency key has 1 to {_MAX_KEY} printable characters"
            raise MalformedRequestError(detail)
        if any(len(part) > _MAX_NOTE for part in (note.name, note.reference, note.message)):
            detail = f"name, reference and message have at most {_MAX_NOTE} characters"
            raise MalformedRequestError(detail)
        return Arrival(self._tools, channel, idempotency_key=idempotency_key, note=note)


class Arrival:
    """One submission while it arrives; call ``complete`` or ``abort`` at its end."""

    def __init__(
        self,
        tools: ReceptionTools,
        channel: Channel,
        *,
        idempotency_key: str,
        note: SenderNote,
    ) -> None:
        """Look whether this submission was received before."""
        self._tools = tools
        self._channel = channel
        self._note = note
        self._code = tools.receipts.code_for(channel, idempotency_key)
        self._submission = SubmissionId(tools.randomness.uuid())
        self._items: list[ArrivingItem] = []
        self._handed_over = False
        self._earlier = self._find()

    def item(self, name: str) -> "ArrivingItem":
        """Begin the next item of the submission."""
        if len(self._items) >= self._tools.limits.items:
            raise TooManyItemsError
        item = ArrivingItem(self._tools, clean_name(name), keep=self._earlier is None)
        self._items.append(item)
        return item

    def complete(self) -> Receipt:
        """Make the submission durable and return its receipt.

        Raises ``EmptyItemError`` without items and ``IdempotencyConflictError`` where the key
        was used for other content.
        """
        self._add_message()
        if not self._items:
            raise EmptyItemError
        if self._earlier is not None:
            return self._same_as(self._earlier)
        receipt = Receipt(
            code=self._code,
            submission=self._submission,
            channel=self._channel,
            received_at=self._tools.clock.now(),
            items=tuple(item.received for item in self._items),
        )
        for item in self._items:
            item.commit()
        self._handed_over = True
        try:
            self._write(receipt)
        except UniqueViolationError:
            self._handed_over = False
            self.abort()
            return self._same_as(self._earlier_receipt())
        return receipt

    def abort(self) -> None:
        """Leave nothing of this submission behind.

        Once its row may be durable nothing is removed here: a receipt must never outlive its
        content. What turns out to have no row is swept later.
        """
        if self._handed_over:
            return
        for item in self._items:
            item.abort()

    def _add_message(self) -> None:
        """Make what the sender wrote an item of its own: a note beside the files is read by none.

        It then goes the way of every document, and the receipt names it.
        """
        if self._note.message.strip():
            item = ArrivingItem(self._tools, MESSAGE_NAME, keep=self._earlier is None)
            self._items.append(item)
            item.write(self._note.message.encode(errors="replace"))
            item.finish()

    def _find(self) -> Receipt | None:
        try:
            return self._earlier_receipt()
        except NotFoundError:
            return None

    def _earlier_receipt(self) -> Receipt:
        with self._tools.database.reading() as connection:
            return self._tools.receipts.find(connection, self._code)

    def _same_as(self, earlier: Receipt) -> Receipt:
        if [item.sha256 for item in earlier.items] != [
            item.received.sha256 for item in self._items
        ]:
            raise IdempotencyConflictError
        return earlier

    def _write(self, receipt: Receipt) -> None:
        tools = self._tools
        note = json.dumps(asdict(self._note)).encode()
        with tools.database.transaction() as connection:
            connection.execute(
                SUBMISSIONS.insert().values(
                    id=receipt.submission,
                    channel=receipt.channel,
                    received_at=receipt.received_at,
                    receipt_digest=receipt_digest(receipt.code),
                    sealed_receipt=tools.receipts.seal(receipt),
                    sealed_note=sealing.seal(tools.public, note, info=note_info(self._submission)),
                )
            )
            for ordinal, item in enumerate(self._items):
                connection.execute(ITEMS.insert().values(item.row(receipt.submission, ordinal)))
                tools.jobs.enqueue(connection, READ_JOB, item.received.id)


class ArrivingItem:
    """One item while it arrives: counted, hashed and sealed piece by piece."""

    def __init__(self, tools: ReceptionTools, name: str, *, keep: bool) -> None:
        """Begin an object, unless the item only repeats what was received before."""
        self._tools = tools
        self._name = name
        self._id = ItemId(tools.randomness.uuid())
        self._object = ObjectId(f"{self._id}/received")
        self._key = new_data_key(tools.randomness)
        context = ObjectContext(INTAKE, self._object)
        self._sealer = Sealer(self._key, context, randomness=tools.randomness)
        self._writer = tools.store.writer(self._object) if keep else None
        self._finished = False
        self._committed = False
        self._hash = hashlib.sha256()
        self._size = 0

    def write(self, piece: bytes) -> None:
        """Take the next bytes; raise ``ItemTooLargeError`` above the limit."""
        self._size += len(piece)
        if self._size > self._tools.limits.item_bytes:
            raise ItemTooLargeError
        self._hash.update(piece)
        if self._writer is not None:
            self._writer.write(self._sealer.update(piece))

    def finish(self) -> None:
        """Close the seal; raise ``EmptyItemError`` if nothing came."""
        if self._size == 0:
            raise EmptyItemError
        self._finished = True
        if self._writer is not None:
            self._writer.write(self._sealer.finish())

    def commit(self) -> None:
        """Make the item durable; only the submission does this, when all of it is in.

        Raises ``MalformedRequestError`` for an item that was never finished: what was cut off
        must not get a receipt.
        """
        if not self._finished:
            detail = "an item has no end"
            raise MalformedRequestError(detail)
        if self._writer is not None:
            self._writer.commit()
            self._committed = True

    def abort(self) -> None:
        """Remove whatever was written of this item."""
        if self._committed:
            self._tools.store.delete(self._object)
        elif self._writer is not None:
            self._writer.abort()

    @property
    def received(self) -> ReceivedItem:
        """What the receipt says about this item."""
        return ReceivedItem(self._id, self._name, self._size, Sha256(self._hash.hexdigest()))

    def row(self, submission: SubmissionId, ordinal: int) -> dict[str, object]:
        """Return the row of this item; name, digest and data key only in sealed form."""
        public = self._tools.public
        label = json.dumps({"name": self._name, "sha256": self._hash.hexdigest()}).encode()
        return {
            "id": self._id,
            "submission_id": submission,
            "ordinal": ordinal,
            "object_id": self._object,
            "size": self._size,
            "sealed_key": sealing.seal(public, self._key, info=item_key_info(self._id)),
            "sealed_label": sealing.seal(public, label, info=item_label_info(self._id)),
            "state": ItemState.RECEIVED,
        }


def clean_name(name: str) -> str:
    """Return the last segment of a file name, at most 255 characters that show.

    What controls, breaks the line or turns the reading direction is left out.
    """
    last = name.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    kept = "".join(char for char in last if not _is_hidden(char))
    cleaned = unicodedata.normalize("NFC", kept).strip()[-_MAX_NAME:].strip()
    return cleaned if cleaned.strip(". ") else "ohne Namen"


def _is_hidden(char: str) -> bool:
    category = unicodedata.category(char)
    return category.startswith("C") or category in {"Zl", "Zp"}
