import io
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import ConfigurationError
from ocr.features import Extractor
from ocr.model import FILE_NAME, costs_of, load, packaged_model, parse, save, written
from ocr.supports import CueFinder
from tests.ocr.letterbox import letters


def test_what_is_written_reads_the_same() -> None:
    model = packaged_model()
    again = parse(written(model))
    assert again.version == model.version
    assert written(again) == written(model)


def test_the_packaged_file_is_what_the_model_writes() -> None:
    assert written(packaged_model()) == Path("ocr/model", FILE_NAME).read_bytes()


def test_the_file_is_small() -> None:
    assert len(written(packaged_model())) <= 900 * 1024


def test_any_change_is_another_version(tmp_path: Path) -> None:
    model = packaged_model()
    save(replace(model, threshold=0.99), tmp_path)
    assert load(tmp_path).version != model.version
    assert [entry.name for entry in tmp_path.iterdir()] == [FILE_NAME]


def test_shares_sum_to_one_and_words_are_in_plain_german() -> None:
    model = packaged_model()
    seen = Extractor(CueFinder.load()).see(letters()["mietvertrag"])
    shares = model.shares(seen.keys)
    assert shares.sum() == pytest.approx(1.0)
    words = model.strongest_words(seen.keys, int(shares.argmax()), most=3)
    assert 0 < len(words) <= 3
    assert all(word.isalpha() and len(word) >= 5 for word in words)


def test_crossing_carriers_costs_more_confidence() -> None:
    carriers = {"a": frozenset({"agentur"}), "b": frozenset({"agentur", "kommune"})}
    costs = costs_of(["a", "b"], carriers)
    assert costs.tolist() == [[0, 10], [30, 0]]
    model = replace(packaged_model(), costs=costs)
    shares = np.array([0.1, 0.9])
    assert model.confidence(shares, 1) == pytest.approx(0.7)
    assert model.confidence(shares[::-1], 0) == pytest.approx(0.9)


def test_no_model_and_a_too_large_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        load(tmp_path)
    (tmp_path / FILE_NAME).write_bytes(bytes(2_000_000))
    with pytest.raises(ConfigurationError):
        load(tmp_path)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_damaged_file_is_refused_or_reads_the_same(data: st.DataObject) -> None:
    content = bytearray(written(packaged_model()))
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    try:
        parsed = parse(bytes(content))
    except ConfigurationError:
        return
    assert parsed.version == packaged_model().version


def arrays() -> dict[str, np.ndarray]:
    with np.load(io.BytesIO(written(packaged_model()))) as found:
        return {name: found[name] for name in found.files}


def packed(parts: dict[str, np.ndarray]) -> bytes:
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=True, **parts)
    return out.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        {"matrix": np.zeros((3, 3), dtype=np.int8)},
        {"bias": np.zeros(58, dtype=np.float64)},
        {"steps": np.zeros(5, dtype=np.uint32)},
        {"header": np.frombuffer(b"{}", dtype=np.uint8)},
        {"header": np.frombuffer(b"[1", dtype=np.uint8)},
        {"bias": np.array([{"an": "object"}], dtype=object)},
        {"matrix": np.zeros((9000, 1000), dtype=np.int8)},
    ],
)
def test_parts_that_do_not_fit_are_refused(change: dict[str, np.ndarray]) -> None:
    with pytest.raises(ConfigurationError):
        parse(packed({**arrays(), **change}))


def test_other_files_are_refused() -> None:
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    for content in (b"", b"PK\x03\x04", empty.getvalue(), b"\x80\x04N."):
        with pytest.raises(ConfigurationError):
            parse(content)
