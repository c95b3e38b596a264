"""Which words say that an amount is, or is not, the one that a type of document is about.

Owns the table alone. Types that are missing in it are about no amount.
"""

from collections.abc import Mapping, Sequence

from ocr.evidence import Cue, cue, wording

UNITS = wording(
    r"\s?(?:€|EUR|Euro)?\s?(?:%|v\. ?H|Prozent|ct\b|Cent|kWh|qm|m²|m2|/ ?m\W|km|(?-i:h\b)|Std"
    r"|Stunden\b|/ ?h\b|(?:je|pro|die) (?:Stunde|Std|kWh|qm|m²)|Uhr|Tage?\b"
    r"|/ ?(?:m²|qm|kWh|h\b|Std))"
)
"""What stands behind numbers that are no sums of money, or the price of a piece."""


_PAY = (
    cue(
        r"Auszahl|ausbezahlt|ausgezahlt|ausgez\b|überweisung|überwiesen|Zahlbetrag|Restauszahl"
        r"|Restlohn|\bAUSZ\b|bekommst|erhalten Sie|verbleib|zu zahlen|bar erhalten",
        6,
    ),
    cue(r"brutto = netto", 9),
    cue(r"netto", 4),
    cue(r"Summe", 2.5),
    cue(r"\bLohn (?:f|im)|verdient|Verdienst|Monatslohn|Monatsgehalt|Einkommen", 3),
    cue(
        r"brutto|Steuer|Abschlag|Vorschuss|Pfänd|überst|Zuschlag|Stundenlohn|Sachbezug|VWL|VL\b"
        r"|laufend|\b[KRAP]V\b|Versicherung|Beitrag|Zulage|Prämie|Grundlohn|Tarif|Fahrgeld"
        r"|Urlaubsgeld|Weihnachtsgeld|Sonderzahlung|Trinkgeld|Stunden|kumuliert|Jahres",
        -4,
    ),
    cue(
        r"essen\b|Verpflegung|abzügl|Abzug|Einbehalt|Abzweig|Nachzahlung|übertrag|bereits",
        -5,
    ),
)
_WAGE = (
    cue(
        r"Vergütung|Gehalt|Lohn|Entgelt|brutto|monatlich|höchstens|Stufe|Bezüge|Abfindung"
        r"|Monat\b|\b1\.|Verdienst|verdien|erhält|Festbetrag",
        4,
    ),
    cue(
        r"Stundenlohn|Stundenentgelt|Stundensatz|je Stunde|pro Stunde|Zuschuss|Sachbezug|Zulage"
        r"|Zuschlag|Kaution|Vertragsstrafe|Netto|Urlaubsgeld|Weihnachtsgeld|Fahrtkosten|Prämie",
        -5,
    ),
)
_RENT = (
    cue(
        r"Gesamtmiete|Warmmiete|warm\b|Bruttowarm|Bruttomiete|Inklusivmiete|Endmiete|gesamt"
        r"|(?<!sich )zusammen|Summe|insgesamt|Endbetrag|Gesamtbetrag|Gesamtbelastung|\bmacht\b"
        r"|Pauschalmiete|^\s?(?:€|EUR|Euro) pauschal|Nutzungsentgelt|inklusive|inkl\.|alles in",
        5,
    ),
    cue(
        r"Miete brutto|überweisungsbetrag|Zahlbetrag|mit Nebenkosten|Mit Umlagen|Mit Betriebs"
        r"|Durchschnitt\b|zu zahlen|zu entrichten|Monatlich zahl",
        5,
    ),
    cue(r"Miete\b|Mietzins", 2.5),
    cue(r"monatliche Miete|Monatsmiete", 3.5),
    cue(r"neue?\b|künftig|jetzt", 3),
    cue(
        r"kalt|Grundmiete|Nettomiete|Vorauszahlung|Abschlag|Stellplatz|Garage|Küche|Möbel|davon"
        r"|enthalten|Erhöhung|erhöht|Zuschlag|Gesamtkosten",
        -3,
    ),
    cue(r"^[^,;]{0,30}(?:Nebenkosten|Heiz\w*|Betriebskosten|Warmwasser)[^,;]{0,20}$", -3),
    cue(
        r"Kaution|Sicherheit|Aufw(?:a|e)nd|Baukosten|bisher|\balt|Statt|Rückst|Gesamtfl|verlangt|Darlehen|Provision",
        -5,
    ),
)
_RESULT = (
    cue(
        r"Nachzahlung|nachzu|Guthaben|Gutschrift|Nachforderung|Fehlbetrag|fehlt|bleibt|verbleib"
        r"|Saldo|noch zu|zu entrichten|zu zahlen|zu erstatten|auszuzahlen|zahlen Sie|Bitte zahlen"
        r"|überweisen Sie|zu Ihren|zu Ihrer|Ergebnis|Erstattung|Rückzahlung|Rückerstattung"
        r"|Restforderung|Restbetrag|Offene\w* |\boffen\b|Differenz|zu unseren|zurück|erstattet"
        r"|überzahl|Zahlbetrag|Abrechnungsbetrag",
        5,
    ),
    cue(r"Gesamt|Summe|zusammen|Betrag\b|jeden Monats|Rate|\bRest\b", 2),
    cue(
        r"Vorauszahlung|Abschläg|gezahlt|geleistet|Gesamtkosten|Anteil|bisher|neue[rn]? |bereits"
        r"|Grundpreis|Arbeitspreis|festgesetzt|Vorjahr|Gebühr|künftig",
        -3,
    ),
)
_BENEFIT = (
    cue(
        r"Zahlbetrag|Auszahlung|^Anspruch\b|Leistungsbetrag|Monatsbetrag|Gesamtbetrag"
        r"|überzahl|zu viel|fordere|Rückforderung|überweisen wir|abgezweigt|auszuzahl",
        5,
    ),
    cue(r"monatlich|im Monat|Kalendermonat|pro Monat|je Monat|Monat\b|Monatsrente", 4),
    cue(
        r"in Höhe|Höhe|zahlen wir|zahlt|gezahlt|überweis|laufend|jeweils|danach|beträgt|netto"
        r"|festgesetzt|bewilligt|gewährt|erhalten Sie|beläuft|\bNeu\b|Nachzahlung"
        r"|Bruttoeinkommen",
        3.5,
    ),
    cue(
        r"täglich|\btgl|bisher|vorläufig|brutto|abzügl|Abzug|Freibetrag|Bemessung|für ein"
        r"|anteilig|Summe|Beitrag|Gezahlt wurden|Sterbeviertel|Kinderzuschlag|Zuschlag"
        r"|durchschnittliches|einbehalten|Erstattung|Unterhaltszahl|Mindestunterhalt|Rentenwert|Entgelt|Steuer",
        -4,
    ),
)
_DEBT = (
    cue(
        r"unpfändbar|Gesamtforderung|Gesamtschuld|Rückständ|Rückstand|Mietschulden|\boffen"
        r"|ausstehend|fehlen|Forderung|schuld|Nachzahlung|nebst Zinsen|begleichen|Zahlung von"
        r"|zu zahlen",
        5,
    ),
    cue(r"Gesamt|Summe|zusammen|insgesamt|Betrag", 3),
    cue(r"Streitwert|(?<!nebst )kosten\b|Kaution|Rate|monatlich|Gebühr|Miete von|Monatsmiete", -4),
)
_COST = (
    cue(r"Gesamt|Summe|zusammen|zu zahlen|Kaution|Warmmiete|\bwarm\b|insgesamt", 5),
    cue(
        r"Kosten|Beitrag|Betrag|Gebühr|Preis|Entgelt|Elternbeitrag|Verpfleg|monatlich"
        r"|Geschätzt|Geben Sie|geben Sie|karte\b|Umschlag|privat|kostet|in Höhe|Pauschale"
        r"|Eigenanteil|benötig",
        4,
    ),
    cue(
        r"Taschengeld|Teilhabebetr(?:a|ä)g|Bildungskarte|Anzahlung|Einkommen|Rate|davon"
        r"|Miete bisher|bisherige|fällig zu|je Essen|Bezug|Ermäßigung|Zuschuss|abzügl|Mahngebühr",
        -4,
    ),
)
_FEE = (
    cue(r"Gesamt(?:betrag|beitrag)|gesamt\b|Summe|insgesamt", 5),
    cue(
        r"(?:Eltern|Kosten|Essens|Monats)beitrag|monatliche\w* Beitrag|Verpflegungs(?:geld|anteil"
        r"|entgelt)",
        4,
    ),
    cue(r"Spielgeld|davon|bisher|Ermäßigung|Zuschuss|abzügl|Mahngebühr|höchstens", -4),
)
_DEBTS = (
    cue(r"Gesamt(?:forderung|schuld|betrag|summe)|Schuldenstand|Summe|insgesamt", 4),
    cue(r"Rate|angeboten|unpfändbar|monatlich|Miet|Freibetrag", -4),
)
"""Lists of creditors: what counts is the sum, and never the demand of one of them."""
_PROFIT = (
    cue(r"Gewinn|überschuss|Verbleib|bleibt|Ergebnis|Differenz", 5),
    cue(r"Betriebseinnahmen|Einnahmen|Ausgaben|Umsatz|Waren|Privatentnahme", -4),
)
_BALANCE = (
    cue(
        r"neue[rs]? (?:Konto|Saldo|Stand)|aktuelle[rs]? (?:Konto|Saldo)|(?:End|Schluss)"
        r"(?:saldo|guthaben|stand|bestand)|Verfügbar(?:er)?\b|Kontostand nach|Umsatzsaldo"
        r"|\bGirokonto$|Girokonto Komfort",
        6,
    ),
    cue(r"Saldo|Kontostand|Guthaben", 4),
    cue(
        r"alte[rs]? |Anfang|Beginn|vortrag|Auszug Nr|Freibetrag|Verfügungsrahmen|Dispo|Summe|Spar"
        r"|^Betrag:|Zinsen|Entgelt|Lastschrift|letzte[rs]? ",
        -5,
    ),
)

GENERAL: Sequence[Cue] = (
    cue(
        r"Rechnungsbetrag|Gesamtbetrag|Endbetrag|Gesamtbedarf|Zahlbetrag|Auszahlungsbetrag"
        r"|Nachzahlung|Guthaben|Warmmiete|Summe|Gesamt\b|Gesamt inkl|Forderung|überzahlt"
        r"|fordern|Zu viel gezahlt|Erstattung|Rückforderung|Jahresbeitrag|Verwarnungsgeld"
        r"|zu zahlen|Monatlicher Preis"
        r"|in Höhe von monatlich",
        5,
    ),
    cue(
        r"abzügl|MwSt\.?:? ?$|USt|Steuer|Vorauszahlung|davon|Zwischensumme|Netto|kalt|bisher"
        r"|\balt|Stundenlohn",
        -4,
    ),
)
"""For documents of any kind."""

CUES: Mapping[str, Sequence[Cue]] = {
    "lohnabrechnung": _PAY,
    "einkommensbescheinigung": _PAY,
    "arbeitsvertrag": _WAGE,
    "kuendigung_arbeit": _WAGE,
    "mietvertrag": _RENT,
    "mietbescheinigung": _RENT,
    "mieterhoehung": _RENT,
    "anlage_kdu": _RENT,
    "betriebskostenabrechnung": _RESULT,
    "stromabrechnung": _RESULT,
    "steuerbescheid": _RESULT,
    "kindergeldbescheid": _BENEFIT,
    "elterngeldbescheid": _BENEFIT,
    "unterhaltsvorschuss": _BENEFIT,
    "arbeitslosengeldbescheid": _BENEFIT,
    "rentenbescheid": _BENEFIT,
    "mietschulden": _DEBT,
    "but_nachweis": _COST,
    "kinderbetreuung": _FEE,
    "krankenversicherung": _FEE,
    "schuldnerberatung": _DEBTS,
    "anlage_eks": _PROFIT,
    "kontoauszug": _BALANCE,
}
