"""A house that is served for real, with one filed document and one that waits for a person."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest

from app.house import House, open_house
from app.serving import serving
from app.settings import Settings
from domain.ids import CarrierId, DocumentId
from tests.app.pages.visiting import Visitor, wait_until_at_rest
from tests.e2e.papers import TENANCY, paper, scan
from tests.e2e.running import free_port

BG = "99812//0047110"
TENANCY_PAPER = scan(paper(TENANCY, name="Jorinde Federkiel", bg=BG))
QUESTION = b"Guten Tag, ich habe eine Frage zu meinem letzten Schreiben. Mit freundlichen Gruessen"


@dataclass(frozen=True, slots=True)
class Service:
    """The served house and its address."""

    house: House
    url: str
    visitors: list[Visitor] = field(default_factory=list)

    def visitor(self) -> Visitor:
        self.visitors.append(Visitor(self.url))
        return self.visitors[-1]

    def signed_in(self, name: str) -> Visitor:
        return self.visitor().sign_in(self.house, name)

    def hand_in(self, name: str, content: bytes, **note: str) -> str:
        code = self.visitor().hand_in(name, content, **note)
        wait_until_at_rest(self.house, self.url, code)
        return code

    def waiting(self, name: str) -> DocumentId:
        """Hand in a letter that only a person can sort, and return its document."""
        self.hand_in(name, QUESTION)
        entries = self.house.clearing.waiting()
        return next(entry.record.id for entry in entries if entry.file_name == name)


@pytest.fixture(scope="package")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    port = free_port()
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("pages") / "data",
        port=port,
        readers=1,
        watch_folders=False,
        max_item_bytes=1_000_000,
    )
    with open_house(settings) as house, serving(house):
        url = f"http://127.0.0.1:{port}"
        httpx.get(f"{url}/health").raise_for_status()
        opened = Service(house, url)
        yield opened
        for visitor in opened.visitors:
            visitor.http.close()


@pytest.fixture(scope="package")
def filed(service: Service) -> DocumentId:
    """Return a tenancy contract in the file of the municipality."""
    service.hand_in("mietvertrag.jpg", TENANCY_PAPER)
    return service.house.offices[CarrierId("kommune")].library.inbox()[0].id


@pytest.fixture(scope="package")
def waiting(service: Service) -> DocumentId:
    """Return a document that stays in clearing."""
    return service.waiting("bleibt.txt")
