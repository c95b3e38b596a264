"""What each placeholder of a template stands for in one document, and what is true of it.

Owns the placeholders and the truth. Refuses placeholders that it does not know: the set of
names here is the set that templates may use.
"""

import random
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from corpus import numbers
from corpus.chance import dice, sometimes
from corpus.days import MONTHS, Days, days, month_end, spelt
from corpus.names import POOLS
from corpus.people import Household, household

_AMOUNTS = {
    "lohnabrechnung": (240, 2400),
    "einkommensbescheinigung": (240, 2400),
    "kindergeldbescheid": (250, 1300),
    "elterngeldbescheid": (300, 1800),
    "betriebskostenabrechnung": (30, 1600),
    "stromabrechnung": (20, 900),
    "mietvertrag": (280, 1200),
    "mietbescheinigung": (280, 1200),
    "mieterhoehung": (280, 1200),
    "mietschulden": (500, 6000),
    "but_nachweis": (15, 500),
    "antrag_but": (15, 500),
}
_PERSON_FIELDS = {
    "bg_nummer": ("bg_nummer", "bg_nummer_alt"),
    "kundennummer": ("kundennummer",),
    "iban": ("iban",),
    "geburtsdatum": ("geburtsdatum",),
    "dokumentdatum": ("datum",),
    "rvnr": ("rvnr",),
    "steuer_id": ("steuer_id",),
    "betrag": ("betrag",),
    "name": ("name", "nachname_vorname"),
}
"""Fields and the placeholders each of which shows the whole of it."""


@dataclass(frozen=True, slots=True)
class Values:
    """The text of each placeholder, and each field's true value in its normal form."""

    texts: Mapping[str, str]
    facts: Mapping[str, str]

    def truth(self, used: Collection[str]) -> dict[str, str]:
        """Return the fields that a document shows which uses these placeholders."""
        shown = fields_shown(used)
        facts = {field: self.facts[field] for field in shown}
        if "zeitraum" in shown and not {"von", "bis"} <= set(used):
            facts["zeitraum"] = self.facts["month"]
        return facts


def fields_shown(used: Collection[str]) -> frozenset[str]:
    """Return which fields of ``domain.reading.Fields`` a set of placeholders shows."""
    names = set(used)
    fields = {field for field, any_of in _PERSON_FIELDS.items() if names & set(any_of)}
    if {"vorname", "nachname"} <= names:
        fields.add("name")
    if {"von", "bis"} <= names or "monat" in names:
        fields.add("zeitraum")
    return frozenset(fields)


def values(rng: random.Random, *, type_code: str, split: str, old: bool) -> Values:
    """Return the values of one document."""
    people = household(rng, split=split)
    when = days(rng, type_code=type_code, old=old)
    low, high = _AMOUNTS.get(type_code, (40, 1900))
    facts = _facts(rng, people, when, amount=numbers.euros(rng, low, high))
    texts = {
        **_person(people),
        **_numbers(rng, facts),
        **_others(rng, people, split=split),
        **_dates(rng, people, when),
        **_rest(rng, split=split),
        "betrag": money(facts["betrag"]),
        "leistung": when.benefit,
    }
    return Values(texts=texts, facts=facts)


def money(amount: str) -> str:
    """Write ``1234.56`` as Germans do: ``1.234,56``."""
    return f"{float(amount):,.2f}".translate(str.maketrans(",.", ".,"))


def _facts(rng: random.Random, people: Household, when: Days, *, amount: str) -> dict[str, str]:
    person = people.person
    born_as = person.last.rsplit(" ", 1)[-1][0].upper()
    return {
        "name": person.name,
        "geburtsdatum": person.born.isoformat(),
        "dokumentdatum": when.dated.isoformat(),
        "betrag": amount,
        "bg_nummer": numbers.bg_nummer(rng),
        "kundennummer": numbers.kundennummer(rng),
        "iban": numbers.iban(rng),
        "rvnr": numbers.rvnr(rng, born=person.born, initial=born_as),
        "steuer_id": numbers.steuer_id(rng),
        "zeitraum": f"{when.first}/{when.last}",
        "month": f"{when.month}/{month_end(when.month)}",
    }


def _person(people: Household) -> dict[str, str]:
    person = people.person
    title = "Frau" if person.female else "Herr"
    return {
        "name": person.name,
        "nachname_vorname": person.listed,
        "vorname": person.first,
        "nachname": person.last,
        "herr_frau": title,
        "herrn_frau": "Frau" if person.female else "Herrn",
        "geehrte": f"Sehr geehrte{'' if person.female else 'r'} {title} {person.last}",
        "strasse": people.home.street,
        "plz_ort": people.home.place,
        "email": person.email,
    }


def _numbers(rng: random.Random, facts: Mapping[str, str]) -> dict[str, str]:
    return {
        "bg_nummer": facts["bg_nummer"],
        "bg_nummer_alt": facts["bg_nummer"].replace("//", "BG"),
        "kundennummer": facts["kundennummer"],
        "iban": _spaced_iban(rng, facts["iban"]),
        "rvnr": rng.choice((facts["rvnr"], _spaced(facts["rvnr"], (2, 6, 1, 3)))),
        "steuer_id": rng.choice((facts["steuer_id"], _spaced(facts["steuer_id"], (2, 3, 3, 3)))),
        "kvnr": numbers.kvnr(rng),
    }


def _others(rng: random.Random, people: Household, *, split: str) -> dict[str, str]:
    pool = POOLS[split]
    lasts = rng.sample([name for name in pool.last if name not in people.person.last], 4)
    return {
        "kind": people.child.name,
        "partner": people.partner.name,
        "fremd_name": people.other.name,
        "fremd_strasse": people.other_home.street,
        "fremd_plz_ort": people.other_home.place,
        "fremd_iban": _spaced_iban(rng, numbers.iban(rng)),
        "firma": f"{lasts[0]} {rng.choice(pool.trades)}",
        "arzt": f"{rng.choice(('Dr. med.', 'Dr.', 'Dr. med.'))} {_initial(rng)} {lasts[1]}",
        "vermieter": rng.choice((f"{lasts[2]} Wohnbau GmbH", people.other.name)),
        "sachbearbeitung": f"Frau {lasts[3]}",
    }


def _dates(rng: random.Random, people: Household, when: Days) -> dict[str, str]:
    style = rng.choices(("full", "words", "short"), weights=(7, 2, 1))[0]
    plain = "full" if style == "words" else style
    return {
        "datum": spelt(when.dated, style=style),
        "datum_alt": spelt(when.before, style=plain),
        "datum_neu": spelt(when.after, style=plain),
        "von": spelt(when.first, style=plain),
        "bis": spelt(when.last, style=plain),
        "geburtsdatum": spelt(people.person.born, style=plain),
        "kind_geburtsdatum": spelt(people.child.born, style=plain),
        "partner_geburtsdatum": spelt(people.partner.born, style=plain),
        "monat": f"{MONTHS[when.month.month - 1]} {when.month.year}",
        "monat_alt": f"{MONTHS[when.month_before.month - 1]} {when.month_before.year}",
        "jahr": str(when.month.year),
    }


def _rest(rng: random.Random, *, split: str) -> dict[str, str]:
    pool = POOLS[split]
    sums = {f"summe{at}": money(numbers.euros(rng, 12, 1900)) for at in range(1, 5)}
    return {
        **sums,
        "geburtsort": rng.choice(pool.towns),
        "stadt": rng.choice(pool.towns),
        "bank": rng.choice(pool.banks),
        "kasse": rng.choice(pool.funds),
        "schule": rng.choice(pool.schools),
        "kita": rng.choice(pool.nurseries),
        "verein": rng.choice(pool.clubs),
        "amt": rng.choice(pool.offices),
        "telefon": numbers.telephone(rng),
        "fremd_telefon": numbers.telephone(rng),
        "aktenzeichen": _reference(rng),
        "personalnummer": f"{rng.randrange(100, 99999):05d}",
        "zaehler": f"{rng.choice(('1ESY', '1EMH', '7', ''))}{rng.randrange(10**7, 10**9)}",
        "nummer": str(rng.randrange(10**6, 10**8)),
        "anzahl": str(rng.randint(1, 6)),
        "flaeche": f"{rng.randint(28, 104)},{rng.choice(('00', '50', '25', '4'))}",
    }


def _reference(rng: random.Random) -> str:
    styles: tuple[Callable[[], str], ...] = (
        lambda: f"{rng.randint(10, 70)}.{rng.randint(1, 9)}-{rng.randrange(10**4, 10**5)}",
        lambda: f"{rng.randint(1, 40)} C {rng.randint(10, 999)}/{rng.randint(21, 26)}",
        lambda: f"II-{rng.randint(1, 9)}/{rng.randrange(1000, 9999)}-{rng.choice('ABKMS')}",
        lambda: f"K{rng.randrange(10**7, 10**8)}",
    )
    return rng.choice(styles)()


def _initial(rng: random.Random) -> str:
    return f"{rng.choice('ABCEFGHKLMNRST')}."


def _spaced_iban(rng: random.Random, number: str) -> str:
    return number if sometimes(rng, 0.25) else re.sub(r"(.{4})(?=.)", r"\1 ", number)


def _spaced(number: str, groups: tuple[int, ...]) -> str:
    parts, at = [], 0
    for size in groups:
        parts.append(number[at : at + size])
        at += size
    return " ".join(parts)


PLACEHOLDERS = frozenset(values(dice("names"), type_code="", split="train", old=False).texts)
"""The placeholders that templates may use."""
