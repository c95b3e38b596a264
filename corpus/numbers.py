"""Numbers that look right, carry valid check digits and can be nobody's.

Owns the check digits. Refuses numbers in use: bank codes and offices that begin with 9, areas of
the pension insurance from 90 on, and telephone numbers that the Bundesnetzagentur keeps for films.
"""

import datetime as dt
import random
import string

from corpus.chance import sometimes

_FILM_NUMBERS = ("030 23125", "040 66969", "069 90009", "089 99998", "0221 4710")
_FILM_MOBILES = ("0171 39200", "0176 040690")


def iban(rng: random.Random) -> str:
    """Return a German IBAN of a bank that does not exist (ISO 13616), without blanks."""
    basic = f"99{rng.randrange(10**6):06d}{rng.randrange(10**10):010d}"
    rest = int(f"{basic}131400") % 97
    return f"DE{98 - rest:02d}{basic}"


def rvnr(rng: random.Random, *, born: dt.date, initial: str) -> str:
    """Return a Versicherungsnummer (§ 147 SGB VI, check digit of § 2 VKVV), without blanks.

    ``initial`` is the first letter of the name at birth.
    """
    body = f"{rng.randrange(90, 100)}{born:%d%m%y}{_plain(initial)}{rng.randrange(100):02d}"
    digits = _with_letter_as_digits(body)
    weights = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
    return f"{body}{_weighted(digits, weights) % 10}"


def kvnr(rng: random.Random) -> str:
    """Return a Krankenversichertennummer (§ 290 SGB V): a letter, eight digits, a check digit."""
    body = f"{rng.choice(string.ascii_uppercase)}{rng.randrange(10**8):08d}"
    return f"{body}{_weighted(_with_letter_as_digits(body), (1, 2) * 5) % 10}"


def steuer_id(rng: random.Random) -> str:
    """Return an Identifikationsnummer (§ 139b AO): exactly one digit of the first ten is double."""
    kept = rng.sample(string.digits, 9)
    first = next(digit for digit in kept if digit != "0")
    rest = [*kept, rng.choice(kept)]
    rest.remove(first)
    rng.shuffle(rest)
    body = first + "".join(rest)
    return f"{body}{_mod_11_10(body)}"


def bg_nummer(rng: random.Random) -> str:
    """Return the number of a Bedarfsgemeinschaft, ``NNNNN//NNNNNNN``."""
    return f"9{rng.randrange(10**4):04d}//{rng.randrange(10**5, 10**6):07d}"


def kundennummer(rng: random.Random) -> str:
    """Return a number of a customer of the agency, ``NNNANNNNNN``."""
    letter = rng.choice("ABCD")
    return f"9{rng.randrange(100):02d}{letter}{rng.randrange(10**6):06d}"


def telephone(rng: random.Random) -> str:
    """Return a telephone number that is kept for fiction."""
    if sometimes(rng, 0.5):
        return f"{rng.choice(_FILM_NUMBERS)}-{rng.randrange(1000):03d}"
    return f"{rng.choice(_FILM_MOBILES)}{rng.randrange(100):02d}"


def euros(rng: random.Random, low: int, high: int) -> str:
    """Return an amount between ``low`` and ``high`` euros as ``1234.56``."""
    cents = rng.choice((0, 0, 50, rng.randrange(100), rng.randrange(100), rng.randrange(100)))
    return f"{rng.randrange(low, high)}.{cents:02d}"


def _plain(initial: str) -> str:
    return {"Ä": "A", "Ö": "O", "Ü": "U"}.get(initial, initial if initial.isascii() else "S")


def _with_letter_as_digits(body: str) -> str:
    return "".join(f"{ord(char) - 64:02d}" if char.isalpha() else char for char in body)


def _weighted(digits: str, weights: tuple[int, ...]) -> int:
    products = (int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return sum(sum(divmod(product, 10)) for product in products)


def _mod_11_10(digits: str) -> int:
    """Return the check digit of ISO/IEC 7064, MOD 11,10."""
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10
