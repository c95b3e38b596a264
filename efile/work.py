"""The table of a carrier's work: which function does which job."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from efile.filing import file_letter, report_letter
from efile.realm import CarrierRealm, Step
from storage.jobs import Job


def carrier_work(realm: CarrierRealm) -> Mapping[str, Callable[[Job], None]]:
    """Return what to do for each kind of job of a carrier's realm."""
    steps = {Step.FILE: file_letter, Step.REPORT: report_letter}
    return MappingProxyType({kind: partial(step, realm) for kind, step in steps.items()})
