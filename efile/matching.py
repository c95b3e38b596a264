"""Which case file a letter belongs to: two identifiers must agree, and a name alone never does.

Owns the identifiers of a letter, their keyed hashes and the rule. Refuses to guess: what agrees
in less than that lies «ohne Aktenzeichen» until somebody of this carrier has looked at it.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select

from domain.ids import CaseFileId
from domain.letters import FilingOrder
from efile.realm import CarrierRealm
from efile.tables import IDENTIFIERS
from storage.keyring import keyed_hash

POLICY: Final = "policy"
"""What ``FilingOrder.decided_by`` says where no person chose the case."""

_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Identifier:
    """One thing that tells people apart; ``leads`` if it belongs to one case alone.

    Names and dates of birth confirm a case that something else has led to.
    """

    spelling: str
    leads: bool


@dataclass(frozen=True, slots=True)
class Match:
    """The case file that a letter belongs to; ``doubtful`` if one was found but not confirmed."""

    case: CaseFileId | None
    doubtful: bool = False


def identifiers(order: FilingOrder) -> tuple[Identifier, ...]:
    """Return what a letter says about whose it is; the number of the case comes first."""
    return tuple(dict.fromkeys(_identifiers(order)))


def identifier_hash(realm: CarrierRealm, spelling: str) -> bytes:
    """Return the keyed hash under which an identifier that leads to a case is kept."""
    return keyed_hash(realm.keys.derive("identifiers"), spelling, size=16)


def hashes(realm: CarrierRealm, case: CaseFileId, said: Identifier) -> bytes:
    """Return the keyed hash of an identifier of a case; one that only confirms is of that case."""
    return identifier_hash(realm, said.spelling if said.leads else f"{case}/{said.spelling}")


def match(realm: CarrierRealm, connection: Connection, order: FilingOrder) -> Match:
    """Return the case of a letter.

    Different cases named by one letter match nothing; nor does one identifier alone, unless a
    person chose the case, or the sender named the same number as the document does.
    """
    said = identifiers(order)
    led = {case for one in said if one.leads and (case := find(realm, connection, one))}
    if len(led) != 1:
        return Match(None, doubtful=bool(led))
    case = led.pop()
    agreeing = sum(case_of(connection, hashes(realm, case, one)) == case for one in said)
    confirmed = order.confirmed or order.decided_by != POLICY
    return Match(case) if confirmed or agreeing >= _ENOUGH else Match(None, doubtful=True)


def find(realm: CarrierRealm, connection: Connection, said: Identifier) -> CaseFileId | None:
    """Return the case that an identifier leads to, if any."""
    return case_of(connection, identifier_hash(realm, said.spelling))


def case_of(connection: Connection, value: bytes) -> CaseFileId | None:
    """Return the case that a keyed hash belongs to, if any."""
    query = select(IDENTIFIERS.c.case_id).where(IDENTIFIERS.c.hash == value)
    found = connection.execute(query).scalar()
    return None if found is None else CaseFileId(found)


def _identifiers(order: FilingOrder) -> Iterator[Identifier]:
    fields = order.fields
    for number in (order.reference, fields.bg_nummer, fields.kundennummer):
        if number:
            yield Identifier(number, leads=True)
    # With a check digit each, so that a misread one leads nowhere.
    for kind in ("iban", "rvnr", "steuer_id"):
        value = getattr(fields, kind)
        if value:
            yield Identifier(f"{kind}:{value}", leads=True)
    if fields.name:
        yield Identifier(f"name:{_folded(fields.name)}", leads=False)
    if fields.geburtsdatum:
        yield Identifier(f"geburtsdatum:{fields.geburtsdatum.isoformat()}", leads=False)


def _folded(name: str) -> str:
    """Return a name without accents, umlauts, case and order of its parts."""
    spelled = name.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    parts = unicodedata.normalize("NFKD", spelled.replace("ß", "ss"))
    kept = (char for char in parts if not unicodedata.combining(char))
    return " ".join(sorted("".join(char if char.isalpha() else " " for char in kept).split()))
