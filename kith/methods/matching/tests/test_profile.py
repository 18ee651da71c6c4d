from datetime import date

import pytest

from kith.methods.matching.profile import (
    AgeBand,
    BadProfile,
    Mentor,
    Participant,
    mentor_arrays,
    vocabulary,
)


@pytest.mark.parametrize(
    ("make", "wrong", "field"),
    [
        (Participant, {"id": ""}, "id"),
        (Participant, {"languages": {"pl": 6}}, "languages"),
        (Participant, {"languages": {"pl": 0}}, "languages"),
        (Participant, {"availability": frozenset({"mon-night"})}, "availability"),
        (Participant, {"lat": 52.0}, "lat"),
        (Participant, {"lat": 91.0, "lon": 0.0}, "lat"),
        (Participant, {"lat": 0.0, "lon": 181.0}, "lon"),
        (Participant, {"max_km": -1.0}, "max_km"),
        (Participant, {"topics": {"work": 0}}, "topics"),
        (Participant, {"mentor_gender_required": True}, "mentor_gender"),
        (Mentor, {"topics": {"work": 5}}, "topics"),
        (Mentor, {"capacity": -1}, "capacity"),
    ],
)
def test_a_profile_that_cannot_be_is_refused(make, wrong, field) -> None:
    with pytest.raises(BadProfile) as refusal:
        make(**({"id": "X"} | wrong))

    assert refusal.value.field_name == field


@pytest.mark.parametrize(("low", "high"), [(-1, 5), (30, 20)])
def test_an_age_band_begins_before_it_ends(low, high) -> None:
    with pytest.raises(BadProfile):
        AgeBand(low, high)


@pytest.mark.parametrize(("band", "adult"), [(AgeBand(17, 30), False), (AgeBand(18), True)])
def test_a_band_is_adult_when_nobody_in_it_is_a_minor(band, adult) -> None:
    assert band.adult is adult


def test_required_topics_count_among_the_wishes() -> None:
    person = Participant(id="P", topics={"work": 3}, topics_required=frozenset({"work", "law"}))

    assert person.wishes == {"law": 1, "work": 3}


def test_arrays_hold_what_mentors_state_and_mark_what_they_do_not() -> None:
    mentors = [Mentor(id="A", topics={"work": 2}, trained_until=date(1, 1, 2)), Mentor(id="B")]

    arrays = mentor_arrays(mentors, vocabulary([], mentors))

    assert arrays.topics.tolist() == [[2], [0]]
    assert arrays.trained_until.tolist() == [2, -1]
    assert arrays.take([1]).trained_until.tolist() == [-1]
