from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from kith.methods.matching.problem import Gate, Gates, Problem, Weights
from kith.methods.matching.profile import AgeBand, Mentor, Participant
from kith.methods.matching.score import score
from kith.methods.matching.tests import oracle
from kith.methods.matching.tests.factories import TODAY, problems

YESTERDAY = TODAY - timedelta(days=1)


def one_pair(participant: dict, mentor: dict, **rules) -> Problem:
    return Problem(
        participants=[Participant(id="P", **participant)],
        mentors=[Mentor(id="M", **mentor)],
        as_of=TODAY,
        **rules,
    )


@settings(max_examples=300, deadline=None)
@given(problems())
def test_gates_and_points_equal_those_found_pair_by_pair(problem) -> None:
    scores = score(problem)

    for row, participant in enumerate(problem.participants):
        for column, mentor in enumerate(problem.mentors):
            expected = oracle.parts(participant, mentor)
            assert set(scores.failed_gates(row, column)) == oracle.failed(
                participant, mentor, problem
            )
            assert {one.criterion: one.points for one in scores.explain(row, column)} == expected
            assert scores.tables[0][row, column] == sum(expected.values())


@settings(max_examples=50, deadline=None)
@given(problems())
def test_the_points_of_a_pair_never_exceed_their_maximum(problem) -> None:
    scores = score(problem)

    for row in range(len(problem.participants)):
        for column in range(len(problem.mentors)):
            parts = scores.explain(row, column)
            assert sum(part.maximum for part in parts) == 1_000_000
            assert all(0 <= part.points <= part.maximum for part in parts)


@pytest.mark.parametrize(
    ("participant", "mentor", "gate"),
    [
        ({"languages": {"pl": 1}}, {"languages": {"pl": 5}}, Gate.LANGUAGE),
        ({"topics_required": frozenset({"law"})}, {}, Gate.TOPICS_REQUIRED),
        ({"topics": {"law": 1}}, {"topics": {"work": 1}}, Gate.TOPICS),
        ({}, {"trained_until": YESTERDAY}, Gate.TRAINING),
        ({}, {"checked_until": YESTERDAY}, Gate.CHECK),
        ({"region": "wilda", "online": True}, {"region": "rataje"}, Gate.RANGE),
        (
            {"lat": 52.0, "lon": 17.0, "max_km": 5.0},
            {"lat": 52.1, "lon": 17.0, "max_km": 50.0},
            Gate.RANGE,
        ),
        (
            {"availability": frozenset({"mon-am"})},
            {"availability": frozenset({"mon-pm"})},
            Gate.AVAILABILITY,
        ),
        ({"mentor_gender": "woman", "mentor_gender_required": True}, {}, Gate.GENDER),
        ({"age_band": AgeBand(16, 20)}, {}, Gate.ADULT),
        ({"requires": frozenset({"children"})}, {}, Gate.MARKS),
        (
            {"requires": frozenset({"children", "tandem"})},
            {"marks": frozenset({"tandem", "library"})},
            Gate.MARKS,
        ),
        ({"excluded": frozenset({"M"})}, {}, Gate.EXCLUDED),
        ({}, {"excluded": frozenset({"P"})}, Gate.EXCLUDED),
    ],
)
def test_a_pair_does_not_pass(participant, mentor, gate) -> None:
    scores = score(one_pair(participant, mentor))

    assert scores.failed_gates(0, 0) == (gate,)
    assert scores.tables[1][0, 0]


@pytest.mark.parametrize(
    ("participant", "mentor"),
    [
        ({}, {}),
        ({"languages": {"pl": 1}, "interpreter": True}, {"languages": {"pl": 5}}),
        ({"languages": {"pl": 4}}, {}),
        ({"topics": {"law": 1}}, {}),
        ({}, {"trained_until": TODAY, "checked_until": TODAY}),
        ({"region": "wilda", "online": True}, {"region": "rataje", "online": True}),
        ({"region": "wilda"}, {}),
        ({"lat": 52.0, "lon": 17.0}, {"lat": 54.0, "lon": 17.0}),
        ({"mentor_gender": "woman"}, {"gender": "man"}),
        ({"requires": frozenset({"tandem"})}, {"marks": frozenset({"tandem", "children"})}),
        ({}, {"marks": frozenset({"children"})}),
        ({"excluded": frozenset({"M7"})}, {}),
    ],
)
def test_a_pair_passes(participant, mentor) -> None:
    assert score(one_pair(participant, mentor)).failed_gates(0, 0) == ()


def test_an_exclusion_may_come_with_the_round() -> None:
    problem = one_pair({}, {}, exclusions=frozenset({("P", "M")}))

    assert score(problem).failed_gates(0, 0) == (Gate.EXCLUDED,)


def test_a_programme_may_insist_on_recorded_training_and_checks() -> None:
    problem = one_pair({}, {"trained_until": TODAY}, gates=Gates(records_required=True))

    assert score(problem).failed_gates(0, 0) == (Gate.CHECK,)


def test_a_programme_may_switch_off_a_gate_about_convenience() -> None:
    pair = {"region": "wilda"}, {"region": "rataje"}

    problem = one_pair(*pair, gates=Gates(off=frozenset({Gate.RANGE})))

    assert score(problem).failed_gates(0, 0) == ()


def test_saying_nothing_counts_as_the_middle() -> None:
    assert score(one_pair({}, {})).tables[0].tolist() == [[500_000]]


def test_a_pair_that_shares_everything_has_the_full_fit() -> None:
    both = {
        "languages": {"pl": 5},
        "lat": 52.4,
        "lon": 16.9,
        "availability": frozenset({"mon-am", "mon-pm", "mon-eve"}),
        "age_band": AgeBand(20, 29),
        "interests": frozenset({"chess"}),
    }
    participant = both | {"topics": {"work": 2}, "mentor_gender": "woman"}

    problem = one_pair(participant, both | {"topics": {"work": 4}, "gender": "woman"})

    assert score(problem).tables[0].tolist() == [[1_000_000]]


def test_weights_decide_what_counts() -> None:
    pair = one_pair({"languages": {"pl": 5}}, {"languages": {"pl": 3}})
    only_language = Weights(need=0, language=9, distance=0, availability=0, gender=0, age=0)

    scores = score(replace(pair, weights=only_language))

    assert scores.tables[0].tolist() == [[500_000]]
