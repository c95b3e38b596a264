"""``model learn``, ``rollback``, ``forget``: recognition learns from the clearing desk."""

from collections.abc import Sequence
from dataclasses import asdict

import typer

from app.cli.output import FAILED, OUT, print_table, speaking
from app.house import open_house
from app.learning import Ending, Learned, School, learn, roll_back
from app.recognition import TRAINING, examples_of, judge_check_letters
from app.settings import load_settings
from intake.recognition import forget_corrections
from ocr.cuetable import packaged_table
from ocr.lessons import Taught, corrections_for
from ocr.model import Model, packaged_model
from ocr.training import retrain

ACTOR = "cli"
_SAID = {
    Ending.NOTHING: "Es gibt keine Korrekturen, aus denen gelernt werden kann.",
    Ending.UNCHANGED: "Das Modell bleibt dasselbe.",
    Ending.REFUSED: "Das neue Modell ist schlechter als das bisherige; dieses bleibt in Gebrauch.",
    Ending.REPLACED: "Das neue Modell ist in Gebrauch.",
}
_SHARES = {
    "right": "richtig",
    "decided": "entschieden",
    "wrong": "falsch",
    "crossed": "falscher Träger",
}


def packaged_school() -> School:
    """Return training and checking with the letters of the corpus."""
    return School(frozenset(packaged_model().types), train_with, judge_check_letters)


def train_with(taught: Sequence[Taught]) -> Model:
    """Fit the weights of the packaged model anew, with its own letters and corrections."""
    shipped = packaged_model()
    corrections = corrections_for(shipped.known, taught)
    letters = examples_of(TRAINING)
    return retrain(shipped, corrections, examples=letters, table=packaged_table())


def learn_from_corrections() -> None:
    """Train with the corrections of the clearing desk; use the model if it is not worse."""
    with speaking(), open_house(load_settings()) as house:
        learned = learn(house, school=packaged_school(), actor=ACTOR)
    _print(learned)
    if learned.ending is Ending.REFUSED:
        raise typer.Exit(FAILED)


def rollback() -> None:
    """Return to the model before; from the first one that was learned, to the packaged one."""
    with speaking(), open_house(load_settings()) as house:
        back = roll_back(house, actor=ACTOR)
    OUT.print(f"In Gebrauch: {back.version if back else 'das mitgelieferte Modell'}")


def forget() -> None:
    """Delete all corrections that are kept to learn from; the model in use stays as it is."""
    with speaking(), open_house(load_settings()) as house:
        count = forget_corrections(house.intake, actor=ACTOR)
    OUT.print(f"Korrekturen gelöscht: {count}")


def _print(learned: Learned) -> None:
    gathered = learned.gathered
    rows = [
        ("Korrekturen", str(len(gathered.taught))),
        ("davon gegen einen sicheren Vorschlag", str(gathered.contradicted)),
        ("nicht verwendbar (älteres Programm)", str(gathered.left_out)),
    ]
    if learned.versions:
        rows.append(("Modell", " -> ".join(learned.versions)))
    if learned.checked:
        old, new = (asdict(figures) for figures in learned.checked)
        rows += [(said, f"{old[name]:g} -> {new[name]:g}") for name, said in _SHARES.items()]
    print_table("Lernen", ("Angabe", "Wert"), rows)
    OUT.print(_SAID[learned.ending])
