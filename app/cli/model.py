"""``model``: training, checking and describing the model that recognises document types."""

from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Annotated

import typer

from app.cli import learning
from app.cli.output import ERR, FAILED, OUT, print_table, speaking
from app.modelshelf import shelf_of
from app.recognition import card_text, held_out, judge_check_letters, train_from_corpus
from app.settings import load_settings
from ocr.judging import Figures, Judged, by_condition, confusions, figures, not_worse
from ocr.model import Model, load, packaged_model, save

cli = typer.Typer(help="Das Modell, das Dokumentarten erkennt.", no_args_is_help=True)
cli.command("learn")(learning.learn_from_corrections)
cli.command("rollback")(learning.rollback)
cli.command("forget")(learning.forget)

_Folder = Annotated[Path | None, typer.Option("--model", help="Folder of another model.")]
_SHOWN = 20


@cli.command()
def card(
    model: _Folder = None,
    *,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="The whole model card, as in docs/model-card.md.")
    ] = False,
) -> None:
    """Print version, material, figures and threshold of the model."""
    with speaking():
        chosen = _chosen(model)
        if markdown:
            typer.echo(card_text(chosen, judge_check_letters(chosen)), nl=False)
            return
        rows = {
            "Version": chosen.version,
            "Schwelle": f"{chosen.threshold:.3f}",
            "Briefe": str(chosen.card.letters),
            "Beispiele": str(chosen.card.examples),
            "Material (SHA-256)": chosen.card.material,
        }
        print_table("Modell", ("Angabe", "Wert"), rows.items())
        _print_figures("Ausgelassene Briefe", held_out(chosen))


@cli.command()
def train(
    output: Annotated[Path, typer.Option(help="Folder of the new model.")] = Path("model"),
) -> None:
    """Train a model from the corpus; the same corpus gives the same bytes."""
    with speaking():
        trained = train_from_corpus()
        save(trained.model, output)
        OUT.print(f"{trained.model.version}  {output}", markup=False, highlight=False)


@cli.command()
def check(model: _Folder = None) -> None:
    """Measure a model on the frozen check set; 1 if it is worse than the packaged one."""
    with speaking():
        chosen = _chosen(model)
        judged = judge_check_letters(chosen)
        rows = by_condition(judged, threshold=chosen.threshold)
        everything = figures(judged, threshold=chosen.threshold)
        _print_figures("Prüfbriefe", {**rows, "all": everything})
        print_table(
            "Verwechslungen",
            ("Richtig", "Erkannt", "Anzahl"),
            [(true, taken, str(count)) for true, taken, count in confusions(judged)[:_SHOWN]],
        )
        if model is not None and not _holds(chosen, judged):
            OUT.print("Das Modell ist schlechter als das mitgelieferte.")
            raise typer.Exit(FAILED)


def _holds(model: Model, judged: tuple[Judged, ...]) -> bool:
    shipped = packaged_model()
    thresholds = (shipped.threshold, model.threshold)
    return not_worse(judge_check_letters(shipped), judged, thresholds)


def _chosen(folder: Path | None) -> Model:
    """Return the model of a folder, or the one that this house reads with."""
    if folder is not None:
        return load(folder)
    with shelf_of(load_settings()) as shelf:
        if shelf is not None and shelf.rests():
            ERR.print("Das gelernte Modell ruht seit einer Aktualisierung; bitte neu lernen.")
        return packaged_model() if shelf is None else shelf.model()


def _print_figures(title: str, rows: Mapping[str, Figures]) -> None:
    columns = ("Zustand", "Dokumente", "richtig", "entschieden", "falsch", "falscher Träger")
    print_table(
        title,
        columns,
        [(name, *(f"{value:g}" for value in astuple(row))) for name, row in rows.items()],
    )
