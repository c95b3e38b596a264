from pathlib import Path

from typer.testing import CliRunner

from app.cli.model import cli
from app.recognition import (
    CHECKING,
    TRAINING,
    card_text,
    examples_of,
    judge_check_letters,
    shipped_carriers,
)
from ocr.judging import figures
from ocr.model import packaged_model, save
from ocr.training import digest

ROOT = Path(__file__).parents[2]


def test_no_letter_trains_and_checks() -> None:
    trained = {example.text for example in examples_of(TRAINING)}
    checked = {example.text for example in examples_of(CHECKING)}
    assert trained
    assert checked
    assert not trained & checked


def test_the_packaged_model_knows_the_types_of_the_catalogue() -> None:
    assert set(packaged_model().types) == set(shipped_carriers())


def test_the_packaged_model_was_trained_with_the_letters_of_the_corpus() -> None:
    assert packaged_model().card.material == digest(examples_of(TRAINING))


def test_few_check_letters_are_filed_wrongly() -> None:
    model = packaged_model()
    found = figures(judge_check_letters(model), threshold=model.threshold)
    assert found.wrong <= 0.01
    assert found.crossed <= 0.003


def test_the_model_card_tells_the_truth() -> None:
    model = packaged_model()
    written = (ROOT / "docs" / "model-card.md").read_text(encoding="utf-8")
    assert written == card_text(model, judge_check_letters(model))


def test_commands_show_and_compare_models(tmp_path: Path) -> None:
    save(packaged_model(), tmp_path)
    shown = CliRunner().invoke(cli, ["card", "--model", str(tmp_path)])
    assert shown.exit_code == 0
    assert packaged_model().version in shown.output
    assert CliRunner().invoke(cli, ["check", "--model", str(tmp_path)]).exit_code == 0


def test_a_folder_without_a_model_is_wrong_use(tmp_path: Path) -> None:
    assert CliRunner().invoke(cli, ["check", "--model", str(tmp_path)]).exit_code == 2
