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
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from kith.methods.matching.profile import Bools, Ints

NOBODY = -1
LARGEST_TABLE = 60_000_000
"""Cells of the dense table that this solver takes on (about half a gigabyte)."""
LARGEST_EXACT = 2**52
"""Doubles hold whole numbers exactly up to here; scipy calculates in doubles."""

Values = Callable[[], Ints]


class TooLargeForNow(ValueError):
    """The round has more pairs than this version can hold in memory."""

    def __init__(self, participants: int, places: int) -> None:
        super().__init__(
            f"{participants} participants and {places} places are too many for one round; "
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
        holders = assign(weights, face.edges, ground)
        gains, prices = find_prices(weights, face.edges, holders, ground)
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


def assign(weights: Ints, edges: Bools, ground: Ground) -> Ints:
    """A set of matches of highest total weight: (n,) column of each row, or NOBODY.

    weights  (n, m) whole numbers >= 0; a pair of weight 0 is never needed
    raises   TooLargeForNow
    """
    free = np.where(ground.free_rows[:, None] & edges, weights, 0)
    row_wanted, column_wanted = free.max(axis=1, initial=0) > 0, free.max(axis=0, initial=0) > 0
    rows = ground.row_order[row_wanted[ground.row_order]]
    columns = ground.column_order[column_wanted[ground.column_order]]
    places = np.repeat(columns, np.minimum(ground.free_places[columns], len(rows)))
    check_size(len(rows), len(places), int(free.max(initial=0)))
    table = free[np.ix_(rows, places)].astype(np.float64)
    chosen_rows, chosen_places = linear_sum_assignment(table, maximize=True)
    holders = ground.locked.copy()
    useful = table[chosen_rows, chosen_places] > 0
    holders[rows[chosen_rows[useful]]] = places[chosen_places[useful]]
    return holders


def check_size(rows: int, places: int, largest: int) -> None:
    """Refuse what would not fit in memory or would not be exact."""
    if rows * places > LARGEST_TABLE or largest * (min(rows, places) + 1) > LARGEST_EXACT:
        raise TooLargeForNow(rows, places)


def find_prices(weights: Ints, edges: Bools, holders: Ints, ground: Ground) -> tuple[Ints, Ints]:
    """Lowest prices under which nobody would rather have another place.

    Starting from free places for everyone, the price of a mentor rises to what somebody who
    is worse off elsewhere would pay; the rise makes the mentor's own participants poorer, and
    so on until nobody offers more. With the best set of matches this ends.
    gains are 0 for the unmatched; those of locked rows may be below 0.
    """
    matched = np.flatnonzero(holders != NOBODY)
    gains = np.zeros(weights.shape[0], dtype=np.int64)
    prices = np.zeros(weights.shape[1], dtype=np.int64)
    gains[matched] = weights[matched, holders[matched]]
    bidders = np.flatnonzero(ground.free_rows)
    while bidders.size:
        offers = np.where(edges[bidders], weights[bidders] - gains[bidders, None], 0)
        raised = offers.max(axis=0) > prices
        prices = np.maximum(prices, offers.max(axis=0))
        poorer = matched[raised[holders[matched]]]
        gains[poorer] = weights[poorer, holders[poorer]] - prices[holders[poorer]]
        bidders = poorer[ground.free_rows[poorer]]
        if (gains[bidders] < 0).any():
            raise ArithmeticError("the set of matches is not the best one: no prices exist")
    return gains, prices


def most_matches(ground: Ground) -> int:
    """How many participants can be matched at all, locks kept; found without any values."""
    usable = ground.edges & ground.free_rows[:, None]
    places = np.repeat(np.arange(len(ground.capacity)), ground.free_places)
    found = maximum_bipartite_matching(csr_array(usable[:, places]), perm_type="column")
    return int((found >= 0).sum() + (~ground.free_rows).sum())


def _counts(columns: Ints, size: int) -> NDArray[np.int64]:
    return np.bincount(columns[columns != NOBODY], minlength=size).astype(np.int64)
