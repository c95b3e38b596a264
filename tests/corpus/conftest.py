import pytest

from corpus.templates import Template, parse

TEXT = """%%% bescheid
{amt}
^^ Postfach 12 · {stadt}

{herrn_frau}
{name}
{strasse}
{plz_ort}

>> {datum}
# Bescheid über {leistung}
{geehrte},
für {von} bis {bis} erhalten Sie {betrag} EUR auf {iban}. {Es bleibt dabei.|Mehr von {fremd_name}.}
| Monat | Betrag |
| Regelbedarf | {summe1} |
| Miete | {summe2} |
[x] bewilligt   [ ] abgelehnt
!! Eingang {datum_neu}
Mit freundlichen Grüßen
{sachbearbeitung}
===
## Ihre Rechte
Gegen diesen Bescheid ist Widerspruch zulässig. Kennzeichen {bg_nummer_alt}.
^^ {bank}

%%% formular kind=form hand=1
# Antrag
Name: ~{nachname_vorname}~ BG-Nummer {bg_nummer}
Geboren ~{geburtsdatum}~, Steuer-ID ~{steuer_id}~, RV {rvnr}
[x] ja [ ] nein
| Monat | ~{monat}~ |

%%% zettel kind=note hand=1
Ich, {vorname} {nachname}, ziehe um. Nummer {kundennummer}.
"""


@pytest.fixture
def wordings() -> dict[str, Template]:
    return {template.slug: template for template in parse(TEXT, type_code="probe", split="train")}
