"""Learning from the clearing desk: a candidate is trained, checked, and used if it is not worse.

Owns the use case and its figures. The frozen check letters decide, never the corrections
themselves: a candidate that knows the corrections by heart and reads other post worse than the
model in use is refused. Every end but "nothing to learn" is on record in the realm ``intake``.
"""

import fcntl
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.house import House
from domain.errors import NotAllowedNowError
from intake.modelbook import ModelChoice
from intake.recognition import refuse_model, replace_model, take_back_model
from ocr.judging import Figures, Judged, figures, not_worse
from ocr.learned import scheme, unpacked_keys
from ocr.lessons import Taught
from ocr.model import Model


class Ending(StrEnum):
    """How learning ended."""

    NOTHING = "nothing"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class School:
    """How a model is trained with corrections of some types, and judged on unseen letters."""

    types: frozenset[str]
    train: Callable[[Sequence[Taught]], Model]
    judge: Callable[[Model], Sequence[Judged]]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The corrections at hand.

    ``left_out`` counts those whose features mean something else since an update of the program,
    or whose type nobody knows any more. ``contradicted`` counts decisions against a proposal that
    was sure enough to be filed; many of them deserve a look before anything learns from them.
    """

    taught: tuple[Taught, ...]
    left_out: int
    contradicted: int


@dataclass(frozen=True, slots=True)
class Learned:
    """What came of learning: versions and figures (on the check letters) before and after."""

    ending: Ending
    gathered: Gathered
    versions: tuple[str, str] | None = None
    checked: tuple[Figures, Figures] | None = None


def learn(house: House, *, school: School, actor: str) -> Learned:
    """Train with the corrections and use the new model from now on, if it is not worse.

    Raises ``NotAllowedNowError`` while somebody else learns, or if the model was changed
    meanwhile.
    """
    with _alone(house.folder.learning):
        gathered = gather(house, types=school.types)
        if not gathered.taught:
            return Learned(Ending.NOTHING, gathered)
        before, current = house.models.choices().current, house.models.model()
        candidate = school.train(gathered.taught)
        versions = (current.version, candidate.version)
        if candidate.version == current.version:
            return Learned(Ending.UNCHANGED, gathered, versions)
        trial = _trial(house, current, candidate, school=school)
        if not trial.passed:
            choice = house.models.choice_of(candidate)
            refuse_model(house.intake, choice, figures=_told(gathered, trial), actor=actor)
            return Learned(Ending.REFUSED, gathered, versions, trial.figures)
        chosen, told = house.models.put(candidate), _told(gathered, trial)
        replace_model(house.intake, chosen, before=before, figures=told, actor=actor)
        house.models.clear()
        return Learned(Ending.REPLACED, gathered, versions, trial.figures)


def roll_back(house: House, *, actor: str) -> ModelChoice | None:
    """Return to the model before (None: the packaged one) and forget the file of this one.

    Raises ``NotAllowedNowError`` if the packaged model is in use.
    """
    with _alone(house.folder.learning):
        back = take_back_model(house.intake, actor=actor).current
        house.models.clear()
        return back


def gather(house: House, *, types: Container[str]) -> Gathered:
    """Return what is kept to learn from about some types."""
    room = house.intake
    with room.database.reading() as connection:
        kept = tuple(room.corrections.lessons(connection))
    able = [
        one for one in kept if one.lesson.type in types and one.lesson.features.scheme == scheme()
    ]
    taught = [
        Taught(unpacked_keys(one.lesson.features.keys), one.lesson.type, one.id) for one in able
    ]
    threshold = _threshold(house, house.models.model())
    sure = [one for one in able if one.lesson.confidence >= threshold]
    contradicted = sum(one.lesson.type != one.lesson.proposed for one in sure)
    return Gathered(tuple(taught), len(kept) - len(able), contradicted)


@dataclass(frozen=True, slots=True)
class _Trial:
    """The figures of the model in use and of a candidate, and whether that one passed."""

    figures: tuple[Figures, Figures]
    passed: bool


def _trial(house: House, current: Model, candidate: Model, *, school: School) -> _Trial:
    """Judge both models on the same letters, at the thresholds by which this house files."""
    thresholds = (_threshold(house, current), _threshold(house, candidate))
    old, new = school.judge(current), school.judge(candidate)
    return _Trial(
        figures=(figures(old, threshold=thresholds[0]), figures(new, threshold=thresholds[1])),
        passed=not_worse(old, new, thresholds),
    )


def _threshold(house: House, model: Model) -> float:
    return max(house.intake.policy.threshold, model.threshold)


def _told(gathered: Gathered, trial: _Trial) -> dict[str, str]:
    """Return what the audit chain is told: counts and figures, nothing of any document."""
    counts = {
        "corrections": str(len(gathered.taught)),
        "left_out": str(gathered.left_out),
        "contradicted": str(gathered.contradicted),
    }
    shares = {
        f"{name}_{when}": f"{getattr(one, name):.4f}"
        for when, one in zip(("before", "after"), trial.figures, strict=True)
        for name in ("right", "decided", "wrong", "crossed")
    }
    return counts | shares


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Let nobody else learn or return meanwhile; raise ``NotAllowedNowError`` if somebody does."""
    lock.touch(mode=0o600)
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise NotAllowedNowError from error
        yield
