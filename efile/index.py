"""The index: which words a document holds, as keyed hashes of stems that only this realm knows.

Words are folded (lower case, umlauts and ß written out) and stemmed (German Snowball) before
they are hashed; identifiers are indexed whole, in their normal spelling. What the index leaks to
whoever steals the database: how often an unknown token occurs in which unknown document.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

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
_STEMMER = snowballstemmer.stemmer("german")
_REFERENCES = re.compile(r"\d{5}\s?(?://|/|BG)\s?\d{7}|\d{3}\s?[A-Z]\s?\d{6}", re.IGNORECASE)
_IBANS = re.compile(r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}")


def stem(word: str) -> str:
    """Return the form under which a word is indexed."""
    folded = word.casefold().translate(_FOLDS)[:_MAX_WORD]
    return str(_STEMMER.stemWord(folded))


def terms(text: str) -> Iterator[str]:
    """Yield the index terms of a text in their order: identifiers, then stems."""
    for match in _REFERENCES.finditer(text):
        reference = parse_reference(match[0])
        if reference:
            yield f"ref:{reference}"
    for match in _IBANS.finditer(text):
        iban = parse_iban(match[0])
        if iban:
            yield f"ref:{iban}"
    plain = _REFERENCES.sub(" ", text)
    for match in _WORD.finditer(plain):
        yield stem(match[0])


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
