"""Dates found in text, in every spelling that German post has.

Owns spellings alone; what a date means is for ``dateroles`` and ``dated`` to say.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ocr.evidence import Span

_MONTHS = (
    ("januar", "jan", "jaenner", "jänner"), ("februar", "feb"),
    ("märz", "maerz", "marz", "mrz", "mär"),
    ("april", "apr"), ("mai",), ("juni", "jun"), ("juli", "jul"), ("august", "aug"),
    ("september", "sep", "sept"), ("oktober", "okt"), ("november", "nov"), ("dezember", "dez"),
)  # fmt: skip
MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
MONTH_NAMES = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_DATE = re.compile(
    rf"""(?<![\d.,/])(?<!(?<!\d{{4}})-)(?:
    (?P<day>\d{{1,2}})[ ]?[./,][ ]?(?P<month>\d{{1,2}})[ ]?[./,][ ]?(?P<year>\d{{4}}|\d{{2}})
    |(?P<isoyear>\d{{4}})-(?P<isomonth>\d{{2}})-(?P<isoday>\d{{2}})
    |(?P<wordday>\d{{1,2}})[.,]?[ ]{{0,2}}(?P<word>{MONTH_NAMES})\.?[ ]{{0,2}}(?P<wordyear>\d{{4}})
    )(?![\d/]|[.,]\d|-\d\d?-)""",
    re.IGNORECASE | re.VERBOSE,
)
_FULL_YEAR = 4
_MOST = 400


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and where it stands in the text."""

    day: dt.date
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Return its place; dates have no check digit."""
        return Span(self.start, self.end)


def find_dates(text: str, *, today: dt.date) -> tuple[FoundDate, ...]:
    """Return the first dates of a text; a two-digit year lies in the hundred years up to today."""
    return tuple(islice(_found(text, today), _MOST))


def has_date(text: str) -> bool:
    """Tell whether something in a text is spelt like a date."""
    return bool(_DATE.search(text))


def _found(text: str, today: dt.date) -> Iterator[FoundDate]:
    for match in _DATE.finditer(text):
        year = match["year"] or match["isoyear"] or match["wordyear"]
        month = match["month"] or match["isomonth"] or str(MONTH_NUMBERS[match["word"].lower()])
        day = match["day"] or match["isoday"] or match["wordday"]
        full = int(year) if len(year) == _FULL_YEAR else _full_year(int(year), today)
        try:
            yield FoundDate(dt.date(full, int(month), int(day)), *match.span())
        except ValueError:
            continue


def _full_year(short: int, today: dt.date) -> int:
    century = today.year - today.year % 100
    return century + short if century + short <= today.year else century + short - 100
