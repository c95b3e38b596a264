"""The scan stack: documents for different carriers in one PDF, with separator sheets between.

Owns the order of the stack. Refuses to split it: that is the reader's task.
"""

import hashlib
from collections.abc import Iterator

from app.samples import degrade
from app.samples.layouts import letter_pdf
from app.samples.letters import LETTERS
from app.samples.people import PEOPLE
from intake.separators import separator_sheets_pdf

_DPI = 200

STACK = (
    ("einkommensbescheinigung", 2),
    ("aerztliches_attest", 3),
    ("mietschulden", 5),
    ("rentenbescheid", 3),
    ("antrag_but", 1),
    ("massnahme", 3),
    ("unterhaltsvorschuss", 0),
    ("mietvertrag", 4),
    ("nichterreichbarkeit", 0),
    ("schuldnerberatung", 5),
    ("arbeitslosengeldbescheid", 4),
    ("lohnabrechnung", 0),
)
"""Code of the letter and number of the person, from top to bottom."""


class _Repeatable:
    """Random-looking bytes that are the same every time; good for a demonstration only."""

    def __init__(self) -> None:
        self._count = 0

    def token(self, size: int) -> bytes:
        """Return the next bytes."""
        self._count += 1
        return hashlib.shake_128(f"sample stack {self._count}".encode()).digest(size)

    def uuid(self) -> str:
        """Return the next bytes in the form of a UUID."""
        text = self.token(16).hex()
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def stack_pdf(separator_key: bytes) -> bytes:
    """Return the stack as the PDF of a scanner: 200 dpi, grey, no text layer."""
    pages = _pages(separator_key)
    looks = [degrade.scanned(page, seed=f"stack/{at}") for at, page in enumerate(pages)]
    return degrade.as_pdf(looks, dpi=_DPI)


def _pages(separator_key: bytes) -> Iterator[degrade.Page]:
    sheets = iter(degrade.raster(_sheets(separator_key), dpi=_DPI))
    for at, (code, who) in enumerate(STACK):
        if at:
            yield next(sheets)
        yield from degrade.raster(letter_pdf(LETTERS[code], PEOPLE[who]), dpi=_DPI)
    # The last letter was scanned with its empty back side.
    yield degrade.blank(dpi=_DPI)


def _sheets(separator_key: bytes) -> bytes:
    return separator_sheets_pdf(len(STACK) - 1, key=separator_key, randomness=_Repeatable())
