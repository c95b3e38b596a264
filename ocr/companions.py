"""Types of documents that come together by custom.

Owns the pairs. Both documents of a pair belong to the same carriers, so that nothing is lost if
they stay together.
"""

from domain.ids import TypeCode

# Forms that carry the other one as a page of their own, or that come in one envelope.
_PAIRS = frozenset(
    frozenset(map(TypeCode, pair))
    for pair in (
        ("antrag_but", "but_nachweis"),
        ("anlage_meb", "aerztliches_attest"),
        ("anlage_ek", "einkommensbescheinigung"),
        ("anlage_kdu", "mietbescheinigung"),
        ("antrag_umzug", "mietbescheinigung"),
        ("mietschulden", "mietvertrag"),
        ("betriebskostenabrechnung", "mieterhoehung"),
        ("lebenslauf", "zeugnis"),
        ("lebenslauf", "bewerbungsnachweis"),
        ("bewerbungsnachweis", "zeugnis"),
    )
)


def belong_together(one: TypeCode | None, other: TypeCode | None) -> bool:
    """Tell whether documents of two different types may well be pages of one."""
    return frozenset({one, other}) in _PAIRS
