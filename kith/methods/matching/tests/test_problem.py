import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.methods.matching.problem import (
    FULL_FIT,
    BadProblem,
    Criterion,
    Gate,
    Gates,
    Problem,
    Weights,
)
from kith.methods.matching.profile import Mentor, Participant
from kith.methods.matching.tests.factories import TODAY

weight = st.floats(0, 100) | st.integers(0, 100)


@given(st.lists(weight, min_size=6, max_size=6).filter(any))
def test_the_maxima_of_any_weights_sum_to_the_full_fit(values) -> None:
    names = ("need", "language", "distance", "availability", "gender", "age")

    maxima = Weights(**dict(zip(names, values, strict=True))).maxima()

    assert sum(maxima.values()) == FULL_FIT


def test_the_default_weights_are_those_of_the_evidence() -> None:
    assert Weights().maxima() == {
        Criterion.NEED: 350_000,
        Criterion.LANGUAGE: 250_000,
        Criterion.DISTANCE: 150_000,
        Criterion.AVAILABILITY: 100_000,
        Criterion.GENDER: 80_000,
        Criterion.AGE: 70_000,
    }


@pytest.mark.parametrize(
    "values",
    [
        {"need": -1},
        {"need": float("nan")},
        dict.fromkeys(("need", "language", "distance", "availability", "gender", "age"), 0),
    ],
)
def test_weights_that_cannot_be_shared_out_are_refused(values) -> None:
    with pytest.raises(BadProblem):
        Weights(**values)


@pytest.mark.parametrize(
    "gate",
    [
        Gate.TOPICS_REQUIRED,
        Gate.TRAINING,
        Gate.CHECK,
        Gate.GENDER,
        Gate.ADULT,
        Gate.EXCLUDED,
    ],
)
def test_a_gate_that_protects_somebody_cannot_be_switched_off(gate) -> None:
    with pytest.raises(BadProblem):
        Gates(off=frozenset({gate}))


def test_an_id_is_used_once() -> None:
    with pytest.raises(BadProblem, match="the id M is used twice"):
        Problem(participants=[], mentors=[Mentor(id="M"), Mentor(id="M")], as_of=TODAY)


def test_a_stranger_is_not_in_the_round() -> None:
    problem = Problem(participants=[Participant(id="P")], mentors=[], as_of=TODAY)

    with pytest.raises(BadProblem, match="M is not in this round"):
        problem.cell("P", "M")
