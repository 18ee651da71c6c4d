from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.methods.matching.alternatives import Move
from kith.methods.matching.problem import DecisionConflict
from kith.methods.matching.solve import solve
from kith.methods.matching.tests.factories import open_round, problems
from kith.methods.matching.tests.test_solve import fit_tables


def worth_of_others(result, participant) -> int:
    return sum(
        worth(result, pair.participant, pair.mentor)
        for pair in result.pairs
        if pair.participant != participant
    )


def worth(result, participant, mentor) -> int:
    """What a match is worth: its fit, and the loss it averts."""
    row, column = result.outcome.problem.cell(participant, mentor)
    return result.outcome.scores.fit(row, column) + int(result.outcome.averted[row])


def assert_exact(result) -> None:
    """Every alternative costs what solving again with that pair locked costs."""
    for person in result.problem.participants:
        for one in result.alternatives(person.id, 99):
            again = result.lock(person.id, one.mentor)
            loss = worth_of_others(result, person.id) - worth_of_others(again, person.id)
            assert one.loss_to_others == loss
            assert one.matches_lost == len(result.pairs) - len(again.pairs)
            assert worth_after_moves(result, person.id, one) == worth_of_others(again, person.id)


def worth_after_moves(result, participant, alternative) -> int:
    """What the matches of the others are worth when everybody moves as told."""
    problem = result.problem
    now = {pair.participant: pair.mentor for pair in result.pairs}
    for move in alternative.moves:
        assert now.get(move.participant) == move.from_mentor
        now[move.participant] = move.to_mentor
    now[participant] = alternative.mentor
    held = Counter(now.values())
    assert all(held[mentor.id] <= mentor.capacity for mentor in problem.mentors)
    return sum(
        worth(result, other, mentor)
        for other, mentor in now.items()
        if other != participant and mentor is not None
    )


@settings(max_examples=100, deadline=None)
@given(fit_tables, st.sampled_from(["sum", "leximin"]), st.data())
def test_the_loss_to_others_is_exact(fits, objective, data) -> None:
    capacity = [data.draw(st.integers(0, 2)) for _ in fits[0]]

    assert_exact(solve(open_round(fits, capacity), objective=objective))


@settings(max_examples=50, deadline=None)
@given(problems())
def test_the_loss_is_exact_when_waiting_counts(problem) -> None:
    assert_exact(solve(problem))


@settings(max_examples=50, deadline=None)
@given(fit_tables, st.sampled_from(["sum", "leximin"]))
def test_every_other_candidate_is_an_alternative_once(fits, objective) -> None:
    result = solve(open_round(fits), objective=objective)

    candidates = result.outcome.scores.tables[1] == 0
    for row, person in enumerate(result.outcome.problem.participants):
        mentors = [one.mentor for one in result.alternatives(person.id, 99)]
        others = candidates[row].sum() - (person.id not in result.unmatched)
        assert len(set(mentors)) == len(mentors) == others


@pytest.mark.parametrize("objective", ["sum", "leximin"])
def test_an_alternative_tells_who_would_move_and_who_would_stay_without(objective) -> None:
    result = solve(open_round([[40, 30, 0], [0, 50, 20], [0, 0, 60]]), objective=objective)

    (only,) = result.alternatives("P0")

    assert (only.mentor, only.fit, only.matches_lost) == ("M1", 300_000, 1)
    assert [move for move in only.moves if move.to_mentor is None] != []
    assert only.loss_to_others > 9_000_000


@pytest.mark.parametrize("objective", ["sum", "leximin"])
def test_the_limit_keeps_the_cheapest(objective) -> None:
    result = solve(open_round([[40, 30, 20]]), objective=objective)

    found = result.alternatives("P0", 1)

    assert [(one.mentor, one.loss_to_others, one.moves) for one in found] == [("M1", 0, ())]


def test_a_chain_is_told_move_by_move() -> None:
    result = solve(open_round([[40, 30, 0], [0, 50, 20]]))

    (only,) = result.alternatives("P0")

    assert only.moves == (Move("P1", "M1", "M2"),)
    assert only.loss_to_others == 300_000


def test_who_waits_outside_comes_in_when_a_place_becomes_free() -> None:
    result = solve(open_round([[40, 30], [20, 0]], [1, 1])).lock("P0", "M0")

    (only,) = result.alternatives("P0")

    assert only.moves == (Move("P1", None, "M0"),)
    assert (only.matches_lost, only.loss_to_others < -10_000_000) == (-1, True)


@pytest.mark.parametrize("objective", ["sum", "leximin"])
def test_a_place_locked_for_others_is_no_alternative(objective) -> None:
    result = solve(open_round([[40, 30], [0, 20]]), objective=objective).lock("P1", "M1")

    assert result.alternatives("P0") == []
    with pytest.raises(DecisionConflict):
        result.lock("P0", "M1")


@pytest.mark.parametrize("objective", ["sum", "leximin"])
def test_equal_mentors_are_not_listed_by_id_or_order(objective) -> None:
    problem = open_round([[10, 10, 10, 10, 10]])

    first = {
        solve(problem, objective=objective, seed=seed).alternatives("P0")[0].mentor
        for seed in range(40)
    }

    assert first == {"M0", "M1", "M2", "M3", "M4"}
