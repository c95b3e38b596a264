"""Proof of income and assets: payslips, notices, statements, contracts of work."""

from app.samples.parts import (
    Amounts,
    Break,
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

_RIGHTS = """Rechtsbehelfsbelehrung: Gegen diesen Bescheid kann innerhalb eines Monats nach
Bekanntgabe Widerspruch erhoben werden. Der Widerspruch ist schriftlich oder zur Niederschrift
bei der oben genannten Stelle einzulegen."""

LETTERS = (
    Letter("lohnabrechnung", (
        Head(("Bäckerei Kornblum GmbH", "Gewerbering 14", "09999 Musterstadt"),
             references=(("Personal-Nr.", "00417"), ("Abrechnungsmonat", "Januar 2026"),
                         ("Eintritt", "01.11.2025"))),
        Title("Abrechnung der Brutto/Netto-Bezüge"),
        Form((("Geburtsdatum", "{born}"), ("Steuerklasse", "II"), ("Kinderfreibetrag", "0,5"),
              ("Konfession", "--"), ("SV-Nummer", "00 000000 X 000"), ("Krankenkasse",
              "MKK Musterland"),
              ("Steuer-ID", "00 000 000 000"), ("SV-Tage", "30"), ("St-Tage", "30")), columns=3),
        Amounts((("Lohnart", "Bezeichnung", "Menge", "Satz", "Betrag"),
                 ("1000", "Stundenlohn Verkauf", "62,00", "12,82", "794,84"),
                 ("1250", "Zuschlag Sonntag 50 %", "6,00", "6,41", "38,46"),
                 ("", "Gesamt-Brutto", "", "", "833,30")), (22, 68, 24, 24, 28), right=(2, 3, 4)),
        Amounts((("Abzüge", "Bemessung", "Betrag"), ("Lohnsteuer", "833,30", "0,00"),
                 ("Krankenversicherung 8,55 %", "682,15", "58,32"),
                 ("Rentenversicherung 9,3 %", "682,15", "63,44"),
                 ("Arbeitslosenversicherung 1,3 %", "682,15", "8,87"),
                 ("Pflegeversicherung 1,8 %", "682,15", "12,28"),
                 ("Netto-Verdienst", "", "690,39"), ("Vorschuss", "", "-77,99"),
                 ("Auszahlungsbetrag", "", "612,40")), (90, 38, 38), right=(1, 2)),
        Text("""Der Auszahlungsbetrag wird überwiesen auf das Konto {iban}. Diese
        Entgeltabrechnung dient als Verdienstnachweis nach § 108 Absatz 3 Gewerbeordnung."""),
    ), Look.MODERN, noted=True),
    Letter("einkommensbescheinigung", (
        Head(("Gärtnerei Lauberg", "Feldweg 2", "09996 Oberfelde"),
             to=("Zur Vorlage beim Jobcenter",)),
        Title("Einkommensbescheinigung"),
        Text("""Nachweis über die Höhe des Arbeitsentgelts nach § 58 SGB II. Diese Bescheinigung
        ist vom Arbeitgeber auszufüllen. Wer sie nicht, nicht richtig oder nicht vollständig
        ausfüllt, handelt ordnungswidrig und ist zum Schadensersatz verpflichtet."""),
        Form((("Arbeitnehmer/in", "{name}"), ("Geburtsdatum", "{born}"),
              ("Anschrift", "{street}, {place}"), ("Beschäftigt als", "Gartenhelfer/in"),
              ("Beschäftigt seit", "16.02.2026"), ("Wöchentliche Arbeitszeit", "12 Stunden"),
              ("Fälligkeit des Entgelts", "zum 15. des Folgemonats"),
              ("Sozialversicherung", "geringfügig beschäftigt"))),
        Amounts((("Monat", "Brutto in EUR", "Netto in EUR", "Auszahlung am"),
                 ("Februar 2026", "269,00", "269,00", "13.03.2026"),
                 ("März 2026", "538,00", "538,00", "15.04.2026"),
                 ("April 2026", "538,00", "538,00", "15.05.2026")), (44, 40, 40, 42), right=(1, 2)),
        Checks(("Sonderzahlungen (Weihnachtsgeld, Urlaubsgeld) werden gezahlt.",
                "x Es bestehen keine Pfändungen oder Abtretungen.",
                "x Freie Unterkunft oder Verpflegung wird nicht gewährt.")),
        Signature(("Datum, Stempel und Unterschrift des Arbeitgebers", "Telefon für Rückfragen")),
    ), noted=True),
    Letter("arbeitsvertrag", (
        Title("Arbeitsvertrag"),
        Text("""zwischen der Spedition Wellmann KG, Hafenstraße 88, 09996 Oberfelde, nachfolgend
        „Arbeitgeber“, und {name}, geboren am {born}, wohnhaft {street}, {place}, nachfolgend
        „Arbeitnehmer“, wird folgender befristeter Arbeitsvertrag geschlossen:"""),
        Title("§ 1 Beginn und Dauer des Arbeitsverhältnisses", 2),
        Text("""Das Arbeitsverhältnis beginnt am 1. April 2026 und ist bis zum 31. März 2027
        befristet. Die ersten sechs Monate gelten als Probezeit. In der Probezeit kann das
        Arbeitsverhältnis von beiden Seiten mit einer Frist von zwei Wochen gekündigt werden."""),
        Title("§ 2 Tätigkeit und Arbeitsort", 2),
        Text("""Der Arbeitnehmer wird als Fachkraft für Lagerlogistik am Standort Oberfelde
        eingestellt. Er verpflichtet sich, auch andere zumutbare Arbeiten auszuführen, die
        seinen Fähigkeiten entsprechen."""),
        Title("§ 3 Arbeitszeit", 2),
        Text("""Die regelmäßige Arbeitszeit beträgt 30 Stunden in der Woche. Beginn und Ende der
        täglichen Arbeitszeit richten sich nach dem Schichtplan des Betriebs."""),
        Title("§ 4 Vergütung", 2),
        Text("""Der Arbeitnehmer erhält einen Stundenlohn von 14,20 Euro brutto. Die Vergütung
        ist jeweils am letzten Bankarbeitstag des Monats fällig und wird auf das vom
        Arbeitnehmer benannte Konto überwiesen."""),
        Title("§ 5 Urlaub", 2),
        Text("""Der Arbeitnehmer hat Anspruch auf 26 Arbeitstage Erholungsurlaub im
        Kalenderjahr. Im Übrigen gilt das Bundesurlaubsgesetz."""),
        Break(),
        Title("§ 6 Arbeitsverhinderung", 2),
        Text("""Der Arbeitnehmer ist verpflichtet, jede Arbeitsverhinderung und ihre
        voraussichtliche Dauer unverzüglich anzuzeigen. Dauert die Verhinderung wegen Krankheit
        länger als drei Kalendertage, ist das Bestehen der Arbeitsunfähigkeit ärztlich
        feststellen zu lassen."""),
        Title("§ 7 Verschwiegenheit und Nebentätigkeit", 2),
        Text("""Der Arbeitnehmer wird über alle Betriebs- und Geschäftsgeheimnisse
        Stillschweigen bewahren. Jede entgeltliche Nebentätigkeit ist dem Arbeitgeber vorher
        anzuzeigen."""),
        Title("§ 8 Beendigung und Ausschlussfristen", 2),
        Text("""Nach Ablauf der Probezeit gelten die gesetzlichen Kündigungsfristen. Die
        Kündigung bedarf der Schriftform. Ansprüche aus dem Arbeitsverhältnis verfallen, wenn
        sie nicht innerhalb von drei Monaten nach Fälligkeit in Textform geltend gemacht
        werden."""),
        Title("§ 9 Schlussbestimmungen", 2),
        Text("""Mündliche Nebenabreden bestehen nicht. Sollte eine Bestimmung dieses Vertrages
        unwirksam sein, bleibt die Wirksamkeit der übrigen Bestimmungen unberührt.

        Oberfelde, den 6. März 2026"""),
        Signature(("Spedition Wellmann KG, Arbeitgeber", "{name}, Arbeitnehmer")),
    ), Look.CLASSIC),
    Letter("kuendigung_arbeit", (
        Head(("Reinigungsdienst Blanke GmbH", "Industriestraße 40", "09998 Musterstadt"),
             date="16.02.2026"),
        Title("Kündigung Ihres Arbeitsverhältnisses"),
        Text("""Sehr geehrte Damen und Herren, sehr geehrte/r {name},

        hiermit kündigen wir das mit Ihnen bestehende Arbeitsverhältnis ordentlich und
        fristgerecht zum 31. März 2026, hilfsweise zum nächstmöglichen Zeitpunkt. Die
        Kündigung erfolgt aus dringenden betrieblichen Gründen: Der Auftrag für das Objekt
        Hafenkontor wurde zum Ende des Quartals entzogen, und ein anderer freier Arbeitsplatz
        steht nicht zur Verfügung.

        Ihren restlichen Urlaub von fünf Tagen gewähren wir Ihnen innerhalb der
        Kündigungsfrist. Bis zum Ende des Arbeitsverhältnisses erhalten Sie Ihr vertragliches
        Arbeitsentgelt. Die Arbeitspapiere und ein qualifiziertes Arbeitszeugnis senden wir
        Ihnen nach dem letzten Arbeitstag zu. Bitte geben Sie Schlüssel und Arbeitskleidung
        spätestens dann zurück.

        Wir weisen Sie darauf hin, dass Sie verpflichtet sind, sich spätestens drei Monate vor
        der Beendigung, sonst innerhalb von drei Tagen nach Kenntnis, bei der Agentur für
        Arbeit arbeitsuchend zu melden (§ 38 Absatz 1 SGB III). Wollen Sie geltend machen,
        dass die Kündigung sozial ungerechtfertigt ist, müssen Sie innerhalb von drei Wochen
        Klage beim Arbeitsgericht erheben.

        Mit freundlichen Grüßen"""), Signature(("Geschäftsführung", "Kündigung erhalten am")),
    ), Look.OFFICE, noted=True),
    Letter("kontoauszug", (
        Head(("Musterbank eG", "Marktplatz 5", "09999 Musterstadt"),
             references=(("Auszug", "2/2026"), ("Blatt", "1 von 1"))),
        Title("Kontoauszug"),
        Facts((("Kontoinhaber", "{name}"), ("IBAN", "{iban}"), ("BIC", "XXMUDE00XXX"),
               ("Zeitraum", "01.02.2026 bis 28.02.2026"))),
        Amounts((("Buchung", "Wert", "Verwendungszweck", "Betrag EUR"),
                 ("", "", "Alter Kontostand vom 31.01.2026", "84,17 +"),
                 ("02.02.", "02.02.", "Dauerauftrag Wohnbau Musterstadt eG, Miete Februar",
                 "614,00 -"),
                 ("03.02.", "03.02.", "Lastschrift Stadtwerke Musterstadt, Strom Abschlag",
                 "52,00 -"),
                 ("05.02.", "05.02.", "Gutschrift Familienkasse, Kindergeld", "255,00 +"),
                 ("06.02.", "06.02.", "Kartenzahlung Supermarkt Frischhof", "47,83 -"),
                 ("10.02.", "10.02.", "Lastschrift Telefon und Internet, Rechnung Januar",
                 "29,99 -"),
                 ("13.02.", "13.02.", "Bargeldauszahlung Geldautomat Marktplatz", "60,00 -"),
                 ("16.02.", "16.02.", "Gutschrift Bäckerei Kornblum GmbH, Lohn Januar", "612,40 +"),
                 ("19.02.", "19.02.", "Kartenzahlung Drogerie am Markt", "18,45 -"),
                 ("24.02.", "24.02.", "Überweisung Turnverein, Beitrag", "12,00 -"),
                 ("27.02.", "27.02.", "Gutschrift Jobcenter, Leistung März", "701,22 +"),
                 ("", "", "Neuer Kontostand vom 28.02.2026", "818,52 +")), (20, 20, 94, 32)),
        Text("""Bitte prüfen Sie die Buchungen. Einwendungen gegen diesen Auszug müssen Sie
        spätestens sechs Wochen nach Zugang erheben. Guthaben sind als Einlagen nach Maßgabe des
        Einlagensicherungsgesetzes geschützt."""),
    ), Look.MODERN),
    Letter("kindergeldbescheid", (
        Head(("Familienkasse Musterland", "Kindweg 10", "09990 Musterhausen"), date="14.01.2026",
             references=(("Kindergeld-Nr.", "999FK104311"), ("Service", "0999 4555 30"))),
        Title("Bescheid über Kindergeld"),
        Text("""Sehr geehrte/r {name},

        auf Ihren Antrag wird Kindergeld nach dem Einkommensteuergesetz für das folgende Kind
        festgesetzt:"""),
        Amounts((("Kind", "geboren am", "ab Monat", "monatlich EUR"),
                 ("{child}", "{child_born}", "Januar 2026", "259,00")), (60, 36, 36, 34)),
        Text("""Das Kindergeld wird monatlich auf das Konto {iban} überwiesen. Die Festsetzung
        gilt, solange die Voraussetzungen vorliegen, längstens bis zum Ende des Monats, in dem
        das Kind das 18. Lebensjahr vollendet.

        Begründung: Sie haben Ihren Wohnsitz im Inland und das Kind lebt in Ihrem Haushalt (§§
        62, 63 EStG). Sie sind vorrangig berechtigt, weil das Kind überwiegend von Ihnen
        betreut wird.

        Bitte teilen Sie der Familienkasse jede Änderung unverzüglich mit, die für den
        Anspruch von Bedeutung ist, zum Beispiel wenn das Kind Ihren Haushalt verlässt oder
        Sie ins Ausland ziehen. Zu Unrecht gezahltes Kindergeld muss zurückgezahlt werden.

        Gegen diesen Bescheid ist der Einspruch zulässig. Die Frist beträgt einen Monat.

        Mit freundlichen Grüßen Ihre Familienkasse"""),
    )),
    Letter("unterhaltsvorschuss", (
        Head(("Stadt Musterstadt – Jugendamt", "Unterhaltsvorschusskasse", "Kirchgasse 8"),
             date="20.01.2026", references=(("Aktenzeichen", "51-UVG-2291"),)),
        Title("Bescheid über Unterhaltsvorschuss"),
        Text("""Sehr geehrte/r {name},

        auf Ihren Antrag werden für Ihr Kind {child}, geboren am {child_born}, Leistungen nach
        dem Unterhaltsvorschussgesetz (UVG) bewilligt. Die Leistung beträgt ab dem 1. Februar
        2026 monatlich 299,00 Euro."""),
        Amounts((("Berechnung", "EUR"), ("Mindestunterhalt der Altersstufe", "558,00"),
                 ("abzüglich Kindergeld", "259,00"),
                 ("abzüglich Unterhalt des anderen Elternteils", "0,00"),
                 ("Unterhaltsvorschuss im Monat", "299,00")), (126, 40)),
        Text("""Begründung: Das Kind lebt bei Ihnen, Sie sind alleinerziehend und der andere
        Elternteil zahlt keinen Unterhalt. Die Unterhaltsansprüche des Kindes gehen in Höhe der
        Leistung auf das Land über (§ 7 UVG). Sie sind verpflichtet, uns jede Änderung sofort
        mitzuteilen, besonders eine Heirat, einen Umzug oder Zahlungen des anderen Elternteils."""),
        Text(_RIGHTS),
        Signature(("Im Auftrag",)),
    ), noted=True),
    Letter("arbeitslosengeldbescheid", (
        Head(("Agentur für Arbeit Musterstadt", "Agenturplatz 2", "09999 Musterstadt"),
             date="22.01.2026", references=(("Kundennummer", "{kd}"),)),
        Title("Bewilligungsbescheid Arbeitslosengeld"),
        Text("""Sehr geehrte/r {name},

        Ihnen wird auf Ihren Antrag Arbeitslosengeld nach § 136 SGB III bewilligt. Die Höhe
        und die Dauer entnehmen Sie bitte der folgenden Übersicht:"""),
        Facts((("Anspruchsbeginn", "01.01.2026"), ("Anspruchsdauer", "180 Kalendertage"),
               ("Bemessungsentgelt täglich", "46,12 EUR"), ("Leistungsentgelt täglich",
               "34,80 EUR"),
               ("Leistungssatz", "67 Prozent (mit Kind)"), ("Täglicher Leistungsbetrag",
               "23,32 EUR"),
               ("Monatlicher Zahlbetrag", "699,60 EUR"))),
        Text("""Das Arbeitslosengeld wird monatlich nachträglich für 30 Tage gezahlt. Während
        des Bezugs sind Sie in der gesetzlichen Kranken-, Pflege- und Rentenversicherung
        pflichtversichert.

        Sie müssen jede Änderung unverzüglich mitteilen, insbesondere die Aufnahme einer
        Beschäftigung, eine Krankheit oder einen Umzug. Bitte beachten Sie das Merkblatt für
        Arbeitslose."""),
        Text(_RIGHTS), Text("Mit freundlichen Grüßen\n\nIhre Agentur für Arbeit"),
    )),
    Letter("rentenbescheid", (
        Head(("Deutsche Rentenversicherung Musterland", "Rentenallee 1", "09991 Musterhausen"),
             date="09.01.2026", references=(("Versicherungsnummer", "00 220171 K 000"),)),
        Title("Rentenbescheid"),
        Text("""Sehr geehrte/r {name},

        auf Ihren Antrag vom 15. September 2025 erhalten Sie von uns Rente wegen teilweiser
        Erwerbsminderung. Die Rente beginnt am 1. November 2025 und ist befristet bis zum 31.
        Oktober 2028. Für die Zeit ab dem 1. März 2026 werden laufend monatlich gezahlt:"""),
        Amounts((("Berechnung der Rente", "EUR"), ("Monatliche Rente (18,4412 Entgeltpunkte)",
            "376,02"),
                 ("Beitragsanteil zur Krankenversicherung", "-27,45"),
                 ("Beitrag zur Pflegeversicherung", "-12,78"), ("Auszahlungsbetrag", "335,79")),
                 (126, 40)),
        Text("""Für die Zeit vom 1. November 2025 bis zum 28. Februar 2026 beträgt die
        Nachzahlung 1.343,16 Euro. Die Nachzahlung wird vorläufig nicht ausgezahlt, weil
        Ansprüche anderer Stellen zu klären sind, zum Beispiel des Jobcenters oder der
        Krankenkasse.

        Neben der Rente dürfen Sie hinzuverdienen. Bitte teilen Sie uns die Aufnahme oder
        Änderung einer Beschäftigung mit. Die Entgeltpunkte und den Versicherungsverlauf
        finden Sie in den Anlagen."""), Text(_RIGHTS),
        Text("""Ihre Deutsche Rentenversicherung Musterland

        Dieser Bescheid ist ohne Unterschrift gültig."""),
    ), Look.MODERN, noted=True),
)  # fmt: skip
