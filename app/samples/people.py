"""The fictitious people of the sample post and the numbers they go by.

Owns names, addresses and identifiers. Refuses numbers that could be somebody's: bank codes
that begin with 9 are not in use, and neither are offices numbered 999.
"""

from dataclasses import dataclass

_BANK = "99912345"
_IBAN_MODULUS = 97
_CHECK_BASE = 98


def fictitious_iban(account: int) -> str:
    """Return a German IBAN of the fictitious bank with its right check number (ISO 13616)."""
    basic = f"{_BANK}{account:010d}"
    rest = int(f"{basic}131400") % _IBAN_MODULUS
    return f"DE{_CHECK_BASE - rest:02d}{basic}"


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person with a child, an address and a case; dates as German text."""

    first: str
    last: str
    born: str
    street: str
    place: str
    child: str
    child_born: str
    number: int

    @property
    def bg_nummer(self) -> str:
        """The number of the Bedarfsgemeinschaft, ``NNNNN//NNNNNNN``."""
        return f"99904//{self.number:07d}"

    @property
    def kundennummer(self) -> str:
        """The number at the agency, ``NNNANNNNNN``."""
        return f"999D{self.number:06d}"

    @property
    def iban(self) -> str:
        """The IBAN in blocks of four, as banks print it."""
        plain = fictitious_iban(4_400_000_000 + self.number)
        return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))

    def words(self) -> dict[str, str]:
        """Return what the templates of the letters may name."""
        return {
            "first": self.first,
            "last": self.last,
            "name": f"{self.first} {self.last}",
            "born": self.born,
            "street": self.street,
            "place": self.place,
            "child": f"{self.child} {self.last}",
            "child_born": self.child_born,
            "bg": self.bg_nummer,
            "kd": self.kundennummer,
            "iban": self.iban,
            "LAST": self.last.upper(),
            "FIRST": self.first.upper(),
        }


PEOPLE = (
    Person("Svenja", "Mühlbrandt", "14.03.1989", "Lindenstraße 27", "09999 Musterstadt",
           "Jonte", "02.09.2016", 104_311),
    Person("Tarek", "Alsoufi", "27.11.1984", "Am Alten Güterbahnhof 4", "09999 Musterstadt",
           "Lamia", "19.05.2014", 104_628),
    Person("Oksana", "Wertschenko", "08.06.1992", "Hafenweg 112", "09997 Musterstadt-Süd",
           "Danylo", "30.01.2019", 105_077),
    Person("Bernd", "Krützfeldt", "22.01.1971", "Grüner Winkel 9", "09998 Musterstadt",
           "Merle", "11.12.2010", 105_390),
    Person("Elif", "Gündoran", "03.10.1995", "Schulstraße 51a", "09999 Musterstadt",
           "Deniz", "24.07.2020", 106_204),
    Person("Jörg", "Hätterich", "17.08.1978", "Postgasse 3", "09996 Oberfelde",
           "Nele", "06.04.2012", 106_815),
)  # fmt: skip
"""The households whose post this is."""
