import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.methods.matching.flow import NOBODY
from kith.methods.matching.problem import BadProblem, DecisionConflict, Problem
from kith.methods.matching.profile import Mentor, Participant
from kith.methods.matching.result import UNMATCHED_LOSS
from kith.methods.matching.settings import Settings, Waiting, waiting_days
from kith.methods.matching.solve import LEVELS, WELL_SERVED, solve
from kith.methods.matching.tests import oracle
from kith.methods.matching.tests.factories import TODAY, lock, open_round, problems, reject
from kith.methods.matching.ties import tie_keys, tie_values

NO_WAITING = Waiting(per_day=0)
objectives = st.sampled_from(["sum", "leximin"])
fit_tables = st.integers(1, 3).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 40), min_size=columns, max_size=columns), min_size=1, max_size=4
    )
)


def matched(result) -> set[tuple[str, str]]:
    return {(pair.participant, pair.mentor) for pair in result.pairs}


def every_set(result) -> list[list[int]]:
    """The fits of every set of matches that the gates allow."""
    scores = result.outcome.scores
    capacity = [mentor.capacity for mentor in result.outcome.problem.mentors]
    return [
        [int(scores.tables[0][row, one]) for row, one in enumerate(columns) if one != NOBODY]
        for columns in oracle.matchings((scores.tables[1] == 0).tolist(), capacity)
    ]


@settings(max_examples=100, deadline=None)
@given(problems(most=4))
def test_the_sum_is_the_best_among_all_largest_sets(problem) -> None:
    result = solve(problem, waiting=NO_WAITING)

    best = max((len(fits), sum(fits)) for fits in every_set(result))
    assert (len(result.pairs), result.total_fit) == best


@settings(max_examples=100, deadline=None)
@given(problems(most=4))
def test_leximin_serves_the_worst_served_best_among_all_largest_sets(problem) -> None:
    result = solve(problem, objective="leximin", waiting=NO_WAITING)

    def rank(fits) -> tuple[int, list[int], int]:
        levels = sorted(min(fit * LEVELS // 1_000_000, WELL_SERVED) for fit in fits)
        return len(fits), levels, sum(fits)

    best = max(rank(fits) for fits in every_set(result))
    assert rank([pair.fit for pair in result.pairs]) == best


@settings(max_examples=150, deadline=None)
@given(problems(), objectives, st.sampled_from([0.0, 0.4, 0.6]), st.data())
def test_no_rule_is_ever_broken(problem, objective, floor, data) -> None:
    pairs = [
        (a.id, b.id)
        for a in problem.participants
        for b in problem.mentors
        if not oracle.failed(a, b, problem) and b.capacity
    ]
    locks = data.draw(st.lists(st.sampled_from(pairs), max_size=1)) if pairs else []
    rejects = (
        data.draw(st.sets(st.sampled_from(pairs), max_size=3)) - set(locks) if pairs else set()
    )
    decisions = tuple(lock(*one) for one in locks) + tuple(reject(*one) for one in sorted(rejects))

    result = solve(replace(problem, decisions=decisions), objective=objective, floor=floor)

    people = {one.id: one for one in (*problem.participants, *problem.mentors)}
    proposed = matched(result)
    for pair in result.pairs:
        a, b = people[pair.participant], people[pair.mentor]
        assert oracle.failed(a, b, problem) == set()
        assert pair.locked or pair.fit >= floor * 1_000_000
    assert set(locks) <= proposed
    assert {(pair.participant, pair.mentor) for pair in result.pairs if pair.locked} == set(locks)
    assert not rejects & proposed
    used = Counter(mentor for _, mentor in proposed)
    assert all(count <= people[mentor].capacity for mentor, count in used.items())
    assert Counter(one for one, _ in proposed) + Counter(result.unmatched) == Counter(
        one.id for one in problem.participants
    )


@settings(max_examples=100, deadline=None)
@given(problems(), objectives)
def test_every_result_is_proven_and_has_the_most_matches(problem, objective) -> None:
    result = solve(problem, objective=objective)

    assert result.certificate.holds
    assert result.certificate.primal == result.certificate.dual
    assert result.certificate.graph == "full"
    assert len(result.pairs) == result.maximum_matched
    assert len(result.pairs) == max(len(fits) for fits in every_set(result))


@settings(max_examples=60, deadline=None)
@given(problems(), objectives, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(problem, objective, chance) -> None:
    shuffled = replace(
        problem,
        participants=chance.sample(problem.participants, len(problem.participants)),
        mentors=chance.sample(problem.mentors, len(problem.mentors)),
    )

    first, second = (solve(one, objective=objective, seed=7) for one in (problem, shuffled))

    assert matched(first) == matched(second)


@settings(max_examples=60, deadline=None)
@given(problems(most=4))
def test_one_more_mentor_never_makes_the_best_worse(problem) -> None:
    everyone = solve(problem, waiting=NO_WAITING)
    fewer = solve(replace(problem, mentors=problem.mentors[:-1]), waiting=NO_WAITING)

    assert everyone.certificate.primal >= fewer.certificate.primal


def test_ties_are_decided_by_the_seed_and_neither_by_id_nor_by_order() -> None:
    people = [Participant(id=f"P{one}") for one in range(10)]
    problem = Problem(participants=people, mentors=[Mentor(id="M")], as_of=TODAY)

    chosen = Counter(solve(problem, seed=seed).pairs[0].participant for seed in range(200))

    assert len(chosen) == 10
    assert max(chosen.values()) < 40


@settings(max_examples=60, deadline=None)
@given(fit_tables, objectives, st.integers(0, 5))
def test_among_equally_good_sets_the_hash_of_the_pairs_decides(fits, objective, seed) -> None:
    level = [[min(fit, 1) for fit in line] for line in fits]
    result = solve(open_round(level), objective=objective, seed=seed)

    problem = result.outcome.problem
    ids = [[one.id for one in side] for side in (problem.participants, problem.mentors)]
    keys = [
        tie_keys(side, seed=seed, side=name)
        for side, name in zip(ids, ("participant", "mentor"), strict=True)
    ]
    values = tie_values(keys[0][:, None], keys[1][None, :])
    equal = [
        sum(int(values[row, one]) for row, one in enumerate(columns) if one != NOBODY)
        for columns in oracle.matchings(
            (result.outcome.scores.tables[1] == 0).tolist(), [1] * len(ids[1])
        )
        if sum(one != NOBODY for one in columns) == len(result.pairs)
    ]
    assert sum(int(values[problem.cell(one.participant, one.mentor)]) for one in result.pairs) == (
        max(equal)
    )


def test_the_same_seed_gives_the_same_result() -> None:
    problem = Problem(
        participants=[Participant(id=f"P{one}") for one in range(30)],
        mentors=[Mentor(id=f"M{one}") for one in range(20)],
        as_of=TODAY,
    )

    first, second = solve(problem, seed=3), solve(problem, seed=3)

    assert first.pairs == second.pairs
    assert first.tie_log == second.tie_log
    assert first.tie_log != solve(problem, seed=4).tie_log


def test_who_waits_longer_goes_first() -> None:
    people = [
        Participant(id=f"P{days}", waiting_since=TODAY - timedelta(days=days)) for days in (3, 9, 6)
    ]
    problem = Problem(participants=people, mentors=[Mentor(id="M")], as_of=TODAY)

    assert all(matched(solve(problem, seed=seed)) == {("P9", "M")} for seed in range(5))


def test_waiting_never_costs_a_match() -> None:
    problem = open_round([[50, 40], [50, 0]])
    waiting = [TODAY - timedelta(days=400), TODAY]
    people = [
        replace(person, waiting_since=since)
        for person, since in zip(problem.participants, waiting, strict=True)
    ]

    result = solve(replace(problem, participants=people))

    assert matched(result) == {("P0", "M1"), ("P1", "M0")}


def test_without_a_date_somebody_waits_as_long_as_the_person_in_the_middle() -> None:
    dates = [TODAY - timedelta(days=days) for days in (10, 30, 800)]
    problem = Problem(
        participants=[Participant(id=f"{one}", waiting_since=one) for one in (*dates, TODAY)]
        + [Participant(id="?"), Participant(id="!", waiting_since=TODAY + timedelta(days=9))],
        mentors=[],
        as_of=TODAY,
    )

    assert waiting_days(problem) == [10, 30, 800, 0, None, 0]
    assert Waiting(per_day=100, most=5_000).bonuses(problem).tolist() == [
        *(1_000, 3_000, 5_000, 0, 1_000, 0)
    ]


def test_a_floor_proposes_nothing_below_it_and_the_maximum_shows_its_cost() -> None:
    result = solve(open_round([[50], [20]], [2]), floor=0.3)

    assert matched(result) == {("P0", "M0")}
    assert result.maximum_matched == 2


def test_a_lock_stands_even_below_the_floor() -> None:
    problem = replace(open_round([[50], [20]], [2]), decisions=(lock("P1", "M0"),))

    result = solve(problem, floor=0.3)

    assert matched(result) == {("P0", "M0"), ("P1", "M0")}


def test_a_chain_of_moves_longer_than_the_usual_loss_still_costs_no_match() -> None:
    length = 14
    people = [
        Participant(id=f"P{one}", topics={f"a{one}": 100, f"b{one}": 1}) for one in range(length)
    ]
    problem = replace(
        open_round([[1]]),
        participants=[*people, Participant(id="last", topics={"b-1": 1, "none": 100})],
        mentors=[
            Mentor(id=f"M{one}", topics={f"a{one}": 4, f"b{one}": 4, f"b{one - 1}": 1})
            for one in range(length + 1)
        ],
    )

    result = solve(problem)

    assert result.unmatched == ()
    assert result.unmatched_loss > UNMATCHED_LOSS
    assert result.certificate.holds


def test_a_lock_and_a_reject_make_new_results_and_leave_the_old() -> None:
    first = solve(open_round([[50, 40], [50, 10]]))

    locked = first.lock("P1", "M1")
    rejected = locked.reject("P0", "M0")

    assert matched(first) == {("P0", "M1"), ("P1", "M0")}
    assert matched(locked) == {("P0", "M0"), ("P1", "M1")}
    assert matched(rejected) == {("P1", "M1")}
    assert rejected.problem.decisions == (lock("P1", "M1"), reject("P0", "M0"))


def test_people_come_and_go_and_mentors_change_their_places() -> None:
    first = solve(open_round([[50], [40]])).lock("P1", "M0")

    assert matched(first.leave("P1")) == {("P0", "M0")}
    assert matched(first.capacity("M0", 2)) == {("P0", "M0"), ("P1", "M0")}
    assert matched(first.arrive(Participant(id="new")).capacity("M0", 3)) == {
        ("P0", "M0"),
        ("P1", "M0"),
        ("new", "M0"),
    }


@pytest.mark.parametrize(
    ("decisions", "reason"),
    [
        ([lock("P0", "M0"), lock("P0", "M1")], "locked to another mentor"),
        ([lock("P0", "M0"), reject("P0", "M0")], "both locked and rejected"),
        ([lock("P1", "M1")], "does not pass: topics"),
        ([lock("P0", "M0"), lock("P1", "M0")], "more locks than this mentor has places"),
        ([lock("P0", "M9")], "M9 is not in this round"),
    ],
)
def test_decisions_that_contradict_are_refused_with_the_reason(decisions, reason) -> None:
    problem = replace(open_round([[50, 40], [50, 0]]), decisions=tuple(decisions))

    with pytest.raises(BadProblem, match=reason):
        solve(problem)


def test_the_same_lock_twice_is_one_lock() -> None:
    problem = replace(open_round([[50]]), decisions=(lock("P0", "M0"), lock("P0", "M0")))

    assert matched(solve(problem)) == {("P0", "M0")}


def test_a_conflict_names_the_decision() -> None:
    with pytest.raises(DecisionConflict) as conflict:
        solve(open_round([[50]])).lock("P0", "M0").reject("P0", "M0")

    assert conflict.value.decision == lock("P0", "M0")


@pytest.mark.parametrize(
    "wrong", [{"objective": "best"}, {"certify": "no"}, {"floor": 1.5}, {"floor": float("nan")}]
)
def test_settings_that_mean_nothing_are_refused(wrong) -> None:
    with pytest.raises(BadProblem):
        Settings(**wrong)


@pytest.mark.parametrize("wrong", [{"per_day": -1}, {"most": 2_000_000}])
def test_waiting_that_could_outweigh_a_match_is_refused(wrong) -> None:
    with pytest.raises(BadProblem):
        Waiting(**wrong)


def test_figures_of_a_result() -> None:
    result = solve(open_round([[50, 20], [30, 0]]))

    assert (result.feasible_pairs, result.total_fit, result.minimum_fit) == (3, 500_000, 200_000)


def test_a_round_without_matches_has_no_lowest_fit() -> None:
    assert solve(Problem(participants=[], mentors=[], as_of=TODAY)).minimum_fit is None


def test_a_hundred_random_rounds_of_middle_size_are_proven() -> None:
    chance = random.Random(5)  # noqa: S311
    for _ in range(100):
        fits = [[chance.choice([0, 0, 1, 2, 3]) for _ in range(12)] for _ in range(18)]
        capacity = [chance.choice([0, 1, 2]) for _ in range(12)]

        result = solve(open_round(fits, capacity), objective=chance.choice(["sum", "leximin"]))

        assert result.certificate.holds
        assert len(result.pairs) == result.maximum_matched
