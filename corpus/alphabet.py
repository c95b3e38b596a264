"""The letters of a pen: how each character is written, stroke by stroke.

Owns shapes. A stroke is a run of points; the first character of a point is x (0 to 9), the second
y (``0`` base line, ``5`` height of small letters, ``9`` of capitals, ``a`` to ``c`` below the
line, ``A`` to ``C`` above the capitals). A point given twice is a corner.
"""

import unicodedata
from functools import cache

Point = tuple[float, float]
Stroke = tuple[Point, ...]

_HEIGHTS = {**{str(y): y for y in range(10)}, "a": -1, "b": -2, "c": -3, "A": 10, "B": 11, "C": 12}

_SHAPES = {
    "a": "44 25 04 01 20 42/45 41 50",
    "b": "09 00/03 15 35 43 42 30 10 01",
    "c": "44 25 04 01 20 41",
    "d": "44 25 04 01 20 42/49 41 50",
    "e": "03 33 44 25 04 01 20 41",
    "f": "49 39 27 20/05 45",
    "g": "44 25 04 01 20 42/45 4a 3c 1c 0b",
    "h": "09 00/03 25 44 40",
    "i": "05 00/08 07",
    "ı": "05 00",
    "j": "25 2a 1c 0b/28 27",
    "k": "09 00/45 02/13 40",
    "l": "09 01 10",
    "ł": "19 11 20/04 36",
    "m": "05 00/03 15 25 34 30/33 45 55 64 60",
    "n": "05 00/03 25 44 40",
    "o": "25 04 01 20 41 44 25",
    "p": "05 0c/04 15 35 43 42 30 10 01",
    "q": "44 25 04 01 20 42/45 4c",
    "r": "05 00/03 25 34",
    "s": "44 25 04 13 32 41 20 01",
    "ß": "00 07 29 47 25 44 41 20",
    "t": "28 21 30 40/05 45",
    "u": "05 01 20 42/45 41 50",
    "v": "05 20 20 45",
    "w": "05 10 10 34 34 50 50 65",
    "x": "05 40/45 00",
    "y": "05 20/45 20 0c",
    "z": "05 45 45 00 00 40",
    "A": "00 39 39 60/13 53",
    "B": "09 00/09 39 47 35 05/05 35 53 30 00",
    "C": "58 39 18 05 11 30 51",
    "D": "09 00/09 29 56 53 20 00",
    "E": "49 09 09 00 00 40/05 35",
    "F": "49 09 09 00/05 35",
    "G": "58 39 18 05 11 30 51 54 54 34",
    "H": "09 00/59 50/05 55",
    "I": "09 00",
    "J": "39 32 20 01",
    "K": "09 00/59 04/15 50",
    "L": "09 00 00 40",
    "M": "00 09 09 34 34 69 69 60",
    "N": "00 09 09 50 50 59",
    "O": "39 18 05 11 30 51 65 58 39",
    "P": "09 00/09 39 57 34 04",
    "Q": "39 18 05 11 30 51 65 58 39/42 70",
    "R": "09 00/09 39 57 34 04/24 50",
    "S": "58 39 18 07 15 44 52 30 01",
    "T": "09 69/39 30",
    "U": "09 02 20 40 52 59",
    "V": "09 30 30 69",
    "W": "09 20 20 47 47 60 60 89",
    "X": "09 50/59 00",
    "Y": "09 35/69 35 30",
    "Z": "09 59 59 00 00 50",
    "Ł": "19 10 10 50/04 36",
    "0": "29 07 02 20 42 47 29",
    "1": "06 39 39 30",
    "2": "07 29 47 34 00 00 40",
    "3": "08 29 47 25 25 43 20 01",
    "4": "39 03 03 53/35 30",
    "5": "49 09 09 05 26 44 31 10 01",
    "6": "48 29 05 02 20 42 34 03",
    "7": "09 49 49 10/15 35",
    "8": "25 07 29 47 25 02 20 42 25",
    "9": "47 29 07 15 46 43 20",
    ".": "00 01",
    ",": "11 0a",
    ":": "00 01/04 05",
    ";": "11 0a/14 15",
    "-": "03 33",
    "–": "03 53",
    "_": "00 50",
    "/": "00 49",
    "(": "29 06 02 2a",
    ")": "09 26 22 0a",
    "+": "23 27/05 45",
    "=": "03 43/05 45",
    "!": "09 03/00 01",
    "?": "07 29 47 24 23/20 21",
    "'": "09 07",
    '"': "09 07/29 27",
    "%": "00 59/18 17/41 42",
    "&": "50 17 29 37 03 01 20 53",
    "€": "58 39 17 12 30 51/05 45/03 43",
    "§": "38 29 07 34 22 03 25/22 31 20 01",
    "@": "53 44 34 23 32 53 57 39 17 03 20 50",
    "²": "07 19 27 05 05 25",
    "*": "28 24/07 45/05 47",
    "×": "02 35/05 32",
    "„": "0a 11/2a 31",
    "“": "09 17/29 37",
    "·": "03 04",
}
_MARKS = {
    "\N{COMBINING DIAERESIS}": "10 11/30 31",
    "\N{COMBINING ACUTE ACCENT}": "10 32",
    "\N{COMBINING GRAVE ACCENT}": "12 30",
    "\N{COMBINING CIRCUMFLEX ACCENT}": "00 22 22 40",
    "\N{COMBINING CARON}": "02 20 20 42",
    "\N{COMBINING BREVE}": "02 20 42",
    "\N{COMBINING DOT ABOVE}": "20 21",
    "\N{COMBINING RING ABOVE}": "20 11 22 31 20",
    "\N{COMBINING CEDILLA}": "20 3a 1b",
    "\N{COMBINING COMMA BELOW}": "2a 1b",
}
_BELOW = frozenset({"\N{COMBINING CEDILLA}", "\N{COMBINING COMMA BELOW}"})


@cache
def strokes(char: str) -> tuple[Stroke, ...]:
    """Return the strokes of a character; one that nobody writes by hand becomes a dash."""
    if char in _SHAPES:
        return _read(_SHAPES[char])
    apart = unicodedata.normalize("NFD", char)
    base, marks = apart[0], apart[1:]
    if base not in _SHAPES:
        return _read(_SHAPES["-"])
    above = 10.5 if base.isupper() else 7.0
    body = _read(_SHAPES["ı" if base == "i" and marks else base])
    return body + tuple(
        tuple((x, y + (0 if mark in _BELOW else above)) for x, y in stroke)
        for mark in marks
        for stroke in _read(_MARKS.get(mark, "20 21"))
    )


@cache
def breadth(char: str) -> float:
    """Return how far to move on after a character, in the units of its points."""
    if char.isspace():
        return 4.0
    return max(x for stroke in strokes(char) for x, _ in stroke) + 2.2


def _read(shape: str) -> tuple[Stroke, ...]:
    return tuple(
        tuple((float(point[0]), float(_HEIGHTS[point[1]])) for point in stroke.split())
        for stroke in shape.split("/")
    )
