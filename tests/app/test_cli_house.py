"""The command line on one house: what is handed in is read, filed, found, counted and verified."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from sqlalchemy import text
from typer.testing import CliRunner, Result

from app.cli.main import cli
from app.folders import DataFolder
from app.fv_client import FachverfahrenClient
from app.house import open_house
from app.samples.layouts import letter_pdf
from app.samples.letters import LETTERS
from app.samples.people import PEOPLE
from app.serving import serving
from app.settings import load_settings
from domain.errors import NotSignedInError, ServiceUnreachableError
from domain.ids import INTAKE, CarrierId, RealmId
from efile.exchange.package import unpack
from storage.database import RealmDatabase
from tests.app.houses import files_below, wait_until
from tests.e2e.running import free_port

PERSON = PEOPLE[0]
LETTER = letter_pdf(LETTERS["mietvertrag"], PERSON)


@dataclass(frozen=True, slots=True)
class Told:
    """What a command printed and how it ended."""

    result: Result

    @property
    def code(self) -> int:
        return self.result.exit_code

    @property
    def out(self) -> str:
        return self.result.stdout

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True, slots=True)
class Line:
    """The command line with the environment of one house."""

    environment: dict[str, str | None]
    folder: Path

    @property
    def data(self) -> DataFolder:
        return DataFolder(self.folder / "data")

    def __call__(self, *words: str, **changes: str) -> Told:
        given = {**self.environment, **{f"POSTSTELLE_{k.upper()}": v for k, v in changes.items()}}
        return Told(CliRunner().invoke(cli, list(words), env=given, catch_exceptions=False))


def line_in(folder: Path) -> Line:
    given: dict[str, str | None] = {
        "POSTSTELLE_DATA_DIR": str(folder / "data"),
        "POSTSTELLE_READERS": "1",
        "POSTSTELLE_PORT": str(free_port()),
        "POSTSTELLE_ENV_FILE": None,
    }
    return Line(given, folder)


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Line:
    return line_in(tmp_path_factory.mktemp("cli"))


@pytest.fixture(scope="module")
def handed_in(line: Line) -> Told:
    path = line.folder / "mietvertrag.pdf"
    path.write_bytes(LETTER)
    return line("submit", "--wait", "--json", str(path))


@pytest.fixture
def copy(line: Line, handed_in: Told, tmp_path: Path) -> Line:
    """Return the house with its post as a copy that may be spoiled."""
    assert handed_in.code == 0
    shutil.copytree(line.data.root, tmp_path / "data")
    return line_in(tmp_path)


def test_a_rental_contract_ends_in_the_municipalitys_file_alone(
    line: Line, handed_in: Told
) -> None:
    receipt, place = handed_in.lines
    assert handed_in.code == 0
    assert set(receipt) == {"file", "receipt_code", "submission_id", "received_at", "sha256"}
    assert place["receipt_code"] == receipt["receipt_code"]
    assert (place["status"], place["type"], place["carriers"], place["reason"]) == (
        "filed",
        "mietvertrag",
        ["kommune"],
        None,
    )
    assert 0.75 <= place["confidence"] <= 1
    assert files_below(line.data.objects(RealmId("agentur"))) == []
    assert files_below(line.data.objects(INTAKE)) == []


def test_without_json_people_read_sentences(line: Line, handed_in: Told) -> None:
    assert handed_in.code == 0
    path = line.folder / "leer.txt"
    path.write_bytes(b"")
    told = line("submit", str(path), str(line.folder / "fehlt.pdf"))
    assert told.code == 1
    assert "[empty]" in told.result.stderr
    assert "[malformed]" in told.result.stderr
    assert told.out == ""


def test_the_ledger_balances(line: Line, handed_in: Told) -> None:
    assert handed_in.code == 0
    told = line("ledger", "--json")
    (rows,) = told.lines
    by_channel = {row["channel"]: row for row in rows}
    assert told.code == 0
    assert by_channel["app"] == {
        "channel": "app", "received": 1, "filed": 1, "clearing": 0, "quarantined": 0,
        "in_flight": 0, "balances": True,
    }  # fmt: skip
    assert "Postbuch" in line("ledger").out


def test_a_ledger_that_does_not_balance_is_exit_1(copy: Line) -> None:
    _spoil(copy, INTAKE, "DELETE FROM renditions", "DELETE FROM letters", "DELETE FROM documents")
    told = copy("ledger", "--json")
    assert told.code == 1
    assert [row["balances"] for row in told.lines[0]].count(False) == 1


def _spoil(line: Line, realm: RealmId, *statements: str) -> None:
    database = RealmDatabase(line.data.database(realm))
    with database.transaction() as connection:
        for statement in statements:
            connection.execute(text(statement))
    database.close()


def test_the_audit_chains_verify(line: Line, handed_in: Told) -> None:
    assert handed_in.code == 0
    told = line("audit", "verify", "--json")
    (said,) = told.lines
    assert told.code == 0
    assert set(said) == {"intake", "agentur", "kommune"}
    assert said["intake"]["entries"] >= 4
    assert {entry["error"] for entry in said.values()} == {None}
    assert "unversehrt" in line("audit", "verify").out


def test_a_broken_audit_chain_is_exit_1(copy: Line) -> None:
    _spoil(copy, RealmId("kommune"), "UPDATE audit SET action = 'x' WHERE seq = 2")
    told = copy("audit", "verify", "--json")
    assert told.code == 1
    assert told.lines[0]["kommune"]["error"] == "the chain breaks at entry 2"
    assert told.lines[0]["intake"]["error"] is None


def test_the_storage_verifies(line: Line, handed_in: Told) -> None:
    assert handed_in.code == 0
    told = line("storage", "verify", "--json")
    kept = len(files_below(line.data.objects(RealmId("kommune"))))
    assert told.code == 0
    assert kept >= 2
    assert {row["realm"]: (row["objects"], row["problems"]) for row in told.lines[0]} == {
        "intake": (0, []),
        "agentur": (0, []),
        "kommune": (kept, []),
    }


def test_broken_storage_is_exit_1(copy: Line) -> None:
    files_below(copy.data.objects(RealmId("kommune")))[0].unlink()
    told = copy("storage", "verify")
    assert told.code == 1
    assert "object_missing" in told.out.replace("\n", "")


def test_keys_are_listed_by_fingerprint_and_checked(line: Line, handed_in: Told) -> None:
    assert handed_in.code == 0
    told = line("keys", "list", "--json")
    (said,) = told.lines
    assert set(said) == {"intake", "agentur", "kommune"}
    assert len(set(said.values())) == 3
    checked = line("keys", "check")
    assert checked.code == 0
    assert checked.out.count("in Ordnung") == 3


def test_a_key_that_does_not_fit_is_exit_1(copy: Line) -> None:
    pub = copy.data.public_key
    pub(RealmId("kommune")).write_text(pub(RealmId("agentur")).read_text())
    copy.data.key_file(RealmId("agentur")).write_bytes(b"{}")
    told = copy("keys", "check")
    assert told.code == 1
    assert told.out.splitlines() == [
        "intake: in Ordnung",
        "agentur: lässt sich nicht öffnen",
        "kommune: passt nicht",
    ]


def test_a_search_finds_in_one_carriers_file_alone(line: Line, handed_in: Told) -> None:
    assert handed_in.code == 0
    for words in (["Mietverträge"], [PERSON.last], ["Wohnraum", "Kaution"]):
        told = line("search", "--carrier", "kommune", "--json", *words)
        (hit,) = told.lines
        assert set(hit) == {"document", "type", "title", "case", "received_at", "score"}
        assert (hit["type"], hit["title"]) == ("mietvertrag", "Mietvertrag")
        other = line("search", "--carrier", "agentur", "--json", *words)
        assert (other.code, other.out) == (0, "")
    assert "1 Treffer" in line("search", "--carrier", "kommune", "Mietvertrag").out
    unknown = line("search", "--carrier", "niemand", "Mietvertrag")
    assert unknown.code == 1
    assert "agentur, kommune" in unknown.result.stderr


def test_separator_sheets_are_printed_as_pdf(line: Line, tmp_path: Path) -> None:
    told = line("separators", "--out", str(tmp_path / "blatt.pdf"), "--count", "3")
    assert told.code == 0
    with pypdfium2.PdfDocument(tmp_path / "blatt.pdf") as pdf:
        codes = [zxingcpp.read_barcodes(page.render(scale=2).to_pil()) for page in pdf]
    assert len(codes) == 3
    assert all(codes)


def test_sheets_say_what_the_command_states(line: Line, tmp_path: Path) -> None:
    stated = ("--batch", "K1", "--type", "mietvertrag", "--case", "123A456789")
    told = line("separators", "--out", str(tmp_path / "blatt.pdf"), "--count", "1", *stated)
    assert told.code == 0
    with pypdfium2.PdfDocument(tmp_path / "blatt.pdf") as pdf:
        text = pdf[0].get_textpage().get_text_range()
    for said in ("Stapel: K1", "Art: Mietvertrag", "Akte endet auf: 789"):
        assert said in text


@pytest.mark.parametrize("stated", [("--case", "12"), ("--type", "nichts"), ("--batch", "ä")])
def test_a_sheet_that_would_say_something_wrong_is_not_printed(
    line: Line, tmp_path: Path, stated: tuple[str, str]
) -> None:
    told = line("separators", "--out", str(tmp_path / "blatt.pdf"), *stated)
    assert told.code == 2
    assert not (tmp_path / "blatt.pdf").exists()


@pytest.fixture
def served(copy: Line) -> Iterator[Line]:
    environment = {name: value for name, value in copy.environment.items() if value is not None}
    with open_house(load_settings(environment)) as house, serving(house):
        yield copy


def test_a_fachverfahren_pulls_checks_and_acknowledges(served: Line, tmp_path: Path) -> None:
    (listed,) = served("fv", "list", "--carrier", "kommune").lines
    told = served("fv", "pull", "--carrier", "kommune", "--out", str(tmp_path / "korb"))
    assert told.code == 0
    archive = Path(told.out.strip())
    assert archive.name == f"{listed['id']}_Information.Information.0101.zip"
    package = unpack(archive.read_bytes())
    assert LETTER in package.files.values()
    assert package.announcement.fields.bg_nummer in {None, PERSON.bg_nummer}
    kept = {path.name: path.read_bytes() for path in (tmp_path / "korb" / listed["id"]).iterdir()}
    assert kept == {**package.files, archive.with_suffix(".xml").name: package.xml}
    assert served("fv", "ack", "--carrier", "kommune", str(archive)).code == 0
    assert served("fv", "list", "--carrier", "kommune").out == ""
    assert served("fv", "pull", "--carrier", "agentur", "--out", str(tmp_path / "leer")).out == ""


def test_a_fachverfahren_rejects(served: Line, tmp_path: Path) -> None:
    early = [one["id"] for one in served("fv", "list", "--carrier", "kommune").lines]
    words = ("--carrier", "kommune", "--reason", "Falsche Akte")
    assert served("fv", "reject", *words, early[0]).code == 1
    served("fv", "pull", "--carrier", "kommune", "--out", str(tmp_path))
    assert served("fv", "reject", *words, str(tmp_path / early[0])).code == 0
    assert served("fv", "reject", *words, "keine-nummer").code == 1
    assert served("fv", "ack", "--carrier", "agentur", early[0]).code == 1


def test_what_lies_in_a_watched_folder_is_taken_while_the_house_is_served(served: Line) -> None:
    path = served.data.root / "inbox" / "scan" / "notiz.txt"
    path.write_bytes(b"Guten Tag, nur eine kurze Frage.")
    wait_until(lambda: not path.exists())
    wait_until(lambda: served("ledger", "--json").lines[0][1]["in_flight"] == 0, seconds=60)


def test_a_port_that_is_taken_is_one_sentence(served: Line) -> None:
    told = served("serve")
    assert told.code == 2
    assert "POSTSTELLE_PORT" in told.result.stderr


def test_a_service_that_is_away_is_exit_3(line: Line, handed_in: Told, tmp_path: Path) -> None:
    assert handed_in.code == 0
    for url in ("http://127.0.0.1:1", "nonsense", "http://["):
        told = line("fv", "list", "--carrier", "kommune", "--url", url)
        assert told.code == 3
        assert "nicht erreichbar" in told.result.stderr
    away = FachverfahrenClient("http://127.0.0.1:1", "x")
    with closing(away), pytest.raises(ServiceUnreachableError):
        away.pull("x", tmp_path)


def test_an_answer_larger_than_any_package_is_refused_while_it_arrives(
    served: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.fv_client._MAX_ANSWER", 1000)
    told = served("fv", "pull", "--carrier", "kommune", "--out", str(tmp_path / "korb"))
    assert told.code == 1
    assert "more than a package" in told.result.stderr
    assert files_below(tmp_path / "korb") == []


def test_a_token_that_is_wrong_or_missing_is_exit_1(served: Line, tmp_path: Path) -> None:
    wrong = tmp_path / "token"
    wrong.write_text("falsch")
    told = served("fv", "list", "--carrier", "kommune", "--token-file", str(wrong))
    assert told.code == 1
    assert NotSignedInError.de in told.result.stderr
    for carrier in ("niemand", "../secrets/x", "kommune/../agentur"):
        assert served("fv", "list", "--carrier", carrier).code == 1


def test_the_worker_does_what_waits_and_ends(copy: Line) -> None:
    path = copy.folder / "frage.txt"
    path.write_bytes(b"Guten Tag, nur eine kurze Frage.")
    assert copy("submit", str(path)).code == 0
    assert copy("ledger", "--json").lines[0][0]["in_flight"] == 1
    assert copy("worker", "--drain").code == 0
    assert copy("ledger", "--json").lines[0][0]["in_flight"] == 0


def test_opening_a_house_for_a_carrier_is_by_its_name(copy: Line) -> None:
    environment = {name: value for name, value in copy.environment.items() if value is not None}
    with open_house(load_settings(environment)) as house:
        assert list(house.offices) == ["agentur", "kommune"]
        document = house.offices[CarrierId("kommune")].library.inbox()[0]
    assert document.order.file_name == "mietvertrag.pdf"
