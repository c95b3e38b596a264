"""What the words next to a date say that it is.

Owns the wordings and which of them belongs to which date: the nearest before it on its line,
else the label above it. Refuses to choose among dates.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ocr.dates import FoundDate, has_date
from ocr.evidence import Around, Lines, wording


class Role(StrEnum):
    """What the words next to a date say it is."""

    BIRTH = "birth"
    MADE = "made"
    DATED = "dated"
    OTHER = "other"


_ROLES = wording(
    r"(?P<birth>\bgebo?ren\w*(?: am)?|\bgeb\b[.,]?(?: ?am)?|Geburts(?:datum|tag)"
    r"|\bGeb[.,]?[- ]?Dat(?:um)?"
    r"|Tag(?: und Ort|, Ort)? der Geburt|Date of birth|\bgeb(?:urt)?s?dat\w*|\*)"
    r"|(?P<made>(?:Ausstellungs(?:datum|tag)|(?:Ausgestellt|Ausstellung)(?:[^\d\n]{0,40}? am)?"
    r"|ausgefertigt|ausgefüllt"
    r"|fest(?:gestellt|stellung)|Rechnungsdatum|Abrechnungsdatum|Bescheiddatum|erzeugt|erfasst"
    r"|bereitgestellt"
    r"|(?:Erstell|Druck|Gedruckt|Ausdruck)\w*|übermitt\w+|übertragung|(?<!nicht )eingereicht"
    r"|eingestellt|gefunden"
    r"|gestellt|bestätigt|(?<!Ein)gesendet|Tag der Antragstellung|Datum der (?:Antragstellung"
    r"|übermittlung|Ausstellung"
    r"|Ausfertigung|Erkl\w+)|Ort,\s?Datum|Datum des \w+|Ausgabe|Vertragsdatum|Belegdatum"
    r"|Briefdatum|Auszugsdatum"
    r"|Berichtsdatum|Ausfertigungs\w*|Date of issue|Issued|\bheute|Buchungstag"
    r"|Unterschrift(?:en)?(?:[^\d\n]{0,60}? am|[ /,]+Datum)?)"
    r"(?::? (?:am|vom))?|(?:^|[-–—] ?)Stand(?: vom)?:?(?=\W*$)"
    r"|^(?:Gutachten|(?:Konto)?Auszug|Ausdruck|Nachricht|\w*zusammenfassung|Lieferung"
    r"|\w*bescheinigung|\w*rechnung|Bescheid"
    r"|Protokoll|\w*bericht|Beschluss|Urteil|\w*attest|Angebot)(?: +Nr\. ?\d+)? +vom(?= $)"
    r"|Auszug vom(?= $))"
    r"|(?P<dated>(?<![\w-])(?:Datum|Date)\b|\bden$|\bden\b(?=\W*$))"
    r"|(?P<other>\b(?:(?:(?:am|von|zum)\b(?=\W*$)|(?:seit|ab|bis|vom)\b(?=[^\d\n]{0,25}$))"
    r"|Einzug\w*|Eintritt\w*|Austritt\w*|Einstell\w*"
    r"|Eing\b|gültig\w*|besucht|\w{0,12}beginn\w*|ende\w*|frist\w*|fällig\w*|eingang\w*"
    r"|zugegangen|zurück|wirkung|termin\w*|lieferdatum|zahlung\w*|\w*zeitraum|aufnahme"
    r"|voraussichtlich\w*|\w*zeit\b|umzug\w*|auszug|buchung|valuta|wert|nächste\w*|letzte\w*))"
)
_SENTENCE = re.compile(r"[.;!?]\s*$")


@dataclass(frozen=True, slots=True)
class MeantDate:
    """A date, its surroundings and its role; ``near`` if words on its own line tell the role."""

    found: FoundDate
    around: Around
    role: Role | None
    near: bool


def meanings(dates: Sequence[FoundDate], lines: Lines) -> tuple[MeantDate, ...]:
    """Return each date with what the nearest words say it is."""
    return tuple(_meant(found, lines) for found in dates)


def _meant(found: FoundDate, lines: Lines) -> MeantDate:
    around = lines.around(found.span)
    labels = tuple(_ROLES.finditer(around.before))
    if labels and not has_date(around.before[labels[-1].end() :]):
        return MeantDate(found, around, _role(labels[-1]), near=True)
    return MeantDate(found, around, _role_above(around), near=False)


def _role(label: re.Match[str]) -> Role:
    return Role(str(label.lastgroup))


def _role_above(around: Around) -> Role | None:
    """Return the role of the label above: at its end, or in the column that comes nearest."""
    labels = tuple(_ROLES.finditer(around.above))
    if not labels or has_date(around.above):
        return None
    ends = not around.above[labels[-1].end() :].strip(" :.()")
    if ends and (around.alone or len(labels) == 1):
        return _role(labels[-1])
    first = not around.before.strip() and _role(labels[0]) is not Role.BIRTH
    if not ends and (first or _SENTENCE.search(around.above)):
        return None
    return _nearest(labels, around)


def _nearest(labels: Sequence[re.Match[str]], around: Around) -> Role:
    """Return the role of the label whose share of its line comes nearest that of the date."""
    share = len(around.before) / max(1, len(around.before) + len(around.after))
    width = len(around.above)
    return _role(min(labels, key=lambda label: abs(label.start() / width - share)))
