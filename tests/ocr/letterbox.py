"""Fictitious letters of every type, and the noise that recognition adds to them."""

import random
from pathlib import Path

_FOLDER = Path(__file__).parent / "letters"
_CONFUSIONS = {
    "ü": ("ii", "u"),
    "ä": ("a",),
    "ö": ("o",),
    "ß": ("B",),
    "l": ("1", "I"),
    "i": ("l",),
    "m": ("rn",),
    "e": ("c",),
    "o": ("0",),
    "h": ("b",),
    "S": ("5",),
    "t": ("f",),
    "n": ("u",),
}


def letters() -> dict[str, str]:
    """Return the fixtures by name: a type code, or ``negative_…``."""
    found = {path.stem: path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.txt"))}
    assert found, "no letters, no test"
    return found


def noisy(text: str, *, seed: str, share: float) -> str:
    """Return a text in which a share of all characters is confused as recognition would."""
    chance = random.Random(seed)  # noqa: S311 - the same noise in every run is the point
    confusable = [at for at, char in enumerate(text) if char in _CONFUSIONS]
    hit = set(chance.sample(confusable, min(len(confusable), int(len(text) * share))))
    return "".join(
        chance.choice(_CONFUSIONS[char]) if at in hit else char for at, char in enumerate(text)
    )
