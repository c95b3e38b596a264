import time
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from domain.errors import ConfigurationError
from ocr.classify import Classifier
from ocr.cuetable import packaged_table, parse_table
from ocr.model import packaged_model
from ocr.text import fold, segments, skeleton
from tests.ocr.letterbox import letters, noisy


def catalogue() -> dict[str, dict[str, list[str]]]:
    source = files("intake").joinpath("policy", "document-types.toml").read_text(encoding="utf-8")
    types: dict[str, dict[str, list[str]]] = tomllib.loads(source)["types"]
    return types


CODES = [code for code in catalogue() if code != "sonstiges"]


def code_of(name: str) -> str:
    """Return the type of a letter; a second layout of a type is called ``<code>__2``."""
    return name.partition("__")[0]


POSITIVES = [name for name in letters() if code_of(name) in CODES]
NEGATIVES = [name for name in letters() if code_of(name) not in CODES]
NEARLY = {"negative_parking_space": "mietvertrag"}
"""Damaged, the tenancy of a parking space may pass as one of a flat: the same carrier's."""


def decides(classifier: Classifier, text: str) -> bool:
    """Tell whether a text would be filed without a person."""
    guess = classifier.classify(text)
    filed = catalogue()[guess.type]["carriers"] != ["clarify"]
    return filed and guess.confidence >= classifier.threshold


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier.load()


def test_the_cue_table_covers_every_type_of_the_catalogue() -> None:
    assert packaged_table().types == set(CODES)


def test_there_is_a_letter_of_every_type_and_enough_others() -> None:
    assert set(CODES) <= set(letters())
    assert len(NEGATIVES) >= 15


def test_recognises_letters_of_each_type(classifier: Classifier) -> None:
    guesses = {name: classifier.classify(letters()[name]) for name in POSITIVES}
    right = [name for name, guess in guesses.items() if guess.type == code_of(name)]
    assert len(right) >= 0.95 * len(POSITIVES), set(POSITIVES) - set(right)
    assert all(guess.evidence for guess in guesses.values())


def test_what_is_sure_is_of_the_right_carriers(classifier: Classifier) -> None:
    types = catalogue()
    for name in POSITIVES:
        guess = classifier.classify(letters()[name])
        if guess.confidence >= packaged_model().threshold:
            assert set(types[guess.type]["carriers"]) <= set(types[code_of(name)]["carriers"]), name


@pytest.mark.parametrize("name", NEGATIVES)
def test_abstains_from_other_post(classifier: Classifier, name: str) -> None:
    assert not decides(classifier, letters()[name])


@pytest.mark.parametrize("seed", ["a", "b", "c"])
def test_noise_costs_few_letters_and_never_the_right_carrier(
    classifier: Classifier, seed: str
) -> None:
    types = catalogue()
    right = 0
    for name, text in letters().items():
        damaged = noisy(text, seed=f"{seed}{name}", share=0.02)
        guess = classifier.classify(damaged)
        if name in NEGATIVES:
            near = guess.type == NEARLY.get(name)
            assert near or not decides(classifier, damaged), name
            continue
        right += guess.type == code_of(name)
        same = set(types[guess.type]["carriers"]) <= set(types[code_of(name)]["carriers"])
        assert same or not decides(classifier, damaged), f"{name} would be filed as {guess.type}"
    assert right >= 0.92 * len(POSITIVES)


@pytest.mark.parametrize("name", POSITIVES)
def test_half_a_letter_is_never_filed_with_other_carriers(
    classifier: Classifier, name: str
) -> None:
    lines = letters()[name].splitlines()
    half = "\n".join(lines[len(lines) // 2 :])
    types = catalogue()
    if decides(classifier, half):
        guess = classifier.classify(half)
        assert set(types[guess.type]["carriers"]) <= set(types[code_of(name)]["carriers"])


@pytest.mark.parametrize(
    "sentence",
    [
        "Bitte reichen Sie Ihren Mietvertrag ein.",
        "Anlagen: Mietvertrag, Kontoauszug, Lohnabrechnung",
        "Mietvertrag",
        "- Mietvertrag\n- Lohnabrechnung\n- Kontoauszug\n- Personalausweis",
        "Ich habe meine Arbeitsunfähigkeitsbescheinigung schon abgegeben.",
        "",
        " \n\f ",
        "0 1 2 3 4 5",
    ],
)
def test_a_mention_is_not_a_document(classifier: Classifier, sentence: str) -> None:
    assert not decides(classifier, sentence)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Antrag auf Arbeitslosengeld II", "hauptantrag"),
        ("Antrag auf Bürgergeld", "hauptantrag"),
        ("Antrag auf Grundsicherungsgeld", "hauptantrag"),
        ("Antrag auf Weiterbewilligung des Bürgergeldes", "weiterbewilligung"),
        ("Antrag auf Weiterbewilligung von Arbeitslosengeld II", "weiterbewilligung"),
        ("Eingliederungsvereinbarung", "kooperationsplan"),
        ("Kündigung des Mietverhältnisses", "mietschulden"),
        ("Kündigung des Arbeitsverhältnisses", "kuendigung_arbeit"),
        ("Anlage EKS", "anlage_eks"),
        ("Anlage EK", "anlage_ek"),
        ("M I E T V E R T R A G", "mietvertrag"),
        ("Arbeitsunfähigkeits-\nbescheinigung", "au_bescheinigung"),
        (
            "Anlage zur Feststellung der angemessenen\nBedarfe für Unterkunft und Heizung",
            "anlage_kdu",
        ),
        ("Kiindigung des Arbeitsverhaltnisses", "kuendigung_arbeit"),
    ],
)
def test_knows_titles_of_three_laws_and_several_layouts(
    classifier: Classifier, title: str, code: str
) -> None:
    head = "Familienname, Vorname, Geburtsdatum\nAnschrift"
    scores = classifier.scores(f"{title}\nMusterstadt\n{head}")
    likeliest = sorted(scores, key=lambda kind: -scores[kind])[:2]
    assert code in likeliest


def test_two_titles_of_equal_right_leave_it_open(classifier: Classifier) -> None:
    both = f"{letters()['mietvertrag']}\n{letters()['lohnabrechnung']}"
    assert not decides(classifier, "Mietvertrag\nLohnabrechnung\nKontoauszug\n")
    assert classifier.classify(both).type in {"mietvertrag", "lohnabrechnung", "sonstiges"}


def test_evidence_is_wording_of_the_table_or_the_model_and_never_of_the_letter(
    classifier: Classifier,
) -> None:
    table = packaged_table()
    known = {cue.wording for cue in (*table.headlines, *table.wordings)}
    known |= set(packaged_model().words.values())
    for text in letters().values():
        assert set(classifier.classify(text).evidence) <= known


def test_scores_are_shares_of_all_types(classifier: Classifier) -> None:
    scores = classifier.scores(letters()["mietvertrag"])
    assert set(scores) == {*CODES, "sonstiges"}
    assert sum(scores.values()) == pytest.approx(1.0)
    assert max(scores, key=lambda code: scores[code]) == "mietvertrag"


def test_a_title_of_its_own_is_beyond_doubt_and_a_list_is_not(classifier: Classifier) -> None:
    assert classifier.titled(letters()["mietvertrag"]) == "mietvertrag"
    assert classifier.titled("- Mietvertrag\n- Lohnabrechnung\n- Kontoauszug") is None


def test_another_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        Classifier.load(tmp_path)


def test_a_document_costs_few_milliseconds(classifier: Classifier) -> None:
    texts = list(letters().values())
    begin = time.process_time()
    for text in texts:
        classifier.classify(text)
    assert (time.process_time() - begin) / len(texts) < 0.02


def test_a_huge_text_is_cut(classifier: Classifier) -> None:
    begin = time.process_time()
    classifier.classify(letters()["mietvertrag"] * 2000)
    assert time.process_time() - begin < 10


@pytest.mark.parametrize(
    "source",
    [
        "not toml",
        "",
        "[other]\n",
        "[types.sonstiges]\ntitles = ['Irgendetwas']",
        "[types.a]\ntitels = ['Mietvertrag']",
        "[types.a]\ntitles = 'Mietvertrag'",
        "[types.a]\ntitles = ['-']",
        "[types.a]\ntitles = [1]",
        "[types.a]\ntitles = ['Mietvertrag']\n[decoys.a]\ntitles = ['Rechnung']",
    ],
)
def test_a_bad_table_refuses_to_load(source: str) -> None:
    with pytest.raises(ConfigurationError):
        parse_table(source)


def test_fold_undoes_typography() -> None:
    assert fold("Straße  der\nÖﬀnung") == "strasse der oeffnung"
    assert fold("Arbeits-\n  unfähigkeit") == "arbeitsunfaehigkeit"
    assert fold("Haus- und Hofver-\nwaltung") == "haus- und hofverwaltung"
    assert fold("u\u0308ber identité") == "ueber identite"


def test_skeletons_of_confused_words_are_equal() -> None:
    assert skeleton("Kündigung") == skeleton("Kiindigung") == skeleton("Kundigung")
    assert skeleton("Eltern") == skeleton("E1tem")


def test_segments_part_columns_and_close_spaced_letters() -> None:
    assert segments("Vermieter    M I E T E R\n\n x") == ("Vermieter", "MIETER", "x")


def test_a_title_that_nothing_contradicts_takes_doubt_away(classifier: Classifier) -> None:
    form = (
        "Musterstadt, den 03.02.2026\nMietbescheinigung\nMieter/in: Erika Beispiel\n"
        "Anschrift der Wohnung: Lindenweg 3, 09999 Musterstadt\nMietbeginn: 01.05.2021\n"
        "Kaltmiete 412,00\nBetriebskosten 118,00\nGesamtmiete 614,00\n"
        "Datum, Stempel und Unterschrift des Vermieters"
    )
    untitled = form.replace("Mietbescheinigung", "Zur Vorlage")
    titled, other = classifier.classify(form), classifier.classify(untitled)
    assert (titled.type, decides(classifier, form)) == ("mietbescheinigung", True)
    assert not decides(classifier, untitled)
    assert other.confidence < titled.confidence
