"""A network to which pairs and rows are added while people decide.

Every row and every column has spare slots for pairs; one that is full moves to the end of the
store with twice the room. What a trial adds is taken back in the opposite order.
"""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

import numpy as np

from kith.methods.matching.compiled import IS_COMPILED
from kith.methods.matching.flow import (
    CLOSED,
    NOBODY,
    best_gain,
    detach,
    evict_row,
    fill_column,
    settle_row,
)
from kith.methods.matching.network import Network, Pairs, net_of, search_space
from kith.methods.matching.profile import Ints

SPARE = 4
"""Free slots of each row and column at first."""
CHANGING = ("choice", "gain", "price", "held", "first", "after", "before", "capacity")
"""Tables that searches and decisions change."""
OF_PAIRS = ("column", "row", "worth")
OF_ROWS = ("start", "stop", "choice", "gain", "after", "before")


_NONE = np.zeros(0, dtype=np.int64)


class State(NamedTuple):
    """How things stood: tables of CHANGING, and the locks."""

    tables: tuple[Any, ...]
    locked: dict[int, int]


class GrowingNetwork(Network):
    """A network with room for more; `pairs` are those it began with, all stand in `net`.

    rows   how many there are; tables may be longer
    added  row and column of the pairs that were added, in that order
    """

    def __init__(self, pairs: Pairs, capacity: Ints, added: Ints = _NONE) -> None:
        rows, columns = len(pairs.start) - 1, len(capacity)
        self.pairs, self.size, self.rows = pairs, (rows, columns), rows
        self.locked = {}
        self.net = net_of(pairs, capacity, spare=SPARE, added=added if added.size else None)
        self.worth = self.net.worth.copy()
        self.search = search_space(len(self.net.column), columns)
        self._used = [len(self.net.column), len(self.net.pair)]
        degrees = np.bincount(pairs.column, minlength=columns)
        self._room = [(np.diff(pairs.start) + SPARE).tolist(), (degrees + SPARE).tolist()]
        self._undo: list[tuple[Any, ...]] = []
        rows_of, columns_of = pairs.row[added].tolist(), pairs.column[added].tolist()
        self.added = list(zip(rows_of, columns_of, strict=True))

    @property
    def gains(self) -> Ints:
        """(n,) what each row gains beyond the price of its place; below 0 only where locked."""
        return super().gains[: self.rows]

    @property
    def chosen(self) -> Ints:
        """(n,) the pair that each row holds, or NOBODY."""
        return super().chosen[: self.rows]

    @property
    def holders(self) -> Ints:
        """(n,) the column that each row holds, or NOBODY."""
        columns = np.append(np.asarray(self.net.column, dtype=np.int64), NOBODY)
        holders: Ints = columns[self.chosen]
        return holders

    def column_of(self, row: int) -> int:
        """The column that a row holds, or NOBODY."""
        pair = self.held_pair(row)
        return NOBODY if pair < 0 else int(self.net.column[pair])

    def held_pair(self, row: int) -> int:
        """The pair that a row holds, or NOBODY."""
        pair = self.locked.get(row)
        return int(self.net.choice[row]) if pair is None else pair

    def pair(self, row: int, column: int) -> int:
        """Where a pair stands; NOBODY when it is not on this network."""
        first, last = int(self.net.start[row]), int(self.net.stop[row])
        some = self.net.column[first:last]
        if IS_COMPILED:
            found = np.flatnonzero(some == column)
            return first + int(found[0]) if found.size else NOBODY
        return first + some.index(column) if column in some else NOBODY

    def columns_of(self, row: int) -> Any:
        """The columns of the pairs of a row."""
        return self.net.column[int(self.net.start[row]) : int(self.net.stop[row])]

    def add(self, row: int, column: int, worth: int) -> None:
        """One pair more; call `improve` when all are added."""
        if self._room[0][row] == self.net.stop[row] - self.net.start[row]:
            self._move_row(row)
        if self._room[1][column] == self.net.column_stop[column] - self.net.column_start[column]:
            self._move_column(column)
        pair, place = int(self.net.stop[row]), int(self.net.column_stop[column])
        self.net.column[pair], self.net.row[pair] = column, row
        self.net.worth[pair] = self.worth[pair] = worth
        self.net.pair[place] = pair
        self.net.stop[row] += 1
        self.net.column_stop[column] += 1
        self.added.append((row, column))
        self._undo.append((self._drop, row, column))

    def add_row(self) -> int:
        """One row more, without pairs."""
        row, self.rows = self.rows, self.rows + 1
        if IS_COMPILED and row == len(self.net.gain):
            self._lengthen(OF_ROWS, row + row // 8 + 64)
        elif not IS_COMPILED:
            self._lengthen(OF_ROWS, row + 1)
        self.net.start[row] = self.net.stop[row] = self._used[0]
        self.net.gain[row] = 0
        for name in ("choice", "after", "before"):
            getattr(self.net, name)[row] = NOBODY
        self._room[0].append(0)
        return row

    def improve(self, rows: Iterable[int]) -> None:
        """Settle rows to which better pairs were added."""
        waiting, left = [], []
        for row in rows:
            pair, gain = int(self.net.choice[row]), best_gain(self.net, row)
            self.net.gain[row] = gain
            if pair >= 0 and self.net.worth[pair] - self.net.price[self.net.column[pair]] < gain:
                left.append(int(self.net.column[pair]))
                detach(self.net, row)
                pair = NOBODY
            if pair < 0:
                waiting.append(row)
        for row in waiting:
            settle_row(self.net, self.search, row)
        for column in left:
            fill_column(self.net, self.search, column)

    def seal(self, row: int, column: int) -> None:
        """Begin with a lock: before anybody holds a place."""
        self.keep(row, column)
        self.net.capacity[column] -= 1

    def keep(self, row: int, column: int) -> None:
        """Begin with a lock whose place is not among the capacities any more."""
        self._retire(row)
        self.locked[row] = self.pair(row, column)

    def shut_cells(self, cells: Ints) -> None:
        """Close pairs of rows and columns, as far as they are on the network."""
        for row, column in cells.tolist():
            pair = self.pair(row, column)
            if pair != NOBODY:
                self._shut(pair)

    def shut_below(self, least: Ints) -> None:
        """Close pairs that are worth less than their row must have."""
        pairs, row = self.listed_pairs(), np.asarray(self.net.row)
        for pair in pairs[np.asarray(self.worth)[pairs] < least[row[pairs]]].tolist():
            self._shut(pair)

    def unlock(self, row: int, *, closed: Collection[int], least: int) -> None:
        """Let a locked row choose again among its pairs, the closed ones and those worth less
        than `least` left out.
        """
        column = int(self.net.column[self.locked.pop(row)])
        for pair in range(int(self.net.start[row]), int(self.net.stop[row])):
            if self.worth[pair] >= least and int(self.net.column[pair]) not in closed:
                self._write_worth(pair, int(self.worth[pair]))
        self.net.capacity[column] += 1
        settle_row(self.net, self.search, row)
        fill_column(self.net, self.search, column)

    def open(self, pair: int) -> None:
        """Take a pair up again that was closed; call `improve` then."""
        self._write_worth(pair, int(self.worth[pair]))

    def take_place(self, column: int) -> None:
        """One place less."""
        self.net.capacity[column] -= 1
        if self.net.held[column] > self.net.capacity[column]:
            evict_row(self.net, self.search, column)

    def listed_pairs(self) -> Ints:
        """Where the pairs of all rows stand, row after row."""
        start, stop = (np.asarray(table)[: self.rows] for table in (self.net.start, self.net.stop))
        counts = stop - start
        before = np.cumsum(counts) - counts
        pairs: Ints = np.arange(counts.sum()) + np.repeat(start - before, counts)
        return pairs

    def open_pairs(self) -> Ints:
        """The same without those that are closed; of a locked row the one it keeps."""
        pairs = self.listed_pairs()
        kept = np.asarray(self.net.worth)[pairs] != CLOSED
        some: Ints = pairs[kept | np.isin(pairs, list(self.locked.values()))]
        return some

    def state(self) -> State:
        """How things stand, to come back to."""
        self._undo.clear()
        tables = tuple(_copied(getattr(self.net, name)) for name in CHANGING)
        return State(tables, self.locked.copy())

    def restore(self, state: State) -> None:
        """As it was when the state was taken, bit for bit; the state can be used again."""
        while self._undo:
            take_back, *about = self._undo.pop()
            take_back(*about)
        for name, table in zip(CHANGING, state.tables, strict=True):
            getattr(self.net, name)[:] = table
        self.locked = state.locked.copy()

    def forget(self) -> None:
        """What was done so far is never taken back."""
        self._undo.clear()

    def stand(self, prices: Ints, holders: Ints, queues: Ints) -> None:
        """Take up prices and holders (n,) that were the best; queues: rows, column by column."""
        chosen, at = self._pairs_of(holders), holders[queues]
        worth = np.asarray(self.worth, dtype=np.int64)
        gain, held = np.zeros(self.rows, dtype=np.int64), np.bincount(at, minlength=len(prices))
        gain[queues] = worth[chosen[queues]] - prices[at]
        first, after, before = (
            np.full(size, NOBODY) for size in (len(prices), self.rows, self.rows)
        )
        same = at[1:] == at[:-1]
        begins = np.concatenate([[True], ~same])[: len(at)]
        first[at[begins]] = queues[begins]
        after[queues[:-1][same]], before[queues[1:][same]] = queues[1:][same], queues[:-1][same]
        tables = (chosen, gain, prices, held, first, after, before)
        for name, values in zip(CHANGING, tables, strict=False):
            self._set(getattr(self.net, name), values)

    def queues(self) -> list[int]:
        """The rows that hold a place without a lock, column by column."""
        rows = []
        for row in self.net.first:
            following = row
            while following >= 0:
                rows.append(int(following))
                following = self.net.after[following]
        return rows

    def _pairs_of(self, holders: Ints) -> Ints:
        chosen = super()._pairs_of(holders)
        return np.where(chosen < 0, chosen, chosen + SPARE * np.arange(len(chosen)))

    def _drop(self, row: int, column: int) -> None:
        self.added.pop()
        self.net.stop[row] -= 1
        self.net.column_stop[column] -= 1

    def _shut(self, pair: int) -> None:
        self._write_worth(pair, CLOSED)

    def _write_worth(self, pair: int, worth: int) -> None:
        self._undo.append((self._put_worth, pair, int(self.net.worth[pair])))
        self._put_worth(pair, worth)

    def _put_worth(self, pair: int, worth: int) -> None:
        self.net.worth[pair] = worth

    def _move_row(self, row: int) -> None:
        """Carry the pairs of a row to the end of the store, where it has twice the room."""
        first, last = int(self.net.start[row]), int(self.net.stop[row])
        room, to = 2 * (last - first) + SPARE, self._used[0]
        self._lengthen(OF_PAIRS, to + room)
        for name in OF_PAIRS:
            table = getattr(self.net, name)
            table[to : to + last - first] = table[first:last]
        self.worth[to : to + last - first] = self.worth[first:last]
        self._undo.append((self._put_row, row, first, last, self._room[0][row], to))
        self._put_row(row, to, to + last - first, room, to + room)

    def _put_row(self, row: int, first: int, last: int, room: int, used: int) -> None:
        """The pairs of a row stand from first to last now; all who know them are told."""
        shift = first - int(self.net.start[row])
        for pair in range(first, last):
            column = int(self.net.column[pair])
            begin, end = int(self.net.column_start[column]), int(self.net.column_stop[column])
            places = self.net.pair[begin:end]
            place = (
                places.tolist().index(pair - shift) if IS_COMPILED else places.index(pair - shift)
            )
            self.net.pair[begin + place] = pair
        if self.net.choice[row] >= 0:
            self.net.choice[row] += shift
        if row in self.locked:
            self.locked[row] += shift
        self.net.start[row], self.net.stop[row], self._room[0][row] = first, last, room
        self._used[0] = used

    def _move_column(self, column: int) -> None:
        """Carry the list of a column to the end of the store, where it has twice the room."""
        first, last = int(self.net.column_start[column]), int(self.net.column_stop[column])
        room, to = 2 * (last - first) + SPARE, self._used[1]
        self._lengthen(("pair",), to + room)
        self.net.pair[to : to + last - first] = self.net.pair[first:last]
        self._undo.append((self._put_column, column, first, last, self._room[1][column], to))
        self._put_column(column, to, to + last - first, room, to + room)

    def _put_column(self, column: int, first: int, last: int, room: int, used: int) -> None:
        self.net.column_start[column], self.net.column_stop[column] = first, last
        self._room[1][column], self._used[1] = room, used

    def _lengthen(self, names: Collection[str], size: int) -> None:
        """Make tables at least so long."""
        longer = {name: _lengthened(getattr(self.net, name), size) for name in names}
        self.net = self.net._replace(**longer)
        if "worth" in longer:
            self.worth = _lengthened(self.worth, size)
            for_pairs = {name: _lengthened(getattr(self.search, name), size + 1) for name in HEAP}
            self.search = self.search._replace(**for_pairs)


HEAP = ("keys", "nodes")


def _lengthened(table: Any, size: int) -> Any:
    if len(table) >= size:
        return table
    if not IS_COMPILED:
        table.extend([0] * (size - len(table)))
        return table
    longer = np.zeros(size + size // 4, dtype=table.dtype)
    longer[: len(table)] = table
    return longer


def _copied(table: Any) -> Any:
    return table.copy()
