"""Where one document ends and the next begins, and whether a stack looks mixed.

Owns the grouping of pages and the doubts that follow from the text of single pages. Refuses to
judge where a document begins: that is the task of ``ocr.splitting``.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from domain.catalogue import FALLBACK
from domain.reasons import Reason
from ocr.classify import Classifier, Guess
from ocr.companions import belong_together
from ocr.pages import Leaf

_HARDLY_ANY_TEXT = 20
"""Letters and digits below which a document counts as having no text."""
_SURE = 0.75
_UNREAD = 0.3
"""Share of what looks like print on a page that may be in no word: stamps, logos, ruled lines."""


def split_pages(
    page_count: int,
    *,
    separators: frozenset[int],
    blank: frozenset[int],
    begins: frozenset[int] = frozenset(),
) -> tuple[tuple[int, ...], ...]:
    """Return the pages (1-based) of each document; separator sheets and blank pages left out.

    ``begins`` are pages with content with which another document begins.
    """
    documents: list[list[int]] = [[]]
    for page in range(1, page_count + 1):
        if page in separators:
            documents.append([])
        elif page in begins - blank:
            documents.append([page])
        elif page not in blank:
            documents[-1].append(page)
    return tuple(tuple(pages) for pages in documents if pages)


def doubts(pages: Sequence[Leaf], guess: Guess, classifier: Classifier) -> tuple[Reason, ...]:
    """Return why a person must look at a document before it is filed."""
    if sum(char.isalnum() for page in pages for char in page.text) < _HARDLY_ANY_TEXT:
        return (Reason.NO_TEXT,)
    return tuple(_doubts(pages, guess, classifier))


def _doubts(pages: Sequence[Leaf], guess: Guess, classifier: Classifier) -> Iterator[Reason]:
    if guess.type != FALLBACK and guess.confidence < classifier.threshold:
        yield Reason.LOW_CONFIDENCE
    if any(page.unread > _UNREAD for page in pages):
        yield Reason.PARTLY_READ
    if _mixed(pages, guess, classifier):
        yield Reason.MIXED_CONTENT


def _mixed(pages: Sequence[Leaf], guess: Guess, classifier: Classifier) -> bool:
    """Tell whether pages name different types in their own titles."""
    if len(pages) == 1:
        return False
    named = {classifier.titled(page.text) for page in pages} - {None}
    if guess.confidence >= _SURE:
        named.add(guess.type)
    return any(not belong_together(*pair) for pair in combinations(named, 2))
