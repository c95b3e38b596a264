import hashlib
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from domain.errors import ConfigurationError, SandboxUnavailableError
from ocr.confinement import Sandbox, model_place, sandboxed_command
from ocr.features import unpack
from ocr.learned import known_keys, learned_model, scheme, unpacked_keys, verify_learned
from ocr.lessons import MOST, ONE, Taught, corrections_for
from ocr.limits import Limits
from ocr.model import FILE_NAME, Model, packaged_model
from ocr.sandbox import SandboxedReader
from ocr.vocabulary import Vocabulary

LETTER = """Mietbescheinigung
Die Grundmiete beträgt 480,00 Euro, die Nebenkosten betragen 90,00 Euro im Monat.
Vermieter und Mieter bestätigen die Angaben."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a model, named as it must be."""
    content = files("ocr").joinpath("model", FILE_NAME).read_bytes()
    made = tmp_path / hashlib.sha256(content).hexdigest()
    made.mkdir()
    (made / FILE_NAME).write_bytes(content)
    return made


@pytest.fixture
def model() -> Model:
    return packaged_model()


def test_a_folder_that_its_digest_names_is_read(folder: Path, model: Model) -> None:
    verify_learned(folder)
    assert learned_model(folder).types == model.types


@pytest.mark.parametrize("damage", ["missing", "changed", "longer", "renamed"])
def test_any_other_file_is_refused(folder: Path, damage: str) -> None:
    file = folder / FILE_NAME
    match damage:
        case "missing":
            file.unlink()
        case "changed":
            file.write_bytes(bytes([file.read_bytes()[0] ^ 1]) + file.read_bytes()[1:])
        case "longer":
            file.write_bytes(file.read_bytes() + bytes(1024 * 1024))
        case _:
            folder = folder.rename(folder.with_name("0" * 64))
    with pytest.raises(ConfigurationError, match="model rollback"):
        verify_learned(folder)
    with pytest.raises(ConfigurationError, match="model rollback"):
        learned_model(folder)


def test_only_what_a_model_knows_of_a_text_is_kept(model: Model) -> None:
    keys = unpacked_keys(known_keys(model, LETTER))
    assert len(keys) > 50
    assert set(keys.tolist()) <= set(model.known.keys.tolist())


@pytest.mark.parametrize("name", ["Quxzwyq", "Müllermeister", "Schmidtke", "Vermietich"])
def test_a_name_leaves_no_trace_in_what_is_kept(model: Model, name: str) -> None:
    """Not as a word, and not by runs of characters that words of the vocabulary have as well."""
    some, other = (known_keys(model, f"{LETTER}\nHerr {said}") for said in (name, "Xxqxx"))
    assert some == other


@pytest.mark.parametrize("scrap", ["", " \n 12 §§ \f", "Mietvertrag", "Foto von gestern"])
def test_scraps_leave_nothing(model: Model, scrap: str) -> None:
    assert known_keys(model, scrap) == b""


@pytest.mark.parametrize("packed", [b"123", b"\2\0\0\0\1\0\0\0", b"\1\0\0\0\1\0\0\0"])
def test_what_was_never_packed_is_refused(packed: bytes) -> None:
    with pytest.raises(ConfigurationError):
        unpacked_keys(packed)


def test_the_scheme_is_a_short_name_that_stays() -> None:
    assert scheme() == scheme()
    assert len(scheme()) == 12


def _vocabulary(*keys: int) -> Vocabulary:
    return Vocabulary(np.array(keys, dtype=np.uint32), np.ones(len(keys), dtype=np.uint8))


def _taught(name: str, *keys: int, kind: str = "mietvertrag") -> Taught:
    return Taught(np.array(keys, dtype=np.uint32), kind, name)


def test_corrections_fit_another_vocabulary_and_lose_what_it_does_not_know() -> None:
    known = _vocabulary(3, 5, 9)
    (one,) = corrections_for(known, [_taught("a", 1, 5, 9)])
    assert unpack(one.features, size=3).tolist() == [1, 2]
    assert (one.type, one.counts) == ("mietvertrag", ONE)


def test_corrections_come_in_the_order_of_their_names() -> None:
    taught = [_taught("b", 5, kind="zeugnis"), _taught("a", 3)]
    made = corrections_for(_vocabulary(3, 5), taught)
    assert [one.type for one in made] == ["mietvertrag", "zeugnis"]
    assert made == corrections_for(_vocabulary(3, 5), taught[::-1])


def test_many_corrections_of_a_type_count_no_more_than_the_bound() -> None:
    many = [_taught(str(number), 3) for number in range(1000)]
    made = corrections_for(_vocabulary(3), [*many, _taught("other", 3, kind="zeugnis")])
    assert sum(one.counts for one in made if one.type == "mietvertrag") == pytest.approx(MOST)
    assert [one.counts for one in made if one.type == "zeugnis"] == [ONE]


def test_the_sandbox_shows_the_model_read_only_and_not_its_place(folder: Path) -> None:
    command = sandboxed_command(["true"], Limits(), folder)
    at = command.index(str(folder))
    place = str(model_place(Sandbox.BUBBLEWRAP, folder))
    assert command[at - 1 : at + 2] == ["--ro-bind", str(folder), place]
    assert str(folder.parent) not in place


@pytest.mark.parametrize("sandbox", list(Sandbox))
def test_a_worker_reads_with_the_model_it_is_given_or_not_at_all(
    folder: Path, sandbox: Sandbox
) -> None:
    with SandboxedReader(sandbox=sandbox, model=lambda: folder) as reader:
        reading = reader.read(LETTER.encode(), name="brief.txt", separators=lambda _: {})
        assert reading.documents[0].type == "mietbescheinigung"
    (folder / FILE_NAME).write_bytes(b"no model")
    with (
        SandboxedReader(sandbox=sandbox, model=lambda: folder) as reader,
        pytest.raises(SandboxUnavailableError),
    ):
        reader.read(LETTER.encode(), name="brief.txt", separators=lambda _: {})
