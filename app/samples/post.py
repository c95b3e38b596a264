"""The sample post itself: which letters come in which wrapping and what becomes of them.

Owns the list and what is expected of each document; who is responsible is looked up in the
policy table of the mail room, so that there is one truth. Refuses to keep anything: each
item is made when it is asked for.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from app.samples import containers, wrappings
from app.samples.layouts import letter_pdf
from app.samples.letters import LETTERS, messages
from app.samples.people import PEOPLE
from app.samples.stack import STACK, stack_pdf
from app.samples.wrappings import Wrapping
from domain.catalogue import Catalogue, parse_catalogue
from domain.ids import TypeCode
from domain.post import Channel, ItemStatus


@dataclass(frozen=True, slots=True)
class Expectation:
    """What should become of one document; no type where the item cannot be read.

    ``carriers`` are authorities of the policy table, in order of the alphabet.
    """

    type: TypeCode | None
    carriers: tuple[str, ...]
    state: ItemStatus


@dataclass(frozen=True, slots=True)
class SampleItem:
    """One file as it reaches the house, with one expectation for each document in it."""

    name: str
    channel: Channel
    content: bytes
    expected: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """An item that is not made yet; ``make`` gets the key of the separator sheets."""

    name: str
    channel: Channel
    codes: tuple[str, ...]
    make: Callable[[bytes], bytes]
    state: ItemStatus | None = None


def sample_post(*, separator_key: bytes) -> Iterator[SampleItem]:
    """Yield the sample post; the same key gives the same bytes."""
    for plan in _PLANS:
        yield SampleItem(
            plan.name, plan.channel, plan.make(separator_key), tuple(_expectations(plan))
        )


def sample_count() -> int:
    """Return how many items there are, without making one."""
    return len(_PLANS)


def _expectations(plan: _Plan) -> Iterator[Expectation]:
    if plan.state is not None:
        yield Expectation(None, (), plan.state)
    for code in plan.codes:
        authorities = tuple(sorted(_catalogue()[TypeCode(code)].authorities))
        state = ItemStatus.FILED if authorities else ItemStatus.CLEARING
        yield Expectation(TypeCode(code), authorities, state)


@cache
def _catalogue() -> Catalogue:
    table = files("intake") / "policy" / "document-types.toml"
    return parse_catalogue(table.read_text(encoding="utf-8"))


def _pdf(code: str, who: int) -> bytes:
    return letter_pdf(LETTERS[code], PEOPLE[who])


def _letter(name: str, code: str, who: int, *, look: Wrapping, by: Channel = Channel.APP) -> _Plan:
    return _Plan(name, by, (code,), lambda _: look(_pdf(code, who), name))


def _export(name: str, code: str, who: int) -> _Plan:
    return _letter(name, code, who, look=wrappings.born_digital)


def _scan(name: str, code: str, who: int, *, look: Wrapping = wrappings.scan) -> _Plan:
    return _letter(name, code, who, look=look, by=Channel.SCAN)


def _failing(
    name: str, channel: Channel, make: Callable[[], bytes], *, quarantined: bool = False
) -> _Plan:
    state = ItemStatus.QUARANTINED if quarantined else ItemStatus.CLEARING
    return _Plan(name, channel, (), lambda _: make(), state)


def _applications_mail(_: bytes) -> bytes:
    return containers.email(
        PEOPLE[3],
        "Unterlagen Februar",
        messages.APPLICATIONS_MAIL,
        attachments=(
            ("Bewerbungen Februar.pdf", _pdf("bewerbungsnachweis", 3)),
            ("Zeugnis Blanke.pdf", wrappings.scan(_pdf("zeugnis", 3), "zeugnis")),
        ),
    )


def _child_mail(_: bytes) -> bytes:
    return containers.email(
        PEOPLE[2],
        "Schreiben zu meinem Kind",
        messages.CHILD_MAIL,
        attachments=(
            ("Bescheid Kita.pdf", _pdf("kinderbetreuung", 2)),
            ("Foto.jpg", wrappings.photo(_pdf("but_nachweis", 2), "but")),
        ),
    )


_APP = (
    _export("Weiterbewilligungsantrag.pdf", "weiterbewilligung", 1),
    _export("lohnabrechnung_01_2026.pdf", "lohnabrechnung", 0),
    _letter("IMG_2041.jpg", "au_bescheinigung", 0, look=wrappings.photo),
    _export("Mietvertrag Wohnbau.pdf", "mietvertrag", 1),
    _letter("IMG_2042.jpg", "personalausweis", 5, look=wrappings.photo),
    _export("Kindergeldbescheid.pdf", "kindergeldbescheid", 0),
    _letter("IMG_2043.HEIC", "schulbescheinigung", 3, look=wrappings.photo_heic),
    _export("Antrag Reisekosten.pdf", "antrag_vermittlungsbudget", 3),
    _letter("Kontoauszug Februar.png", "kontoauszug", 0, look=wrappings.photo_png),
    _export("Abrechnung 2025.pdf", "betriebskostenabrechnung", 5),
    _letter("20260224_101502.jpg", "mieterhoehung", 1, look=wrappings.photo),
    _export("Bescheinigung MKK.pdf", "krankenversicherung", 4),
    _letter("20260224_101733.jpg", "stromabrechnung", 2, look=wrappings.photo),
    _export("Kooperationsplan.pdf", "kooperationsplan", 3),
    _export("Vollmacht für Frau Sandvoß.pdf", "vollmacht", 4),
    _Plan(
        "Nachricht.txt",
        Channel.APP,
        ("nachricht",),
        lambda _: containers.plain_text(messages.QUESTION, PEOPLE[0]),
    ),
    _failing(
        "IMG_2050.jpg",
        Channel.APP,
        lambda: wrappings.failed_photo(_pdf("zeugnis", 2), ""),
    ),
    _failing(
        "Bescheid (abgebrochen).pdf",
        Channel.APP,
        lambda: containers.damaged(_pdf("rentenbescheid", 1)),
    ),
)
_SCAN = (
    _scan("scan-0001.pdf", "hauptantrag", 0, look=wrappings.fine_scan),
    _scan("scan-0002.pdf", "anlage_kdu", 0),
    _scan("scan-0003.pdf", "veraenderungsmitteilung", 2),
    _scan("scan-0004.pdf", "widerspruch", 1),
    _scan("scan-0005.tif", "arbeitsvertrag", 3, look=wrappings.fax),
    _scan("scan-0006.pdf", "mietbescheinigung", 0),
    _scan("scan-0007.pdf", "kuendigung_arbeit", 4),
    _scan("scan-0008.pdf", "meldebescheinigung", 2),
    _Plan("stapel-0009.pdf", Channel.SCAN, tuple(code for code, _ in STACK), stack_pdf),
    _scan("scan-0010.pdf", "sonstiges", 5),
)
_MAIL = (
    _Plan(
        "Unterlagen Februar.eml",
        Channel.MAIL,
        ("nachricht", "bewerbungsnachweis", "zeugnis"),
        _applications_mail,
    ),
    _Plan(
        "Schreiben zu meinem Kind.eml",
        Channel.MAIL,
        ("nachricht", "kinderbetreuung", "but_nachweis"),
        _child_mail,
    ),
    _Plan(
        "Lebenslauf.docx",
        Channel.MAIL,
        ("lebenslauf",),
        lambda _: containers.docx(messages.CURRICULUM_VITAE, PEOPLE[3]),
    ),
    _letter(
        "Antrag Möbel.pdf",
        "antrag_erstausstattung",
        5,
        look=wrappings.born_digital,
        by=Channel.MAIL,
    ),
    _failing(
        "Bescheid mit Passwort.pdf",
        Channel.MAIL,
        lambda: containers.locked(_pdf("kindergeldbescheid", 2)),
    ),
    _failing("Gutschein.com", Channel.MAIL, containers.harmless_test_virus, quarantined=True),
)
_PLANS = (*_APP, *_SCAN, *_MAIL)
