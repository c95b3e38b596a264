"""Normal forms of recognised text in which cues are looked for.

Owns spelling only: it knows German umlauts, hyphenation and the confusions typical of
optical character recognition. It refuses to judge what a text means.
"""

import re
import unicodedata

_FOLDS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬀ": "ff",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\u00ad": "",
        "’": "'",
        "–": "-",
        "—": "-",
    }
)
_HYPHENATION = re.compile(r"(?<=\w)[-¬\u00ad‐][ \t]*\r?\n[ \t]*(?=[a-zäöüß])")
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_SPACE = re.compile(r"\s+")
_COLUMNS = re.compile(r"\s{3,}|\t+|\s[|¦]\s")
_SPACED = re.compile(r"(?<!\w)(?:\w ){4,}\w(?!\w)")
_NOT_WORD = re.compile(r"[^a-z0-9§]+")
_SHAPES = str.maketrans({"l": "i", "1": "i", "j": "i", "0": "o", "5": "s", "8": "b"})


def join_hyphenated(text: str) -> str:
    """Join words that were divided at the end of a line."""
    return _HYPHENATION.sub("", text)


def fold(text: str) -> str:
    """Return lower case without umlauts, ligatures, hyphenation and repeated white space."""
    composed = unicodedata.normalize("NFC", join_hyphenated(text))
    lowered = composed.lower().translate(_FOLDS)
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", lowered))
    return _SPACE.sub(" ", plain).strip()


def skeleton(text: str) -> str:
    """Return folded words in which characters that recognition confuses look the same.

    Both sides of a comparison are reduced, so that a lost umlaut dot, ``ii`` for ``ü``,
    ``1`` for ``l`` or ``rn`` for ``m`` no longer make a difference.
    """
    folded = fold(text).replace("|", "l").replace("!", "l")
    words = _NOT_WORD.sub(" ", folded).strip()
    shapes = words.replace("ae", "a").replace("oe", "o").replace("ue", "u").translate(_SHAPES)
    return shapes.replace("ii", "u").replace("rn", "m").replace("vv", "w")


def segments(text: str) -> tuple[str, ...]:
    """Return the lines of a text without empty ones, columns apart, spaced letters closed."""
    pieces = (
        piece.strip()
        for line in join_hyphenated(text).splitlines()
        for piece in _COLUMNS.split(line.strip())
    )
    return tuple(_SPACED.sub(_close, piece) for piece in pieces if piece)


def _close(match: re.Match[str]) -> str:
    return match[0].replace(" ", "")
