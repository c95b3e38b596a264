"""What has the shape of a person's name.

Owns the shape alone: words with capitals, particles between them, the surname first before a
comma. Refuses words that no name has; it knows no list of names.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz

from ocr.evidence import Lines, Span, wording

_WORD = re.compile(r"(?<![\w@./&-])[^\W\d_]{2,25}(?:[-'’][^\W\d_]{2,25}){0,2}(?![\w@/]|-\w|\.\w)")
_PARTICLE = re.compile(r"(?:von|van|vom|de|zu|zur|al|el|bin|ben|di|da|dos)", re.IGNORECASE)
_ARTICLE = re.compile(r"de[rnm]", re.IGNORECASE)
"""Belongs to a name after a particle alone: "von der"."""
_JOINED = re.compile(r" {1,2}|, ?")
_ABBREVIATED = re.compile(r"\.(?:-|\s?\d)")
_ARABIC_ARTICLE = {"EI": "El", "AI": "Al"}
"""What recognition makes of it where l and I look alike."""
_TORN = re.compile(r"[^\W\d_]{2} [a-zäöüß]{2,4}(?:\W|$)")
"""A surname of which recognition has torn off the end."""
_FEWEST_WORDS = 2
_MOST_WORDS = 4
_MOST_FORENAMES = 2
_MOST_NAMES = 120
_ALIKE = 88.0
_STOP = wording(
    r"(?:Herrn?|Frau|Familie|Eheleute|Medizin|Innere|Wert|Text|Umsatz|PN|Tagespflege\w*"
    r"|Schuldner(?:in)?|Sachen?|Familiensache|Repubblica|Italiana|Postfiliale|Name"
    r"|Mandant(?:in)?|Hilfe|Gesamt\w*|Schreibwaren|Familienname|Staats\w*|Spenden?|Hinweise?"
    r"|Klaus?el|Die|Der|Das|Den|Dem|Des|Ein\w{0,2}|Dass|Und|Oder|Ihre?[nmrs]?|Ich|Sie|Wir|Es"
    r"|Mein\w*|Unser\w*|An|Am|Im|In|Auf|Aus|Bei|Bis|Bitte|Zu[mr]?|Vo[nm]|Mit|Nach|Nr|Für|Seite"
    r"|Nein|Ja|Ort"
    r"|Betr\w*|Hallo|Liebe[rs]?|Moin|Guten|Tag|Kind\w*|Sohn|Tochter|Schüler(?:in)?|Patient(?:in)?"
    r"|Januar|Februar|März|April|Juni|Juli|August|September|Oktober|November|Dezember|\w+tag"
    r"|Mittwoch"
    r"|Tel|Fax|Dr|Prof|Euro|EUR|IBAN|BIC|BG|Alle|Alte[rs]?|Neue[rs]?|Bad|Geb|Geboren|Kto|Post"
    r"|Team|Stand"
    r"|Blatt|Art|Zeit|Zahl|Summe|Saldo|Betrag|Brutto|Netto|Land|Kreis|Klasse|Gruppe|Deutsch\w*"
    r"|Bund\w*|Freie"
    r"|Erste[rs]?|Gute[nrs]?|Persönlich|Vertraulich|Einschreiben|Kopie|Original|Entwurf"
    r"|Eingang|Eingegangen"
    r"|ärztin|Sehr|Person\w*|Danke|BG-?\w*|Kd|Mitarbeiter(?:in)?|Minijob|Frage|Wer|Wie|Was|Ab"
    r"|Als|Bereits|Gasthof|Metzgerei|Bäckerei|Versicherte\w*|Beschäftigte\w*|Studierende\w*"
    r"|Teilnehmende\w*|Viele[nr]?|Dank\w*|Diese[rsmn]?|Fach\w+|Kostentr\w+|Miete|Rückstand"
    r"|Inkasso|Zurück|Formular|MEB|KDU|EKS|WEP|SGB|Grüßen|Rechtsanw\w+|Anw(?:a|ä)lt(?:e|in)?"
    r"|Notar\w*|Steuerberat\w+|Betreuer(?:in)?|Bankkonto|Girokonto|Auszug|Mietpartei"
    r"|Untermieter(?:in)?|BetreffDamen|Herren|Grüße|Gruß|Freundliche[nr]?|Mutter|Vaters?"
    r"|Eltern\w*|(?:Ehe|Lebens|Vertrags)?partner(?:in|s)?|Ehegatt\w+|LG|VG|MfG"
    r"|Straße|Erkl\w+|Telefon\w*|E-?Mail|Absender(?:in)?|Empf\w+|Anrede|Vorlage|Auftrag|Abs|Gz"
    r"|Az|KG|AG|UG|eG|OHG)"
    r"|.*(?:gmbh|unterlagen|vermögen|gymnasium|kolleg|gebiet|verein|jobcenter|agentur|stadt|am?t|kasse|schule|bank|praxis|klinik|kanzlei"
    r"|straße|str|namen?|datum|anschrift|vermieter|mieter|firma|universit\w+|bescheid|antrag"
    r"|anträge"
    r"|service|dienst|dienste|zentrum|zentrale|ministerium|gericht|diakonie|caritas|kita|werke"
    r"|arbeit"
    r"|nummer|unterschrift|zimmer|geschlecht|bedarfs?\w*|zeichen|platz|weg|allee|gasse|ufer"
    r"|promenade"
    r"|vertrag|kosten|geld|lohn|gehalt|einkommen|anlagen?|angaben?|beginn|monate?|stunden"
    r"|jahre?|nachweis"
    r"|.{3,}(?:lich|isch)(?:e[rsnm]?)?|.{4,}ung|.{3,}ungen|.{2,}heit|.{2,}keit|.{2,}schaft"
    r"|.{2,}tion|.{2,}tät|garten|stätte|verband|kammer|stelle"
    r"|leiter(?:in)?|berechtigte[rn]?|pflichtige[rn]?|nehmer(?:in)?|geber(?:in)?|inhaber(?:in)?"
    r"|empfänger(?:in)?|steller(?:in)?|auszug|mitglied|handel|technik|logistik|kunde|kundin"
    r"|strom|gas)"
)


@dataclass(frozen=True, slots=True)
class Named:
    """What may be a name, "Vorname Nachname", and where; was the surname written first."""

    name: str
    span: Span
    reversed: bool


_Words = Sequence[re.Match[str]]


def find_names(lines: Lines) -> Iterator[Named]:
    """Yield what has the shape of a person's name, so many at most."""
    return islice(_named(lines.text), _MOST_NAMES)


def names_in(text: str) -> list[Named]:
    """Return what has the shape of a name in a short text."""
    return list(_named(text))


def words_at(text: str, at: int, *, most: int) -> re.Match[str] | None:
    """Return a match of the words of a name that begin at a place, None if there is none."""
    end, count, word = at, 0, _WORD.match(text, at)
    while word and count < most and _may_name(word[0]):
        end, count = word.end(), count + 1
        word = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    return re.compile(r".+").match(text, at, end) if count else None


def is_same(name: str, other: str) -> bool:
    """Tell whether two names may be one that recognition read differently."""
    return fuzz.ratio(name, other) >= _ALIKE


def _named(text: str) -> Iterator[Named]:
    for row in _rows(text):
        name = _reversed(row, text) or _natural(row, text)
        if name:
            yield name


def _rows(text: str) -> Iterator[_Words]:
    """Yield rows of words that stand together and may belong to a name."""
    row: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if row and not _JOINED.fullmatch(text, row[-1].end(), word.start()):
            yield row
            row = []
        if (_may_name(word[0]) and not _ABBREVIATED.match(text, word.end())) or (
            row and _ARTICLE.fullmatch(word[0]) and _PARTICLE.fullmatch(row[-1][0])
        ):
            row.append(word)
        elif row:
            yield row
            row = []
    yield row


def _may_name(word: str) -> bool:
    if _PARTICLE.fullmatch(word):
        return True
    shaped = all(part.istitle() or part.isupper() for part in re.split("[-'’]", word))
    return shaped and not _STOP.fullmatch(word)


def _reversed(row: _Words, text: str) -> Named | None:
    """Return the name that a row has before and after its first comma."""
    at = _comma(row, text)
    surname, forenames = row[:at], row[at:]
    single = len(surname) == 1 or bool(surname and _PARTICLE.fullmatch(surname[0][0]))
    if (
        not single
        or not 1 <= len(forenames) <= _MOST_FORENAMES
        or _comma(forenames, text) < len(forenames)
    ):
        return None
    return _name((*forenames, *surname), reversed_=True)


def _natural(row: _Words, text: str) -> Named | None:
    words = list(row[: _comma(row, text)])
    while words and _PARTICLE.fullmatch(words[0][0]):
        words.pop(0)
    while words and _PARTICLE.fullmatch(words[-1][0]):
        words.pop()
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or _TORN.match(text, words[-1].start()):
        return None
    return _name(words, reversed_=False)


def _comma(row: _Words, text: str) -> int:
    """Return after how many words the first comma stands, their number if there is none."""
    for at in range(1, len(row)):
        if "," in text[row[at - 1].end() : row[at].start()]:
            return at
    return len(row)


def _name(words: _Words, *, reversed_: bool) -> Named:
    written = [_ARABIC_ARTICLE.get(word[0], word[0]) for word in words]
    capitals = [word.title() if word.isupper() else word for word in written]
    start, end = min(word.start() for word in words), max(word.end() for word in words)
    return Named(" ".join(capitals), Span(start, end), reversed_)
