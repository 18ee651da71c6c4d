"""Matches on the listed pairs of a round, kept the best over all pairs.

After each act the rows that gain less and the columns that cost less than before are looked at
against everybody; pairs that would be worth more than what a row has are added and repaired,
until there are none. All other pairs were no better before and are no better now.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, compress, count
from operator import ne
from typing import Any

import numpy as np

from kith.methods.matching.compiled import IS_COMPILED
from kith.methods.matching.live.glance import (
    State,
    scan_columns,
    scan_lower,
    scan_lowest,
    scan_rows,
)
from kith.methods.matching.live.growing import GrowingNetwork
from kith.methods.matching.live.near import Near
from kith.methods.matching.live.people import People
from kith.methods.matching.live.points import FAILS, fits_of, folk_of, rules_of
from kith.methods.matching.live.sight import Sight, mentor_marks, participant_marks
from kith.methods.matching.live.tiles import tiles_of
from kith.methods.matching.problem import FULL_FIT, Gate
from kith.methods.matching.profile import Ints
from kith.methods.matching.shortlist import Finder

MORE = 12
"""Pairs of one row that are added at once, the best first."""
AT_ONCE = 4_096
"""Pairs that are scored together."""
MARGIN, SURVEYED = 150_000, 40
"""How far below what a row has its other pairs are still told apart, and how many of them."""
MANY = 4_096
"""Above so many low columns whole tiles of them are left out instead of looking at each."""
LITTLE = 24_000
"""So much lower a column may be that it is worth while to sort the rows that are near enough."""
UNKNOWN = 1 << 60

Some = tuple[Ints, Ints, Ints]
"""Rows, columns and fits of pairs."""
_NOTHING: Some = (np.zeros(0, dtype=np.int64),) * 3


class Proof:
    """A network and the prices that hold for every pair of the round.

    averted (n,)   what a match of a row is worth beside its fit
    floor          least fit of a pair that is proposed
    gains (n,), prices (m,)   as they were when everything was last looked at
    competes (n,)  rows that take part and are not locked
    near           the next best pairs of each row outside the network
    most (n,)      no other open pair of the row outside it has a higher fit - price, by the
                   prices of some earlier day; low (m,): how much lower prices are than on that day
    """

    def __init__(
        self, people: People, network: GrowingNetwork, averted: Ints, *, floor: int
    ) -> None:
        self.people, self.network, self.floor = people, network, floor
        self.averted = averted
        self.gains, self.prices = network.gains, network.prices.copy()
        self.competes = np.ones(network.rows, dtype=bool)
        self.competes[list(network.locked)] = False
        self.near = Near((network.rows, len(self.prices)), *_NOTHING)
        self.most = np.full(network.rows, UNKNOWN)
        self.low = np.zeros(len(self.prices), dtype=np.int64)
        scores, problem = people.scores, people.problem
        self.sight = Sight(
            participant_marks(scores.participants, problem),
            mentor_marks(scores.mentors, problem),
            ranged=Gate.RANGE not in problem.gates.off,
        )
        self._tiles = tiles_of(self.sight.people), tiles_of(self.sight.mentors)
        self._known = [network.net.gain.copy(), network.net.price.copy()]
        self._rules, self._out = rules_of(problem), np.empty(1 << 12, dtype=np.int64)

    def survey(self) -> None:
        """Look at all pairs once, to know later how far the others are from being better."""
        wants = self.gains - self.averted
        found = self.finder().find(
            most=SURVEYED,
            prices=self.prices,
            above=wants - MARGIN,
            rows=np.flatnonzero(self.competes),
        )
        row = np.repeat(np.arange(len(wants)), np.diff(found.start))
        column = found.column.astype(np.int64)
        other = ~np.isin(self._keys(row, column), self._listed_keys())
        self.near = Near(
            (len(wants), len(self.prices)),
            row[other],
            column[other],
            found.fit[other].astype(np.int64),
        )
        # Of a row with as many pairs as were asked for, the others may be as good as its last one.
        last = np.full(len(wants), UNKNOWN)
        np.minimum.at(last, row, found.fit - self.prices[column])
        self.most = np.where(np.diff(found.start) == SURVEYED, last, wants - MARGIN)
        self.low[:] = 0

    def finder(self) -> Finder:
        """Finds candidates without any of the lists kept here."""
        people = self.people
        closed = [(row, one) for row in people.rejected for one in people.rejected[row]]
        closed += [(row, int(one)) for row in people.excluded for one in people.excluded[row]]
        scores = people.scores
        return Finder(
            people.problem, scores.participants, scores.mentors, floor=self.floor, closed=closed
        )

    def prove(self, rows: Iterable[int] = (), columns: Iterable[int] = ()) -> None:
        """Make the matches the best over all pairs; look at these rows and columns anyway."""
        look_rows, look_columns = set(rows), set(columns)
        while True:
            self._note(look_rows, look_columns)
            at, to, fits = self._better(sorted(look_rows), sorted(look_columns))
            if not len(at):
                return
            for row, column, fit in zip(at.tolist(), to.tolist(), fits.tolist(), strict=True):
                self.network.add(row, column, fit + int(self.averted[row]))
            touched = np.unique(at).tolist()
            self.network.improve(touched)
            look_rows, look_columns = set(touched), set()

    def forget(self, row: int) -> None:
        """Nothing is known of the pairs of a row outside the network."""
        self.most[row] = UNKNOWN

    def add_row(self, averted: int) -> int:
        """One row more, which takes part in the competition from now on."""
        row = self.network.add_row()
        self.averted = np.append(self.averted, averted)
        self.gains = np.append(self.gains, 0)
        self.most = np.append(self.most, UNKNOWN)
        self.competes = np.append(self.competes, True)
        arrays = self.people.scores.participants.take([row])
        self.sight.add(participant_marks(arrays, self.people.problem))
        self._known[0] = self.network.net.gain.copy()
        return row

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Whatever is done inside is taken back afterwards, bit for bit."""
        state = self.network.state()
        mirrors = (self.gains, self.prices, self.competes, self.most, self.low)
        self.gains, self.prices, self.competes, self.most, self.low = (
            table.copy() for table in mirrors
        )
        known = [table.copy() for table in self._known]
        try:
            yield
        finally:
            self.network.restore(state)
            self.gains, self.prices, self.competes, self.most, self.low = mirrors
            self._known = known

    def _wants(self, rows: Any) -> Ints:
        """What a fit less its price must exceed to be better for a row than what it has."""
        wants: Ints = self.gains[rows] - self.averted[rows]
        return wants

    def _note(self, rows: set[int], columns: set[int]) -> None:
        """Note gains and prices as they are now; who lost something is to be looked at."""
        net = self.network.net
        for row in changed(net.gain, self._known[0]):
            gain = int(net.gain[row])
            if gain < self._known[0][row]:
                rows.add(row)
            self._known[0][row] = gain
            self.gains[row] = gain
        for column in changed(net.price, self._known[1]):
            price = int(net.price[column])
            if price < self._known[1][column]:
                columns.add(column)
            self._known[1][column] = price
            self.low[column] += int(self.prices[column]) - price
            self.prices[column] = price

    def _better(self, rows: Collection[int], columns: Collection[int]) -> Some:
        """Pairs worth more than what their rows have, with fits; the MORE best of each row."""
        known, unknown = self._split([row for row in rows if self.competes[row]])
        if IS_COMPILED:
            parts = [self._glanced(known, columns, unknown)]
        else:
            parts = [self._from_rows(known), self._from_columns(columns)]
            parts.append(self._from_unknown(unknown))
        wants = self._wants(slice(None))
        parts.append(self.near.better(known, columns, wants, self.prices))
        keys = np.unique(np.concatenate([_NOTHING[0], *chain.from_iterable(parts)]))
        keys = keys[self.competes[keys // len(self.prices)]]
        if not keys.size:
            return self._renewed(unknown, _NOTHING)
        some = [
            self._passing(keys[first : first + AT_ONCE], unknown)
            for first in range(0, len(keys), AT_ONCE)
        ]
        at, to, fits = (np.concatenate(part) for part in zip(*some, strict=True))
        order = np.lexsort((to, self.prices[to] - fits, at))
        return self._renewed(unknown, (at[order], to[order], fits[order]))

    def _split(self, rows: list[int]) -> tuple[list[int], list[int]]:
        """Rows of whose other pairs enough is known, and those to look at in full."""
        enough = self._room(rows) >= 0
        known = [row for row, is_known in zip(rows, enough.tolist(), strict=True) if is_known]
        return known, sorted(set(rows) - set(known))

    def _room(self, rows: Any) -> Ints:
        """How much lower the price of a column outside the network must be to be better."""
        room: Ints = self._wants(rows) - self.most[rows]
        return room

    def _renewed(self, unknown: list[int], passing: Some) -> Some:
        """The pairs to add; of rows that were looked at in full, the others give what is known."""
        at, to, fits = passing
        has_place = np.asarray(self.network.net.capacity) > 0
        is_better = (fits - self.prices[to] > self._wants(at)) & has_place[to]
        number = np.cumsum(is_better) - 1
        firsts = np.searchsorted(at, at)
        before = np.concatenate([[0], np.cumsum(is_better)])[firsts]
        added = is_better & (number - before < MORE)
        if unknown:
            self.most[unknown] = self._wants(unknown) - MARGIN
            rest = ~added & np.isin(at, unknown)
            value = fits[rest] - self.prices[to[rest]] - self.low[to[rest]]
            np.maximum.at(self.most, at[rest], value)
        return at[added], to[added], fits[added]

    def _passing(self, keys: Ints, unknown: list[int]) -> Some:
        """Of some pairs those that are better and pass gates, floor and decisions, with their fits.

        Of rows that are looked at in full also those that are nearly good enough to be told of.
        """
        at, to = np.divmod(keys, len(self.prices))
        near = np.minimum(self.prices[to], self.prices[to] + self.low[to])
        told = np.isin(at, unknown)
        least = self._wants(at) + np.where(told, near - MARGIN, self.prices[to] + 1)
        least = np.maximum(self.floor, least)
        fits = self._fits(keys, least)
        passes = fits >= least
        at, to, fits = at[passes], to[passes], fits[passes]
        pairs = zip(at.tolist(), to.tolist(), strict=True)
        is_open = np.array([not self.people.is_closed(*pair) for pair in pairs], dtype=bool)
        return at[is_open], to[is_open], fits[is_open]

    def _fits(self, keys: Ints, least: Ints) -> Ints:
        """Fits of pairs, below 0 where a gate is shut; perhaps also where one is below `least`."""
        if IS_COMPILED:
            scores = self.people.scores
            sides = folk_of(scores.participants), folk_of(self.people.mentors)
            return fits_of(keys, len(self.prices), least, *sides, self._rules)
        fits, failed = self.people.fits(*np.divmod(keys, len(self.prices)))
        return np.where(failed == 0, fits, FAILS)

    def _glanced(
        self, known: list[int], columns: Collection[int], unknown: list[int]
    ) -> Iterator[Ints]:
        """The same as the three that follow, by compiled loops."""
        if known:
            yield from self._seen_anew(np.array(known, dtype=np.int64))
        if columns:
            yield from self._seen_by(np.array(list(columns), dtype=np.int64))
        if unknown:
            rows = np.array(unknown, dtype=np.int64)
            limit = FULL_FIT + MARGIN - self._wants(rows)
            near = np.minimum(self.prices, self.prices + self.low)
            nothing = np.zeros_like(self.low)
            keys = self._seen_from(rows, np.full(len(rows), -1), limit, nothing, near)
            listed = [self._keys(row, self.network.columns_of(row)) for row in unknown]
            yield keys[~np.isin(keys, np.concatenate(listed))]

    def _seen_anew(self, rows: Ints) -> Iterator[Ints]:
        """Pairs of rows that gain less: few columns have become low enough for them."""
        room, limit = self._room(rows), FULL_FIT - self._wants(rows)
        columns = np.flatnonzero(self.low > room.min())
        if len(columns) > MANY:
            yield self._seen_from(rows, room, limit, self.low, self.prices)
        elif columns.size:
            columns = columns[np.argsort(-self.low[columns], kind="stable")]
            here, there = self.sight.people, self.sight.mentors
            about = columns, self.low[columns], self.prices, self.sight.ranged
            yield self._written(scan_lowest, (here, rows, room, limit, there, *about))

    def _seen_by(self, columns: Ints) -> Iterator[Ints]:
        """Pairs of columns: few rows are near enough to those that are a little lower."""
        low, ranged, there = self.low[columns], self.sight.ranged, self.sight.mentors
        wants = self._wants(slice(None))
        state = State(wants, self.most, self.competes, self.low, self.prices)
        little = low <= LITTLE
        if little.any():
            room = np.where(self.competes, wants - self.most, UNKNOWN)
            rows = np.flatnonzero(room < low[little].max())
            rows = rows[np.argsort(room[rows], kind="stable")]
            asked = self.sight.people, rows, room[rows], there, columns[little], state, ranged
            yield self._written(scan_lower, asked)
        if not little.all():
            here = self.sight.people, self._tiles[0]
            yield self._written(scan_columns, (*here, there, columns[~little], state, ranged))

    def _seen_from(self, rows: Ints, room: Ints, limit: Ints, low: Ints, prices: Ints) -> Ints:
        about = rows, room, limit, low, prices, self.sight.ranged
        return self._written(scan_rows, (self.sight.people, self._tiles[1], *about))

    def _written(self, scan: Callable[..., int], about: tuple[Any, ...]) -> Ints:
        """What a loop finds, in as much room as it needs."""
        count = scan(*about, self._out)
        if count > len(self._out):
            self._out = np.empty(2 * count, dtype=np.int64)
            scan(*about, self._out)
        return self._out[:count].copy()

    def _from_unknown(self, rows: Iterable[int]) -> Iterator[Ints]:
        """All pairs of rows outside the network that could be nearly good enough."""
        lowest = np.minimum(self.prices, self.prices + self.low)
        for row in rows:
            limit = FULL_FIT + MARGIN - int(self._wants(row))
            near = lowest < limit
            near[self.network.columns_of(row)] = False
            seen = self.sight.columns_for(row, np.flatnonzero(near))
            yield row * len(self.prices) + seen

    def _from_rows(self, rows: Collection[int]) -> Iterator[Ints]:
        """Pairs with columns that have become so low that they may be better."""
        lowest = int(self.low.max(initial=0)) if rows else 0
        for row, room in zip(rows, self._room(list(rows)).tolist(), strict=True):
            if room < lowest:
                limit = FULL_FIT - int(self._wants(row))
                some = np.flatnonzero((self.low > room) & (self.prices < limit))
                yield row * len(self.prices) + self.sight.columns_for(row, some)

    def _from_columns(self, columns: Collection[int]) -> Iterator[Ints]:
        """Pairs of columns with rows for which they have become low enough."""
        if not columns:
            return
        room = np.where(self.competes, self._room(slice(None)), UNKNOWN)
        rows = np.flatnonzero(room < self.low[list(columns)].max())
        room, wants = room[rows], self._wants(rows)
        for column in columns:
            limit = FULL_FIT - int(self.prices[column])
            some = rows[(room < self.low[column]) & (wants < limit)]
            yield self.sight.rows_for(column, some) * len(self.prices) + column

    def _keys(self, rows: Any, columns: Any) -> Ints:
        keys: Ints = rows * len(self.prices) + np.asarray(columns, dtype=np.int64)
        return keys

    def _listed_keys(self) -> Ints:
        pairs, net = self.network.listed_pairs(), self.network.net
        rows, columns = (np.asarray(one)[pairs].astype(np.int64) for one in (net.row, net.column))
        return self._keys(rows, columns)


def changed(now: Any, known: Any) -> list[int]:
    """Where two tables differ."""
    if IS_COMPILED:
        places: list[int] = np.flatnonzero(now != known).tolist()
        return places
    return list(compress(count(), map(ne, now, known)))
