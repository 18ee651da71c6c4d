"""Groups at settled times: the relaxation bounds everything, and what is proven is the best."""

from dataclasses import replace

import numpy as np
import pytest

from kith.methods.matching.group import choose, compact
from kith.methods.matching.group.asked import GroupRules, find_candidates
from kith.methods.matching.group.compact import best_of_each, solve_compact
from kith.methods.matching.group.form import form_groups
from kith.methods.matching.group.times import find_options
from kith.methods.matching.problem import Problem
from kith.methods.matching.tests.test_group import (
    PAIR_RULES,
    best_of_all,
    faults,
    random_round,
    reached,
)


def at_any_time(problem: Problem) -> Problem:
    return replace(
        problem,
        participants=[replace(one, availability=frozenset()) for one in problem.participants],
        mentors=[replace(one, availability=frozenset()) for one in problem.mentors],
        decisions=(),
    )


@pytest.mark.parametrize("seed", range(20))
def test_groups_at_settled_times_are_the_best_of_all(seed, monkeypatch) -> None:
    problem = at_any_time(random_round(seed, locks=0))
    monkeypatch.setattr(choose, "AT_ONCE", 0)

    groups = form_groups(problem, rules=PAIR_RULES)

    assert faults(groups, problem, PAIR_RULES) == []
    assert reached(groups) == best_of_all(problem, PAIR_RULES)
    assert groups.proof.fit_bound >= groups.proof.fit
    assert groups.proof.served_bound >= groups.proof.served


@pytest.mark.parametrize("seed", range(6))
def test_few_pairs_listed_at_first_change_nothing(seed, monkeypatch) -> None:
    problem = at_any_time(random_round(seed, families=6, volunteers=24, locks=0))
    exact = form_groups(problem)
    monkeypatch.setattr(choose, "AT_ONCE", 0)
    for name in ("FIRST", "FIRST_FOR_NEED", "FIRST_FOR_VOLUNTEER", "MORE"):
        monkeypatch.setattr(compact, name, 1)

    groups = form_groups(problem)

    assert faults(groups, problem, GroupRules()) == []
    assert reached(groups) == reached(exact)


@pytest.mark.parametrize("seed", range(6))
def test_where_too_many_pairs_are_left_for_one_programme_the_bounds_still_hold(
    seed, monkeypatch
) -> None:
    problem = at_any_time(random_round(seed, families=6, volunteers=24, locks=0))
    exact = form_groups(problem)
    monkeypatch.setattr(choose, "AT_ONCE", 0)
    monkeypatch.setattr(compact, "MOST_COLUMNS", 8)

    groups = form_groups(problem)

    assert faults(groups, problem, GroupRules()) == []
    assert reached(groups) <= reached(exact)
    assert groups.proof.served_bound >= exact.proof.served
    assert not groups.proof.optimal or reached(groups) == reached(exact)


@pytest.mark.parametrize("seed", range(6))
def test_without_time_the_bounds_still_hold(seed) -> None:
    problem = at_any_time(random_round(seed, families=6, volunteers=24, locks=0))
    candidates = find_candidates(problem, GroupRules(), seed=0)
    options = find_options(candidates)
    family = options.family[options.option]
    exact = form_groups(problem).proof

    found = solve_compact(candidates, family, options.pair, candidates.unlocked_places, seconds=0.0)

    assert len(found.pairs) == 0
    assert not found.optimal
    assert found.served_bound >= exact.served
    assert found.fit_bound >= exact.fit


def test_the_best_of_each_group_are_marked() -> None:
    group, value = np.array([0, 1, 0, 0, 1]), np.array([3, 5, 9, 4, 7])

    assert best_of_each(group, value, 2).tolist() == [False, True, True, True, True]
    assert best_of_each(group, value, 1).tolist() == [False, False, True, False, True]
