"""Local accounts of the embedded default: fictitious people with generated passwords.

Only scrypt hashes (RFC 7914) are kept in the accounts file. Production signs people in through
an OIDC provider; this module is not meant for it.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.carriers import Carrier
from domain.ids import CarrierId

_SCRYPT = {"n": 2**14, "r": 8, "p": 1}
_MAX_PASSWORD = 1024


class Role(StrEnum):
    """What an account may do."""

    DESK = "desk"
    CASEWORKER = "caseworker"


@dataclass(frozen=True, slots=True)
class Account:
    """One account; a caseworker belongs to one carrier, the desk to none."""

    name: str
    title: str
    role: Role
    carrier: CarrierId | None = None


class Accounts:
    """The accounts of a house with their password hashes."""

    def __init__(self, entries: Mapping[str, tuple[Account, bytes, bytes]]) -> None:
        """Take account, salt and hash by name."""
        self._entries = entries

    def by_name(self, name: str) -> Account | None:
        """Return an account, or None."""
        entry = self._entries.get(name)
        return entry[0] if entry else None

    def sign_in(self, name: str, password: str) -> Account | None:
        """Return the account if the password is right; takes the same time if it is not."""
        account, salt, expected = self._entries.get(name, (None, b"nobody", b""))
        given = _hash(password[:_MAX_PASSWORD], salt)
        return account if hmac.compare_digest(given, expected) else None

    def to_json(self) -> str:
        """Write the accounts file."""
        return json.dumps(
            [
                {
                    "name": account.name,
                    "title": account.title,
                    "role": account.role,
                    "carrier": account.carrier,
                    "salt": salt.hex(),
                    "hash": hashed.hex(),
                }
                for account, salt, hashed in self._entries.values()
            ],
            indent=1,
        )


def read_accounts(text: str) -> Accounts:
    """Read an accounts file."""
    return Accounts({row["name"]: _entry(row) for row in json.loads(text)})


def make_accounts(people: Iterable[tuple[Account, str, bytes]]) -> Accounts:
    """Make accounts from account, password and salt."""
    return Accounts(
        {account.name: (account, salt, _hash(password, salt)) for account, password, salt in people}
    )


def demo_people(carriers: Iterable[Carrier]) -> tuple[Account, ...]:
    """Return the fictitious accounts: one scan desk, one caseworker for each carrier."""
    desk = Account("scanstelle", "Scanstelle und Klärung", Role.DESK)
    workers = (
        Account(carrier.id, f"Sachbearbeitung {carrier.title}", Role.CASEWORKER, carrier.id)
        for carrier in carriers
    )
    return (desk, *workers)


def _entry(row: Mapping[str, Any]) -> tuple[Account, bytes, bytes]:
    carrier = CarrierId(row["carrier"]) if row["carrier"] else None
    account = Account(row["name"], row["title"], Role(row["role"]), carrier)
    return account, bytes.fromhex(row["salt"]), bytes.fromhex(row["hash"])


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        password.encode(), salt=salt, n=_SCRYPT["n"], r=_SCRYPT["r"], p=_SCRYPT["p"]
    )
