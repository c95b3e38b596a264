"""Index fields of one document.

Owns the composition of what the modules of the single fields read. A field is None rather
than guessed: what is wrong here files a document with the wrong person.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from domain.ids import TypeCode
from domain.reading import Fields
from ocr.accounts import read_iban
from ocr.amounts import read_amount
from ocr.dated import Known, read_birth_date, read_document_date
from ocr.dateroles import meanings
from ocr.dates import find_dates
from ocr.evidence import Candidate, Lines, Span
from ocr.names import read_name
from ocr.periods import read_period
from ocr.references import read_bg_nummern, read_kundennummer, read_rvnr, read_steuer_id

_TEXT_LIMIT = 60_000
"""Characters looked at; references stand on the first pages."""


_Found = dict[str, Candidate[Any] | None]


@dataclass(frozen=True, slots=True)
class FieldReading:
    """The index fields of one document, every BG number seen in it, and where fields stand.

    ``spans`` has a place in the text for every field that is not None, by its name.
    """

    fields: Fields
    bg_nummern: tuple[str, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=lambda: MappingProxyType({}))


def read_fields(
    text: str, *, kind: TypeCode | None = None, today: dt.date | None = None
) -> FieldReading:
    """Read the index fields of one document.

    ``kind`` is the type it was recognised as; ``today`` bounds its dates (default: the clock).
    """
    day = today or dt.datetime.now(dt.UTC).date()
    lines = Lines(text[:_TEXT_LIMIT])
    bg = read_bg_nummern(lines.text)
    found: _Found = {"bg_nummer": bg.chosen, **_read(lines, kind, day)}
    values: dict[str, Any] = {
        name: candidate.value for name, candidate in found.items() if candidate
    }
    spans = {name: candidate.span for name, candidate in found.items() if candidate}
    return FieldReading(Fields(**values), bg.seen, MappingProxyType(spans))


def _read(lines: Lines, kind: TypeCode | None, day: dt.date) -> _Found:
    dates = find_dates(lines.text, today=day)
    meant = meanings(dates, lines)
    name, rvnr = read_name(lines, today=day, kind=kind), read_rvnr(lines)
    known = Known(_value(name), _value(rvnr))
    born = read_birth_date(meant, lines, known=known, today=day)
    return {
        "kundennummer": read_kundennummer(lines.text),
        "iban": read_iban(lines, name=known.name, kind=kind),
        "geburtsdatum": born,
        "name": name,
        "dokumentdatum": read_document_date(meant, born=_value(born), today=day),
        "rvnr": rvnr,
        "steuer_id": read_steuer_id(lines),
        "betrag": read_amount(lines, kind=kind),
        "zeitraum": read_period(dates, lines, kind=kind),
    }


def _value(candidate: Candidate[Any] | None) -> Any:  # noqa: ANN401 - of whatever field it is
    return candidate.value if candidate else None
