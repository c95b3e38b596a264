import datetime as dt
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from corpus import numbers
from corpus.chance import dice
from domain.identifiers import parse_bg_nummer, parse_iban, parse_kundennummer

seeds = st.text(max_size=6)


@given(seeds)
def test_ibans_are_valid_and_of_no_bank(seed: str) -> None:
    number = numbers.iban(dice(seed))

    assert parse_iban(number) == number
    assert number[4:6] == "99"


def test_a_rvnr_has_the_check_digit_of_the_published_example() -> None:
    # 15 070649 C 10 is the example by which the pension insurance explains its check digit 3.
    digits = numbers._with_letter_as_digits("15070649C10")

    assert numbers._weighted(digits, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)) % 10 == 3


@given(seeds)
def test_a_rvnr_holds_birthday_and_initial(seed: str) -> None:
    number = numbers.rvnr(dice(seed), born=dt.date(1989, 3, 14), initial="Ö")

    assert len(number) == 12
    assert number[2:9] == "140389O"


@given(seeds)
def test_a_steuer_id_repeats_exactly_one_digit_and_checks(seed: str) -> None:
    number = numbers.steuer_id(dice(seed))
    counts = Counter(number[:10])

    assert len(number) == 11
    assert number[0] != "0"
    assert sorted(counts.values()) == [1] * 8 + [2]
    assert numbers._mod_11_10(number[:10]) == int(number[10])


def test_mod_11_10_gives_the_known_check_digits() -> None:
    assert numbers._mod_11_10("8609574271") == 9
    assert numbers._mod_11_10("4703689281") == 6


def test_a_kvnr_has_the_check_digit_of_the_specification() -> None:
    assert numbers._weighted(numbers._with_letter_as_digits("A00000000"), (1, 2) * 5) % 10 == 2


@given(seeds)
def test_case_numbers_have_their_form(seed: str) -> None:
    assert parse_bg_nummer(numbers.bg_nummer(dice(seed)))
    assert parse_kundennummer(numbers.kundennummer(dice(seed)))
