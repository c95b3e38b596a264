"""The index: which words a document holds, as keyed hashes of stems that only this realm knows.

Words are folded (lower case, umlauts and ß written out) and stemmed (German Snowball) before
they are hashed; identifiers are indexed whole, in their normal spelling. What the index leaks to
whoever steals the database: how often an unknown token occurs in which unknown document.
"""

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

import snowballstemmer
from sqlalchemy import Connection

from domain.identifiers import parse_iban, parse_reference
from domain.ids import DocumentId
from domain.letters import FilingOrder
from efile.realm import CarrierRealm
from efile.tables import POSTINGS
from storage.keyring import keyed_hash

_WORD = re.compile(r"[^\W_]+")
_FOLDS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_TOKEN_BYTES = 8
_MAX_WORD = 64
_VOCABULARY = 1 << 16
_STEMMING = threading.Lock()
_STEMMER = snowballstemmer.stemmer("german")
_REFERENCES = re.compile(r"\d{5}\s?(?://|/|BG)\s?\d{7}|\d{3}\s?[A-Z]\s?\d{6}", re.IGNORECASE)
_IBANS = re.compile(r"(?<![^\W_])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![^\W_])", re.IGNORECASE)
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"


@lru_cache(maxsize=_VOCABULARY)
def stem(word: str) -> str:
    """Return the form under which a word is indexed."""
    folded = word.casefold().translate(_FOLDS)[:_MAX_WORD]
    # The stemmer keeps the word it works on to itself: two threads would mix theirs.
    with _STEMMING:
        return str(_STEMMER.stemWord(folded))


def terms(text: str) -> Iterator[str]:
    """Yield the index terms of a text in their order: identifiers, then stems."""
    # Precomposed letters and no soft hyphens: else one word would fall into two.
    rest = unicodedata.normalize("NFKC", text).replace(_SOFT_HYPHEN, "")
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        number, remainder = _identifier(match[0])
        found.extend([number] if number else [])
        return f" {remainder} "

    for pattern in (_IBANS, _REFERENCES):
        rest = pattern.sub(take, rest)
    yield from (f"ref:{number}" for number in found)
    yield from (stem(match[0]) for match in _WORD.finditer(rest))


def _identifier(said: str) -> tuple[str | None, str]:
    """Return the identifier that a text begins with, or None, and what is left of the text.

    Behind an IBAN that is printed in blocks, capital words may look like more blocks.
    """
    blocks = said.split(" ")
    for end in range(len(blocks), 0, -1):
        candidate = " ".join(blocks[:end])
        number = parse_iban(candidate) or parse_reference(candidate)
        if number:
            return number, " ".join(blocks[end:])
    return None, said


def token(realm: CarrierRealm, term: str) -> bytes:
    """Return the keyed hash (8 bytes) of a term."""
    return keyed_hash(realm.keys.derive("index"), term, size=_TOKEN_BYTES)


def order_text(order: FilingOrder, *, title: str) -> str:
    """Return the words by which a document can be found beside its own text."""
    fields = order.fields
    said = (title, order.file_name, order.reference, fields.name, fields.bg_nummer)
    return " ".join(part for part in (*said, fields.kundennummer, fields.iban) if part)


def count_tokens(realm: CarrierRealm, texts: Iterable[str]) -> Counter[bytes]:
    """Return how often each token occurs in a document."""
    found = Counter(term for text in texts for term in terms(text))
    return Counter({token(realm, term): count for term, count in found.items()})


def write_postings(connection: Connection, document: DocumentId, tokens: Counter[bytes]) -> None:
    """Write the postings of one document within the caller's transaction."""
    rows = [
        {"token": value, "document_id": document, "frequency": count}
        for value, count in tokens.items()
    ]
    if rows:
        connection.execute(POSTINGS.insert(), rows)
