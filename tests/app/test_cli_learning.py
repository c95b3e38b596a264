"""``model learn``, ``rollback``, ``forget`` and ``card`` on one house."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli.main import cli
from app.house import House
from domain.ids import DocumentId, TypeCode
from intake.corrections import Lesson
from intake.recognition import replace_model
from ocr.model import packaged_model
from tests.app.houses import files_below, house_in
from tests.app.schooling import trained

Command = Callable[..., Result]
TEXT = (
    "Mietbescheinigung: Die Miete beträgt monatlich 480,00 Euro, die Nebenkosten 90,00 Euro. " * 2
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with house_in(tmp_path) as opened:
        yield opened


@pytest.fixture
def run(house: House) -> Command:
    env = {"POSTSTELLE_DATA_DIR": str(house.folder.root), "POSTSTELLE_ENV_FILE": None}
    return lambda *words: CliRunner().invoke(cli, ["model", *words], env=env)


def _keep_a_lesson(house: House) -> None:
    features = house.models.features(TEXT)
    assert features is not None
    lesson = Lesson(TypeCode("mietbescheinigung"), TypeCode("sonstiges"), 0.3, features)
    with house.intake.database.transaction() as connection:
        house.intake.corrections.write(connection, DocumentId("one"), lesson)


def _install(house: House) -> str:
    chosen = house.models.put(trained())
    replace_model(house.intake, chosen, before=None, figures={}, actor="test")
    return chosen.version


def test_without_corrections_nothing_is_learned_and_that_is_no_fault(run: Command) -> None:
    told = run("learn")
    assert told.exit_code == 0
    assert "keine Korrekturen" in told.stdout


def test_forgetting_tells_how_many_there_were(house: House, run: Command) -> None:
    _keep_a_lesson(house)
    assert "gelöscht: 1" in run("forget").stdout
    assert "gelöscht: 0" in run("forget").stdout
    assert "keine Korrekturen" in run("learn").stdout


def test_the_card_shows_the_model_in_use_and_rollback_returns(house: House, run: Command) -> None:
    shipped = packaged_model().version
    assert shipped in run("card").stdout
    version = _install(house)
    assert version in run("card").stdout
    told = run("rollback")
    assert (told.exit_code, "mitgelieferte" in told.stdout) == (0, True)
    assert shipped in run("card").stdout
    assert run("rollback").exit_code == 1


def test_a_file_that_was_changed_is_one_sentence_and_exit_2(house: House, run: Command) -> None:
    _install(house)
    (file,) = files_below(house.folder.models)
    file.write_bytes(b"no model")
    told = run("card")
    assert told.exit_code == 2
    assert "model rollback" in " ".join(told.stderr.split())
    assert run("rollback").exit_code == 0
