from hypothesis import given, settings

from kith.methods.matching.problem import Criterion, Gate, Gates, Problem
from kith.methods.matching.profile import AgeBand, Mentor, Participant
from kith.methods.matching.score import score
from kith.methods.matching.tests.factories import TODAY, problems
from kith.methods.matching.words import CODES, Message, pair_messages


def said(participant: dict, mentor: dict) -> dict[Criterion, tuple[Message, ...]]:
    """Everything that is said about a pair, save what was not stated."""
    problem = Problem(
        participants=[Participant(id="P", **participant)],
        mentors=[Mentor(id="M", **mentor)],
        as_of=TODAY,
        gates=Gates(off=frozenset({Gate.RANGE, Gate.LANGUAGE})),
    )
    messages = pair_messages(score(problem), 0, 0)
    return {
        criterion: found
        for criterion, found in messages.items()
        if found != (Message("not_stated", {"criterion": criterion.value}),)
    }


@settings(max_examples=100, deadline=None)
@given(problems(most=3))
def test_every_message_has_the_parameters_that_its_code_promises(problem) -> None:
    scores = score(problem)

    for row in range(len(problem.participants)):
        for column in range(len(problem.mentors)):
            messages = pair_messages(scores, row, column)
            assert list(messages) == list(Criterion)
            for message in (one for found in messages.values() for one in found):
                assert tuple(message.params) == CODES[message.code]


def test_who_states_nothing_hears_only_that() -> None:
    assert said({}, {}) == {}


def test_topics_are_told_with_what_is_missing() -> None:
    found = said({"topics": {"work": 1, "law": 1}}, {"topics": {"work": 2, "music": 4}})

    assert found == {
        Criterion.NEED: (
            Message("shared_topics", {"topics": ["work"]}),
            Message("topics_not_offered", {"topics": ["law"]}),
        )
    }


def test_the_best_shared_language_is_told_with_its_level() -> None:
    found = said({"languages": {"uk": 5, "pl": 2, "ar": 5}}, {"languages": {"uk": 4, "pl": 5}})

    assert found == {
        Criterion.LANGUAGE: (Message("shared_language", {"language": "uk", "level": 4}),)
    }


def test_an_interpreter_joins_where_no_language_is_shared() -> None:
    found = said({"languages": {"ar": 5}, "interpreter": True}, {"languages": {"pl": 5}})

    assert found == {Criterion.LANGUAGE: (Message("interpreter_joins", {}),)}


def test_nothing_shared_is_said_where_both_stated_something() -> None:
    found = said(
        {"languages": {"ar": 5}, "region": "wilda", "interests": frozenset({"chess"})},
        {"languages": {"pl": 5}, "region": "rataje", "interests": frozenset({"music"})},
    )

    assert found == {
        criterion: (Message("nothing_shared", {"criterion": criterion.value}),)
        for criterion in (Criterion.INTERESTS, Criterion.LANGUAGE, Criterion.DISTANCE)
    }


def test_interests_times_gender_and_age_are_told() -> None:
    found = said(
        {
            "interests": frozenset({"music", "chess"}),
            "availability": frozenset({"tue-eve", "mon-am"}),
            "mentor_gender": "woman",
            "age_band": AgeBand(20, 29),
        },
        {
            "interests": frozenset({"music"}),
            "availability": frozenset({"mon-am", "tue-eve", "sun-am"}),
            "gender": "woman",
            "age_band": AgeBand(34, 40),
        },
    )

    assert found == {
        Criterion.INTERESTS: (Message("shared_interests", {"interests": ["music"]}),),
        Criterion.AVAILABILITY: (Message("shared_slots", {"slots": ["mon-am", "tue-eve"]}),),
        Criterion.GENDER: (Message("gender_wish_met", {"gender": "woman"}),),
        Criterion.AGE: (Message("age_apart", {"years": 5}),),
    }


def test_a_wish_that_is_not_met_is_said_and_so_is_the_same_age() -> None:
    found = said(
        {"mentor_gender": "woman", "age_band": AgeBand(20, 29)},
        {"gender": "man", "age_band": AgeBand(25)},
    )

    assert found == {
        Criterion.GENDER: (Message("gender_wish_not_met", {"gender": "woman"}),),
        Criterion.AGE: (Message("age_alike", {}),),
    }


def test_the_place_is_told_as_kilometres_or_as_region() -> None:
    near = said({"lat": 52.40, "lon": 16.92}, {"lat": 52.43, "lon": 16.92})
    region = said({"region": "wilda", "online": True}, {"region": "wilda", "online": True})

    assert near == {Criterion.DISTANCE: (Message("distance", {"km": 3}),)}
    assert region == {
        Criterion.DISTANCE: (
            Message("same_region", {"region": "wilda"}),
            Message("meet_online", {}),
        )
    }
