"""The door to leptonica: what goes in comes out, and what it sees is told the right way round."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from ocr import leptonica
from ocr.limits import ReadingStoppedError
from tests.ocr import samples

PRINT = np.asarray(samples.picture(samples.LINES * 5)) < 128


@pytest.mark.parametrize(
    ("quarters", "signs"), [(0, (1, 0)), (2, (-1, 0)), (1, (0, 1)), (3, (0, -1))]
)
def test_orientation_tells_which_way_to_turn(quarters: int, signs: tuple[int, int]) -> None:
    up, left = leptonica.orientation(np.ascontiguousarray(np.rot90(PRINT, quarters)))
    decisive, other = (up, left) if signs[0] else (left, up)
    assert abs(decisive) > 8
    assert abs(decisive) > 2.5 * abs(other)
    assert np.sign(decisive) == sum(signs)


@pytest.mark.parametrize("degrees", [-4.0, -0.7, 1.3, 5.0])
def test_skew_is_what_makes_it_straight(degrees: float) -> None:
    tilted = np.asarray(samples.picture(samples.LINES * 5).rotate(degrees, fillcolor=255)) < 128
    found, sureness = leptonica.skew(tilted)
    assert found == pytest.approx(degrees, abs=0.15)
    assert sureness > 3


def test_components_are_boxes() -> None:
    ink = np.zeros((50, 70), np.bool_)
    ink[10:15, 20:40] = ink[30, 5] = True
    assert sorted(leptonica.components(ink).tolist()) == [[5, 30, 1, 1], [20, 10, 20, 5]]


def test_noise_is_bounded() -> None:
    ink = np.zeros((600, 600), np.bool_)
    ink[::2, ::2] = True
    assert len(leptonica.components(ink)) == 20_000


def test_connected_ink_is_told_from_the_rest() -> None:
    ink = np.zeros((40, 65), np.bool_)
    ink[5:10, 5:60] = ink[20:25, 5:60] = True
    found = leptonica.connected(ink, across=59, down=9)
    assert found.sum() == ink.sum() / 2
    assert not found[20:].any()


def test_nothing_hangs_together_with_paper() -> None:
    assert not leptonica.connected(np.eye(9, dtype=np.bool_), across=8, down=0).any()


@given(arrays(np.bool_, array_shapes(min_dims=2, max_dims=2, max_side=80), elements=st.booleans()))
def test_any_page_is_seen_without_harm(ink: np.ndarray) -> None:
    leptonica.orientation(ink)
    leptonica.skew(ink)
    boxes = leptonica.components(ink)
    assert (boxes[:, :2] + boxes[:, 2:] <= ink.shape[::-1]).all()
    assert bool(len(boxes)) == bool(ink.any())


@pytest.mark.parametrize("shape", [(0, 5), (5, 0), (1, 30_001)])
def test_sides_without_sense_are_refused(shape: tuple[int, int]) -> None:
    with pytest.raises(ReadingStoppedError):
        leptonica.skew(np.zeros(shape, np.bool_))
