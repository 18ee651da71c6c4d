"""The engine beside other solvers, on the same pairs: `python -m bench.solvers [--most 100000]`.

Prints seconds and the ratio to OR-Tools' minimum-cost flow, with the target of each line beside it:
for the best candidates of a made-up round, for a dear loss, and for rounds made to be hard.
All exact solvers must give the same whole number; the run ends with 1 when one does not, or when a
target is missed. Seconds are those of the processor, of which all solvers use one, so that other
work on the machine counts for little.

Minimum-cost flow runs in a process of its own and is stopped after the seconds of LIMITS. Then the
ratio is known to be lower still, and the value is held against the prices that prove it instead.

A solve holds some 50 bytes of arrays for each pair: 12 of the pairs themselves (column 4, worth 8),
16 of the network (row 4, its own worth 8, order of the columns 4) and, during auctions, 12 of the
offers (row 4, worth 8, in the order of columns); the rest is of people and mentors, and what is
needed for a moment.
"""

import argparse
import multiprocessing
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from multiprocessing.connection import Connection

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from bench.rounds import arrays_of, make_round
from kith.methods.matching.network import Network, Pairs
from kith.methods.matching.problem import FULL_FIT
from kith.methods.matching.shortlist import Finder

SIZES = (1_000, 10_000, 100_000)
BEST = 32
LOSS = 10 * FULL_FIT
TARGETS = {1_000: 1.1, 10_000: 0.5, 100_000: 0.25}
HEAVY = 1_000
"""Times the fit: the loss of being without a match that makes some solvers slow."""
HEAVY_TARGET, STRESS_TARGET = 0.4, 1.1
BYTES_FOR_A_PAIR = 64
REPEATS = {1_000: 3, 10_000: 3, 100_000: 1}
LIMITS = {1_000: 60.0, 10_000: 120.0, 100_000: 300.0}
"""Seconds after which minimum-cost flow is stopped."""
DENSE = 1_000
"""Beyond that scipy's sparse solver takes minutes."""

Instance = tuple[Pairs, np.ndarray]
Answer = tuple[int, float]
FORK = multiprocessing.get_context("fork")
"""The other process has the instance without its being sent."""


def main() -> int:
    """Measure every size up to the largest wanted."""
    parser = argparse.ArgumentParser(prog="python -m bench.solvers", description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="participants at most")
    most = parser.parse_args().most
    if find_spec("ortools") is None:
        print("NOT KEPT  OR-Tools is not installed: nothing to compare with")
        return 1
    _ours(*_instance(200, seed=9))  # compiled before anything is timed
    kept = [_measure(size) for size in SIZES if size <= most]
    return 0 if all(kept) else 1


def _measure(size: int) -> bool:
    pairs, capacity = _instance(size, seed=1)
    print(f"\n{size:,} participants, {len(pairs.column):,} pairs (best {BEST} of each)")
    kept = _compare("a round", (pairs, capacity), TARGETS[size], size)
    kept &= _weigh(pairs, capacity)
    if size <= DENSE:
        value, seconds = _timed(_sparse_scipy, (pairs, capacity), size)
        print(f"  scipy sparse          {seconds:8.3f} s")
        kept &= value == _ours(pairs, capacity)
        return kept
    heavy = pairs._replace(worth=pairs.worth - LOSS + HEAVY * FULL_FIT)
    kept &= _compare(f"loss {HEAVY} x fit", (heavy, capacity), HEAVY_TARGET, size)
    for name, instance in stress(size):
        kept &= _compare(name, instance, STRESS_TARGET, size)
    return kept


def _compare(name: str, instance: Instance, target: float, size: int) -> bool:
    """Whether both solvers agree and this engine keeps to the target."""
    tries = (_within(LIMITS[size], instance) for _ in range(REPEATS[size]))
    flow = min(filter(None, tries), key=lambda one: one[1], default=None)
    value, seconds = _timed(_ours, instance, size)
    if flow is None:
        ratio, told = seconds / LIMITS[size], f"not ended after {LIMITS[size]:g} s"
        is_same = value == _proven(*instance)
    else:
        ratio, told = seconds / flow[1], f"{flow[1]:8.3f} s"
        is_same = value == flow[0]
    faults = [] if is_same else ["NOT THE SAME VALUE"]
    faults += [] if ratio <= target else ["MISSED"]
    print(
        f"  {name:22} OR-Tools {told}, this engine {seconds:8.3f} s,"
        f" ratio {'at most ' if flow is None else ''}{ratio:.2f} (target {target})"
        f"{'; its prices prove the value' if flow is None and is_same else ''}"
        + "".join(f"  {fault}" for fault in faults),
        flush=True,
    )
    return not faults


def _within(limit: float, instance: Instance) -> Answer | None:
    """Minimum-cost flow in a process of its own; None when it does not end in time."""
    ours, theirs = FORK.Pipe()
    process = FORK.Process(target=_send_flow, args=(theirs, instance))
    process.start()
    theirs.close()
    try:
        return ours.recv() if ours.poll(limit) else None
    finally:
        process.kill()
        process.join()


def _send_flow(to: Connection, instance: Instance) -> None:
    begun = time.process_time()
    value = min_cost_flow_value(*instance)
    to.send((value, time.process_time() - begun))


def _proven(pairs: Pairs, capacity: np.ndarray) -> int | None:
    """The value that no matches exceed, by prices that cover every pair; None if they do not."""
    network = Network(pairs, capacity)
    network.solve()
    gains, prices = network.gains, network.prices
    covered = gains[pairs.row] + prices[pairs.column] >= pairs.worth
    if not (covered.all() and (gains >= 0).all() and (prices >= 0).all()):
        return None
    return int(gains.sum() + prices @ capacity)


def _weigh(pairs: Pairs, capacity: np.ndarray) -> bool:
    """Bytes of arrays that a solve holds at most, for each pair; the pairs themselves count."""
    tracemalloc.start()
    network = Network(Pairs(*(values.copy() for values in pairs)), capacity)
    network.solve()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    each = peak / len(pairs.column)
    print(f"  memory {each:.0f} bytes for each pair (target {BYTES_FOR_A_PAIR})")
    return each <= BYTES_FOR_A_PAIR


def stress(size: int) -> Iterator[tuple[str, Instance]]:
    """Rounds that are hard for one kind of solver or another; 0.6 mentors for a participant."""
    random = np.random.default_rng(3)
    columns = round(size * 0.6)
    some = random.integers(0, columns, (size, BEST))
    own = random.integers(0, FULL_FIT, (size, BEST))
    places = random.integers(1, 4, columns)
    yield "tight capacity", _sparse(some, own, np.where(np.arange(columns) % 3, 2, 1))
    yield "two for one place", _sparse(some, own, np.where(np.arange(columns) % 6, 1, 0))
    near = (np.arange(size)[:, None] * columns // size + np.arange(2)) % columns
    yield "chains", _sparse(near, own[:, :2], np.ones(columns, dtype=np.int64))
    yield "few distinct costs", _sparse(some, own // (FULL_FIT // 5) * (FULL_FIT // 5), places)
    for taste in (0, 5, 20):
        common = random.permutation(columns)[some] * FULL_FIT // columns
        fit = (common * (100 - taste) + own * taste) // 100
        yield f"one ranking, {taste} % own", _sparse(some, fit, places)


def _sparse(columns: np.ndarray, fit: np.ndarray, capacity: np.ndarray) -> Instance:
    """Candidates of each row as pairs; who stands twice in a row is taken once."""
    rows = np.repeat(np.arange(len(columns)), columns.shape[1])
    keys, first = np.unique(rows << 32 | columns.reshape(-1), return_index=True)
    start = np.concatenate([[0], np.cumsum(np.bincount(keys >> 32, minlength=len(columns)))])
    worth = fit.reshape(-1)[first].astype(np.int64) + LOSS
    return Pairs(start, (keys & 0xFFFFFFFF).astype(np.int32), worth), capacity.astype(np.int64)


def _timed(solver: Callable[[Pairs, np.ndarray], int], instance: Instance, size: int) -> Answer:
    best, value = float("inf"), 0
    for _ in range(REPEATS[size]):
        begun = time.process_time()
        value = solver(*instance)
        best = min(best, time.process_time() - begun)
    return value, best


def _instance(size: int, *, seed: int) -> Instance:
    problem = make_round(size, seed=seed)
    participants, mentors = arrays_of(problem)
    closed = list(problem.excluded_cells())
    found = Finder(problem, participants, mentors, closed=closed).find(most=BEST)
    worth = found.fit.astype(np.int64) + LOSS
    capacity = np.array([mentor.capacity for mentor in problem.mentors], dtype=np.int64)
    return Pairs(found.start, found.column, worth), capacity


def _ours(pairs: Pairs, capacity: np.ndarray) -> int:
    network = Network(pairs, capacity)
    network.solve()
    return network.value


def min_cost_flow_value(pairs: Pairs, capacity: np.ndarray) -> int:
    from ortools.graph.python import min_cost_flow

    rows, columns = len(pairs.start) - 1, len(capacity)
    flow = min_cost_flow.SimpleMinCostFlow()
    source, sink = rows + columns, rows + columns + 1
    add = flow.add_arcs_with_capacity_and_unit_cost
    ones = np.ones(len(pairs.column), dtype=np.int64)
    add(pairs.row.astype(np.int64), rows + pairs.column.astype(np.int64), ones, -pairs.worth)
    every = np.arange(rows)
    add(np.full(rows, source), every, np.ones(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64))
    places = rows + np.arange(columns)
    add(places, np.full(columns, sink), capacity, np.zeros(columns, dtype=np.int64))
    # Being without a match costs nothing and is always possible.
    add(np.array([source]), np.array([sink]), np.array([rows]), np.array([0]))
    flow.set_nodes_supplies(np.array([source, sink]), np.array([rows, -rows]))
    flow.solve()
    return -int(flow.optimal_cost())


def _sparse_scipy(pairs: Pairs, capacity: np.ndarray) -> int:
    """Places as columns of their own, and one idle column for each row."""
    rows = len(pairs.start) - 1
    first = np.concatenate([[0], np.cumsum(capacity)])
    copies = capacity[pairs.column]
    row = np.repeat(pairs.row.astype(np.int64), copies)
    place = np.repeat(first[pairs.column], copies) + _counted(copies)
    idle = first[-1] + np.arange(rows)
    largest = int(pairs.worth.max(initial=0)) + 1
    cost = np.concatenate(
        [largest - np.repeat(pairs.worth, copies), np.full(rows, largest, dtype=np.int64)]
    )
    where = (np.concatenate([row, np.arange(rows)]), np.concatenate([place, idle]))
    table = csr_array((cost, where), shape=(rows, int(first[-1]) + rows))
    chosen_rows, chosen = min_weight_full_bipartite_matching(table)
    return int(largest * rows - table[chosen_rows, chosen].sum())


def _counted(copies: np.ndarray) -> np.ndarray:
    ends = np.cumsum(copies)
    return np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - copies, copies)


if __name__ == "__main__":
    sys.exit(main())
