"""What holds for every figure of agreement, and where there is none."""

import pytest

from kith.methods.agreement.alpha import krippendorff_alpha
from kith.methods.agreement.icc import icc
from kith.methods.agreement.interval import bootstrap
from kith.methods.agreement.kappa import (
    fleiss_kappa,
    mean_weighted_kappa,
    percent_agreement,
    weighted_kappa,
)
from kith.methods.agreement.ratings import Level, NoVariation, TooFew, Uneven, ratings

SAME = ratings([[1, 1, 1], [2, 2, 2], [3, 3, 3]])
ONE_VALUE = ratings([[1, 1], [1, 1]])
ALONE = ratings([[1, None], [None, 2]])
MIXED = ratings([[1, 1], [2, 1], [2, 2], [3, 2], [3, 3], [1, 3], [2, 2], [1, 1]])


@pytest.mark.parametrize("level", list(Level))
def test_full_agreement_is_one(level) -> None:
    codes = ratings([[0, 0, 0], [1, 1, 1], [2, 2, 2]])

    assert percent_agreement(SAME) == 1
    assert fleiss_kappa(SAME) == 1
    assert mean_weighted_kappa(codes, levels=3) == 1
    assert krippendorff_alpha(SAME, level) == 1
    assert icc(SAME).random == 1


@pytest.mark.parametrize(
    "figure",
    [
        fleiss_kappa,
        icc,
        lambda one: krippendorff_alpha(one, Level.NOMINAL),
        lambda one: weighted_kappa(*one.of_two(0, 1), levels=2),
    ],
)
def test_one_single_value_says_nothing(figure) -> None:
    with pytest.raises(NoVariation):
        figure(ONE_VALUE)


@pytest.mark.parametrize(
    "figure",
    [
        percent_agreement,
        fleiss_kappa,
        lambda one: krippendorff_alpha(one, Level.NOMINAL),
        lambda one: mean_weighted_kappa(one, levels=3),
    ],
)
def test_cases_that_one_person_rated_are_too_few(figure) -> None:
    with pytest.raises(TooFew):
        figure(ALONE)


def test_a_missing_rating_is_refused_where_all_are_needed() -> None:
    rows: list[list[int | None]] = [[1, 2, 3], [1, None, 2]]
    some = ratings(rows)

    with pytest.raises(Uneven):
        icc(some)
    with pytest.raises(Uneven):
        fleiss_kappa(some)


def test_the_same_seed_gives_the_same_interval_around_the_figure() -> None:
    def alpha(one):
        return krippendorff_alpha(one, Level.ORDINAL)

    first, again = (bootstrap(MIXED, alpha, seed=7, draws=300) for _ in range(2))
    other = bootstrap(MIXED, alpha, seed=8, draws=300)

    assert first == again
    assert first != other
    assert first.lower < alpha(MIXED) < first.upper


def test_there_is_no_interval_where_draws_say_nothing() -> None:
    rare = ratings([[1, 1]] * 40 + [[2, 1]])

    assert bootstrap(rare, lambda one: krippendorff_alpha(one, Level.NOMINAL), seed=1, draws=50)
    assert bootstrap(ONE_VALUE, fleiss_kappa, seed=1, draws=50) is None
