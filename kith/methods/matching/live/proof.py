"""Matches on the listed pairs of a round, kept the best over all pairs.

After each act the rows that gain less and the columns that cost less than before are looked at
against everybody; pairs that would be worth more than what a row has are added and repaired,
until there are none. All other pairs were no better before and are no better now.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import compress, count
from operator import ne
from typing import Any

import numpy as np

from kith.methods.matching.compiled import IS_COMPILED
from kith.methods.matching.live.growing import GrowingNetwork
from kith.methods.matching.live.people import People
from kith.methods.matching.live.sight import Sight, mentor_marks, participant_marks
from kith.methods.matching.problem import FULL_FIT, Gate
from kith.methods.matching.profile import Ints

MORE = 12
"""Pairs of one row that are added at once, the best first."""
AT_ONCE = 4_096
"""Pairs that are scored together."""


class Proof:
    """A network and the prices that hold for every pair of the round.

    averted (n,)   what a match of a row is worth beside its fit
    floor          least fit of a pair that is proposed
    gains (n,), prices (m,)   as they were when everything was last looked at
    competes (n,)  rows that take part and are not locked
    """

    def __init__(
        self, people: People, network: GrowingNetwork, averted: Ints, *, floor: int
    ) -> None:
        self.people, self.network, self.floor = people, network, floor
        self.averted = averted
        self.gains, self.prices = network.gains, network.prices
        self.competes = np.ones(network.rows, dtype=bool)
        self.competes[list(network.locked)] = False
        scores, problem = people.scores, people.problem
        self.sight = Sight(
            participant_marks(scores.participants, problem),
            mentor_marks(scores.mentors, problem),
            ranged=Gate.RANGE not in problem.gates.off,
        )
        self._known = [_work_copy(network.net.gain), _work_copy(network.net.price)]

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
            touched, counts = np.unique(at, return_counts=True)
            self.network.improve(touched.tolist())
            look_rows, look_columns = set(touched[counts == MORE].tolist()), set()

    def add_row(self, averted: int) -> int:
        """One row more, which takes part in the competition from now on."""
        row = self.network.add_row()
        self.averted = np.append(self.averted, averted)
        self.gains = np.append(self.gains, 0)
        self.competes = np.append(self.competes, True)
        arrays = self.people.scores.participants.take([row])
        self.sight.add(participant_marks(arrays, self.people.problem))
        self._known[0] = _work_copy(self.network.net.gain)
        return row

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Whatever is done inside is taken back afterwards, bit for bit."""
        state = self.network.state()
        mirrors = self.gains.copy(), self.prices.copy(), self.competes.copy()
        known = [table.copy() for table in self._known]
        try:
            yield
        finally:
            self.network.restore(state)
            self.gains, self.prices, self.competes = mirrors
            self._known = known

    def worst(self) -> int:
        """By how much any pair of a competing row is worth more than gain and price; 0 is proof."""
        rows = np.flatnonzero(self.competes)
        at, to, fits = self._better(rows.tolist(), [])
        return int((fits - self.prices[to] - self._wants(at)).max(initial=0))

    def _wants(self, rows: Any) -> Ints:
        """What a fit less its price must exceed to be better for a row than what it has."""
        wants: Ints = self.gains[rows] - self.averted[rows]
        return wants

    def _note(self, rows: set[int], columns: set[int]) -> None:
        """Note gains and prices as they are now; who lost something is to be looked at."""
        net = self.network.net
        tables = (net.gain, self._known[0], self.gains, rows)
        for now, known, mirror, lost in (tables, (net.price, self._known[1], self.prices, columns)):
            for place in changed(now, known):
                value = int(now[place])
                if value < known[place]:
                    lost.add(place)
                known[place] = value
                if place < len(mirror):
                    mirror[place] = value

    def _better(self, rows: Collection[int], columns: Collection[int]) -> tuple[Ints, Ints, Ints]:
        """Pairs worth more than what their rows have, with fits; the MORE best of each row."""
        found = [*self._from_rows(rows), *self._from_columns(columns)]
        keys = np.unique(np.concatenate([_NOTHING[0], *found]))
        if not keys.size:
            return _NOTHING
        parts = [
            self._kept(keys[first : first + AT_ONCE]) for first in range(0, len(keys), AT_ONCE)
        ]
        at, to, fits = (np.concatenate(part) for part in zip(*parts, strict=True))
        order = np.lexsort((to, self.prices[to] - fits, at))
        at, to, fits = at[order], to[order], fits[order]
        kept = np.arange(len(at)) - np.searchsorted(at, at) < MORE
        return at[kept], to[kept], fits[kept]

    def _kept(self, keys: Ints) -> tuple[Ints, Ints, Ints]:
        """Of some pairs those that pass and are better."""
        at, to = np.divmod(keys, len(self.prices))
        fits, failed = self.people.fits(at, to)
        better = (failed == 0) & (fits >= self.floor) & (fits - self.prices[to] > self._wants(at))
        at, to, fits = at[better], to[better], fits[better]
        is_open = np.array(
            [
                two not in self.people.closed(one)
                for one, two in zip(at.tolist(), to.tolist(), strict=True)
            ],
            dtype=bool,
        )
        return at[is_open], to[is_open], fits[is_open]

    def _from_rows(self, rows: Iterable[int]) -> Iterator[Ints]:
        has_place = np.asarray(self.network.net.capacity) > 0
        for row in rows:
            if self.competes[row]:
                limit = FULL_FIT - int(self._wants(row))
                some = np.flatnonzero(has_place & (self.prices < limit))
                seen = self.sight.columns_for(row, some)
                yield row * len(self.prices) + seen

    def _from_columns(self, columns: Iterable[int]) -> Iterator[Ints]:
        wants = self._wants(slice(None)) if columns else _NOTHING[0]
        for column in columns:
            if self.network.net.capacity[column] > 0:
                limit = FULL_FIT - int(self.prices[column])
                some = np.flatnonzero(self.competes & (wants < limit))
                seen = self.sight.rows_for(column, some)
                yield seen * len(self.prices) + column


_NOTHING = (np.zeros(0, dtype=np.int64),) * 3


def _work_copy(table: Any) -> Any:
    return table.copy()


def changed(now: Any, known: Any) -> list[int]:
    """Where two tables differ."""
    if IS_COMPILED:
        places: list[int] = np.flatnonzero(now != known).tolist()
        return places
    return list(compress(count(), map(ne, now, known)))
