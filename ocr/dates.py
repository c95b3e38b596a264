"""Dates found in text: when a person was born and when a document was made.

Owns the spellings of dates and the labels that give them a meaning. A date without a
meaning is not guessed, and no date lies in the future.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_MONTHS = (
    ("januar", "jan", "jaenner", "jänner"), ("februar", "feb"), ("märz", "maerz", "marz", "mrz", "mär"),
    ("april", "apr"), ("mai",), ("juni", "jun"), ("juli", "jul"), ("august", "aug"),
    ("september", "sep", "sept"), ("oktober", "okt"), ("november", "nov"), ("dezember", "dez"),
)  # fmt: skip
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_NAMES = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_DATE = re.compile(
    rf"""(?<![\d.,/-])(?:
    (?P<day>\d{{1,2}})[ ]?[./][ ]?(?P<month>\d{{1,2}})[ ]?[./][ ]?(?P<year>\d{{4}}|\d{{2}})
    |(?P<isoyear>\d{{4}})-(?P<isomonth>\d{{2}})-(?P<isoday>\d{{2}})
    |(?P<wordday>\d{{1,2}})\.?[ ]{{0,2}}(?P<word>{_NAMES})\.?[ ]{{1,2}}(?P<wordyear>\d{{4}})
    )(?![\d/-])""",
    re.IGNORECASE | re.VERBOSE,
)
_BIRTH = re.compile(
    r"(?:\bgeboren(?:\s+am)?|\bgeb\.?\s?am|\bgeb\.|Geburtsdatum|Geburtstag|Geb\.?-?\s?Datum|Date of birth"
    r"|Tag der Geburt|(?<![\w*])\*)(?P<gap>[^\d*]{0,70}?)(?=\d)",
    re.IGNORECASE,
)
_OTHER_MEANING = re.compile(
    r"(?<!geburts)(?<!geb-)(?<!geb\.-)\bDatum\b|Einzug|Eintritt|\bseit\b|\bab\b|festgestellt|ausgestellt|unterschrift"
    r"|g(?:ü|u|ue)ltig|besucht|beginn",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:^|\s{2,}|\t)(?P<place>[A-ZÄÖÜ][\w.()/ -]{1,40}?)\s?,\s{0,3}(?:den|dem|am)?\s{0,3}$",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"(?:Ausstellungs(?:datum|tag)|Ausgestellt am|festgestellt am|Rechnungsdatum|Abrechnungsdatum|Bescheiddatum"
    r"|Erstell(?:t am|ungsdatum)|Druckdatum|Ort,\s?Datum|Datum des Schreibens|Stand vom|Vertragsdatum"
    r"|Belegdatum|Briefdatum|Auszugsdatum|Erstellt|(?<![\w-])Datum)\s?[:.]?[^\w\n]{0,20}\n?[^\w\n]{0,20}$",
    re.IGNORECASE,
)
_EARLIEST_BIRTH = dt.date(1900, 1, 1)
_EARLIEST_DOCUMENT = dt.date(1950, 1, 1)
_BEFORE = 70


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date, where it begins, and whether its year was written with two digits."""

    day: dt.date
    start: int
    short: bool


def find_dates(text: str, *, today: dt.date) -> tuple[FoundDate, ...]:
    """Return every date of a text; a two-digit year lies in the hundred years up to today."""
    return tuple(_found(text, today))


def _found(text: str, today: dt.date) -> Iterator[FoundDate]:
    for match in _DATE.finditer(text):
        year = match["year"] or match["isoyear"] or match["wordyear"]
        month = match["month"] or match["isomonth"] or str(_MONTH_NUMBERS[match["word"].lower()])
        day = match["day"] or match["isoday"] or match["wordday"]
        full = int(year) if len(year) > 2 else _full_year(int(year), today)
        try:
            yield FoundDate(dt.date(full, int(month), int(day)), match.start(), len(year) == 2)
        except ValueError:
            continue


def _full_year(short: int, today: dt.date) -> int:
    century = today.year - today.year % 100
    return century + short if century + short <= today.year else century + short - 100


def read_birth_date(text: str, dates: Sequence[FoundDate], *, today: dt.date) -> dt.date | None:
    """Return the labelled date of birth, None if there is none or several compete."""
    days = {found.day for found in births(text, dates) if _EARLIEST_BIRTH <= found.day <= today}
    return days.pop() if len(days) == 1 else None


def births(text: str, dates: Sequence[FoundDate]) -> Iterator[FoundDate]:
    """Yield the dates that a label calls a date of birth."""
    by_start = {found.start: found for found in dates}
    for match in _BIRTH.finditer(text):
        found = by_start.get(match.end())
        if found and not _OTHER_MEANING.search(match["gap"]):
            yield found


def read_document_date(text: str, dates: Sequence[FoundDate], *, today: dt.date) -> dt.date | None:
    """Return when a document was made: after a place, after a label, or the one date there is."""
    born = {found.day for found in births(text, dates)}
    possible = [
        found
        for found in dates
        if _EARLIEST_DOCUMENT <= found.day <= today and found.day not in born
    ]
    for label in (_PLACE, _MADE):
        for found in possible:
            if label.search(_before(text, found.start, label is _PLACE)):
                return found.day
    days = {found.day for found in possible}
    later = any(found.day > today for found in dates)
    return days.pop() if len(days) == 1 and not later else None


def _before(text: str, start: int, same_line: bool) -> str:  # noqa: FBT001 - private, two calls
    before = text[max(0, start - _BEFORE) : start]
    return before.rsplit("\n", 1)[-1] if same_line else before
