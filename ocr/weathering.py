"""How recognition and scanning damage a text, for training and for measuring.

Owns damage modelled on poor scans and photos of letters: confused characters, divided and
joined words, lost lines, columns read the wrong way round, cut pages, lines of fax machines.
The same text, strength and chance give the same damage.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_CONFUSIONS = {
    "ü": ("ii", "u", "ü", "il"),
    "ä": ("a", "ä", "á"),
    "ö": ("o", "6", "ó"),
    "Ü": ("U", "Ü"),
    "Ä": ("A", "A"),
    "Ö": ("O", "0"),
    "ß": ("B", "ss", "8", "fs"),
    "l": ("1", "I", "i", "|", "t"),
    "i": ("l", "1", "í", "j"),
    "m": ("rn", "nn", "in"),
    "n": ("u", "ri", "m"),
    "u": ("n", "ii", "v"),
    "e": ("c", "o", "é"),
    "c": ("e", "o"),
    "o": ("0", "a", "e"),
    "a": ("o", "e", "4"),
    "h": ("b", "n", "li"),
    "b": ("h", "6", "l)"),
    "d": ("cl", "a"),
    "g": ("q", "9", "y"),
    "r": ("t", "n", "f"),
    "t": ("f", "l", "r"),
    "f": ("t", "l"),
    "w": ("vv", "v"),
    "k": ("h", "lc"),
    "s": ("5", "e", "z"),
    "z": ("2", "s"),
    "S": ("5", "$", "8"),
    "B": ("8", "R", "E"),
    "G": ("6", "C", "0"),
    "I": ("l", "1", "|"),
    "O": ("0", "Q"),
    "Z": ("2",),
    "A": ("4", "Ä"),
    "0": ("O", "o", "8"),
    "1": ("l", "I", "7"),
    "5": ("S",),
    "8": ("B", "3"),
    ".": (",", "", " "),
    ",": (".", "", ";"),
    "§": ("$", "8", "S", "&"),
}
_COLUMNS = re.compile(r"\s{2,}|\t+|\s[|¦]\s")
_WORD = re.compile(r"[^\W\d_]{6,}")
_ADDED = (
    "Fax von 0{n} an Jobcenter  Seite {n}/3",
    "SCAN_{n}{n}.pdf",
    "~ . : - ' |",
    "{n}.11.2026 {n}:15  +49 {n}{n}  S. 0{n}",
    "= — _ .. , |",
    "Seite {n} von 4",
    "EINGANG {n}. NOV. 2026 Poststelle",
    "Gesendet von meinem Mobiltelefon",
)


@dataclass(frozen=True, slots=True)
class Strength:
    """Shares (0 to 1): of characters confused, words broken, lines lost, added and displaced."""

    characters: float
    words: float
    lost: float
    added: float
    displaced: float


CLEAN = Strength(0.0, 0.0, 0.0, 0.0, 0.0)
FAINT = Strength(0.006, 0.004, 0.01, 0.01, 0.1)
POOR = Strength(0.03, 0.02, 0.05, 0.03, 0.3)
AWFUL = Strength(0.08, 0.05, 0.15, 0.06, 0.5)


def weathered(text: str, strength: Strength, *, seed: str) -> str:
    """Return a text as recognition would give it from a page in this condition."""
    chance = random.Random(seed)  # noqa: S311 - the same damage in every run is the point
    lines = [line for page in text.split("\f") for line in page.splitlines()]
    displaced = _displaced(lines, strength.displaced, chance)
    kept = [line for line in displaced if chance.random() >= strength.lost]
    dirty = [piece for line in kept for piece in _dirtied(line, strength.added, chance)]
    broken = "\n".join(_broken(line, strength.words, chance) for line in dirty)
    return _confused(broken, strength.characters, chance)


def upper_part(text: str, share: float) -> str:
    """Return the first lines of a text: a page cut off below, or the first of several."""
    lines = text.splitlines()
    return "\n".join(lines[: max(1, round(len(lines) * share))])


def lower_part(text: str, share: float) -> str:
    """Return the last lines of a text: a page whose top is missing."""
    lines = text.splitlines()
    return "\n".join(lines[len(lines) - max(1, round(len(lines) * share)) :])


def _displaced(lines: Sequence[str], share: float, chance: random.Random) -> list[str]:
    """Break tables into columns or cells, and swap neighbouring lines."""
    if chance.random() >= share:
        return list(lines)
    ways: tuple[Callable[[Sequence[str]], list[str]], ...] = (_by_cell, _by_column, _by_blank)
    turned = chance.choice(ways)(lines)
    for _ in range(len(turned) // 12):
        at = chance.randrange(len(turned) - 1)
        turned[at], turned[at + 1] = turned[at + 1], turned[at]
    return turned


def _by_cell(lines: Sequence[str]) -> list[str]:
    return [cell for line in lines for cell in _COLUMNS.split(line.strip())]


def _by_blank(lines: Sequence[str]) -> list[str]:
    return [_COLUMNS.sub(" ", line.strip()) for line in lines]


def _by_column(lines: Sequence[str]) -> list[str]:
    """Read runs of lines with columns one column after the other."""
    read: list[str] = []
    table: list[list[str]] = []
    for line in (*lines, ""):
        cells = _COLUMNS.split(line.strip())
        if len(cells) > 1:
            table.append(cells)
            continue
        width = max(map(len, table), default=0)
        read += [row[at] for at in range(width) for row in table if at < len(row)]
        table = []
        read.append(line)
    return read


def _dirtied(line: str, share: float, chance: random.Random) -> tuple[str, ...]:
    if chance.random() >= share:
        return (line,)
    return (chance.choice(_ADDED).format(n=chance.randrange(1, 9)), line)


def _broken(line: str, share: float, chance: random.Random) -> str:
    words = line.split(" ")
    out: list[str] = []
    for word in words:
        if word and chance.random() < share:
            if out and chance.random() < 0.5:  # noqa: PLR2004 - as often joined as divided
                out[-1] += word
                continue
            if _WORD.search(word):
                at = chance.randrange(2, len(word) - 1)
                out += [word[:at], word[at:]]
                continue
        out.append(word)
    return " ".join(out)


def _confused(text: str, share: float, chance: random.Random) -> str:
    if not share:
        return text
    # Damage comes in patches: some lines are hardly touched, others hardly legible.
    lines = []
    for line in text.split("\n"):
        here = share * chance.choice((0.2, 0.5, 1.0, 1.5, 2.5))
        lines.append("".join(_misread(char, here, chance) for char in line))
    return "\n".join(lines)


def _misread(char: str, share: float, chance: random.Random) -> str:
    options = _CONFUSIONS.get(char)
    if options is None or chance.random() >= share:
        return char
    return chance.choice(options)
