import pytest

from ocr.pagenumbers import PageNumber, read_page_number, without_numbers

BODY = [f"Zeile {at} eines Briefes mit Worten" for at in "abcdefghijkl"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Seite 1 von 3", PageNumber(1, 3)),
        ("SEITE 2/3", PageNumber(2, 3)),
        ("Hauptantrag - Seite 3 von 3", PageNumber(3, 3)),
        ("2/5", PageNumber(2, 5)),
        ("Seire 2/2", PageNumber(2, 2)),
        ("- 2 -", PageNumber(2)),
        ("– 14 –", PageNumber(14)),
        ("Blatt 2", PageNumber(2)),
        ("Seite: 4", PageNumber(4)),
        ("7", PageNumber(7)),
    ],
)
@pytest.mark.parametrize("top", [True, False])
def test_pages_are_numbered_at_head_or_foot(line: str, expected: PageNumber, *, top: bool) -> None:
    lines = [line, *BODY] if top else [*BODY, line]
    assert read_page_number(lines) == expected


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Seite 4 von 3",
        "Seite 0 von 3",
        "Seite 999 von 999",
        "Fax von 0441 an Jobcenter  Seite 1/3",
        "20.11.2026 08:15  +49 441  S. 01/03",
        "Bescheid vom 2/2026",
        "beide Seiten",
        "2026",
    ],
)
def test_other_numbers_do_not_count_pages(line: str) -> None:
    assert read_page_number([*BODY, line]) is None


def test_a_number_in_the_middle_of_a_page_is_not_its_number() -> None:
    assert read_page_number([*BODY[:6], "siehe Seite 2 von 3", *BODY[6:]]) is None


def test_the_text_of_a_page_is_without_its_number() -> None:
    assert list(without_numbers(["Seite 1 von 3", "Guten Tag", "- 2 -"])) == ["Guten Tag"]
