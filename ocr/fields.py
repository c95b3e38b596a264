"""Stub."""

import datetime as dt
from dataclasses import dataclass

from domain.reading import Fields


@dataclass(frozen=True, slots=True)
class FieldReading:
    """The index fields of one document and every BG number seen in it."""

    fields: Fields
    bg_nummern: tuple[str, ...] = ()


def read_fields(text: str, *, today: dt.date | None = None) -> FieldReading:
    """Read the index fields of one document."""
    return FieldReading(Fields())
