"""When a person was born and when a document was made.

Owns the choice among the dates of a text. A date without a meaning is not guessed, and no date
lies in the future.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ocr.dateroles import MeantDate, Role
from ocr.evidence import Around, Candidate, Lines, choose, wording
from ocr.namelike import is_same, names_in
from ocr.persons import OTHER, speaks_of_another

_EARLIEST_BIRTH = dt.date(1900, 1, 1)
_EARLIEST_DOCUMENT = dt.date(1950, 1, 1)
_APPLIES_FROM_AGE = 15
_PLACE = re.compile(
    r"(?:^|\s{2,}|\t|\bDatum:?\s)(?:\d{5} )?[A-ZÄÖÜ][\w()/-]{1,30}(?:[ .]{1,2}[\w()/-]{1,20}){0,3}"
    r"\s?(?:,\s{0,3}(?:den|dem|am)?|[,.]? ?\bden)\s{0,3}$",
)
_TOWN = re.compile(r"\s*[A-ZÄÖÜ][\w-]{2,30}(?: (?:[a-z]{2,4} )?[A-ZÄÖÜ][\w-]{2,30})? ")
_SIGNED = wording(r"Unterschrift|Stempel|gez\.|i\. ?[AV]\.")
_ALONE = re.compile(r"\s*(?:den|dem|,)?\s*", re.IGNORECASE)
_MADE_BY_ROLE = {Role.MADE: 4.5, Role.DATED: 3.6, Role.OTHER: -4.0}
_LAST_LINES = 2
_YEARS_TOLD = 8
"""What happened long before the other dates of a document is no date of issue."""
_BORN_LEAST = 2.5
_RELATION = 60
_MADE_LEAST = 2.4
_MADE_MARGIN = 0.2
_NEVER = -9.0
_WORD = re.compile(r"\w")
_LETTERHEAD_LINES = 16
_CLOSING_LINES = 7
_COLUMN_EDGE = re.compile(r"[^\W\d]\)?\s{2,}$|\d{3,}\s{2,}$")


@dataclass(frozen=True, slots=True)
class Known:
    """What is already known of the person; None where it was not read."""

    name: str | None = None
    rvnr: str | None = None


def read_birth_date(
    dates: Sequence[MeantDate], lines: Lines, *, known: Known, today: dt.date
) -> Candidate[dt.date] | None:
    """Return when the person was born, None if nothing says so or several days compete."""
    return choose(
        (
            Candidate(
                meant.found.day,
                meant.found.span,
                _born(meant, lines, known) + _aged(meant.found.day, today),
            )
            for meant in dates
            if _EARLIEST_BIRTH <= meant.found.day <= today
        ),
        least=_BORN_LEAST,
    )


def read_document_date(
    dates: Sequence[MeantDate], *, born: dt.date | None, today: dt.date
) -> Candidate[dt.date] | None:
    """Return when a document was made: what a place, a label or its place on the page says."""
    past = [meant for meant in dates if _EARLIEST_DOCUMENT <= meant.found.day <= today]
    latest = max((meant.found.day.year for meant in past), default=0)
    return choose(
        (
            Candidate(meant.found.day, meant.found.span, _made(meant))
            for meant in past
            if meant.found.day != born and latest - meant.found.day.year <= _YEARS_TOLD
        ),
        least=_MADE_LEAST,
        margin=_MADE_MARGIN,
    )


def _born(meant: MeantDate, lines: Lines, known: Known) -> float:
    """Weigh the label, whose section it is, whose name is near, and the Versicherungsnummer."""
    score = 0.0 if meant.role is None else -3.0
    if meant.role is Role.BIRTH:
        score = 4.0 if meant.near else 3.0
    around = meant.around
    if OTHER.search(around.before[-_RELATION:]) or speaks_of_another(lines, around.line):
        score -= 3.0
    # The number holds day, month and year of birth (§ 147(2) SGB VI).
    if known.rvnr and f"{meant.found.day:%d%m%y}" == known.rvnr[2:8]:
        score += 4.0
    return score + _named(around, known.name)


def _named(around: Around, name: str | None) -> float:
    """Weigh the nearest name before a date, on its line or the one above."""
    if name is None:
        return 0.0
    if names := names_in(around.before):
        if not is_same(names[-1].name, name):
            return -4.0
        return 1.5 if _WORD.search(around.before, names[-1].span.end) else 2.5
    if names := names_in(around.above):
        return 1.0 if is_same(names[-1].name, name) else -2.0
    return 0.0


def _aged(born: dt.date, today: dt.date) -> float:
    # Whoever applies is at least 15 years old (§ 7(1) SGB II); younger ones are the children.
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    age = today.year - born.year - (not had_birthday)
    return 0.0 if age >= _APPLIES_FROM_AGE else -3.0


def _made(meant: MeantDate) -> float:
    """Weigh the label, a place before the date, and where on the page it stands."""
    if meant.role is Role.BIRTH:
        return _NEVER
    around = meant.around
    said = (_MADE_BY_ROLE[meant.role] if meant.role else 0.0) * (1.0 if meant.near else 0.6)
    score = 0.3 * (around.line < _LETTERHEAD_LINES)
    if meant.role is Role.OTHER:
        return score + said
    if _PLACE.search(around.before) and not OTHER.search(around.before):
        return score + 5.0
    signed = _SIGNED.search(f"{around.after} {around.below}")
    return score + said + _placed(meant) + 1.0 * bool(signed)


def _placed(meant: MeantDate) -> float:
    """Weigh the place of a date that no label explains."""
    around = meant.around
    head, foot = around.line < _LETTERHEAD_LINES, around.left <= _CLOSING_LINES
    last = not around.after.strip()
    if meant.role is Role.MADE:
        return 0.0
    if _ALONE.fullmatch(around.before):
        return 3.6 if last and head else 3.2 if foot else 2.6 if last or head else 0.5
    if head and last and _COLUMN_EDGE.search(around.before):
        return 3.0
    if meant.role is not None:
        return 0.0
    if foot and _TOWN.fullmatch(around.before):
        return 3.0
    return 2.6 if last and around.left <= _LAST_LINES else 0.0
