"""A mail room with real databases, stores and keys; only its ports to the outside are prepared."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, select

from domain.codec import order_from_bytes
from domain.ids import INTAKE, CarrierId, DocumentId, LetterId, RealmId, TypeCode, realm_of
from domain.letters import ORDER_PART, FilingOrder, Rendition
from domain.lifecycle import DocumentState
from domain.ports import SeparatorCheck
from domain.post import Channel, Receipt, SenderNote
from domain.reading import Fields, Outcome, ReadDocument, Reading
from intake.clearing import ClearingDesk
from intake.corrections import CorrectionBook, Features
from intake.examining import Examination
from intake.malware import _EICAR_PARTS, EicarScanner
from intake.modelbook import ModelBook
from intake.receipts import ReceiptBook
from intake.reception import Reception, ReceptionLimits, ReceptionTools
from intake.records import DocumentRecord, Records
from intake.room import MailRoom, Outside, Step
from intake.routing import RoutingPolicy
from intake.tables import DOCUMENTS, INTAKE_TABLES, ITEMS, LETTERS
from intake.work import intake_work
from storage.audit import AuditLog
from storage.database import RealmDatabase
from storage.jobs import Job, JobQueue
from storage.keyring import RealmKeys, RealmSecret
from storage.letterbox import LetterSlot, LetterTray, part_id
from storage.objects import FolderDropBox, FolderObjectStore
from storage.system import SystemRandomness
from storage.vault import Vault
from tests.domain.tables import carriers, catalogue
from tests.storage.settable_clock import SettableClock

RANDOMNESS = SystemRandomness()
RECEIPT_SECRET = b"r" * 32
LIMITS = ReceptionLimits(item_bytes=200_000, items=3)
EICAR = b"".join(_EICAR_PARTS)
EVERYTHING = frozenset(Step)
THRESHOLD = 0.75


@cache
def keys_of(realm: str) -> RealmKeys:
    """Return keys that are generated once for the whole run."""
    return RealmKeys(RealmId(realm), RealmSecret.generate(RANDOMNESS))


def document(kind: str = "mietvertrag", **said: object) -> ReadDocument:
    """Return a document as a reader would; everything can be said otherwise."""
    usual: dict[str, object] = {
        "pages": (1,),
        "type": TypeCode(kind),
        "confidence": 0.95,
        "fields": Fields(),
        "text": f"Text von {kind}",
        "media_type": "application/pdf",
    }
    return ReadDocument(**(usual | said))  # type: ignore[arg-type]  # any member can be given


def accepted(*documents: ReadDocument, blank: tuple[int, ...] = ()) -> Reading:
    """Return the reading of an item in which these documents were found."""
    pages = sum(len(one.pages) for one in documents) + len(blank)
    return Reading(
        Outcome.ACCEPTED,
        "application/pdf",
        page_count=pages,
        blank_pages=blank,
        documents=documents,
    )


@dataclass(slots=True)
class PreparedReader:
    """Finds in an item what the test says, and notes what it was asked.

    What stands in ``meanwhile`` happens while the next item is being read.
    """

    readings: dict[bytes, Reading] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    rendered: list[tuple[bytes, int, int]] = field(default_factory=list)
    meanwhile: list[Callable[[], None]] = field(default_factory=list)

    def read(self, content: bytes, *, name: str, separators: SeparatorCheck) -> Reading:
        del separators
        self.asked.append(name)
        if self.meanwhile:
            self.meanwhile.pop()()
        return self.readings.get(content) or accepted(document())

    def render(self, content: bytes, *, page: int, width: int) -> bytes:
        self.rendered.append((content, page, width))
        return b"png"


def prepared_features(text: str) -> Features | None:
    """Know of a text which of a few words stand in it; nothing of an empty one."""
    known = [number for number, word in enumerate(("Text", "von", "Miete")) if word in text]
    keys = b"".join(number.to_bytes(4, "little") for number in known)
    return Features("model-1", "scheme-1", keys) if text else None


class CrashError(Exception):
    """The end of a process that had not finished."""


class FaultyDatabase:
    """A real database; ``before`` happens before each transaction, ``at_end`` before its commit."""

    def __init__(
        self,
        database: RealmDatabase,
        *,
        before: Callable[[], None] = lambda: None,
        at_end: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._before = before
        self._at_end = at_end
        self.reading = database.reading

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        self._before()
        with self._database.transaction() as connection:
            yield connection
            self._at_end()


def crash() -> None:
    """Happen in place of a commit."""
    raise CrashError


def with_faults(room: MailRoom, **faults: Callable[[], None]) -> MailRoom:
    """Return the same mail room behind a faulty database."""
    faulty = FaultyDatabase(room.database, **faults)
    return replace(room, database=faulty)  # type: ignore[arg-type]  # a fault before the real one


@dataclass(slots=True)
class KnownCases:
    """Knows the case files that the test says, carrier by carrier."""

    tokens: dict[tuple[str, str], str] = field(default_factory=dict)

    def case_for(self, carrier: CarrierId, identifier: str) -> str | None:
        return self.tokens.get((carrier, identifier))


@dataclass(slots=True)
class Bell:
    """Notes which carrier was told of which letter."""

    rung: list[tuple[CarrierId, LetterId, str]] = field(default_factory=list)

    def letter_dropped(self, carrier: CarrierId, letter: LetterId, *, attempt: str) -> None:
        self.rung.append((carrier, letter, attempt))

    def letter_filed(self, letter: LetterId) -> None:
        raise AssertionError(letter)


@dataclass(frozen=True, slots=True)
class OpenedLetter:
    """One letter as its carrier opens it."""

    order: FilingOrder
    parts: Mapping[Rendition, bytes]


@dataclass(frozen=True, slots=True)
class Post:
    """The mail room and everything that a test looks at."""

    folder: Path
    room: MailRoom
    tools: ReceptionTools
    reader: PreparedReader
    cases: KnownCases
    bell: Bell
    clock: SettableClock

    @property
    def desk(self) -> ClearingDesk:
        return ClearingDesk(self.room)

    def receive(
        self,
        *contents: bytes,
        key: str | None = None,
        note: SenderNote | None = None,
        name: str = "Post.pdf",
    ) -> Receipt:
        """Hand in one submission through the app's channel."""
        arrival = Reception(self.tools).begin(
            Channel.APP, idempotency_key=key or RANDOMNESS.uuid(), note=note or SenderNote()
        )
        try:
            for content in contents:
                item = arrival.item(name)
                item.write(content)
                item.finish()
            return arrival.complete()
        except BaseException:
            arrival.abort()
            raise

    def claim(self, *kinds: Step) -> Job:
        """Take one job that must be there."""
        job = self.room.jobs.claim(frozenset(kinds) or EVERYTHING)
        assert job is not None
        return job

    def work(self, *kinds: Step) -> None:
        """Do all jobs of these kinds (all kinds, if none is named) until none is left."""
        steps = intake_work(self.room)
        while job := self.room.jobs.claim(frozenset(kinds) or EVERYTHING):
            steps[job.kind](job)

    def read(self, reading: Reading, *, content: bytes = b"content", reference: str = "") -> None:
        """Receive and read one item in which the reader finds what is given."""
        self.reader.readings[content] = reading
        self.receive(content, note=SenderNote(reference=reference))
        self.work(Step.READ)

    def documents(self, state: DocumentState | None = None) -> list[DocumentRecord]:
        """Return all documents in their order."""
        with self.room.database.reading() as connection:
            query = select(DOCUMENTS.c.id, DOCUMENTS.c.state).order_by(DOCUMENTS.c.ordinal)
            return [
                self.room.records.load(connection, DocumentId(row.id))
                for row in connection.execute(query).all()
                if state in (None, row.state)
            ]

    def item_states(self) -> list[str]:
        """Return the states of all items in the order of arrival."""
        with self.room.database.reading() as connection:
            return list(connection.execute(select(ITEMS.c.state)).scalars())

    def original(self, record: DocumentRecord) -> bytes:
        """Return the original of a document as the clearing desk would hand it out."""
        return b"".join(self.desk.original(record.id, actor="desk")[1])

    def objects(self) -> frozenset[str]:
        """Return the ids of everything in the mail room's bucket."""
        return frozenset(FolderObjectStore(self.folder / "objects").ids())

    def tray(self, carrier: str, *, key: str | None = None) -> LetterTray:
        """Return a carrier's slot from inside, opened with its own key or another."""
        store = FolderObjectStore(self.folder / "slots" / carrier)
        private = keys_of(key or carrier).private
        return LetterTray(RealmId(carrier), store, private=private)

    def letter(self, carrier: str) -> OpenedLetter:
        """Open the one letter of which a carrier was told."""
        ((letter, attempt),) = [(name, at) for to, name, at in self.bell.rung if to == carrier]
        return self.opened(carrier, letter, attempt)

    def opened(self, carrier: str, letter: LetterId, attempt: str) -> OpenedLetter:
        """Open one attempt of a letter and check every part against the order."""
        tray = self.tray(carrier)
        order = order_from_bytes(b"".join(tray.open(part_id(letter, attempt, part=ORDER_PART))))
        parts = {
            part.rendition: b"".join(tray.open(part_id(letter, attempt, part=part.rendition)))
            for part in order.parts
        }
        for part in order.parts:
            content = parts[part.rendition]
            assert (len(content), sha256(content).hexdigest()) == (part.size, part.sha256)
        return OpenedLetter(order, parts)

    def filed(self, *carriers: str) -> None:
        """Let carriers report everything of which they were told as filed, and go on."""
        for carrier, letter, _ in self.bell.rung:
            if not carriers or carrier in carriers:
                self.room.jobs.announce(Step.SETTLE, letter)
        self.work()

    def letters(self) -> dict[str, str]:
        """Return the states of all letters by carrier."""
        with self.room.database.reading() as connection:
            return {row.carrier: row.state for row in connection.execute(select(LETTERS))}

    def actions(self) -> list[str]:
        """Verify the audit chain and return what was done, oldest first."""
        with self.room.database.reading() as connection:
            self.room.audit.verify(connection)
            rows = connection.exec_driver_sql("SELECT action FROM audit ORDER BY seq")
            return list(rows.scalars())

    def bytes_on_disk(self) -> bytes:
        """Return every byte of every file: databases, write-ahead logs, buckets, slots."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return b"\0".join(path.read_bytes() for path in files)


@contextmanager
def open_post(folder: Path, *, form: str = "separate") -> Iterator[Post]:
    """Open a mail room in a folder, anew or for the first time."""
    clock = SettableClock()
    database = RealmDatabase(folder / "intake.sqlite", INTAKE_TABLES)
    try:
        yield _post(folder, database, clock, form=form)
    finally:
        database.close()


def _post(folder: Path, database: RealmDatabase, clock: SettableClock, *, form: str) -> Post:
    reader, cases, bell = PreparedReader(), KnownCases(), Bell()
    store = FolderObjectStore(folder / "objects")
    keys = keys_of(INTAKE)
    jobs = JobQueue(database, clock=clock, randomness=RANDOMNESS)
    room = MailRoom(
        database=database,
        jobs=jobs,
        audit=AuditLog(keys, clock=clock, randomness=RANDOMNESS),
        vault=Vault(INTAKE, store, randomness=RANDOMNESS),
        records=Records(keys, RANDOMNESS),
        corrections=CorrectionBook(keys, clock=clock, randomness=RANDOMNESS),
        models=ModelBook(keys, clock=clock, randomness=RANDOMNESS),
        policy=RoutingPolicy(catalogue(), carriers(form), THRESHOLD),
        outside=Outside(
            examination=Examination(reader, EicarScanner(), lambda _: {}),
            directory=cases,
            announcer=bell,
            slots={name: _slot(folder, name) for name in carriers(form).carriers},
            features=prepared_features,
        ),
        randomness=RANDOMNESS,
    )
    tools = ReceptionTools(
        database=database,
        jobs=jobs,
        store=store,
        public=keys.public,
        receipts=ReceiptBook(RECEIPT_SECRET, RANDOMNESS),
        limits=LIMITS,
        clock=clock,
        randomness=RANDOMNESS,
    )
    return Post(folder, room, tools, reader, cases, bell, clock)


def _slot(folder: Path, carrier: CarrierId) -> LetterSlot:
    box = FolderDropBox(folder / "slots" / carrier)
    realm = realm_of(carrier)
    return LetterSlot(realm, box, public=keys_of(realm).public, randomness=RANDOMNESS)
