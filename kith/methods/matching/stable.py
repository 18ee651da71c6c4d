"""Deferred acceptance: nobody can find a free or willing mentor whom they like better.

An option beside the best set of matches, and dear: it leaves more people without anybody, so
a coordinator sees how many before choosing it. Source: Gale and Shapley 1962, American
Mathematical Monthly 69(1), 9-15; with places as in Roth and Sotomayor 1990, chapter 5.
"""

from typing import Any, NamedTuple

import numpy as np

from kith.methods.matching.compiled import compiled, held_for_work
from kith.methods.matching.profile import Ints

NOBODY = -1
LARGEST_KEY = 1 << 62


class Proposals(NamedTuple):
    """What the loop works on. Arrays of whole numbers, or lists of them without numba.

    start (n + 1,), column (e,)   pairs in the order of their rows
    order (e,)          pairs of each row, the most wanted first
    standing (e,)       how much the mentor wants the pair; no two alike at one mentor
    capacity (m,)       places
    slot (m + 1,)       where the places of each mentor begin
    holder (s,)         the row on each place
    held (m,)           places taken
    worst (m,)          the place held by whom a full mentor wants least
    tried (n,)          the next entry of `order` for each row
    choice (n,)         the pair whose place the row holds, or NOBODY
    """

    start: Any
    column: Any
    order: Any
    standing: Any
    capacity: Any
    slot: Any
    holder: Any
    held: Any
    worst: Any
    tried: Any
    choice: Any


def accept_deferred(
    start: Ints, column: Ints, fit: Ints, capacity: Ints, *, mentor_fit: Ints | None = None
) -> Ints:
    """The stable matches that every participant likes at least as much as any other stable ones.

    start       (n + 1,) where the pairs of each participant begin
    column      (e,) the mentor of each pair; a mentor once for each participant
    fit         (e,) whole points of the pair for the participant; every listed pair is welcome
    capacity    (m,) places of each mentor, 0 or more
    mentor_fit  (e,) whole points of the pair for the mentor; the same as `fit` if not given
    returns     (n,) the number of the pair each participant holds, or NOBODY; among equal
                points the lower column (for participants) and the lower row (for mentors) wins
    source      Gale and Shapley 1962
    """
    row = _rows(start)
    wanted = fit if mentor_fit is None else mentor_fit
    slot = np.concatenate([[0], np.cumsum(capacity)]).astype(np.int64)
    tables = (
        *(start, column, _order(row, column, fit, len(capacity)), _standing(row, wanted)),
        *(capacity, slot, np.full(slot[-1], NOBODY, dtype=np.int64)),
        *(np.zeros_like(capacity), slot[:-1], start[:-1], np.full_like(start[:-1], NOBODY)),
    )
    work = Proposals(*(held_for_work(np.array(table, dtype=np.int64)) for table in tables))
    _propose_all(work)
    return np.array(work.choice, dtype=np.int64)


def blocking_pairs(
    start: Ints,
    column: Ints,
    fit: Ints,
    capacity: Ints,
    *,
    choice: Ints,
    mentor_fit: Ints | None = None,
) -> int:
    """How many pairs would both rather have each other than what they hold.

    choice   (n,) the pair of each participant, or NOBODY; the other arrays as in accept_deferred
    returns  pairs that gain in points on both sides, strictly; a free place is a gain. Stable
             matches have none. Knows the definition only and shares no code with the search.
    """
    wanted = fit if mentor_fit is None else mentor_fit
    matched = choice != NOBODY
    kept = choice[matched]
    at_hand = np.full(len(start) - 1, np.iinfo(np.int64).min)
    at_hand[matched] = fit[kept]
    weakest = np.full(len(capacity), np.iinfo(np.int64).max)
    np.minimum.at(weakest, column[kept], wanted[kept])
    weakest[np.bincount(column[kept], minlength=len(capacity)) < capacity] = np.iinfo(np.int64).min
    for_participant = fit > np.repeat(at_hand, np.diff(start))
    for_mentor = wanted > weakest[column]
    return int((for_participant & for_mentor).sum())


def count_left_out(stable: Ints, optimum: Ints) -> int:
    """How many more people the best set of matches serves: the price of stability.

    stable, optimum  (n,) the pair of each participant, or NOBODY
    """
    return int((optimum != NOBODY).sum()) - int((stable != NOBODY).sum())


def _rows(start: Ints) -> Ints:
    rows: Ints = np.repeat(np.arange(len(start) - 1), np.diff(start))
    return rows


def _order(row: Ints, column: Ints, fit: Ints, columns: int) -> Ints:
    """Pairs of each row from the most wanted down: one key for each pair sorts fastest."""
    points = _packable(fit, room=(int(row[-1]) + 1) * columns if len(row) else 1)
    step = int(points.max(initial=0))
    order: Ints = np.argsort((row * (step + 1) + (step - points)) * columns + column)
    return order


def _standing(row: Ints, wanted: Ints) -> Ints:
    """One number for points and lower row, the higher the better."""
    rows = int(row[-1]) + 1 if len(row) else 1
    standing: Ints = _packable(wanted, room=rows) * rows + (rows - 1 - row)
    return standing


def _packable(points: Ints, *, room: int) -> Ints:
    """The same order of points from 0 up, small enough to share a key with `room` others."""
    lowest = int(points.min(initial=0))
    if (int(points.max(initial=0)) - lowest + 1) * room < LARGEST_KEY:
        return points - lowest
    ranks: Ints = np.unique(points, return_inverse=True)[1].astype(np.int64)
    return ranks


@compiled
def _propose_all(work: Proposals) -> None:
    """Whoever is without a place asks their next best, until nobody has anyone left to ask."""
    for first in range(len(work.choice)):
        row = first
        while row >= 0:
            row = _propose(work, row)


@compiled
def _propose(work: Proposals, row: int) -> int:
    """One participant asks down their list until someone says yes; gives who is now without."""
    while work.tried[row] < work.start[row + 1]:
        pair = work.order[work.tried[row]]
        work.tried[row] += 1
        at = work.column[pair]
        place, loser = work.slot[at] + work.held[at], -1
        if work.held[at] == work.capacity[at]:
            place = work.worst[at]
            if work.capacity[at] == 0:
                continue
            loser = work.holder[place]
            if work.standing[pair] < work.standing[work.choice[loser]]:
                continue
            work.choice[loser] = -1
        else:
            work.held[at] += 1
        work.holder[place], work.choice[row] = row, pair
        if work.held[at] == work.capacity[at]:
            _find_worst(work, at)
        return loser
    return -1


@compiled
def _find_worst(work: Proposals, at: int) -> None:
    """Note whom a full mentor would let go first."""
    worst = work.slot[at]
    for place in range(work.slot[at] + 1, work.slot[at + 1]):
        here, least = work.choice[work.holder[place]], work.choice[work.holder[worst]]
        if work.standing[here] < work.standing[least]:
            worst = place
    work.worst[at] = worst
