"""Carriers (Träger) as configuration: who holds which legal task in this house.

Three forms exist: two separate carriers, one joint institution (gemeinsame Einrichtung,
§ 44b SGB II), or one municipality with all tasks (zugelassener kommunaler Träger,
§ 6a SGB II) with several internal realms.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.catalogue import Authority, Catalogue, DocumentType, Protection
from domain.errors import ConfigurationError
from domain.ids import INTAKE, CarrierId, TypeCode, realm_of

_NAME = re.compile(r"[a-z][a-z0-9-]{1,30}")
_MEMBERS = frozenset({"carrier", "authority", "protections", "types"})


@dataclass(frozen=True, slots=True)
class Carrier:
    """One carrier, which is one realm."""

    id: CarrierId
    title: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """One line of the table that gives a legal task to a carrier; None matches everything."""

    carrier: CarrierId
    authority: Authority
    protections: frozenset[Protection] | None = None
    types: frozenset[TypeCode] | None = None

    def covers(self, authority: Authority, kind: DocumentType) -> bool:
        """Tell whether this line decides for a type of an authority."""
        return (
            authority is self.authority
            and (self.protections is None or kind.protection in self.protections)
            and (self.types is None or kind.code in self.types)
        )


@dataclass(frozen=True, slots=True)
class CarrierConfiguration:
    """The carriers of one house; the first assignment that covers a type decides."""

    title: str
    carriers: Mapping[CarrierId, Carrier]
    assignments: tuple[Assignment, ...]

    def entitled(self, kind: DocumentType) -> tuple[CarrierId, ...]:
        """Return the carriers whose file a type belongs in; empty where a person must decide."""
        found = {self._carrier_for(authority, kind) for authority in kind.authorities}
        return tuple(sorted(found))

    def _carrier_for(self, authority: Authority, kind: DocumentType) -> CarrierId:
        for assignment in self.assignments:
            if assignment.covers(authority, kind):
                return assignment.carrier
        detail = f"no carrier for {kind.code} of {authority}"
        raise ConfigurationError(detail)


def parse_carriers(text: str, catalogue: Catalogue) -> CarrierConfiguration:
    """Parse a carrier configuration (TOML) and prove that it covers every document type."""
    try:
        configuration = _parse(tomllib.loads(text))
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        detail = f"carriers: {error}"
        raise ConfigurationError(detail) from error
    named = {code for line in configuration.assignments for code in line.types or ()}
    if unknown := {code for code in named if code not in catalogue}:
        detail = f"carriers: no such document types: {', '.join(sorted(unknown))}"
        raise ConfigurationError(detail)
    for kind in catalogue:
        for authority in kind.authorities or Authority:
            configuration._carrier_for(authority, kind)  # noqa: SLF001 - completeness proof
    return configuration


def _parse(table: Mapping[str, Any]) -> CarrierConfiguration:
    carriers = {
        CarrierId(name): Carrier(CarrierId(name), row["title"])
        for name, row in table["carriers"].items()
    }
    for name in carriers:
        if not _NAME.fullmatch(name) or realm_of(name) == INTAKE:
            detail = f"{name!r} is not a name for a carrier"
            raise ValueError(detail)
    assignments = tuple(_parse_assignment(row, carriers) for row in table["assign"])
    return CarrierConfiguration(table["title"], carriers, assignments)


def _parse_assignment(row: Mapping[str, Any], carriers: Mapping[CarrierId, Carrier]) -> Assignment:
    protections, types = row.get("protections"), row.get("types")
    # A misspelt or empty condition must not turn into a line that covers everything.
    if not row.keys() <= _MEMBERS or protections == [] or types == []:
        detail = "a line of the assignments has an unknown or an empty member"
        raise ValueError(detail)
    carrier = carriers[CarrierId(row["carrier"])].id
    return Assignment(
        carrier=carrier,
        authority=Authority(row["authority"]),
        protections=frozenset(map(Protection, protections)) if protections else None,
        types=frozenset(map(TypeCode, types)) if types else None,
    )
