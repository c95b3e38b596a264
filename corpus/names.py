"""The pools that names are drawn from, one for each split, with nothing in common.

Owns words alone. Refuses real institutions: banks, funds, firms and towns are invented.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pool:
    """Names of one split; ``women`` and ``men`` are first names."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    last: tuple[str, ...]
    towns: tuple[str, ...]
    streets: tuple[str, ...]
    trades: tuple[str, ...]
    banks: tuple[str, ...]
    funds: tuple[str, ...]
    schools: tuple[str, ...]
    nurseries: tuple[str, ...]
    clubs: tuple[str, ...]
    offices: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in text.split(",") if word.strip())


TRAIN = Pool(
    women=_words(
        """Anna, Sabine, Petra, Monika, Claudia, Katrin, Svenja, Julia, Lena, Marie-Luise, Ursula,
        Gisela, Heike, Jana, Nadine, Franziska, Elif, Ayşe, Fatma, Zeynep, Emine, Leyla, Amira,
        Rania, Samira, Nour, Hanan, Oksana, Iryna, Natalija, Svitlana, Olena, Agnieszka,
        Małgorzata, Katarzyna, Ewa, Chiara, Maria, Ioana, Elena, Mihaela, Dragana, Jasmina,
        Blessing, Fatou, Mai Linh, Anna-Lena, Birgit, Ingrid, Jutta, Nicole, Stefanie, Yvonne,
        Jacqueline, Mandy, Annegret, Käthe, Rosemarie, Tanja, Ulrike"""
    ),
    men=_words(
        """Peter, Michael, Thomas, Andreas, Jörg, Jürgen, Uwe, Bernd, Torsten, Kevin, Justin,
        Maximilian, Jan-Philipp, Karl-Heinz, Hans-Joachim, Günter, Sören, Björn, Dennis, Marcel,
        Mehmet, Mustafa, Hüseyin, Emre, Okan, Tarek, Omar, Youssef, Khaled, Ahmad, Bilal, Dmytro,
        Oleksandr, Serhij, Andrij, Krzysztof, Paweł, Tomasz, Marek, Giuseppe, Ionuț, Florin,
        Goran, Zoran, Emeka, Moussa, Quang Minh, Ralf, Holger, Detlef, Frank, Matthias, Stefan,
        Tobias, Sebastian, Rüdiger, Wolfgang, Eckhard"""
    ),
    last=_words(
        """Mühlbrandt, Alsoufi, Wertschenko, Krützfeldt, Gündoran, Hätterich, Schmidt, Lehmann,
        Vogelsang, Brückner, Weißhaupt, Kröger, Petersen, Lindemann, Oberndorfer, Schäfer, Jäger,
        Großmann, Dürrschmidt, Zöllner, Yılmaz, Kaya, Doğan, Çelik, Şahin, Aydoğdu, Al-Masri,
        El Khatib, Haddad, Ben Youssef, Nasser, Kowalenko, Schewtschuk, Bondarenko, Tkatschuk,
        Kowalczyk, Nowacki, Wiśniewska, Zieliński, Lewandowski, von der Heide, von Altrock,
        vom Brocke, zu Rhena, Popescu, Ionescu, Marković, Petrović, Okonkwo, Diallo, Nguyen,
        Tran, Rossi, Ferrara, Fuchs, Roth, Seidel, Winkler, Böhm, Kühn, Franke, Arndt, Beck,
        Engel, Horn, Voß, Sauer, Pohl, Thiele, Hein, Otto, Busch, Ernst, Kurz, Lang, Groß"""
    ),
    towns=_words(
        """Musterstadt, Lindenhagen, Oberwalde, Brückstedt, Neuenrade-Süd, Tannbergen,
        Wiesenthal am See, Hohenfurt, Alt-Kirchen, Steinbrück, Moorhausen, Grünfelde, Salzwedde,
        Eichenrode, Königsfurt, Marienbach, Schönwiesen, Bad Elmsen, Kaltenbrunn, Rotenfurth"""
    ),
    streets=_words(
        """Lindenstraße, Am Alten Güterbahnhof, Hafenweg, Grüner Winkel, Schulstraße, Postgasse,
        Bahnhofstraße, Gartenweg, Goethestraße, Mühlenweg, Kirchplatz, Ringstraße, Ahornallee,
        Am Sportplatz, Bergstraße, Birkenweg, Feldstraße, Dorfstraße, Uferpromenade, Rosenweg,
        Karl-Lorenz-Straße, Hauptstr., Industriestr., Poststr., Friedrichstraße"""
    ),
    trades=_words(
        """Gebäudereinigung GmbH, Logistik GmbH & Co. KG, Zeitarbeit GmbH, Bäckerei, Gastro UG,
        Pflegedienst GmbH, Bau GmbH, Elektrotechnik e.K., Textilhandel OHG, Lagerservice AG,
        Garten- und Landschaftsbau, Kurierdienst GmbH, Energie GmbH, Hausverwaltung"""
    ),
    banks=_words(
        """Kreissparkasse Lindenhagen, Volksbank Oberwalde eG, Musterbank AG, Stadtsparkasse
        Hohenfurt, Nordlicht Direktbank, Bürgerbank eG, Genobank Brückstedt"""
    ),
    funds=_words(
        """AOK Musterland, BKK Lindental, Betriebskrankenkasse Nordwerk, IKK Mitte-West, Die
        Gesundkasse, Ersatzkasse Vitalis, Knappschaft Steinbrück"""
    ),
    schools=_words(
        """Grundschule am Lindenplatz, Gesamtschule Oberwalde, Realschule Hohenfurt, Gymnasium
        Marienbach, Berufskolleg Nord, Förderschule am Mühlteich, Hauptschule Ringstraße"""
    ),
    nurseries=_words(
        """Kita Sonnenblume, Kindertagesstätte Regenbogen, Waldkindergarten Moosbande, Kita
        Pusteblume, Ev. Kindergarten Arche, Städtische Kita Hafenweg"""
    ),
    clubs=_words(
        """TSV Lindenhagen 1908 e. V., SV Grün-Weiß Oberwalde, Musikschule Hohenfurt, Judoclub
        Brückstedt e. V., Schwimmverein Marienbach, Tanzstudio Drehmoment"""
    ),
    offices=_words(
        """Amt für Soziales und Wohnen, Bürgeramt, Jugendamt, Sozialamt, Familienkasse Mitte,
        Standesamt, Finanzamt Lindenhagen, Ausländerbehörde, Amt für Versorgung und Integration"""
    ),
)
"""What models learn from."""

CHECK = Pool(
    women=_words(
        """Silke, Kerstin, Martina, Angelika, Britta, Wiebke, Friederike, Hannelore, Anneliese,
        Melanie, Vanessa, Chantal, Eva-Maria, Hatice, Sevgi, Büşra, Derya, Yasmin, Rasha, Dina,
        Kateryna, Ljudmyla, Halyna, Beata, Joanna, Grażyna, Alina, Daniela, Snežana, Abena,
        Thi Hoa, Bettina, Gudrun, Saskia, Änne"""
    ),
    men=_words(
        """Volker, Manfred, Dieter, Christian, Daniel, Lukas, Jannik, Ernst-August, Götz, Jürn,
        Rainer, Burak, Cem, Yusuf, Serdar, Ibrahim, Hassan, Faisal, Adnan, Wolodymyr, Mykola,
        Bohdan, Piotr, Łukasz, Jacek, Salvatore, Radu, Nenad, Kwame, Van Duc, Gerhard, Olaf,
        Norbert, Hendrik, Klaus-Dieter"""
    ),
    last=_words(
        """Reimers, Stöckel, Hagedorn, Bültmann, Achterberg, Rüßmann, Quast, Wüstefeld, Dräger,
        Ebeling, Mönkemeyer, Pfaff, Tietjen, Özdemir, Koç, Arslan, Güneş, Al-Hamadi, El Sayed,
        Barakat, Mansour, Hryhorenko, Melnyk, Lysenko, Kamiński, Jabłoński, Mazurek, von Trotha,
        von dem Bussche, zur Linden, Dumitrescu, Jovanović, Mensah, Pham, Esposito, Kirsch,
        Ludwig, Haase, Nickel, Völker, Brandt, Krause, Ulrich, Zander"""
    ),
    towns=_words(
        """Neustadt an der Elme, Birkenau-Ost, Waldhausen, Ströbeck am Moor, Altenfurth,
        Rabenstein, Seehagen, Kleinmühlen, Holtrup, Bad Wiesenau"""
    ),
    streets=_words(
        """Kastanienallee, Am Wasserturm, Brunnenstraße, Fichtenweg, Marktstraße, Zum Kornfeld,
        Bismarckstraße, Nordring, Alte Gasse, Heidestr., Lessingstr., Hinter den Höfen"""
    ),
    trades=_words(
        """Facility Services GmbH, Spedition KG, Personaldienste GmbH, Metzgerei, Hotelbetriebe
        mbH, Metallbau GmbH, Großhandel e.K., Sicherheitsdienst GmbH, Stadtwerke AG, Dachdeckerei"""
    ),
    banks=_words(
        """Sparkasse Waldhausen, Raiffeisenbank Seehagen eG, Kontor-Bank AG, Heimatbank eG,
        Onlinebank Zwo"""
    ),
    funds=_words(
        """AOK Beispielhausen, BKK Werftkreis, IKK Süderland, Meine Ersatzkasse, Krankenkasse der
        Gewerke"""
    ),
    schools=_words(
        """Grundschule Fichtenweg, Oberschule Waldhausen, Albert-Beispiel-Gymnasium, Berufsschule
        Seehagen, Stadtteilschule am Nordring"""
    ),
    nurseries=_words(
        """Kita Löwenzahn, Kinderladen Kunterbunt e. V., Kath. Kindergarten St. Beispiel, Krippe
        Sternschnuppe"""
    ),
    clubs=_words(
        """FC Waldhausen 1921 e. V., Turngemeinde Seehagen, Kinderchor Altenfurth, Reitverein
        Holtrup e. V."""
    ),
    offices=_words(
        """Fachdienst Soziales, Einwohnermeldeamt, Amt für Familie und Jugend, Wohngeldstelle,
        Finanzamt Waldhausen, Versorgungsamt, Fachbereich Zuwanderung"""
    ),
)
"""What models are checked with."""

POOLS = {"train": TRAIN, "check": CHECK}
"""The pool of each split."""
