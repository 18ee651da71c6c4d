"""The pairs of a round as a network: the best matches on it, kept best while people decide.

Rows are participants, columns mentors. A pair is worth a whole number of points; being without a
match is worth 0. Every change (a pair closed or kept, somebody leaving, more or fewer places) is
repaired by one or two local searches, and the value then equals that of a solve from the beginning.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from kith.methods.matching.auction import approach
from kith.methods.matching.compiled import IS_COMPILED, held_for_work
from kith.methods.matching.flow import (
    CLOSED,
    NOBODY,
    Net,
    Search,
    detach,
    evict_row,
    fill_column,
    settle,
    settle_row,
)
from kith.methods.matching.profile import Ints

FIRST_PART = 8
"""The first auction has steps of this part of the largest worth."""
FINEST = 1
"""The last auction has steps of so many points; the rest is exact repair. Where everybody wants
the same mentors steps of ten leave twice as much to repair."""


class Pairs(NamedTuple):
    """Pairs in the order of their rows.

    start  (n + 1,) where the pairs of each row begin
    column (e,) ascending within a row; worth (e,) whole points above 0
    """

    start: Ints
    column: NDArray[np.int32]
    worth: Ints

    @property
    def row(self) -> NDArray[np.int32]:
        """(e,) the row of each pair."""
        rows = np.arange(len(self.start) - 1, dtype=np.int32)
        return np.repeat(rows, np.diff(self.start))


class Network:
    """The best set of matches on some pairs, with the prices that prove it.

    The arrays of the pairs are looked at as long as the network is used, and never written.
    """

    def __init__(self, pairs: Pairs, capacity: Ints) -> None:
        self.pairs = pairs
        self.size = len(pairs.start) - 1, len(capacity)
        self.net = net_of(pairs, capacity)
        self.search = search_space(len(pairs.column), len(capacity))
        self.worth: Any = pairs.worth
        self.locked: dict[int, int] = {}

    def solve(self, *, prices: Ints | None = None, step: int | None = None) -> None:
        """Find the best set: prices by auction, then exact repair.

        prices, step  where to begin, if something is known: prices that are right but for a step
        """
        if prices is not None:
            self._set(self.net.price, prices)
        largest = int(self.pairs.worth.max(initial=0))
        approach(self.net, step=step or max(1, largest // FIRST_PART), finest=FINEST)
        self._lift()
        settle(self.net, self.search)

    def resume(self, prices: Ints, holders: Ints) -> None:
        """Find the best set from prices and holders that were the best before the pairs changed."""
        self._set(self.net.price, prices)
        self._set(self.net.choice, self._pairs_of(holders))
        settle(self.net, self.search)

    @property
    def gains(self) -> Ints:
        """(n,) what each row gains beyond the price of its place; below 0 only where locked."""
        gains = np.asarray(self.net.gain, dtype=np.int64).copy()
        for row, pair in self.locked.items():
            gains[row] = self.worth[pair] - self.net.price[self.net.column[pair]]
        return gains

    @property
    def prices(self) -> Ints:
        """(m,) what a place of each column costs."""
        return np.asarray(self.net.price, dtype=np.int64)

    @property
    def capacity(self) -> Ints:
        """(m,) places of each column, those of locked rows included."""
        places = np.asarray(self.net.capacity, dtype=np.int64).copy()
        for pair in self.locked.values():
            places[self.net.column[pair]] += 1
        return places

    @property
    def chosen(self) -> Ints:
        """(n,) the pair that each row holds, or NOBODY."""
        chosen = np.asarray(self.net.choice, dtype=np.int64).copy()
        for row, pair in self.locked.items():
            chosen[row] = pair
        return chosen

    @property
    def holders(self) -> Ints:
        """(n,) the column that each row holds, or NOBODY."""
        chosen = self.chosen
        columns = np.append(self.pairs.column, NOBODY)
        holders: Ints = columns[chosen].astype(np.int64)
        return holders

    @property
    def value(self) -> int:
        """What the matches are worth together."""
        chosen = self.chosen
        return int(np.asarray(self.worth)[chosen[chosen >= 0]].sum())

    @property
    def dual(self) -> int:
        """What gains and prices add up to: the same number when the matches are the best."""
        return int(self.gains.sum()) + int((self.prices * self.capacity).sum())

    def pair(self, row: int, column: int) -> int:
        """Where a pair stands; NOBODY when it is not on this network."""
        first, last = int(self.pairs.start[row]), int(self.pairs.start[row + 1])
        place = first + int(np.searchsorted(self.pairs.column[first:last], column))
        found = place < last and int(self.pairs.column[place]) == column
        return place if found else NOBODY

    def close(self, pair: int) -> None:
        """Never use a pair again."""
        row, column = int(self.net.row[pair]), int(self.net.column[pair])
        self._shut(pair)
        if self.net.choice[row] == pair:
            detach(self.net, row)
            settle_row(self.net, self.search, row)
            fill_column(self.net, self.search, column)

    def lock(self, pair: int) -> None:
        """Keep a pair whatever happens; it needs a place that no other lock has taken."""
        row, column = int(self.net.row[pair]), int(self.net.column[pair])
        held = self.net.choice[row]
        self._retire(row)
        self.locked[row] = pair
        self.net.capacity[column] -= 1
        if self.net.held[column] > self.net.capacity[column]:
            evict_row(self.net, self.search, column)
        if held >= 0 and held != pair:
            fill_column(self.net, self.search, int(self.net.column[held]))

    def leave(self, row: int) -> None:
        """Go on without a row."""
        freed = self.locked.pop(row, None)
        if freed is not None:
            self.net.capacity[self.net.column[freed]] += 1
        else:
            freed = int(self.net.choice[row])
            self._retire(row)
        if freed >= 0:
            fill_column(self.net, self.search, int(self.net.column[freed]))

    def resize(self, column: int, places: int) -> None:
        """Another number of places, locked ones included; never fewer than are locked."""
        locks = sum(int(self.net.column[pair]) == column for pair in self.locked.values())
        self.net.capacity[column] = places - locks
        while self.net.held[column] > self.net.capacity[column]:
            evict_row(self.net, self.search, column)
        fill_column(self.net, self.search, column)

    def _retire(self, row: int) -> None:
        """Take a row out of the competition: it holds nothing, wants nothing."""
        if self.net.choice[row] >= 0:
            detach(self.net, row)
        for pair in range(int(self.net.start[row]), int(self.net.stop[row])):
            self._shut(pair)
        self.net.gain[row] = 0

    def _shut(self, pair: int) -> None:
        self.net.worth[pair] = CLOSED

    def _lift(self) -> None:
        """Nobody stands at a column any more, but choices are kept: settling begins with them."""
        columns = self.size[1]
        self._set(self.net.first, np.full(columns, NOBODY, dtype=np.int64))
        self._set(self.net.held, np.zeros(columns, dtype=np.int64))

    def _set(self, table: Any, values: Ints) -> None:
        table[:] = values if IS_COMPILED else values.tolist()

    def _pairs_of(self, holders: Ints) -> Ints:
        row = self.pairs.row
        chosen = np.full(self.size[0], NOBODY, dtype=np.int64)
        hits = np.flatnonzero(holders[row] == self.pairs.column)
        chosen[row[hits]] = hits
        return chosen


def net_of(pairs: Pairs, capacity: Ints, *, spare: int = 0, added: Ints | None = None) -> Net:
    """The tables of a network.

    spare  slots for more pairs in each row and column
    added  pairs that come last in their columns, in this order
    """
    rows, columns = len(pairs.start) - 1, len(capacity)
    row, order = pairs.row, _by_column(pairs, (rows, columns))
    if added is not None:
        age = np.zeros(len(row), dtype=np.int64)
        age[added] = np.arange(1, len(added) + 1)
        order = order[np.lexsort((age[order], pairs.column[order]))]
    ends = np.concatenate([[0], np.cumsum(np.bincount(pairs.column, minlength=columns))])
    start, column_start = (_with_spare(one, spare) for one in (pairs.start, ends))
    if spare:
        size = len(row) + spare * rows, len(row) + spare * columns
        at, column_at = _beside(row, spare), _beside(pairs.column[order], spare)
        listed = [_placed(values, at, size[0]) for values in (pairs.column, row, pairs.worth)]
        order = _placed(at[order], column_at, size[1])
    else:
        # Only worth is written later; compiled code wants the others in the usual form.
        listed = [np.require(pairs.column, requirements=["C", "W"]), row, pairs.worth.copy()]
    tables = (
        *(start, start + np.diff(pairs.start), *listed),
        *(column_start, column_start + np.diff(ends), order, capacity.copy()),
        *(_all(NOBODY, rows), _all(0, rows), _all(0, columns)),
        *(_all(0, columns), _all(NOBODY, columns), _all(NOBODY, rows), _all(NOBODY, rows)),
    )
    return Net(*(held_for_work(table) for table in tables))


def _by_column(pairs: Pairs, shape: tuple[int, int]) -> NDArray[np.int32]:
    """(e,) the pairs in the order of their columns; counting is quicker than sorting."""
    numbers = np.arange(len(pairs.column), dtype=np.int32)
    order: NDArray[np.int32] = csr_array((numbers, pairs.column, pairs.start), shape).tocsc().data
    return order


def _with_spare(ends: Ints, spare: int) -> Ints:
    """Where groups of pairs begin, with spare slots behind each."""
    start: Ints = ends[:-1] + spare * np.arange(len(ends) - 1)
    return start


def _beside(group: NDArray[np.int32], spare: int) -> NDArray[np.int32]:
    """Where each pair stands, with spare slots behind each group."""
    places: NDArray[np.int32] = np.arange(len(group), dtype=np.int32) + spare * group
    return places


def _placed(values: NDArray[Any], at: NDArray[np.int32], size: int) -> NDArray[Any]:
    table = np.zeros(size, dtype=values.dtype)
    table[at] = values
    return table


def search_space(pairs: int, columns: int) -> Search:
    """Room to search a network of so many pairs."""
    room = 1 + min(pairs, 2 * columns)
    keys, nodes = np.zeros(room, dtype=np.int64), np.zeros(room, dtype=np.int32)
    tables: list[Any] = [*(_all(0, columns) for _ in range(4)), keys, nodes, _all(0, 1)]
    return Search(*(held_for_work(table) for table in tables))


def _all(value: int, size: int) -> Ints:
    return np.full(size, value, dtype=np.int64)
