"""Accounts: who signs in with what; only hashes are kept."""

import json

import pytest

from app.accounts import Account, Accounts, Role, demo_people, make_accounts, read_accounts
from domain.carriers import Carrier
from domain.ids import CarrierId

DESK = Account("scanstelle", "Scanstelle", Role.DESK)
WORKER = Account("kommune", "Sachbearbeitung", Role.CASEWORKER, CarrierId("kommune"))
PASSWORDS = {"scanstelle": "Blaumeise-42", "kommune": "Grünspecht-öäß"}


@pytest.fixture(scope="module")
def accounts() -> Accounts:
    people = ((person, PASSWORDS[person.name], b"salt" * 4) for person in (DESK, WORKER))
    return make_accounts(people)


def test_the_right_password_signs_in(accounts: Accounts) -> None:
    assert accounts.sign_in("scanstelle", PASSWORDS["scanstelle"]) == DESK
    assert accounts.sign_in("kommune", PASSWORDS["kommune"]) == WORKER


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("scanstelle", ""),
        ("scanstelle", "blaumeise-42"),
        ("scanstelle", "Blaumeise-42 "),
        ("scanstelle", PASSWORDS["kommune"]),
        ("scanstelle", "x" * 1_000_000),
        ("SCANSTELLE", PASSWORDS["scanstelle"]),
        ("niemand", PASSWORDS["scanstelle"]),
        ("niemand", ""),
        ("", ""),
    ],
)
def test_anything_else_does_not(accounts: Accounts, name: str, password: str) -> None:
    assert accounts.sign_in(name, password) is None


def test_an_account_is_known_by_name(accounts: Accounts) -> None:
    assert accounts.by_name("kommune") == WORKER
    assert accounts.by_name("niemand") is None


def test_the_file_brings_the_accounts_back_and_holds_no_password(accounts: Accounts) -> None:
    text = accounts.to_json()
    assert not any(password in text for password in PASSWORDS.values())
    again = read_accounts(text)
    assert again.sign_in("kommune", PASSWORDS["kommune"]) == WORKER
    assert again.sign_in("scanstelle", PASSWORDS["kommune"]) is None
    assert {row["name"] for row in json.loads(text)} == set(PASSWORDS)


def test_the_same_password_has_another_hash_under_another_salt() -> None:
    texts = [make_accounts([(DESK, "gleich", salt)]).to_json() for salt in (b"a" * 16, b"b" * 16)]
    hashes = {json.loads(text)[0]["hash"] for text in texts}
    assert len(hashes) == 2


def test_there_is_one_desk_and_one_caseworker_for_each_carrier() -> None:
    carriers = [Carrier(CarrierId(name), name.title()) for name in ("agentur", "kommune")]
    people = demo_people(carriers)
    assert [person.role for person in people] == [Role.DESK, Role.CASEWORKER, Role.CASEWORKER]
    assert [person.carrier for person in people] == [None, "agentur", "kommune"]
