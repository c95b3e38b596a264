"""Routing: by law and by the references in the document, to whom it belongs. Or to nobody yet.

Abstains rather than guesses: a document in the wrong authority's file is the worst outcome the
system knows. Pure but for one question to each entitled carrier, "do you hold a file for this
identifier?", which is asked through ``CaseDirectory``.
"""

from dataclasses import dataclass

from domain.carriers import CarrierConfiguration
from domain.catalogue import FALLBACK, Catalogue
from domain.identifiers import parse_bg_nummer, parse_kundennummer, parse_reference
from domain.ids import CarrierId, TypeCode
from domain.ports import CaseDirectory
from domain.reading import ReadDocument
from domain.reasons import Reason

POLICY = "policy"
"""Who decided, where no person had to."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What shall become of a document; with reasons, a person must decide.

    ``carriers`` are the entitled ones as far as the type tells, also while doubts remain;
    ``confirmed`` if document and sender name the same case.
    """

    type: TypeCode
    carriers: tuple[CarrierId, ...]
    reference: str | None
    decided_by: str = POLICY
    reasons: tuple[Reason, ...] = ()
    confirmed: bool = False

    @property
    def files(self) -> bool:
        """Tell whether the document may be filed without a person."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class RoutingPolicy:
    """The catalogue, the carriers of this house and the confidence (0 to 1) that is enough."""

    catalogue: Catalogue
    carriers: CarrierConfiguration
    threshold: float


def decide(
    document: ReadDocument, *, hint: str, policy: RoutingPolicy, directory: CaseDirectory
) -> Decision:
    """Decide about one document; ``hint`` is the reference that the sender gave, or ""."""
    known = document.type in policy.catalogue
    kind = policy.catalogue[document.type if known else FALLBACK]
    carriers = policy.carriers.entitled(kind)
    reasons = list(document.doubts)
    if kind.code == FALLBACK:
        reasons.append(Reason.UNKNOWN_TYPE)
    elif not carriers:
        reasons.append(Reason.CLARIFY_BY_LAW)
    elif not document.confidence >= policy.threshold:  # "not a number" is not enough either
        reasons.append(Reason.LOW_CONFIDENCE)
    references = _own_references(document, hint)
    if _references_conflict(document, hint) or _files_conflict(references, carriers, directory):
        reasons.append(Reason.CONFLICTING_REFERENCES)
    return Decision(
        type=kind.code,
        carriers=carriers,
        reference=_reference(document, hint),
        reasons=tuple(dict.fromkeys(reasons)),
        confirmed=_confirmed(document, hint),
    )


def _confirmed(document: ReadDocument, hint: str) -> bool:
    """Tell whether the sender named the number that was read."""
    said = parse_reference(hint)
    return said is not None and said in (document.fields.bg_nummer, document.fields.kundennummer)


def _reference(document: ReadDocument, hint: str) -> str | None:
    fields = document.fields
    return fields.bg_nummer or fields.kundennummer or parse_reference(hint)


def _references_conflict(document: ReadDocument, hint: str) -> bool:
    fields = document.fields
    cases = set(document.bg_nummern) | {fields.bg_nummer, parse_bg_nummer(hint)}
    people = {fields.kundennummer, parse_kundennummer(hint)}
    return any(len(seen - {None}) > 1 for seen in (cases, people))


def _own_references(document: ReadDocument, hint: str) -> frozenset[str]:
    said = (document.fields.bg_nummer, document.fields.kundennummer, parse_reference(hint))
    return frozenset(filter(None, said))


def _files_conflict(
    references: frozenset[str], carriers: tuple[CarrierId, ...], directory: CaseDirectory
) -> bool:
    """Tell whether a carrier knows these references as those of different cases."""
    return any(
        len({directory.case_for(carrier, name) for name in references} - {None}) > 1
        for carrier in carriers
    )
