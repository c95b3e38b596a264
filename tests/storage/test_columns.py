"""Sealed columns: a value opens in its row and column, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import SealBrokenError
from storage.columns import SealedColumns
from storage.system import SystemRandomness

KEY = bytes(range(32))
COLUMNS = SealedColumns(KEY, SystemRandomness())


@given(value=st.binary(max_size=300), row=st.text(max_size=40), column=st.text(max_size=20))
def test_a_value_comes_back(value: bytes, row: str, column: str) -> None:
    sealed = COLUMNS.seal(value, row=row, column=column)
    assert len(sealed) == len(value) + 28
    assert COLUMNS.open(sealed, row=row, column=column) == value


@pytest.mark.parametrize(
    ("row", "column"), [("8", "name"), ("7", "text"), ("7n", "ame"), ("", "7name"), ("name", "7")]
)
def test_a_moved_value_does_not_open(row: str, column: str) -> None:
    sealed = COLUMNS.seal(b"Erika Beispiel", row="7", column="name")
    with pytest.raises(SealBrokenError):
        COLUMNS.open(sealed, row=row, column=column)


def test_another_key_does_not_open() -> None:
    sealed = COLUMNS.seal(b"Erika Beispiel", row="7", column="name")
    with pytest.raises(SealBrokenError):
        SealedColumns(bytes(32), SystemRandomness()).open(sealed, row="7", column="name")


def test_every_change_is_refused() -> None:
    sealed = COLUMNS.seal(b"value", row="7", column="name")
    flipped = [
        sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in range(len(sealed))
    ]
    for broken in [*flipped, *(sealed[:end] for end in range(len(sealed))), sealed + b"\0"]:
        with pytest.raises(SealBrokenError):
            COLUMNS.open(broken, row="7", column="name")


def test_equal_values_look_different() -> None:
    first, second = (COLUMNS.seal(b"value", row="7", column="name") for _ in range(2))
    assert first != second


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        SealedColumns(KEY[:16], SystemRandomness())


def test_no_key_shows_in_a_repr() -> None:
    assert KEY.hex() not in repr(COLUMNS)
    assert repr(KEY) not in repr(COLUMNS)
