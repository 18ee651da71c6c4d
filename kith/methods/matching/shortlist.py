"""The best candidates of every participant among all mentors, without a table of all pairs.

A `Finder` is made once for a round and asked many times: for the first candidates, then, with
prices, for pairs that were left out and would be worth more than what a participant has now.
Compiled loops (`kernel`) and numpy (`tables`) give the same whole numbers, and those of `score`.
"""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from kith.methods.matching.areas import Areas, areas_of
from kith.methods.matching.block import Block
from kith.methods.matching.compiled import IS_COMPILED
from kith.methods.matching.kernel import (
    COLUMN_MASK,
    FIT_BITS,
    FIT_MASK,
    LEAST,
    ROW_SHIFT,
    TILE,
    Grid,
    Space,
    Wanted,
    search,
    some_of,
)
from kith.methods.matching.lines import (
    COLUMN,
    PLACE,
    SPEECH,
    Mentors,
    People,
    mentor_lines,
    people_lines,
    reordered,
    reordered_people,
)
from kith.methods.matching.problem import INTERESTS_PART, Criterion, Gate, Problem
from kith.methods.matching.profile import Bools, Ints, PersonArrays
from kith.methods.matching.score import Masks, is_barred, is_minor, score_block
from kith.methods.matching.tables import Tables
from kith.methods.matching.weigh import Rules

Found = TypeVar("Found")

MOST_ROWS = 1 << (11 if IS_COMPILED else 14)
"""Rows of one piece of work; numpy is faster with more of the same kind together."""
MOST_FOUND = 1 << 20
"""Pairs that one piece of work may find."""


class Shortlist(NamedTuple):
    """Pairs in the order of their rows.

    start (n + 1,)   where the pairs of each row begin
    column (e,)      ascending within a row
    fit (e,)         0..FULL_FIT
    """

    start: Ints
    column: NDArray[np.int32]
    fit: NDArray[np.int32]


class Finder:
    """Candidates of one round.

    participants, mentors  their arrays, in any order; rows and columns are in that order
    floor                  pairs with a lower fit are no candidates
    closed                 (row, column) of pairs that somebody closed: exclusions and rejects.
                           The problem's own exclusions are not read, for its rows may be in
                           another order: name them here
    threads                workers for compiled loops; the result does not depend on it
    """

    def __init__(
        self,
        problem: Problem,
        participants: PersonArrays,
        mentors: PersonArrays,
        *,
        floor: int = 0,
        closed: Iterable[tuple[int, int]] = (),
        threads: int | None = None,
    ) -> None:
        """Sort everybody into areas and lay the arrays out; takes no table of pairs."""
        self.problem, self.participants, self.mentors = problem, participants, mentors
        self.shape = len(participants.online), len(mentors.online)
        self._threads = threads or min(4, os.cpu_count() or 1)
        self._rules = _rules(problem, floor)
        kept = np.flatnonzero(~is_barred(mentors, problem))
        some = mentors.take(kept.tolist())
        self._areas = areas_of(participants, some, ranged=self._rules.by_range == 1)
        gated = Gate.LANGUAGE not in problem.gates.off
        people = people_lines(participants, self._areas, gated=gated)
        self._order = _in_order(people, is_minor(participants))
        self._people = reordered_people(people, self._order)
        self._closed = _closed(closed, self._order, self.shape[0])
        self._grid, order = _grid(self._areas)
        lines = mentor_lines(some, kept, self._areas.area)
        self._mentors = reordered(lines, order)
        anywhere = order if self._rules.by_range == 0 else order[some.online[order]]
        self._online = reordered(lines, anywhere)
        make = Loops if IS_COMPILED else Tables
        self._search = make(self._people, self._mentors, self._online, self._grid, self._rules)

    def find(
        self,
        *,
        most: int,
        prices: Ints | None = None,
        above: Ints | None = None,
        rows: Ints | None = None,
        columns: Ints | None = None,
    ) -> Shortlist:
        """For each row the `most` columns with the highest fit - price; ties: the lower column.

        prices (m,)  of the columns, 0 without
        above (n,)   only pairs with fit - price above this
        rows         only these rows are looked at; the others get no pairs
        columns      only these columns are
        """
        if most < 1:
            raise ValueError(most)
        wanted = self._wanted(min(most, max(1, self.shape[1])), prices, above)
        search = self._search if columns is None else self._search.among(columns)
        return self._listed(self._run(search.find, wanted, self._chosen(rows)))

    def count(self) -> int:
        """How many pairs pass every gate, reach the floor and are not closed: all are counted."""
        wanted = self._wanted(0, None, None)
        return sum(self._run(self._search.count, wanted, wanted.rows))

    def fits_of(self, row: int) -> tuple[NDArray[np.int32], Masks]:
        """Fits and failed gates (m,) of one row, as in Scores; closed pairs are not marked."""
        fits, failed = score_block(Block(self.participants.take([row]), self.mentors), self.problem)
        return fits[0], failed[0]

    def _chosen(self, rows: Ints | None) -> Ints:
        """Where the rows stand in the order of the work."""
        chosen = np.full(self.shape[0], rows is None)
        chosen[rows] = True
        return np.flatnonzero(chosen[self._order])

    def _wanted(self, most: int, prices: Ints | None, above: Ints | None) -> Wanted:
        rows, columns = len(self._order), self.shape[1]
        least = np.full(rows, LEAST) if above is None else above[self._order].astype(np.int64)
        return Wanted(
            rows=np.arange(rows),
            most=most,
            least=least + 1,
            prices=np.zeros(columns, dtype=np.int64) if prices is None else prices.astype(np.int64),
            closed_start=self._closed[0],
            closed=self._closed[1],
        )

    def _run(self, search: Callable[[Wanted], Found], wanted: Wanted, rows: Ints) -> list[Found]:
        """Piece by piece: what is found does not depend on how many work at it."""
        step = max(1, min(MOST_ROWS, MOST_FOUND // max(1, wanted.most)))
        pieces = [
            wanted._replace(rows=rows[first : first + step]) for first in range(0, len(rows), step)
        ]
        with ThreadPoolExecutor(self._threads) as workers:
            return list(workers.map(search, pieces))

    def _listed(self, found: list[tuple[Ints, Ints]]) -> Shortlist:
        """Pieces as one list; rows of one piece may lie anywhere in the whole."""
        found = [(self._order[places], keys) for places, keys in found]
        counts = np.zeros(self.shape[0], dtype=np.int64)
        for rows, keys in found:
            counts[rows] = np.bincount(keys >> ROW_SHIFT, minlength=len(rows))
        start = np.concatenate([[0], np.cumsum(counts)])
        column = np.empty(start[-1], dtype=np.int32)
        fit = np.empty(start[-1], dtype=np.int32)
        for rows, keys in found:
            first = np.cumsum(counts[rows]) - counts[rows]
            to = np.arange(len(keys)) + np.repeat(start[rows] - first, counts[rows])
            column[to] = (keys >> FIT_BITS) & COLUMN_MASK
            fit[to] = keys & FIT_MASK
        return Shortlist(start, column, fit)


class Loops:
    """Pairs found by compiled loops; each thread takes a desk to work at."""

    def __init__(
        self, people: People, mentors: Mentors, online: Mentors, grid: Grid, rules: Rules
    ) -> None:
        """Arrays as the kernel wants them; see there."""
        self.people, self.mentors, self.online = people, mentors, online
        self.grid, self.rules = grid, rules
        self._desks: list[tuple[Mentors, Mentors, Space]] = []

    def among(self, columns: Ints) -> "Loops":
        """The same for some mentors only."""
        return Loops(
            self.people, *some_of(self.mentors, self.online, self.grid, columns), self.rules
        )

    def find(self, wanted: Wanted) -> tuple[Ints, Ints]:
        """The rows and the keys of their pairs, ascending."""
        out = np.empty(len(wanted.rows) * wanted.most, dtype=np.int64)
        return wanted.rows, np.sort(out[: self._search(wanted, out)])

    def count(self, wanted: Wanted) -> int:
        """The number of pairs."""
        return self._search(wanted, np.empty(0, dtype=np.int64))

    def _search(self, wanted: Wanted, out: Ints) -> int:
        desk = self._desks.pop() if self._desks else self._new_desk()
        near, far, space = desk
        if len(space.keys) < wanted.most + 1:
            keys, nodes = np.empty((2, wanted.most + 1), dtype=np.int64)
            space = space._replace(keys=keys, nodes=nodes)
        mentors = self.mentors._replace(price=wanted.prices[self.mentors.whole[COLUMN]])
        found = search(
            wanted, self.people, mentors, self.online, self.grid, self.rules,
            near, far, space, out,
        )  # fmt: skip
        self._desks.append((near, far, space))
        return found

    def _new_desk(self) -> tuple[Mentors, Mentors, Space]:
        near, far = (
            Mentors(*(np.empty_like(values) for values in lines))
            for lines in (self.mentors, self.online)
        )
        areas, people = len(self.grid.reach), len(self.mentors.price)
        space = Space(
            keys=np.empty(1, dtype=np.int64),
            nodes=np.empty(1, dtype=np.int64),
            fit=np.empty(TILE, dtype=np.int32),
            part=np.empty(TILE, dtype=np.int32),
            level=np.empty(TILE, dtype=np.uint8),
            chosen=np.empty(people + 1, dtype=np.int32),
            begin=np.empty(areas, dtype=np.int64),
            end=np.empty(areas, dtype=np.int64),
            segment=np.empty(areas, dtype=np.int64),
            seen=np.full(areas, -1, dtype=np.int64),
            used=np.empty(len(self.mentors.small), dtype=np.uint8),
        )
        return near, far, space


def _rules(problem: Problem, floor: int) -> Rules:
    maxima, off = problem.weights.maxima(), problem.gates.off
    return Rules(
        need=maxima[Criterion.NEED],
        interests=int(maxima[Criterion.NEED] * INTERESTS_PART),
        language=maxima[Criterion.LANGUAGE],
        distance=maxima[Criterion.DISTANCE],
        availability=maxima[Criterion.AVAILABILITY],
        gender=maxima[Criterion.GENDER],
        age=maxima[Criterion.AGE],
        by_topics=int(Gate.TOPICS not in off),
        by_range=int(Gate.RANGE not in off),
        by_slots=int(Gate.AVAILABILITY not in off),
        floor=max(0, floor),
    )


def _in_order(people: People, left_out: Bools) -> Ints:
    """Rows such that those beside each other look at the same mentors."""
    keys = (people.whole[:, PLACE], people.whole[:, SPEECH])
    rows = np.lexsort(keys if IS_COMPILED else keys[::-1])
    return rows[~left_out[rows]]


def _closed(cells: Iterable[tuple[int, int]], order: Ints, rows: int) -> tuple[Ints, Ints]:
    """Closed columns of each row, in the order of the work."""
    pairs = np.array(sorted(set(cells)), dtype=np.int64).reshape(-1, 2)
    place = np.full(rows, len(order))
    place[order] = np.arange(len(order))
    places = place[pairs[:, 0]]
    counts = np.bincount(places, minlength=len(order) + 1)[:-1]
    start = np.concatenate([[0], np.cumsum(counts)])
    return start.astype(np.int64), pairs[np.argsort(places, kind="stable"), 1]


def _grid(areas: Areas) -> tuple[Grid, Ints]:
    """Areas for the loops, and the mentors in the order of their areas."""
    order = np.argsort(areas.area, kind="stable")
    first = np.searchsorted(areas.area[order], np.arange(len(areas.reach_m) + 1))
    grid = Grid(first, areas.low, areas.high, areas.reach_m, areas.placed, areas.start, areas.near)
    return grid, order
