"""The people, firms and addresses that one document is about and that it names.

Owns who is who in one document. Refuses mixing: the person concerned and everybody else never
share a name, a number or an address, save that partner and child live with the person.
"""

import datetime as dt
import random
import re
from dataclasses import dataclass, replace

from corpus.chance import sometimes
from corpus.days import birthday
from corpus.names import POOLS, Pool

_EMPTY_REGIONS = ("05", "43", "62")
"""Beginnings of postal codes that are not in use."""

_ASCII = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ş": "s", "ğ": "g", "ı": "i", "ç": "c",
        "ł": "l", "ż": "z", "ź": "z", "ć": "c", "ń": "n", "ś": "s", "ó": "o", "ț": "t",
        "ž": "z", "č": "c", "š": "s",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person."""

    first: str
    last: str
    female: bool
    born: dt.date

    @property
    def name(self) -> str:
        """First and last name as they are spoken."""
        return f"{self.first} {self.last}"

    @property
    def listed(self) -> str:
        """The name as lists and forms have it: ``Beispiel, Erika``."""
        return f"{self.last}, {self.first}"

    @property
    def email(self) -> str:
        """An address at a provider that cannot exist (RFC 2606)."""
        words = self.name.lower().translate(_ASCII)
        return f"{re.sub(r'[^a-z]+', '.', words)}@post.example"


@dataclass(frozen=True, slots=True)
class Address:
    """Street with number, postal code with town."""

    street: str
    place: str

    @property
    def town(self) -> str:
        """The town alone."""
        return self.place.split(" ", 1)[1]


@dataclass(frozen=True, slots=True)
class Household:
    """The person concerned, who lives with them, and one other person with an address."""

    person: Person
    partner: Person
    child: Person
    home: Address
    other: Person
    other_home: Address


def household(rng: random.Random, *, split: str) -> Household:
    """Return the people of one document, with the names of a split."""
    pool = POOLS[split]
    lasts = rng.sample(pool.last, 4)
    own = _last(rng, lasts[0], lasts[3])
    person = _person(rng, pool, last=own, ages=(18, 66))
    partner = _person(rng, pool, last=own if sometimes(rng, 0.6) else lasts[1], ages=(18, 66))
    child = _person(rng, pool, last=own if sometimes(rng, 0.8) else partner.last, ages=(0, 17))
    towns = rng.sample(pool.towns, 2)
    partner = _unlike(partner, {person.first}, pool)
    return Household(
        person=person,
        partner=partner,
        child=_unlike(child, {person.first, partner.first}, pool),
        home=address(rng, pool, town=towns[0]),
        other=_person(rng, pool, last=lasts[2], ages=(25, 64)),
        other_home=address(rng, pool, town=rng.choice(towns)),
    )


def address(rng: random.Random, pool: Pool, *, town: str) -> Address:
    """Return an address in a town, with a postal code that is not in use."""
    number = f"{rng.randint(1, 140)}{rng.choice(('', '', '', '', 'a', ' b', 'c'))}"
    code = f"{rng.choice(_EMPTY_REGIONS)}{rng.randrange(1000):03d}"
    return Address(street=f"{rng.choice(pool.streets)} {number}", place=f"{code} {town}")


def _last(rng: random.Random, name: str, second: str) -> str:
    plain = " " not in name + second and "-" not in name + second
    return f"{name}-{second}" if plain and sometimes(rng, 0.08) else name


def _person(rng: random.Random, pool: Pool, *, last: str, ages: tuple[int, int]) -> Person:
    female = sometimes(rng, 0.5)
    first = rng.choice(pool.women if female else pool.men)
    return Person(first=first, last=last, female=female, born=birthday(rng, ages=ages))


def _unlike(relative: Person, taken: set[str], pool: Pool) -> Person:
    """Give a relative the next first name that nobody in the household has."""
    names = pool.women if relative.female else pool.men
    at = names.index(relative.first)
    free = next(name for name in (*names[at:], *names) if name not in taken)
    return replace(relative, first=free)
