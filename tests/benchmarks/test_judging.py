import datetime as dt
from decimal import Decimal
from pathlib import Path

from app.policy import load_policy
from app.settings import Settings
from benchmarks.filing import judge
from benchmarks.indexing import Tally, count
from benchmarks.post import born_digital, letters, wordings
from benchmarks.reading_letters import ReadLetter
from benchmarks.report import Result, at_least, at_most
from benchmarks.stages import Stopwatch, profile
from corpus.writing import Letter
from domain.ids import TypeCode
from domain.reading import Fields, Outcome, ReadDocument, Reading

_POLICY = load_policy(Settings())


def _letter(kind: str) -> Letter:
    return next(letter for letter in letters(seed="test") if letter.type == kind)


def _read(letter: Letter, *types: str, confidence: float = 1.0) -> ReadLetter:
    documents = tuple(
        ReadDocument(
            pages=(at,),
            type=TypeCode(kind),
            confidence=confidence,
            fields=Fields(),
            text="",
            media_type="application/pdf",
        )
        for at, kind in enumerate(types, start=1)
    )
    reading = Reading(Outcome.ACCEPTED, "application/pdf", documents=documents)
    return ReadLetter(letter, reading)


def test_the_right_type_is_recognised_and_filed() -> None:
    verdict = judge(_read(_letter("mietvertrag"), "mietvertrag"), _POLICY)
    assert verdict.recognised
    assert verdict.fileable
    assert verdict.filed
    assert not verdict.wrong
    assert not verdict.astray


def test_a_wrong_type_that_is_filed_is_wrong_and_may_go_astray() -> None:
    verdict = judge(_read(_letter("suchtberatung"), "mietvertrag"), _POLICY)
    assert not verdict.recognised
    assert verdict.wrong
    other = judge(_read(_letter("massnahme"), "mietvertrag"), _POLICY)
    assert other.astray


def test_a_type_below_the_threshold_waits_for_a_person() -> None:
    unsure = _read(_letter("mietvertrag"), "massnahme", confidence=_POLICY.threshold - 0.01)
    verdict = judge(unsure, _POLICY)
    assert not verdict.filed
    assert not verdict.wrong


def test_half_a_letter_filed_wrongly_is_wrong() -> None:
    verdict = judge(_read(_letter("mietvertrag"), "mietvertrag", "massnahme"), _POLICY)
    assert not verdict.recognised
    assert verdict.wrong


def test_fields_are_right_only_if_they_are_the_same() -> None:
    letter = next(one for one in letters(seed="test") if "betrag" in one.truth.fields)
    there = not letter.truth.handwritten
    document = _read(letter, letter.type).reading.documents[0]
    said = Fields(betrag=Decimal(letter.truth.fields["betrag"]), geburtsdatum=dt.date(1900, 1, 1))
    reading = Reading(
        Outcome.ACCEPTED,
        "application/pdf",
        documents=(
            ReadDocument(
                pages=document.pages,
                type=document.type,
                confidence=1.0,
                fields=said,
                text="",
                media_type=document.media_type,
            ),
        ),
    )
    assert there
    counted = count([ReadLetter(letter, reading)], penned=False)
    assert counted["betrag"] == Tally(there=1, found=1, right=1)
    assert counted["geburtsdatum"].found == 1
    assert counted["geburtsdatum"].right == 0


def test_a_letter_without_documents_has_no_fields() -> None:
    letter = _letter("mietvertrag")
    counted = count([ReadLetter(letter, Reading(Outcome.UNREADABLE, ""))], penned=False)
    assert all(tally.found == 0 for tally in counted.values())


def test_the_first_wordings_are_of_different_types() -> None:
    first = [one.type for one in wordings(seed="test")][: len({t.type for t in wordings(seed="")})]
    assert len(first) == len(set(first))


def test_targets_bound_from_one_side() -> None:
    assert Result("", 0.4, "x", at_most(0.4)).met
    assert Result("", 0.41, "x", at_most(0.4)).met is False
    assert Result("", 97.0, "%", at_least(97)).met
    assert Result("", 1.0, "%").met is None


def test_a_stage_does_not_include_the_stages_inside_it() -> None:
    stopwatch = Stopwatch()

    def busy() -> int:
        return sum(number * number for number in range(300_000))

    inner = stopwatch.around("inner", busy)
    stopwatch.around("outer", inner)()
    assert stopwatch.spent["inner"] > 10 * stopwatch.spent["outer"] >= 0


def test_every_stage_is_still_there_and_timed(tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(born_digital(_letter("mietvertrag")))
    spent = profile([file])
    assert {"open", "own text", "classify", "fields", "archive", "validate"} <= spent.keys()
    assert all(seconds >= 0 for seconds in spent.values())
