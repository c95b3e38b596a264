"""Of whom a part of a text speaks: of the person concerned, or of somebody beside them.

Owns the words that tell relatives and further persons of a household from the person.
"""

from ocr.evidence import Lines, wording

OTHER = wording(
    r"\b(?:Kind(?:e?s)?|Sohn(?:es)?|Tochter|(?:weitere|andere)[nr]? Person|(?:Ehe"
    r"|Lebens)?partner(?:in|s)?"
    r"|Ehe(?:gatte|mann|frau)(?:n|e?s)?|Mutter|Vater|Bruder|Schwester)\b"
)
"""Somebody who lives with the person."""
_SECTION = wording(
    r"(?P<other>(?:Angaben|Daten|Erklärung|Fragen) (?:zu[mr]?|des|der"
    r"|über) (?:\w+ ){0,2}(?:Kind|weiteren? Person|anderen? Person"
    r"|(?:Ehe|Lebens)?partner|Ehegatt|Person ab 15)|^\W*\w{0,4}\W*(?:Kind|Weitere Person"
    r"|(?:Ehe|Lebens)?partner(?:in)?)(?: \w{1,3})?\W*$"
    r"|Wie heißt die Person|Name des Kindes|Bevollmächtigte|Vollmachtnehmer)"
    r"|(?P<own>antragstellende|Antragsteller|eigenen Daten|Ihre Daten|Persönliche"
    r"|Angaben zur Person|Vollmachtgeber)"
)
_REACH = 7


def speaks_of_another(lines: Lines, number: int) -> bool:
    """Tell whether the nearest heading above a line announces somebody else."""
    for above in range(number - 1, max(-1, number - 1 - _REACH), -1):
        found = _SECTION.search(lines.line(above))
        if found:
            return found.lastgroup == "other"
    return False
