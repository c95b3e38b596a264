"""Forenames that are frequent among people in Germany.

Owns a hint, not a rule: whoever is not named here has a name all the same. It refuses to be
complete.
"""

_FREQUENT = """
    Achim Adam Adrian Ahmed Ahmet Aisha Alex Alexander Alexandra Alfred Ali Alina Amelie Amina
    Amir Ana Anastasia Andre Andrea Andreas Andrzej Angela Angelika Anita Anja Anke Anna Anne
    Annette Antje Anton Antonio Arne Arthur Aylin Ayse Barbara Beate Ben Benjamin Bernd
    Bernhard Bianca Birgit Björn Brigitte Britta Bruno Burak Can Carina Carla Carlos Carmen
    Carsten Celina Chantal Charlotte Christa Christel Christian Christiane Christina Christine
    Christoph Christopher Clara Claudia Claus Clemens Constantin Cornelia Dagmar Daniel
    Daniela David Denise Dennis Detlef Diana Dieter Dietmar Dirk Dominik Doris Eberhard Edith
    Elena Elias Elif Elisabeth Elke Elsa Emil Emilia Emine Emma Emre Eric Erich Erik Erika
    Ernst Esra Esther Eva Ewa Fabian Fatima Fatma Felix Finn Florian Frank Franz Franziska
    Frieda Friedrich Fritz Gabriele Georg Gerd Gerda Gerhard Gertrud Gisela Gudrun Günter
    Günther Guido Hannah Hannes Hans Harald Hartmut Hasan Hassan Heike Heiko Heinrich Heinz
    Helene Helga Helmut Hendrik Henrik Henry Herbert Hermann Holger Horst Hubert Hussein
    Hüseyin Ibrahim Ida Igor Ilona Ilse Ina Ines Inge Ingeborg Ingo Ingrid Irene Irina Iris
    Isabel Isabell Ivan Jacqueline Jakob Jan Jana Janina Janine Jannik Jasmin Jens Jessica
    Joachim Jochen Johann Johanna Johannes John Jonas Jonathan Jörg Jörn Josef Joseph
    Josephine Juan Judith Julia Julian Juliane Jürgen Justin Jutta Kai Karin Karl Karla
    Karlheinz Karoline Karsten Katarina Katharina Kathrin Katja Katrin Kemal Kerstin Kevin
    Khaled Kim Kirsten Klara Klaus Konrad Kristin Kristina Kurt Lars Laura Lea Lena Leon
    Leonie Leyla Lina Linda Lisa Lothar Louis Luca Lucas Ludwig Luis Luisa Lukas Luke Lutz
    Magdalena Maik Maja Malte Mandy Manfred Manuel Manuela Marcel Marco Marcus Mareike
    Margarete Margit Maria Mariam Marianne Marie Marina Mario Marion Marius Markus Marlene
    Marta Martha Martin Martina Marvin Mary Mathias Matthias Max Maximilian Maya Mehmet
    Melanie Meryem Mia Michael Michaela Michelle Mike Milan Mira Miriam Mohamed Mohammad
    Mohammed Monika Moritz Muhammad Murat Mustafa Nadine Nadja Natalia Natalie Natascha Nele
    Nico Nicolas Nicole Niklas Nils Nina Noah Norbert Olaf Oleg Olga Oliver Omar Oskar Osman
    Otto Patricia Patrick Patrizia Paul Paula Pauline Peter Petra Philip Philipp Pia Rainer
    Ralf Ramona Raphael Rebecca Regina Reiner Reinhard Renate Rene René Ricarda Richard Rita
    Robert Robin Roland Rolf Roman Ronny Rosa Rosemarie Rudolf Ruth Sabine Sabrina Said Salim
    Sandra Sara Sarah Saskia Sascha Sebastian Selina Sergej Sibylle Siegfried Sigrid Silke
    Silvia Simon Simone Sina Sofia Sofie Sonja Sophia Sophie Stefan Stefanie Steffen Stephan
    Stephanie Susanne Sven Svenja Svetlana Sylvia Tamara Tanja Tatjana Theo Theresa Thomas
    Thorsten Till Tim Timo Tina Tobias Tom Torben Torsten Udo Ulf Ulrich Ulrike Ursula Ute Uta
    Uwe Valentin Vanessa Vera Verena Veronika Viktor Viktoria Vincent Volker Walter Waltraud
    Werner Wilhelm Wolfgang Yannick Yasmin Yusuf Yvonne Zeynep
"""
_KNOWN = frozenset(_FREQUENT.lower().split())


def is_forename(word: str) -> bool:
    """Tell whether a word, or the first part of a hyphenated one, is a frequent forename."""
    return word.partition("-")[0].lower() in _KNOWN
