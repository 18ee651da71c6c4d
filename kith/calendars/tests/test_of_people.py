"""The calendar of one match, and the weeks of one mentor."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from kith.activities.tests.factories import ActivityFactory, SignUpFactory
from kith.base import scope
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.mentoring.tests.factories import (
    NOW,
    AttendanceFactory,
    MatchFactory,
    MeetingFactory,
    mentor_of,
    participant_of,
    welcome_group,
)
from kith.people.tests.factories import MentorProfileFactory
from kith.rota.tests.factories import DutyFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def match():
    match = welcome_group(participant__called="Amal", mentor__called="Zofia")
    with scope.entered(match.organisation_id), time_machine.travel(NOW, tick=False):
        yield match


@pytest.fixture
def coordinator(match):
    return MembershipFactory(organisation=match.organisation)


def meeting(match, days, **given):
    return MeetingFactory(match=match, planned=True, planned_at=NOW + days * DAY, **given)


def of_mentor(match, name="mentor"):
    return reverse(f"calendars:{name}", args=[match.mentor_id])


def test_the_part_on_the_page_of_a_match_names_the_next_days(client, match) -> None:
    meeting(match, 2)
    DutyFactory(match=match, at=NOW + 3 * DAY)
    url = reverse("calendars:of_match", args=[match.pk])

    page = sign_in(client, participant_of(match)).get(url).content.decode()

    assert "Wednesday 25 November" in page
    assert "Thursday 26 November" in page
    assert "Zofia" in page


def test_a_coordinator_sees_the_weeks_of_a_mentor_with_everything_in_them(
    client, match, coordinator
) -> None:
    meeting(match, 2)
    pair = MatchFactory(programme=match.programme, mentor=match.mentor, participant__called="Nadia")
    meeting(pair, 9)
    DutyFactory(match=match, at=NOW + 3 * DAY, role="health")
    activity = ActivityFactory(programme=match.programme, title="Café", starts_at=NOW + 4 * DAY)
    SignUpFactory(activity=activity, person=match.mentor)
    AttendanceFactory(mentor=match.mentor, supervision__planned_at=NOW + 10 * DAY)

    page = sign_in(client, coordinator).get(of_mentor(match))

    weeks = page.context["weeks"]
    assert [week.title for week in weeks[:2]] == ["Week of 23 November", "Week of 30 November"]
    assert [line.what for line in weeks[0].lines] == ["Amal", "Amal", "Café"]
    assert [line.what for line in weeks[1].lines] == ["Nadia", "Supervision"]
    assert [line.what for week in weeks[2:] for line in week.lines] == []
    assert "Nothing is planned." in page.content.decode()


def test_what_belongs_to_others_is_not_in_it(client, match, coordinator) -> None:
    row = DutyFactory(match=match, free=True)
    other = MatchFactory(programme=match.programme, participant__called="Nadia")
    meeting(other, 2)
    AttendanceFactory(
        mentor=match.mentor,
        supervision__planned_at=NOW + 2 * DAY,
        supervision__state="called_off",
    )

    weeks = sign_in(client, coordinator).get(of_mentor(match)).context["weeks"]

    assert [line for week in weeks for line in week.lines] == []
    assert row.member is None


def test_a_rest_is_said_on_the_page_and_in_its_weeks(client, match, coordinator) -> None:
    MentorProfileFactory(
        organisation=match.organisation,
        person=match.mentor,
        paused_until=(NOW + 8 * DAY).date(),
    )

    page = sign_in(client, coordinator).get(of_mentor(match))
    link = client.get(of_mentor(match, "of_mentor")).content.decode()

    assert [week.rests for week in page.context["weeks"][:3]] == [True, True, False]
    assert "the rest ends in 8 days, on 1 December" in page.content.decode()
    assert "it ends in 8 days" in link


def test_months_before_and_after_are_one_press_away(client, match, coordinator) -> None:
    meeting(match, 40)

    page = sign_in(client, coordinator).get(of_mentor(match), {"month": "2027-01"})

    weeks = page.context["weeks"]
    assert [line.what for week in weeks for line in week.lines] == ["Amal"]
    assert (weeks[0].title, weeks[-1].title) == ("Week of 28 December", "Week of 25 January")


def test_nobody_but_coordinators_opens_the_calendar_of_a_mentor(client, match) -> None:
    stranger = MembershipFactory()
    supervisor = MembershipFactory(organisation=match.organisation, roles=["supervisor"])

    for who in (mentor_of(match), participant_of(match), supervisor, stranger):
        assert sign_in(client, who).get(of_mentor(match)).status_code == 404


def test_a_participant_has_no_mentors_calendar(client, match, coordinator) -> None:
    url = reverse("calendars:mentor", args=[match.participant_id])

    assert sign_in(client, coordinator).get(url).status_code == 404
