"""The records of a live round, as rooms read them."""

from dataclasses import replace

import pytest

from kith.methods.matching.live import Live
from kith.methods.matching.problem import BadProblem
from kith.methods.matching.solve import solve
from kith.methods.matching.tests.factories import open_round


@pytest.mark.parametrize("objective", ["sum", "leximin"])
def test_records_are_those_of_now(objective) -> None:
    problem = open_round([[50, 40], [40, 0]])
    live = Live.of(solve(problem, objective=objective))
    newcomer = replace(problem.participants[0], id="P9")

    live.capacity("M0", 2)
    live.arrive(newcomer)
    live.leave("P1")

    assert live.mentor("M0") == replace(problem.mentors[0], capacity=2)
    assert live.participant("P9") == newcomer
    assert (live.has_participant("P1"), live.has_mentor("M1"), live.has_mentor("M9")) == (
        False,
        True,
        False,
    )
    with pytest.raises(BadProblem):
        live.participant("P1")


@pytest.mark.parametrize("objective", ["sum", "leximin"])
def test_parts_of_any_pair_are_those_of_its_explanation(objective) -> None:
    live = Live.of(solve(open_round([[50, 40], [40, 0]]), objective=objective))

    assert live.parts("P1", "M1") == live.explain_pair("P1", "M1").parts
