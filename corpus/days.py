"""When things happen: the dates, the month and the period of one document.

Owns how the days of a document hang together. Refuses today's date: years are fixed.
"""

import calendar
import datetime as dt
import random
from dataclasses import dataclass

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip

_YEARS = (2025, 2026)
_OLD_YEARS = (2021, 2025)
_NAMED_2023 = dt.date(2023, 1, 1)
_NAMED_2026 = dt.date(2026, 7, 1)

_LENGTHS = {
    "kontoauszug": (-1,),
    "lohnabrechnung": (-1,),
    "arbeitsbescheinigung": (-12,),
    "betriebskostenabrechnung": (-12,),
    "stromabrechnung": (-12,),
    "steuerbescheid": (-12,),
    "einkommensbescheinigung": (-3, -6, -12),
    "zeugnis": (-6, -24, -36),
    "anlage_eks": (-6, 6),
    "bewerbungsnachweis": (-1, -2, -3),
    "massnahme": (-1, -3, -6, 3),
    "immatrikulation": (6,),
    "schulbescheinigung": (12,),
    "au_bescheinigung": (0,),
    "nichterreichbarkeit": (0,),
}
"""Months that a type's periods last, before (-) or after its date; 0: some days."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one document; ``month`` and ``month_before`` are first days of months."""

    dated: dt.date
    before: dt.date
    after: dt.date
    first: dt.date
    last: dt.date
    month: dt.date
    month_before: dt.date

    @property
    def benefit(self) -> str:
        """Name the benefit as the law called it on that day."""
        if self.dated < _NAMED_2023:
            return "Arbeitslosengeld II"
        return "Bürgergeld" if self.dated < _NAMED_2026 else "Grundsicherungsgeld"


def days(rng: random.Random, *, type_code: str, old: bool) -> Days:
    """Return days for a document of a type; ``old`` ones are dated before 2026."""
    years = _OLD_YEARS if old else _YEARS
    dated = dt.date(rng.randint(*years), 1, 1) + dt.timedelta(days=rng.randrange(365))
    first, last = _period(rng, dated, months=rng.choice(_LENGTHS.get(type_code, (6, 12))))
    month = months_later(dated, 0 if dated.day >= rng.choice((5, 20)) else -1)
    return Days(
        dated=dated,
        before=dated - dt.timedelta(days=rng.randrange(9, 900)),
        after=dated + dt.timedelta(days=rng.randrange(7, 120)),
        first=first,
        last=last,
        month=month,
        month_before=months_later(month, -rng.randint(1, 3)),
    )


def birthday(rng: random.Random, *, ages: tuple[int, int]) -> dt.date:
    """Return the birthday of somebody who is between two ages in 2025."""
    year = 2025 - rng.randint(*ages)
    return dt.date(year, 1, 1) + dt.timedelta(days=rng.randrange(365))


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the first day of the month that many months later (or earlier)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def month_end(day: dt.date) -> dt.date:
    """Return the last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def spelt(day: dt.date, *, style: str) -> str:
    """Write a day: ``full`` 04.03.2026, ``short`` 4.3.2026, ``words`` 4. März 2026."""
    if style == "words":
        return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
    if style == "short":
        return f"{day.day}.{day.month}.{day.year}"
    return f"{day:%d.%m.%Y}"


def _period(rng: random.Random, dated: dt.date, *, months: int) -> tuple[dt.date, dt.date]:
    if months == 0:
        first = dated + dt.timedelta(days=rng.randrange(-2, 8))
        return first, first + dt.timedelta(days=rng.randrange(2, 22))
    start = months_later(dated, months if months < 0 else rng.randrange(2))
    return start, month_end(months_later(start, abs(months) - 1))
