"""Index fields of one document.

Owns the composition of what ``references``, ``dates`` and ``names`` read. A field is None
rather than guessed: what is wrong here files a document with the wrong person.
"""

import datetime as dt
from dataclasses import dataclass

from domain.reading import Fields
from ocr.dates import find_dates, read_birth_date, read_document_date
from ocr.names import read_name
from ocr.references import read_bg_nummern, read_iban, read_kundennummer

_TEXT_LIMIT = 60_000
"""Characters looked at; references stand on the first pages."""


@dataclass(frozen=True, slots=True)
class FieldReading:
    """The index fields of one document and every BG number seen in it."""

    fields: Fields
    bg_nummern: tuple[str, ...] = ()


def read_fields(text: str, *, today: dt.date | None = None) -> FieldReading:
    """Read the index fields of one document; ``today`` bounds its dates (default: the clock)."""
    day = today or dt.datetime.now(dt.UTC).date()
    read = text[:_TEXT_LIMIT]
    bg = read_bg_nummern(read)
    dates = find_dates(read, today=day)
    fields = Fields(
        bg_nummer=bg.chosen,
        kundennummer=read_kundennummer(read),
        iban=read_iban(read),
        geburtsdatum=read_birth_date(read, dates, today=day),
        name=read_name(read),
        dokumentdatum=read_document_date(read, dates, today=day),
    )
    return FieldReading(fields, bg.seen)
