"""How sure anybody may be of a type, whatever a model says.

Owns three signs against a hasty decision: next to no text, a text that concerns nobody and has
no title, and the title of post that belongs to no type. It refuses to name a type.
"""

from collections.abc import Mapping
from dataclasses import dataclass

TITLED = 4.0
"""Support by titles of the cue table from which a text names its own type."""
_FEW_LETTERS = 70
"""Letters below which a text is a title or a scrap, but no document."""
_SCRAP, _LEAFLET, _DECOY = 0.45, 0.6, 0.6
_LEAD = 1.0
"""By how much the title of a decoy must be stronger than that of the type."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What was seen: letters in all, whether somebody is concerned, titles, a decoy's title.

    ``titles`` is the support by titles of each type that has any, ``decoy`` the strongest one of
    post that belongs to no type.
    """

    letters: int
    about_somebody: bool
    titles: Mapping[str, float]
    decoy: float

    def ceiling(self, code: str) -> float:
        """Return the highest confidence (0 to 1) in a type that these signs allow."""
        title = self.titles.get(code, 0.0)
        if self.letters < _FEW_LETTERS:
            return _SCRAP
        if not self.about_somebody and title < TITLED:
            return _LEAFLET
        return _DECOY if self.decoy >= max(TITLED, title + _LEAD) else 1.0
