import time
import tomllib
from importlib.resources import files

import pytest

from domain.errors import ConfigurationError
from ocr.classify import Classifier
from ocr.cuetable import packaged_table, parse_table
from ocr.text import fold, segments, skeleton
from tests.ocr.letterbox import letters, noisy

FILED_FROM = 0.75


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


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier.load()


def test_the_cue_table_covers_every_type_of_the_catalogue() -> None:
    assert packaged_table().types == set(CODES)


def test_there_is_a_letter_of_every_type_and_enough_others() -> None:
    assert set(CODES) <= set(letters())
    assert len(NEGATIVES) >= 15


@pytest.mark.parametrize("name", POSITIVES)
def test_recognises_letters_of_each_type(classifier: Classifier, name: str) -> None:
    guess = classifier.classify(letters()[name])
    assert guess.type == code_of(name)
    assert guess.confidence >= FILED_FROM
    assert guess.evidence


@pytest.mark.parametrize("name", NEGATIVES)
def test_abstains_from_other_post(classifier: Classifier, name: str) -> None:
    assert classifier.classify(letters()[name]).confidence < FILED_FROM


@pytest.mark.parametrize("seed", ["a", "b", "c"])
def test_noise_costs_few_letters_and_never_the_right_carrier(
    classifier: Classifier, seed: str
) -> None:
    types = catalogue()
    right = 0
    for name, text in letters().items():
        guess = classifier.classify(noisy(text, seed=f"{seed}{name}", share=0.02))
        sure = guess.confidence >= FILED_FROM
        if name in NEGATIVES:
            assert not sure, name
            continue
        right += sure and guess.type == code_of(name)
        same = types[guess.type]["carriers"] == types[code_of(name)]["carriers"]
        assert same or not sure, f"{name} would be filed as {guess.type}"
    assert right >= 0.9 * len(POSITIVES)


@pytest.mark.parametrize("name", POSITIVES)
def test_half_a_letter_is_never_filed_with_other_carriers(
    classifier: Classifier, name: str
) -> None:
    lines = letters()[name].splitlines()
    guess = classifier.classify("\n".join(lines[len(lines) // 2 :]))
    types = catalogue()
    if guess.confidence >= FILED_FROM:
        assert types[guess.type]["carriers"] == types[code_of(name)]["carriers"]


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
    assert classifier.classify(sentence).confidence < FILED_FROM


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
    assert classifier.classify(f"{title}\nMusterstadt").type == code


def test_two_titles_of_equal_right_leave_it_open(classifier: Classifier) -> None:
    both = f"{letters()['mietvertrag']}\n{letters()['lohnabrechnung']}"
    mixed = "Mietvertrag\nLohnabrechnung\nKontoauszug\n"
    assert classifier.classify(mixed).confidence < FILED_FROM
    assert classifier.classify(both).type in {"mietvertrag", "sonstiges"}


def test_evidence_is_wording_of_the_table_and_never_of_the_letter(classifier: Classifier) -> None:
    table = packaged_table()
    known = {cue.wording for cue in (*table.headlines, *table.wordings)}
    for text in letters().values():
        assert set(classifier.classify(text).evidence) <= known


def test_a_page_costs_few_milliseconds(classifier: Classifier) -> None:
    texts = list(letters().values())
    begin = time.process_time()
    for text in texts:
        classifier.classify(text)
    assert (time.process_time() - begin) / len(texts) < 0.06


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
