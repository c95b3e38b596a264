"""Work and municipal services: plans, certificates, applications, counselling, day care."""

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

LETTERS = (
    Letter("kooperationsplan", (
        Head(("Jobcenter Musterstadt", "Markt und Integration", "Rathausplatz 1",
            "09999 Musterstadt"),
             date="10.02.2026", references=(("Kundennummer", "{kd}"), ("Integrationsfachkraft",
             "Fr. Dornseif"))),
        Title("Kooperationsplan"),
        Text("""Dieser Kooperationsplan nach § 15 SGB II wurde gemeinsam von {name} und dem
        Jobcenter erstellt. Er hält das Eingliederungsziel und die wesentlichen Schritte dorthin
        fest. Er wird regelmäßig, spätestens nach sechs Monaten, gemeinsam überprüft und
        fortgeschrieben."""),
        Title("Ziel der Integration", 2),
        Text("""Aufnahme einer sozialversicherungspflichtigen Beschäftigung als Fachkraft für
        Lagerlogistik im Tagespendelbereich, mindestens 30 Stunden in der Woche, bis September
        2026."""),
        Title("Was das Jobcenter tut", 2),
        Text("""Das Jobcenter unterbreitet passende Vermittlungsvorschläge, fördert auf Antrag
        Bewerbungs- und Reisekosten aus dem Vermittlungsbudget und bietet einen Platz im
        Lehrgang zum Führen von Gabelstaplern ab dem 13. April 2026 an."""),
        Title("Was {name} tut", 2),
        Text("""Im Monat werden mindestens fünf Bewerbungen geschrieben und die Eigenbemühungen
        bis zum Monatsende nachgewiesen. Auf Vermittlungsvorschläge folgt innerhalb von drei
        Tagen eine Bewerbung. Der Lehrgang wird regelmäßig besucht; Hinderungsgründe werden
        sofort mitgeteilt."""),
        Title("Nächster Termin", 2), Facts((("Gespräch zur Überprüfung",
            "12.05.2026, 10:30 Uhr"),)),
        Signature(("{name}", "Jobcenter Musterstadt, Integrationsfachkraft")),
    )),
    Letter("bewerbungsnachweis", (
        Head(("{name}", "{street}", "{place}"), to=("Jobcenter Musterstadt", "Rathausplatz 1",
              "09999 Musterstadt"), date="28.02.2026", references=(("Kundennummer", "{kd}"),)),
        Title("Nachweis meiner Eigenbemühungen im Februar 2026"),
        Text("""Sehr geehrte Frau Dornseif,

        wie im Kooperationsplan vereinbart, übersende ich Ihnen die Liste meiner Bewerbungen
        im Monat Februar. Die Anschreiben und die Antworten der Arbeitgeber kann ich auf
        Wunsch vorlegen."""),
        Amounts((("Datum", "Arbeitgeber und Stelle", "Bewerbung", "Ergebnis"),
                 ("03.02.", "Spedition Wellmann KG, Lagerlogistik", "E-Mail",
                 "Vorstellungsgespräch 12.03."),
                 ("05.02.", "Möbelhaus Tanne, Auslieferung", "online", "Absage am 17.02."),
                 ("10.02.", "Großmarkt Musterstadt, Kommissionierung", "online", "keine Antwort"),
                 ("17.02.", "Baustoffe Ritterhude, Lagerhelfer", "persönlich", "Rückruf zugesagt"),
                 ("20.02.", "Versandhaus Kleeblatt, Wareneingang", "E-Mail", "Absage am 26.02."),
                 ("25.02.", "Stadtreinigung Musterstadt, Werkhof", "Post", "offen")),
                (18, 70, 26, 52), right=()),
        Text("""Außerdem habe ich am 11. Februar 2026 an der Jobmesse in der Stadthalle
        teilgenommen und drei Vermittlungsvorschläge des Jobcenters bearbeitet. Die
        Initiativbewerbungen habe ich selbst recherchiert. Bitte erstatten Sie mir die
        Bewerbungskosten für sechs Bewerbungen.

        Mit freundlichen Grüßen"""), Signature(("{name}",)),
    )),
    Letter("zeugnis", (
        Head(("Reinigungsdienst Blanke GmbH", "Industriestraße 40", "09998 Musterstadt"), to=(" ",),
             date="31.01.2026"),
        Title("Arbeitszeugnis"),
        Text("""{name}, geboren am {born}, war vom 1. März 2019 bis zum 31. Januar 2026 in
        unserem Unternehmen als Vorarbeiterin / Vorarbeiter in der Gebäudereinigung beschäftigt.

        Zu den Aufgaben gehörten die Einteilung eines Teams von acht Personen, die Kontrolle
        der Reinigungsergebnisse, die Bestellung und Verwaltung der Materialien sowie die
        Abstimmung mit unseren Kunden. Dabei wurden auch Maschinen für die Grundreinigung
        selbständig bedient und gewartet.

        Wir haben eine zuverlässige, umsichtige und sehr engagierte Arbeitskraft
        kennengelernt. Die übertragenen Arbeiten wurden stets zu unserer vollen Zufriedenheit
        erledigt. Das Verhalten gegenüber Vorgesetzten, Kolleginnen, Kollegen und Kunden war
        jederzeit einwandfrei. Neue Mitarbeiterinnen und Mitarbeiter wurden geduldig und
        gründlich eingearbeitet.

        Das Arbeitsverhältnis endet aus betrieblichen Gründen. Wir bedauern das sehr, danken
        für die langjährige gute Zusammenarbeit und wünschen für die berufliche und
        persönliche Zukunft alles Gute und weiterhin viel Erfolg."""),
              Signature(("Carsten Blanke, Geschäftsführer",)),
    ), Look.CLASSIC),
    Letter("massnahme", (
        Head(("Bildungswerk Musterland gGmbH", "Lernhof 12",
            "09999 Musterstadt"), date="20.02.2026",
             to=("Jobcenter Musterstadt", "Markt und Integration"),
             references=(("Maßnahme-Nr.", "999/412/2025"),)),
        Title("Teilnahmebescheinigung"),
        Text("""Hiermit bestätigen wir, dass {name}, geboren am {born}, an der folgenden
        Maßnahme zur Aktivierung und beruflichen Eingliederung (§ 16 SGB II in Verbindung mit §
        45 SGB III) teilgenommen hat:"""),
        Facts((("Titel der Maßnahme", "Neustart Logistik"), ("Zeitraum",
            "03.11.2025 bis 20.02.2026"),
               ("Umfang", "240 Unterrichtsstunden"), ("Fehlzeiten", "4 Tage, alle entschuldigt"))),
        Text("""Inhalte der Maßnahme waren: Feststellung der beruflichen Kenntnisse,
        Lagerorganisation und Warenwirtschaft, Arbeitssicherheit, Umgang mit dem Computer,
        Bewerbungstraining sowie eine betriebliche Erprobung von drei Wochen im Großmarkt
        Musterstadt.

        Bericht des Trägers: Die Teilnahme war regelmäßig und aktiv. In der Erprobung wurden
        Zuverlässigkeit und körperliche Belastbarkeit gelobt. Weiterer Bedarf besteht bei den
        EDV-Kenntnissen. Wir empfehlen einen Lehrgang für Flurförderzeuge. Der Maßnahmeträger
        ist nach der AZAV zugelassen."""), Signature(("Lehrgangsleitung, Stempel",)),
    ), Look.MODERN),
    Letter("schuldnerberatung", (
        Head(("Schuldnerberatungsstelle Musterstadt e. V.", "Brückenstraße 30",
            "09999 Musterstadt"),
             date="24.02.2026", to=("Stadt Musterstadt", "Amt für Soziales"),
             references=(("BG-Nummer", "{bg}"),)),
        Title("Bescheinigung über die Teilnahme an der Schuldnerberatung"),
        Text("""Sehr geehrte Damen und Herren,

        wir bestätigen, dass {name}, geboren am {born}, seit dem 8. Januar 2026 die
        Schuldnerberatung unserer Beratungsstelle nach § 16a Nummer 2 SGB II in Anspruch
        nimmt. Bisher haben vier Beratungsgespräche stattgefunden; alle vereinbarten Termine
        wurden eingehalten.

        Im Rahmen der Beratung wurde eine Übersicht über die Gläubiger und die Höhe der
        Verbindlichkeiten erstellt. Ein Haushaltsplan liegt vor, und das Girokonto wird als
        Pfändungsschutzkonto geführt. Zurzeit wird ein außergerichtlicher Einigungsversuch mit
        den Gläubigern vorbereitet. Sollte er scheitern, werden wir bei einem Antrag auf
        Eröffnung des Verbraucherinsolvenzverfahrens unterstützen.

        Aus unserer Sicht ist die Fortführung der Beratung für mindestens zwölf Monate
        erforderlich. Eine Entbindung von der Schweigepflicht liegt uns für diese
        Bescheinigung vor. Weitere Auskünfte erteilen wir nur mit Einwilligung der beratenen
        Person.

        Mit freundlichen Grüßen"""), Signature(("Dipl.-Sozialpädagogin Rike Hollmann",)),
    )),
    Letter("kinderbetreuung", (
        Head(("Stadt Musterstadt – Jugendamt", "Kindertagesbetreuung", "Kirchgasse 8"),
             date="03.02.2026", references=(("Kassenzeichen", "51.2-88127"),)),
        Title("Bescheid über den Elternbeitrag für die Kindertageseinrichtung"),
        Text("""Sehr geehrte/r {name},

        für Ihr Kind {child}, geboren am {child_born}, wird ab dem 1. März 2026 ein
        Betreuungsplatz in der Kita Regenbogenfische, Hafenweg 60, mit einem Umfang von 35
        Stunden in der Woche bewilligt."""),
        Form((("Einrichtung", "Kita Regenbogenfische"), ("Betreuungszeit", "35 Stunden je Woche"),
              ("Elternbeitrag im Monat", "96,00 EUR"), ("Verpflegungskosten", "62,00 EUR"))),
        Text("""Der Elternbeitrag wird nach der Satzung der Stadt Musterstadt nach dem Einkommen
        der Eltern gestaffelt. Beziehen Sie Leistungen nach dem SGB II, wird der Beitrag auf
        Antrag erlassen (§ 90 Absatz 4 SGB VIII). Bitte reichen Sie dazu Ihren
        Bewilligungsbescheid ein. Die Kosten des gemeinschaftlichen Mittagessens können als
        Leistung für Bildung und Teilhabe übernommen werden.

        Der Beitrag ist jeweils zum 15. eines Monats fällig. Änderungen des Betreuungsumfangs
        sind mit einer Frist von einem Monat zum Monatsende möglich. Bitte teilen Sie der
        Einrichtung mit, wenn Ihr Kind erkrankt ist oder die Kita nicht besucht.

        Gegen diesen Bescheid kann innerhalb eines Monats Widerspruch erhoben werden.

        Im Auftrag"""), Signature(("Jugendamt",)),
    ), noted=True),
    Letter("but_nachweis", (
        Head(("Grundschule am Mühlbach", "Mühlbachweg 1", "09999 Musterstadt"), date="19.02.2026",
             to=("An die Eltern der Klasse 3b",)),
        Title("Bestätigung der Schule über eine mehrtägige Klassenfahrt"),
        Text("""Zur Vorlage bei der Stelle für Bildung und Teilhabe (§ 28 Absatz 2 SGB II). Die
        Schule bestätigt, dass das unten genannte Kind an der Klassenfahrt im Rahmen der
        schulrechtlichen Bestimmungen teilnimmt."""),
        Form((("Name des Kindes", "{child}"), ("Geburtsdatum", "{child_born}"), ("Klasse", "3b"),
              ("Ziel", "Jugendherberge Oberfelde"), ("Beginn", "18.05.2026"), ("Ende",
              "22.05.2026"))),
        Amounts((("Kosten der Fahrt", "EUR"), ("Unterkunft und Verpflegung", "148,00"),
                 ("Busfahrt", "39,00"), ("Programm und Eintritt", "22,50"),
                 ("Gesamtkosten je Kind", "209,50")),
                (126, 40)),
        Checks(("Im Betrag ist ein Taschengeld enthalten.",
            "x Ein Taschengeld ist nicht enthalten.",
                "x Der Betrag soll unmittelbar an die Schule überwiesen werden.")),
        Text("""Der Betrag ist bis zum 17. April 2026 auf das Klassenfahrtkonto der Schule zu
        zahlen. Verwendungszweck: Klassenfahrt 3b und Name des Kindes. Wird die Fahrt abgesagt,
        informieren wir die Eltern und die Leistungsstelle unverzüglich."""),
        Signature(("Klassenleitung, Stempel der Schule",)),
    ), Look.MODERN, noted=True),
    Letter("sonstiges", (
        Head(("Förderverein Stadtbad Musterstadt e. V.", "Badstraße 2", "09999 Musterstadt"),
             to=("An alle Haushalte",), date="Februar 2026"),
        Title("Einladung zum Frühlingsfest im Stadtbad"),
        Text("""Liebe Nachbarinnen und Nachbarn,

        nach der langen Winterpause öffnet das Stadtbad am 21. März wieder seine Türen. Das
        feiern wir mit einem Fest für die ganze Familie. Ab elf Uhr gibt es Waffeln, Kaffee
        und alkoholfreie Bowle, am Nachmittag spielt das Blasorchester auf der Liegewiese.

        Für Kinder haben wir ein Floßrennen, eine Schatzsuche unter Wasser und einen
        Malwettbewerb vorbereitet. Wer möchte, kann das Schwimmabzeichen ablegen; bitte
        bringen Sie dafür ein Handtuch und gute Laune mit. Der Eintritt ist frei, über eine
        Spende für die neue Rutsche freuen wir uns sehr. Bei Regen feiern wir in der
        Schwimmhalle.

        Helferinnen und Helfer für den Kuchenstand sind herzlich willkommen. Melden Sie sich
        einfach an der Kasse oder sprechen Sie uns am Beckenrand an.

        Mit sportlichen Grüßen Ihr Förderverein"""),
    ), Look.CLASSIC),
)  # fmt: skip
