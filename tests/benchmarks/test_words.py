from benchmarks.words import WordErrors, compare, total, words_of


def test_words_are_what_stands_between_marks() -> None:
    assert words_of("„Betrag“: 1.234,56 € – Az. 12/3 ☐ _") == ["Betrag", "1.234,56", "Az", "12/3"]


def test_a_word_divided_at_the_end_of_a_line_is_one_word() -> None:
    assert words_of("Grund-\nsicherung und Miet-\nUnd") == ["Grundsicherung", "und", "Miet", "Und"]


def test_the_same_text_has_no_errors_however_its_dashes_look() -> None:
    assert compare("Haus–Nr. 5, Köln", "Haus-Nr 5 „Ko\u0308ln“") == WordErrors(words=3)


def test_a_wrong_word_is_one_error_and_not_two() -> None:
    assert compare("eins zwei drei", "eins zwo drei") == WordErrors(3, unordered=1, ordered=1)


def test_missing_and_surplus_words_count() -> None:
    assert compare("eins zwei", "").unordered == 2
    assert compare("eins", "eins zwei drei").unordered == 2


def test_a_word_that_occurs_twice_must_be_read_twice() -> None:
    assert compare("Euro Euro", "Euro").unordered == 1


def test_order_counts_only_where_it_is_asked_for() -> None:
    errors = compare("eins zwei drei vier", "drei vier eins zwei")
    assert errors.unordered == 0
    assert errors.ordered == 4


def test_rates_are_of_all_words_of_all_pages() -> None:
    errors = total([compare("eins zwei", "eins"), compare("drei vier", "drei vier")])
    assert errors.rate == errors.ordered_rate == 0.25
    assert total([]).rate == 0.0
