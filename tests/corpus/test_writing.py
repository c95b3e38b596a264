import datetime as dt
from decimal import Decimal

from corpus.templates import Template, parse
from corpus.writing import plain_text, write
from domain.identifiers import parse_iban


def test_the_same_seed_writes_the_same_letter(wordings: dict[str, Template]) -> None:
    template = wordings["bescheid"]

    assert write(template, seed="1") == write(template, seed="1")
    assert write(template, seed="1") != write(template, seed="2")


def test_fields_are_true_exactly_where_their_placeholder_stands(
    wordings: dict[str, Template],
) -> None:
    assert set(write(wordings["bescheid"], seed="1").truth.fields) == {
        "name", "dokumentdatum", "zeitraum", "betrag", "iban", "bg_nummer",
    }  # fmt: skip
    assert set(write(wordings["formular"], seed="1").truth.fields) == {
        "name", "bg_nummer", "geburtsdatum", "steuer_id", "rvnr", "zeitraum",
    }  # fmt: skip


def test_values_are_normal_and_stand_in_the_text(wordings: dict[str, Template]) -> None:
    for seed in range(40):
        letter = write(wordings["bescheid"], seed=str(seed))
        text, fields = plain_text(letter), letter.truth.fields
        first, last = map(dt.date.fromisoformat, fields["zeitraum"].split("/"))

        assert first <= last
        assert dt.date.fromisoformat(fields["dokumentdatum"]).year in {2025, 2026}
        assert parse_iban(fields["iban"]) == fields["iban"]
        assert f"{Decimal(fields['betrag']):.2f}" == fields["betrag"]
        assert fields["name"] in text
        assert fields["iban"] in text.replace(" ", "")
        assert fields["bg_nummer"].replace("//", "BG") in text


def test_what_stands_only_between_tildes_is_written_by_hand(wordings: dict[str, Template]) -> None:
    letter = write(wordings["formular"], seed="1")

    assert letter.truth.handwritten == {"name", "geburtsdatum", "steuer_id", "zeitraum"}


def test_a_note_by_hand_is_written_by_hand_as_a_whole(wordings: dict[str, Template]) -> None:
    letter = write(wordings["zettel"], seed="1")

    assert letter.whole
    assert letter.truth.handwritten == set(letter.truth.fields) == {"name", "kundennummer"}


def test_a_choice_that_was_not_made_leaves_no_truth() -> None:
    text = "%%% a\nKonto {{iban}|unbekannt}\n"
    (template,) = parse(text, type_code="probe", split="check")
    letters = [write(template, seed=str(seed)) for seed in range(20)]

    assert {frozenset(letter.truth.fields) for letter in letters} == {
        frozenset(), frozenset({"iban"}),
    }  # fmt: skip
    assert all(
        ("unbekannt" in plain_text(letter)) != ("iban" in letter.truth.fields) for letter in letters
    )


def test_plain_text_has_no_marks(wordings: dict[str, Template]) -> None:
    text = plain_text(write(wordings["bescheid"], seed="1"))

    assert text.count("\f") == 1
    assert not set("#|~{}[]^!") & set(text)
    assert "Monat Betrag\nRegelbedarf " in text
    assert "\nx bewilligt    abgelehnt\n" in text


def test_old_wordings_are_dated_before_2026() -> None:
    (template,) = parse("%%% a old=1\n{datum} {leistung}\n", type_code="probe", split="train")
    for seed in range(30):
        letter = write(template, seed=str(seed))

        assert letter.truth.fields["dokumentdatum"] < "2026"
        assert "Grundsicherungsgeld" not in plain_text(letter)
