"""Weights are fitted so that what they decide without a person is rarely wrong."""

import numpy as np
import pytest

from app.dividing import Seen, fit, held_out, measured, thresholds
from corpus.piles import Style


def pile(*rows: tuple[float, bool]) -> Seen:
    return Seen(
        Style.NOTHING,
        tuple({"sign": sign} for sign, _ in rows),
        tuple(begins for _, begins in rows),
    )


CLEAR = [pile((1.0, True), (0.0, False), (1.0, True)) for _ in range(40)]


def test_a_sign_of_beginnings_gets_a_weight() -> None:
    fitted = fit(CLEAR)
    assert fitted.names == ("sign",)
    assert fitted.weights[0] > 2
    low, high = fitted.odds([{"sign": 0.0}, {"sign": 1.0}])
    assert low < 0 < high


def test_odds_are_held_out_in_the_order_of_the_gaps() -> None:
    odds = held_out(CLEAR)
    begins = np.array([begins for one in CLEAR for begins in one.begins])
    assert np.array_equal(odds > 0, begins)


def test_the_thresholds_leave_out_what_would_be_wrong_too_often() -> None:
    odds = np.array([4.0, 3.0, 2.0, 1.0, -1.0, -2.0, -3.0, -4.0])
    begins = np.array([True, True, True, False, True, False, False, False])
    split, keep = thresholds(odds, begins, wrong=0.01)
    assert split == pytest.approx(1 / (1 + np.exp(-2.0)), abs=1e-3)
    assert keep == pytest.approx(1 / (1 + np.exp(2.0)), abs=1e-3)


def test_the_report_names_every_style() -> None:
    lines = list(measured(CLEAR))
    assert [line.split(":")[0] for line in lines] == list(Style)
    assert "of 120 letters whole" in lines[0]
