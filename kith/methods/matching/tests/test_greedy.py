import numpy as np
import pytest

from kith.methods.matching.greedy import (
    NOBODY,
    Figures,
    best_pair_first,
    figures,
    first_come_first_served,
)
from kith.methods.matching.tests.sparse import Sparse, sparse_round

TWO_FOR_ONE = Sparse(
    start=np.array([0, 2, 3]),
    column=np.array([0, 1, 0]),
    fit=np.array([9, 7, 5]),
    capacity=np.array([1, 1]),
)


def slowly(found: Sparse, rank) -> list[int]:
    """Again and again the first pair by rank among all that are still possible."""
    choice, left = [NOBODY] * len(found.rows), found.capacity.tolist()
    while True:
        possible = [
            (*rank(row, pair), row, pair)
            for row, pairs in enumerate(found.rows)
            for pair in pairs
            if choice[row] == NOBODY and left[found.column[pair]]
        ]
        if not possible:
            return choice
        row, pair = min(possible)[-2:]
        choice[row] = pair
        left[found.column[pair]] -= 1


@pytest.mark.parametrize("seed", range(50))
def test_the_best_pair_goes_first(seed) -> None:
    found = sparse_round(seed, points=6, most=15)

    choice = best_pair_first(*found)

    assert choice.tolist() == slowly(found, lambda _, pair: (-found.fit[pair], pair))


@pytest.mark.parametrize("seed", range(50))
def test_who_waits_longest_goes_first_and_takes_the_best(seed) -> None:
    found = sparse_round(seed, points=6, most=15)
    waiting = np.random.default_rng(seed).integers(0, 5, size=len(found.rows))

    choice = first_come_first_served(*found, waiting=waiting)

    assert choice.tolist() == slowly(
        found, lambda row, pair: (-waiting[row], row, -found.fit[pair], pair)
    )


def test_the_best_pair_first_leaves_somebody_without() -> None:
    choice = best_pair_first(*TWO_FOR_ONE)

    assert choice.tolist() == [0, NOBODY]


def test_waiting_decides_who_chooses() -> None:
    choice = first_come_first_served(*TWO_FOR_ONE, waiting=np.array([3, 40]))

    assert choice.tolist() == [1, 2]


def test_figures_are_people_sum_and_least() -> None:
    assert figures(np.array([1, NOBODY, 2]), np.array([9, 7, 5])) == Figures(2, 12, 5)
    assert figures(np.array([NOBODY]), np.array([9])) == Figures(0, 0, None)
