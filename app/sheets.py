"""What somebody wants printed on separator sheets, from a form or the command line.

Owns the reading of these words and a sentence for each that cannot be used. Refuses to guess: a
sheet that says something wrong would say it about every document behind it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.catalogue import FALLBACK, Catalogue
from domain.identifiers import parse_reference
from domain.ids import TypeCode
from domain.reading import SheetNote
from intake.sheetcodes import is_batch

BATCH, KIND, CASE = "batch", "type", "case"

_SENTENCES = {
    BATCH: "Der Stapelname hat höchstens 16 Zeichen: Buchstaben ohne Umlaute, Ziffern, "
    "Leerzeichen, Punkt, Binde- und Unterstrich.",
    KIND: "Bitte wählen Sie eine Art aus der Liste.",
    CASE: "Bitte geben Sie eine BG-Nummer (12345//0001234) oder Kundennummer (123A456789) ein.",
}


@dataclass(frozen=True, slots=True)
class SheetWish:
    """What sheets shall say, what people call the type, and what is wrong by name of the field."""

    note: SheetNote
    title: str
    problems: Mapping[str, str]


def sheet_wish(said: Mapping[str, str], catalogue: Catalogue) -> SheetWish:
    """Read what was typed for ``batch``, ``type`` and ``case``; all may be empty."""
    batch, kind, case = (said.get(name, "").strip() for name in (BATCH, KIND, CASE))
    code, number = TypeCode(kind), parse_reference(case)
    right = {
        BATCH: not batch or is_batch(batch),
        # A sheet that states "anything else" would silence what the content says.
        KIND: not kind or (code in catalogue and code != FALLBACK),
        CASE: not case or number is not None,
    }
    problems = {name: _SENTENCES[name] for name, good in right.items() if not good}
    if problems:
        return SheetWish(SheetNote(), "", problems)
    title = catalogue[code].title if kind else ""
    return SheetWish(SheetNote(batch, code if kind else None, number), title, {})
