from collections import deque

import numpy as np
import pytest

from kith.methods.matching.stable import (
    NOBODY,
    accept_deferred,
    blocking_pairs,
    count_left_out,
)
from kith.methods.matching.tests.oracle import matchings
from kith.methods.matching.tests.sparse import Sparse, sparse_round


def textbook(found: Sparse, mentor_fit) -> list[int]:
    """Gale and Shapley in rounds, from the paper: all ask at once, mentors keep the best."""
    lists = [
        deque(sorted(pairs, key=lambda pair: (-found.fit[pair], found.column[pair])))
        for pairs in found.rows
    ]
    owner = {pair: row for row, pairs in enumerate(found.rows) for pair in pairs}
    on_string: list[list[int]] = [[] for _ in found.capacity]
    while True:
        engaged = {owner[pair] for pairs in on_string for pair in pairs}
        asking = [row for row, left in enumerate(lists) if row not in engaged and left]
        if not asking:
            break
        for row in asking:
            pair = lists[row].popleft()
            on_string[found.column[pair]].append(pair)
        for mentor, pairs in enumerate(on_string):
            pairs.sort(key=lambda pair: (-mentor_fit[pair], owner[pair]))
            del pairs[found.capacity[mentor] :]
    choice = [NOBODY] * len(lists)
    for pairs in on_string:
        for pair in pairs:
            choice[owner[pair]] = pair
    return choice


def blocks(found: Sparse, mentor_fit, choice) -> list[int]:
    """Blocking pairs, one by one from the definition."""
    owner = {pair: row for row, pairs in enumerate(found.rows) for pair in pairs}
    blocking = []
    for pair, row in owner.items():
        mine, mentor = choice[row], found.column[pair]
        theirs = [one for one in choice if one != NOBODY and found.column[one] == mentor]
        wants = mine == NOBODY or found.fit[pair] > found.fit[mine]
        free = len(theirs) < found.capacity[mentor]
        if wants and (free or any(mentor_fit[pair] > mentor_fit[one] for one in theirs)):
            blocking.append(pair)
    return blocking


def views(found: Sparse, seed: int):
    """What each pair is worth to the mentor, apart from the participant's own points."""
    return np.random.default_rng(seed + 1000).integers(0, 10, size=len(found.fit))


@pytest.mark.parametrize("seed", range(200))
def test_matches_equal_those_of_the_textbook(seed) -> None:
    found = sparse_round(seed, points=8 if seed % 2 else 10**6)
    mentor_fit = views(found, seed)

    choice = accept_deferred(*found, mentor_fit=mentor_fit)

    assert choice.tolist() == textbook(found, mentor_fit)
    assert blocking_pairs(*found, choice=choice, mentor_fit=mentor_fit) == 0


@pytest.mark.parametrize("seed", range(20))
def test_without_their_own_view_mentors_share_that_of_the_participants(seed) -> None:
    found = sparse_round(seed)

    choice = accept_deferred(*found)

    assert choice.tolist() == textbook(found, found.fit)
    assert blocking_pairs(*found, choice=choice) == 0


@pytest.mark.parametrize("seed", range(20))
def test_points_too_large_to_share_a_key_keep_their_order(seed) -> None:
    found = sparse_round(seed, points=6)
    far_apart = found._replace(fit=found.fit * 10**17)

    choice = accept_deferred(*far_apart, mentor_fit=-far_apart.fit)

    assert choice.tolist() == accept_deferred(*found, mentor_fit=-found.fit).tolist()


@pytest.mark.parametrize("seed", range(100))
def test_blocking_pairs_are_counted_as_the_definition_says(seed) -> None:
    found = sparse_round(seed, points=6, most=8)
    mentor_fit, random = views(found, seed), np.random.default_rng(seed)
    edges = np.zeros((len(found.rows), len(found.capacity)), dtype=bool)
    number = {}
    for row, pairs in enumerate(found.rows):
        for pair in pairs:
            edges[row, found.column[pair]] = True
            number[row, found.column[pair]] = pair
    holders = some_matches(edges, found.capacity, random)

    choice = np.array([number.get((row, column), -1) for row, column in enumerate(holders)])

    counted = blocking_pairs(*found, choice=choice, mentor_fit=mentor_fit)
    assert counted == len(blocks(found, mentor_fit, choice.tolist()))


def some_matches(edges, capacity, random) -> list[int]:
    """Any set of matches within the places."""
    left, holders = list(capacity), []
    for row in edges:
        open_to = [column for column in np.flatnonzero(row) if left[column]]
        column = int(random.choice([-1, *open_to]))
        holders.append(column)
        if column >= 0:
            left[column] -= 1
    return holders


@pytest.mark.parametrize("seed", range(20))
def test_no_stable_matches_are_better_for_any_participant(seed) -> None:
    found = sparse_round(seed, points=100, most=5, places=2)
    mentor_fit = np.random.default_rng(seed).permutation(len(found.fit))
    fit = np.random.default_rng(seed + 1).permutation(len(found.fit))
    found = found._replace(fit=fit)
    number = {
        (row, int(found.column[pair])): pair
        for row, pairs in enumerate(found.rows)
        for pair in pairs
    }
    edges = [
        [(row, column) in number for column in range(len(found.capacity))]
        for row in range(len(found.rows))
    ]

    choice = accept_deferred(*found, mentor_fit=mentor_fit)

    def points(pair: int) -> int:
        return -1 if pair == NOBODY else int(fit[pair])

    for holders in matchings(edges, found.capacity.tolist()):
        other = [number.get((row, column), NOBODY) for row, column in enumerate(holders)]
        if not blocks(found, mentor_fit, other):
            pairs = zip(choice.tolist(), other, strict=True)
            assert all(points(mine) >= points(theirs) for mine, theirs in pairs)


def test_stability_can_leave_somebody_out() -> None:
    found = Sparse(
        start=np.array([0, 2, 3]),
        column=np.array([0, 1, 0]),
        fit=np.array([9, 1, 5]),
        capacity=np.array([1, 1]),
    )

    stable = accept_deferred(*found)

    optimum = np.array([1, 2])
    assert stable.tolist() == [0, NOBODY]
    assert count_left_out(stable, optimum) == 1
    assert blocking_pairs(*found, choice=optimum) == 1


def test_a_round_without_people_has_no_matches() -> None:
    nothing = np.zeros(0, dtype=np.int64)

    choice = accept_deferred(np.zeros(1, dtype=np.int64), nothing, nothing, nothing)

    assert choice.tolist() == []
