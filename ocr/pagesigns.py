"""What a single page shows of its place: its number, how it begins, how it ends, whom it names.

Owns the reading of one page for the question where documents begin. Refuses to compare pages.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.catalogue import FALLBACK
from domain.ids import TypeCode
from domain.reading import Fields
from ocr.classify import Classifier, Guess
from ocr.fields import read_fields
from ocr.pagenumbers import EDGE, PageNumber, read_page_number, without_numbers
from ocr.text import fold, skeleton

_TEXT_LIMIT = 20_000
_TOP, _BOTTOM = 16, 10
_CONTINUED = re.compile(
    r"fortsetzung|übertrag|uebertrag|seite \d+ zum schreiben|^…|^\.\.\.", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"bitte wenden|\bb\.\s?w\.|fortsetzung|übertrag\b|(?:\.{2,3}|…)\s*/\s*\d|^\W*\./\.\W*$"
    r"|siehe (?:rückseite|nächste seite)",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"sehr\s*geehrte|^(?:guten (?:tag|morgen)|hallo|liebe[rs]?)\b|damen und herren", re.IGNORECASE
)
_PLACE = re.compile(r"\b\d{5}\s+[A-ZÄÖÜ][a-zäöüß]")
_DATE = re.compile(
    r"\b\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})\b|\b\d{1,2}\. (?:Jan|Feb|M(?:ä|a)r|Apr|Mai|Jun|Jul"
    r"|Aug|Sep|Okt|Nov|Dez)[a-zä]* \d{4}"
)
_SUBJECT = re.compile(
    r"betreff|betr\.|\b(?:ihr|unser|mein) zeichen|aktenzeichen|\baz\b|kunden-?(?:nummer|nr)"
    r"|bg-?(?:nummer|nr)|\bihr (?:schreiben|antrag) vom|\bdatum\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"gr(?:ü|u|ue)(?:ß|ss|B)en?\b|hochachtungsvoll|unterschrift|im auftrag|\bi\. ?a\.|gez\."
    r"|ohne unterschrift gültig|maschinell erstellt|stempel|rechtsbehelf|anlagen?:",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"^\s*(?:§\s*(\d{1,2})\b|(\d{1,2})(?:\.(?!\d)|\)|\s)\s*[A-ZÄÖÜ§]"
    r"|[Tt]eil (\d{1,2})\b|\((\d{1,2})\))"
)
_ENDED = re.compile(r"[.:!?;…)\]\d]\W*$|_{3,}")
_AMOUNT = re.compile(r"-?\d[\d.]*,\d\d\b")
_NUMBER = re.compile(r"\d(?:[\d/.-]*\d){4,}")
_CONTACT = re.compile(r"[\w.-]+@[\w.-]+|www\.[\w.-]+|[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){3,}")
_INSTITUTION = re.compile(
    r"\b(?:gmbh|ag|eg|kg|ohg|e\. ?v\.|ggmbh)\b|jobcenter|agentur|amt\b|\bstadt|kreis"
    r"|gericht|kasse\b|versicherung|bank\b|praxis|\bdr\.|klinik|krankenhaus|schule|universit"
    r"|akademie"
    r"|verein|verwaltung|wohnbau|genossenschaft|kita\b|behoerde|minister|stelle\b|dienst|werke\b"
    r"|zentrum|verband|stiftung|inkasso|kanzlei|anwalt|apotheke|hotel|service"
)
_HEADED = re.compile(
    r"bescheid|bescheinig|antrag|anlage|zusatzblatt|rechnung|vertrag|quittung|mitteilung|meldung"
    r"|bestaetig|nachweis|erklaerung|vollmacht|attest|kuendigung|zeugnis|lebenslauf|vereinbarung"
    r"|protokoll|ausweis|urkunde|formular|merkblatt|hinweis|einladung|erinnerung|mahnung|angebot"
    r"|widerspruch|auszug|uebersicht|stellungnahme|bericht|plan\b|gutachten|information|liste"
    r"|aufstellung|beleg|gutschrift|verordnung|einwilligung|anzeige|auskunft|schreiben|uebergabe"
)
_NAMED = re.compile(r"^\W*[^\W\d]+(?: [^\W\d]+){0,2}:\s")
_WORD = re.compile(r"[a-z]{5,}")
_FEW_LETTERS = 60
_HEAD, _FEET = 3, 3
_LONG_LINE, _SHORT_LINE = 0.75, 0.45
"""Shares of the breadth of print on a page."""
_SURE = 0.6


@dataclass(frozen=True, slots=True)
class PageSigns:
    """What one page shows.

    ``named`` is the type of its own title, ``likely`` the type that its text looks like; None
    where there is none. ``sections`` are the first and the last number of its sections.
    """

    number: PageNumber | None
    lines: tuple[str, ...]
    fields: Fields
    bg_nummern: tuple[str, ...]
    named: TypeCode | None
    likely: TypeCode | None
    words: frozenset[str]
    numbers: frozenset[str]
    contacts: frozenset[str]
    sections: tuple[int, int] | None
    little: bool

    @property
    def continued(self) -> bool:
        """Tell whether the page says that it goes on with something."""
        return _any(_CONTINUED, self.lines[:EDGE])

    @property
    def goes_on(self) -> bool:
        """Tell whether the page says that another follows."""
        return _any(_GOES_ON, self.lines[-EDGE:])

    @property
    def salutes(self) -> bool:
        """Tell whether somebody is addressed near the top."""
        return _any(_SALUTATION, self.lines[:_TOP])

    @property
    def addressed(self) -> bool:
        """Tell whether a postal address stands near the top."""
        return _any(_PLACE, self.lines[:_TOP])

    @property
    def dated(self) -> bool:
        """Tell whether a date stands near the top."""
        return _any(_DATE, self.lines[:_TOP])

    @property
    def referenced(self) -> bool:
        """Tell whether the page begins with references, as a letter does."""
        return _any(_SUBJECT, self.lines[:_TOP])

    @property
    def closes(self) -> bool:
        """Tell whether the page ends as a letter does."""
        return _any(_CLOSING, self.lines[-_BOTTOM:])

    @property
    def breaks_off(self) -> bool:
        """Tell whether the last sentence of the page is not over."""
        return bool(self.lines) and not _ENDED.search(self.lines[-1])

    @property
    def begins_small(self) -> bool:
        """Tell whether the page begins in the middle of a sentence."""
        return bool(self.lines) and self.lines[0][:1].islower() and self.lines[0][:3].isalpha()

    @property
    def from_institution(self) -> bool:
        """Tell whether an institution stands at the head of the page."""
        return _any(_INSTITUTION, map(fold, self.lines[:_HEAD]))

    @property
    def headed(self) -> bool:
        """Tell whether a short line at the head calls the page a document of some kind."""
        short = (line for line in self.lines[:_HEAD] if len(line) <= _LONG_LINE * self.breadth)
        return _any(_HEADED, map(fold, short))

    @property
    def breadth(self) -> int:
        """Return how many characters its longest line has."""
        return max(map(len, self.lines), default=0)

    @property
    def begins_broad(self) -> bool:
        """Tell whether the first line is as broad as running text."""
        return bool(self.lines) and len(self.lines[0]) > _LONG_LINE * self.breadth

    @property
    def ends_broad(self) -> bool:
        """Tell whether the last line is as broad as running text."""
        return bool(self.lines) and len(self.lines[-1]) > _LONG_LINE * self.breadth

    @property
    def ends_short(self) -> bool:
        """Tell whether the last line is short and holds no number, as a signature."""
        last = self.lines[-1] if self.lines else ""
        return 0 < len(last) < _SHORT_LINE * self.breadth and not re.search(r"\d", last)

    @property
    def dated_at_end(self) -> bool:
        """Tell whether a date stands in the last lines, as beside a signature."""
        return _any(_DATE, self.lines[-_FEET:])

    @property
    def begins_named(self) -> bool:
        """Tell whether the page begins with an entry, as the rest of a form."""
        return _any(_NAMED, self.lines[:1])

    @property
    def begins_numbered(self) -> bool:
        """Tell whether the page begins with a number or an item of a list."""
        return bool(self.lines) and bool(re.match(r"\W*\d|[-•*x]\s", self.lines[0]))

    @property
    def begins_with_amounts(self) -> bool:
        """Tell whether the page begins with rows of a table."""
        return sum(bool(_AMOUNT.search(line)) for line in self.lines[:3]) > 1


def page_signs(text: str, classifier: Classifier) -> PageSigns:
    """Read one page."""
    text = text[:_TEXT_LIMIT]
    lines = tuple(filter(None, (line.strip() for line in text.splitlines())))
    found = read_fields(text)
    folded = fold(text)
    return PageSigns(
        number=read_page_number(lines),
        lines=tuple(without_numbers(lines)),
        fields=found.fields,
        bg_nummern=found.bg_nummern,
        named=classifier.titled(text),
        likely=_likely(classifier.classify(text)),
        words=frozenset(_WORD.findall(folded)),
        numbers=frozenset(_NUMBER.findall(text)),
        contacts=frozenset("".join(found.split()) for found in _CONTACT.findall(text)),
        sections=_sections(lines),
        little=sum(map(str.isalnum, folded)) < _FEW_LETTERS,
    )


def _likely(guess: Guess) -> TypeCode | None:
    return guess.type if guess.confidence >= _SURE and guess.type != FALLBACK else None


def _any(pattern: re.Pattern[str], lines: Iterable[str]) -> bool:
    return any(pattern.search(line) for line in lines)


def _sections(lines: Sequence[str]) -> tuple[int, int] | None:
    found = [
        int(next(filter(None, match.groups()))) for line in lines if (match := _SECTION.match(line))
    ]
    return (found[0], found[-1]) if found else None


def opening(signs: PageSigns, *, lines: int) -> str:
    """Return the first lines of a page in a form in which recognition errors matter less."""
    return skeleton(" ".join(signs.lines[:lines]))


def ending(signs: PageSigns, *, lines: int) -> str:
    """Return the last lines of a page in the same form."""
    return skeleton(" ".join(signs.lines[-lines:]))
