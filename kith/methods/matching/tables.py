"""The loops of a shortlist without numba: numpy, some rows against some mentors at a time.

The same whole numbers as `kernel`. Most pairs fail a gate, and a gate is one comparison of small
numbers: so tables tell which pairs pass (see gates), and only these get their points (see points).
"""

from collections.abc import Iterator
from copy import copy
from typing import Any, NamedTuple

import numpy as np

from kith.methods.matching.gates import Passing, passing
from kith.methods.matching.kernel import FIT_BITS, ROW_SHIFT, Grid, Wanted
from kith.methods.matching.lines import (
    AREA,
    COLUMN,
    ONLINE,
    PLACE,
    PLACED,
    SPEECH,
    Mentors,
    People,
)
from kith.methods.matching.packed import Columns, packed_mentors, packed_people, share, taken
from kith.methods.matching.points import fits_of
from kith.methods.matching.profile import Ints
from kith.methods.matching.weigh import BY_METRES, BY_REGION, FAR, Rules

CELLS = 1 << 19
"""Pairs at a time: fewer than so many, and the way from call to call takes longer than the work."""

WIDEST = 1 << 62
"""Keys of pairs stay below."""


class Pairs(NamedTuple):
    """Pairs that pass every gate: numbers within `Wanted.rows`, columns of the mentors, fits."""

    row: Ints
    column: Ints
    fit: Ints

    def chosen(self, which: Any) -> "Pairs":
        """Some of them."""
        return Pairs(*(values[which] for values in self))


class Tables:
    """Pairs found by numpy; the arguments are those of the compiled loops."""

    def __init__(
        self, people: People, mentors: Mentors, online: Mentors, grid: Grid, rules: Rules
    ) -> None:
        """Arrays as the kernel wants them; see there."""
        self.rows, named = packed_people(people)
        self.digits, self.rules, self.grid = named.digits, rules, grid
        self.mentors, self.online = packed_mentors(mentors, named), packed_mentors(online, named)

    def among(self, columns: Ints) -> "Tables":
        """The same for some mentors only, in the same order and areas."""
        some = copy(self)
        kept, also = (
            np.flatnonzero(np.isin(side.whole[COLUMN], columns))
            for side in (self.mentors, self.online)
        )
        some.mentors, some.online = taken(self.mentors, kept), taken(self.online, also)
        some.grid = self.grid._replace(first=np.searchsorted(kept, self.grid.first))
        return some

    def find(self, wanted: Wanted) -> tuple[Ints, Ints]:
        """The rows and the keys of their pairs, ascending."""
        least = wanted.least[wanted.rows].copy()
        most = len(least) * wanted.most + CELLS
        kept, number = [_none()], 0
        for pairs in self._pairs(wanted):
            values = pairs.fit - wanted.prices[pairs.column]
            better = _best(pairs.row, values, least, wanted.most)
            kept.append(pairs.chosen(better))
            number += len(kept[-1].row)
            if number > most:
                kept = [_cut(_joined(kept), wanted)]
                number = len(kept[0].row)
        row, column, fit = _cut(_joined(kept), wanted)
        return wanted.rows, np.sort((row << ROW_SHIFT) | (column << FIT_BITS) | fit)

    def count(self, wanted: Wanted) -> int:
        """The number of pairs."""
        return sum(len(pairs.row) for pairs in self._pairs(wanted))

    def _pairs(self, wanted: Wanted) -> Iterator[Pairs]:
        """Everybody's pairs, a piece at a time."""
        whole = self.rows.whole[:, wanted.rows]
        for rows in _groups(whole[PLACE]):
            for mentors, way in self._near(whole[:, rows[0]]):
                yield from self._weighed(wanted, rows, mentors, way)
        far = np.flatnonzero((whole[ONLINE] == 1) | (self.rules.by_range == 0))
        for rows in _groups(whole[SPEECH, far]):
            mentors = self._with_language(wanted.rows[far[rows[:1]]])
            yield from self._weighed(wanted, far[rows], mentors, FAR)

    def _near(self, one: Any) -> Iterator[tuple[Columns, int]]:
        areas = self._areas_near(one[PLACE])
        for placed in (1, 0):
            some = areas[self.grid.placed[areas] == placed]
            spans = [np.arange(self.grid.first[at], self.grid.first[at + 1]) for at in some]
            if spans:
                way = BY_METRES if placed and one[PLACED] else BY_REGION
                yield taken(self.mentors, np.concatenate(spans)), way

    def _areas_near(self, place: int) -> Ints:
        areas: Ints = self.grid.near[self.grid.start[place] : self.grid.start[place + 1]]
        return areas

    def _with_language(self, row: Ints) -> Columns:
        """Those whom one can meet from anywhere and who share a language with the row."""
        shares = share(self.rows.talk[:, row], self.online.talk)
        return taken(self.online, np.flatnonzero(shares[0]))

    def _weighed(self, wanted: Wanted, rows: Ints, mentors: Columns, way: int) -> Iterator[Pairs]:
        columns = mentors.whole[COLUMN].astype(np.int64)
        step = max(1, CELLS // max(1, len(columns)))
        for first in range(0, len(rows), step):
            some = rows[first : first + step]
            own = taken(self.rows, wanted.rows[some])
            found = passing(own, mentors, way, self.rules)
            if way == FAR:
                found = found.chosen(~self._seen(found))
            fits = fits_of(found, self.digits, way, self.rules)
            pairs = Pairs(some[found.at], columns[found.to], fits)
            yield pairs.chosen(~_closed(pairs, wanted, some) & (fits >= self.rules.floor))

    def _seen(self, found: Passing) -> Any:
        """(k,) whether the areas nearby have had this mentor already."""
        places, of = np.unique(found.rows.whole[PLACE], return_inverse=True)
        seen = np.zeros((len(places), len(self.grid.reach)), dtype=bool)
        for number, place in enumerate(places):
            seen[number, self._areas_near(place)] = True
        return seen[of.reshape(-1)[found.at], found.columns.whole[AREA][found.to]]


def _groups(keys: Ints) -> list[Ints]:
    """Numbers of equal keys together."""
    order = np.argsort(keys, kind="stable")
    ends = np.flatnonzero(np.diff(keys[order])) + 1
    return np.split(order, ends) if len(order) else []


def _closed(pairs: Pairs, wanted: Wanted, rows: Ints) -> Any:
    """(k,) whether somebody closed the pair."""
    first, last = (wanted.closed_start[wanted.rows[rows] + more] for more in (0, 1))
    closed = np.zeros(len(pairs.row), dtype=bool)
    for at in np.flatnonzero(last > first):
        mine = pairs.row == rows[at]
        closed[mine] = np.isin(pairs.column[mine], wanted.closed[first[at] : last[at]])
    return closed


def _best(row: Ints, values: Ints, least: Ints, most: int) -> Any:
    """(k,) pairs worth `least` and among the best of their row; `least` rises to the last of them.

    Of several that are worth the same, none is left out. Pairs of a row stand together.
    """
    better = values >= least[row]
    row, worth = row[better], values[better]
    begins = np.flatnonzero(np.diff(row, prepend=-1))
    counts = np.diff(begins, append=len(row))
    if len(worth) and counts.max() > most:
        high = int(worth.max())
        width = high - int(worth.min()) + 1
        if width * len(begins) < WIDEST:
            number = np.repeat(np.arange(len(begins)), counts)
            keys = np.sort(number * width + (high - worth))
            full = np.flatnonzero(counts >= most)
            last = high - (keys[begins[full] + most - 1] - full * width)
            rows = row[begins[full]]
            least[rows] = np.maximum(least[rows], last)
            better[better] = worth >= least[row]
    return better


def _none() -> Pairs:
    return Pairs(*(np.zeros(0, dtype=np.int64) for _ in Pairs._fields))


def _joined(pairs: list[Pairs]) -> Pairs:
    return Pairs(*(np.concatenate(values) for values in zip(*pairs, strict=True)))


def _cut(found: Pairs, wanted: Wanted) -> Pairs:
    """The `most` best pairs of each row."""
    order = np.lexsort((found.column, wanted.prices[found.column] - found.fit, found.row))
    row = found.row[order]
    number = np.arange(len(row)) - np.searchsorted(row, row)
    return found.chosen(order[number < wanted.most])
