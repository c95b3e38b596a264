"""The name of the person a document is about.

Owns where such a name stands and what the words around it say: labels, forms of address,
addresses, salutations. If two people fit equally well there is no name.
"""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from domain.catalogue import FALLBACK
from domain.ids import TypeCode
from ocr.evidence import Around, Candidate, Lines, Span, choose, weigh, wording
from ocr.forenames import is_forename
from ocr.namecues import (
    ABOUT_CHILDREN,
    AFTER,
    BEFORE,
    CHILDREN,
    COUNTERPARTS,
    PARENTS,
    RELATIVES,
    SIGNED,
    SIGNED_BY_OTHERS,
    WRITTEN_BY_PERSON,
)
from ocr.namelike import Named, find_names, is_same, words_at
from ocr.persons import speaks_of_another
from ocr.spelling import share_of_words

_BORN = re.compile(
    r"[\s,·(|/–-]{0,4}(?P<said>geb\w*\.?:?(?: am)? ?"
    r"|\* ?)?(?:\d{1,2}\. ?\d{1,2}\. ?(?P<year>\d{4}|\d{2})\b|(?<=[.\w] )(?:am|in))",
    re.IGNORECASE,
)
_BORN_BELOW = re.compile(r"geb|\*", re.IGNORECASE)
_ADULT = 3.0
_MINOR = -6.0
_ADDRESSED = re.compile(r"(?:An|Herrn?(?:/Frau)?|Frau)\b")
_BELOW_ADDRESS = re.compile(
    r"^\s*[A-ZÄÖÜ][\w.-]*(?: [\w.-]+){0,3} \d{1,3} ?[a-z]?(?:\s*$|[\s,·|]+\d{5} )"
    r"|^\s*\d{5} [A-ZÄÖÜ]"
)
_CLOSING = wording(
    r"Mit (?:freundlich|vorz)\w+|Freundliche Gr|Hochachtungsvoll|Beste Gr|Viele Gr|\bGr(?:u|ü)ß"
    r"|Unterschrift|Im Auftrag"
)
_SALUTATION = re.compile(
    r"(?:Sehr geehrte[rs]?|Liebe[rs]?|Guten Tag|Hallo|Moin(?: und guten Tag)?),?\s+"
    r"(?:(?:Frau|Herrn?)\s+(?P<last>[^\s,!:][^\n,!:]{1,60})|(?P<first>[^\W\d_][^\n,!:]{1,40}))"
)
_MAIL = re.compile(r"^An:?[^\n@]{0,60}?([\w.+-]{3,60})@", re.MULTILINE | re.IGNORECASE)
_CHILD_BENEFIT = 19
_MAJORITY = 18
_APPLIES_FROM_AGE = 15
_SHORT_YEAR = 2
_HEAD = 10
_FOOT = 3
_ADDRESS = 3.0
_FORENAME_KNOWN = 1.5
_MOST_GREETINGS = 20
_LEAST_UNTYPED = 4.0
_WEAK = 0.9
_LONE = 0.8
_PAIRED = 4.5
_PAIR_REACH = 250
_BIRTH = re.compile(r"[Gg]eb[^\n]{0,40}?\d\. ?\d{1,2}\. ?(\d{4})")
_GAP = r"(?:[ \t]*/[^\n:]{1,40})?[ \t]*[:.]?[ \t]*(?:\n[ \t]*)?"
_SURNAME = re.compile(
    rf"(?<![\w-])(?:Name|Nachname|Familienname|Zuname)(?:\(n\))?{_GAP}(?=[^\W\d_])"
)
_FORENAME = re.compile(rf"(?<![\w-])(?:Vornamen?(?:\(n\))?|Rufname)(?:\(n\))?{_GAP}(?=[^\W\d_])")
_LISTED = 0.2
"""What a comma says between words of which none is a known forename: it may be a list."""
_LEAST = 3.0
_TITLED = -5.0
"""Somebody below whose name stands an office that the person does not have."""
_WORDY = -3.0
_SHORT = 5
_MARGIN = 0.8


def read_name(
    lines: Lines, *, today: dt.date, kind: TypeCode | None = None
) -> Candidate[str] | None:
    """Return "Vorname Nachname" of the person concerned, None if there is none or two compete."""
    own, parents = kind in WRITTEN_BY_PERSON, kind in ABOUT_CHILDREN
    oldest_child = today.year - (_CHILD_BENEFIT if parents else _APPLIES_FROM_AGE)
    relation = PARENTS if parents else RELATIVES
    if kind not in {None, FALLBACK, *WRITTEN_BY_PERSON}:
        relation = (*relation, *COUNTERPARTS, *(CHILDREN if parents else ()))
    found = [
        Candidate(
            named.name,
            named.span,
            _local(named, lines, own=own)
            + weigh(lines.before(named.span.start), relation)
            + _aged(_age(named, lines), oldest_child, own=own),
        )
        for named in find_names(lines)
    ]
    found += _paired(lines.text, born_by=oldest_child if parents else None)
    together = [*_together(found, lines.text, own=own)]
    lone = sum(candidate.score > _WEAK for candidate in together) == 1
    least = _LEAST_UNTYPED if kind == FALLBACK else _LEAST
    return choose(together, least=least - _LONE * lone, margin=_MARGIN)


def _paired(text: str, *, born_by: int | None) -> Iterator[Candidate[str]]:
    """Yield the name whose halves stand behind labels of their own, if born by such a year."""
    last = next(_behind(_SURNAME, text, most=3), None)
    first = next(_behind(_FORENAME, text, most=2), None)
    if last and first and abs(last.start() - first.start()) < _PAIR_REACH:
        name = " ".join(
            word.title() if word.isupper() else word for word in f"{first[0]} {last[0]}".split()
        )
        span = Span(min(last.start(), first.start()), max(last.end(), first.end()))
        born = _BIRTH.search(text, span.end, span.end + _PAIR_REACH)
        if born_by is None or (born and int(born[1]) <= born_by):
            yield Candidate(name, span, _PAIRED)


def _behind(label: re.Pattern[str], text: str, *, most: int) -> Iterator[re.Match[str]]:
    for match in label.finditer(text):
        if value := words_at(text, match.end(), most=most):
            yield value


def _local(named: Named, lines: Lines, *, own: bool) -> float:
    """Weigh the words around one occurrence."""
    around = lines.around(named.span)
    score = (
        weigh(around.before, BEFORE)
        + weigh(around.before, SIGNED if own else SIGNED_BY_OTHERS)
        + weigh(around.after, AFTER)
        + _FORENAME_KNOWN * is_forename(named.name.split()[0])
        + named.reversed * (1 if is_forename(named.name.split()[0]) else _LISTED)
        + _placed(around)
        + _usual(named.name)
        + _TITLED * bool(around.alone and weigh(around.below.strip(), AFTER) <= _TITLED)
    )
    foot = own and around.left <= _FOOT
    if not foot and speaks_of_another(lines, around.line):
        score -= 4.0
    if _signs(around.line, lines):
        return score + (2.5 if own else -2.5 if score < _ADDRESS else 0.0)
    return score + 1.5 * (foot or (own and around.line < _FOOT))


def _usual(name: str) -> float:
    """Weigh words of office post that stand where a name could."""
    first, *further = name.split()
    if len(first) < _SHORT or is_forename(first) or share_of_words(first) < 1:
        return 0.0
    return _WORDY * (1 + any(share_of_words(word) == 1 for word in further))


def _placed(around: Around) -> float:
    """Weigh a name that begins its line: the label above it, the address below it."""
    if _ADDRESSED.sub("", around.before).strip():
        return 0.0
    score = 0.8 * weigh(around.above, BEFORE)
    if around.after.strip(" ,"):
        return score
    addressed = bool(_BELOW_ADDRESS.search(around.below))
    return score + 1.0 + 0.5 * (around.line < _HEAD) + 2.5 * addressed


def _age(named: Named, lines: Lines) -> str:
    """Return what follows a name: its line, or the one below if the name ends its own."""
    after = lines.after(named.span.end)
    if after.strip():
        return after
    below = lines.below(lines.number(named.span.start), reach=1).lstrip()
    return below if _BORN_BELOW.match(below) else ""


def _aged(after: str, oldest_child: int, *, own: bool) -> float:
    """Weigh a date of birth behind a name: it makes somebody the person, or a child."""
    match = _BORN.match(after)
    if not match or not (match["said"] or match["year"]):
        return 0.0
    year = int(match["year"] or 0)
    if len(match["year"] or "") == _SHORT_YEAR:
        year += 2000 if year <= oldest_child % 100 + _MAJORITY else 1900
    if year > oldest_child:
        return _MINOR if match["said"] or not own else 1.0
    return _ADULT


def _signs(line: int, lines: Lines) -> bool:
    return any(_CLOSING.search(lines.line(number)) for number in range(line - 3, line + 1))


def _together(found: Iterable[Candidate[str]], text: str, *, own: bool) -> Iterator[Candidate[str]]:
    """Yield one candidate for each name, with what its occurrences say together."""
    places: dict[str, list[Candidate[str]]] = defaultdict(list)
    for candidate in found:
        alike = (name for name in places if is_same(name, candidate.value))
        places[next(alike, candidate.value)].append(candidate)
    greeted = _greeted(text, own=own)
    for known in places.values():
        best = max(known, key=lambda candidate: candidate.score)
        name = Counter(candidate.value for candidate in known).most_common(1)[0][0]
        further = 0.5 * min(2, sum(candidate.score > 0 for candidate in known) - 1)
        worst = min(candidate.score for candidate in known)
        score = best.score + further + greeted(name) + 0.3 * min(0.0, worst)
        yield Candidate(name, best.span, score)


def _greeted(text: str, *, own: bool) -> Callable[[str], float]:
    """Return how well a name fits the salutation and the address of a mail."""
    greetings = tuple(islice(_SALUTATION.finditer(text), _MOST_GREETINGS))
    lasts = [match["last"].split()[-1].lower() for match in greetings if match["last"]]
    firsts = [match["first"].strip() for match in greetings if match["first"]]
    mails = " ".join(match[1] for match in islice(_MAIL.finditer(text), _MOST_GREETINGS)).lower()

    def fits(name: str) -> float:
        words = name.split()
        last = any(is_same(words[-1].lower(), said) for said in lasts)
        if own:  # who is greeted is somebody else
            return -4.0 * last
        first = any(said.startswith(words[0]) for said in firsts)
        mailed = words[0].lower() in mails and words[-1].lower() in mails
        return 4.0 * last + 3.0 * first + 2.5 * mailed - 0.8 * (bool(lasts) and not last)

    return fits
