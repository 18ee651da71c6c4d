"""Weeks as they come: people arrive on dates and stay until matched, and nobody knows who is next.

Strategies, from the plainest on: whoever arrives takes the best of those who are there; once a
week the best matches of everybody there; one after the other at bid prices, so that a place that
others will need more is not given away; the best matches of the week against sampled futures.
Beside them the best that somebody could have done who knew the whole year.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from kith.methods.matching.forecast import (
    NOBODY,
    Arrivals,
    Pool,
    best_choice,
    look_ahead,
    open_pool,
    places_missed,
)
from kith.methods.matching.problem import Decision, Problem
from kith.methods.matching.profile import Bools, Ints
from kith.methods.matching.result import UNMATCHED_LOSS
from kith.methods.matching.settings import Waiting

WEEK = 7
SAMPLES = 6
PATIENCE = 1_000
"""Points by which a match today may fall short of what waiting promises on average."""

NO_POINTS = Waiting(per_day=0)


class Strategy(StrEnum):
    """How matches are made while people arrive."""

    GREEDY = "greedy"
    WEEKLY = "weekly"
    BIDS = "bids"
    FUTURES = "futures"
    HINDSIGHT = "hindsight"


class Placed(NamedTuple):
    """One match: on which day, and after how many days of waiting."""

    participant: str
    mentor: str
    fit: int
    on: date
    waited_days: int


@dataclass(frozen=True)
class Rolled:
    """A year played through: matches in the order in which they were made, and who still waits."""

    strategy: Strategy
    placed: tuple[Placed, ...]
    waiting: tuple[str, ...]

    @property
    def matched(self) -> int:
        """Participants with a mentor."""
        return len(self.placed)

    @property
    def total_fit(self) -> int:
        """Sum of the fits."""
        return sum(one.fit for one in self.placed)


@dataclass(frozen=True)
class Offer:
    """What one mentor would mean for somebody who came today.

    fit     0..FULL_FIT;  price  points for which the place will be missed by others
    """

    mentor: str
    fit: int
    price: int

    @property
    def value(self) -> int:
        """What is left of the fit beyond the price; the best offer has the most."""
        return self.fit - self.price

    @property
    def is_worth_it(self) -> bool:
        """True when a match today is worth more than what the place will be missed for."""
        return self.value + UNMATCHED_LOSS > 0

    @property
    def is_scarce(self) -> bool:
        """True when somebody to come would likely stay without a mentor for it."""
        return 2 * self.price > UNMATCHED_LOSS


@dataclass(frozen=True)
class BidPrices:
    """What a place of each mentor is worth to others, on one day; kept until the next week."""

    as_of: date
    prices: dict[str, int]


def roll(
    problem: Problem,
    *,
    strategy: Strategy,
    last_year: Arrivals | None = None,
    waiting: Waiting | None = None,
    samples: int = SAMPLES,
    patience: int = PATIENCE,
    seed: int = 0,
) -> Rolled:
    """Play a year through.

    problem    everybody who arrives until its `as_of`, the last day; who has no date is there from
               the first day on. Places are those on arrival. No locks.
    last_year  whom the forecasts of BIDS and FUTURES are drawn from
    waiting    points for waiting, in the strategies that look at a whole week; none if not given
    samples    futures that are looked at each week;  patience  see PATIENCE
    raises     BadProblem
    """
    days = _weeks(problem)
    begun = replace(problem, as_of=date.fromordinal(days[0] - WEEK + 1))
    pool = open_pool(begun, last_year, seed=seed)
    year = _Year(pool, waiting or NO_POINTS, samples, patience, seed, last=days[-1])
    for today in days if strategy is not Strategy.HINDSIGHT else days[-1:]:
        year.live_through(today, strategy)
    return year.told(problem, strategy)


def bid_prices(
    problem: Problem,
    *,
    last_year: Arrivals,
    ahead_days: int = 182,
    samples: int = SAMPLES,
    seed: int = 0,
) -> BidPrices:
    """What the places that are free today will be missed for: matches and fits, not days waited.

    problem     who waits and who is free today; capacities are the places left. Prices are for
                people who come after them: who waits today is one of the others
    last_year   whoever came in the year before;  ahead_days  how far to look
    """
    pool = open_pool(problem, last_year, seed=seed)
    places = np.where(pool.column_past, 0, pool.capacity)
    missed = places_missed(
        *(pool, np.flatnonzero(~pool.row_past), places),
        today=problem.as_of.toordinal(),
        ahead_days=ahead_days,
        samples=samples,
        seed=seed,
    )
    mentors = pool.problem.mentors
    prices = {
        one.id: price
        for one, price, past in zip(mentors, missed.tolist(), pool.column_past, strict=True)
        if not past
    }
    return BidPrices(problem.as_of, prices)


def offers_today(
    problem: Problem, *, newcomer: str, prices: BidPrices, limit: int = 5
) -> list[Offer]:
    """The best offers for one participant: the highest fit beyond the price first.

    problem   who waits (the newcomer among them) and who is free today
    prices    of this week; a mentor who came after them costs nothing yet
    raises    BadProblem when the newcomer is not in the round
    """
    alone = replace(problem, participants=[problem.participants[problem.row(newcomer)]])
    pool = open_pool(replace(alone, decisions=_about(problem, newcomer)))
    free = pool.capacity[pool.column] > 0
    ids = [pool.problem.mentors[column].id for column in pool.column[free]]
    offers = [
        Offer(mentor, int(fit), prices.prices.get(mentor, 0))
        for mentor, fit in zip(ids, pool.fit[free], strict=True)
    ]
    return sorted(offers, key=lambda one: -one.value)[:limit]


def _about(problem: Problem, participant: str) -> tuple[Decision, ...]:
    return tuple(one for one in problem.decisions if one.participant == participant)


def _weeks(problem: Problem) -> list[int]:
    """The last day of each week (ordinal); the last of them is the last day of all."""
    last = problem.as_of.toordinal()
    dates = [one.waiting_since for one in problem.participants]
    dates += [one.available_since for one in problem.mentors]
    first = min([one.toordinal() for one in dates if one is not None], default=last)
    return [*range(first + WEEK - 1, last, WEEK), last]


@dataclass(eq=False)
class _Year:
    """A year while it is played.

    open (n,)   participants of this year without a mentor;  left (m,)  places of its mentors
    seen        the day up to which arrivals were dealt with
    """

    pool: Pool
    waiting: Waiting
    samples: int
    patience: int
    seed: int
    last: int
    seen: int = -1
    placed: list[Placed] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Nobody of last year is there."""
        pool, first = self.pool, self.pool.problem.as_of.toordinal()
        self.row_day = np.maximum(pool.row_day, first)
        self.column_day = np.maximum(pool.column_day, first)
        self.open: Bools = ~pool.row_past
        self.left: Ints = np.where(pool.column_past, 0, pool.capacity)
        self.by_column = np.argsort(pool.column, kind="stable")
        counts = np.bincount(pool.column, minlength=len(pool.capacity))
        self.column_start = np.concatenate([[0], np.cumsum(counts)])
        self.row = np.repeat(np.arange(len(self.open)), np.diff(pool.start))

    def live_through(self, today: int, strategy: Strategy) -> None:
        """Make the matches of the days up to this one."""
        match strategy:
            case Strategy.GREEDY:
                self._take_arrivals(today)
            case Strategy.WEEKLY:
                self._take_best(today)
            case Strategy.BIDS:
                self._take_at_prices(today)
            case Strategy.FUTURES:
                self._take_promising(today)
            case Strategy.HINDSIGHT:
                self._take_all()
        self.seen = today

    def told(self, problem: Problem, strategy: Strategy) -> Rolled:
        """What happened, in the words of the problem."""
        rows = self.pool.problem.participant_rows
        waiting = tuple(one.id for one in problem.participants if self.open[rows[one.id]])
        return Rolled(strategy, tuple(self.placed), waiting)

    def _here(self, today: int) -> tuple[Ints, Ints]:
        """Rows that wait today, and the places (m,) that are free."""
        pool = self.pool
        rows = np.flatnonzero(self.open & (self.row_day <= today))
        there = (self.column_day <= today) & (today <= pool.last_day)
        return rows, np.where(there, self.left, 0)

    def _worth(self, today: int) -> Ints:
        """(e,) what a match today is worth, with points for those who have waited."""
        days = np.maximum(today - self.row_day, 0)
        points = np.minimum(days * self.waiting.per_day, self.waiting.most)
        worth: Ints = self.pool.worth + points[self.row]
        return worth

    def _take_arrivals(self, today: int) -> None:
        """Whoever comes takes the best of those who are there; places go in order of fit."""
        for day, is_row, one in self._arrivals(today):
            pairs = self._pairs_at(one, day) if is_row else self._pairs_for(one, day)
            best = pairs[np.argsort(-self.pool.fit[pairs], kind="stable")]
            for pair in best[: 1 if is_row else self.left[one]].tolist():
                self._place(pair, day)

    def _arrivals(self, today: int) -> Iterator[tuple[int, bool, int]]:
        """Days with who comes then, mentors before participants, each in canonical order."""
        rows = np.flatnonzero(self.open & (self.row_day > self.seen) & (self.row_day <= today))
        columns = (self.left > 0) & (self.column_day > self.seen) & (self.column_day <= today)
        events = [(int(self.row_day[row]), True, row) for row in rows.tolist()]
        events += [
            (int(self.column_day[column]), False, column)
            for column in np.flatnonzero(columns).tolist()
        ]
        return iter(sorted(events))

    def _pairs_at(self, row: int, day: int) -> Ints:
        """Pairs of a row with places that are free on a day; none when it is matched."""
        pool = self.pool
        # On the day of arrival a mentor may have come first.
        end = pool.start[row + 1] if self.open[row] else pool.start[row]
        pairs = np.arange(pool.start[row], end)
        columns = pool.column[pairs]
        there = (self.column_day[columns] <= day) & (day <= pool.last_day[columns])
        return pairs[there & (self.left[columns] > 0)]

    def _pairs_for(self, column: int, day: int) -> Ints:
        """Pairs of a mentor with those who wait on a day."""
        pairs: Ints = self.by_column[self.column_start[column] : self.column_start[column + 1]]
        rows = self.row[pairs]
        waiting = self.open[rows] & (self.row_day[rows] <= day)
        is_valid = bool(day <= self.pool.last_day[column])
        return pairs[waiting] if is_valid else pairs[:0]

    def _take_best(self, today: int) -> None:
        rows, places = self._here(today)
        self._place_all(best_choice(self.pool, rows, places, self._worth(today)).pair, today)

    def _take_at_prices(self, today: int) -> None:
        """Who came first chooses first, by what is left of the fit beyond the price."""
        rows, places = self._here(today)
        # Without those who choose now: nobody pays for being in their own way.
        missed = places_missed(self.pool, rows[:0], places, **self._ahead(today))
        beyond = self.pool.worth - missed[self.pool.column]
        for row in rows[np.argsort(self.row_day[rows], kind="stable")].tolist():
            pairs = self._pairs_at(row, today)
            if len(pairs) and beyond[best := pairs[np.argmax(beyond[pairs])]] > 0:
                self._place(int(best), today)

    def _take_promising(self, today: int) -> None:
        """The best matches of today among those that waiting does not promise to beat."""
        # Prices alone are not enough: at them somebody may be as well off with a place that only
        # others fit. A pair that no sample chose is such a one.
        rows, places = self._here(today)
        outlook = look_ahead(self.pool, rows, places, **self._ahead(today))
        own, pairs = np.zeros(len(self.open), dtype=np.int64), outlook.chosen
        own[rows] = outlook.gain
        promised = outlook.price[self.pool.column[pairs]] + own[self.row[pairs]]
        values = np.zeros_like(self.pool.worth)
        worth = self._worth(today)[pairs] + self.patience
        values[pairs] = outlook.samples * worth - promised
        self._place_all(best_choice(self.pool, rows, places, values).pair, today)

    def _take_all(self) -> None:
        """As if the whole year had been known: each match as soon as both are there."""
        pool = self.pool
        day = np.maximum(self.row_day[self.row], self.column_day[pool.column])
        kept = (day <= pool.last_day[pool.column]) & (day <= self.last)
        values = np.where(kept, self.pool.worth, 0)
        chosen = best_choice(pool, np.flatnonzero(self.open), self.left, values).pair
        for pair in chosen[chosen != NOBODY].tolist():
            self._place(pair, int(day[pair]))

    def _ahead(self, today: int) -> dict[str, int]:
        return {
            "today": today,
            "ahead_days": self.last - today,
            "samples": self.samples,
            "seed": self.seed,
        }

    def _place_all(self, pairs: Ints, today: int) -> None:
        for pair in pairs[pairs != NOBODY].tolist():
            self._place(pair, today)

    def _place(self, pair: int, day: int) -> None:
        pool, row, column = self.pool, int(self.row[pair]), int(self.pool.column[pair])
        self.open[row] = False
        self.left[column] -= 1
        self.placed.append(
            Placed(
                participant=pool.problem.participants[row].id,
                mentor=pool.problem.mentors[column].id,
                fit=int(pool.fit[pair]),
                on=date.fromordinal(day),
                waited_days=day - int(self.row_day[row]),
            )
        )
