"""Following a submission: wait until it has come to rest, then tell where everything went."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.house import House
from domain.errors import StalledError
from domain.ids import SubmissionId
from domain.post import ItemStatus
from domain.reasons import SENTENCES, Reason
from intake.status import Whereabouts, whereabouts

_POLL_SECONDS = 0.2
_SPARE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Resting:
    """Where one document (or an item without one) has come to rest, and why."""

    status: ItemStatus
    type: str | None
    title: str
    confidence: float | None
    carriers: tuple[str, ...]
    reason: Reason | None
    why: str


def settled(house: House, submission: SubmissionId) -> bool:
    """Tell whether nothing of a submission is in flight any more."""
    places = tuple(whereabouts(house.intake, submission))
    return all(place.status is not ItemStatus.IN_FLIGHT for place in places)


def follow(
    house: House, submissions: Iterable[SubmissionId], *, progress: Callable[[int], None]
) -> None:
    """Return when all submissions have come to rest; ``progress`` hears how many have.

    Raises ``StalledError`` when none has for longer than reading one item may take.
    """
    open_ones = list(submissions)
    total = len(open_ones)
    patience = house.settings.reader_seconds + _SPARE_SECONDS
    moved = time.monotonic()
    while open_ones:
        still = [one for one in open_ones if not settled(house, one)]
        if len(still) < len(open_ones):
            moved = time.monotonic()
        elif time.monotonic() - moved > patience:
            raise StalledError
        open_ones = still
        progress(total - len(open_ones))
        if open_ones:
            time.sleep(_POLL_SECONDS)


def resting(house: House, submission: SubmissionId) -> tuple[Resting, ...]:
    """Return where the documents of a submission are."""
    return tuple(_resting(house, place) for place in whereabouts(house.intake, submission))


def _resting(house: House, place: Whereabouts) -> Resting:
    decision = place.record.decision if place.record else None
    kind = house.intake.policy.catalogue[decision.type] if decision else None
    return Resting(
        status=place.status,
        type=kind.code if kind else None,
        title=kind.title if kind else "",
        confidence=place.record.reading.confidence if place.record else None,
        carriers=place.carriers,
        reason=place.reason,
        why=_why(place, basis=kind.basis if kind else ""),
    )


def _why(place: Whereabouts, *, basis: str) -> str:
    if place.reason is not None:
        return SENTENCES[place.reason].de
    return basis if place.status is ItemStatus.FILED else ""
