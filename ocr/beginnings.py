"""What speaks for and against a document that begins after a gap between two pages.

Owns the features of a gap, each with the kind of reason that it is for people. Refuses to weigh
them: weights are data (``boundary_weights.toml``) that ``app.dividing`` fits.
"""

from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType

from rapidfuzz import fuzz

from domain.reading import BoundaryReason
from ocr.companions import belong_together
from ocr.gaps import Gap
from ocr.pagenumbers import PageNumber
from ocr.pagesigns import ending, opening

_ALIKE, _UNLIKE = 0.85, 0.45
_LINES_OF_A_PAGE = 45
_SOME, _FULL = 2, 3
"""Of salutation, address, date and references: so many make a beginning."""


def evidence(gap: Gap) -> dict[str, float]:
    """Return all features of a gap by name, most of them 0 or 1."""
    found: dict[str, float] = {}
    for part in (_numbers, _continuation, _beginning, _letterhead, _types, _references, _blanks):
        found |= {name: float(value) for name, value in part(gap).items()}
    return found


def _numbers(gap: Gap) -> Mapping[str, float]:
    p, q = gap.before.number, gap.after.number
    follows = _follows(p, q)
    over = p is not None and p.at == p.total
    return {
        "number_restarts": q is not None and q.at == 1 and p is not None,
        "number_one": q is not None and q.at == 1,
        "number_follows": follows,
        "number_later": q is not None and q.at > 1 and p is None,
        "number_breaks": q is not None and q.at > 1 and p is not None and not follows,
        "number_complete": over and not follows,
        "number_missing": p is not None and not over and p.total is not None and q is None,
        "number_lost": p is not None and p.total is None and q is None,
        "number_bracketed": gap.bracketed,
    }


def _follows(before: PageNumber | None, after: PageNumber | None) -> bool:
    if before is None or after is None or after.at != before.at + 1:
        return False
    return before.total is None or after.total is None or before.total == after.total


def _continuation(gap: Gap) -> Mapping[str, float]:
    p, q = gap.before, gap.after
    next_section = bool(p.sections and q.sections and q.sections[0] == p.sections[1] + 1)
    return {
        "says_continued": q.continued,
        "says_goes_on": p.goes_on,
        "sentence_runs_on": p.breaks_off and q.begins_small,
        "begins_small": q.begins_small,
        "breaks_off": p.breaks_off,
        "section_follows": next_section,
        "section_restarts": bool(p.sections and q.sections and q.sections[0] == 1),
        "section_later": bool(q.sections and q.sections[0] > 1) and not next_section,
        "begins_with_amounts": q.begins_with_amounts,
        "begins_broad": q.begins_broad,
        "begins_named": q.begins_named,
        "begins_numbered": q.begins_numbered,
        "ends_broad": p.ends_broad,
    }


def _beginning(gap: Gap) -> Mapping[str, float]:
    p, q = gap.before, gap.after
    starts = q.salutes + q.addressed + q.dated + q.referenced
    return {
        "salutes": q.salutes,
        "addressed": q.addressed,
        "dated": q.dated,
        "referenced": q.referenced,
        "no_beginning": not starts and q.named is None,
        "full_beginning": starts >= _FULL,
        "closed": p.closes,
        "closed_and_begun": p.closes and starts >= _SOME,
        "from_institution": q.from_institution,
        "headed": q.headed,
        "headed_by_institution": q.headed and q.from_institution,
        "plain_head": not (q.headed or q.from_institution or q.named),
        "ends_short": p.ends_short,
        "dated_at_end": p.dated_at_end,
        "signed_and_headed": (p.ends_short or p.dated_at_end or p.closes)
        and (q.headed or q.from_institution),
        "not_closed": not p.closes and not starts,
        "length_before": min(1.0, len(p.lines) / _LINES_OF_A_PAGE),
        "length_after": min(1.0, len(q.lines) / _LINES_OF_A_PAGE),
        "little_after": q.little,
        "little_before": p.little,
    }


def _letterhead(gap: Gap) -> Mapping[str, float]:
    p, q = gap.before, gap.after
    head = _likeness(opening(p, lines=1), opening(q, lines=1))
    block = _likeness(opening(p, lines=6), opening(q, lines=6))
    foot = _likeness(ending(p, lines=1), ending(q, lines=1))
    return {
        "head_alike": head >= _ALIKE,
        "head_other": head < _UNLIKE,
        "opening_repeats": block >= _ALIKE,
        "opening_likeness": block,
        "foot_alike": foot >= _ALIKE,
        "contacts_shared": bool(p.contacts & q.contacts),
        "contacts_other": bool(p.contacts and q.contacts and not p.contacts & q.contacts),
    }


def _likeness(one: str, other: str) -> float:
    return fuzz.ratio(one, other) / 100 if one and other else 0.0


def _types(gap: Gap) -> Mapping[str, float]:
    p, q = gap.before, gap.after
    same = p.likely is not None and p.likely == q.likely
    differ = None not in {p.likely, q.likely} and not same
    titles = None not in {p.named, q.named} and p.named != q.named
    together = differ and belong_together(p.likely, q.likely)
    return {
        "titled": q.named is not None,
        "titled_same": q.named is not None and q.named == p.named,
        "titles_differ": titles,
        "types_differ": differ and not together,
        "types_companions": together,
        "types_same": same,
        "type_after_unknown": q.likely is None,
        "type_before_unknown": p.likely is None,
        "words_shared": _share(p.words, q.words),
    }


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much of the smaller set is in the other."""
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0


def _references(gap: Gap) -> Mapping[str, float]:
    p, q = gap.before, gap.after
    known = [field.name for field in fields(p.fields)]
    values = {name: (getattr(p.fields, name), getattr(q.fields, name)) for name in known}
    both = {name: pair for name, pair in values.items() if None not in pair}
    bg = (frozenset(p.bg_nummern), frozenset(q.bg_nummern))
    people = ("kundennummer", "rvnr", "steuer_id", "geburtsdatum")
    return {
        "bg_same": bool(bg[0] & bg[1]),
        "bg_other": bool(all(bg) and not bg[0] & bg[1]),
        "person_same": any(one == other for one, other in _of(both, *people)),
        "person_other": any(one != other for one, other in _of(both, *people)),
        "name_same": any(_same_name(*pair) for pair in _of(both, "name")),
        "name_other": any(not _same_name(*pair) for pair in _of(both, "name")),
        "iban_same": any(one == other for one, other in _of(both, "iban")),
        "iban_other": any(one != other for one, other in _of(both, "iban")),
        "date_same": any(one == other for one, other in _of(both, "dokumentdatum")),
        "date_other": any(one != other for one, other in _of(both, "dokumentdatum")),
        "date_new": q.fields.dokumentdatum is not None and p.fields.dokumentdatum is None,
        "numbers_shared": bool(p.numbers & q.numbers),
        "numbers_other": bool(p.numbers and q.numbers and not p.numbers & q.numbers),
    }


def _of(both: Mapping[str, tuple[object, object]], *names: str) -> list[tuple[object, object]]:
    return [both[name] for name in names if name in both]


def _same_name(one: object, other: object) -> bool:
    return fuzz.token_sort_ratio(str(one).lower(), str(other).lower()) >= 100 * _ALIKE


def _blanks(gap: Gap) -> Mapping[str, float]:
    blanks = gap.blanks
    single = blanks.most == 1 and not blanks.duplex
    return {
        "blank_separates": single and blanks.pages == 1,
        "blank_elsewhere": single and blanks.usual and not blanks.pages,
        "blank_sheet": blanks.pages > 1,
        "blank_sheet_elsewhere": blanks.paired and not blanks.pages,
        "blank_back_only": blanks.paired and blanks.pages == 1,
        "blank_perhaps": blanks.most > 1 and not blanks.paired and blanks.pages == 1,
        "blank_back": blanks.duplex and blanks.pages == 1,
        "same_sheet": blanks.duplex and blanks.usual and blanks.back,
    }


_KINDS = MappingProxyType(
    {
        BoundaryReason.PAGE_NUMBERS: (
            "number_restarts", "number_one", "number_breaks", "number_complete",
            "section_restarts",
        ),
        BoundaryReason.BLANK_PAGE: (
            "blank_separates", "blank_sheet", "blank_back", "blank_perhaps",
        ),
        BoundaryReason.LETTERHEAD: (
            "head_other", "contacts_other", "salutes", "addressed", "full_beginning",
            "closed_and_begun", "closed", "opening_repeats", "from_institution",
            "headed_by_institution", "signed_and_headed",
        ),
        BoundaryReason.TYPE: ("titled", "headed", "titles_differ", "types_differ", "titled_same"),
        BoundaryReason.DATE: ("dated", "date_other", "date_new"),
        BoundaryReason.REFERENCE: (
            "bg_other", "person_other", "name_other", "iban_other", "numbers_other", "referenced",
        ),
    }
)  # fmt: skip


def reasons(found: Mapping[str, float], weights: Mapping[str, float]) -> tuple[BoundaryReason, ...]:
    """Return what spoke for a beginning, the strongest first."""
    sums = {
        kind: sum(max(0.0, found[name] * weights.get(name, 0.0)) for name in names)
        for kind, names in _KINDS.items()
    }
    strong = [kind for kind, amount in sums.items() if amount >= _SPEAKS]
    return tuple(sorted(strong, key=lambda kind: (-sums[kind], kind)))


_SPEAKS = 0.3
"""What a kind of evidence must add (in log odds) to be named as a reason."""
