"""Dates found in text: when a person was born and when a document was made.

Owns the spellings of dates and the labels that give them a meaning. A date without a
meaning is not guessed, and no date lies in the future.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_MONTHS = (
    ("januar", "jan", "jaenner", "jänner"), ("februar", "feb"),
    ("märz", "maerz", "marz", "mrz", "mär"),
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
    r"(?:\bgeboren(?:\s+am)?|\bgeb\.?\s?am|\bgeb\.|Geburtsdatum|Geburtstag|Geb\.?-?\s?Datum"
    r"|Date of birth|Tag der Geburt|(?<![\w*])\*)(?P<gap>[^\d*]{0,70}?)(?=\d)",
    re.IGNORECASE,
)
_OTHER_MEANING = re.compile(
    r"(?<!geburts)(?<!geb-)(?<!geb\.-)\bDatum\b|Einzug|Eintritt|\bseit\b|\bab\b"
    r"|festgestellt|ausgestellt|unterschrift|g(?:ü|u|ue)ltig|besucht|beginn",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:^|\s{2,}|\t|\bDatum:?\s)(?P<place>[A-ZÄÖÜ][\w.()/ -]{1,40}?)"
    r"\s?,\s{0,3}(?:den|dem|am)?\s{0,3}$",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"(?:Ausstellungs(?:datum|tag)|Ausgestellt am|festgestellt am|Rechnungsdatum|Abrechnungsdatum"
    r"|Bescheiddatum|Erstell(?:t am|ungsdatum)|Druckdatum|Ort,\s?Datum|Datum des Schreibens"
    r"|Stand vom|Vertragsdatum|Belegdatum|Briefdatum|Auszugsdatum|Erstellt|(?<![\w-])Datum"
    r"|Berichtsdatum|Ausfertigungsdatum|Date of issue|(?:^|(?<=\n))Bescheid vom"
    r"|Gesendet|Datum der Ausstellung"
    r"|(?<![\w-])Datum(?:,| und| /) ?[^\W\d][^\d\n:]{0,60}|Unterschrift(?: /|,) Datum)"
    r"\s?[:.]?[^\w\n]{0,20}\n?[^\w\n]{0,20}$",
    re.IGNORECASE,
)
_EARLIEST_BIRTH = dt.date(1900, 1, 1)
_EARLIEST_DOCUMENT = dt.date(1950, 1, 1)
_BEFORE = 70
_FULL_YEAR = 4
_LETTERHEAD_LINES = 10
_COLUMN_EDGE = re.compile(r"^\s*$|[^\W\d]\)?\s{2,}$|\d{3,}\s{2,}$")
_COMES_FROM = re.compile(r"\bvom\s+$")
_OF_ANOTHER = re.compile(
    r"\b(?:Kind(?:e?s|er)?|Sohn(?:es)?|Tochter|weiteren? Person|Partner(?:in|s)?)\b[^\n]{0,60}$"
)
_APPLIES_FROM_AGE = 15


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and where it stands in the text."""

    day: dt.date
    start: int
    end: int


def find_dates(text: str, *, today: dt.date) -> tuple[FoundDate, ...]:
    """Return every date of a text; a two-digit year lies in the hundred years up to today."""
    return tuple(_found(text, today))


def _found(text: str, today: dt.date) -> Iterator[FoundDate]:
    for match in _DATE.finditer(text):
        year = match["year"] or match["isoyear"] or match["wordyear"]
        month = match["month"] or match["isomonth"] or str(_MONTH_NUMBERS[match["word"].lower()])
        day = match["day"] or match["isoday"] or match["wordday"]
        full = int(year) if len(year) == _FULL_YEAR else _full_year(int(year), today)
        try:
            yield FoundDate(dt.date(full, int(month), int(day)), *match.span())
        except ValueError:
            continue


def _full_year(short: int, today: dt.date) -> int:
    century = today.year - today.year % 100
    return century + short if century + short <= today.year else century + short - 100


def read_birth_date(text: str, dates: Sequence[FoundDate], *, today: dt.date) -> dt.date | None:
    """Return the labelled date of birth, None if there is none or several compete."""
    days = {
        found.day for found in _own_births(text, dates) if _EARLIEST_BIRTH <= found.day <= today
    }
    if len(days) > 1:
        days = {day for day in days if _age(day, today) >= _APPLIES_FROM_AGE}
    return days.pop() if len(days) == 1 else None


def _age(born: dt.date, today: dt.date) -> int:
    # Whoever applies is at least 15 years old (§ 7(1) SGB II); younger ones are the children.
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def births(text: str, dates: Sequence[FoundDate]) -> Iterator[FoundDate]:
    """Yield the dates that a label calls a date of birth."""
    by_start = {found.start: found for found in dates}
    for match in _BIRTH.finditer(text):
        found = by_start.get(match.end())
        if found and not _OTHER_MEANING.search(match["gap"]):
            yield found


def _own_births(text: str, dates: Sequence[FoundDate]) -> Iterator[FoundDate]:
    # A letter to parents names the child's date of birth, which would lead to nobody's file.
    for found in births(text, dates):
        if not _OF_ANOTHER.search(text[: found.start][-_BEFORE:]):
            yield found


def read_document_date(text: str, dates: Sequence[FoundDate], *, today: dt.date) -> dt.date | None:
    """Return when a document was made: after a place, after a label, or the one date there is."""
    born = {found.day for found in births(text, dates)}
    possible = [
        found
        for found in dates
        if _EARLIEST_DOCUMENT <= found.day <= today and found.day not in born
    ]
    for fits in (_after_place, _after_label, _heads_letter):
        for found in possible:
            if fits(text, found):
                return found.day
    days = {found.day for found in possible if _COMES_FROM.search(text[: found.start][-_BEFORE:])}
    return days.pop() if len({found.day for found in dates} - born) == len(days) == 1 else None


def _after_place(text: str, found: FoundDate) -> bool:
    return bool(_PLACE.search(text[: found.start][-_BEFORE:].rsplit("\n", 1)[-1]))


def _after_label(text: str, found: FoundDate) -> bool:
    return bool(_MADE.search(text[: found.start][-_BEFORE:]))


def _heads_letter(text: str, found: FoundDate) -> bool:
    """Tell whether a date stands alone at the right of one of the first lines."""
    before, after = text[: found.start].rsplit("\n", 1)[-1], text[found.end :]
    alone = bool(_COLUMN_EDGE.search(before)) and not after.partition("\n")[0].strip()
    return alone and text.count("\n", 0, found.start) < _LETTERHEAD_LINES
