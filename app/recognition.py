"""The model and its material brought together: letters of the corpus, types of the catalogue.

Owns which letters train a model, which ones check it and in which condition, and the model
card. It refuses to let one letter do both.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple

from app.policy import load_catalogue
from app.settings import Settings
from corpus.templates import templates
from corpus.writing import plain_text, write
from ocr.cuetable import packaged_table
from ocr.features import Extractor
from ocr.judging import Figures, Judged, by_condition, confusions, figures
from ocr.model import Model
from ocr.specimens import Example, whole_copies
from ocr.supports import CueFinder
from ocr.training import Trained, judge, train

TRAINING, CHECKING = "train", "check"
_FILLINGS = {TRAINING: 4, CHECKING: 2}
"""How many times each letter is filled in, for different people."""
_SHOWN = 40


def examples_of(split: str) -> tuple[Example, ...]:
    """Return the letters of a split of the corpus, filled in for several people each."""
    return tuple(
        Example(
            plain_text(write(template, seed=str(seed))),
            template.type,
            f"{template.type}/{template.slug}",
        )
        for template in templates(split)
        for seed in range(_FILLINGS[split])
    )


def shipped_carriers() -> Mapping[str, frozenset[str]]:
    """Return who is entitled to each type of the shipped catalogue; empty where people decide."""
    return {
        str(kind.code): frozenset(authority.value for authority in kind.authorities)
        for kind in load_catalogue(Settings())
    }


def train_from_corpus() -> Trained:
    """Train the model from the training letters of the corpus."""
    return train(examples_of(TRAINING), packaged_table(), shipped_carriers())


def judge_check_letters(model: Model) -> tuple[Judged, ...]:
    """Return what a model guesses about the frozen check letters, clean and damaged."""
    return judge(
        model, whole_copies(examples_of(CHECKING), Extractor(CueFinder.load())), shipped_carriers()
    )


def held_out(model: Model) -> Mapping[str, Figures]:
    """Return the figures on letters that were left out of training, as the model tells them."""
    return {
        name: Figures(
            documents=int(row["documents"]),
            right=row["right"],
            decided=row["decided"],
            wrong=row["wrong"],
            crossed=row["crossed"],
        )
        for name, row in model.card.figures.items()
    }


def card_text(model: Model, checked: Sequence[Judged]) -> str:
    """Return the model card in Markdown."""
    return "\n".join(_card_lines(model, checked)) + "\n"


def _card_lines(model: Model, checked: Sequence[Judged]) -> Iterator[str]:
    yield "# Model card: document types"
    yield ""
    yield from _PURPOSE
    yield ""
    yield "| | |"
    yield "|---|---|"
    yield f"| version | `{model.version}` |"
    yield f"| SHA-256 of the training material | `{model.card.material}` |"
    yield f"| letters (wordings) | {model.card.letters} |"
    yield f"| texts, with fillings and damaged copies | {model.card.examples} |"
    yield f"| types | {len(model.types)} |"
    yield f"| features | {len(model.known.keys)} |"
    yield f"| temperature | {model.temperature:g} |"
    yield f"| shipped threshold | {model.threshold:g} |"
    yield ""
    yield "## Letters left out of training (k-fold by wording)"
    yield ""
    yield from _table(held_out(model))
    yield ""
    yield "## Frozen check letters"
    yield ""
    yield from _table(by_condition(checked, threshold=model.threshold))
    yield from _row("all", figures(checked, threshold=model.threshold))
    yield ""
    yield "## Who would have got the check letters"
    yield ""
    yield from _matrix(checked)
    yield ""
    yield "## Confusions on the check letters"
    yield ""
    yield "| true type | recognised as | times | of them at or above the threshold |"
    yield "|---|---|---|---|"
    sure = {
        (true, taken): count
        for true, taken, count in confusions(
            [one for one in checked if one.decidable and one.confidence >= model.threshold]
        )
    }
    for true, taken, count in confusions(checked)[:_SHOWN]:
        yield f"| {true} | {taken} | {count} | {sure.get((true, taken), 0)} |"


def _matrix(checked: Sequence[Judged]) -> Iterator[str]:
    """Yield who is entitled (rows) against who the recognised type would have sent it to."""
    entitled = shipped_carriers().items()
    carriers = {code: " + ".join(sorted(who)) or "a person" for code, who in entitled}
    groups = sorted(set(carriers.values()))
    counts = Counter((carriers[one.true], carriers[one.guessed]) for one in checked)
    yield "| entitled by law | " + " | ".join(groups) + " |"
    yield "|---" * (len(groups) + 1) + "|"
    for true in groups:
        cells = (str(counts[true, taken]) for taken in groups)
        yield f"| {true} | " + " | ".join(cells) + " |"


def _table(rows: Mapping[str, Figures]) -> Iterator[str]:
    yield "| condition | documents | right | decided | wrong type | wrong carrier |"
    yield "|---|---|---|---|---|---|"
    for name, row in rows.items():
        yield from _row(name, row)


def _row(name: str, row: Figures) -> Iterator[str]:
    documents, *shares = astuple(row)
    yield f"| {name} | {documents} | " + " | ".join(f"{100 * s:.2f} %" for s in shares) + " |"


_PURPOSE = (
    "This file is written by `poststelle model card --markdown`; a test compares.",
    "",
    "The model recognises the type of a document from its text, says how sure it is, and leaves",
    "the decision to a person where it is not sure enough. It is a multinomial logistic",
    "regression over runs of characters, words and layout, with the supports by the table of",
    "cues (`ocr/cues/`) as further features. It sees no images. All training letters are",
    "fictitious; names of people and places are no features.",
    "",
    "“decided” are documents that would be filed without a person (those of types that the law",
    "leaves to a person never are), “wrong type” and “wrong carrier” are shares of these.",
    "“faint”, “poor” and “awful” are damaged at the level of the text, as recognition damages",
    "good scans, poor scans and photos, and hardly legible ones.",
)
