"""What people type rather than print: messages, e-mail bodies, a curriculum vitae."""

QUESTION = """
Guten Tag,

ich wollte nur kurz nachfragen, ob Sie meine Unterlagen von letzter Woche bekommen haben. Am
Telefon bin ich leider nie durchgekommen. Wenn noch etwas fehlt, schreiben Sie mir bitte hier in
der App oder rufen Sie mich vormittags an, nachmittags hole ich mein Kind von der Schule ab.

Außerdem habe ich eine Frage zu dem Termin am 12. März: Kann ich ihn auf den Nachmittag
verschieben? Ich habe an dem Tag schon etwas anderes vor, das ich nicht absagen kann.

Vielen Dank und viele Grüße
{name}
BG-Nummer {bg}
"""

APPLICATIONS_MAIL = """
Sehr geehrte Frau Dornseif,

anbei schicke ich Ihnen wie besprochen zwei Unterlagen für Februar. Könnten Sie mir bitte kurz
bestätigen, dass alles angekommen ist? Ich bin mir nicht sicher, ob die Anlagen gut lesbar sind.

Falls Sie noch etwas brauchen, melden Sie sich gern jederzeit.

Mit freundlichen Grüßen
{name}
Kundennummer {kd}
"""

CHILD_MAIL = """
Hallo,

im Anhang finden Sie zwei Schreiben zu meinem Kind. Ich weiß nicht genau, welche Stelle bei Ihnen
dafür zuständig ist, bitte leiten Sie die Sachen intern weiter. Die Originale kann ich bei Bedarf
auch vorbeibringen.

Danke im Voraus und freundliche Grüße
{name}
{street}, {place}
"""

CURRICULUM_VITAE = """
# Lebenslauf
# Persönliche Daten
Name: | {name}
Anschrift: | {street}, {place}
Geboren am: | {born} in Musterstadt
Telefon: | 0999 555 01 63
E-Mail: | bewerbung@example.org
# Beruflicher Werdegang
03/2019 – 01/2026 | Vorarbeiter Gebäudereinigung, Reinigungsdienst Blanke GmbH, Musterstadt
08/2012 – 02/2019 | Lagerhelfer, Großhandel Petersmann, Oberfelde
09/2008 – 07/2012 | Produktionshelfer, Konservenfabrik Lüttjohann, Musterhausen
02/2005 – 08/2008 | Verkäufer im Getränkemarkt, Musterstadt
# Ausbildung
08/2001 – 01/2005 | Ausbildung zum Fachlageristen, Spedition Ahlers, Oberfelde
08/1995 – 06/2001 | Realschule Musterstadt, Abschluss: Mittlere Reife
# Weiterbildung
11/2025 – 02/2026 | Maßnahme Neustart Logistik, Bildungswerk Musterland
05/2017 | Erste-Hilfe-Lehrgang, Betrieblicher Ersthelfer
# Kenntnisse und Fähigkeiten
Sprachen: | Deutsch (Muttersprache), Englisch (Grundkenntnisse)
EDV: | Textverarbeitung, Tabellenkalkulation, Lagerverwaltung
Führerschein: | Klassen B und BE
Hobbys: | Handball, Modellbau, Garten
Musterstadt, 1. März 2026
{name}
"""
