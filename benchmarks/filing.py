"""Types: how many letters are recognised, how many are filed without a person, how many wrongly.

Owns the judgement by the shipped policy: what is decided, and where it would go.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.policy import load_policy
from app.readers import EmptyDirectory
from app.settings import Settings
from benchmarks.reading_letters import ReadLetter, read_letters
from benchmarks.report import Result, Section, at_least, at_most
from benchmarks.run import Run
from domain.catalogue import FALLBACK
from domain.ids import TypeCode
from intake.routing import RoutingPolicy, decide

_RECOGNISED = {"born-digital": 97.0, "text": 97.0, "office": 97.0, "poor": 92.0, "phone": 92.0}
_DECIDED, _WRONG, _ASTRAY = 80.0, 1.0, 0.3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one letter.

    ``penned``: all of it is written by hand. ``recognised``: all its documents have its type.
    ``fileable``: its type belongs to somebody. ``filed``: nothing of it waits for a person.
    ``wrong``: something was filed as another type. ``astray``: something was filed with a
    carrier that is not entitled to it.
    """

    penned: bool
    recognised: bool
    fileable: bool
    filed: bool
    wrong: bool
    astray: bool


def measure(run: Run) -> Section:
    """Judge the letters of each kind."""
    policy = load_policy(Settings())
    results: list[Result] = []
    lines: list[str] = []
    for kind, letters in read_letters(run).items():
        verdicts = [judge(one, policy) for one in letters]
        results += _results(kind, verdicts, limit=_RECOGNISED[kind])
        lines += (
            _line(kind, one) for one, made in zip(letters, verdicts, strict=True) if made.wrong
        )
    shown = ("filed as another type:", *lines) if lines else ()
    return Section("Types (letters of the check split, shipped policy)", results, _NOTES, shown)


_NOTES = (
    "decided: of the letters whose type belongs to a carrier; wrong and astray: of the decided.",
    "Letters wholly by hand have a line of their own, but count where they are filed wrongly.",
    "text: the wording itself, read as a text item, without recognition.",
)


def judge(one: ReadLetter, policy: RoutingPolicy) -> Verdict:
    """Tell what becomes of a letter by a policy, in a house that knows no case yet."""
    kind = policy.catalogue[TypeCode(one.letter.type)]
    entitled = policy.carriers.entitled(kind)
    directory = EmptyDirectory()
    decisions = [
        decide(document, hint="", policy=policy, directory=directory)
        for document in one.reading.documents
    ]
    filed = [decision for decision in decisions if decision.files]
    return Verdict(
        penned=one.letter.whole,
        recognised={document.type for document in one.reading.documents} == {kind.code},
        fileable=bool(entitled) and kind.code != FALLBACK,
        filed=bool(filed) and len(filed) == len(decisions),
        wrong=any(decision.type != kind.code for decision in filed),
        astray=any(set(decision.carriers) - set(entitled) for decision in filed),
    )


def _results(kind: str, verdicts: Sequence[Verdict], *, limit: float) -> list[Result]:
    printed = [one for one in verdicts if not one.penned]
    penned = [one.recognised for one in verdicts if one.penned]
    filed = [one.filed for one in printed if one.fileable]
    decided = [one for one in verdicts if one.filed or one.wrong]
    recognised = _share([one.recognised for one in printed])
    rows = [
        Result(f"{kind} ({len(printed)}): type recognised", recognised, "%", at_least(limit)),
        Result(f"{kind} ({len(filed)}): decided", _share(filed), "%", at_least(_DECIDED)),
    ]
    if penned:
        rows.append(Result(f"{kind}, by hand ({len(penned)}): recognised", _share(penned), "%"))
    name = f"{kind} ({len(decided)})"
    wrong, astray = [one.wrong for one in decided], [one.astray for one in decided]
    return [
        *rows,
        Result(f"{name}: wrong type", _share(wrong), "%", at_most(_WRONG)),
        Result(f"{name}: astray", _share(astray), "%", at_most(_ASTRAY)),
    ]


def _share(cases: Sequence[bool]) -> float:
    return 100 * sum(cases) / len(cases) if cases else 0.0


def _line(kind: str, one: ReadLetter) -> str:
    found = ", ".join(f"{doc.type} {doc.confidence:.2f}" for doc in one.reading.documents)
    return f"{kind}: {one.letter.type}/{one.letter.template.slug} -> {found}"
