"""Large rounds list few pairs, and end with the same as when all are listed."""

from dataclasses import replace

import pytest

from bench.rounds import make_round
from kith.methods.matching import listing
from kith.methods.matching.problem import Decision, Problem, Ruling
from kith.methods.matching.result import Result
from kith.methods.matching.solve import solve


@pytest.fixture(params=[1, 2, 3])
def problem(request) -> Problem:
    return make_round(300, seed=request.param)


def solved_as_large(monkeypatch, problem, **settings) -> Result:
    with monkeypatch.context() as patch:
        patch.setattr(listing, "WHOLE_CELLS", 0)
        patch.setattr(listing, "FIRST", 2)
        patch.setattr(listing, "MORE", 1)
        return solve(problem, **settings)


def worth(result) -> tuple[int, int, int]:
    """Matches, their fit, and with it the waiting points."""
    bonuses = result.certificate.primal - result.unmatched_loss * len(result.pairs)
    return len(result.pairs), result.maximum_matched, bonuses


@pytest.mark.parametrize("floor", [0.0, 0.55])
def test_pricing_finds_every_pair_that_matters(monkeypatch, problem, floor) -> None:
    whole = solve(problem, floor=floor)

    large = solved_as_large(monkeypatch, problem, floor=floor)

    assert worth(large) == worth(whole)
    assert large.feasible_pairs == whole.feasible_pairs
    assert (large.certificate.holds, large.certificate.graph) == (True, "full")
    assert len(large.outcome.ground.column) < len(whole.outcome.ground.column)


def test_pricing_equals_all_pairs_of_a_thousand(monkeypatch) -> None:
    problem = make_round(1_000, seed=1)
    whole = solve(problem)

    with monkeypatch.context() as patch:
        patch.setattr(listing, "WHOLE_CELLS", 0)
        large = solve(problem)

    assert worth(large) == worth(whole)
    assert large.pairs == whole.pairs
    assert (large.certificate.holds, large.certificate.graph) == (True, "full")


def test_the_steps_of_the_work_are_told(monkeypatch, problem) -> None:
    told: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(listing, "WHOLE_CELLS", 0)
        result = solve(problem, progress=lambda step, *_: told.append(step))

    rounds = told.count("pricing")
    assert told == ["people", "shortlist", *["pricing"] * rounds, "worth", "ties", "checking"]
    assert rounds > 1
    assert result.pairs == solve(problem).pairs


def test_work_ends_when_nobody_wants_it_any_more(problem) -> None:
    class Stopped(Exception):
        """Somebody pressed stop."""

    def stop(step: str, done: int, total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        solve(problem, progress=stop)


def test_decisions_hold_in_a_large_round(monkeypatch, problem) -> None:
    first = solve(problem)
    kept = first.alternatives(first.pairs[0].participant, 1)[0].mentor
    decided = (
        Decision(Ruling.LOCK, first.pairs[0].participant, kept),
        Decision(Ruling.REJECT, first.pairs[1].participant, first.pairs[1].mentor),
    )
    problem = replace(problem, decisions=decided)

    large = solved_as_large(monkeypatch, problem)

    matched = {pair.participant: pair.mentor for pair in large.pairs}
    assert worth(large) == worth(solve(problem))
    assert matched[first.pairs[0].participant] == kept
    assert matched.get(first.pairs[1].participant) != first.pairs[1].mentor


def test_a_proof_says_when_it_covers_only_the_listed_pairs(monkeypatch, problem) -> None:
    pruned = solved_as_large(monkeypatch, problem, certify="pruned")
    leximin = solved_as_large(monkeypatch, problem, objective="leximin")

    assert (pruned.certificate.holds, pruned.certificate.graph) == (True, "pruned")
    assert (leximin.certificate.holds, leximin.certificate.graph) == (True, "pruned")
