from collections.abc import Mapping
from enum import StrEnum
from itertools import product
from typing import Any

import pytest

from domain.errors import NotAllowedNowError
from domain.lifecycle import (
    DOCUMENT_TRANSITIONS,
    ITEM_TRANSITIONS,
    LETTER_TRANSITIONS,
    MESSAGE_TRANSITIONS,
    DocumentState,
    ItemState,
    LetterState,
    MessageState,
    advance,
)

Table = Mapping[Any, frozenset[Any]]
TABLES: dict[str, tuple[Table, type[StrEnum], StrEnum, set[StrEnum]]] = {
    "item": (
        ITEM_TRANSITIONS,
        ItemState,
        ItemState.RECEIVED,
        {ItemState.READ, ItemState.QUARANTINED},
    ),
    "document": (
        DOCUMENT_TRANSITIONS,
        DocumentState,
        DocumentState.READ,
        {DocumentState.FILED},
    ),
    "letter": (LETTER_TRANSITIONS, LetterState, LetterState.WRITTEN, {LetterState.FILED}),
    "message": (
        MESSAGE_TRANSITIONS,
        MessageState,
        MessageState.WAITING,
        {MessageState.ACKNOWLEDGED, MessageState.REFUSED},
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_state_has_its_row(name: str) -> None:
    table, states, _, _ = TABLES[name]
    assert set(table) == set(states)


@pytest.mark.parametrize("name", TABLES)
def test_every_state_can_be_reached(name: str) -> None:
    table, states, start, _ = TABLES[name]
    reached, news = {start}, {start}
    while news:
        news = {target for state in news for target in table[state]} - reached
        reached |= news
    assert reached == set(states)


@pytest.mark.parametrize("name", TABLES)
def test_the_final_states_lead_nowhere_else(name: str) -> None:
    table, states, _, final = TABLES[name]
    assert {state for state in states if table[state] <= {state}} == final


@pytest.mark.parametrize("name", TABLES)
def test_advance_follows_the_table_and_refuses_everything_else(name: str) -> None:
    table, states, _, _ = TABLES[name]
    for current, target in product(states, states):
        if target in table[current]:
            assert advance(table, current, target) is target
        else:
            with pytest.raises(NotAllowedNowError):
                advance(table, current, target)


def test_a_filed_document_is_never_taken_back() -> None:
    with pytest.raises(NotAllowedNowError):
        advance(DOCUMENT_TRANSITIONS, DocumentState.FILED, DocumentState.CLEARING)


def test_nothing_leaves_quarantine_by_itself() -> None:
    with pytest.raises(NotAllowedNowError):
        advance(ITEM_TRANSITIONS, ItemState.QUARANTINED, ItemState.READ)
