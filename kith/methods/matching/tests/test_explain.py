from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.methods.matching.explain import (
    EASE,
    FUNNEL,
    Better,
    MatchExplanation,
    Relaxation,
    Step,
    UnmatchedExplanation,
)
from kith.methods.matching.problem import Gate, Gates, Problem
from kith.methods.matching.profile import AgeBand, Mentor, Participant
from kith.methods.matching.solve import solve
from kith.methods.matching.tests.factories import TODAY, lock, open_round, problems, reject
from kith.methods.matching.words import Message

WANTED = Participant(
    id="P",
    languages={"ar": 5},
    topics={"work": 1},
    region="wilda",
    availability=frozenset({"mon-am"}),
)
FITTING = Mentor(
    id="M",
    languages={"ar": 4},
    topics={"work": 4},
    region="wilda",
    availability=frozenset({"mon-am"}),
)
PAST = TODAY - timedelta(days=1)


def round_of(participant: Participant, *mentors: Mentor, **rules) -> Problem:
    return Problem(participants=[participant], mentors=mentors, as_of=TODAY, **rules)


@settings(max_examples=150, deadline=None)
@given(problems(), st.sampled_from(["sum", "leximin"]), st.sampled_from([0.0, 0.5]))
def test_explanations_add_up(problem, objective, floor) -> None:
    result = solve(problem, objective=objective, floor=floor)
    proposed = {pair.participant: pair for pair in result.pairs}

    for person, why in zip(problem.participants, result.explanations(), strict=True):
        if isinstance(why, MatchExplanation):
            assert sum(part.points for part in why.parts) == why.fit == proposed[person.id].fit
            assert 1 <= why.rank <= why.candidates
            assert len(why.better) == min(3, why.rank - 1)
        else:
            assert why.participant == person.id
            assert [step.code for step in why.funnel] == list(FUNNEL)
            assert sum(step.removed for step in why.funnel) == len(problem.mentors)
            assert why.funnel[-1].left == 0


@settings(max_examples=200, deadline=None)
@given(problems(), st.sampled_from(["sum", "leximin"]))
def test_one_more_place_where_proposed_gives_a_match_to_one_person_more(problem, objective) -> None:
    result = solve(problem, objective=objective)

    for person in result.unmatched:
        relaxation = result.explain(person).relaxation
        if relaxation is not None and relaxation.message.code == "one_more_place":
            mentor = problem.mentors[result.problem.column(relaxation.mentors[0])]
            wider = result.capacity(mentor.id, mentor.capacity + 1)
            assert len(wider.pairs) == len(result.pairs) + 1


@settings(max_examples=200, deadline=None)
@given(problems())
def test_a_relaxed_gate_gives_a_match_to_one_person_more(problem) -> None:
    result = solve(problem)

    for person in result.unmatched:
        relaxation = result.explain(person).relaxation
        if relaxation is None or relaxation.message.code not in set(Gate):
            continue
        cell = result.outcome.problem.cell(person, relaxation.mentors[0])
        assert result.outcome.scores.failed_gates(*cell) == (Gate(relaxation.message.code),)
        wider = solve(_open(problem, problem.row(person), Gate(relaxation.message.code)))
        assert len(wider.pairs) > len(result.pairs)


def _open(problem: Problem, row: int, gate: Gate) -> Problem:
    """The same round after the participant or the mentors gave way on one point."""
    people = list(problem.participants)
    person = people[row]
    if gate in {Gate.TRAINING, Gate.CHECK}:
        field = "trained_until" if gate is Gate.TRAINING else "checked_until"
        mentors = [replace(one, **{field: None}) for one in problem.mentors]
        return replace(problem, mentors=mentors)
    if gate is Gate.MARKS:
        mentors = [replace(one, marks=one.marks | person.requires) for one in problem.mentors]
        return replace(problem, mentors=mentors)
    people[row] = {
        Gate.LANGUAGE: lambda: replace(person, interpreter=True),
        Gate.TOPICS_REQUIRED: lambda: replace(person, topics_required=frozenset(), topics={}),
        Gate.TOPICS: lambda: replace(person, topics={}),
        Gate.AVAILABILITY: lambda: replace(person, availability=frozenset()),
        Gate.RANGE: lambda: replace(person, lat=None, lon=None, region=None),
    }[gate]()
    return replace(problem, participants=people)


def test_a_match_is_explained_with_rank_and_who_has_the_better_mentor() -> None:
    result = solve(open_round([[50, 40], [49, 0]]))

    why = result.explain("P0")

    assert (why.mentor, why.fit, why.rank, why.candidates) == ("M1", 400_000, 2, 2)
    assert why.better == (Better("M0", 500_000, ("P1",)),)
    assert [part.criterion.value for part in why.parts] == ["need"]
    assert why.gates == tuple(Gate)


def test_a_gate_that_is_off_is_not_said_to_be_passed() -> None:
    problem = round_of(WANTED, FITTING, gates=Gates(off=frozenset({Gate.RANGE})))

    assert Gate.RANGE not in solve(problem).explain("P").gates


def test_a_locked_match_below_the_floor_still_has_a_rank() -> None:
    problem = replace(open_round([[50, 10]]), decisions=(lock("P0", "M1"),))

    why = solve(problem, floor=0.3).explain("P0")

    assert (why.locked, why.rank, why.candidates) == (True, 2, 2)


def test_the_funnel_counts_every_mentor_at_the_first_step_not_passed() -> None:
    mentors = [
        replace(FITTING, id="language", languages={"pl": 5}, trained_until=PAST),
        replace(FITTING, id="training", trained_until=PAST),
        replace(FITTING, id="full", capacity=0),
        replace(FITTING, id="rejected"),
    ]
    problem = replace(round_of(WANTED, *mentors), decisions=(reject("P", "rejected"),))

    why = solve(problem).explain("P")

    assert [step for step in why.funnel if step.removed] == [
        Step("language", 1, 3),
        Step("training", 1, 2),
        Step("no_places", 1, 1),
        Step("rejected", 1, 0),
    ]


@pytest.mark.parametrize("objective", ["sum", "leximin"])
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"availability": frozenset({"tue-am", "mon-eve"})},
            Message("availability", {"slots": ["mon-eve", "tue-am"]}),
        ),
        ({"region": "rataje"}, Message("range", {"region": "rataje"})),
        ({"checked_until": PAST}, Message("check", {})),
        ({"trained_until": PAST}, Message("training", {})),
        ({"topics": {"law": 4}}, Message("topics", {"topics": ["work"]})),
        ({"languages": {"pl": 5}}, Message("language", {"languages": ["pl"]})),
    ],
)
def test_the_single_change_that_would_help_is_named(objective, change, message) -> None:
    result = solve(round_of(WANTED, replace(FITTING, **change)), objective=objective)

    assert result.explain("P").relaxation == Relaxation(message, ("M",), 0)


def test_a_required_topic_may_be_let_go() -> None:
    asking = replace(WANTED, topics_required=frozenset({"law", "work"}))

    why = solve(round_of(asking, FITTING)).explain("P")

    assert why.relaxation == Relaxation(Message("topics_required", {"topics": ["law"]}), ("M",), 0)


def test_the_marks_that_are_lacking_are_told_of_the_best_mentor() -> None:
    asking = replace(WANTED, requires=frozenset({"children", "tandem"}))
    mentors = [
        replace(FITTING, id="far", topics={"work": 1}),
        replace(FITTING, id="near", marks=frozenset({"tandem", "library"})),
    ]

    why = solve(round_of(asking, *mentors)).explain("P")

    assert [step for step in why.funnel if step.removed] == [Step("marks", 2, 0)]
    assert why.relaxation == Relaxation(Message("marks", {"marks": ["children"]}), ("near",), 0)


def test_the_distance_that_would_be_needed_is_told() -> None:
    asking = replace(WANTED, lat=52.40, lon=16.92, max_km=2)
    mentor = replace(FITTING, lat=52.43, lon=16.92)

    why = solve(round_of(asking, mentor)).explain("P")

    assert why.relaxation == Relaxation(Message("range", {"km": 4}), ("M",), 0)


def test_below_the_floor_the_floor_is_the_change() -> None:
    why = solve(open_round([[20]]), floor=0.3).explain("P0")

    assert [step for step in why.funnel if step.removed] == [Step("floor", 1, 0)]
    assert why.relaxation == Relaxation(Message("floor", {}), ("M0",), 0)


@pytest.mark.parametrize("objective", ["sum", "leximin"])
def test_where_all_places_are_taken_one_more_would_help(objective) -> None:
    result = solve(open_round([[50], [40]]), objective=objective)

    why = result.explain("P1")

    assert [step for step in why.funnel if step.removed] == [Step("taken", 1, 0)]
    assert why.relaxation == Relaxation(Message("one_more_place", {}), ("M0",), 0)


@pytest.mark.parametrize(
    ("participant", "mentor"),
    [
        ({"mentor_gender": "woman", "mentor_gender_required": True}, {"gender": "man"}),
        ({"excluded": frozenset({"M"})}, {}),
        ({}, {"age_band": AgeBand(16, 17)}),
        ({"region": "jezyce"}, {"trained_until": PAST}),
    ],
)
def test_what_protects_somebody_is_never_up_for_change(participant, mentor) -> None:
    problem = round_of(replace(WANTED, **participant), replace(FITTING, **mentor))

    assert solve(problem).explain("P").relaxation is None


def test_the_list_of_changes_leaves_out_what_protects_somebody() -> None:
    assert {Gate.GENDER, Gate.ADULT, Gate.EXCLUDED} & set(EASE) == set()


@pytest.mark.parametrize("change", [{}, {"trained_until": PAST}, {"languages": {"pl": 5}}])
def test_a_rejected_mentor_is_never_proposed_as_a_way_out(change) -> None:
    mentor = replace(FITTING, **change)
    problem = round_of(WANTED, mentor, decisions=(reject("P", "M"),))

    assert solve(problem).explain("P").relaxation is None


def chain(second_choice: str) -> Problem:
    """A holds M; P shares no time with M; A could also go to N when the region fits."""
    return Problem(
        participants=[
            replace(WANTED, id="A", waiting_since=TODAY - timedelta(days=300)),
            replace(WANTED, id="P", waiting_since=TODAY, excluded=frozenset({"N"})),
        ],
        mentors=[
            replace(FITTING, id="M", availability=frozenset({"mon-am"})),
            replace(FITTING, id="N", topics={"work": 2}, region=second_choice),
        ],
        as_of=TODAY,
        decisions=(),
    )


def test_a_change_that_makes_somebody_move_tells_what_they_lose() -> None:
    problem = chain("wilda")
    people = [problem.participants[0], replace(problem.participants[1], languages={"fa": 5})]

    why = solve(replace(problem, participants=people)).explain("P")

    assert why.relaxation == Relaxation(Message("language", {"languages": ["ar"]}), ("M",), 175_000)


def test_with_leximin_only_free_places_count_as_a_way_out() -> None:
    problem = chain("wilda")
    people = [problem.participants[0], replace(problem.participants[1], languages={"fa": 5})]

    result = solve(replace(problem, participants=people), objective="leximin")

    assert result.explain("P").relaxation is None


def test_a_change_that_would_cost_somebody_their_match_is_not_proposed() -> None:
    problem = chain("rataje")
    people = [problem.participants[0], replace(problem.participants[1], languages={"fa": 5})]

    result = solve(replace(problem, participants=people))

    assert result.explain("P").relaxation is None


def test_a_place_locked_for_somebody_is_no_way_out() -> None:
    problem = chain("wilda")
    people = [problem.participants[0], replace(problem.participants[1], languages={"fa": 5})]

    result = solve(replace(problem, participants=people)).lock("A", "M")

    assert isinstance(why := result.explain("P"), UnmatchedExplanation)
    assert why.relaxation is None
