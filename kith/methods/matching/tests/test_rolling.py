"""A year week by week: nobody twice, no place twice, each strategy at what it promises."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.methods.matching.forecast import Arrivals
from kith.methods.matching.problem import BadProblem, Problem
from kith.methods.matching.result import UNMATCHED_LOSS, Result
from kith.methods.matching.rolling import (
    NO_POINTS,
    BidPrices,
    Rolled,
    Strategy,
    bid_prices,
    offers_today,
    roll,
)
from kith.methods.matching.score import score
from kith.methods.matching.settings import Waiting
from kith.methods.matching.solve import solve
from kith.methods.matching.tests.factories import TODAY, lock, open_round, problems, reject


def arriving(problem: Problem, *, rows: list[int], columns: list[int], days: int = 28) -> Problem:
    """The round with arrivals so many days before its last day, `days` after TODAY."""
    return replace(
        problem,
        participants=[
            replace(one, waiting_since=TODAY + timedelta(days=day))
            for one, day in zip(problem.participants, rows, strict=True)
        ],
        mentors=[
            replace(one, available_since=TODAY + timedelta(days=day))
            for one, day in zip(problem.mentors, columns, strict=True)
        ],
        as_of=TODAY + timedelta(days=days),
    )


def pairs(rolled: Rolled) -> set[tuple[str, str]]:
    return {(one.participant, one.mentor) for one in rolled.placed}


@settings(max_examples=40, deadline=None)
@given(problem=problems(), strategy=st.sampled_from(Strategy), seed=st.integers(0, 3))
def test_every_strategy_keeps_gates_places_and_days(
    problem: Problem, strategy: Strategy, seed: int
) -> None:
    rolled = roll(problem, strategy=strategy, seed=seed, samples=2)

    people = {one.id: one for one in problem.participants}
    mentors = {one.id: one for one in problem.mentors}
    held = Counter(one.mentor for one in rolled.placed)
    seen = [one.participant for one in rolled.placed]
    assert sorted([*seen, *rolled.waiting]) == sorted(people)
    assert all(mentors[one].capacity >= places for one, places in held.items())
    for one in rolled.placed:
        cell = problem.cell(one.participant, one.mentor)
        on_the_day = score(replace(problem, as_of=one.on))
        assert on_the_day.failed_gates(*cell) == ()
        assert on_the_day.fit(*cell) == one.fit
        came = people[one.participant].waiting_since
        assert came is None or one.waited_days == (one.on - came).days
        free = mentors[one.mentor].available_since
        assert free is None or free <= one.on <= problem.as_of


def worth(result: Result) -> int:
    return result.total_fit + UNMATCHED_LOSS * len(result.pairs)


def test_greedy_takes_whoever_is_there_and_hindsight_waits_for_the_right_one() -> None:
    year = arriving(open_round([[90, 0], [50, 40]]), rows=[5, 0], columns=[0, 10])

    greedy = roll(year, strategy=Strategy.GREEDY)
    hindsight = roll(year, strategy=Strategy.HINDSIGHT)

    assert [(one.participant, one.mentor, one.waited_days) for one in greedy.placed] == [
        ("P1", "M0", 0)
    ]
    assert greedy.waiting == ("P0",)
    assert pairs(hindsight) == {("P0", "M0"), ("P1", "M1")}
    assert hindsight.waiting == ()


def test_a_mentor_and_a_participant_of_one_day_meet_once() -> None:
    year = arriving(open_round([[50, 40]], [1, 1]), rows=[3], columns=[3, 3])

    greedy = roll(year, strategy=Strategy.GREEDY)

    assert len(greedy.placed) == 1
    assert greedy.placed[0].on == TODAY + timedelta(days=3)


def test_the_week_is_solved_together() -> None:
    year = arriving(open_round([[90, 0], [50, 40]]), rows=[5, 0], columns=[0, 6])

    weekly = roll(year, strategy=Strategy.WEEKLY)

    assert pairs(weekly) == {("P0", "M0"), ("P1", "M1")}
    assert {one.on for one in weekly.placed} == {TODAY + timedelta(days=6)}


def test_waiting_points_let_the_longest_waiting_go_first() -> None:
    year = arriving(open_round([[50], [52]]), rows=[0, 12], columns=[13])

    plain = roll(year, strategy=Strategy.WEEKLY)
    by_waiting = roll(year, strategy=Strategy.WEEKLY, waiting=Waiting())

    assert plain.waiting == ("P0",)
    assert by_waiting.waiting == ("P1",)


@pytest.mark.parametrize("strategy", [Strategy.BIDS, Strategy.FUTURES])
def test_a_place_that_others_will_need_is_kept_for_them(strategy: Strategy) -> None:
    # P1 can have either mentor, P0 only the first; P1 comes early, P0 and M1 late.
    opening = open_round([[90, 0], [50, 40]])
    year = arriving(opening, rows=[200, 0], columns=[0, 200], days=363)
    rivals = [replace(opening.participants[0], id=f"rival {one}") for one in range(40)]
    last_year = Arrivals(participants=rivals, mentors=opening.mentors[1:])

    weekly = roll(year, strategy=Strategy.WEEKLY, last_year=last_year)
    wise = roll(year, strategy=strategy, last_year=last_year, samples=8)

    assert weekly.matched == 1
    assert pairs(wise) == {("P0", "M0"), ("P1", "M1")}


def test_a_mentor_is_given_nobody_after_the_training_has_expired() -> None:
    year = arriving(open_round([[90]]), rows=[20], columns=[0])
    mentors = [replace(one, trained_until=TODAY + timedelta(days=19)) for one in year.mentors]
    expired = replace(year, mentors=mentors)

    found = [roll(expired, strategy=one).matched for one in Strategy]

    assert found == [0] * len(Strategy)


def test_a_rejected_pair_is_never_made_and_a_lock_is_refused() -> None:
    year = arriving(open_round([[90]]), rows=[0], columns=[0])

    rejected = roll(replace(year, decisions=(reject("P0", "M0"),)), strategy=Strategy.GREEDY)

    assert rejected.matched == 0
    with pytest.raises(BadProblem):
        roll(replace(year, decisions=(lock("P0", "M0"),)), strategy=Strategy.GREEDY)


@settings(max_examples=40, deadline=None)
@given(problem=problems())
def test_hindsight_is_the_optimum_when_everybody_is_there(problem: Problem) -> None:
    undated = replace(
        problem,
        participants=[replace(one, waiting_since=None) for one in problem.participants],
        mentors=[replace(one, available_since=None) for one in problem.mentors],
    )

    first_day = TODAY - timedelta(days=6)

    hindsight = roll(undated, strategy=Strategy.HINDSIGHT)

    best = solve(replace(undated, as_of=first_day))
    assert (hindsight.matched, hindsight.total_fit) == (len(best.pairs), best.total_fit)


@pytest.mark.parametrize("strategy", Strategy)
def test_a_year_is_the_same_whatever_the_order_of_people(strategy: Strategy) -> None:
    year = arriving(
        open_round([[40, 40, 20], [40, 40, 20], [40, 40, 20]]), rows=[0, 0, 9], columns=[1, 1, 9]
    )
    last_year = Arrivals(participants=year.participants, mentors=year.mentors)
    turned = replace(year, participants=year.participants[::-1], mentors=year.mentors[::-1])

    one = roll(year, strategy=strategy, last_year=last_year, seed=4)
    other = roll(turned, strategy=strategy, last_year=last_year, seed=4)

    assert one.placed == other.placed


def test_offers_name_the_mentor_first_whom_others_need_least() -> None:
    today = open_round([[50, 40]])
    scarce = replace(today.participants[0], id="late", topics={"0-0": 1})
    before = replace(today, participants=[])
    prices = bid_prices(before, last_year=Arrivals(participants=[scarce]), ahead_days=364)

    offers = offers_today(today, newcomer="P0", prices=prices)

    assert prices.as_of == TODAY
    assert [one.mentor for one in offers] == ["M1", "M0"]
    assert [one.fit for one in offers] == [400_000, 500_000]
    assert offers[0].price == 0
    assert offers[1].price == 11_000_000
    assert [one.is_scarce for one in offers] == [False, True]
    assert [one.is_worth_it for one in offers] == [True, False]


def test_a_price_is_what_the_others_lose_when_the_place_is_gone() -> None:
    today = open_round([[50, 40], [60, 0]])
    without = replace(today, mentors=today.mentors[1:])

    prices = bid_prices(today, last_year=Arrivals(), samples=1).prices

    lost = worth(solve(today)) - worth(solve(without))
    assert prices["M0"] == lost


@settings(max_examples=40, deadline=None)
@given(problem=problems())
def test_prices_are_exact_losses(problem: Problem) -> None:
    prices = bid_prices(problem, last_year=Arrivals(), samples=1).prices

    for column, mentor in enumerate(problem.mentors):
        fewer = list(problem.mentors)
        fewer[column] = replace(mentor, capacity=max(0, mentor.capacity - 1))
        short = replace(problem, mentors=fewer)
        lost = worth(solve(problem, waiting=NO_POINTS)) - worth(solve(short, waiting=NO_POINTS))
        assert prices[mentor.id] == lost


def test_offers_leave_out_full_mentors_rejected_pairs_and_gates() -> None:
    today = open_round([[40, 30, 0, 20]], [1, 0, 1, 1])
    rejected = replace(today, decisions=(reject("P0", "M3"),))

    offers = offers_today(rejected, newcomer="P0", prices=BidPrices(TODAY, {}), limit=9)

    assert [one.mentor for one in offers] == ["M0"]
