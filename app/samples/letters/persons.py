"""Identity, status and insurance: cards, certificates of schools, funds and registers."""

from app.samples.parts import (
    Card,
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
    Letter("personalausweis", (
        Card("BUNDESREPUBLIK DEUTSCHLAND   PERSONALAUSWEIS",
             (("Name / Surname / Nom", "{LAST}"), ("Vornamen / Given names", "{FIRST}"),
              ("Geburtstag / Date of birth   Staatsangehörigkeit / Nationality",
              "{born}   DEUTSCH"),
              ("Geburtsort / Place of birth", "MUSTERSTADT"),
              ("Gültig bis / Date of expiry", "30.09.2031"),
              ("Ausweisnummer / Card number", "L00X00T471"))),
        Card("PERSONALAUSWEIS / IDENTITY CARD",
             (("Anschrift / Address", "{place}, {street}"), ("Größe / Height", "172 cm"),
              ("Augenfarbe / Colour of eyes", "BRAUN"),
              ("Behörde / Authority", "STADT MUSTERSTADT   Datum / Date 01.10.2021")),
             ("IDD<<L00X00T4713", "0000000<3109300D<<2108<<<<<<<0", "{LAST}<<{FIRST}")),
    )),
    Letter("meldebescheinigung", (
        Head(("Stadt Musterstadt – Bürgeramt", "Meldewesen", "Rathausplatz 1", "09999 Musterstadt"),
             date="17.02.2026"),
        Title("Meldebescheinigung"),
        Text("""Einfache Meldebescheinigung nach § 18 Absatz 1 Bundesmeldegesetz (BMG). Aus dem
        Melderegister der Stadt Musterstadt wird zu der nachfolgenden Person Folgendes
        bescheinigt:"""),
        Facts((("Familienname", "{last}"), ("Vorname", "{first}"), ("Geburtsdatum", "{born}"),
               ("Geburtsort", "Musterstadt"), ("Familienstand", "ledig"),
               ("Staatsangehörigkeit", "deutsch"), ("Anschrift", "{street}, {place}"),
               ("Art der Wohnung", "alleinige Wohnung"), ("Tag des Einzugs", "01.05.2021"))),
        Text("""In der Wohnung sind außerdem gemeldet: {child}, geboren am {child_born}.

        Die Bescheinigung wird auf Antrag der betroffenen Person zur Vorlage beim Jobcenter
        ausgestellt. Die Gebühr von 8,00 Euro wurde entrichtet. Die Angaben beruhen auf dem
        Stand des Melderegisters am Tag der Ausstellung. Die Daten wurden nicht darauf
        geprüft, ob die Person tatsächlich unter der angegebenen Anschrift wohnt. Diese
        Bescheinigung ersetzt keinen Ausweis und gilt nicht als Nachweis der
        Staatsangehörigkeit.

        Im Auftrag"""), Signature(("Dienstsiegel, Unterschrift",)),
    )),
    Letter("schulbescheinigung", (
        Head(("Gesamtschule Musterstadt-Süd", "Schulring 20", "09997 Musterstadt-Süd"),
             to=("Zur Vorlage bei Behörden",), date="11.02.2026"),
        Title("Schulbescheinigung"),
        Text("Hiermit wird bescheinigt, dass die Schülerin / der Schüler"),
        Facts((("Name", "{child}"), ("geboren am", "{child_born}"), ("wohnhaft",
            "{street}, {place}"),
               ("Klasse", "5c"), ("Schuljahr", "2025/2026"))),
        Text("""unsere Schule seit dem 1. August 2025 besucht. Der Schulbesuch wird
        voraussichtlich am 31. Juli 2031 mit dem Ende der Sekundarstufe I abgeschlossen sein.
        Der Unterricht findet in Vollzeit statt; die Schule wird als gebundene Ganztagsschule
        geführt. Eine Ausbildungsvergütung oder ein anderes Entgelt wird nicht gezahlt.

        Sorgeberechtigt ist nach unseren Unterlagen {name}. Diese Bescheinigung wird auf
        Wunsch der Eltern zur Vorlage beim Jobcenter und bei der Familienkasse ausgestellt.
        Änderungen, besonders das Verlassen der Schule, teilen die Sorgeberechtigten der
        Behörde selbst mit.

        Mit freundlichen Grüßen"""), Signature(("Schulleitung / Sekretariat",
              "Stempel der Schule")),
    ), Look.CLASSIC, noted=True),
    Letter("krankenversicherung", (
        Head(("MKK – Krankenkasse Musterland", "Gesundheitspark 3", "09990 Musterhausen"),
             date="06.02.2026", references=(("Versicherten-Nr.", "X000000000"),)),
        Title("Mitgliedsbescheinigung"),
        Text("""Guten Tag {name},

        wie gewünscht erhalten Sie eine Bescheinigung über Ihre Mitgliedschaft bei der MKK.
        Bitte legen Sie sie Ihrem Jobcenter oder Ihrem Arbeitgeber vor."""),
        Facts((("Name", "{name}"), ("Geburtsdatum", "{born}"), ("Mitglied seit", "01.04.2019"),
               ("Art der Versicherung", "gesetzliche Kranken- und Pflegeversicherung"),
               ("Betriebsnummer", "00000000"), ("Familienversichert", "{child}"))),
        Text("""Die Mitgliedschaft besteht fort, solange eine Versicherungspflicht vorliegt.
        Bezieherinnen und Bezieher von Bürgergeld sind nach § 5 Absatz 1 Nummer 2a SGB V
        pflichtversichert. Die Beiträge zahlt in diesem Fall das Jobcenter direkt an den
        Gesundheitsfonds. Der kassenindividuelle Zusatzbeitrag beträgt zurzeit 2,5 Prozent.

        Der Beitragszuschlag zur Pflegeversicherung für Kinderlose entfällt, weil uns die
        Geburtsurkunde Ihres Kindes vorliegt. Bitte teilen Sie uns Änderungen Ihres Namens,
        Ihrer Anschrift oder Ihres Beschäftigungsverhältnisses mit.

        Freundliche Grüße Ihre MKK – Diese Bescheinigung wurde maschinell erstellt und ist
        ohne Unterschrift gültig."""),
    ), Look.MODERN, noted=True),
    Letter("au_bescheinigung", (
        Form((("Krankenkasse bzw. Kostenträger", "MKK Musterland"),
              ("Muster 1", "Ausfertigung für Versicherte"),
              ("Name, Vorname des Versicherten", "{last}, {first}"), ("geb. am", "{born}"),
              ("Anschrift", "{street}, {place}"), ("Kostenträgerkennung", "000000000"),
              ("Versicherten-Nr.", "X000000000"), ("Status", "1000000"),
              ("Betriebsstätten-Nr. / Arzt-Nr.", "000000000 / 000000000"), ("Datum",
              "23.02.2026"))),
        Title("Arbeitsunfähigkeitsbescheinigung"),
        Form((("[X] Erstbescheinigung", ""), ("[ ] Folgebescheinigung", ""),
              ("[ ] Arbeitsunfall, Arbeitsunfallfolgen, Berufskrankheit", ""),
              ("[ ] dem Durchgangsarzt zugewiesen", ""),
              ("arbeitsunfähig seit", "23.02.2026"),
              ("voraussichtlich arbeitsunfähig bis einschließlich oder letzter Tag", "27.02.2026"),
              ("festgestellt am", "23.02.2026"), ("AU-begründende Diagnose(n) (ICD-10)",
              "J06.9 G"))),
        Text("""Bescheinigung zur Vorlage beim Arbeitgeber oder beim Jobcenter. Der angegebene
        Zeitraum wurde aufgrund ärztlicher Untersuchung festgestellt. Die Krankenkasse erhält
        eine Bescheinigung mit Angaben zum Befund auf elektronischem Weg. Für
        Leistungsberechtigte nach dem SGB II: Die Arbeitsunfähigkeit und ihre voraussichtliche
        Dauer sind dem Jobcenter unverzüglich anzuzeigen (§ 56 SGB II)."""),
        Facts((("Vertragsarzt", "Praxis Dr. med. Irmgard Wulffen"),
               ("", "Fachärztin für Allgemeinmedizin"), ("", "Marktplatz 11, 09999 Musterstadt"))),
        Signature(("Vertragsarztstempel / Unterschrift des Arztes",)),
    ), noted=True),
    Letter("aerztliches_attest", (
        Head(("Praxis Dr. med. Falk Oestermann", "Facharzt für Orthopädie", "Ringstraße 6",
              "09999 Musterstadt"), to=("Zur Vorlage beim Jobcenter",), date="12.02.2026"),
        Title("Ärztliches Attest"),
        Text("""Patient/in: {name}, geboren am {born}, wohnhaft {street}, {place}

        Die oben genannte Person befindet sich seit März 2024 in meiner fachärztlichen
        Behandlung. Es besteht ein chronisches Schmerzsyndrom der Lendenwirbelsäule bei
        nachgewiesenem Bandscheibenvorfall. Die Beschwerden haben trotz Physiotherapie und
        medikamentöser Behandlung nur wenig nachgelassen.

        Aus orthopädischer Sicht besteht zurzeit folgendes Leistungsvermögen: Leichte
        Tätigkeiten in wechselnder Körperhaltung können bis zu vier Stunden täglich ausgeübt
        werden. Zu vermeiden sind das Heben und Tragen von Lasten über zehn Kilogramm,
        Arbeiten über Kopf, häufiges Bücken sowie Arbeiten in Kälte und Nässe. Die bisherige
        Tätigkeit im Lager kann voraussichtlich nicht mehr ausgeübt werden.

        Eine stationäre Rehabilitation wurde beantragt. Mit einer Besserung ist frühestens in
        sechs Monaten zu rechnen. Das Attest wird auf Wunsch der Patientin / des Patienten
        ausgestellt.

        Diagnosen: M51.2 G, M54.5 G"""), Signature(("Dr. med. Falk Oestermann, Praxisstempel",)),
    ), Look.CLASSIC, noted=True),
)  # fmt: skip
