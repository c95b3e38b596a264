"""The amount that matters in a document: what is paid out, owed, granted or due every month.

Owns sums of money in text and what their labels mean for a type of document. A type that is
about no amount has none, and of two that fit equally well neither is taken.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.ids import TypeCode
from ocr.amountcues import CUES, GENERAL, UNITS
from ocr.evidence import Candidate, Cue, Lines, Span, choose

_AMOUNT = re.compile(
    r"(?<![\d.,/:-])(?P<torn>\d{1,3}[.,] (?=\d))?(?P<euros>\d{1,3}(?:[.,]\d{3}){1,2}|\d{1,7})"
    r"(?:[,.](?P<cents>\d{2})|[,.] (?P<apart>\d{2})(?= ?(?:€|EUR|Euro))|,(?:-{1,2}|–)"
    r"|(?= ?(?:€|EUR|Euro)))"
    r"(?![\d%]|[.,]\d)"
)
_CURRENCY = re.compile(r"\s?(?:€|EUR\b|Euro\b)", re.IGNORECASE)
_MOST = 400
_LABEL = 80
_TAIL = 40
_WORD = re.compile(r"(?!EUR)[^\W\d_]{3}")
_LEAST = 3.9
_ALONE = 1.5
"""What speaks for an amount beside which there is no other."""
_MARGIN = 0.4
_TORN = Decimal(-1)
"""What recognition tore apart: it competes with other amounts, and is never answered."""
_OF_ANY_KIND = frozenset({"sonstiges"})
_LEAST_UNTYPED = 4.5


@dataclass(frozen=True, slots=True)
class _Amount:
    """A sum of money with the words before and behind it on its line."""

    value: Decimal
    span: Span
    label: str
    tail: str
    row: str
    head: str


def read_amount(lines: Lines, *, kind: TypeCode | None = None) -> Candidate[Decimal] | None:
    """Return the amount in euros that a document of this kind is about, or None."""
    cues = CUES.get(kind or "", None if kind and kind not in _OF_ANY_KIND else GENERAL)
    if cues is None:
        return None
    least = _LEAST_UNTYPED if cues is GENERAL else _LEAST
    found = list(_amounts(lines))
    only = len({amount.value for amount in found}) == 1
    chosen = choose(
        (
            Candidate(amount.value, amount.span, _score(amount, cues) + _ALONE * only)
            for amount in found
        ),
        least=least,
        margin=_MARGIN,
    )
    return chosen if chosen and chosen.value != _TORN else None


def _amounts(lines: Lines) -> Iterator[_Amount]:
    text, last_end, last_line = lines.text, 0, -1
    for number, match in enumerate(_AMOUNT.finditer(text)):
        if number >= _MOST:
            return
        line = lines.number(match.start())
        row = lines.before(match.start())
        near = row
        if line == last_line:
            near = _AFTER_OTHER.sub(
                ", ", text[max(last_end, match.start() - _LABEL) : match.start()]
            )
        head = lines.above(line, reach=1)
        if not _WORD.search(row):
            row = near = head = head[-_LABEL:]
        elif _SENTENCE.search(head) or _AMOUNT.search(head) or _several(lines.line(line)):
            head = ""
        yield _Amount(
            _value(match),
            Span(*match.span()),
            near,
            lines.after(match.end())[:_TAIL],
            row,
            head,
        )
        last_end, last_line = match.end(), line


def _value(match: re.Match[str]) -> Decimal:
    """Return euros and cents; what recognition tore apart competes, but is never answered."""
    if match["torn"]:
        return _TORN
    return Decimal(
        f"{re.sub('[.,]', '', match['euros'])}.{match['cents'] or match['apart'] or '00'}"
    )


def _several(row: str) -> bool:
    """Tell whether a row has several amounts, so that a head may be that of another column."""
    return len(_AMOUNT.findall(row)) > 1


def _score(amount: _Amount, cues: Sequence[Cue]) -> float:
    """Weigh the words before an amount, those right behind it, and the head of its column."""
    if UNITS.match(amount.tail) or not amount.value:
        return _NEVER
    own = _WORD.search(amount.label) or amount.label.startswith(", ")
    label = _CLAUSE.split(amount.label if own else amount.row)[-1]
    tail = _TAIL_END.split(amount.tail, maxsplit=1)[0]
    said = [(cue.weight, end) for cue in cues if (end := _last(cue, label)) is not None]
    good = [*((weight, end) for weight, end in said if weight > 0)]
    good += [(cue.weight, 0) for cue in cues if cue.weight > 0 and cue.pattern.search(tail)]
    good += [
        (cue.weight - 1, 0) for cue in cues if cue.weight > 0 and cue.pattern.search(amount.head)
    ]
    best, end = max(good, default=(0.0, 0))
    against = [weight for weight, at in said if weight < 0 and at > end - _FORGOTTEN]
    against += [
        cue.weight for cue in cues if cue.weight < 0 and cue.pattern.search(tail[:_NEXT_WORD])
    ]
    currency = 0.3 * bool(_CURRENCY.match(amount.tail) or _CURRENCY.search(label[-5:]))
    return best + min(against, default=0.0) + currency + 0.5 * (not own and label != amount.head)


def _last(cue: Cue, text: str) -> int | None:
    """Return where the last words of a cue end, None if there are none."""
    return max((match.end() for match in cue.pattern.finditer(text)), default=None)


_CLAUSE = re.compile(r"(?<=[a-zäöüß]{3})(?<!tgl|mtl|nkl|zgl)[.;?!]\s+(?=\S)")
_SENTENCE = re.compile(r"[.;!?]\s*$")
"""The end of running text, which is no head of a column."""
_FORGOTTEN = 18
"""Characters after which a word against an amount no longer counts beside one for it."""
_TAIL_END = re.compile(r"\d|[.;:,(](?:\s|\w|$)|\s{2}|\s/\s")
_AFTER_OTHER = re.compile(r"^[^,;(–]{0,30}[,;(–]\s*")
"""What belongs to the amount before."""
_NEVER = -9.0
_NEXT_WORD = 14
