"""Figures of questions, beside a reference."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.methods.learning.questions.figures import Figures, figures, shares_of_options
from kith.methods.learning.tests.factories import multiple, single

ROWS = [[1, 1, 1], [1, 1, 0], [1, 0, 1], [1, 1, 1], [0, 1, 0], [0, 0, 0],
        [0, 0, 1], [1, 1, 1], [0, 0, 0], [1, 0, 0]]  # fmt: skip


def attempts(rows):
    return [{f"q{at}": Fraction(one) for at, one in enumerate(row)} for row in rows]


def test_the_figures_are_the_share_of_points_and_the_corrected_correlation() -> None:
    found = figures(attempts(ROWS))
    points = np.array(ROWS, dtype=float)

    for at in range(3):
        rest = np.delete(points, at, axis=1).mean(axis=1)
        expected = float(np.corrcoef(points[:, at], rest)[0, 1])
        assert found[f"q{at}"] == Figures(
            10, pytest.approx(points[:, at].mean()), pytest.approx(expected)
        )


def test_too_few_attempts_have_no_figures() -> None:
    assert figures(attempts(ROWS[:9]))["q0"] == Figures(9, None, None)
    assert figures([]) == {}


def test_without_variation_or_other_questions_there_is_no_discrimination() -> None:
    all_right = figures(attempts([[1, one] for one in (0, 1) * 5]))
    alone = figures(attempts([[one] for one in (0, 1) * 5]))

    assert all_right["q0"] == Figures(10, 1.0, None)
    assert all_right["q1"].discrimination is None
    assert alone["q0"] == Figures(10, 0.5, None)


def test_attempts_may_hold_different_questions() -> None:
    rows = attempts([[one, one] for one in (0, 1) * 5]) + [{"q9": Fraction(1)}] * 10

    found = figures(rows)

    assert found["q0"] == Figures(10, 0.5, pytest.approx(1.0))
    assert found["q9"] == Figures(10, 1.0, None)


@given(
    st.lists(st.lists(st.sampled_from([0, 1]), min_size=3, max_size=3), min_size=10, max_size=30)
)
def test_discrimination_is_never_beyond_one(rows) -> None:
    for one in figures(attempts(rows)).values():
        assert one.discrimination is None or -1 <= one.discrimination <= 1


def test_shares_of_options_count_answers() -> None:
    assert shares_of_options(single(), ["a", "a", "b", None]) == {
        "a": Fraction(1, 2), "b": Fraction(1, 4), "c": 0,
    }  # fmt: skip
    assert shares_of_options(multiple(), [["a", "b"], ["a"], "garbage"]) == {
        "a": Fraction(2, 3), "b": Fraction(1, 3), "c": 0,
    }  # fmt: skip
    assert shares_of_options(single(), []) == {"a": 0, "b": 0, "c": 0}
