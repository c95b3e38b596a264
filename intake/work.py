"""The table of the mail room's work: which function does which job."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from intake.dispatch import (
    announce_letter,
    destroy_item,
    dispatch_letter,
    route_document,
    settle_letter,
)
from intake.reading import read_item
from intake.room import MailRoom, Step
from storage.jobs import Job


def intake_work(room: MailRoom) -> Mapping[str, Callable[[Job], None]]:
    """Return what to do for each kind of job of the realm ``intake``."""
    steps = {
        Step.READ: read_item,
        Step.ROUTE: route_document,
        Step.DISPATCH: dispatch_letter,
        Step.ANNOUNCE: announce_letter,
        Step.SETTLE: settle_letter,
        Step.DESTROY: destroy_item,
    }
    return MappingProxyType({kind: partial(step, room) for kind, step in steps.items()})
