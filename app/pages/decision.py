"""The form of the clearing desk: what a person chose, and what is wrong with it, field by field.

Speaks before the use case does, so that each problem stands beside its field; the use case checks
everything again and has the last word.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.pages.forms import Form
from domain.catalogue import FALLBACK
from domain.identifiers import parse_reference
from domain.ids import CarrierId, TypeCode
from intake.clearing import Correction
from intake.routing import Decision, RoutingPolicy

_NO_TYPE = "Bitte wählen Sie, was für ein Dokument es ist."
_NO_CARRIER = "Bitte wählen Sie mindestens einen Träger."
_NOT_LAWFUL = (
    "Diese Art von Dokument gehört nach dem Gesetz nicht zu diesem Träger. "
    "Bitte wählen Sie einen anderen Träger oder eine andere Art."
)
_NO_REFERENCE = (
    "Das ist weder eine BG-Nummer (wie 12345//0001234) noch eine Kundennummer (wie 123A456789)."
)


@dataclass(frozen=True, slots=True)
class Filing:
    """What the form says, as it was written."""

    type: TypeCode
    carriers: tuple[CarrierId, ...]
    reference: str

    def correction(self) -> Correction:
        """Return what the use case takes."""
        return Correction(self.type, self.carriers, self.reference)


def of_form(form: Form) -> Filing:
    """Read the form."""
    carriers = tuple(CarrierId(name) for name in form.every("carriers"))
    return Filing(TypeCode(form.one("type")), carriers, form.one("reference").strip())


def of_proposal(decision: Decision) -> Filing:
    """Return what routing proposes; no type where none was recognised."""
    kind = TypeCode("") if decision.type == FALLBACK else decision.type
    return Filing(kind, decision.carriers, decision.reference or "")


def problems_of(filing: Filing, policy: RoutingPolicy) -> dict[str, str]:
    """Return a sentence for each field that cannot be; empty where all is well."""
    return dict(_problems(filing, policy))


def _problems(filing: Filing, policy: RoutingPolicy) -> Iterator[tuple[str, str]]:
    known = filing.type in policy.catalogue
    if not known:
        yield "type", _NO_TYPE
    if not filing.carriers or any(name not in policy.carriers.carriers for name in filing.carriers):
        yield "carriers", _NO_CARRIER
    elif known and not _lawful(filing, policy):
        yield "carriers", _NOT_LAWFUL
    if filing.reference and parse_reference(filing.reference) is None:
        yield "reference", _NO_REFERENCE


def _lawful(filing: Filing, policy: RoutingPolicy) -> bool:
    entitled = policy.carriers.entitled(policy.catalogue[filing.type])
    return not entitled or set(filing.carriers) <= set(entitled)
