"""Any text becomes one clean line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from efile.exchange.text import clean_text
from efile.exchange.xml import add, new_root, parse, serialize

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("Müller & Söhne <GmbH>", "Müller & Söhne <GmbH>"),
        ("a\x00b\x1bc\x7f", "abc"),
        ("  zwei\r\n\tZeilen ", "zwei Zeilen"),
        ("rechnung\u202efdp.exe", "rechnungfdp.exe"),
        ("u\u0308ber", "über"),
        ("\ud800halb", "halb"),
        ("\ufffe\uffff\ufeff", ""),
        ("می\u200cخواهم 🦉", "می\u200cخواهم 🦉"),
    ],
)
def test_examples(dirty: str, clean: str) -> None:
    assert clean_text(dirty, limit=100) == clean


def test_long_text_is_cut_without_a_blank_at_the_end() -> None:
    assert clean_text("abc def", limit=4) == "abc"


@given(ANY_TEXT, st.integers(0, 40))
def test_clean_text_survives_xml_and_cleaning_again(text: str, limit: int) -> None:
    clean = clean_text(text, limit=limit)
    assert len(clean) <= limit
    assert clean_text(clean, limit=limit) == clean
    root = new_root("a", {})
    add(root, "b", clean)
    assert (parse(serialize(root))[0].text or "") == clean
