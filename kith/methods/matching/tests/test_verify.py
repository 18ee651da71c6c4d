from dataclasses import replace

import numpy as np
import pytest

from kith.methods.matching.assignment import Stage
from kith.methods.matching.verify import Finding, check_matches, check_stages

ALLOWED = np.array([[True, True], [True, True], [False, True]])
CAPACITY = np.array([1, 1])
FREE = np.zeros(3, dtype=bool)
VALUES = np.array([[5, 3], [4, 1], [9, 2]])
BEST = [(0, 1), (1, 0)]
PROOF = Stage("worth", lambda: VALUES, gains=np.array([1, 0, 0]), prices=np.array([4, 2]))


def test_the_best_matches_with_their_prices_are_proven() -> None:
    findings = check_stages(BEST, ALLOWED, CAPACITY, FREE, [PROOF])

    assert findings == [Finding(primal=7, dual=7, violation=0)]
    assert check_matches(BEST, ALLOWED, CAPACITY, [0]) == []


def test_worse_matches_fall_short_of_the_prices() -> None:
    findings = check_stages([(0, 0), (1, 1)], ALLOWED, CAPACITY, FREE, [PROOF])

    assert findings == [Finding(primal=6, dual=7, violation=0)]


@pytest.mark.parametrize(
    ("change", "violation"),
    [
        ({"gains": np.array([0, 0, 0])}, 1),
        ({"gains": np.array([3, -2, 0])}, 2),
        ({"prices": np.array([4, -3])}, 5),
    ],
)
def test_prices_that_prove_nothing_are_found(change, violation) -> None:
    findings = check_stages(BEST, ALLOWED, CAPACITY, FREE, [replace(PROOF, **change)])

    assert findings[0].violation == violation


def test_a_pair_outside_the_allowed_ones_is_found() -> None:
    findings = check_stages([(2, 0)], ALLOWED, CAPACITY, FREE, [PROOF])

    assert findings[0].violation == 1


def test_a_locked_row_may_gain_less_than_nothing() -> None:
    locked = np.array([False, True, False])
    prices = replace(PROOF, gains=np.array([1, -1, 0]), prices=np.array([5, 2]))
    allowed = np.array([[True, True], [True, False], [False, True]])

    findings = check_stages(BEST, allowed, CAPACITY, locked, [prices])

    assert findings == [Finding(primal=7, dual=7, violation=0)]


def test_the_second_stage_is_checked_among_the_best_of_the_first() -> None:
    even = Stage("even", lambda: np.ones((2, 2), dtype=int), np.array([1, 1]), np.array([0, 0]))
    allowed, free = np.ones((2, 2), dtype=bool), np.zeros(2, dtype=bool)
    # Both rows must now be matched, so each value carries a bonus of 2 * 5 + 1 = 11.
    second = Stage("worth", lambda: VALUES[:2], gains=np.array([14, 13]), prices=np.array([2, 0]))

    findings = check_stages([(0, 1), (1, 0)], allowed, CAPACITY, free, [even, second])

    assert findings == [Finding(2, 2, 0), Finding(29, 29, 0)]


@pytest.mark.parametrize(
    ("pairs", "fault"),
    [
        ([(2, 0)], "pair (2, 0) is not allowed"),
        ([(0, 0), (0, 1)], "row 0 is matched twice"),
        ([(0, 0), (1, 0)], "column 0 has too many matches"),
    ],
)
def test_a_broken_rule_is_named(pairs, fault) -> None:
    assert check_matches(pairs, ALLOWED, CAPACITY, []) == [fault]


def test_a_lost_lock_is_named() -> None:
    assert check_matches(BEST, ALLOWED, CAPACITY, [2]) == ["the lock of row 2 is lost"]
