"""Finding a time: weeks laid over each other, on real dates, without what is taken."""

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from kith.base import permit, scope
from kith.gate.tests.factories import sign_in
from kith.mentoring.queries.times import find_times
from kith.mentoring.rules.times import Busy, SharedTime, Who, shared_times
from kith.mentoring.tests.factories import (
    NOW,
    MatchFactory,
    MeetingFactory,
    MemberFactory,
    mentor_of,
    participant_of,
    welcome_group,
)
from kith.people.models import MentorProfile, Person
from kith.people.rules import Side

WARSAW = ZoneInfo("Europe/Warsaw")
SUNDAY = date(2026, 11, 22)
MONDAY = datetime(2026, 11, 23, 17, 30, tzinfo=WARSAW)
WEEK = timedelta(days=7)


def who(side, *slots, **more):
    return Who(uuid4(), side, frozenset(slots), **more)


def times(*people, minutes=60, after=SUNDAY, limit=8):
    return shared_times(people, after=after, minutes=minutes, zone=WARSAW, limit=limit)


def test_a_pair_meets_in_the_parts_of_the_week_that_both_named() -> None:
    olena = who(Side.PARTICIPANT, "mon-eve", "wed-am")
    marta = who(Side.MENTOR, "mon-eve", "thu-pm")

    found = times(olena, marta, limit=3)

    assert found == [SharedTime(MONDAY + WEEK * number, 2) for number in range(3)]


def test_the_day_on_which_one_looks_is_too_soon() -> None:
    both = [who(Side.PARTICIPANT, "mon-eve"), who(Side.MENTOR, "mon-eve")]

    assert times(*both, after=MONDAY.date())[0].at == MONDAY + WEEK


@pytest.mark.parametrize(
    ("begins", "expected"),
    [
        (MONDAY, MONDAY + timedelta(hours=1, minutes=30)),
        (MONDAY - timedelta(hours=1), MONDAY),
        (MONDAY - timedelta(minutes=59), MONDAY + timedelta(minutes=30)),
    ],
    ids=["it covers the usual hour", "it ends when the usual hour begins", "it reaches into it"],
)
def test_a_meeting_of_either_is_gone_round(begins, expected) -> None:
    busy = (Busy(begins, begins + timedelta(hours=1)),)

    found = times(who(Side.PARTICIPANT, "mon-eve"), who(Side.MENTOR, "mon-eve", busy=busy))

    assert found[0].at == expected


def test_a_pause_of_the_mentor_lasts_until_its_last_day() -> None:
    olena = who(Side.PARTICIPANT, "mon-eve")

    till_monday = times(olena, who(Side.MENTOR, "mon-eve", away_until=MONDAY.date()))
    till_sunday = times(olena, who(Side.MENTOR, "mon-eve", away_until=SUNDAY))

    assert (till_monday[0].at, till_sunday[0].at) == (MONDAY + WEEK, MONDAY)


def test_a_long_meeting_ends_within_its_part_of_the_day() -> None:
    both = [who(Side.PARTICIPANT, "mon-eve"), who(Side.MENTOR, "mon-eve")]

    assert times(*both, minutes=210)[0].at == MONDAY
    assert times(*both, minutes=240)[0].at == MONDAY - timedelta(minutes=30)
    assert times(*both, minutes=241) == []


def test_nothing_is_found_where_nothing_is_shared_or_nothing_was_said() -> None:
    olena = who(Side.PARTICIPANT, "mon-eve")

    assert times(olena, who(Side.MENTOR, "tue-eve")) == []
    assert times(olena, who(Side.MENTOR)) == []


def test_a_group_meets_when_most_can_and_never_without_the_family() -> None:
    family = [who(Side.PARTICIPANT, "tue-eve", "wed-eve"), who(Side.PARTICIPANT)]
    group = [
        who(Side.MENTOR, "mon-eve", "wed-eve"),
        who(Side.MENTOR, "mon-eve", "tue-eve", "wed-eve"),
        who(Side.MENTOR, "mon-eve"),
    ]

    found = times(*family, *group, limit=5)

    wednesday = MONDAY + timedelta(days=2)
    assert found[:4] == [SharedTime(wednesday + WEEK * number, 3) for number in range(4)]
    assert found[4] == SharedTime(MONDAY + timedelta(days=1), 2)


def named(match, *slots, **people):
    with scope.entered(match.organisation_id), permit.lifted():
        Person.objects.update(availability=list(slots))
        for name, own in people.items():
            Person.objects.filter(pk=getattr(match, name).pk).update(availability=own)


@pytest.mark.django_db
def test_meetings_of_other_matches_and_pauses_are_looked_up() -> None:
    match = MatchFactory()
    other = MatchFactory(programme=match.programme, mentor=match.mentor)
    named(match, "tue-eve", "thu-eve")
    tuesday = datetime(2026, 11, 24, 17, 30, tzinfo=WARSAW)
    MeetingFactory(match=other, planned=True, planned_at=tuesday - timedelta(minutes=30))
    MeetingFactory(match=other, planned=True, state="cancelled", planned_at=tuesday)

    with scope.entered(match.organisation_id), permit.lifted():
        busy = find_times(match, minutes=60, now=NOW).times[0].at
        MentorProfile.objects.create(person=match.mentor, paused_until=date(2026, 11, 24))
        paused = find_times(match, minutes=60, now=NOW).times[0].at

    assert busy == tuesday + timedelta(minutes=30)
    assert paused == tuesday + timedelta(days=2)


@pytest.mark.django_db
def test_who_has_named_no_time_is_told_of_and_whoever_left_is_not() -> None:
    match = welcome_group()
    MemberFactory(
        match=match, person__called="Gone", until=date(2026, 9, 1), leave_reason="no_time"
    )
    named(match, "tue-eve", mentor=[])

    with scope.entered(match.organisation_id):
        found = find_times(match, minutes=60, now=NOW)

    assert [row.person_id for row in found.unsaid] == [match.mentor_id]
    assert (found.asked, found.times[0].number) == (7, 6)


@pytest.mark.django_db
def test_the_page_leads_from_a_time_to_its_plan_and_shows_nobodys_week(client) -> None:
    match = MatchFactory(participant__called="Olena")
    mentor = sign_in(client, mentor_of(match))
    named(match, "tue-eve", participant=["tue-eve", "sun-am"])

    page = mentor.get(reverse("mentoring:find_time", args=[match.pk]), {"minutes": "90"})
    first = page.context["times"][0]
    plan = mentor.get(first["url"]).context["form"]

    found = datetime.combine(plan.initial["day"], datetime.min.time())
    assert (found.weekday(), plan.initial["time"], plan.initial["minutes"]) == (1, "17:30", 90)
    assert "Sunday" not in page.content.decode()


@pytest.mark.django_db
def test_without_a_shared_time_the_page_says_what_to_do_next(client) -> None:
    match = MatchFactory(participant__called="Olena")
    named(match, "tue-eve", participant=[])
    url = reverse("mentoring:find_time", args=[match.pk])

    page = sign_in(client, mentor_of(match)).get(url).content.decode()
    refused = sign_in(client, participant_of(match)).get(url)

    assert "No shared time in the next four weeks" in page
    assert "Some have not said yet when they can: Olena" in page
    assert "Choose a day" in page
    assert refused.status_code == 404
