import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.methods.trajectories.attainment import Came, NoGoals, t_score

LEVELS = st.integers(-2, 2)
GOALS = st.lists(
    st.builds(Came, level=LEVELS, weight=st.floats(0.5, 20), number=st.integers(1, 30)),
    min_size=1,
    max_size=12,
)


# The factor by which the sum of equally weighted goals is multiplied, by the number of goals, as in
# the simplified form of Cardillo and Smith (in Kiresuk, Smith and Cardillo 1994).
@pytest.mark.parametrize(
    ("number", "factor"),
    [(1, 10.00), (2, 6.20), (3, 4.56), (4, 3.63), (5, 3.02), (6, 2.58), (7, 2.26), (8, 2.01)],
)
def test_goals_of_equal_weight_follow_the_published_factors(number, factor) -> None:
    assert t_score([Came(1, number=number)]) == pytest.approx(50 + factor * number, abs=0.05)


def test_weighted_goals_follow_the_formula_worked_out_by_hand() -> None:
    # Weights 3, 5, 1, 4, 2, 6 at -2, 0, -1, 2, 0, 1: sum(wx) = 7, sum(w^2) = 91, sum(w) = 21,
    # so T = 50 + 70 / sqrt(0.7 * 91 + 0.3 * 441) = 50 + 70 / sqrt(196) = 55.
    weights, levels = (3, 5, 1, 4, 2, 6), (-2, 0, -1, 2, 0, 1)

    score = t_score(Came(x, w) for x, w in zip(levels, weights, strict=True))

    assert score == pytest.approx(55)


@given(GOALS)
def test_what_was_expected_of_all_is_fifty(goals) -> None:
    assert t_score([Came(0, one.weight, one.number) for one in goals]) == 50


@given(GOALS)
def test_turning_every_level_round_turns_the_figure_round(goals) -> None:
    turned = [Came(-one.level, one.weight, one.number) for one in goals]

    assert t_score(turned) == pytest.approx(100 - t_score(goals))


@given(GOALS, st.floats(0.1, 50))
def test_only_the_relation_of_weights_matters(goals, factor) -> None:
    heavier = [Came(one.level, one.weight * factor, one.number) for one in goals]

    assert t_score(heavier) == pytest.approx(t_score(goals))


@given(GOALS)
def test_equal_goals_count_alike_together_or_one_by_one(goals) -> None:
    single = [Came(one.level, one.weight) for one in goals for _ in range(one.number)]

    assert t_score(single) == pytest.approx(t_score(goals))


@given(GOALS, st.data())
def test_a_goal_that_comes_further_raises_the_figure(goals, data) -> None:
    at = data.draw(st.integers(0, len(goals) - 1))
    one = goals[at]
    if one.level == 2:
        return
    further = [*goals[:at], Came(one.level + 1, one.weight, one.number), *goals[at + 1 :]]

    assert t_score(further) > t_score(goals)


@given(GOALS)
def test_the_figure_stays_within_its_bounds(goals) -> None:
    assert abs(t_score(goals) - 50) <= 20 / math.sqrt(0.3) + 1e-9


def test_without_correlation_single_goals_of_weight_one_add_up_as_independent_ones() -> None:
    assert t_score([Came(1, number=4)], correlation=0) == pytest.approx(70)


def test_no_goals_give_no_figure() -> None:
    with pytest.raises(NoGoals):
        t_score([])


@pytest.mark.parametrize("wrong", [{"level": 3}, {"level": -3}, {"level": 0, "weight": 0}])
def test_levels_and_weights_outside_the_method_are_refused(wrong) -> None:
    with pytest.raises(ValueError, match="goals of weight"):
        Came(**wrong)


@pytest.mark.parametrize("correlation", [-0.1, 1])
def test_a_correlation_outside_the_formula_is_refused(correlation) -> None:
    with pytest.raises(ValueError, match="correlation"):
        t_score([Came(1)], correlation=correlation)
