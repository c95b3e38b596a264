"""Where one document ends and the next begins, and whether a stack looks mixed.

Owns the splitting of pages and the doubts that follow from the text of single pages. It
refuses to split by content: only separator sheets divide a stack.
"""

from collections.abc import Sequence
from itertools import combinations

from domain.ids import TypeCode
from domain.reasons import Reason
from ocr.classify import Classifier, Guess
from ocr.text import PageText, fold

# Forms that carry the other one as a page of their own, or that come in one envelope by
# custom; both belong to the same carriers, so nothing is lost if they stay together.
_COMPANIONS = frozenset(
    frozenset(map(TypeCode, pair))
    for pair in (
        ("antrag_but", "but_nachweis"),
        ("anlage_meb", "aerztliches_attest"),
        ("anlage_ek", "einkommensbescheinigung"),
        ("anlage_kdu", "mietbescheinigung"),
        ("antrag_umzug", "mietbescheinigung"),
        ("mietschulden", "mietvertrag"),
        ("betriebskostenabrechnung", "mieterhoehung"),
        ("lebenslauf", "zeugnis"),
        ("lebenslauf", "bewerbungsnachweis"),
        ("bewerbungsnachweis", "zeugnis"),
    )
)
_HARDLY_ANY_TEXT = 20
"""Letters and digits below which a document counts as having no text."""
_SURE = 0.75


def split_pages(
    page_count: int, *, separators: frozenset[int], blank: frozenset[int]
) -> tuple[tuple[int, ...], ...]:
    """Return the pages (1-based) of each document; separator sheets and blank pages left out."""
    documents: list[list[int]] = [[]]
    for page in range(1, page_count + 1):
        if page in separators:
            documents.append([])
        elif page not in blank:
            documents[-1].append(page)
    return tuple(tuple(pages) for pages in documents if pages)


def doubts(pages: Sequence[PageText], guess: Guess, classifier: Classifier) -> tuple[Reason, ...]:
    """Return why a person must look at a document before it is filed."""
    letters = sum(char.isalnum() for page in pages for char in fold(page.text))
    if letters < _HARDLY_ANY_TEXT:
        return (Reason.NO_TEXT,)
    if _mixed(pages, guess, classifier):
        return (Reason.MIXED_CONTENT,)
    return ()


def _mixed(pages: Sequence[PageText], guess: Guess, classifier: Classifier) -> bool:
    """Tell whether pages name different types in their own titles."""
    if len(pages) == 1:
        return False
    named = {classifier.titled(page.text) for page in pages} - {None}
    if guess.confidence >= _SURE:
        named.add(guess.type)
    return any(frozenset(pair) not in _COMPANIONS for pair in combinations(named, 2))
