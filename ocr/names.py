"""The name of the person a document is about.

Owns the places where such a name stands: after a label, after a form of address, in an
address block. If two places of the same rank disagree there is no name.
"""

import re
from collections.abc import Iterator

_WORD = (
    r"(?:(?<!\w)(?:[A-ZÄÖÜ][a-zäöüßéèáóçğışñ]{1,24}|[A-ZÄÖÜ]{2,24}"
    r"|(?:von|van|de|der|zu|al|el|bin|Al|El)))"
)
_PART = rf"{_WORD}(?:[-'’]{_WORD}){{0,2}}"
_FULL = rf"{_PART}(?: {_PART}){{1,3}}"
_REVERSED = rf"{_PART}(?: {_PART}){{0,2}}, ?{_PART}(?: {_PART}){{0,2}}"
_END = r"(?=\s*(?:$|\n|,|\(|\s{2,}|;|geb|\*|und\b|wohnhaft|Kd|Vers))"
_GAP = r"[ \t]*[:.]?[ \t]*(?:\n[ \t]*)?"

_LABELS = (
    r"Name,? ?(?:und )?Vorname|Nachname, ?Vorname|Familienname, ?Vorname"
    r"|Vorname,? ?(?:und |/ ?)?(?:Nach|Familien)?[Nn]ame"
    r"|Vor- und (?:Nach|Zu|Familien)name"
)
_ROLES = (
    r"(?:Hauptm|Unterm|M)ieter(?:in)?|Versicherten?r?|Patient(?:in)?|Arbeitnehmer(?:in)?|Kontoinhaber(?:in)?"
    r"|Antragsteller(?:in)?|Sch(?:ü|ue|u)ler(?:in)?|Mitarbeiter(?:in)?|Teilnehmer(?:in)?|Vollmachtgeber(?:in)?"
    r"|Mitglied|Besch(?:ä|ae)ftigter?|Inhaber(?:in)?|Name|Klient(?:in)?|Kunde|Kundin"
    r"|Rentenberechtigter?|Kindergeldberechtigter?|Steuerpflichtiger?|Vollmachtgeber(?:in)?"
    r"|Antragstellende Person|Selbst(?:ä|ae)ndige Person|Beklagter?|Bewerber(?:in)?|Nutzer(?:in)?"
)
_OF = r"(?:[ \t]*/[ \t]*-?\w+)?(?: (?:des|der)(?: \w+){1,2})?"
_NAME_LABELLED = re.compile(
    rf"(?:{_LABELS})(?: (?:des|der)(?: [\w/]+){{1,3}})?{_GAP}(?P<name>{_REVERSED}|{_FULL}){_END}",
    re.MULTILINE,
)
_BARE_LABEL = r"(?m:^)[ \t]*(?:{roles})(?:/(?:-?in|r))?(?: der antragstellenden Person)?"
_ROLE_LABELLED = re.compile(
    rf"(?:(?:^|[ \t])(?:{_ROLES}){_OF}[ \t]*:[ \t]*(?:\n[ \t]*)?"
    rf"|{_BARE_LABEL.format(roles=_ROLES)}(?:[ \t]+|[ \t]*\n[ \t]*))(?:Herrn? |Frau )?"
    rf"(?P<name>{_REVERSED}|{_FULL}){_END}",
    re.MULTILINE,
)
_SURNAME = re.compile(
    rf"(?:^|[ \t])(?:Name|Nachname|Familienname|Zuname|(?P<card>Name/Surname(?:/Nom)?))"
    rf"[ \t]*(?:(?(card):?(?:\n|[ \t])|(?::|[ \t]|\n)))[ \t]*"
    rf"(?P<name>{_PART}(?: {_PART})?){_END}",
    re.MULTILINE,
)
_FORENAME = re.compile(
    rf"(?:^|[ \t])(?:Vorname\(?n?\)?|Vornamen|Rufname|(?P<card>Vornamen/Given names(?:/Pr.noms)?))"
    rf"[ \t]*(?:(?(card):?(?:\n|[ \t])|(?::|[ \t]|\n)))[ \t]*"
    rf"(?P<name>{_PART}(?: {_PART}){{0,2}}){_END}",
    re.MULTILINE,
)
_ADDRESSED = re.compile(
    rf"(?:^|\b)(?:Herrn?|Frau)[ \t]*\n?[ \t]*(?P<name>{_FULL}){_END}", re.MULTILINE
)
_BLOCK = re.compile(
    rf"^[ \t]*(?:An )?(?P<name>{_FULL})[ \t]*(?:,|[-–·.|] |,?\n(?:[ \t]*\n)?)"
    rf"[ \t]*[A-ZÄÖÜ][\w. -]{{2,40}}? \d{{1,4}} ?[a-z]?"
    rf"[ \t]*(?:[,–·.|-]|)\s{{0,3}}(?:D-)?\d{{5}} [A-ZÄÖÜ]",
    re.MULTILINE,
)
_MYSELF = re.compile(rf"\b[Ii]ch,?\s(?:Herr |Frau )?(?P<name>{_FULL}),?\s(?:geb|wohnhaft)")
# Two labels above two values, as recognition joins the cells of a form.
_GRID = re.compile(
    rf"^[ \t]*(?:{_LABELS}|Antragstellende Person|Antragsteller(?:in)?(?:/-?in)?|Name)"
    rf"[ \t]+[A-ZÄÖÜ][^\n\d:]{{2,60}}\n\s{{0,3}}(?P<name>{_REVERSED}|{_FULL})(?=[ \t]+\d)",
    re.MULTILINE,
)
_BORN = re.compile(
    rf"(?<!Kind )(?<!Kindes )(?<!Sohn )(?<!Tochter )(?P<name>{_FULL}),? \(?geb(?:\.|oren)"
)
_INTRODUCING = frozenset(
    {"Die", "Der", "Den", "Dem", "Dass", "Ihre", "Ihr", "Herr", "Herrn", "Frau", "Schülerin"}
    | {"Schüler", "Kind", "Patient", "Patientin", "Teilnehmer", "Teilnehmerin", "Tochter", "Sohn"}
    | {"Eheleute", "Nutzer"}
)
_INSTITUTION = re.compile(
    r"gmbh|verein|jobcenter|agentur|stadt\b|amt\b|kasse|schule|bank|praxis|klinik|verwaltung|kanzlei|beratung"
    r"|stra(?:ß|ss)e|name|datum|anschrift|vermieter|mieter\b|arbeit(?:geber|nehmer)|firma|str\b|versichert|universit"
    r"|gesellschaft|service|dienst|zentrum|ministerium|gericht|diakonie|caritas|genossenschaft|kita\b|werke?\b"
    r"|telefon|nummer|bescheid|straat|damen|herren|wohn|geburt|unterschrift|ansprech|zimmer|abteilung|geschlecht"
    r"|wohnung|krankenkasse|familie|haus\b|team|staatsang|person|antrag|bedarfs|zeichen\b|platz\b|weg\b"
    r"|kind(?:es|er)?\b|\bihre?[snrm]?\b|betreuung|mutter\b|vater\b|^der\b|^zu\b",
    re.IGNORECASE,
)
_TITLES = re.compile(r"\b(?:Dr|Prof|med|Dipl|Ing)\.? ?")
_FEWEST_PARTS = 2
_PAIRED_FIELDS = None
_BY_RANK = (
    _NAME_LABELLED, _GRID, _PAIRED_FIELDS, _MYSELF, _ROLE_LABELLED, _BLOCK, _ADDRESSED, _BORN,
)  # fmt: skip


def read_name(text: str) -> str | None:
    """Return "Vorname Nachname", None if there is none or two places of a rank disagree."""
    plain = _TITLES.sub("", text)
    for pattern in _BY_RANK:
        names = set(_accepted(pattern, plain) if pattern else _pairs(plain))
        if names:
            return names.pop() if len(names) == 1 else None
    return None


def _pairs(text: str) -> Iterator[str]:
    surnames = {match["name"] for match in _SURNAME.finditer(text)}
    forenames = {match["name"] for match in _FORENAME.finditer(text)}
    if len(surnames) == len(forenames) == 1:
        name = _natural(f"{surnames.pop()}, {forenames.pop()}")
        if name:
            yield name


def _accepted(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for match in pattern.finditer(text):
        name = _natural(match["name"])
        if name:
            yield name


def _natural(found: str) -> str | None:
    """Put the forename first and undo capitals; None for what is no name of a person."""
    surname, comma, forename = found.partition(",")
    words = f"{forename} {surname}".split() if comma else found.split()
    while words and words[0] in _INTRODUCING:
        words.pop(0)
    if len(words) < _FEWEST_PARTS or _INSTITUTION.search(found):
        return None
    return " ".join(word.title() if word.isupper() else word for word in words)
