"""The catalogue of document types (Dokumentarten) with their legal basis.

The catalogue is data (TOML); this module parses it once, at start, and refuses anything
that is not complete.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.errors import ConfigurationError
from domain.ids import TypeCode

FALLBACK = TypeCode("sonstiges")
"""The type of everything that is not recognised; never filed without a person."""


class Protection(StrEnum):
    """Protection class (Schutzklasse) of a document type."""

    NORMAL = "normal"
    IDENTITY = "identity"
    HEALTH = "health"
    COUNSELLING = "counselling"


class Authority(StrEnum):
    """The two authorities of the Jobcenter by law (§ 6(1) SGB II Nr. 1 and Nr. 2)."""

    AGENTUR = "agentur"
    KOMMUNE = "kommune"


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One type: ``authorities`` is empty where the type alone does not decide ("clarify")."""

    code: TypeCode
    title: str
    authorities: frozenset[Authority]
    basis: str
    protection: Protection


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All document types by code."""

    types: Mapping[TypeCode, DocumentType]

    def __getitem__(self, code: TypeCode) -> DocumentType:
        """Return a type; unknown codes are a programming or configuration error."""
        try:
            return self.types[code]
        except KeyError:
            detail = f"unknown document type code {code!r}"
            raise ConfigurationError(detail) from None

    def even_retired(self, code: TypeCode, *, basis: str) -> DocumentType:
        """Return a type of a document that is filed, also when it has left the table since.

        A type that is unknown now keeps its legal basis and gets the strictest protection.
        """
        if code in self:
            return self[code]
        return DocumentType(code, str(code), frozenset(), basis, Protection.COUNSELLING)

    def __contains__(self, code: object) -> bool:
        """Tell whether a code is known."""
        return code in self.types

    def __iter__(self) -> Iterator[DocumentType]:
        """Yield the types in the order of the table."""
        return iter(self.types.values())


def parse_catalogue(text: str) -> Catalogue:
    """Parse the TOML table ``[types]``; raise ``ConfigurationError`` if it is not complete."""
    try:
        table = tomllib.loads(text)["types"]
        types = {TypeCode(code): _parse_type(code, row) for code, row in table.items()}
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        detail = f"document types: {error}"
        raise ConfigurationError(detail) from error
    if FALLBACK not in types or types[FALLBACK].authorities:
        detail = f"document types: {FALLBACK!r} must exist and clarify"
        raise ConfigurationError(detail)
    return Catalogue(types)


def _parse_type(code: str, row: Mapping[str, Any]) -> DocumentType:
    carriers = row["carriers"]
    said = (row["title"], row["basis"])
    if not carriers or not all(isinstance(text, str) and text for text in said):
        detail = f"{code}: title, carriers and basis must not be empty"
        raise ValueError(detail)
    clarify = carriers == ["clarify"]
    return DocumentType(
        code=TypeCode(code),
        title=row["title"],
        authorities=frozenset() if clarify else frozenset(Authority(name) for name in carriers),
        basis=row["basis"],
        protection=Protection(row["protection"]),
    )
