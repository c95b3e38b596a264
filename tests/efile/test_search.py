"""Search: by word, stem, folding and identifier; ranked; audited; never in the other realm."""

import math
import re
import threading
from collections import Counter
from pathlib import Path

import pytest
import snowballstemmer
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from domain.errors import MalformedRequestError
from domain.ids import DocumentId
from domain.reading import Fields
from efile.index import stem, terms
from efile.search import Hits
from efile.tables import POSTINGS
from tests.efile.realms import BG, KUNDENNUMMER, Bureau, Letter, filed

IBAN = "DE02120300000000202051"


def found(at: Bureau, query: str) -> list[DocumentId]:
    return [hit.document.id for hit in at.search.find(query, actor="test").hits]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Wohnraum", "Wohnraum"),
        ("Wohnraum", "WOHNRAUM"),
        ("Mietverträge", "Mietvertrag"),
        ("Mietvertrag", "Mietverträge"),
        ("Mietvertraege", "Mietverträgen"),
        ("Lindenstraße", "Lindenstrasse"),
        ("LINDENSTRASSE", "Lindenstraße"),
        ("Müller", "Mueller"),
        ("Mueller", "müller"),
        ("Mu\N{COMBINING DIAERESIS}ller", "Müller"),
        ("Miet\N{SOFT HYPHEN}vertrag", "Mietvertrag"),
        ("Be\N{LATIN SMALL LIGATURE FI}nden", "befinden"),
        ("Wohnungen", "Wohnung"),
        ("(Heizkosten)", "heizkosten"),
        ("Nr. 4711", "4711"),
    ],
)
def test_a_word_is_found_however_it_is_bent(kommune: Bureau, written: str, asked: str) -> None:
    document = filed(kommune, Letter(text=f"Hier steht {written} geschrieben", type="sonstiges"))
    filed(kommune, Letter(text="Hier steht etwas anderes", type="sonstiges"))
    assert found(kommune, asked) == [document]


@pytest.mark.parametrize(
    ("written", "spellings"),
    [
        (BG, ["12345//0000017", "12345/0000017", "12345BG0000017", "12345 BG 0000017"]),
        ("12345BG0000017", [BG, "12345bg0000017", "12345 // 0000017"]),
        (KUNDENNUMMER, ["123A456789", "123 A 456789", "123a456789"]),
        ("123 A 456789", ["123A456789"]),
        (IBAN, ["DE02 1203 0000 0000 2020 51", IBAN.lower(), IBAN]),
        ("DE02 1203 0000 0000 2020 51 BIC BYLADEM1001", [IBAN, "DE02 1203 0000 0000 2020 51"]),
    ],
)
def test_an_identifier_is_found_in_all_spellings(
    kommune: Bureau, written: str, spellings: list[str]
) -> None:
    document = filed(kommune, Letter(text=f"Unser Zeichen {written} bitte angeben"))
    filed(kommune, Letter(text="12345//0000018 und 123A456780 und DE02 1203 0000 0000 2020 52"))
    for spelling in spellings:
        assert found(kommune, spelling) == [document]


@pytest.mark.parametrize("asked", ["Zwitschermann", "Zoe Zwitschermann", BG, KUNDENNUMMER, IBAN])
def test_the_fields_of_a_document_find_it(kommune: Bureau, asked: str) -> None:
    fields = Fields(BG, KUNDENNUMMER, IBAN, name="Zoe Zwitschermann")
    document = filed(kommune, Letter(text="ohne all das", fields=fields))
    filed(kommune, Letter(text="ohne all das"))
    assert found(kommune, asked) == [document]


def test_the_title_of_the_type_and_the_file_name_find_a_document(kommune: Bureau) -> None:
    document = filed(kommune, Letter(text="ein Blatt", type="anlage_kdu", name="juni.pdf"))
    title = kommune.library.document(document).kind.title
    filed(kommune, Letter(text="ein Blatt", type="sonstiges", name="mai.pdf"))
    assert found(kommune, title) == [document]
    assert found(kommune, "juni") == [document]


def test_all_words_must_occur(kommune: Bureau) -> None:
    both = filed(kommune, Letter(text="Heizung und Wasser", type="sonstiges"))
    filed(kommune, Letter(text="Heizung allein", type="sonstiges"))
    filed(kommune, Letter(text="Wasser allein", type="sonstiges"))
    assert found(kommune, "Wasser Heizung") == [both]
    assert found(kommune, "Wasser Heizung Strom") == []


def test_the_other_realm_finds_nothing(kommune: Bureau, agentur: Bureau) -> None:
    filed(kommune, Letter(text="Zwitschermann zieht um", reference=BG))
    for query in ("Zwitschermann", BG, "Mietvertrag"):
        assert agentur.search.find(query, actor="test") == Hits(0, ())


def test_the_same_word_has_another_token_in_the_other_realm(
    kommune: Bureau, agentur: Bureau
) -> None:
    for at in (kommune, agentur):
        filed(at, Letter(text="Zwitschermann zieht um"))
    tokens = [_tokens(at) for at in (kommune, agentur)]
    assert len(tokens[0]) == len(tokens[1]) > 3
    assert not tokens[0] & tokens[1]


def _tokens(at: Bureau) -> set[bytes]:
    with at.realm.database.reading() as connection:
        return set(connection.execute(select(POSTINGS.c.token)).scalars())


def test_the_index_holds_no_readable_word(kommune: Bureau) -> None:
    text = "Zwitschermann zieht nach Vogelhausen und heizt mit Holz"
    filed(kommune, Letter(text=text))
    tokens = _tokens(kommune)
    assert {len(one) for one in tokens} == {8}
    words = {form for word in text.split() for form in (word, word.lower(), stem(word))}
    readable = {word.encode()[:8] for word in words if len(word) >= 4}
    assert not any(piece in one for one in tokens for piece in readable)
    database = (kommune.root / "realm.db").read_bytes()
    log = (kommune.root / "realm.db-wal").read_bytes()
    assert not any(word.encode() in database + log for word in words if len(word) >= 6)


TEXTS = {
    "a": "Heizung Heizung Heizung defekt",
    "b": "Heizung " + "und viel anderes mehr das mit nichts zu tun hat " * 8,
    "c": "Heizung und Wasser und Strom",
    "d": "Strom Strom und Wasser fehlt",
    "e": "Die Wohnung hat Fenster",
    "f": "Heizung Heizung Wasser Strom Wohnung Fenster Fenster defekt",
}


@pytest.mark.parametrize(
    "query", ["Heizung", "Heizung defekt", "Wasser", "Strom Wasser", "Fenster Wohnung", "und"]
)
def test_the_ranking_is_that_of_bm25_over_the_plain_text(kommune: Bureau, query: str) -> None:
    sent = {filed(kommune, Letter(text=text, name="x")): text for text in TEXTS.values()}
    plain = {document: _plain_words(f"{text} Mietvertrag x") for document, text in sent.items()}
    expected = _bm25(plain, _plain_words(query))
    hits = kommune.search.find(query, actor="test").hits
    assert {hit.document.id: round(hit.score, 9) for hit in hits} == {
        document: round(score, 9) for document, score in expected.items()
    }
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def _plain_words(text: str) -> list[str]:
    stemmer = snowballstemmer.stemmer("german")
    return [stemmer.stemWord(word.lower()) for word in re.findall(r"\w+", text)]


def _bm25(documents: dict[DocumentId, list[str]], query: list[str]) -> dict[DocumentId, float]:
    """Score as Robertson and Zaragoza write it (k1 = 1.2, b = 0.75), all words required."""
    average = sum(map(len, documents.values())) / len(documents)
    scores = {}
    for document, words in documents.items():
        counts = Counter(words)
        if not all(counts[word] for word in query):
            continue
        scores[document] = sum(
            _idf(documents, word)
            * counts[word]
            * 2.2
            / (counts[word] + 1.2 * (0.25 + 0.75 * len(words) / average))
            for word in query
        )
    return scores


def _idf(documents: dict[DocumentId, list[str]], word: str) -> float:
    holding = sum(word in words for words in documents.values())
    return math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))


def test_pages_of_hits_follow_each_other(kommune: Bureau) -> None:
    for number in range(5):
        filed(kommune, Letter(text="Heizung " * (number + 1)))
    whole = kommune.search.find("Heizung", actor="test")
    parts = [
        kommune.search.find("Heizung", actor="test", offset=offset, limit=2).hits
        for offset in (0, 2, 4, 6)
    ]
    assert [hit.document.id for part in parts for hit in part] == [
        hit.document.id for hit in whole.hits
    ]
    assert whole.total == len(whole.hits) == 5
    assert kommune.search.find("Heizung", actor="test", limit=2).total == 5


def test_a_snippet_shows_the_match_in_its_surroundings(kommune: Bureau) -> None:
    before = " ".join(f"davor{number}" for number in range(50))
    filed(kommune, Letter(text=f"{before} alle Mietverträge, danach noch mehr"))
    (hit,) = kommune.search.find("Mietvertrag", actor="test").hits
    assert ("Mietverträge,", True) in hit.snippet
    assert [word for word, match in hit.snippet if match] == ["Mietverträge,"]
    assert ("davor49", False) in hit.snippet
    assert ("davor0", False) not in hit.snippet


def test_a_snippet_marks_an_identifier(kommune: Bureau) -> None:
    filed(kommune, Letter(text=f"Unser Zeichen: {BG}, bitte angeben"))
    (hit,) = kommune.search.find("12345BG0000017", actor="test").hits
    assert [word for word, match in hit.snippet if match] == [f"{BG},"]


def test_a_document_without_text_is_found_by_its_title(kommune: Bureau) -> None:
    document = filed(kommune, Letter(text=""))
    (hit,) = kommune.search.find("Mietvertrag", actor="test").hits
    assert (hit.document.id, hit.snippet) == (document, ())


@pytest.mark.parametrize(
    "query", ["", "   ", "!!! ... §§", " ".join(f"wort{n}" for n in range(33))]
)
def test_a_query_without_words_or_with_too_many_is_refused(kommune: Bureau, query: str) -> None:
    with pytest.raises(MalformedRequestError):
        kommune.search.find(query, actor="test")


def test_every_search_is_audited_with_who_asked_what(kommune: Bureau) -> None:
    filed(kommune, Letter(text="Heizung"))
    kommune.search.find("Heizung", actor="frau-sommer")
    kommune.search.find("Nichts", actor="herr-winter")
    assert [(one.actor, one.details) for one in kommune.audited("search")] == [
        ("frau-sommer", {"query": "Heizung", "hits": "1"}),
        ("herr-winter", {"query": "Nichts", "hits": "0"}),
    ]


def test_threads_that_index_at_once_do_not_mix_their_words() -> None:
    words = [f"{head}{tail}" for head in _HEADS for tail in _TAILS]
    single = snowballstemmer.stemmer("german")
    expected = {word: single.stemWord(word) for word in words}
    wrong: list[str] = []

    def index(part: list[str]) -> None:
        wrong.extend(word for word in part if stem(word) != expected[word])

    threads = [threading.Thread(target=index, args=(words[start::4],)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


_HEADS = [f"{a}{b}{c}" for a in "bdfgklm" for b in "aeiou" for c in ("rt", "nd", "st", "lk")]
_TAILS = ("ungen", "heiten", "igkeit", "lich", "isch", "erns", "schaften", "e", "es", "em")


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_has_the_same_terms_in_capitals(text: str) -> None:
    assert all(terms(text))
    assert Counter(terms(text)) == Counter(terms(text.upper()))


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_text_makes_indexing_fail(text: str) -> None:
    assert all(terms(text))


def test_long_runs_of_digits_and_letters_are_indexed_quickly() -> None:
    hostile = "DE02" + " 1" * 20_000 + "A1" * 20_000 + "12345 " * 20_000
    assert sum(1 for _ in terms(hostile)) > 20_000


def test_searching_leaves_no_trace_of_the_query_on_disk(kommune: Bureau, tmp_path: Path) -> None:
    filed(kommune, Letter())
    kommune.search.find("Kanarienvogelfutter", actor="frau-sommer")
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"anarienvogelfutter" not in everything
    assert b"sommer" not in everything
