"""Lifecycles as data: one table of allowed transitions for each kind of thing.

An item is ``received``, then ``read`` or ``quarantined``. What becomes of it is told by its
documents; the state of an item that was read is derived from them and never stored twice.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from domain.errors import NotAllowedNowError

S = TypeVar("S", bound=StrEnum)


class ItemState(StrEnum):
    """What the mail room has done with an item."""

    RECEIVED = "received"
    READ = "read"
    QUARANTINED = "quarantined"


class DocumentState(StrEnum):
    """Where a document is on its way through the mail room."""

    READ = "read"
    CLEARING = "clearing"
    ROUTED = "routed"
    FILED = "filed"


class LetterState(StrEnum):
    """Where a sealed letter to one carrier is."""

    WRITTEN = "written"
    DROPPED = "dropped"
    FILED = "filed"


class MessageState(StrEnum):
    """What a Fachverfahren has done with a message."""

    WAITING = "waiting"
    PULLED = "pulled"
    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"


ITEM_TRANSITIONS = MappingProxyType(
    {
        ItemState.RECEIVED: frozenset({ItemState.READ, ItemState.QUARANTINED}),
        ItemState.READ: frozenset[ItemState](),
        ItemState.QUARANTINED: frozenset[ItemState](),
    }
)

DOCUMENT_TRANSITIONS = MappingProxyType(
    {
        DocumentState.READ: frozenset({DocumentState.CLEARING, DocumentState.ROUTED}),
        DocumentState.CLEARING: frozenset({DocumentState.ROUTED}),
        DocumentState.ROUTED: frozenset({DocumentState.FILED}),
        DocumentState.FILED: frozenset[DocumentState](),
    }
)

LETTER_TRANSITIONS = MappingProxyType(
    {
        LetterState.WRITTEN: frozenset({LetterState.DROPPED}),
        LetterState.DROPPED: frozenset({LetterState.FILED}),
        LetterState.FILED: frozenset[LetterState](),
    }
)

MESSAGE_TRANSITIONS = MappingProxyType(
    {
        MessageState.WAITING: frozenset({MessageState.PULLED}),
        MessageState.PULLED: frozenset(
            {MessageState.PULLED, MessageState.ACKNOWLEDGED, MessageState.REFUSED}
        ),
        MessageState.ACKNOWLEDGED: frozenset({MessageState.ACKNOWLEDGED}),
        MessageState.REFUSED: frozenset({MessageState.REFUSED}),
    }
)


def advance(table: Mapping[S, frozenset[S]], current: S, target: S) -> S:
    """Return ``target`` where the table allows the step, else raise ``NotAllowedNowError``."""
    if target not in table[current]:
        detail = f"no step from {current} to {target}"
        raise NotAllowedNowError(detail)
    return target
