from dataclasses import replace

import numpy as np
import pytest

from kith.methods.matching.stages import Stage
from kith.methods.matching.verify import Finding, check_stages, count_faults

ROW = np.array([0, 0, 1, 1, 2])
COLUMN = np.array([0, 1, 0, 1, 1])
VALUES = np.array([5, 3, 4, 1, 2])
CAPACITY = np.array([1, 1])
FREE = np.array([-1, -1, -1])
BEST = np.array([1, 2, -1])
PROOF = Stage("worth", lambda: VALUES, gains=np.array([1, 0, 0]), prices=np.array([4, 2]))


def checked(chosen, stages, locked=FREE) -> list[Finding]:
    return check_stages(ROW, COLUMN, np.array(chosen), CAPACITY, np.array(locked), stages)


def faults(chosen, locked=FREE) -> int:
    return count_faults(ROW, COLUMN, np.array(chosen), CAPACITY, np.array(locked))


def test_the_best_matches_with_their_prices_are_proven() -> None:
    assert checked(BEST, [PROOF]) == [Finding(primal=7, dual=7, violation=0)]
    assert faults(BEST) == 0


def test_worse_matches_fall_short_of_the_prices() -> None:
    assert checked([0, 3, -1], [PROOF]) == [Finding(primal=6, dual=7, violation=0)]


@pytest.mark.parametrize(
    ("change", "violation"),
    [
        ({"gains": np.array([0, 0, 0])}, 1),
        ({"gains": np.array([3, -2, 0])}, 2),
        ({"prices": np.array([4, -3])}, 5),
    ],
)
def test_prices_that_prove_nothing_are_found(change, violation) -> None:
    [finding] = checked(BEST, [replace(PROOF, **change)])

    assert finding.violation == violation


def test_a_locked_row_may_gain_less_than_nothing() -> None:
    prices = replace(PROOF, gains=np.array([1, -1, 0]), prices=np.array([5, 2]))

    assert checked(BEST, [prices], locked=[-1, 0, -1]) == [Finding(7, 7, 0)]


def test_the_second_stage_is_checked_among_the_best_of_the_first() -> None:
    pairs = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    even = Stage("even", lambda: np.ones(4, dtype=int), np.array([1, 1]), np.array([0, 0]))
    # Both rows must now be matched, so each value carries a bonus of 2 * 5 + 1 = 11.
    second = Stage("worth", lambda: VALUES[:4], gains=np.array([14, 13]), prices=np.array([2, 0]))

    findings = check_stages(*pairs, np.array([1, 2]), CAPACITY, FREE[:2], [even, second])

    assert findings == [Finding(2, 2, 0), Finding(29, 29, 0)]


def test_a_pair_that_the_first_stage_closed_is_found() -> None:
    first = Stage("worth", lambda: VALUES, gains=np.array([1, 0, 0]), prices=np.array([4, 2]))
    second = Stage("ties", lambda: np.zeros(5, dtype=int), np.zeros(3, int), np.zeros(2, int))

    worse, best = (checked(chosen, [first, second])[1] for chosen in ([0, 3, -1], BEST))

    assert worse.violation - best.violation == 1


@pytest.mark.parametrize(
    ("chosen", "locked"),
    [
        ([2, -1, -1], FREE),
        ([0, 2, -1], FREE),
        (BEST, [-1, -1, 1]),
        (BEST, [0, -1, -1]),
    ],
    ids=["another's pair", "a place too many", "a lock lost", "a lock elsewhere"],
)
def test_a_broken_rule_is_counted(chosen, locked) -> None:
    assert faults(chosen, locked) == 1
