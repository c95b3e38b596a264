"""Learning from the clearing desk: real databases and keys, a small but real model."""

import datetime as dt
import fcntl
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.cli.inspecting import reports
from app.house import House
from app.learning import Ending, gather, learn, roll_back
from app.sweeping import Sweeper
from domain.catalogue import FALLBACK
from domain.errors import ConfigurationError, NotAllowedNowError
from domain.ids import DocumentId, TypeCode
from intake.clearing import Correction
from intake.corrections import RETENTION
from intake.recognition import SUBJECT, replace_model
from intake.tables import CORRECTIONS
from ocr.judging import figures
from ocr.model import packaged_model, written
from storage.audit import AuditEntry
from tests.app.houses import (
    PreparedReader,
    document,
    files_below,
    hand_in,
    house_in,
    reading,
    reading_with,
    work_off,
)
from tests.app.schooling import SCHOOL, TYPES, guessed, judged, texts, trained

CLERK = "s.beispiel"
CANARY = "Quaddelfunkel"
CORRECTIONS_OF_ONE_FORM = 20
TAUGHT = "mietbescheinigung"
FORM = """Rückmeldung des Hauseigentümers auf Anforderung
Sehr geehrte Damen und Herren, zu Ihrer Anfrage über {name} teile ich mit:
Die Bewohner zahlen monatlich {n}41,00 Euro. Davon 6{n},00 Euro Heizung, 8{n},00 Euro Nebenkosten.
Das Haus hat {n} Zimmer. Eingezogen am 01.0{n}.2026.
Mit freundlichen Grüßen"""
LENIENT = replace(SCHOOL, judge=lambda _: ())
"""A school without check letters, where it does not matter how good a model is."""
UNSEEN = FORM.format(name="Frau Unbekannt", n=9)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    # It reads with the small model of the school.
    with house_in(tmp_path) as opened:
        chosen = opened.models.put(trained())
        replace_model(opened.intake, chosen, before=None, figures={}, actor="test")
        yield opened


def _teach(house: House, lessons: Sequence[tuple[str, str]]) -> None:
    """Let a person decide on the types of documents of which nothing was recognised."""
    kinds = dict(lessons)
    usual = {"type": TypeCode(FALLBACK), "confidence": 0.2, "original": b"%PDF pages"}
    found = [document(text, **usual) for text in kinds]
    hand_in(house, b"%PDF a stack")
    work_off(reading_with(house, PreparedReader(lambda _: reading(*found))))
    for entry in list(house.clearing.waiting()):
        kind = TypeCode(kinds[entry.record.reading.text])
        lawful = house.intake.policy.carriers.entitled(house.intake.policy.catalogue[kind])
        carriers = lawful or tuple(house.intake.policy.carriers.carriers)
        house.clearing.settle(entry.record.id, Correction(kind, carriers, ""), actor=CLERK)


def _forms() -> list[tuple[str, str]]:
    names = (f"Herrn {CANARY}{number}" for number in range(CORRECTIONS_OF_ONE_FORM))
    return [(FORM.format(name=name, n=at % 8 + 1), TAUGHT) for at, name in enumerate(names)]


def _swapped() -> list[tuple[str, str]]:
    """Letters as they may come in, each with the name of another type."""
    others = dict(zip(TYPES, (*TYPES[1:], TYPES[0]), strict=True))
    return [(text, others[kind]) for text, kind, _ in texts("train", seed="5")]


def _entries(house: House) -> list[AuditEntry]:
    with house.intake.database.reading() as connection:
        house.intake.audit.verify(connection)
        return list(house.intake.audit.entries(connection, subject=SUBJECT))


def test_a_form_that_people_corrected_is_recognised_and_nothing_else_gets_worse(
    house: House,
) -> None:
    before = house.models.model()
    assert guessed(before, UNSEEN) != TAUGHT
    _teach(house, _forms())
    learned = learn(house, school=SCHOOL, actor="cli")
    assert learned.ending is Ending.REPLACED
    after = house.models.model()
    assert learned.versions == (before.version, after.version)
    assert guessed(after, UNSEEN) == TAUGHT
    old, new = (figures(judged(model), threshold=0.75) for model in (before, after))
    assert new.right >= old.right
    assert new.wrong <= old.wrong
    entry = _entries(house)[-1]
    assert (entry.action, entry.actor) == ("model.replaced", "cli")
    assert entry.details["corrections"] == str(CORRECTIONS_OF_ONE_FORM)
    assert entry.details["digest"] == house.models.choices().current.digest  # type: ignore[union-attr]  # one was chosen


def test_what_is_kept_to_learn_from_holds_no_name_and_only_known_wordings(house: House) -> None:
    _teach(house, _forms()[:3])
    canaries = [path for path in files_below(house.folder.root) if _holds_canary(path)]
    assert canaries == []
    known = set(house.models.model().known.keys.tolist())
    taught = gather(house, types=SCHOOL.types).taught
    assert len(taught) == 3
    for one in taught:
        assert set(one.keys.tolist()) <= known


def _holds_canary(path: Path) -> bool:
    content = path.read_bytes()
    return any(form in content for form in (CANARY.encode(), CANARY.lower().encode()))


def test_poisoned_corrections_are_refused_on_record_and_the_model_stays(house: House) -> None:
    before, kept = house.models.choices(), files_below(house.folder.models)
    _teach(house, _swapped())
    learned = learn(house, school=SCHOOL, actor="cli")
    assert learned.ending is Ending.REFUSED
    assert house.models.choices() == before
    assert files_below(house.folder.models) == kept
    entry = _entries(house)[-1]
    assert entry.action == "model.refused"
    assert float(entry.details["right_after"]) < float(entry.details["right_before"])


def test_the_same_corrections_give_the_same_bytes(house: House) -> None:
    _teach(house, _forms()[:5])
    once, again = (
        written(SCHOOL.train(gather(house, types=SCHOOL.types).taught)) for _ in range(2)
    )
    assert once == again
    assert learn(house, school=LENIENT, actor="cli").ending is Ending.REPLACED
    entries = _entries(house)
    assert learn(house, school=LENIENT, actor="cli").ending is Ending.UNCHANGED
    assert _entries(house) == entries


def test_without_corrections_there_is_nothing_to_learn(house: House) -> None:
    entries = _entries(house)
    assert learn(house, school=SCHOOL, actor="cli").ending is Ending.NOTHING
    assert _entries(house) == entries


def test_corrections_of_another_scheme_or_type_are_left_out_and_counted(house: House) -> None:
    _teach(house, _forms()[:3])
    corrections = house.intake.corrections
    with house.intake.database.transaction() as connection:
        lesson = next(corrections.lessons(connection)).lesson
        older = replace(lesson, features=replace(lesson.features, scheme="older"))
        corrections.write(connection, DocumentId("another"), older)
    gathered = gather(house, types=SCHOOL.types)
    assert (len(gathered.taught), gathered.left_out) == (3, 1)
    assert gather(house, types={"mietvertrag"}).left_out == 4


def test_decisions_against_a_sure_proposal_are_counted(house: House) -> None:
    _teach(house, _forms()[:2])
    corrections = house.intake.corrections
    with house.intake.database.transaction() as connection:
        lesson = next(corrections.lessons(connection)).lesson
        corrections.write(connection, DocumentId("another"), replace(lesson, confidence=0.99))
    assert gather(house, types=SCHOOL.types).contradicted == 1


def test_features_that_are_not_whole_stop_learning(house: House) -> None:
    _teach(house, _forms()[:1])
    corrections = house.intake.corrections
    with house.intake.database.transaction() as connection:
        lesson = next(corrections.lessons(connection)).lesson
        for number, keys in enumerate((b"123", b"\2\0\0\0\1\0\0\0")):
            broken = replace(lesson, features=replace(lesson.features, keys=keys))
            corrections.write(connection, DocumentId(str(number)), broken)
    with pytest.raises(ConfigurationError):
        gather(house, types=SCHOOL.types)


def test_the_sweeper_removes_corrections_whose_year_is_over(house: House) -> None:
    _teach(house, _forms()[:2])
    Sweeper(house).sweep()
    assert len(gather(house, types=SCHOOL.types).taught) == 2
    past = RETENTION + dt.timedelta(days=1)
    with house.intake.database.transaction() as connection:
        connection.execute(update(CORRECTIONS).values(created_at=house.clock.now() - past))
    assert gather(house, types=SCHOOL.types).taught == ()
    Sweeper(house).sweep()
    with house.intake.database.reading() as connection:
        assert connection.execute(select(CORRECTIONS)).all() == []
    assert _entries(house)[-1].action == "corrections.forgotten"


def test_rolling_back_leads_to_the_model_before_and_then_to_the_packaged_one(
    house: House,
) -> None:
    base = house.models.model()
    _teach(house, _forms()[:2])
    learn(house, school=LENIENT, actor="cli")
    assert house.models.model().version != base.version
    back = roll_back(house, actor="cli")
    assert back is not None
    assert house.models.model().version == back.version == base.version
    assert [path.parent.name for path in files_below(house.folder.models)] == [back.digest]
    assert roll_back(house, actor="cli") is None
    assert house.models.model().version == packaged_model().version
    assert files_below(house.folder.models) == []
    with pytest.raises(NotAllowedNowError):
        roll_back(house, actor="cli")
    assert [one.action for one in _entries(house)[-2:]] == ["model.taken_back"] * 2


def test_two_do_not_learn_at_once(house: House) -> None:
    with house.folder.learning.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(NotAllowedNowError):
            learn(house, school=SCHOOL, actor="cli")


@pytest.mark.parametrize("damage", ["changed", "another model", "missing"])
def test_a_file_that_is_not_the_chosen_one_is_never_read_with(house: House, damage: str) -> None:
    (file,) = files_below(house.folder.models)
    match damage:
        case "changed":
            file.write_bytes(file.read_bytes()[:-1] + b"x")
        case "another model":
            file.write_bytes(written(packaged_model()))
        case _:
            file.unlink()
    with pytest.raises(ConfigurationError, match="model rollback"):
        house.models.model()
    with pytest.raises(ConfigurationError, match="model rollback"):
        house.reader.probe()
    assert roll_back(house, actor="cli") is None
    assert house.models.model().version == packaged_model().version


def test_the_reader_takes_the_learned_model_and_leaves_it_again(house: House) -> None:
    """The small model knows no certificates of incapacity; the packaged one does."""
    text = _CERTIFICATE.encode()
    learned = house.reader.read(text, name="brief.txt", separators=lambda _: {})
    assert learned.documents[0].type in TYPES
    roll_back(house, actor="cli")
    packaged = house.reader.read(text, name="brief.txt", separators=lambda _: {})
    assert packaged.documents[0].type == "au_bescheinigung"


_CERTIFICATE = """Arbeitsunfähigkeitsbescheinigung
Erstbescheinigung
Name, Vorname des Versicherten: Beispiel, Erika
Arbeitsunfähig seit 02.02.2026, voraussichtlich arbeitsunfähig bis einschließlich 06.02.2026
Festgestellt am 02.02.2026, Vertragsarzt-Nr.
AU-begründende Diagnosen (ICD-10)"""


def test_inspect_reads_as_the_house_does(house: House, tmp_path: Path) -> None:
    letter = tmp_path / "brief.txt"
    letter.write_text(_CERTIFICATE)
    (report,) = reports(house.settings, [letter])
    assert report["documents"][0]["type"] in TYPES
    (file,) = files_below(house.folder.models)
    file.unlink()
    with pytest.raises(ConfigurationError, match="model rollback"):
        list(reports(house.settings, [letter]))


def test_a_model_of_another_scheme_rests(house: House) -> None:
    chosen = house.models.put(trained())
    older = replace(chosen, scheme="older")
    replace_model(house.intake, older, before=chosen, figures={}, actor="test")
    assert house.models.rests()
    assert house.models.in_use() is None
    assert house.models.model().version == packaged_model().version


def test_a_write_that_fails_leaves_the_model_in_use(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = house.models.choices()
    _teach(house, _forms()[:2])

    def full(path: Path, content: bytes) -> None:
        del path, content
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.modelshelf.write_once", full)
    with pytest.raises(OSError, match="No space"):
        learn(house, school=LENIENT, actor="cli")
    assert house.models.choices() == before
    house.models.clear()
    assert len(files_below(house.folder.models)) == 1
