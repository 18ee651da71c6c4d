"""The network against scipy's dense solver: after a solve, and after everything people decide."""

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from kith.methods.matching.flow import NOBODY
from kith.methods.matching.network import Network, Pairs

KINDS = ("sparse", "dense", "few costs", "one taste", "scarce", "heavy")


def worths(rng: np.random.Generator, kind: str) -> np.ndarray:
    """(n, m) whole worths, 0 where there is no pair."""
    rows, columns = int(rng.integers(1, 25)), int(rng.integers(1, 15))
    size = rows, columns
    if kind == "few costs":
        table = rng.integers(1, 4, size)
    elif kind == "one taste":
        table = 1000 - 40 * np.arange(columns)[None, :] + rng.integers(0, 30, size)
    elif kind == "heavy":
        table = rng.integers(1, 1000, size) + 1_000_000_000
    else:
        table = rng.integers(1, 1_000_000, size) + 10_000_000
    share = {"dense": 1.0, "scarce": 0.1}.get(kind, 0.4)
    return np.where(rng.random(size) < share, table, 0).astype(np.int64)


def pairs_of(table: np.ndarray) -> Pairs:
    rows, columns = np.nonzero(table)
    start = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(table)))])
    return Pairs(start, columns.astype(np.int32), table[rows, columns])


def best_value(table: np.ndarray, capacity: np.ndarray) -> int:
    """By a solver that knows nothing of this one: a column for each place, and idle ones."""
    places = np.repeat(np.arange(len(capacity)), np.minimum(capacity, len(table)))
    wide = np.hstack([table[:, places], np.zeros((len(table), len(table)), dtype=np.int64)])
    rows, chosen = linear_sum_assignment(wide, maximize=True)
    return int(wide[rows, chosen].sum())


def assert_proven(network: Network, table: np.ndarray, capacity: np.ndarray) -> None:
    """Prices prove it; nothing is used that is not there."""
    gains, prices, holders = network.gains, network.prices, network.holders
    matched = np.flatnonzero(holders != NOBODY)
    free = np.ones(len(table), dtype=bool)
    free[list(network.locked)] = False

    assert network.value == int(table[matched, holders[matched]].sum())
    assert network.value == network.dual == int(gains.sum() + capacity @ prices)
    assert (table[matched, holders[matched]] > 0).all()
    assert (np.bincount(holders[matched], minlength=len(capacity)) <= capacity).all()
    assert (prices >= 0).all()
    assert (gains[free] >= 0).all()
    slack = gains[:, None] + prices[None, :] - table
    assert (slack[free][table[free] > 0] >= 0).all()


def solved(table: np.ndarray, capacity: np.ndarray) -> Network:
    network = Network(pairs_of(table), capacity)
    network.solve()
    return network


@pytest.mark.parametrize("kind", KINDS)
def test_a_heap_that_is_often_full_leads_to_the_same_prices_and_matches(kind) -> None:
    rng = np.random.default_rng(90 + KINDS.index(kind))
    for _ in range(30):
        table = worths(rng, kind)
        capacity = rng.integers(0, 4, table.shape[1])
        usual, small = Network(pairs_of(table), capacity), Network(pairs_of(table), capacity)
        room = table.shape[1] + 1
        small.search = small.search._replace(
            keys=small.search.keys[:room], nodes=small.search.nodes[:room]
        )

        for network in (usual, small):
            network.resume(np.zeros_like(capacity), np.full(len(table), NOBODY))

        assert small.prices.tolist() == usual.prices.tolist()
        assert small.holders.tolist() == usual.holders.tolist()


def test_closing_and_keeping_pairs_leaves_the_given_arrays_as_they_are() -> None:
    table = worths(np.random.default_rng(5), "dense")
    pairs, capacity = pairs_of(table), np.full(table.shape[1], 2)
    network = Network(pairs, capacity)
    network.solve()

    network.close(network.pair(0, 0))
    network.lock(network.pair(1, 1))
    network.leave(2)

    assert pairs.worth.tolist() == pairs_of(table).worth.tolist()
    assert pairs.column.tolist() == pairs_of(table).column.tolist()
    assert capacity.tolist() == [2] * table.shape[1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_solve_finds_the_best_value_there_is(kind) -> None:
    rng = np.random.default_rng(KINDS.index(kind))
    for _ in range(60):
        table = worths(rng, kind)
        capacity = rng.integers(0, 4, table.shape[1])

        network = solved(table, capacity)

        assert network.value == best_value(table, capacity)
        assert_proven(network, table, capacity)


@pytest.mark.parametrize("kind", KINDS)
def test_it_resumes_from_any_prices_and_holders(kind) -> None:
    rng = np.random.default_rng(100 + KINDS.index(kind))
    for _ in range(30):
        table = worths(rng, kind)
        capacity = rng.integers(0, 4, table.shape[1])
        network = Network(pairs_of(table), capacity)

        prices = rng.integers(0, table.max(initial=0) + 2, table.shape[1])
        network.resume(prices, rng.integers(-1, table.shape[1], len(table)))

        assert network.value == best_value(table, capacity)
        assert_proven(network, table, capacity)


def close(network, table, capacity, rng) -> None:
    row, column = (int(one) for one in rng.choice(np.argwhere(table > 0)))
    if row not in network.locked:
        network.close(network.pair(row, column))
        table[row, column] = 0


def lock(network, table, capacity, rng) -> None:
    row, column = (int(one) for one in rng.choice(np.argwhere(table > 0)))
    taken = sum(network.pairs.column[pair] == column for pair in network.locked.values())
    if row not in network.locked and taken < capacity[column]:
        network.lock(network.pair(row, column))
        keep = table[row, column]
        table[row] = 0
        table[row, column] = keep


def leave(network, table, capacity, rng) -> None:
    row = int(rng.integers(len(table)))
    network.leave(row)
    table[row] = 0


def resize(network, table, capacity, rng) -> None:
    column = int(rng.integers(len(capacity)))
    taken = sum(network.pairs.column[pair] == column for pair in network.locked.values())
    capacity[column] = rng.integers(taken, taken + 4)
    network.resize(column, int(capacity[column]))


def best_value_with_locks(network, table, capacity) -> int:
    """Locked rows hold their places before the others are solved."""
    left, rest, kept = capacity.copy(), table.copy(), 0
    for row, pair in network.locked.items():
        column = network.pairs.column[pair]
        kept += int(table[row, column])
        left[column] -= 1
        rest[row] = 0
    return kept + best_value(rest, left)


@pytest.mark.parametrize("kind", KINDS)
def test_after_every_decision_the_value_is_that_of_a_solve_from_the_beginning(kind) -> None:
    rng = np.random.default_rng(200 + KINDS.index(kind))
    for _ in range(25):
        table = worths(rng, kind)
        capacity = rng.integers(0, 4, table.shape[1])
        network = solved(table, capacity)
        for act in rng.choice([close, lock, leave, resize], 12, p=[0.4, 0.3, 0.15, 0.15]):
            if not (table > 0).any():
                break
            act(network, table, capacity, rng)

            assert network.value == best_value_with_locks(network, table, capacity)
            assert_proven(network, table, capacity)


def test_a_lock_stays_and_takes_its_place() -> None:
    table = np.array([[9, 1], [8, 0]], dtype=np.int64)
    network = solved(table, np.array([1, 1]))
    assert network.holders.tolist() == [1, 0]

    network.lock(network.pair(0, 0))

    assert network.holders.tolist() == [0, NOBODY]
    assert network.value == 9


def test_a_pair_that_is_not_there_is_not_found() -> None:
    network = solved(np.array([[0, 5], [3, 0]]), np.array([1, 1]))

    assert network.pair(0, 0) == NOBODY
    assert network.pair(0, 1) == 0
    assert network.pair(1, 1) == NOBODY
