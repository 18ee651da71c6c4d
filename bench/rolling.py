"""python -m bench.rolling: a made-up year week by week, each strategy beside its target.

10,000 participants and 6,000 mentors arrive over 52 weeks and stay until matched. The forecasts
know only another 10,000 and 6,000, who came the year before. Shares are those of what somebody
could have reached who knew the whole year; days of waiting are those of the people matched.
"""

import argparse
import sys
import time
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from bench.rounds import TODAY, make_round
from kith.methods.matching.forecast import YEAR, Arrivals
from kith.methods.matching.problem import Problem
from kith.methods.matching.rolling import SAMPLES, Rolled, Strategy, roll

FIT, MATCHED = 0.95, 0.97
"""The least shares of hindsight for sampled futures."""
BID_SAMPLES = 2


def main() -> int:
    """Play the year with every strategy; 1 when a target is missed."""
    arguments = _arguments()
    problem, last_year = make_year(arguments.people, seed=arguments.seed)
    print(f"{len(problem.participants):,} participants, {len(problem.mentors):,} mentors, 52 weeks")
    best = _told(roll(problem, strategy=Strategy.HINDSIGHT), None, 0.0)
    for strategy in (Strategy.GREEDY, Strategy.WEEKLY, Strategy.BIDS, Strategy.FUTURES):
        begun = time.perf_counter()
        samples = BID_SAMPLES if strategy is Strategy.BIDS else arguments.samples
        rolled = roll(problem, strategy=strategy, last_year=last_year, samples=samples)
        _told(rolled, best, time.perf_counter() - begun)
    fit, matched = rolled.total_fit / best.total_fit, rolled.matched / best.matched
    kept = fit >= FIT and matched >= MATCHED
    print(
        f"target 11: fit {fit:.3f} (at least {FIT}), matched {matched:.3f} (at least {MATCHED}):"
        f" {'kept' if kept else 'NOT KEPT'}"
    )
    return 0 if kept else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.rolling", description=__doc__)
    parser.add_argument("--people", type=int, default=10_000, help="participants in a year")
    parser.add_argument("--samples", type=int, default=SAMPLES, help="futures for each week")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def make_year(people: int, *, seed: int) -> tuple[Problem, Arrivals]:
    """A year of arrivals and the one before it, out of the same cities."""
    both = make_round(2 * people, seed, cities=max(1, round(people / 330)))
    random = np.random.default_rng([seed, 1])
    row_day, column_day = (
        random.integers(0, YEAR.days, len(side)).tolist()
        for side in (both.participants, both.mentors)
    )
    mentors = [
        replace(
            one,
            available_since=TODAY + timedelta(days=day),
            trained_until=_renewed(one.trained_until),
            checked_until=_renewed(one.checked_until),
        )
        for one, day in zip(both.mentors, column_day, strict=True)
    ]
    participants = [
        replace(one, waiting_since=TODAY + timedelta(days=day))
        for one, day in zip(both.participants, row_day, strict=True)
    ]
    half = len(mentors) // 2
    past = Arrivals(
        participants=[
            replace(one, waiting_since=TODAY + timedelta(days=day) - YEAR)
            for one, day in zip(participants[people:], row_day[people:], strict=True)
        ],
        mentors=[
            replace(one, available_since=TODAY + timedelta(days=day) - YEAR)
            for one, day in zip(mentors[half:], column_day[half:], strict=True)
        ],
    )
    this = replace(
        both,
        participants=participants[:people],
        mentors=mentors[:half],
        as_of=TODAY + YEAR - timedelta(days=1),
    )
    return this, past


def _renewed(until: date | None) -> date | None:
    """A certificate that holds when the year begins is renewed in time."""
    return None if until is None or until >= TODAY else until


def _told(rolled: Rolled, best: Rolled | None, seconds: float) -> Rolled:
    base = best or rolled
    days = [one.waited_days for one in rolled.placed]
    print(
        f"  {rolled.strategy:10} matched {rolled.matched:6,} = {rolled.matched / base.matched:.3f}"
        f"  fit {rolled.total_fit / base.total_fit:.3f}"
        f"  days of waiting: median {np.median(days):3.0f}, p90 {np.percentile(days, 90):3.0f}"
        f"  {seconds:6.1f} s",
        flush=True,
    )
    return rolled


if __name__ == "__main__":
    sys.exit(main())
