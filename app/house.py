"""The house: every realm of the embedded default, opened and wired together.

All realms live in one process here. What that separates and what it does not is in
docs/threat-model.md.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from app import bootstrap
from app.accounts import Accounts, read_accounts
from app.folders import DataFolder
from app.modelshelf import ModelShelf
from app.policy import load_policy
from app.readers import make_reader, make_scanner, make_viewer
from app.settings import Settings
from domain.carriers import Carrier
from domain.errors import ConfigurationError
from domain.ids import INTAKE, CarrierId, LetterId, RealmId, realm_of
from domain.ports import Clock, Randomness
from efile.cases import case_for
from efile.delivery import Delivery
from efile.library import Library
from efile.realm import CarrierRealm
from efile.realm import Step as CarrierStep
from efile.search import Search
from efile.tables import CARRIER_TABLES
from intake.clearing import ClearingDesk
from intake.corrections import CorrectionBook
from intake.examining import Examination
from intake.modelbook import ModelBook
from intake.receipts import ReceiptBook
from intake.reception import Reception, ReceptionLimits, ReceptionTools
from intake.records import Records
from intake.room import MailRoom, Outside
from intake.room import Step as IntakeStep
from intake.routing import RoutingPolicy
from intake.sheetcodes import separator_check
from intake.tables import INTAKE_TABLES
from ocr.sandbox import SandboxedReader
from storage.audit import AuditLog
from storage.database import RealmDatabase
from storage.jobs import JobQueue
from storage.letterbox import LetterSlot, LetterTray
from storage.objects import FolderDropBox, FolderObjectStore
from storage.sealing import RealmPublicKey
from storage.system import SystemClock, SystemRandomness
from storage.vault import Vault

CLOCK = SystemClock()
RANDOMNESS = SystemRandomness()


@dataclass(frozen=True, slots=True)
class Office:
    """One carrier's side of the house."""

    realm: CarrierRealm
    library: Library
    search: Search
    delivery: Delivery


@dataclass(frozen=True, slots=True)
class House:
    """Everything that the pages, the API, the command line and the workers use."""

    settings: Settings
    folder: DataFolder
    title: str
    intake: MailRoom
    reception: Reception
    receipts: ReceiptBook
    clearing: ClearingDesk
    offices: Mapping[CarrierId, Office]
    accounts: Accounts
    separator_key: bytes
    reader: SandboxedReader
    models: ModelShelf
    clock: Clock
    randomness: Randomness


class Messenger:
    """Carries ids between the realms of one process, straight into the other's jobs."""

    def __init__(self, intake: JobQueue, carriers: Mapping[CarrierId, JobQueue]) -> None:
        """Know where each realm takes its news."""
        self._intake = intake
        self._carriers = carriers

    def letter_dropped(self, carrier: CarrierId, letter: LetterId, *, attempt: str) -> None:
        """Give the carrier a job to file the letter."""
        self._carriers[carrier].announce(CarrierStep.FILE, f"{letter}/{attempt}")

    def letter_filed(self, letter: LetterId) -> None:
        """Give the mail room a job to settle the letter."""
        self._intake.announce(IntakeStep.SETTLE, letter)


class Directory:
    """Asks each carrier whether it holds a file for an identifier."""

    def __init__(self, realms: Mapping[CarrierId, CarrierRealm]) -> None:
        """Know every carrier's realm."""
        self._realms = realms

    def case_for(self, carrier: CarrierId, identifier: str) -> str | None:
        """Return the carrier's own token for the case, or None."""
        return case_for(self._realms[carrier], identifier)


@contextmanager
def open_house(settings: Settings) -> Iterator[House]:
    """Open every realm; the first start generates what is missing."""
    policy = load_policy(settings)
    folder = bootstrap.prepare(settings, policy.carriers, randomness=RANDOMNESS)
    with ExitStack() as stack:
        opened = _Opened(settings, folder, policy=policy, stack=stack)
        reader = stack.enter_context(make_reader(settings, model=opened.shelf.in_use))
        yield _wire(opened, reader)


class _Opened:
    """Keys, databases and job queues of every realm, closed with the stack."""

    def __init__(
        self,
        settings: Settings,
        folder: DataFolder,
        *,
        policy: RoutingPolicy,
        stack: ExitStack,
    ) -> None:
        words = bootstrap.passphrase(settings, folder)
        carriers = tuple(policy.carriers.carriers.values())
        realms = (INTAKE, *(realm_of(carrier.id) for carrier in carriers))
        self.settings = settings
        self.folder = folder
        self.policy = policy
        self.carriers = carriers
        self.keys = {
            realm: bootstrap.open_realm_keys(folder, realm, passphrase=words) for realm in realms
        }
        self.viewers = {
            realm_of(carrier.id): stack.enter_context(make_viewer(settings)) for carrier in carriers
        }
        self.databases = {realm: self._database(realm) for realm in realms}
        for database in self.databases.values():
            stack.callback(database.close)
        self.jobs = {
            realm: JobQueue(database, clock=CLOCK, randomness=RANDOMNESS)
            for realm, database in self.databases.items()
        }
        self.models = ModelBook(self.keys[INTAKE], clock=CLOCK, randomness=RANDOMNESS)
        self.shelf = ModelShelf(folder.models, self.databases[INTAKE], self.models)

    def _database(self, realm: RealmId) -> RealmDatabase:
        tables = INTAKE_TABLES if realm == INTAKE else CARRIER_TABLES
        path = self.folder.database(realm)
        path.parent.parent.mkdir(mode=0o700, exist_ok=True)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if not path.exists() and any(self.store(realm).ids()):
            detail = f"the database of realm {realm} is missing; restore it from the backup"
            raise ConfigurationError(detail)
        # SQLite gives its write-ahead log the mode of the database.
        path.touch(mode=0o600)
        return RealmDatabase(path, tables)

    def audit(self, realm: RealmId) -> AuditLog:
        return AuditLog(self.keys[realm], clock=CLOCK, randomness=RANDOMNESS)

    def store(self, realm: RealmId) -> FolderObjectStore:
        return FolderObjectStore(self.folder.objects(realm))

    def vault(self, realm: RealmId) -> Vault:
        return Vault(realm, self.store(realm), randomness=RANDOMNESS)


def _wire(opened: _Opened, reader: SandboxedReader) -> House:
    queues = {carrier.id: opened.jobs[realm_of(carrier.id)] for carrier in opened.carriers}
    messenger = Messenger(opened.jobs[INTAKE], queues)
    offices = {
        carrier.id: _office(opened, carrier, messenger=messenger) for carrier in opened.carriers
    }
    receipts = ReceiptBook(bootstrap.read_secret(opened.folder, "receipts"), RANDOMNESS)
    separator_key = opened.keys[INTAKE].derive("separator-sheets")
    outside = Outside(
        examination=Examination(
            reader, make_scanner(opened.settings), separator_check(separator_key)
        ),
        directory=Directory({name: office.realm for name, office in offices.items()}),
        announcer=messenger,
        slots={carrier.id: _slot(opened, carrier.id) for carrier in opened.carriers},
        features=opened.shelf.features,
    )
    room = _mail_room(opened, outside)
    accounts = opened.folder.secret("accounts.json").read_text()
    return House(
        settings=opened.settings,
        folder=opened.folder,
        title=opened.settings.house,
        intake=room,
        reception=_reception(opened, receipts),
        receipts=receipts,
        clearing=ClearingDesk(room),
        offices=offices,
        accounts=read_accounts(accounts),
        separator_key=separator_key,
        reader=reader,
        models=opened.shelf,
        clock=CLOCK,
        randomness=RANDOMNESS,
    )


def _office(opened: _Opened, carrier: Carrier, *, messenger: Messenger) -> Office:
    realm_id = realm_of(carrier.id)
    keys = opened.keys[realm_id]
    slot = FolderObjectStore(opened.folder.slot(carrier.id))
    realm = CarrierRealm(
        carrier=carrier,
        house=opened.settings.house,
        catalogue=opened.policy.catalogue,
        keys=keys,
        database=opened.databases[realm_id],
        jobs=opened.jobs[realm_id],
        audit=opened.audit(realm_id),
        vault=opened.vault(realm_id),
        tray=LetterTray(realm_id, slot, private=keys.private),
        reader=opened.viewers[realm_id],
        announcer=messenger,
        clock=CLOCK,
        randomness=RANDOMNESS,
    )
    library = Library(realm)
    return Office(realm, library, Search(realm, library), Delivery(realm, library))


def _slot(opened: _Opened, carrier: CarrierId) -> LetterSlot:
    box = FolderDropBox(opened.folder.slot(carrier))
    public = _public(opened, realm_of(carrier))
    return LetterSlot(realm_of(carrier), box, public=public, randomness=RANDOMNESS)


def _public(opened: _Opened, realm: RealmId) -> RealmPublicKey:
    raw = bytes.fromhex(opened.folder.public_key(realm).read_text())
    return RealmPublicKey.from_bytes(raw)


def _mail_room(opened: _Opened, outside: Outside) -> MailRoom:
    return MailRoom(
        database=opened.databases[INTAKE],
        jobs=opened.jobs[INTAKE],
        audit=opened.audit(INTAKE),
        vault=opened.vault(INTAKE),
        records=Records(opened.keys[INTAKE], RANDOMNESS),
        corrections=CorrectionBook(opened.keys[INTAKE], clock=CLOCK, randomness=RANDOMNESS),
        models=opened.models,
        policy=opened.policy,
        outside=outside,
        randomness=RANDOMNESS,
    )


def _reception(opened: _Opened, receipts: ReceiptBook) -> Reception:
    settings = opened.settings
    return Reception(
        ReceptionTools(
            database=opened.databases[INTAKE],
            jobs=opened.jobs[INTAKE],
            store=opened.store(INTAKE),
            public=_public(opened, INTAKE),
            receipts=receipts,
            limits=ReceptionLimits(settings.max_item_bytes, settings.max_items),
            clock=CLOCK,
            randomness=RANDOMNESS,
        )
    )
