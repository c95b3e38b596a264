import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import ConfigurationError
from ocr.features import Extractor, blocks, fold_numbers, pack, unpack, word_key
from ocr.grams import codes, gram_numbers
from ocr.model import packaged_model
from ocr.supports import CueFinder
from ocr.text import skeleton
from tests.ocr.letterbox import letters, noisy

EXTRACTOR = Extractor(CueFinder.load())


def test_numbers_count_the_same_except_those_of_provisions() -> None:
    assert fold_numbers("12345BG0001234 vom 03.02.2026: 1.234,56 EUR") == "9BG9 vom 9: 9 EUR"
    assert fold_numbers("§ 312 SGB III und §§ 558 BGB") == "§ 312 SGB III und §§ 558 BGB"


def test_keys_are_ascending_and_without_repetition() -> None:
    keys = EXTRACTOR.see(letters()["mietvertrag"]).keys
    assert bool((np.diff(keys.astype(np.int64)) > 0).all())
    assert set(blocks(keys).tolist()) >= {0, 1, 2, 3, 4, 5, 6}


@given(st.text(max_size=300))
def test_any_text_has_features(text: str) -> None:
    assert len(EXTRACTOR.see(text).keys)


@given(st.text(alphabet="abcxyz 019§", min_size=0, max_size=40), st.integers(1, 6))
def test_different_runs_have_different_numbers(text: str, length: int) -> None:
    numbers = gram_numbers(codes(text), length).tolist()
    runs = [text[at : at + length] for at in range(len(text) - length + 1)]
    assert len(set(numbers)) == len(set(runs))
    assert len(numbers) == len(runs)


def test_most_features_survive_recognition() -> None:
    known = packaged_model().known
    text = letters()["lohnabrechnung"]
    clean = set(known.indices(EXTRACTOR.see(text).keys).tolist())
    damaged = EXTRACTOR.see(noisy(text, seed="a", share=0.02)).keys
    assert len(clean & set(known.indices(damaged).tolist())) > 0.5 * len(clean)


def test_names_are_no_features_of_the_model() -> None:
    known = packaged_model().known
    for name in ("Beispiel", "Brandt", "Olga", "Müllerstraße", "Yıldız", "Kowalczyk"):
        key = np.array([word_key(skeleton(name))], dtype=np.uint32)
        assert not len(known.indices(key)), name


def test_packed_features_hold_indices_alone() -> None:
    known = packaged_model().known
    text = letters()["mietvertrag"]
    indices = known.indices(EXTRACTOR.see(text).keys)
    packed = pack(indices)
    assert len(packed) == 2 * len(indices)
    assert unpack(packed, size=len(known.keys)).tolist() == sorted(indices.tolist())
    assert not any(word.encode() in packed for word in text.split() if len(word) >= 3)


@pytest.mark.parametrize("packed", [b"\x01", b"\x05\x00\x05\x00", b"\x05\x00\x04\x00", b"\xff\xff"])
def test_what_is_of_no_vocabulary_is_refused(packed: bytes) -> None:
    with pytest.raises(ConfigurationError):
        unpack(packed, size=100)
