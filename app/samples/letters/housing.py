"""Housing: contracts, notices and accounts of landlords and suppliers."""

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

_LANDLORD = ("Wohnbau Musterstadt eG", "Genossenschaftsstraße 1", "09999 Musterstadt")

LETTERS = (
    Letter("mietvertrag", (
        Title("Mietvertrag über Wohnraum"),
        Text("""zwischen der Wohnbau Musterstadt eG, Genossenschaftsstraße 1, 09999 Musterstadt,
        als Vermieterin, und {name}, geboren am {born}, als Mieter, wird folgender Mietvertrag
        geschlossen:"""),
        Title("§ 1 Mieträume", 2),
        Text("""Vermietet wird die Wohnung {street}, {place}, 2. Obergeschoss links, bestehend
        aus drei Zimmern, Küche, Diele, Bad und einem Kellerraum. Die Wohnfläche beträgt 64
        Quadratmeter. Dem Mieter werden für die Mietzeit zwei Haustürschlüssel, zwei
        Wohnungsschlüssel und ein Briefkastenschlüssel ausgehändigt."""),
        Title("§ 2 Mietzeit", 2),
        Text("""Das Mietverhältnis beginnt am 1. Mai 2026 und läuft auf unbestimmte Zeit. Die
        Kündigung ist spätestens am dritten Werktag eines Kalendermonats zum Ablauf des
        übernächsten Monats zulässig und muss schriftlich erfolgen."""),
        Title("§ 3 Miete und Nebenkosten", 2),
        Amounts((("Zusammensetzung der Miete", "EUR im Monat"), ("Grundmiete (Kaltmiete)",
            "412,00"),
                 ("Vorauszahlung auf die Betriebskosten", "118,00"),
                 ("Vorauszahlung auf Heizung und Warmwasser", "84,00"), ("Gesamtmiete", "614,00")),
                (126, 40)),
        Text("""Die Miete ist monatlich im Voraus, spätestens am dritten Werktag eines Monats,
        auf das Konto der Vermieterin zu zahlen. Über die Vorauszahlungen wird jährlich
        abgerechnet."""),
        Break(),
        Title("§ 4 Kaution", 2),
        Text("""Der Mieter leistet eine Mietkaution in Höhe von 1.236,00 Euro. Er ist
        berechtigt, sie in drei gleichen monatlichen Teilbeträgen zu zahlen. Die Vermieterin
        legt die Kaution getrennt von ihrem Vermögen an."""),
        Title("§ 5 Schönheitsreparaturen und Instandhaltung", 2),
        Text("""Die Wohnung wird renoviert übergeben. Der Mieter zeigt Mängel unverzüglich an.
        Kosten für kleine Instandsetzungen trägt er bis zu 90 Euro im Einzelfall, höchstens acht
        Prozent der Jahresgrundmiete."""),
        Title("§ 6 Benutzung der Mieträume", 2),
        Text("""Untervermietung bedarf der Zustimmung der Vermieterin. Kleintiere dürfen
        gehalten werden; die Haltung von Hunden ist vorher abzustimmen. Die Hausordnung ist
        Bestandteil des Vertrages."""),
        Title("§ 7 Beendigung des Mietverhältnisses", 2),
        Text("""Bei Auszug sind die Räume besenrein und mit allen Schlüsseln zurückzugeben. Über
        den Zustand wird ein Protokoll aufgenommen."""),
        Title("§ 8 Sonstige Vereinbarungen", 2),
        Text("""Änderungen und Ergänzungen dieses Vertrages bedürfen der Textform. Ist eine
        Bestimmung unwirksam, so berührt das die übrigen Bestimmungen nicht.

        Musterstadt, den 2. März 2026"""),
        Signature(("Vermieterin, Wohnbau Musterstadt eG", "Mieter, {name}")),
    ), Look.CLASSIC),
    Letter("mietbescheinigung", (
        Head(_LANDLORD, to=("Zur Vorlage beim Jobcenter",)),
        Title("Mietbescheinigung"),
        Text("""Bescheinigung des Vermieters über die Kosten der Unterkunft. Bitte vollständig
        vom Vermieter oder der Hausverwaltung ausfüllen lassen. Die Bescheinigung ist
        freiwillig; die Angaben können auch durch den Mietvertrag nachgewiesen werden."""),
        Form((("Mieter/in", "{name}"), ("Anschrift der Wohnung", "{street}, {place}"),
              ("Mietbeginn", "01.05.2021"), ("Lage im Haus", "2. OG links"), ("Wohnfläche",
              "64 qm"),
              ("Zahl der Räume / Personen", "3 / 2"), ("Baujahr des Hauses", "1974"),
              ("Gesamtfläche des Gebäudes", "892 qm"))),
        Amounts((("Monatliche Kosten", "EUR"), ("Kaltmiete", "412,00"), ("Betriebskosten",
            "118,00"),
                 ("Heizkosten mit Warmwasser", "84,00"), ("Stellplatz", "0,00"),
                 ("Gesamtmiete", "614,00")), (126, 40)),
        Checks(("x Die Wohnung wird mit Fernwärme beheizt.",
            "Das Warmwasser wird mit Strom erzeugt.",
                "x Es bestehen keine Mietrückstände.", "Die Wohnung ist möbliert vermietet.")),
        Signature(("Datum, Stempel und Unterschrift des Vermieters",)),
    ), noted=True),
    Letter("mieterhoehung", (
        Head(_LANDLORD, date="20.02.2026", references=(("Mieter-Nr.", "2207.014.3"),)),
        Title("Erhöhung Ihrer Miete zum 1. Mai 2026"),
        Text("""Sehr geehrte/r {name},

        die Grundmiete für Ihre Wohnung {street} ist seit mehr als fünfzehn Monaten
        unverändert. Wir bitten Sie um Ihre Zustimmung zur Erhöhung der Miete bis zur
        ortsüblichen Vergleichsmiete (§ 558 BGB). Nach dem Mietspiegel der Stadt Musterstadt
        2025 liegt die ortsübliche Miete für vergleichbare Wohnungen zwischen 6,60 und 7,40
        Euro je Quadratmeter."""),
        Amounts((("Miete im Monat", "bisher EUR", "neu EUR"), ("Grundmiete", "412,00", "448,00"),
                 ("Betriebskosten", "118,00", "118,00"), ("Heizkosten", "84,00", "84,00"),
                 ("Gesamtmiete", "614,00", "650,00")), (90, 38, 38), right=(1, 2)),
        Text("""Die neue Miete beträgt damit 7,00 Euro je Quadratmeter. Die Kappungsgrenze von
        20 Prozent in drei Jahren ist eingehalten. Bitte senden Sie uns die beigefügte
        Zustimmungserklärung bis zum 30. April 2026 unterschrieben zurück. Ab dem 1. Mai 2026
        überweisen Sie bitte die neue Gesamtmiete. Stimmen Sie nicht zu, können wir innerhalb
        weiterer drei Monate auf Erteilung der Zustimmung klagen. Ihnen steht ein
        Sonderkündigungsrecht nach § 561 BGB zu.

        Mit freundlichen Grüßen"""), Signature(("Wohnbau Musterstadt eG",)),
    ), noted=True),
    Letter("betriebskostenabrechnung", (
        Head(_LANDLORD, date="30.01.2026", references=(("Mieter-Nr.", "2207.014.3"),)),
        Title("Betriebs- und Heizkostenabrechnung 2025"),
        Text("""Sehr geehrte/r {name},

        für Ihre Wohnung {street} rechnen wir die Betriebskosten und die Kosten für Heizung
        und Warmwasser für die Zeit vom 1. Januar bis zum 31. Dezember 2025 ab. Die Wohnfläche
        des Gebäudes beträgt 892 Quadratmeter, Ihre Wohnfläche 64 Quadratmeter."""),
        Amounts((("Kostenart", "Gesamt EUR", "Schlüssel", "Ihr Anteil EUR"),
                 ("Grundsteuer", "3.412,80", "Wohnfläche", "244,86"),
                 ("Wasser und Abwasser", "6.220,15", "Personen", "414,68"),
                 ("Müllabfuhr", "2.310,00", "Personen", "154,00"),
                 ("Hausreinigung und Winterdienst", "3.948,40", "Wohnfläche", "283,29"),
                 ("Gebäudeversicherung", "2.871,66", "Wohnfläche", "206,04"),
                 ("Allgemeinstrom", "804,20", "Wohnfläche", "57,70"),
                 ("Heizung und Warmwasser", "16.402,10", "Verbrauch", "1.187,55"),
                 ("Summe", "", "", "2.548,12")), (62, 34, 34, 36), right=(1, 3)),
        Facts((("Ihre Vorauszahlungen 2025", "2.424,00 EUR"), ("Nachzahlung", "124,12 EUR"),
               ("fällig am", "01.03.2026"))),
        Text("""Bitte überweisen Sie die Nachzahlung unter Angabe Ihrer Mieternummer. Die Belege
        können Sie nach Vereinbarung in unserer Geschäftsstelle einsehen. Einwendungen gegen die
        Abrechnung sind innerhalb von zwölf Monaten nach Zugang mitzuteilen (§ 556 Absatz 3
        BGB). Ihre Vorauszahlungen bleiben unverändert.

        Mit freundlichen Grüßen Ihre Wohnbau Musterstadt eG"""),
    ), Look.MODERN, noted=True),
    Letter("stromabrechnung", (
        Head(("Stadtwerke Musterstadt GmbH", "Wasserturm 7",
            "09999 Musterstadt"), date="12.02.2026",
             references=(("Kundenkonto", "7700 418 222"), ("Zähler-Nr.", "1 MUS 00 4471"))),
        Title("Ihre Stromrechnung"),
        Text("""Guten Tag {name},

        vielen Dank für Ihr Vertrauen. Für die Verbrauchsstelle {street} rechnen wir Ihren
        Stromverbrauch vom 1. Februar 2025 bis zum 31. Januar 2026 ab. Tarif: Musterstrom
        Basis."""),
        Amounts((("Zählerstand", "Ablesung", "kWh"), ("Anfang 01.02.2025", "Kunde", "48.117"),
                 ("Ende 31.01.2026", "Netzbetreiber", "50.238"), ("Verbrauch Haushaltsstrom", "",
                 "2.121")),
                (76, 50, 40)),
        Amounts((("Rechnungsposten", "EUR"), ("Arbeitspreis 2.121 kWh x 28,90 ct", "612,97"),
                 ("Grundpreis 12 Monate x 10,25 EUR", "123,00"),
                 ("Rechnungsbetrag einschl. Stromsteuer", "735,97"),
                 ("abzüglich geleistete Abschläge", "-624,00"), ("Nachzahlung", "111,97")),
                 (126, 40)),
        Text("""Den Betrag buchen wir am 2. März 2026 von Ihrem Konto ab. Ihr neuer monatlicher
        Abschlag beträgt ab März 62,00 Euro. Der Durchschnitt eines vergleichbaren Haushalts mit
        zwei Personen liegt bei 2.000 Kilowattstunden. Hinweise zum Energiesparen, zu Ihrem
        Widerspruchsrecht und zur Schlichtungsstelle Energie finden Sie auf der Rückseite."""),
    ), Look.MODERN, noted=True),
    Letter("mietschulden", (
        Head(_LANDLORD, date="18.02.2026", references=(("Mieter-Nr.", "2207.031.1"),)),
        Title("Fristlose Kündigung Ihrer Wohnung wegen Zahlungsverzugs"),
        Text("""Sehr geehrte/r {name},

        Sie sind mit der Zahlung der Miete für die Wohnung {street} in Verzug. Trotz unserer
        Mahnungen vom 12. Januar und vom 5. Februar 2026 sind die folgenden Mietrückstände
        bisher nicht ausgeglichen:"""),
        Amounts((("Monat", "Soll EUR", "gezahlt EUR", "offen EUR"),
                 ("Dezember 2025", "614,00", "200,00", "414,00"),
                 ("Januar 2026", "614,00", "0,00", "614,00"),
                 ("Februar 2026", "614,00", "0,00", "614,00"),
                 ("Mietschulden gesamt", "", "", "1.642,00")), (58, 36, 36, 36), right=(1, 2, 3)),
        Text("""Wir kündigen das Mietverhältnis deshalb fristlos nach § 543 Absatz 2 Nummer 3
        BGB, hilfsweise ordentlich zum 31. Mai 2026. Wir fordern Sie auf, die Wohnung bis zum 6.
        März 2026 zu räumen und mit allen Schlüsseln herauszugeben. Andernfalls werden wir
        Räumungsklage beim Amtsgericht Musterstadt erheben.

        Die fristlose Kündigung wird unwirksam, wenn der gesamte Rückstand spätestens zwei
        Monate nach Zustellung der Klage gezahlt wird oder eine öffentliche Stelle sich zur
        Zahlung verpflichtet. Bitte wenden Sie sich wegen einer Übernahme der Schulden sofort
        an Ihr Jobcenter.

        Mit freundlichen Grüßen"""), Signature(("Mietenbuchhaltung",)),
    ), noted=True),
)  # fmt: skip
