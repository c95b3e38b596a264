"""The main job, with the program's own doors: a contract, a sick note and a payslip."""

import hashlib
import json
from pathlib import Path

import pytest

from app.house import House, open_house
from app.settings import Settings
from domain.ids import RealmId
from domain.letters import Rendition
from efile.exchange.xml import Schema, parse
from tests.e2e.papers import PAYSLIP, SICK_NOTE, TENANCY, paper, scan
from tests.e2e.running import environment, free_port, run, served

BG = "99812//0047110"
FILED = {"contract.jpg": ["kommune"], "sick.jpg": ["agentur"], "pay.pdf": ["agentur", "kommune"]}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Submit the three papers through the command line; return data folder and what was told."""
    root = tmp_path_factory.mktemp("main-job")
    made = {
        "contract.jpg": scan(paper(TENANCY, name="Jorinde Federkiel", bg=BG)),
        "sick.jpg": scan(paper(SICK_NOTE, name="Jorinde Federkiel", bg=BG)),
        "pay.pdf": paper(PAYSLIP, name="Jorinde Federkiel", bg=BG),
    }
    for name, content in made.items():
        (root / name).write_bytes(content)
    env = environment(root / "data", port=free_port())
    files = [str(root / name) for name in FILED]
    told = run("submit", *files, "--wait", "--json", "--channel", "scan", env=env)
    return root, {"told": told, **env}


def test_each_paper_ends_with_its_lawful_carriers(house: tuple[Path, dict[str, str]]) -> None:
    lines = [json.loads(line) for line in house[1]["told"].splitlines()]
    names = {line["receipt_code"]: Path(line["file"]).name for line in lines if "file" in line}
    places = {names[line["receipt_code"]]: line for line in lines if "status" in line}
    assert {name: place["carriers"] for name, place in places.items()} == FILED
    assert {place["status"] for place in places.values()} == {"filed"}


def test_each_is_found_in_its_own_realm_only(house: tuple[Path, dict[str, str]]) -> None:
    env = {name: value for name, value in house[1].items() if name != "told"}

    def found(carrier: str, word: str) -> list[str]:
        lines = run("search", "--carrier", carrier, "--json", word, env=env).splitlines()
        return [json.loads(line)["type"] for line in lines]

    assert found("kommune", "Mietsache") == ["mietvertrag"]
    assert found("agentur", "Mietsache") == []
    assert found("agentur", "arbeitsunfähig") == ["au_bescheinigung"]
    assert found("kommune", "arbeitsunfähig") == []
    assert found("agentur", "Musterkorn") == ["lohnabrechnung"]
    assert found("kommune", "Musterkorn") == ["lohnabrechnung"]


def test_the_copies_of_the_payslip_are_sealed_apart(house: tuple[Path, dict[str, str]]) -> None:
    original = (house[0] / "pay.pdf").read_bytes()
    with open_house(Settings(data_dir=house[0] / "data")) as opened:
        copies = [_payslip(opened, carrier) for carrier in ("agentur", "kommune")]
    (key_a, sealed_a, open_a), (key_b, sealed_b, open_b) = copies
    assert open_a == open_b == original
    assert key_a != key_b
    assert sealed_a != sealed_b
    assert hashlib.sha256(original).digest() not in sealed_a + sealed_b


def _payslip(house: House, carrier: str) -> tuple[bytes, bytes, bytes]:
    """Return case key, ciphertext and content of the payslip's original."""
    office = next(office for name, office in house.offices.items() if name == carrier)
    filed = next(one for one in office.library.inbox() if one.kind.code == "lohnabrechnung")
    folder = house.folder.objects(RealmId(carrier))
    sealed = next(folder.glob(f"{filed.id}/*/original")).read_bytes()
    content = b"".join(office.library.unaudited(filed, Rendition.ORIGINAL))
    return filed.case.key, sealed, content


def test_the_messages_are_valid_by_the_official_schema(
    house: tuple[Path, dict[str, str]], tmp_path: Path, official: Schema
) -> None:
    env = {name: value for name, value in house[1].items() if name != "told"}
    with served(env, tmp_path / "log"):
        for carrier in ("agentur", "kommune"):
            for message in _pulled(carrier, tmp_path / carrier, env=env):
                official.admit(parse(message.read_bytes()))


def test_the_messages_are_pulled_until_they_are_acknowledged(
    house: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    env = {name: value for name, value in house[1].items() if name != "told"}
    with served(env, tmp_path / "log"):
        for carrier in ("agentur", "kommune"):
            out = tmp_path / carrier
            assert len(_pulled(carrier, out, env=env)) == 2
            archives = [str(path) for path in sorted(out.glob("*.zip"))]
            run("fv", "ack", "--carrier", carrier, *archives, env=env)
            assert _pulled(carrier, tmp_path / f"{carrier}-again", env=env) == []


def _pulled(carrier: str, out: Path, *, env: dict[str, str]) -> list[Path]:
    """Pull as the Fachverfahren of a carrier and return the messages."""
    run("fv", "pull", "--carrier", carrier, "--out", str(out), env=env)
    return sorted(out.glob("*/*.xml"))
