"""Exact matching with capacities, stage after stage, each with prices that prove it.

A stage finds a set of matches of the highest total value and whole-number prices: a gain for
every participant and a price for every mentor's place. By linear-programming duality every
best set uses only tight pairs (gain + price = value), matches everyone with a gain above 0 and
fills every mentor with a price above 0, and every such set is best. So the next stage looks for
the best of the best: the same problem on the tight pairs, with those duties.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from kith.methods.matching.flow import NOBODY
from kith.methods.matching.network import Network, Pairs
from kith.methods.matching.profile import Bools, Ints

LARGEST_WORTH = 2**56
"""Sums along a chain of moves stay far within whole numbers of 64 bits up to here."""

Values = Callable[[], Ints]


class TooLarge(ValueError):
    """The values of a stage are beyond whole numbers of this machine."""


@dataclass(frozen=True, eq=False)
class Ground:
    """What all stages of one solve share.

    start (n + 1,), column (e,)  pairs that may be matched, in the order of rows and columns; a
                                 locked row has its one pair
    capacity  (m,) places, locked ones included
    locked    (n,) column of the lock, NOBODY elsewhere
    """

    start: Ints
    column: NDArray[np.int32]
    capacity: Ints
    locked: Ints

    @cached_property
    def row(self) -> NDArray[np.int32]:
        """(e,) the row of each pair."""
        return np.repeat(np.arange(len(self.locked), dtype=np.int32), np.diff(self.start))

    @property
    def free_rows(self) -> Bools:
        """Participants without a lock."""
        free: Bools = self.locked == NOBODY
        return free

    @property
    def locked_pairs(self) -> Ints:
        """(n,) the pair of each lock, NOBODY elsewhere."""
        return np.where(self.free_rows, NOBODY, self.start[:-1])

    @property
    def free_places(self) -> Ints:
        """Places of each mentor that no lock takes."""
        taken = np.bincount(self.locked[~self.free_rows], minlength=len(self.capacity))
        return self.capacity - taken


@dataclass(frozen=True)
class Stage:
    """One proven stage: `values` makes the (e,) values, gains (n,) and prices (m,) prove it."""

    name: str
    values: Values
    gains: Ints
    prices: Ints


@dataclass(frozen=True)
class Face:
    """The sets of matches that are best for all stages so far: pairs (e,), rows, columns."""

    open: Bools
    must_match: Bools
    must_fill: Bools


class Best(NamedTuple):
    """A set of matches of highest total weight and the prices that prove it.

    chosen (n,)  pair of each row or NOBODY
    gains (n,)   0 for the unmatched; those of locked rows may be below 0
    prices (m,)
    """

    chosen: Ints
    gains: Ints
    prices: Ints


def solve_stages(
    ground: Ground,
    wanted: Sequence[tuple[str, Values]],
    *,
    first: Best | None = None,
    tell: Callable[[str], object] = str,
) -> tuple[Ints, tuple[Stage, ...]]:
    """The best matches, stage after stage: (n,) pair of each row or NOBODY, and the proofs.

    first  the best set of the first stage, where it is known already
    tell   called with the name of each stage that begins
    """
    face = Face(
        np.ones(len(ground.column), dtype=bool),
        np.zeros(len(ground.locked), dtype=bool),
        np.zeros(len(ground.capacity), dtype=bool),
    )
    stages: list[Stage] = []
    chosen = ground.locked_pairs
    for name, values in wanted:
        tell(name)
        weights = duty_weights(values(), face, ground)
        known = None if stages else first
        chosen, gains, prices = known or best_set(weights, face.open, ground)
        stages.append(Stage(name, values, gains, prices))
        face = narrowed(weights, face, gains, prices, ground)
    return chosen, tuple(stages)


def duty_weights(values: Ints, face: Face, ground: Ground) -> Ints:
    """The values, plus a bonus for each duty that outweighs all the values together."""
    bonus = len(ground.locked) * int(values.max(initial=0)) + 1
    # Added up in place: in a large round each table of all pairs is many megabytes.
    duties = face.must_match[ground.row].astype(np.int8)
    duties += face.must_fill[ground.column]
    weights: Ints = np.int64(bonus) * duties
    weights += values
    return weights


def narrowed(weights: Ints, face: Face, gains: Ints, prices: Ints, ground: Ground) -> Face:
    """The best sets of a stage: its tight pairs, and whom they must match and fill."""
    tight = gains[ground.row] + prices[ground.column] == weights
    return Face(face.open & tight, (gains > 0) & ground.free_rows, prices > 0)


def best_set(weights: Ints, open_pairs: Bools, ground: Ground) -> Best:
    """A set of matches of highest total weight and the prices that prove it.

    weights  (e,) whole numbers >= 0; a pair of weight 0 is never needed
    raises   TooLarge
    """
    if int(weights.max(initial=0)) > LARGEST_WORTH:
        raise TooLarge
    used = np.flatnonzero(open_pairs & (weights > 0) & ground.free_rows[ground.row])
    degree = np.bincount(ground.row[used], minlength=len(ground.locked))
    start = np.concatenate([[0], np.cumsum(degree)])
    network = Network(Pairs(start, ground.column[used], weights[used]), ground.free_places)
    network.solve()
    held = network.chosen
    chosen = np.where(held == NOBODY, ground.locked_pairs, np.append(used, NOBODY)[held])
    return with_locked(Best(chosen, network.gains, network.prices), weights, ground)


def with_locked(best: Best, weights: Ints, ground: Ground) -> Best:
    """What locked rows gain beyond the price of their place; may be below 0."""
    gains, locked = best.gains.copy(), np.flatnonzero(~ground.free_rows)
    gains[locked] = weights[best.chosen[locked]] - best.prices[ground.locked[locked]]
    return best._replace(gains=gains)


def most_matches(ground: Ground) -> int:
    """How many participants can be matched at all, locks kept; found without any values."""
    usable = ground.free_rows[ground.row]
    places = np.repeat(np.arange(len(ground.capacity)), ground.free_places)
    table = csr_array(
        # Leaving pairs out below writes into these tables: they must not be those of the ground.
        (usable.astype(np.int8), ground.column.copy(), ground.start.copy()),
        shape=(len(ground.locked), len(ground.capacity)),
    )
    table.eliminate_zeros()
    found = maximum_bipartite_matching(table[:, places], perm_type="column")
    return int((found >= 0).sum() + (~ground.free_rows).sum())
