"""The person's own account among the IBANs of a text.

Owns telling it from accounts of landlords, employers, authorities and whoever prints one at
the foot of a letter. An account of which nothing says that it is the person's is refused.
"""

import re
from collections.abc import Iterator
from itertools import islice

from domain.identifiers import parse_iban
from domain.ids import TypeCode
from ocr.evidence import Candidate, Lines, Span, choose, cue, weigh, wording
from ocr.namelike import is_same, names_in
from ocr.references import repaired

_LENGTHS = {
    "DE": 22,
    "AT": 20,
    "BE": 16,
    "BG": 22,
    "CH": 21,
    "CZ": 24,
    "DK": 18,
    "ES": 24,
    "FR": 27,
    "GB": 22,
    "GR": 27,
    "HR": 21,
    "HU": 28,
    "IE": 22,
    "IT": 27,
    "LT": 20,
    "LU": 20,
    "LV": 21,
    "MT": 31,
    "NL": 18,
    "PL": 28,
    "PT": 25,
    "RO": 24,
    "SE": 24,
    "SI": 19,
    "SK": 24,
    "TR": 26,
    "UA": 29,
}
_START = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z]{2}|D[EF€É]|[O0]E|de)(?= ?[0-9OIlSB|]{2}[ .]?[0-9A-Za-z|])"
)
_BODY = re.compile(r"[A-Za-z0-9|€É](?:[ \n.]?[A-Za-z0-9|]){0,33}")
_GERMAN = re.compile(r"[D0O][E€ÉF]|de")
_BEFORE = (
    cue(r"Kontoinhaber|Inhaber(?:in)? des Kontos", 1.5),
    cue(r"\b(?:Ihr|mein|eigene)e?[snmr]?\s+(?:Giro|Bank)?(?:Konto|verbindung)", 3),
    cue(r"Auszahl|ausgezahlt|Zahlungsweg|Gutschrift|an (?:x )?mich", 2),
    cue(
        r"überw(?:iesen|eis(?:t|en wir|ung(?:en)? (?:auf|an|erfolgt|geht)))|Zahlbetrag"
        r"|zahlen wir",
        1.5,
    ),
    cue(
        r"Girokonto|Kontoauszug|Zahlung erfolgt|Zahlungen an\W*$|(?:Konto|Bank)verbindung\W*$", 1.5
    ),
    cue(r"gehen Ihnen auf \W*$|Erstattung\w* wird auf \W*$", 5),
    cue(r"Zahlung(?: zum \w+)? auf \W*$|\bx mich|Inhaber(?:/in)? [^\n]{0,40}$", 2.5),
    cue(r"Guthaben[^\n]{0,60} auf|erstattet auf|SEPA-(?:Lastschrift-?)?Mandat", 5),
    cue(r"(?:Antragsteller|Arbeitnehmer|Mitarbeiter|Berechtigte)[^\n]{0,30}", 1),
    cue(
        r"(?:Lastschrift|(?:buchen|ziehen) wir|abgebucht|Abbuchung|Einzug|eingezogen"
        r"|Abschlag)[^\n]{0,40} ?(?:von|vom)(?: Konto| Girokonto)?\W*$",
        5,
    ),
    cue(
        r"\b(?:Vermieter|Gläubiger|Hausverwaltung|Arbeitgeber|Auftraggeber|\w*verein|Träger"
        r"|Gesellschaft)",
        -4,
    ),
    cue(r"\bunser(?:e[nrms]?)?\s+(?:\w+ )?(?:Konto|Bankverbindung)|\ban uns\b", -6),
    cue(
        r"(?:zahlen|überweisen) Sie|zu (?:zahlen|überweisen)|einzuzahlen|Zahlung(?:en)? bitte"
        r"|fordere?n?\b"
        r"|bitte (?:an|auf)|folgendes? Konto|zahlbar bis|Fällig|Kassenzeichen|Finanzkasse",
        -5,
    ),
    cue(r"Finanzamt|Stadtkasse|Kreiskasse|Landeskasse|Verwendungszweck", -3),
    cue(r"\b(?:Kind(?:es)?|Partner(?:in|s)?|Ehegatten?|Mutter|Vater)\b[^\n]{0,40}$", -2),
)
_LANDLORDS = (cue(r"\bmein(?:e[snmr]?)?\s+(?:Konto|Bankverbindung)", -8),)
"""In what others write, their own account."""
_AFTER = (cue(r"^[^\n]{0,40}(?:zu zahlen|einzuzahlen)|^ bis (?:zum )?\d", -5),)
_AROUND = (
    cue(
        r"\bHRB|Geschäftsführ|\bUSt\b|Steuer-?Nr|Steuernummer|Amtsgericht|www\.|\bTel\b"
        r"|Telefon|@|Sprechzeiten|öffnungszeiten|Vorstand",
        -4,
    ),
)
_LABEL = wording(r"IBAN|Konto|Bankverbindung")
_PAID_TO_PERSON = frozenset(
    {
        "hauptantrag",
        "weiterbewilligung",
        "veraenderungsmitteilung",
        "lohnabrechnung",
        "arbeitsvertrag",
        "kontoauszug",
        "kindergeldbescheid",
        "elterngeldbescheid",
        "unterhaltsvorschuss",
        "rentenbescheid",
        "arbeitslosengeldbescheid",
        "antrag_but",
        "antrag_umzug",
        "antrag_erstausstattung",
        "antrag_vermittlungsbudget",
        "massnahme",
    }
)
_PAID_BY_PERSON = frozenset(
    {
        "betriebskostenabrechnung",
        "stromabrechnung",
        "mietvertrag",
        "mietbescheinigung",
        "mieterhoehung",
        "mietschulden",
        "but_nachweis",
        "kinderbetreuung",
        "krankenversicherung",
        "anlage_kdu",
        "schuldnerberatung",
    }
)
_DEMAND = wording(r"\bfordere|Rückforderung|zu erstatten|zurückzu\w*zahlen|überzahlt|Kassenzeichen")
"""Whoever wants money back names an account of their own."""
_OWN = 1.5
_FOREIGN = -3.0
_DISTANT = 0.6
_NAMED = 3.0
_LABELLED = 0.6
_LEAST = 1.0
_MOST = 100


def read_iban(
    lines: Lines, *, name: str | None, kind: TypeCode | None = None
) -> Candidate[str] | None:
    """Return the IBAN (ISO 13616, check number valid) that is the person's own, or None."""
    owed = kind in _PAID_BY_PERSON
    usual = _FOREIGN * owed + _OWN * (kind in _PAID_TO_PERSON and not _DEMAND.search(lines.text))
    further = _LANDLORDS if owed else ()
    return choose(
        (
            Candidate(
                iban,
                span,
                usual + _owned(span, lines, name) + weigh(lines.before(span.start), further),
            )
            for span, iban in _ibans(lines.text)
        ),
        least=_LEAST,
    )


def _owned(span: Span, lines: Lines, name: str | None) -> float:
    """Weigh what stands around an account for and against its being the person's."""
    line = lines.number(span.start)
    before, after = lines.before(span.start), lines.after(span.end)
    above = f"{lines.above(line - 1)} {lines.above(line)}"
    near = f"{lines.above(line)} {before} {after}"
    return (
        weigh(before, _BEFORE)
        + _DISTANT * weigh(above, _BEFORE)
        + weigh(after, _AFTER)
        + weigh(f"{before} {after}", _AROUND)
        + _NAMED * bool(name and any(is_same(named.name, name) for named in names_in(near)))
        + _LABELLED * bool(_LABEL.search(before))
    )


def _ibans(text: str) -> Iterator[tuple[Span, str]]:
    for start in islice(_START.finditer(text), _MOST):
        body = _BODY.match(text, start.start())
        country = "DE" if _GERMAN.fullmatch(start[0]) else start[0]
        length = _LENGTHS.get(country)
        if length is None or body is None:
            continue
        compact = "".join(re.findall(r"[^\s.]", body[0]))[:length]
        iban = parse_iban(compact) or parse_iban(country + repaired(compact[2:]))
        if iban and len(iban) == length:
            end = _end(text, start.start(), length)
            yield Span(start.start(), end, checked=True, repaired=iban != compact), iban


def _end(text: str, start: int, length: int) -> int:
    """Return where the so many characters that are no blanks end."""
    at = start
    while length:
        length -= text[at] not in " \n."
        at += 1
    return at
