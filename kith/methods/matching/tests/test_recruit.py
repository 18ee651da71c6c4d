"""The list of mentors to look for."""

from hypothesis import given
from hypothesis import strategies as st

from kith.methods.matching.profile import Participant
from kith.methods.matching.recruit import ONLINE, Description, wanted_mentors
from kith.methods.matching.tests.factories import participants


def _waiting(number: int, **stated) -> Participant:
    given_by_all = {
        "languages": {"fa": 5},
        "region": "wilda",
        "availability": frozenset({"tue-eve"}),
        "topics": {"work": 1},
    }
    return Participant(id=f"P{number}", **{**given_by_all, **stated})


def test_the_mentor_who_reaches_most_people_comes_first():
    people = [
        _waiting(0),
        _waiting(1, availability=frozenset({"wed-eve"})),
        _waiting(2, region="rataje"),
    ]

    found = wanted_mentors(people)

    assert [one.description for one in found] == [
        Description("fa", "wilda", "weekday-eve", ""),
        Description("fa", "rataje", "weekday-eve", ""),
    ]
    assert [one.reaches for one in found] == [("P0", "P1"), ("P2",)]


def test_a_mentor_from_the_next_district_reaches_who_would_go_so_far():
    near = {"lat": 52.39, "lon": 16.92, "max_km": 5.0}
    far = {"lat": 52.43, "lon": 16.92, "region": "winogrady"}
    people = [_waiting(0, **near), _waiting(1, **far, max_km=3.0), _waiting(2, **far, max_km=3.0)]

    found = wanted_mentors(people)

    assert [(one.description.place, one.reaches) for one in found] == [
        ("winogrady", ("P0", "P1", "P2"))
    ]


def test_meeting_online_reaches_across_districts():
    people = [_waiting(0, online=True), _waiting(1, online=True, region="rataje")]

    (found,) = wanted_mentors(people)

    assert found.description == Description("fa", ONLINE, "weekday-eve", "")


def test_a_firm_wish_is_named_and_serves_those_without_one_too():
    firm = _waiting(0, mentor_gender="woman", mentor_gender_required=True)

    (found,) = wanted_mentors([firm, _waiting(1)])

    assert found.description.gender == "woman"
    assert found.reaches == ("P0", "P1")


def test_a_wish_that_is_not_firm_asks_for_nobody_in_particular():
    (found,) = wanted_mentors([_waiting(0, mentor_gender="man")])

    assert found.description.gender == ""


def test_a_mark_that_somebody_requires_is_named_and_serves_those_without_one_too():
    family = _waiting(0, requires=frozenset({"children"}))

    (found,) = wanted_mentors([family, _waiting(1)])

    assert found.description.marks == ("children",)
    assert found.reaches == ("P0", "P1")


def test_who_requires_different_marks_is_reached_by_different_mentors():
    people = [_waiting(at, requires=frozenset({mark})) for at, mark in enumerate(["a", "b"])]

    found = wanted_mentors(people)

    assert [(one.description.marks, one.reaches) for one in found] == [
        (("a",), ("P0",)),
        (("b",), ("P1",)),
    ]


def test_where_nobody_requires_a_mark_none_is_asked_for():
    (found,) = wanted_mentors([_waiting(0)])

    assert found.description.marks == ()


def test_with_an_interpreter_no_language_is_asked_for():
    (found,) = wanted_mentors([_waiting(0, interpreter=True)])

    assert found.description.language == ""


def test_the_help_that_most_wish_for_is_named_first():
    people = [_waiting(0, topics={"housing": 1}), _waiting(1, topics={"work": 1, "housing": 1})]

    (found,) = wanted_mentors(people)

    assert found.topics == ("housing", "work")


def test_no_more_are_named_than_wanted():
    people = [_waiting(number, region=f"district {number}") for number in range(4)]

    assert len(wanted_mentors(people, most=3)) == 3


@given(st.integers(0, 6).flatmap(lambda size: st.tuples(*map(participants, range(size)))))
def test_everybody_is_reached_once_however_they_stand_in_the_list(people):
    found = wanted_mentors(people, most=len(people) + 1)

    reached = sorted(key for one in found for key in one.reaches)
    assert reached == sorted(one.id for one in people)
    turned = wanted_mentors(tuple(reversed(people)), most=len(people) + 1)
    assert [one.description for one in turned] == [one.description for one in found]
