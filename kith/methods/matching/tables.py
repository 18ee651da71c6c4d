"""The loops of a shortlist without numba: numpy, some rows against some mentors at a time.

The same whole numbers as `kernel`: gates that are shut count FAILED, divisions are products with
a reciprocal (see weigh).
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kith.methods.matching.kernel import FIT_BITS, ROW_SHIFT, Grid, Wanted, some_of
from kith.methods.matching.lines import (
    AREA,
    COLUMN,
    FIRST_WORD,
    GENDER,
    HOBBIES,
    INSISTS,
    INTERESTS,
    LANGUAGES,
    MEETS,
    OLD,
    ONLINE,
    OPEN,
    PLACE,
    PLACED,
    REACH,
    REGION,
    REQUIRED,
    SLOTS,
    SPEECH,
    SPOKEN,
    TOPICS,
    WISHES,
    YOUNG,
    Mentors,
    People,
    X,
    reordered,
)
from kith.methods.matching.profile import Bools, Ints
from kith.methods.matching.weigh import (
    AGE_YEARS,
    BY_METRES,
    BY_REGION,
    FAILED,
    FAR,
    LEAST_LEVEL,
    UNLIMITED,
    USUAL,
    Rules,
)

CELLS = 1 << 18
"""Pairs at a time: their tables stay in the cache."""

ENOUGH = 2
"""Times what is wanted: so many pairs are sooner kept than sorted out."""

Fits = NDArray[np.int32]


class Tables:
    """Pairs found by numpy; the arguments are those of the compiled loops."""

    def __init__(
        self, people: People, mentors: Mentors, online: Mentors, grid: Grid, rules: Rules
    ) -> None:
        """Arrays as the kernel wants them; see there."""
        self.people, self.mentors, self.online = people, mentors, online
        self.grid, self.rules = grid, rules

    def among(self, columns: Ints) -> "Tables":
        """The same for some mentors only."""
        return Tables(
            self.people, *some_of(self.mentors, self.online, self.grid, columns), self.rules
        )

    def find(self, wanted: Wanted) -> tuple[Ints, Ints]:
        """The rows and the keys of their pairs, ascending."""
        least = wanted.least[wanted.rows].copy()
        found = np.zeros((3, 0), dtype=np.int64)
        for rows, fits, columns in self._blocks(wanted):
            bar = least[rows]
            better = _best(fits, wanted.prices[columns], bar, wanted.most, self.rules.floor)
            least[rows] = bar
            at, to = np.nonzero(better)
            new = np.stack([rows[at], columns[to], fits[at, to]])
            found = np.concatenate([found, new], axis=1)
            if found.shape[1] > CELLS:
                found = _cut(found, wanted)
        row, column, fit = _cut(found, wanted)
        return wanted.rows, np.sort((row << ROW_SHIFT) | (column << FIT_BITS) | fit)

    def count(self, wanted: Wanted) -> int:
        """The number of pairs."""
        return sum(int((fits >= self.rules.floor).sum()) for _, fits, _ in self._blocks(wanted))

    def _blocks(self, wanted: Wanted) -> Iterator[tuple[Ints, Fits, Ints]]:
        """Numbers within `wanted.rows`, fits of these and some mentors, columns of the mentors."""
        whole = self.people.whole[wanted.rows]
        for rows in _groups(whole[:, PLACE]):
            for mentors, way in self._near(whole[rows[0]]):
                yield from self._weighed(wanted, rows, mentors, way)
        far = np.flatnonzero((whole[:, ONLINE] == 1) | (self.rules.by_range == 0))
        for rows in _groups(whole[far, SPEECH]):
            mentors = self._with_language(wanted.rows[far[rows[0]]])
            yield from self._weighed(wanted, far[rows], mentors, FAR)

    def _near(self, one: Any) -> Iterator[tuple[Mentors, int]]:
        areas = self._areas_near(one[PLACE])
        for placed in (1, 0):
            some = areas[self.grid.placed[areas] == placed]
            spans = [np.arange(self.grid.first[at], self.grid.first[at + 1]) for at in some]
            if spans:
                way = BY_METRES if placed and one[PLACED] else BY_REGION
                yield reordered(self.mentors, np.concatenate(spans)), way

    def _areas_near(self, place: int) -> Ints:
        areas: Ints = self.grid.near[self.grid.start[place] : self.grid.start[place + 1]]
        return areas

    def _with_language(self, row: int) -> Mentors:
        """Those whom one can meet from anywhere and who share a language with the row."""
        people, small = self.people, self.online.small
        if people.whole[row, OPEN]:
            return self.online
        shares = small[LANGUAGES] == 0
        for entry in range(*people.start[row, SPOKEN : SPOKEN + 2]):
            if people.value[entry] >= LEAST_LEVEL:
                shares |= small[people.line[entry]] >= LEAST_LEVEL
        return reordered(self.online, np.flatnonzero(shares))

    def _weighed(
        self, wanted: Wanted, rows: Ints, mentors: Mentors, way: int
    ) -> Iterator[tuple[Ints, Fits, Ints]]:
        columns = mentors.whole[COLUMN].astype(np.int64)
        step = max(1, CELLS // max(1, len(columns)))
        for first in range(0, len(rows), step):
            some = rows[first : first + step]
            fits = table_of_fits(self.people, wanted.rows[some], mentors, way, self.rules)
            if way == FAR:
                self._leave_seen(fits, wanted.rows[some], mentors)
            _leave_closed(fits, wanted, some, columns)
            yield some, fits, columns

    def _leave_seen(self, fits: Fits, rows: Ints, mentors: Mentors) -> None:
        """The areas nearby have had their mentors already."""
        places, of = np.unique(self.people.whole[rows, PLACE], return_inverse=True)
        seen = np.zeros((len(places), len(self.grid.reach)), dtype=bool)
        for number, place in enumerate(places):
            seen[number, self._areas_near(place)] = True
        fits[seen[:, mentors.whole[AREA]][of.reshape(-1)]] = FAILED


def table_of_fits(people: People, rows: Ints, some: Mentors, way: int, rules: Rules) -> Fits:
    """Fits (n, m) of some rows and some mentors; below 0 where a gate is shut."""
    own = people.whole[rows].T[:, :, None]
    fits = _need(people, rows, some, rules)
    fits += _language(people, rows, some, rules)
    fits += _slots(own, some, rules)
    fits += _gender(own, some, rules)
    fits += _age(own, some, rules)
    if way == FAR:
        fits += (own[ONLINE] & some.small[MEETS]) * np.int32(rules.distance // 2)
    else:
        fits += _metres(own, some, rules) if way == BY_METRES else _region(own, some, rules)
    return fits


def _list(people: People, rows: Ints, kind: int, words: int) -> NDArray[np.float32]:
    """One of the lists of some rows as a table (n, lines)."""
    first, last = people.start[rows, kind], people.start[rows, kind + 1]
    at = np.repeat(np.arange(len(rows)), last - first)
    entry = np.arange(len(at)) + np.repeat(last - np.cumsum(last - first), last - first)
    table = np.zeros((len(rows), words), dtype=np.float32)
    table[at, people.line[entry]] = people.value[entry]
    return table


def _need(people: People, rows: Ints, some: Mentors, rules: Rules) -> Fits:
    """Need and interests, and the gates on topics and marks."""
    words = some.small[FIRST_WORD:].astype(np.float32)
    wishes, required, likes = (
        _list(people, rows, kind, len(some.small))[:, FIRST_WORD:]
        for kind in (WISHES, REQUIRED, HOBBIES)
    )
    shared, wished = (wishes @ words).astype(np.float64), wishes.sum(axis=1)[:, None]
    number = likes.sum(axis=1)[:, None]
    share = np.where(some.small[INTERESTS] & (number > 0), rules.interests, 0).astype(np.int32)
    most = rules.need - share
    points = _over(most * shared, 4 * np.maximum(wished, 1))
    points += (shared == 0) * np.int32(FAILED * rules.by_topics)
    fits = np.where(some.small[TOPICS] & (wished > 0), points, most // 2)
    fits += _over(share * (likes @ words).astype(np.float64), np.maximum(number, 1))
    lacking: Bools = required @ (words == 0).astype(np.float32) > 0
    fits[lacking] += FAILED
    return fits


def _over(products: NDArray[np.float64], divisors: Any) -> Fits:
    """Whole parts of quotients of whole numbers; see weigh."""
    products += 0.5
    products *= 1.0 / divisors.astype(np.float64)
    return products.astype(np.int32)


def _language(people: People, rows: Ints, some: Mentors, rules: Rules) -> Fits:
    spoken = _list(people, rows, SPOKEN, len(some.small)).astype(np.uint8)
    level = np.ones((len(rows), some.small.shape[1]), dtype=np.uint8)
    for line in np.flatnonzero(spoken.any(axis=0)):
        np.maximum(level, np.minimum(spoken[:, [line]], some.small[line]), out=level)
    points = (np.arange(6, dtype=np.int32) - 1) * rules.language // 4
    shut = np.where(people.whole[rows, OPEN] == 1, 0, FAILED).astype(np.int32)
    found = points.astype(np.int32)[level]
    found += (level < LEAST_LEVEL) * shut[:, None]
    says: Bools = np.asarray(spoken.any(axis=1))
    stated = some.small[LANGUAGES] & says[:, None]
    return np.where(stated, found, np.int32(rules.language // 2))


def _slots(own: Any, some: Mentors, rules: Rules) -> Fits:
    full = rules.availability
    points = np.array([FAILED * rules.by_slots, full // 3, full * 2 // 3, full], dtype=np.int32)
    shared = np.minimum(np.bitwise_count(own[SLOTS] & some.whole[SLOTS]), 3)
    stated = (own[SLOTS] != 0) & (some.whole[SLOTS] != 0)
    return np.where(stated, points[shared], np.int32(full // 2))


def _gender(own: Any, some: Mentors, rules: Rules) -> Fits:
    known = (own[GENDER] >= 0) & (some.whole[GENDER] >= 0)
    met = known & (own[GENDER] == some.whole[GENDER])
    points = np.where(known, met * np.int32(rules.gender), np.int32(rules.gender // 2))
    points += own[INSISTS] * ~met * np.int32(FAILED)
    return points


def _age(own: Any, some: Mentors, rules: Rules) -> Fits:
    gap = np.maximum(own[YOUNG] - some.whole[OLD], some.whole[YOUNG] - own[OLD])
    left = AGE_YEARS - np.minimum(np.maximum(gap, 0), AGE_YEARS)
    points = (np.arange(AGE_YEARS + 1) * rules.age // AGE_YEARS).astype(np.int32)
    stated = (own[YOUNG] >= 0) & (some.whole[YOUNG] >= 0)
    return np.where(stated, points[left], np.int32(rules.age // 2))


def _metres(own: Any, some: Mentors, rules: Rules) -> Fits:
    square: Any = 0.0
    for axis in range(X, X + 3):
        square = square + (own[axis] - some.whole[axis]).astype(np.float64) ** 2
    metres = np.floor(np.sqrt(square) + 0.5)
    reach = np.minimum(own[REACH], some.whole[REACH])
    scale = np.where(reach >= UNLIMITED, USUAL, np.maximum(reach, 1))
    points = _over(rules.distance * np.maximum(scale - metres, 0.0), scale)
    both = (own[ONLINE] & some.small[MEETS]) == 1
    offline = points + (metres > reach) * np.int32(FAILED * rules.by_range)
    return np.where(both, np.maximum(points, np.int32(rules.distance // 2)), offline)


def _region(own: Any, some: Mentors, rules: Rules) -> Fits:
    known: Bools = (own[REGION] >= 0) & (some.whole[REGION] >= 0)
    half = np.int32(rules.distance // 2)
    both = (own[ONLINE] & some.small[MEETS]) == 1
    elsewhere = np.where(both, half, np.int32(FAILED * rules.by_range))
    here = own[REGION] == some.whole[REGION]
    return np.where(known, np.where(here, np.int32(rules.distance), elsewhere), half)


def _groups(keys: Ints) -> list[Ints]:
    """Numbers of equal keys together."""
    order = np.argsort(keys, kind="stable")
    ends = np.flatnonzero(np.diff(keys[order])) + 1
    return np.split(order, ends) if len(order) else []


def _leave_closed(fits: Fits, wanted: Wanted, rows: Ints, columns: Ints) -> None:
    """Pairs that somebody closed are as those that fail a gate."""
    first, last = (wanted.closed_start[wanted.rows[rows] + more] for more in (0, 1))
    for at in np.flatnonzero(last > first):
        fits[at, np.isin(columns, wanted.closed[first[at] : last[at]])] = FAILED


def _best(fits: Fits, prices: Ints, least: Ints, most: int, floor: int) -> Bools:
    """(n, m) at least the best of each row; `least` rises to the last of them, if looked for."""
    values = np.where(fits >= floor, fits - prices, np.iinfo(np.int64).min)
    better: Bools = values >= least[:, None]
    if better.sum() > ENOUGH * most * len(values) and values.shape[1] > most:
        cut = values.shape[1] - most
        np.maximum(least, np.partition(values, cut, axis=1)[:, cut], out=least)
        better = values >= least[:, None]
    return better


def _cut(found: Ints, wanted: Wanted) -> Ints:
    """The `most` best pairs of each row."""
    row, column, fit = found
    order = np.lexsort((column, wanted.prices[column] - fit, row))
    row = row[order]
    number = np.arange(len(row)) - np.searchsorted(row, row)
    kept: Ints = found[:, order[number < wanted.most]]
    return kept
