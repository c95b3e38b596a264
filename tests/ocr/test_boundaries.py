import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue import FALLBACK
from domain.ids import TypeCode
from domain.reasons import Reason
from ocr.boundaries import doubts, split_pages
from ocr.classify import Classifier, Guess
from ocr.pages import Leaf
from tests.ocr.letterbox import letters

NOTHING: frozenset[int] = frozenset()


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier.load()


def doubts_of(classifier: Classifier, *texts: str) -> tuple[Reason, ...]:
    """Return the doubts about pages, but for those about the type of the whole."""
    pages = [Leaf(number, text) for number, text in enumerate(texts, 1)]
    found = doubts(pages, classifier.classify("\n".join(texts)), classifier)
    return tuple(reason for reason in found if reason is not Reason.LOW_CONFIDENCE)


def test_without_separators_there_is_one_document() -> None:
    assert split_pages(3, separators=NOTHING, blank=NOTHING) == ((1, 2, 3),)


def test_a_document_begins_after_each_separator() -> None:
    assert split_pages(5, separators=frozenset({1, 3}), blank=NOTHING) == ((2,), (4, 5))


def test_pages_before_the_first_separator_are_a_document() -> None:
    assert split_pages(3, separators=frozenset({2}), blank=NOTHING) == ((1,), (3,))


def test_blank_pages_are_left_out() -> None:
    assert split_pages(4, separators=frozenset({3}), blank=frozenset({2, 4})) == ((1,),)


def test_nothing_remains_of_blank_pages_and_separators() -> None:
    assert split_pages(2, separators=frozenset({1}), blank=frozenset({2})) == ()
    assert split_pages(0, separators=NOTHING, blank=NOTHING) == ()


@given(
    st.integers(0, 40),
    st.frozensets(st.integers(1, 40)),
    st.frozensets(st.integers(1, 40)),
)
def test_every_page_with_content_is_in_exactly_one_document(
    count: int, separators: frozenset[int], blank: frozenset[int]
) -> None:
    documents = split_pages(count, separators=separators, blank=blank)
    pages = [page for document in documents for page in document]
    assert pages == [n for n in range(1, count + 1) if n not in separators | blank]
    assert all(documents)


@pytest.mark.parametrize("text", ["", " \n ", "- 1 -", "|||| ... ____"])
def test_hardly_any_text_is_a_doubt(classifier: Classifier, text: str) -> None:
    assert doubts_of(classifier, text) == (Reason.NO_TEXT,)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("mietvertrag", "au_bescheinigung"),
        ("lohnabrechnung", "mietbescheinigung"),
        ("hauptantrag", "aerztliches_attest"),
        ("kontoauszug", "schuldnerberatung"),
        ("anlage_kdu", "anlage_ek"),
    ],
)
def test_different_documents_in_one_stack_are_a_doubt(
    classifier: Classifier, first: str, second: str
) -> None:
    texts = letters()
    assert doubts_of(classifier, texts[first], texts[second]) == (Reason.MIXED_CONTENT,)


@pytest.mark.parametrize("name", [name for name in letters() if name != "sonstiges"])
def test_a_letter_of_several_pages_is_no_doubt(classifier: Classifier, name: str) -> None:
    lines = letters()[name].splitlines()
    middle = len(lines) // 2
    assert doubts_of(classifier, "\n".join(lines[:middle]), "\n".join(lines[middle:])) == ()


def test_several_documents_of_one_type_are_no_doubt(classifier: Classifier) -> None:
    pay = letters()["lohnabrechnung"]
    assert doubts_of(classifier, pay, pay, pay) == ()


def test_a_contract_that_mentions_other_things_is_no_doubt(classifier: Classifier) -> None:
    second = """§ 12 Kündigung
    Die Kündigung des Mietverhältnisses bedarf der Schriftform.
    § 13 Betriebskosten
    Über die Vorauszahlungen wird jährlich eine Betriebskostenabrechnung erstellt.
    § 14 Mieterhöhung
    Der Vermieter kann eine Mieterhöhung nach § 558 BGB verlangen.
    Anlagen: Personalausweis, Vollmacht"""
    assert doubts_of(classifier, letters()["mietvertrag"], second) == ()


def test_a_form_and_its_own_certificate_are_no_doubt(classifier: Classifier) -> None:
    texts = letters()
    assert doubts_of(classifier, texts["antrag_but"], texts["but_nachweis"]) == ()


def test_a_type_below_the_models_threshold_is_a_doubt(classifier: Classifier) -> None:
    pages = [Leaf(1, "Zwischen Vermieter und Mieter wird folgender Mietvertrag geschlossen")]
    kind = TypeCode("mietvertrag")
    unsure = doubts(pages, Guess(kind, classifier.threshold - 0.001), classifier)
    assert unsure == (Reason.LOW_CONFIDENCE,)
    assert doubts(pages, Guess(kind, classifier.threshold), classifier) == ()
    assert doubts(pages, Guess(TypeCode(FALLBACK), 0.1), classifier) == ()


def test_a_page_that_was_read_in_part_is_a_doubt(classifier: Classifier) -> None:
    pages = [Leaf(1, "Zwischen Vermieter und Mieter wird folgender Vertrag", unread=0.7)]
    assert doubts(pages, Guess(TypeCode("mietvertrag"), 1.0), classifier) == (Reason.PARTLY_READ,)
