"""Exact assignment with capacities, stage after stage, each with prices that prove it.

A stage finds a set of matches of the highest total value and whole-number prices: a gain for
every participant and a price for every mentor's place. By linear-programming duality every
best set uses only tight pairs (gain + price = value), matches everyone with a gain above 0 and
fills every mentor with a price above 0, and every such set is best. So the next stage looks for
the best of the best: the same problem on the tight pairs, with those duties.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from kith.methods.matching.flow import NOBODY
from kith.methods.matching.network import Network, Pairs
from kith.methods.matching.profile import Bools, Ints

LARGEST_TABLE = 60_000_000
"""Cells of the dense table that this solver takes on (about half a gigabyte)."""
LARGEST_WORTH = 2**56
"""Sums along a chain of moves stay far within whole numbers of 64 bits up to here."""

Values = Callable[[], Ints]


class TooLargeForNow(ValueError):
    """The round has more pairs than this version can hold in memory."""

    def __init__(self, participants: int, mentors: int) -> None:
        super().__init__(
            f"{participants} participants and {mentors} mentors are too many for one round; "
            "split the round, for example by district"
        )


@dataclass(frozen=True)
class Ground:
    """What all stages of one solve share.

    edges     (n, m) True where a pair may be matched; a locked row keeps its one pair
    capacity  (m,) places, locked ones included
    locked    (n,) column of the lock, NOBODY elsewhere
    row_order, column_order   permutations: the order in which the solver sees people
    """

    edges: Bools
    capacity: Ints
    locked: Ints
    row_order: Ints
    column_order: Ints

    @property
    def free_rows(self) -> Bools:
        """Participants without a lock."""
        free: Bools = self.locked == NOBODY
        return free

    @property
    def free_places(self) -> Ints:
        """Places of each mentor that no lock takes."""
        return self.capacity - _counts(self.locked, len(self.capacity))


@dataclass(frozen=True)
class Stage:
    """One proven stage: `values` makes its (n, m) table, gains (n,) and prices (m,) prove it."""

    name: str
    values: Values
    gains: Ints
    prices: Ints


@dataclass(frozen=True)
class Face:
    """The sets of matches that are best for all stages so far."""

    edges: Bools
    must_match: Bools
    must_fill: Bools


def solve_stages(
    ground: Ground, wanted: Sequence[tuple[str, Values]]
) -> tuple[Ints, tuple[Stage, ...]]:
    """The best matches, stage after stage: (n,) column of each row or NOBODY, and the proofs."""
    face = Face(
        ground.edges,
        np.zeros(ground.edges.shape[0], dtype=bool),
        np.zeros(ground.edges.shape[1], dtype=bool),
    )
    stages: list[Stage] = []
    holders = ground.locked
    for name, values in wanted:
        weights = duty_weights(values(), face)
        holders, gains, prices = best_set(weights, face.edges, ground)
        stages.append(Stage(name, values, gains, prices))
        face = narrowed(weights, face, gains, prices, ground)
    return holders, tuple(stages)


def duty_weights(values: Ints, face: Face) -> Ints:
    """The values, plus a bonus for each duty that outweighs all the values together."""
    bonus = values.shape[0] * int(values.max(initial=0)) + 1
    duties = face.must_match[:, None].astype(np.int64) + face.must_fill[None, :]
    weights: Ints = values + bonus * duties
    return weights


def narrowed(weights: Ints, face: Face, gains: Ints, prices: Ints, ground: Ground) -> Face:
    """The best sets of a stage: its tight pairs, and whom they must match and fill."""
    tight = gains[:, None] + prices[None, :] == weights
    return Face(face.edges & tight, (gains > 0) & ground.free_rows, prices > 0)


def best_set(weights: Ints, edges: Bools, ground: Ground) -> tuple[Ints, Ints, Ints]:
    """A set of matches of highest total weight and the prices that prove it.

    weights  (n, m) whole numbers >= 0; a pair of weight 0 is never needed
    gives    (n,) column of each row or NOBODY, (n,) gains, (m,) prices; gains are 0 for the
             unmatched, and those of locked rows may be below 0
    raises   TooLargeForNow
    """
    check_size(weights)
    # Even equal choices inside the solver then depend on the hash of the ids alone.
    rows = ground.row_order[ground.free_rows[ground.row_order]]
    columns = ground.column_order
    network = Network(_pairs(weights, edges, rows, columns), ground.free_places[columns])
    network.solve()
    prices = np.zeros(weights.shape[1], dtype=np.int64)
    prices[columns] = network.prices
    holders, gains = ground.locked.copy(), np.zeros(len(weights), dtype=np.int64)
    holders[rows] = np.append(columns, NOBODY)[network.holders]
    gains[rows] = network.gains
    locked = np.flatnonzero(~ground.free_rows)
    gains[locked] = weights[locked, holders[locked]] - prices[holders[locked]]
    return holders, gains, prices


def _pairs(weights: Ints, edges: Bools, rows: Ints, columns: Ints) -> Pairs:
    useful = (edges & (weights > 0))[np.ix_(rows, columns)]
    row, column = np.nonzero(useful)
    start = np.concatenate([[0], np.cumsum(useful.sum(axis=1, dtype=np.int64))])
    return Pairs(start, column.astype(np.int32), weights[rows[row], columns[column]])


def check_size(weights: Ints) -> None:
    """Refuse what would not fit in memory or in whole numbers."""
    if weights.size > LARGEST_TABLE or int(weights.max(initial=0)) > LARGEST_WORTH:
        raise TooLargeForNow(*weights.shape)


def most_matches(ground: Ground) -> int:
    """How many participants can be matched at all, locks kept; found without any values."""
    usable = ground.edges & ground.free_rows[:, None]
    places = np.repeat(np.arange(len(ground.capacity)), ground.free_places)
    found = maximum_bipartite_matching(csr_array(usable[:, places]), perm_type="column")
    return int((found >= 0).sum() + (~ground.free_rows).sum())


def _counts(columns: Ints, size: int) -> NDArray[np.int64]:
    return np.bincount(columns[columns != NOBODY], minlength=size).astype(np.int64)
