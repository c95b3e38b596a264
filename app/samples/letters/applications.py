"""Applications and forms to the Jobcenter, and letters of people about their case."""

from app.samples.parts import (
    Amounts,
    Checks,
    Facts,
    Form,
    Head,
    Letter,
    Look,
    Signature,
    Text,
    Title,
)  # fmt: skip

_HOUSE = ("Jobcenter Musterstadt", "Rathausplatz 1", "09999 Musterstadt")
_PERSON = ("{name}", "{street}", "{place}", "geboren am {born}")
_DECLARED = """Ich versichere, dass meine Angaben richtig und vollständig sind. Künftige
Änderungen werde ich unaufgefordert und unverzüglich mitteilen. Die Hinweise zur Mitwirkung
nach §§ 60 ff. SGB I habe ich zur Kenntnis genommen."""
_SIGNED = (
    "Ort, Datum, Unterschrift der antragstellenden Person",
    "Unterschrift gesetzl. Vertretung",
)
_SELF = (
    ("Familienname", "{last}"), ("Vorname", "{first}"),
    ("Geburtsdatum", "{born}"), ("Nummer der Bedarfsgemeinschaft", "{bg}"),
    ("Straße, Hausnummer", "{street}"), ("Postleitzahl, Ort", "{place}"),
)  # fmt: skip

LETTERS = (
    Letter("hauptantrag", (
        Head(_HOUSE, to=("Nur vom Jobcenter auszufüllen:", "Eingangsstempel"),
             references=(("Vordruck", "HA"), ("Tag der Antragstellung", "03.02.2026"))),
        Title("Antrag auf Bürgergeld"),
        Text("""Hauptantrag auf Leistungen zur Sicherung des Lebensunterhalts nach dem Zweiten
        Buch Sozialgesetzbuch (SGB II). Bitte füllen Sie den Antrag in Druckbuchstaben aus. Die
        Angaben werden aufgrund der §§ 60 bis 65 SGB I und der §§ 67a, b, c SGB X erhoben."""),
        Title("1. Persönliche Daten der antragstellenden Person", 2),
        Form((*_SELF, ("Telefonnummer (freiwillig)", "0999 555 01 27"),
              ("Familienstand", "alleinerziehend"), ("IBAN", "{iban}"),
              ("Kontoinhaber/in", "{name}"))),
        Title("2. Angaben zu Ihrer Situation", 2),
        Checks(("x Ich bin erwerbsfähig und kann mindestens drei Stunden täglich arbeiten.",
                "Ich bin Studentin/Student oder Auszubildende/Auszubildender.",
                "Ich befinde mich derzeit in einer stationären Einrichtung.",
                "x Mit mir lebt mindestens eine weitere Person in einer Bedarfsgemeinschaft.")),
        Title("3. Personen in der Bedarfsgemeinschaft", 2),
        Amounts((("Name", "Geburtsdatum", "Verwandtschaft"), ("{name}", "{born}", "antragstellend"),
                 ("{child}", "{child_born}", "Kind")), (80, 40, 46), right=()),
        Title("4. Einkommen und Vermögen", 2),
        Checks(("x Einkommen ist vorhanden (Anlage EK beifügen).",
                "Vermögen über dem Freibetrag ist vorhanden (Anlage VM beifügen).")),
        Text(_DECLARED), Signature(_SIGNED),
    )),
    Letter("weiterbewilligung", (
        Head(_HOUSE, to=("Eingangsstempel",),
             references=(("Vordruck", "WBA"), ("Kundennummer", "{kd}"))),
        Title("Weiterbewilligungsantrag"),
        Text("""Antrag auf Weiterbewilligung der Leistungen zur Sicherung des Lebensunterhalts
        nach dem SGB II. Mein Bewilligungszeitraum endet am 31.03.2026. Ich beantrage, dass die
        Leistungen auch danach weitergezahlt werden. Bitte stellen Sie den Antrag rechtzeitig
        vor Ablauf des Bewilligungszeitraums, damit die Zahlung nicht unterbrochen wird."""),
        Form(_SELF),
        Title("Änderungen seit der letzten Antragstellung", 2),
        Checks(("x In meinen persönlichen Verhältnissen hat sich nichts geändert.",
                "Eine Person ist in die Wohnung eingezogen oder ausgezogen.",
                "x Die Höhe meines Einkommens hat sich geändert (siehe Lohnabrechnung).",
                "Die Kosten für Unterkunft und Heizung haben sich geändert.",
                "Ich habe Vermögen erworben, das ich noch nicht angegeben habe.")),
        Form((("Arbeitgeber", "Bäckerei Kornblum GmbH"), ("Nettoverdienst im Monat", "612,40 EUR"),
              ("Beginn der Beschäftigung", "01.11.2025"), ("Stunden je Woche", "15"))),
        Text(_DECLARED), Signature(_SIGNED),
    )),
    Letter("veraenderungsmitteilung", (
        Head(_HOUSE, to=("Eingangsstempel",), references=(("Vordruck", "VÄM"),)),
        Title("Veränderungsmitteilung"),
        Text("""Nach § 60 Absatz 1 SGB I sind Sie verpflichtet, Änderungen in den Verhältnissen,
        die für die Leistung erheblich sind, unverzüglich mitzuteilen. Bitte kreuzen Sie an, was
        sich bei Ihnen oder einem Mitglied Ihrer Bedarfsgemeinschaft geändert hat, und fügen Sie
        Nachweise bei."""),
        Form(_SELF),
        Title("Folgende Veränderung ist eingetreten", 2),
        Checks(("x Aufnahme einer Beschäftigung, Ausbildung oder selbständigen Tätigkeit",
                "Ende einer Beschäftigung", "Umzug oder neue Anschrift",
                "Einzug oder Auszug einer Person", "x Änderung des Einkommens",
                "Änderung der Bankverbindung", "Geburt eines Kindes")),
        Form((("Änderung gültig ab", "16.02.2026"), ("Betroffene Person", "{name}"),
              ("Arbeitgeber", "Gärtnerei Lauberg"), ("Voraussichtlicher Lohn",
              "538,00 EUR netto"))),
        Text(_DECLARED), Signature(_SIGNED),
    )),
    Letter("anlage_kdu", (
        Head(_HOUSE, to=("Eingangsstempel",), references=(("Vordruck", "KDU"),)),
        Title("Anlage KDU"),
        Text("""Anlage zur Feststellung des Bedarfs für Unterkunft und Heizung. Bitte füllen Sie
        diese Anlage gemeinsam mit dem Antrag aus und legen Sie den Mietvertrag sowie die letzte
        Abrechnung der Betriebs- und Heizkosten vor."""),
        Form(_SELF),
        Title("Angaben zur Unterkunft", 2),
        Checks(("x Ich wohne zur Miete.",
            "Ich wohne in einem Eigenheim oder einer Eigentumswohnung.",
                "Ich wohne mietfrei oder zur Untermiete.")),
        Form((("Einzug am", "01.05.2021"), ("Wohnfläche", "64 qm"), ("Anzahl der Räume", "3"),
              ("Personen in der Unterkunft", "2"), ("Grundmiete (kalt)", "412,00 EUR"),
              ("Nebenkosten-Vorauszahlung", "118,00 EUR"), ("Heizkosten-Vorauszahlung",
              "84,00 EUR"),
              ("Gesamtmiete", "614,00 EUR"), ("Art der Heizung", "Fernwärme"),
              ("Warmwasser", "zentral über die Heizung"))),
        Title("Vermieterin oder Vermieter", 2),
        Form((("Name", "Wohnbau Musterstadt eG"), ("Miete wird gezahlt an IBAN",
            "siehe Mietvertrag"))),
        Text(_DECLARED), Signature(_SIGNED),
    )),
    Letter("antrag_but", (
        Head(("Stadt Musterstadt – Amt für Soziales", "Bildung und Teilhabe", "Rathausplatz 1",
              "09999 Musterstadt"), to=("Eingangsstempel",)),
        Title("Antrag auf Leistungen für Bildung und Teilhabe"),
        Text("""Für jedes Kind ist ein eigener Antrag auszufüllen. Leistungen für Bildung und
        Teilhabe nach § 28 SGB II erhalten Kinder, Jugendliche und junge Erwachsene, die eine
        Schule oder eine Kindertageseinrichtung besuchen. Bitte kreuzen Sie an, welche
        Leistungen Sie für das Kind beantragen."""),
        Form((*_SELF, ("Name des Kindes", "{child}"), ("Geburtsdatum des Kindes", "{child_born}"),
              ("Schule / Kindertageseinrichtung", "Grundschule am Mühlbach"), ("Klasse", "3b"))),
        Checks(("eintägige Ausflüge der Schule oder Kita", "x mehrtägige Klassenfahrten",
                "x persönlicher Schulbedarf", "Schülerbeförderung", "Lernförderung (Nachhilfe)",
                "x gemeinschaftliches Mittagessen in Schule oder Kita",
                "Teilhabe am sozialen und kulturellen Leben (Verein, Musikschule)")),
        Text("""Die Bestätigung der Schule über die Klassenfahrt vom 18. bis 22. Mai 2026 und
        die Anmeldung zum Mittagessen reiche ich nach, sobald sie mir vorliegen."""),
        Text(_DECLARED), Signature(_SIGNED),
    )),
    Letter("antrag_erstausstattung", (
        Head(_PERSON, to=_HOUSE, date="19.02.2026", references=(("BG-Nummer", "{bg}"),)),
        Title("Antrag auf Erstausstattung für die Wohnung"),
        Text("""Sehr geehrte Damen und Herren,

        hiermit beantrage ich eine Erstausstattung für meine Wohnung nach § 24 Absatz 3 Nummer
        1 SGB II. Nach der Trennung von meinem Partner bin ich mit meinem Kind {child} zum 1.
        Februar 2026 in eine eigene Wohnung gezogen. Die Möbel und Haushaltsgeräte sind in der
        bisherigen Wohnung geblieben, weil sie meinem früheren Partner gehören. Eigene Möbel
        habe ich nicht.

        Ich benötige folgende Gegenstände:"""),
        Amounts((("Gegenstand", "Anzahl"), ("Bett mit Matratze und Lattenrost", "2"),
                 ("Kleiderschrank", "2"), ("Küchentisch mit Stühlen", "1"), ("Herd", "1"),
                 ("Kühlschrank", "1"), ("Waschmaschine", "1"), ("Lampen", "4"),
                 ("Gardinen und Bettwäsche", "je 2")), (126, 40)),
        Text("""Ich bitte um eine schnelle Entscheidung, weil wir zurzeit auf Luftmatratzen
        schlafen und nicht kochen können. Bei einem Hausbesuch kann sich der Außendienst gern
        überzeugen.

        Mit freundlichen Grüßen"""), Signature(("{name}",)),
    ), Look.CLASSIC),
    Letter("antrag_vermittlungsbudget", (
        Head(_HOUSE, to=("Eingangsstempel",),
             references=(("Kundennummer", "{kd}"), ("Team", "Markt und Integration"))),
        Title("Antrag auf Förderung aus dem Vermittlungsbudget"),
        Text("""Ich beantrage eine Förderung aus dem Vermittlungsbudget nach § 16 Absatz 1 SGB
        II in Verbindung mit § 44 SGB III. Der Antrag muss gestellt sein, bevor die Kosten
        entstehen. Gefördert werden kann, was für die Anbahnung oder Aufnahme einer
        versicherungspflichtigen Beschäftigung notwendig ist."""),
        Form(_SELF),
        Checks(("x Bewerbungskosten", "x Reisekosten zum Vorstellungsgespräch",
                "Fahrkosten für Pendelfahrten", "Umzugskosten bei Arbeitsaufnahme",
                "Arbeitskleidung und Arbeitsmittel", "Kosten für Nachweise und Zeugnisse")),
        Form((("Vorstellungsgespräch am", "12.03.2026"), ("Arbeitgeber", "Spedition Wellmann KG"),
              ("Ort", "Oberfelde"), ("Verkehrsmittel", "Bahn, 2. Klasse"),
              ("Voraussichtliche Kosten", "38,60 EUR"), ("Zuschuss des Arbeitgebers", "keiner"))),
        Text("""Die Einladung zum Vorstellungsgespräch liegt bei. Vom Arbeitgeber erhalte ich
        keine Erstattung der Reisekosten."""), Text(_DECLARED), Signature(_SIGNED),
    )),
    Letter("nichterreichbarkeit", (
        Head(_PERSON, to=_HOUSE, date="23.02.2026", references=(("Kundennummer", "{kd}"),)),
        Title("Mitteilung über Ortsabwesenheit"),
        Text("""Sehr geehrte Frau Dornseif,

        ich möchte Ihnen mitteilen, dass ich in der Zeit vom 30. März bis zum 10. April 2026
        nicht erreichbar sein werde. Ich beantrage die Zustimmung zur Ortsabwesenheit nach §
        7b Absatz 2 SGB II. In den Osterferien besuche ich mit meinem Kind meine Eltern in
        Oberfelde und unterstütze sie nach einer Operation meines Vaters im Haushalt.

        In dieser Zeit halte ich mich außerhalb des näheren Bereichs auf und kann deshalb an
        keinem Termin teilnehmen. Vorstellungsgespräche sind in diesem Zeitraum nicht
        vereinbart. Am 13. April 2026 bin ich wieder zurück und melde mich persönlich bei
        Ihnen. Für dieses Jahr ist das meine erste Abwesenheit. Bitte bestätigen Sie mir die
        Zustimmung schriftlich.

        Mit freundlichen Grüßen"""), Signature(("{name}",)),
    ), Look.MODERN),
    Letter("widerspruch", (
        Head(_PERSON, to=_HOUSE, date="27.02.2026",
             references=(("BG-Nummer", "{bg}"), ("Ihr Bescheid vom", "09.02.2026"))),
        Title("Widerspruch gegen den Bescheid vom 9. Februar 2026"),
        Text("""Sehr geehrte Damen und Herren,

        gegen Ihren Bescheid vom 9. Februar 2026, mir zugegangen am 12. Februar 2026, lege ich
        hiermit Widerspruch ein.

        Begründung: Sie haben bei der Berechnung für März 2026 ein Einkommen von 850 Euro
        angerechnet. Tatsächlich habe ich im Februar nur 612,40 Euro erhalten, weil meine
        Wochenstunden gekürzt wurden. Außerdem wurden die Freibeträge nach § 11b SGB II nicht
        vollständig abgezogen und die Heizkosten nur zur Hälfte anerkannt. Damit liegt die
        bewilligte Leistung unter dem Betrag, der mir zusteht.

        Ich bitte Sie, den Bescheid zu ändern und mir die Differenz nachzuzahlen. Zur Wahrung
        der Frist sende ich diesen Widerspruch vorab. Eine ausführliche Begründung und die
        Lohnabrechnung reiche ich nach. Bitte bestätigen Sie mir den Eingang schriftlich.

        Mit freundlichen Grüßen"""), Signature(("{name}",)),
    ), Look.CLASSIC),
    Letter("vollmacht", (
        Head(_PERSON, to=_HOUSE, date="11.02.2026", references=(("BG-Nummer", "{bg}"),)),
        Title("Vollmacht"),
        Text("""Hiermit bevollmächtige ich, {name}, geboren am {born}, wohnhaft {street},
        {place},"""),
        Facts((("Bevollmächtigte Person", "Henrike Sandvoß"), ("geboren am", "05.05.1968"),
               ("Anschrift", "Lindenstraße 29, 09999 Musterstadt"))),
        Text("""mich in allen Angelegenheiten gegenüber dem Jobcenter Musterstadt zu vertreten
        (§ 13 SGB X). Die Vollmacht umfasst insbesondere das Stellen und Zurücknehmen von
        Anträgen, das Einlegen von Widersprüchen, die Einsicht in die Akte sowie den Empfang von
        Bescheiden und sonstigem Schriftverkehr. Sie berechtigt nicht zum Empfang von
        Geldleistungen.

        Die Vollmacht gilt ab sofort, bis ich sie schriftlich widerrufe. Die bevollmächtigte
        Person ist nicht berechtigt, Untervollmacht zu erteilen. Eine Kopie des Ausweises der
        bevollmächtigten Person liegt bei. Mir ist bekannt, dass sich die Behörde nach der
        Vorlage dieser Vollmacht an die bevollmächtigte Person wenden muss."""),
        Signature(("Vollmachtgeber/in: {name}", "Bevollmächtigte/r: Henrike Sandvoß")),
    )),
)  # fmt: skip
