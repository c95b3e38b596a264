"""Search in one carrier's e-file: all words must occur; ranked by BM25; snippets from the hits."""

import math
import re
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from domain.errors import MalformedRequestError
from domain.ids import DocumentId
from efile.index import terms, token
from efile.library import FiledDocument, Library
from efile.realm import CarrierRealm
from efile.tables import DOCUMENTS, POSTINGS

_K1 = 1.2
_B = 0.75
_MAX_TERMS = 32
_SNIPPET_WORDS = 24
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Hit:
    """One found document; ``snippet`` is a sequence of (text, is a match)."""

    document: FiledDocument
    score: float
    snippet: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of hits and how many there are in all."""

    total: int
    hits: tuple[Hit, ...]


class Search:
    """Finds documents of one realm."""

    def __init__(self, realm: CarrierRealm, library: Library) -> None:
        """Search in one realm only."""
        self._realm = realm
        self._library = library

    def find(self, query: str, *, actor: str, offset: int = 0, limit: int = 20) -> Hits:
        """Return the documents in which every word of the query occurs, best first.

        Raises ``MalformedRequestError`` for a query without a word or with too many.
        """
        wanted = tuple(dict.fromkeys(terms(query)))
        if not 0 < len(wanted) <= _MAX_TERMS:
            detail = f"a query has 1 to {_MAX_TERMS} words"
            raise MalformedRequestError(detail)
        tokens = [token(self._realm, term) for term in wanted]
        with self._realm.database.reading() as connection:
            scores = _scores(connection, tokens)
        ranked = sorted(scores.items(), key=lambda entry: (-entry[1], entry[0]))
        page = tuple(
            self._hit(DocumentId(document), score, wanted=frozenset(wanted))
            for document, score in ranked[offset : offset + limit]
        )
        with self._realm.database.transaction() as connection:
            self._realm.audit.append(
                connection,
                "search",
                subject=self._realm.carrier.id,
                actor=actor,
                query=query,
                hits=str(len(scores)),
            )
        return Hits(len(scores), page)

    def _hit(self, document: DocumentId, score: float, *, wanted: frozenset[str]) -> Hit:
        filed = self._library.document(document)
        return Hit(filed, score, _snippet(self._library.text(filed), wanted))


def _scores(connection: Connection, tokens: list[bytes]) -> dict[str, float]:
    """Score by BM25 every document that holds all tokens."""
    total, length = connection.execute(
        select(func.count(), func.avg(DOCUMENTS.c.word_count)).select_from(DOCUMENTS)
    ).one()
    query = (
        select(
            POSTINGS.c.token, POSTINGS.c.document_id, POSTINGS.c.frequency, DOCUMENTS.c.word_count
        )
        .join(DOCUMENTS, DOCUMENTS.c.id == POSTINGS.c.document_id)
        .where(POSTINGS.c.token.in_(tokens))
    )
    found: dict[bytes, list[tuple[str, int, int]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.token].append((row.document_id, row.frequency, row.word_count))
    scores: dict[str, float] = defaultdict(float)
    seen: dict[str, int] = defaultdict(int)
    for postings in found.values():
        rarity = math.log(1 + (total - len(postings) + 0.5) / (len(postings) + 0.5))
        for document, frequency, words in postings:
            norm = frequency + _K1 * (1 - _B + _B * words / float(length))
            scores[document] += rarity * frequency * (_K1 + 1) / norm
            seen[document] += 1
    return {document: score for document, score in scores.items() if seen[document] == len(tokens)}


def _snippet(text: str, wanted: frozenset[str]) -> tuple[tuple[str, bool], ...]:
    words = [match[0] for match in _WORD.finditer(text)]
    matches = [any(term in wanted for term in terms(word)) for word in words]
    first = matches.index(True) if True in matches else 0
    start = max(0, first - _SNIPPET_WORDS // 3)
    end = start + _SNIPPET_WORDS
    return tuple(zip(words[start:end], matches[start:end], strict=True))
