"""Which words say that a name is, or is not, that of the person concerned.

Owns the tables alone: what stands before and behind names, who writes a type of document, and
which types are about children.
"""

from ocr.evidence import cue

_OPEN = r"[\s:.,·|~„\"(\-–]*(?:(?:Herrn?|Frau|Familie)(?:/Frau)?[\s.]*)?$"
"""What may stand between a label and a name."""
_OF = r"(?:\s?/\s?-?\w+)?(?:\(\w+\))?(?: (?:des|der)(?: [\w/]+){1,3})?"

_I = r"\bIch,?\s(?:,\s)?(?:die|der)?\s?(?:Unterzeichne\w+,?\s)?(?:Herr |Frau )?$"

BEFORE = (
    cue(_I, 4),
    cue(
        r"(?:Name,? ?(?:und |/ ?)?Vorname|(?:Nach|Familien|Zu)name,? ?(?:und |/ ?)?Vorname"
        r"|Vorname,? ?(?:und |/ ?)?(?:Nach|Familien|Zu)?name|Vor- und (?:Nach|Zu|Familien)?name)"
        rf"{_OF}{_OPEN}",
        5,
    ),
    cue(
        r"(?:\bMieter(?:in)?(?: laut Vertrag)?|Untermieter(?:in)?|Mietpartei|Versicherte[rn]?"
        r"|Patient(?:in)?|(?:Arbeit|Auftrag|Dienst)nehmer(?:in)?"
        r"|(?:Konto)?inhaber(?:in)?|Antragsteller(?:in)?|antragstellende[rn]? (?:Person"
        r"|Elternteil)|Schüler(?:in)?"
        r"|Mitarbeiter(?:in)?|Teilnehmer(?:in|ende[rn]?)?|Teilnehmende Person"
        r"|Vollmachtgeber(?:in)?|Mitglied|Beschäftigte[rn]?"
        r"|beschäftigte(?:n|r)? Person|betroffene(?:n|r)? Person|versicherte Person"
        r"|Klient(?:in)?|Kund(?:e|in)"
        r"|\w*berechtigte[rn]?|\w*pflichtige[rn]?|Selbst(?:ä|ae)ndige(?: Person)?"
        r"|Beklagte[rn]?|Schuldner(?:in)?|Mandant(?:in)?"
        r"|Hauptperson|Bewerber(?:in)?|Nutzer(?:in)?|Studierende[rn]?|Student(?:in)?|Auszubildende[rn]?"
        r"|Angestellte[rn]?|Elternteil|Absolvent(?:in)?"
        r"|Leistungs(?:bezieh|berecht)\w+|Bewohner(?:in)?|Praktikant(?:in)?|Azubi"
        r"|Umschüler(?:in)?|Untersuchte[rn]?|Schwangere|Vertragspartner(?:in)?|Bezieher(?:in)?"
        r"|Darlehensnehmer(?:in)?|Rechnungsempf\w+|Rentner(?:in)?|Leistungsempfänger(?:in)?"
        r"|Ausweisinhaber(?:in)?"
        r"|Betrifft|Betr\.?|Person|Verbraucher(?:in)?"
        rf"|Angemeldet|gemeldet|Widerspruchsführer(?:in)?|Zahlungspflichtige[rn]?){_OF}{_OPEN}",
        4,
    ),
    cue(rf"(?:andere[nrsm]?|weitere[nr]?) (?:Elternteils?|Person){_OPEN}", -10),
    cue(rf"(?:^|[^\w]|\s)Name{_OF}{_OPEN}", 3.5),
    cue(rf"\bHauptmieter(?:in)?{_OF}{_OPEN}", -1),
    cue(r"Wen betrifft[^\n]{0,30}$|bevollmächtige[^\n,.]{0,30}$", -6),
    cue(r"\bMit $|verstorben\w* $", -4),
    cue(r" (?:und|u\.|/|&) $", -1),
    cue(rf"\b(?:An|für|dass|Zeug\w+ für){_OPEN}", 1.5),
    cue(r"(?:Herrn?(?:/Frau)?|Frau)[\s.]*$", 1.5),
    cue(r"(?://\d{7}|BG\d{7}|[A-Z]\d{6})[\s,(]*$", 2.5),
    cue(r"DE\d\d(?: ?\d){18}[\s,(]*$", 2.5),
    cue(r"(?:Sehr geehrte[rs]?|Liebe[rs]?|Hallo|Guten Tag|Moin)\W+(?:\w+\W+)?$", 2),
    cue(
        r"(?:^|[^\w])(?:Vermieter|Eigentümer|Verwalter|Arbeitgeber|Ausbilde(?:r|nde[nr]?)\b"
        r"|Arzt|ärztin|Sachbearbeit\w+|Ansprechpartner|Bearbeiter"
        r"|Sachgebiet|Auskunft|Vertretung|vertreten durch|Rechtsanw(?:a|ä)lte?|Anwalt|\w*Kanzlei"
        r"|Geschäftsführer"
        r"|Lehrer|Leit(?:er|ung)|Betreuer|Berater|Bevollmächtigte|Kläger|Gläubiger|Bank|Firma"
        r"|Gasthof|Metzgerei|Bäckerei"
        r"|Praxis|Hebamme|Auftraggeber|Durch|durch|Kassierer|Trainer|Vorstand|Zeug|Hausmeister"
        r"|Steuerberater)"
        rf"(?:in|innen)?(?: Person)?{_OF}{_OPEN}",
        -6,
    ),
    cue(
        r"(?:\bgez\.|\bi\. ?[AV]\.|Im Auftrag|In Vertretung|Dr\.(?: med\.)?(?: dent\.)?|Prof\."
        r"|^Von:|Dipl\.-\w+\.?)[\s:]*(?:\w\. )?$",
        -6,
    ),
    cue(
        rf"(?<!Mutter des )(?<!Vater des )\b(?:Kind(?:e?s)?|Sohn(?:es)?|Tochter"
        rf"|(?:Ehe|Lebens)?partner(?:in|s)?|Ehe(?:gatte|mann|frau)n?|Bruder|Schwester"
        rf"|weitere Person|Unterhaltspflichtig\w*){_OF}{_OPEN}",
        -6,
    ),
)
AFTER = (
    cue(r"^[^\n]{0,70}?\((?:Unterm|M)ieter|^[^\n]{0,70}?(?:als |\()Arbeitnehmer|^ \./\. ", 3),
    cue(r"^[^\n]{0,70}?\(Vermieter|^[^\n]{0,70}?\(Arbeitgeber|^,? vermiete", -5),
    cue(r"^ (?:und|u\.) [^\W\d_]\w+ [^\W\d_]", 1.2),
    cue(
        r"^[\s,·(|–-]*(?:BG|Kd|Kund|Az|Aktenz|Bedarfs|Personal-?n"
        r"|Versicherungsn)[^\d\n]{0,30}\d|^[\s,/(]*\d{5}(?://|BG)\d",
        2.5,
    ),
    cue(
        r"^ (?:hat|ist|war|erhält|besucht|nimmt|bezieht|steht|stand|arbeitet|hilft"
        r"|befindet)\b",
        2.5,
    ),
    cue(r"^[\s,·|–-]*(?:wohnhaft|wohnt)\b", 2.5),
    cue(r"^[\s,·|*–-]*(?:[\w.-]+ ){1,4}\d{1,3} ?[a-z]?[\s,·|*–-]+(?:D-)?\d{5} [A-ZÄÖÜ]", 3),
    cue(r"^[^\n]{0,20}?(?:als (?:Vermieter|Arbeitgeber|Verkäufer|Zeug))", -8),
    cue(r"^[^\n\d]{0,25}[ +-]\d{1,3}(?:\.\d{3})?,\d\d(?: ?(?:€|EUR|[SH+-]))?\s*$", -2.5),
    cue(
        r"^[\s,(–-]*(?:\w+-? ?(?:und|/) ?)?(?:\w*(?:leit(?:ung|er)|anw(?:a|ä)lt|verwalter"
        r"|betreuer|büro|inhaber|abteilung|referat|stelle|berater|vermieter"
        r"|arbeitgeber|haltung|führer|führung|lehrer|arzt|ärztin|beauftragter?)(?:in)?"
        r"|Prokurist|Wirt|Disposition|Sekretariat"
        r"|Verwaltung|Sozialp\w+|Hebamme|\w*wart(?:in)?|Kassier\w*)\b",
        -5,
    ),
    cue(
        r"^\s?(?:GmbH|OHG|KG|e\. ?K|UG|AG|eG|& (?:Partner|Co|Söhne|Kollegen)|-Service|Wohnbau"
        r"|e\. ?V\.)",
        -8,
    ),
)
SIGNED = (
    cue(r"\d{4}[\s,]*$", 2),
    cue(r"(?:Unterschrift(?:en)?|Unterschreiben Sie hier)[\s:]*$", 3),
    cue(r"^Von:\s*$", 9),
    cue(rf"\bIhre?\s*$|^Absender(?:in)?{_OF}{_OPEN}", 3),
    cue(r"\bfür:?\s*$", -1.5),
)
"""In what the person writes themselves: signatures, and others for whom something is asked."""
SIGNED_BY_OTHERS = (
    cue(rf"^Absender(?:in)?{_OF}{_OPEN}", -4),
    cue(rf"Empfänger(?:in)?{_OF}{_OPEN}", 4),
    cue(r"\d{4}[\s,]*$", -1),
    cue(r"Unterschrift[\s:]*$", -2),
    cue(r"\bfür[\s:]*$", 0.5),
)
PARENTS = (
    cue(
        rf"(?:\bEltern(?:teil)?(?: (?!von)\w+)?|Erziehungsberechtigte?[rn]?|Sorgeberechtigte?[rn]?"
        rf"|Gesetzliche[rn]? Vertret\w+|Unterschrift){_OPEN}",
        4,
    ),
    cue(rf"\bMutter(?: des Kindes)?{_OPEN}", 4),
    cue(rf"\bVater(?: des Kindes)?{_OPEN}", 2.5),
    cue(rf"(?:Kind|Schüler(?:in)?(?:/in)?){_OPEN}", -8),
)
COUNTERPARTS = (cue(_I, -7),)
"""In what landlords, employers and their like write about the person, "I" is not the person."""
CHILDREN = (
    cue(r"(?:\b(?:für|dass|(?<!Kind )von|bestätigen wir|\w+bescheinigung|für Ihren? \w+) )$", -5),
    cue(r"\bName\W{0,4}$", -3.5),
)
"""In what others write about children: the child, and not the parent."""
"""In papers about children it is a parent whom the post is about."""
RELATIVES = (cue(rf"\b(?:Mutter|Vater){_OF}{_OPEN}", -6),)
WRITTEN_BY_PERSON = frozenset(
    {
        "hauptantrag",
        "weiterbewilligung",
        "veraenderungsmitteilung",
        "anlage_wep",
        "anlage_ki",
        "anlage_ek",
        "anlage_eks",
        "anlage_vm",
        "anlage_kdu",
        "anlage_meb",
        "antrag_but",
        "antrag_erstausstattung",
        "antrag_umzug",
        "antrag_vermittlungsbudget",
        "nichterreichbarkeit",
        "widerspruch",
        "vollmacht",
        "einwilligung",
        "bewerbungsnachweis",
        "lebenslauf",
        "nachricht",
    }
)
ABOUT_CHILDREN = frozenset(
    {
        "kindergeldbescheid",
        "elterngeldbescheid",
        "unterhaltsvorschuss",
        "but_nachweis",
        "antrag_but",
        "kinderbetreuung",
        "anlage_ki",
        "geburtsurkunde",
        "schulbescheinigung",
    }
)
