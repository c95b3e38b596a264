"""Which language a page is in that German language data read badly or oddly.

Owns the choice. German is the rule, and a German page costs nothing here. Scripts are told by
what tesseract's script detection sees, languages of the Latin script by their small words.
"""

import re
from types import MappingProxyType

from ocr.engine import GERMAN
from ocr.tessdata import languages

_BY_SCRIPT = MappingProxyType({"Arabic": ("ara",), "Cyrillic": ("ukr", "rus")})
_GERMAN = """
    der die das und ist nicht mit von für auf ich sie wir ein eine den dem zu im am des bei oder
    wird werden haben nach bis
"""
_ENGLISH = """
    the and of to that have been with your you for this not are was from which we please would
    dear yours
"""
_TURKISH = """
    ve bir bu için ile olarak daha çok ne de da ama çünkü sayın lütfen olan kadar sonra gibi değil
"""
_SMALL_WORDS = MappingProxyType(
    {
        code: frozenset(words.split())
        for code, words in ((GERMAN, _GERMAN), ("eng", _ENGLISH), ("tur", _TURKISH))
    }
)
_TELLING = 4
_WORD = re.compile(r"[^\W\d_]+")


def by_script(script: str) -> tuple[str, ...]:
    """Return the installed sets of languages worth trying on a page in a script."""
    there = languages()
    return tuple(f"{code}+{GERMAN}" for code in _BY_SCRIPT.get(script, ()) if code in there)


def by_small_words(text: str) -> str | None:
    """Return an installed set of languages if small words of another one prevail, else None."""
    words = _WORD.findall(text.lower())
    counts = {code: sum(word in small for word in words) for code, small in _SMALL_WORDS.items()}
    best = max(counts, key=counts.__getitem__)
    if best == GERMAN or counts[best] < max(_TELLING, 2 * counts[GERMAN]):
        return None
    return f"{best}+{GERMAN}" if best in languages() else None
