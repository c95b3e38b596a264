"""How German looks: the usual trigrams of letters and the words of office post.

Owns the table, which a command makes from the letters of the corpus. Refuses to correct.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_TABLE = "spelling.txt"
_WORD = re.compile(r"[^\W\d_]+")
_SIZE = 3
_LONG_ENOUGH = 3
_TEXT_LIMIT = 6_000
"""Characters judged; a page that begins well goes on well."""


def trigrams(word: str) -> Iterable[str]:
    """Yield the trigrams of a word in small letters, its ends marked by a full stop."""
    marked = f".{word}."
    return (marked[at : at + _SIZE] for at in range(len(marked) - _SIZE + 1))


def words(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return _WORD.findall(text.lower())


def share_of_usual_trigrams(text: str) -> float:
    """Return which share of the trigrams of a text is usual in German, 0 to 1."""
    seen = [trigram for word in words(text[:_TEXT_LIMIT]) for trigram in trigrams(word)]
    return sum(trigram in _usual()[0] for trigram in seen) / max(1, len(seen))


def share_of_words(text: str) -> float:
    """Return which share of the words of three letters and more are in the table, 0 to 1."""
    seen = [word for word in words(text[:_TEXT_LIMIT]) if len(word) >= _LONG_ENOUGH]
    return sum(word in _usual()[1] for word in seen) / max(1, len(seen))


@cache
def _usual() -> tuple[frozenset[str], frozenset[str]]:
    """Return the trigrams, in the first line of the table, and the words, in the others."""
    first, *rest = (files("ocr") / _TABLE).read_text("utf-8").splitlines()
    return frozenset(first.split()), frozenset(rest)
