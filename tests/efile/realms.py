"""Two carriers with real keys, SQLite files and folder stores, and letters to them."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from app.policy import load_catalogue
from app.settings import Settings
from domain.carriers import Carrier
from domain.codec import order_to_bytes
from domain.errors import PageUnavailableError
from domain.ids import CarrierId, DocumentId, LetterId, Sha256, SubmissionId, TypeCode, realm_of
from domain.letters import ORDER_PART, FilingOrder, Part, Rendition
from domain.ports import SeparatorCheck
from domain.post import Channel
from domain.reading import Fields, Outcome, Reading
from efile.delivery import Delivery
from efile.library import Library
from efile.realm import CarrierRealm, Step
from efile.search import Search
from efile.tables import CARRIER_TABLES
from efile.work import carrier_work
from storage.audit import AUDIT, AuditEntry, AuditLog
from storage.database import RealmDatabase
from storage.jobs import Job, JobQueue
from storage.keyring import RealmKeys, RealmSecret
from storage.letterbox import LetterSlot, LetterTray, part_id
from storage.objects import FolderDropBox, FolderObjectStore
from storage.system import SystemRandomness
from storage.vault import Vault

RANDOMNESS = SystemRandomness()
CATALOGUE = load_catalogue(Settings())
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
BG = "12345//0000017"
KUNDENNUMMER = "123A456789"
ATTEMPT = "attempt-1"
PNG = b"\x89PNG\r\n\x1a\n a fictitious page"


class ManualClock:
    """A clock that moves a millisecond with each look, and further when told."""

    def __init__(self) -> None:
        self._now = NOON

    def now(self) -> dt.datetime:
        self._now += dt.timedelta(milliseconds=1)
        return self._now

    def advance(self, **pause: float) -> None:
        self._now += dt.timedelta(**pause)


class HeardAnnouncer:
    """Remembers what the mail room was told."""

    def __init__(self) -> None:
        self.filed: list[LetterId] = []

    def letter_dropped(self, carrier: CarrierId, letter: LetterId, *, attempt: str) -> None:
        raise AssertionError((carrier, letter, attempt))

    def letter_filed(self, letter: LetterId) -> None:
        self.filed.append(letter)


class PageReader:
    """Shows pages and reads nothing: a carrier's realm never reads again."""

    def read(self, content: bytes, *, name: str, separators: SeparatorCheck) -> Reading:
        del content, name, separators
        return Reading(Outcome.UNREADABLE, "application/octet-stream")

    def render(self, content: bytes, *, page: int, width: int) -> bytes:
        if not content or page < 1 or width < 1:
            raise PageUnavailableError
        return PNG


@dataclass(frozen=True)
class Bureau:
    """One carrier's realm with its mail slot and what it told the mail room."""

    root: Path
    realm: CarrierRealm
    slot: LetterSlot
    announcer: HeardAnnouncer
    clock: ManualClock
    library: Library
    search: Search
    delivery: Delivery

    @property
    def objects(self) -> Path:
        return self.root / "objects"

    def rows(self, table: str) -> int:
        with self.realm.database.reading() as connection:
            query = select(func.count()).select_from(CARRIER_TABLES.tables[table])
            return connection.execute(query).scalar_one()

    def audited(self, action: str) -> list[AuditEntry]:
        """Return the entries of one action; proves the chain on the way."""
        log = self.realm.audit
        with self.realm.database.reading() as connection:
            log.verify(connection)
            subjects = connection.execute(select(AUDIT.c.subject).distinct()).scalars().all()
            found = [one for name in subjects for one in log.entries(connection, subject=name)]
        return sorted((one for one in found if one.action == action), key=lambda one: one.seq)


@contextmanager
def bureau(root: Path, name: str, *, secret: RealmSecret | None = None) -> Iterator[Bureau]:
    """Open the realm of one carrier in a folder of its own."""
    carrier = Carrier(CarrierId(name), f"Träger {name}")
    realm_id = realm_of(carrier.id)
    home = root / name
    keys = RealmKeys(realm_id, secret or RealmSecret.generate(RANDOMNESS))
    clock, announcer = ManualClock(), HeardAnnouncer()
    database = RealmDatabase(home / "realm.db", CARRIER_TABLES)
    realm = CarrierRealm(
        carrier=carrier,
        house="Jobcenter Musterstadt",
        catalogue=CATALOGUE,
        keys=keys,
        database=database,
        jobs=JobQueue(database, clock=clock, randomness=RANDOMNESS),
        audit=AuditLog(keys, clock=clock, randomness=RANDOMNESS),
        vault=Vault(realm_id, FolderObjectStore(home / "objects"), randomness=RANDOMNESS),
        tray=LetterTray(realm_id, FolderObjectStore(home / "slot"), private=keys.private),
        reader=PageReader(),
        announcer=announcer,
        clock=clock,
        randomness=RANDOMNESS,
    )
    slot = LetterSlot(
        realm_id, FolderDropBox(home / "slot"), public=keys.public, randomness=RANDOMNESS
    )
    library = Library(realm)
    search, delivery = Search(realm, library), Delivery(realm, library)
    try:
        yield Bureau(home, realm, slot, announcer, clock, library, search, delivery)
    finally:
        database.close()


@dataclass(frozen=True)
class Letter:
    """What the mail room would seal: contents and what was decided about them."""

    text: str = "Mietvertrag über Wohnraum"
    type: str = "mietvertrag"
    original: bytes = b"%PDF-1.7 a fictitious original"
    pdfa: bytes | None = b"%PDF-1.7 a fictitious archive copy"
    media_type: str = "application/pdf"
    name: str = "vertrag.pdf"
    reference: str | None = None
    confirmed: bool = True
    fields: Fields = field(default_factory=Fields)
    submission: str = ""
    carrier: str = ""
    page_count: int = 1

    def contents(self) -> dict[Rendition, tuple[str, bytes]]:
        pdfa = {} if self.pdfa is None else {Rendition.PDFA: ("application/pdf", self.pdfa)}
        original = {Rendition.ORIGINAL: (self.media_type, self.original)}
        return {**original, **pdfa, Rendition.TEXT: ("text/plain", self.text.encode())}


def drop(
    to: Bureau, letter: Letter, *, attempt: str = ATTEMPT, letter_id: str | None = None
) -> LetterId:
    """Seal a letter into a carrier's slot as the mail room does."""
    name = LetterId(letter_id or RANDOMNESS.uuid())
    for rendition, (_, content) in letter.contents().items():
        to.slot.drop(part_id(name, attempt, part=rendition), [content])
    drop_order(to, order_for(to, letter, name), attempt=attempt)
    return name


def drop_order(
    to: Bureau, order: FilingOrder, *, attempt: str = ATTEMPT, name: LetterId | None = None
) -> None:
    place = part_id(name or order.letter, attempt, part=ORDER_PART)
    to.slot.drop(place, [order_to_bytes(order)])


def order_for(to: Bureau, letter: Letter, name: LetterId) -> FilingOrder:
    return FilingOrder(
        letter=name,
        document=DocumentId(RANDOMNESS.uuid()),
        submission=SubmissionId(letter.submission or RANDOMNESS.uuid()),
        carrier=CarrierId(letter.carrier or to.realm.carrier.id),
        channel=Channel.APP,
        received_at=to.clock.now(),
        receipt_digest="9f" * 32,
        file_name=letter.name,
        type=TypeCode(letter.type),
        confidence=0.97,
        basis=CATALOGUE[TypeCode(letter.type)].basis,
        decided_by="policy",
        reference=letter.reference,
        confirmed=letter.confirmed,
        page_count=letter.page_count,
        fields=letter.fields,
        parts=tuple(
            Part(rendition, media_type, len(content), Sha256(hashlib.sha256(content).hexdigest()))
            for rendition, (media_type, content) in letter.contents().items()
        ),
    )


def announce(to: Bureau, letter: LetterId, *, attempt: str = ATTEMPT) -> None:
    to.realm.jobs.announce(Step.FILE, f"{letter}/{attempt}")


def claim(at: Bureau, step: Step = Step.FILE) -> Job:
    job = at.realm.jobs.claim(frozenset({step}))
    assert job is not None
    return job


def do(at: Bureau, job: Job) -> None:
    carrier_work(at.realm)[job.kind](job)


def work_off(at: Bureau) -> None:
    """Do everything that waits."""
    while (job := at.realm.jobs.claim(frozenset(Step))) is not None:
        do(at, job)


def filed(to: Bureau, letter: Letter) -> DocumentId:
    """Send a letter and have it filed."""
    name = drop(to, letter)
    announce(to, name)
    work_off(to)
    return DocumentId(name)
