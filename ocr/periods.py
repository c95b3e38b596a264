"""The period that a document covers: from a day to a day, or the month of a payslip.

Owns how periods are written. A single date is no period, and where two periods fit equally
well there is none.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from domain.ids import TypeCode
from domain.reading import Period
from ocr.dates import MONTH_NAMES, MONTH_NUMBERS, FoundDate
from ocr.evidence import Candidate, Lines, Span, choose, cue, weigh, wording

_BETWEEN = wording(
    r"\s{0,3}(?:\(?(?:bis|mit)(?: zum| einschließlich| einschl\.)?|zum|[-–—]|/)\s{0,3}"
)
_LOOSE = wording(r"[^\n.;]{0,60}\b(?:bis|endet|Ende)\b[^\d\n.;]{0,40}")
_FROM = wording(r"\b(?:ab|vom|von|seit|beginn\w*|begonnen|zeitraum)(?: dem| am)?:?\s{0,3}$")
_MONTH = re.compile(
    rf"(?<![\d.] )(?<!\d\.)\b(?P<name>{MONTH_NAMES})\.?,? {{1,2}}(?P<year>20\d\d)\b", re.IGNORECASE
)
_NUMBERED = re.compile(
    r"(?P<label>Monat\w*:?\s{0,3})(?P<month>0?[1-9]|1[0-2])[./](?P<year>20\d\d)\b", re.IGNORECASE
)
_BEFORE = (
    cue(
        r"(?:Zeitraum|für die Zeit|Dauer|Bewilligungs|gültig|Beschäftig|\bvom|\bvon"
        r"|in der Zeit)[^\n]{0,20}$",
        1,
    ),
    cue(r"(?:bisher|vorher|früher|Ferien|Elternzeit|Probezeit)[^\n]{0,20}$", -1),
)
_MONTH_BEFORE = (
    cue(
        r"(?:Monat\w*|Abrechnung\w*|für|Bezüge|Gehaltszettel|Lohn\w*|LOHNSTREIFEN|Entgelt\w*"
        r"|Verdienst\w*)[\s:~]*(?:den Monat |Monat )?$",
        1.5,
    ),
    cue(r"(?:Nachzahlung|Rückstand|Korrektur|seit|bis|Vormonat|statt)[^\n]{0,25}$", -1.5),
)
_BEGIN = wording(
    r"(?:\bab|\bseit|\w*beginn\w*|\bvom|\bvon|Eintritt|Aufnahme|erster Tag)\b(?: ist| am| dem"
    r"|:|\W){0,3}$"
)
_END = wording(
    r"(?:\bbis|\w*ende\b|\bende[tn]\b|befristet|Ablauf|Austritt|letzter"
    r"|Der Anspruch ist)\b[^\d\n]{0,50}$"
)
_LASTING = frozenset(
    {
        "arbeitsbescheinigung",
        "arbeitslosengeldbescheid",
        "arbeitsvertrag",
        "au_bescheinigung",
        "elterngeldbescheid",
        "kinderbetreuung",
        "kindergeldbescheid",
        "massnahme",
        "mietvertrag",
        "nichterreichbarkeit",
        "rentenbescheid",
        "immatrikulation",
        "zeugnis",
        "schulbescheinigung",
        "bewerbungsnachweis",
    }
)
_MONTHLY = frozenset(
    {
        "lohnabrechnung",
        "einkommensbescheinigung",
        "kindergeldbescheid",
        "elterngeldbescheid",
        "unterhaltsvorschuss",
        "but_nachweis",
        "mietschulden",
        "bewerbungsnachweis",
        "nachricht",
        "kontoauszug",
        "mietbescheinigung",
    }
)
_REACH = 500
_PAIRED = 5.0
_LOOSELY = 3.5
_APART = 3.0
_LATEST = 0.3
_LEAST_LABELLED = 3.0
_LONE_MONTH = 2.0
_LEAST = 1.5


def read_period(
    dates: Sequence[FoundDate], lines: Lines, *, kind: TypeCode | None = None
) -> Candidate[Period] | None:
    """Return the period of a document; days beat months, None if two fit equally well."""
    pairs = [*_pairs(dates, lines), *(_apart(dates, lines) if kind in _LASTING else ())]
    least = _LEAST if kind is None or kind in _MONTHLY else _LEAST_LABELLED
    return (
        choose(pairs, least=_LEAST, margin=0.4)
        if pairs
        else choose(_months(lines), least=least, margin=0.2)
    )


def _pairs(dates: Sequence[FoundDate], lines: Lines) -> Iterator[Candidate[Period]]:
    for first, last in pairwise(dates):
        if first.day > last.day:
            continue
        before = lines.before(first.start)
        tight = _BETWEEN.fullmatch(lines.text, first.end, last.start)
        if tight or (_FROM.search(before) and _LOOSE.fullmatch(lines.text, first.end, last.start)):
            score = (_PAIRED if tight else _LOOSELY) + weigh(before, _BEFORE)
            yield Candidate(Period(first.day, last.day), Span(first.start, last.end), score)


def _apart(dates: Sequence[FoundDate], lines: Lines) -> Iterator[Candidate[Period]]:
    """Yield periods whose days have labels of their own, on one line or several."""
    begins = [found for found in dates if _BEGIN.search(lines.before(found.start))]
    ends = [found for found in dates if _END.search(lines.before(found.start))]
    for first in begins:
        later = (last for last in ends if last.start > first.start and last.day > first.day)
        last = next(later, None)
        if last and last.start - first.start < _REACH:
            yield Candidate(Period(first.day, last.day), Span(first.start, last.end), _APART)


def _months(lines: Lines) -> list[Candidate[Period]]:
    found = []
    for match in _MONTH.finditer(lines.text):
        number = MONTH_NUMBERS[match["name"].lower()]
        score = _LONE_MONTH + weigh(lines.before(match.start()), _MONTH_BEFORE)
        found.append(Candidate(_month(int(match["year"]), number), Span(*match.span()), score))
    for match in _NUMBERED.finditer(lines.text):
        span = Span(match.start("month"), match.end())
        month = _month(int(match["year"]), int(match["month"]))
        found.append(Candidate(month, span, _LONE_MONTH + 1.5))
    latest = max((candidate.value.first for candidate in found), default=None)
    return [
        replace(candidate, score=candidate.score + _LATEST * (candidate.value.first == latest))
        for candidate in found
    ]


def _month(year: int, month: int) -> Period:
    last = calendar.monthrange(year, month)[1]
    return Period(dt.date(year, month, 1), dt.date(year, month, last))
