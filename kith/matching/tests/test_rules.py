"""Rules of matching: states, gates, points, funnels and snapshots, as data and pure functions."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.utils.translation import override

from kith.matching.rules import load
from kith.matching.rules.funnel import STEPS, change_sentence, funnel_sentence, lacking_sentence
from kith.matching.rules.gates import Hold, HoldUntil, holds_of_anyone, holds_of_mentor
from kith.matching.rules.marks import CHILDREN, programme_mark
from kith.matching.rules.points import HEED, SHARED, change_of, points_of, steps_of
from kith.matching.rules.reasons import REASON_WORDS, RejectReason
from kith.matching.rules.shows import SHELF, Show
from kith.matching.rules.snapshot import pack, unpack
from kith.matching.rules.states import NEXT, Answer, ProposalState, Side, outcome
from kith.matching.rules.words import _POINTS, called, point_sentence, slots_list
from kith.methods.matching.explain import FUNNEL, Relaxation, UnmatchedExplanation
from kith.methods.matching.problem import Decision, Gate, Gates, Problem, Ruling, Weights
from kith.methods.matching.profile import AgeBand, Mentor, Participant
from kith.methods.matching.solve import solve
from kith.methods.matching.words import Message
from kith.programmes.rules import Lack, Missing

TODAY = date(2026, 11, 23)

OLENA = Participant(
    id="olena",
    languages={"uk": 5, "pl": 2},
    topics={"offices": 1, "housing": 1},
    interests=frozenset({"music"}),
    region="Wilda",
    lat=52.39,
    lon=16.92,
    max_km=5,
    online=True,
    availability=frozenset({"tue-eve"}),
    age_band=AgeBand(65),
    waiting_since=date(2026, 9, 3),
    mentor_gender="woman",
)
MARTA = Mentor(
    id="marta",
    languages={"uk": 3, "pl": 5},
    topics={"offices": 4},
    interests=frozenset({"music"}),
    region="Wilda",
    lat=52.39,
    lon=16.92,
    online=True,
    availability=frozenset({"tue-eve", "wed-am"}),
    age_band=AgeBand(65),
    gender="woman",
)


def problem(*, participants=(OLENA,), mentors=(MARTA,), **more):
    return Problem(participants=list(participants), mentors=list(mentors), as_of=TODAY, **more)


def points(mentor):
    result = solve(problem(mentors=[mentor]))
    return points_of(result.explain("olena").parts, OLENA, mentor)


# ── States ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("participant", "mentor", "expected"),
    [
        (Answer.NONE, Answer.NONE, ProposalState.OFFERED),
        (Answer.YES, Answer.NONE, ProposalState.OFFERED),
        (Answer.YES, Answer.ASK, ProposalState.OFFERED),
        (Answer.YES, Answer.YES, ProposalState.AGREED),
        (Answer.NO, Answer.YES, ProposalState.DECLINED),
        (Answer.NONE, Answer.NO, ProposalState.DECLINED),
    ],
)
def test_one_no_ends_an_offer_and_only_two_yeses_agree(participant, mentor, expected) -> None:
    assert outcome(participant=participant, mentor=mentor) is expected


def test_every_state_says_what_may_follow_and_answers_are_final() -> None:
    assert set(NEXT) == set(ProposalState)
    assert [NEXT[state] for state in (ProposalState.AGREED, ProposalState.DECLINED)] == [
        frozenset(),
        frozenset(),
    ]


def test_each_state_stands_under_exactly_one_filter_and_unknown_text_shows_what_to_decide() -> None:
    assert set(SHELF) == set(ProposalState)
    assert set(SHELF.values()) == set(Show)
    assert [Show.read("asked"), Show.read("<b>")] == [Show.ASKED, Show.DECIDE]


def test_sides_face_each_other() -> None:
    assert [side.other for side in Side] == [Side.MENTOR, Side.PARTICIPANT]


def test_every_reason_to_reject_has_words() -> None:
    assert set(REASON_WORDS) == set(RejectReason)


# ── Gates ────────────────────────────────────────────────────────────────────────────────────────


def test_nobody_is_proposed_without_consent_or_before_eighteen() -> None:
    assert holds_of_anyone(agreed=True, adult=True) == []
    assert holds_of_anyone(agreed=False, adult=False) == [
        HoldUntil(Hold.CONSENT),
        HoldUntil(Hold.MINOR),
    ]


@pytest.mark.parametrize(
    ("paused_until", "available_since", "expected"),
    [
        (None, None, []),
        (date(2026, 11, 22), date(2026, 11, 23), []),
        (TODAY, None, [HoldUntil(Hold.PAUSED, on=TODAY)]),
        (None, date(2026, 12, 1), [HoldUntil(Hold.NOT_YET, on=date(2026, 12, 1))]),
    ],
)
def test_a_mentor_is_left_alone_in_a_break_and_before_the_start(
    paused_until, available_since, expected
) -> None:
    found = holds_of_mentor(paused_until=paused_until, available_since=available_since, today=TODAY)

    assert found == expected


def test_what_is_lacking_is_said_with_its_day() -> None:
    said = [
        lacking_sentence(HoldUntil(Hold.CONSENT)),
        lacking_sentence(HoldUntil(Hold.PAUSED, on=date(2026, 12, 1))),
        lacking_sentence(Missing(Lack.TRAINING_MISSING)),
    ]

    assert said == [
        "The consent to mentoring is not in force.",
        "Takes a break until 1 December 2026.",
        "No training is noted.",
    ]


# ── Points ───────────────────────────────────────────────────────────────────────────────────────


def test_a_pair_is_described_by_everything_it_shares_and_what_to_heed() -> None:
    assert [point_sentence(point) for point in points(MARTA)] == [
        "Help that is wished and offered: offices and papers.",
        "Wished and not offered: housing.",
        "Both like music.",
        "Both speak Polish and Ukrainian.",
        "Both live in Wilda.",
        "Both can meet online.",
        "Both are free: Tuesday evening.",
        "The mentor is a woman, as wished.",
        "They are about the same age.",
    ]


def test_a_pair_in_two_places_is_described_by_the_way_between_them() -> None:
    far = replace(MARTA, region="Rataje", lon=16.97, online=False, gender="man")

    sentences = [point_sentence(point) for point in points(far)]

    assert [s for s in sentences if "km" in s or "woman" in s] == [
        "They live about 3 km apart.",
        "Would rather have a woman as mentor.",
    ]


def test_no_point_of_a_pair_holds_a_number_for_how_well_they_fit() -> None:
    keys = {key for point in points(MARTA) for key in point}

    assert keys == {"code", "topics", "interests", "languages", "region", "slots", "gender"}


@pytest.mark.parametrize(
    ("point", "sentence"),
    [
        ({"code": "distance", "km": 0}, "They live less than 1 km apart."),
        ({"code": "interpreter_joins"}, "An interpreter comes along."),
        ({"code": "gender_wish_met", "gender": "man"}, "The mentor is a man, as wished."),
        (
            {"code": "gender_wish_not_met", "gender": "man"},
            "Would rather have a man as mentor.",
        ),
        (
            {"code": "shared_slots", "slots": ["mon-am", "mon-pm", "tue-am", "sun-eve"]},
            (
                "Both are free at 4 times of the week,"
                " such as Monday morning, Monday afternoon and Tuesday morning."
            ),
        ),
    ],
)
def test_points_in_words(point, sentence) -> None:
    assert point_sentence(point) == sentence


def test_every_point_that_a_round_stores_has_words() -> None:
    assert set(_POINTS) == SHARED | HEED


def test_times_stand_in_the_order_of_the_week() -> None:
    assert slots_list(["sat-pm", "mon-eve"]) == "Monday evening and Saturday afternoon"


def test_people_are_called_as_they_wish() -> None:
    class Person:
        def __init__(self, name: str, called: str) -> None:
            self.name, self.called = name, called

    assert [called(Person("Olena Kowalczuk", "Ola")), called(Person("Amal Haddad", ""))] == [
        "Ola",
        "Amal Haddad",
    ]


# ── Funnel ───────────────────────────────────────────────────────────────────────────────────────


def test_somebody_without_a_mentor_is_told_why_and_what_would_help() -> None:
    result = solve(problem(mentors=[replace(MARTA, availability=frozenset({"wed-am"}))]))
    explanation = result.explain("olena")

    steps, change = steps_of(explanation, OLENA), change_of(explanation)

    assert [funnel_sentence(step) for step in steps] == ["1 mentor is free at other times."]
    assert change == {"code": "availability", "slots": ["wed-am"], "mentors": ["marta"]}


def test_marks_are_kept_by_kind_and_no_programme_is_named() -> None:
    olena = replace(OLENA, requires=frozenset({CHILDREN, programme_mark("7")}))
    marta = replace(MARTA, marks=frozenset({CHILDREN}))
    explanation = solve(problem(participants=[olena], mentors=[marta])).explain("olena")

    steps, change = steps_of(explanation, olena), change_of(explanation)

    assert steps == [{"code": "marks", "number": 1, "marks": ["children", "programme"]}]
    assert change == {"code": "marks", "marks": ["programme"], "mentors": ["marta"]}


@pytest.mark.parametrize(
    ("marks", "one", "many"),
    [
        (
            ["children"],
            "1 mentor lacks the check for families with children.",
            "2 mentors lack the check for families with children.",
        ),
        (
            ["programme"],
            "1 mentor is in another programme.",
            "2 mentors are in another programme.",
        ),
        (
            ["children", "programme"],
            "1 mentor is in another programme, or lacks the check for families with children.",
            "2 mentors are in another programme, or lack the check for families with children.",
        ),
    ],
)
def test_a_step_says_what_was_required(marks, one, many) -> None:
    said = [funnel_sentence({"code": "marks", "number": at, "marks": marks}) for at in (1, 2)]

    assert said == [one, many]


def test_nothing_is_promised_where_no_single_change_helps() -> None:
    assert change_of(UnmatchedExplanation("olena", (), None)) is None


def test_a_change_names_three_mentors_at_most() -> None:
    found = Relaxation(Message("one_more_place", {}), ("a", "b", "c", "d"), 0)

    assert change_of(UnmatchedExplanation("olena", (), found)) == {
        "code": "one_more_place",
        "mentors": ["a", "b", "c"],
    }


def test_every_step_of_the_funnel_has_words_for_one_and_for_many() -> None:
    said = {
        code: (
            funnel_sentence({"code": code, "number": 1}),
            funnel_sentence({"code": code, "number": 4}),
        )
        for code in FUNNEL
        if code != "matched"
    }

    assert set(said) == set(STEPS)
    assert said["language"] == ("1 mentor shares no language.", "4 mentors share no language.")
    assert all(one.startswith("1 ") and many.startswith("4 ") for one, many in said.values())


@pytest.mark.parametrize(
    ("change", "mentors", "sentence"),
    [
        (
            {"code": "one_more_place"},
            ["Marta", "Piotr"],
            "It would help if Marta or Piotr took one more person.",
        ),
        (
            {"code": "one_more_place"},
            [],
            "It would help if a mentor who fits took one more person.",
        ),
        (
            {"code": "availability", "slots": ["tue-eve"]},
            ["Marta"],
            "Marta would fit, with time at: Tuesday evening.",
        ),
        (
            {"code": "availability", "slots": ["tue-eve"]},
            [],
            "It would help to be free at one of these times: Tuesday evening.",
        ),
        ({"code": "range", "km": 9}, [], "It would help to meet online, or to travel 9 km."),
        (
            {"code": "range", "region": "Wilda"},
            [],
            "It would help to meet online, or in Wilda.",
        ),
        ({"code": "range", "region": None}, [], "It would help to meet online."),
        (
            {"code": "language", "languages": ["pl"]},
            [],
            "An interpreter would help: a mentor who fits speaks Polish.",
        ),
        (
            {"code": "topics_required", "topics": ["housing"]},
            [],
            "It would help to begin without this: housing.",
        ),
        ({"code": "check"}, [], "It would help to renew a mentor's check."),
        (
            {"code": "marks", "marks": ["children"]},
            ["Marta", "Piotr"],
            "It would help if Marta or Piotr had the check for families with children.",
        ),
        (
            {"code": "marks", "marks": ["programme"]},
            [],
            "It would help if a mentor who fits took part in this programme too.",
        ),
        (
            {"code": "marks", "marks": ["children", "programme"]},
            ["Marta"],
            (
                "It would help if Marta took part in this programme too, with the check for"
                " families with children."
            ),
        ),
    ],
)
def test_the_one_change_that_would_help_in_words(change, mentors, sentence) -> None:
    assert change_sentence(change, mentors) == sentence


def test_sentences_follow_the_language_of_the_page() -> None:
    with override("pl"):
        said = point_sentence({"code": "shared_languages", "languages": ["uk"]})

    assert "ukraiński" in said


# ── Snapshot and load ────────────────────────────────────────────────────────────────────────────


def test_a_stored_round_is_the_same_round() -> None:
    asked = problem(
        participants=[replace(OLENA, requires=frozenset({CHILDREN}))],
        mentors=[
            replace(MARTA, marks=frozenset({CHILDREN, "programme:7"})),
            replace(MARTA, id="ewa", available_since=date(2026, 5, 1)),
        ],
        weights=Weights(age=0),
        gates=Gates(off=frozenset({Gate.TOPICS})),
        exclusions=frozenset({("olena", "ewa")}),
        decisions=(Decision(Ruling.LOCK, "olena", "marta"),),
    )

    again = unpack(pack(asked))

    assert again == asked


def test_a_round_stored_before_there_were_marks_is_the_same_round() -> None:
    packed = pack(problem())
    for one in (*packed["participants"], *packed["mentors"]):
        one.pop("requires", None)
        one.pop("marks", None)

    again = unpack(packed)

    assert again == problem()


def test_a_stored_no_and_a_stored_zero_are_not_taken_for_silence() -> None:
    shy = replace(OLENA, online=False, max_km=0)
    full = replace(MARTA, online=False, capacity=0)
    asked = Problem(participants=[shy], mentors=[full], as_of=TODAY)

    assert unpack(pack(asked)) == asked


def test_places_held_are_counted_over_all_sources_and_a_source_counts_once(monkeypatch) -> None:
    monkeypatch.setattr(load, "_sources", [])
    marta = uuid4()

    def one_match(_mentors):
        return {marta: 1}

    load.add_load_source(one_match)
    load.add_load_source(one_match)
    load.add_load_source(lambda _mentors: {marta: 2})

    assert load.held_places([marta]) == {marta: 3}
