"""What a place is worth to people who have not come yet, guessed from last year's arrivals.

The year that is under way and the year before it stand in one pool: all pairs are listed once, and
each day picks who is there. A sampled future is a random part of last year's people, as many as
the days ahead would bring; the prices of the best matches with them, averaged over some samples,
say what a place given away today will be missed for. Source: Ahani, Goelz, Procaccia, Teytelboym
and Trapp 2024, Operations Research 72(1) (dual prices of sampled futures in resettlement).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kith.methods.matching.network import Network, Pairs
from kith.methods.matching.outcome import in_hash_order
from kith.methods.matching.problem import BadProblem, Problem, Ruling
from kith.methods.matching.profile import Bools, Ints, Mentor, Participant, Person
from kith.methods.matching.result import UNMATCHED_LOSS
from kith.methods.matching.score import score
from kith.methods.matching.shortlist import Finder

YEAR = timedelta(days=364)
"""Whole weeks, so that a Monday stays a Monday."""
NOBODY = -1
FAR = 1 << 60
ALWAYS = date.max.toordinal()
PAST = "last year: "
"""Before the ids of last year's people, who may be the same people."""


@dataclass(frozen=True, kw_only=True)
class Arrivals:
    """Everybody who came in the year before: participants by `waiting_since`, mentors by
    `available_since`; who has no date counts all the same."""

    participants: Sequence[Participant] = ()
    mentors: Sequence[Mentor] = ()


@dataclass(frozen=True, eq=False)
class Pool:
    """Participants (n) and mentors (m) of both years in canonical order, and all pairs (e).

    start (n + 1,), column (e,), fit (e,)   pairs that pass every gate, in the order of rows
    capacity (m,)                           places
    row_day (n,), column_day (m,)           day of arrival (ordinal); 0 without a date
    last_day (m,)                           until then training and checks hold (ordinal)
    row_past (n,), column_past (m,)         True for last year's people
    """

    problem: Problem
    start: Ints
    column: NDArray[np.int32]
    fit: NDArray[np.int32]
    capacity: Ints
    row_day: Ints
    column_day: Ints
    last_day: Ints
    row_past: Bools
    column_past: Bools

    @cached_property
    def worth(self) -> Ints:
        """(e,) what a match is worth: its fit, and that nobody stays without."""
        worth: Ints = self.fit.astype(np.int64) + UNMATCHED_LOSS
        return worth


class Links(NamedTuple):
    """The pairs (p) among which some rows choose: `pair` of the pool, `own` number of the row."""

    pair: Ints
    own: Ints


class Choice(NamedTuple):
    """The best matches of some rows.

    pair (k,)    pair of the pool that each of the rows holds, or NOBODY
    gain (k,)    what each row gains;  price (m,)  what a place costs
    """

    pair: Ints
    gain: Ints
    price: Ints


class Outlook(NamedTuple):
    """Sums over the samples, whole points: mean times `samples`.

    price (m,)   what a place will be missed for;  gain (k,)  what waiting on is worth to each row
    chosen (c,)  pairs of people who are there today and were matched in at least one sample
    """

    price: Ints
    gain: Ints
    chosen: Ints
    samples: int


def open_pool(problem: Problem, last_year: Arrivals | None = None, *, seed: int = 0) -> Pool:
    """List all pairs of a year and of the one before it.

    problem   everybody who comes in this year, or is there today; gates are looked at as of its
              `as_of`, so a later day only has to ask until when training and checks hold
    raises    BadProblem where pairs are locked: a lock is a match, so leave both people out
    """
    if any(one.ruling is Ruling.LOCK for one in problem.decisions):
        raise BadProblem("a locked pair is matched: leave both people out")
    both = in_hash_order(_both_years(problem, last_year or Arrivals()), seed=seed)
    scores = score(both)
    closed = [*both.excluded_cells()]
    closed += [both.cell(one.participant, one.mentor) for one in both.decisions]
    finder = Finder(both, scores.participants, scores.mentors, closed=closed)
    found = finder.find(most=max(1, len(both.mentors)))
    return Pool(
        both,
        *found,
        capacity=np.array([one.capacity for one in both.mentors], dtype=np.int64),
        row_day=_days([one.waiting_since for one in both.participants], missing=0),
        column_day=_days([one.available_since for one in both.mentors], missing=0),
        last_day=np.minimum(
            _days([one.trained_until for one in both.mentors], missing=ALWAYS),
            _days([one.checked_until for one in both.mentors], missing=ALWAYS),
        ),
        row_past=_is_past(both.participants),
        column_past=_is_past(both.mentors),
    )


def best_choice(pool: Pool, rows: Ints, places: Ints, values: Ints) -> Choice:
    """The matches of some rows with the highest sum of values.

    rows  (k,) ascending;  places  (m,);  values  (e,) whole points; only those above 0 are used
    """
    links = _links(pool, rows, places, values)
    start = np.concatenate([[0], np.cumsum(np.bincount(links.own, minlength=len(rows)))])
    network = Network(Pairs(start, pool.column[links.pair], values[links.pair]), places)
    network.solve()
    return Choice(np.append(links.pair, NOBODY)[network.chosen], network.gains, network.prices)


def _links(pool: Pool, rows: Ints, places: Ints, values: Ints) -> Links:
    counts = np.diff(pool.start)[rows]
    ends = np.cumsum(counts)
    size = int(ends[-1]) if len(ends) else 0
    pair = np.arange(size) + np.repeat(pool.start[rows] - (ends - counts), counts)
    own = np.repeat(np.arange(len(rows)), counts)
    kept = (values[pair] > 0) & (places[pool.column[pair]] > 0)
    return Links(pair[kept], own[kept])


def losses(pool: Pool, rows: Ints, places: Ints, values: Ints, *, found: Choice) -> Ints:
    """(m,) what all rows together would lose if a mentor had one place less.

    rows, places, values  as in best_choice;  found  what it gave
    Whoever holds the place goes without, or moves on at the least cost: shortest ways along
    reduced costs, which are never below 0.
    """
    pair, own = _links(pool, rows, places, values)
    column = pool.column[pair]
    slack = found.gain[own] + found.price[column] - values[pair]
    holding = np.flatnonzero(found.pair != NOBODY)
    held = pool.column[found.pair[holding]]
    is_full = np.bincount(held, minlength=len(places)) >= places
    way: Ints = np.where(is_full & (places > 0), FAR, 0)
    while True:
        leave = found.gain.copy()
        np.minimum.at(leave, own, slack + way[column])
        shorter = way.copy()
        np.minimum.at(shorter, held, leave[holding])
        if (shorter == way).all():
            return np.where(way == FAR, 0, found.price + way)
        way = shorter


def look_ahead(
    pool: Pool, rows: Ints, places: Ints, *, today: int, ahead_days: int, samples: int, seed: int
) -> Outlook:
    """What places and waiting are worth with the people whom the days ahead would bring.

    rows        (k,) who waits today, ascending;  places  (m,) free today
    ahead_days  how far the samples look
    """
    price, gain = np.zeros(len(places), dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
    chosen = np.zeros(len(pool.fit), dtype=bool)
    for coming, soon in _futures(pool, today, ahead_days, samples, seed):
        everyone = np.union1d(rows, coming)
        found = best_choice(pool, everyone, np.maximum(places, soon), pool.worth)
        own = np.searchsorted(everyone, rows)
        price += found.price
        gain += found.gain[own]
        held = found.pair[own]
        chosen[held[held != NOBODY]] = True
    here = np.flatnonzero(chosen)
    return Outlook(price, gain, here[places[pool.column[here]] > 0], samples)


def places_missed(
    pool: Pool, rows: Ints, places: Ints, *, today: int, ahead_days: int, samples: int, seed: int
) -> Ints:
    """(m,) what others would lose without a place: whole points, the mean over the samples.

    rows, places, ahead_days  as in look_ahead; the rows are others too
    """
    lost = np.zeros(len(places), dtype=np.int64)
    for coming, soon in _futures(pool, today, ahead_days, samples, seed):
        everyone, open_places = np.union1d(rows, coming), np.maximum(places, soon)
        found = best_choice(pool, everyone, open_places, pool.worth)
        lost += losses(pool, everyone, open_places, pool.worth, found=found)
    return lost // samples


def _futures(
    pool: Pool, today: int, ahead_days: int, samples: int, seed: int
) -> Iterator[tuple[Ints, Ints]]:
    """Rows and places (m,) of last year, drawn at random: as many as come in so many days."""
    random = np.random.default_rng([seed, today])
    share = min(1.0, ahead_days / YEAR.days)
    for _ in range(samples):
        coming = pool.row_past & (random.random(len(pool.row_past)) < share)
        soon = pool.column_past & (random.random(len(pool.column_past)) < share)
        yield np.flatnonzero(coming), np.where(soon, pool.capacity, 0)


def _both_years(problem: Problem, last_year: Arrivals) -> Problem:
    past = [_a_year_on(one) for one in last_year.participants]
    past_mentors = [_mentor_a_year_on(one) for one in last_year.mentors]
    return replace(
        problem,
        participants=(*problem.participants, *past),
        mentors=(*problem.mentors, *past_mentors),
    )


def _a_year_on(person: Participant) -> Participant:
    # Whom they excluded are people of their own year, and their ids may mean others today.
    return replace(
        person,
        id=PAST + person.id,
        waiting_since=_later(person.waiting_since),
        excluded=frozenset(),
    )


def _mentor_a_year_on(mentor: Mentor) -> Mentor:
    return replace(
        mentor,
        id=PAST + mentor.id,
        available_since=_later(mentor.available_since),
        trained_until=_later(mentor.trained_until),
        checked_until=_later(mentor.checked_until),
        excluded=frozenset(),
    )


def _later(day: date | None) -> date | None:
    return None if day is None else min(day, date.max - YEAR) + YEAR


def _days(days: Sequence[date | None], *, missing: int) -> Ints:
    return np.array([missing if one is None else one.toordinal() for one in days], dtype=np.int64)


def _is_past(people: Sequence[Person]) -> Bools:
    return np.array([one.id.startswith(PAST) for one in people], dtype=bool)
