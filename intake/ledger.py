"""The ledger: for each channel, in = filed + clearing + quarantined + in flight, at any moment.

Counts items. The state of an item that was read is that of its documents: clearing while one of
them waits for a person, filed when all are filed, in flight otherwise.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from domain.lifecycle import DocumentState, ItemState
from domain.post import Channel, ItemStatus
from intake.tables import DOCUMENTS, ITEMS, SUBMISSIONS


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """The items of one channel; ``received`` is counted apart from where they are."""

    channel: Channel
    received: int
    filed: int
    clearing: int
    quarantined: int
    in_flight: int

    @property
    def balances(self) -> bool:
        """Tell whether everything that came in is accounted for."""
        return self.received == self.filed + self.clearing + self.quarantined + self.in_flight


def item_status(state: ItemState, documents: Iterable[DocumentState]) -> ItemStatus | None:
    """Derive where an item is; None if that cannot be told, which the ledger shows."""
    found = set(documents)
    match state:
        case ItemState.QUARANTINED:
            return ItemStatus.QUARANTINED
        case ItemState.RECEIVED:
            return ItemStatus.IN_FLIGHT
        case ItemState.READ if not found:
            return None
        case ItemState.READ if DocumentState.CLEARING in found:
            return ItemStatus.CLEARING
        case ItemState.READ if found == {DocumentState.FILED}:
            return ItemStatus.FILED
        case ItemState.READ:
            return ItemStatus.IN_FLIGHT


def read_ledger(connection: Connection) -> tuple[LedgerLine, ...]:
    """Count every channel in one consistent view."""
    received: Counter[str] = Counter(
        connection.execute(
            select(SUBMISSIONS.c.channel).join(ITEMS, ITEMS.c.submission_id == SUBMISSIONS.c.id)
        ).scalars()
    )
    placed = Counter(_placed(connection))
    return tuple(
        LedgerLine(
            channel=channel,
            received=received[channel],
            filed=placed[channel, ItemStatus.FILED],
            clearing=placed[channel, ItemStatus.CLEARING],
            quarantined=placed[channel, ItemStatus.QUARANTINED],
            in_flight=placed[channel, ItemStatus.IN_FLIGHT],
        )
        for channel in Channel
    )


def _placed(connection: Connection) -> Iterable[tuple[str, ItemStatus | None]]:
    query = (
        select(
            SUBMISSIONS.c.channel, ITEMS.c.id, ITEMS.c.state, DOCUMENTS.c.state.label("document")
        )
        .join(ITEMS, ITEMS.c.submission_id == SUBMISSIONS.c.id)
        .outerjoin(DOCUMENTS, DOCUMENTS.c.item_id == ITEMS.c.id)
    )
    items: dict[str, tuple[str, ItemState, set[DocumentState]]] = {}
    for row in connection.execute(query):
        _, _, states = items.setdefault(row.id, (row.channel, ItemState(row.state), set()))
        if row.document is not None:
            states.add(DocumentState(row.document))
    for channel, state, documents in items.values():
        yield channel, item_status(state, documents)
