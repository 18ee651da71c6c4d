"""The comparison with serving people one after the other."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given

from kith.methods.matching.beside import one_after_the_other
from kith.methods.matching.problem import Problem
from kith.methods.matching.solve import solve
from kith.methods.matching.tests.factories import lock, open_round, problems, reject


def test_who_comes_first_takes_the_mentor_whom_another_needs():
    problem = open_round([[60, 40], [50, 0]])
    first, second = problem.participants
    waiting = replace(first, waiting_since=first.waiting_since - timedelta(days=9))
    result = solve(replace(problem, participants=[waiting, second]))

    found = one_after_the_other(result)

    assert len(result.pairs) == 2
    assert found is not None
    assert found.matched == 1


def test_a_kept_pair_comes_before_everybody():
    problem = replace(open_round([[60, 40], [50, 0]]), decisions=(lock("P1", "M0"),))

    result = solve(problem)
    found = one_after_the_other(result)

    assert found is not None
    assert (found.matched, found.total_fit) == (2, result.total_fit)


def test_a_rejected_pair_is_not_taken():
    problem = replace(open_round([[60]]), decisions=(reject("P0", "M0"),))

    found = one_after_the_other(solve(problem))

    assert found is not None
    assert found.matched == 0


@given(problems())
def test_it_never_has_more_pairs_than_the_best_set(problem: Problem):
    result = solve(problem)

    found = one_after_the_other(result)

    assert found is not None
    assert found.matched <= len(result.pairs)
