"""Reliable change. The expected figures are worked out by hand from the formula of the paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.methods.trajectories.change import (
    SENTENCES,
    NoReliableChange,
    Outcome,
    reliable_change,
    standard_error_of_difference,
)

# By hand: 7.5 * sqrt(1 - 0.80) = 3.3541; sqrt(2 * 3.3541**2) = 4.7434; 15 / 4.7434 = 3.1623.
MEASURE = {"standard_deviation": 7.5, "reliability": 0.80}


def test_the_standard_error_of_a_difference_is_as_worked_out_by_hand() -> None:
    assert standard_error_of_difference(**MEASURE) == pytest.approx(4.7434, abs=1e-4)


def test_a_large_difference_upwards_is_a_clear_change_up() -> None:
    change = reliable_change(32.5, 47.5, **MEASURE)

    assert change.index == pytest.approx(3.1623, abs=1e-4)
    assert change.outcome is Outcome.UP
    assert change.least == pytest.approx(1.96 * 4.7434, abs=1e-3)


@pytest.mark.parametrize(
    ("second", "outcome"),
    [
        (42.0, Outcome.UP),
        (41.5, Outcome.NO_CLEAR_CHANGE),
        (32.5, Outcome.NO_CLEAR_CHANGE),
        (23.5, Outcome.NO_CLEAR_CHANGE),
        (23.0, Outcome.DOWN),
    ],
)
def test_a_change_is_clear_from_nine_and_a_third_points_on(second, outcome) -> None:
    assert reliable_change(32.5, second, **MEASURE).outcome is outcome


def test_every_outcome_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Outcome)
    assert reliable_change(1, 1, **MEASURE).sentence == SENTENCES[Outcome.NO_CLEAR_CHANGE]


@pytest.mark.parametrize(
    "figures",
    [
        {"standard_deviation": 0, "reliability": 0.8},
        {"standard_deviation": float("inf"), "reliability": 0.8},
        {"standard_deviation": 1, "reliability": 0},
        {"standard_deviation": 1, "reliability": 1},
    ],
)
def test_figures_that_cannot_be_true_give_no_answer(figures) -> None:
    with pytest.raises(NoReliableChange):
        reliable_change(1, 2, **figures)


@given(st.floats(0, 100), st.floats(0, 100))
def test_up_one_way_is_down_the_other_way(first, second) -> None:
    there, back = (
        reliable_change(first, second, **MEASURE),
        reliable_change(second, first, **MEASURE),
    )

    assert there.index == -back.index
    turned = {Outcome.UP: Outcome.DOWN, Outcome.DOWN: Outcome.UP}
    assert back.outcome is turned.get(there.outcome, there.outcome)
