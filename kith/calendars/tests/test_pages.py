"""Calendar pages, and the file behind a secret address."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.activities.tests.factories import ActivityFactory
from kith.base import clock, permit, scope
from kith.calendars import commands
from kith.calendars.models import CalendarWish
from kith.calendars.queries import programme as of_programme
from kith.calendars.queries.own import Month
from kith.calendars.tests import reading
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.matching.tests.factories import staff
from kith.mentoring.models import Meeting
from kith.mentoring.tests.factories import MatchFactory, MeetingFactory, mentor_of, participant_of

pytestmark = pytest.mark.django_db
MINE = reverse("calendars:mine")


@pytest.fixture
def match():
    return MatchFactory(participant__called="Olena", mentor__called="Marta")


def soon(match, days=2, **given):
    """A meeting in some days, and the address of its month."""
    at = clock.now() + timedelta(days=days)
    return MeetingFactory(match=match, planned=True, planned_at=at, **given)


def month_of(meeting):
    return {"month": f"{meeting.planned_at:%Y-%m}"}


def test_a_mentor_sees_own_meetings_by_day_and_no_others(client, match) -> None:
    meeting = soon(match, place="Library")
    soon(MatchFactory(programme=match.programme, participant__called="Amal"))

    page = sign_in(client, mentor_of(match)).get(MINE, month_of(meeting)).content.decode()

    assert "Olena" in page
    assert "Library" in page
    assert "Amal" not in page


def test_a_participant_sees_with_whom_and_where(client, match) -> None:
    meeting = soon(match, place="Library")

    page = sign_in(client, participant_of(match)).get(MINE, month_of(meeting)).content.decode()

    assert "Marta" in page
    assert "Library" in page


def test_own_pages_need_the_same_queries_for_one_and_three_meetings(client, match) -> None:
    meeting = soon(match)
    mentor = sign_in(client, mentor_of(match))
    mentor.get(MINE, month_of(meeting))
    with CaptureQueriesContext(connection) as one:
        mentor.get(MINE, month_of(meeting))
    for number in range(2):
        MeetingFactory(
            match=match, planned=True, planned_at=meeting.planned_at + timedelta(minutes=number)
        )

    with CaptureQueriesContext(connection) as three:
        mentor.get(MINE, month_of(meeting))

    assert len(one) == len(three)


def test_without_a_month_the_next_weeks_are_shown_from_today_on(client, match) -> None:
    near, old = soon(match, days=34, place="Near"), soon(match, days=-1, place="Old")
    soon(match, days=36, place="Far")

    page = sign_in(client, mentor_of(match)).get(MINE).content.decode()

    assert "Near" in page
    assert "Old" not in page
    assert "Far" not in page
    assert near.pk != old.pk


# ── The secret address ───────────────────────────────────────────────────────────────────────────


def address(client):
    client.post(reverse("calendars:renew"))
    whole = client.get(MINE).context["address"]
    return whole[whole.index("/calendars/") :]


def events(url):
    answer = Client().get(url)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = reading.opened(answer.content.decode())
    return {one.uid.value[:36]: one for one in calendar.contents.get("vevent", [])}


def test_the_file_says_when_and_where_and_never_with_whom(client, match) -> None:
    meeting = soon(match, place="Library", minutes=90)
    soon(MatchFactory(programme=match.programme, mentor__called="Other"))

    url = address(sign_in(client, mentor_of(match)))
    found = events(url)

    assert set(found) == {str(meeting.pk)}
    event = found[str(meeting.pk)]
    assert event.location.value == "Library"
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=90)
    assert "Olena" not in Client().get(url).content.decode()


def test_the_file_follows_when_a_meeting_moves_and_is_called_off(client, match) -> None:
    meeting, mentor = soon(match), mentor_of(match)
    url = address(sign_in(client, mentor))
    before = events(url)[str(meeting.pk)]
    with scope.entered(match.organisation_id), permit.lifted():
        Meeting.objects.update(planned_at=meeting.planned_at + timedelta(days=1), sequence=1)
    moved = events(url)[str(meeting.pk)]
    with scope.entered(match.organisation_id), permit.lifted():
        Meeting.objects.update(state="cancelled", sequence=2)
    off = events(url)[str(meeting.pk)]

    assert moved.dtstart.value - before.dtstart.value == timedelta(days=1)
    assert [one.sequence.value for one in (before, moved, off)] == ["0", "1", "2"]
    assert [one.status.value for one in (before, moved, off)] == [
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
    ]


def test_the_file_is_bounded_in_time(client, match) -> None:
    near, _old, _far = soon(match), soon(match, days=-61), soon(match, days=366)

    assert set(events(address(sign_in(client, mentor_of(match))))) == {str(near.pk)}


def test_a_renewed_or_closed_address_shows_nothing(client, match) -> None:
    soon(match)
    mentor = sign_in(client, mentor_of(match))
    old = address(mentor)
    new = address(mentor)

    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    mentor.post(reverse("calendars:close"))
    assert Client().get(new).status_code == 404
    assert Client().get(new.replace(".ics", "x.ics")).status_code == 404


def test_whoever_lost_access_has_no_file_any_more(client, match) -> None:
    mentor = mentor_of(match)
    url = address(sign_in(client, mentor))
    with scope.entered(match.organisation_id), permit.lifted():
        type(mentor).objects.filter(pk=mentor.pk).update(active=False)

    assert Client().get(url).status_code == 404


def test_what_was_kept_goes_with_the_person(match) -> None:
    mentor = mentor_of(match)
    commands.renew_address(actor_of(mentor), member=mentor)

    with scope.entered(match.organisation_id), permit.lifted():
        commands.forget_person(match.mentor_id)
        left = CalendarWish.objects.count()

    assert left == 0


def test_invitations_by_mail_are_turned_off_and_on(client, match) -> None:
    mentor = sign_in(client, mentor_of(match))

    mentor.post(reverse("calendars:by_mail"), {"wants": "no"})
    off = mentor.get(MINE).context["wish"].by_mail
    mentor.post(reverse("calendars:by_mail"), {"wants": "yes"})

    assert (off, mentor.get(MINE).context["wish"].by_mail) == (False, True)


# ── A programme ──────────────────────────────────────────────────────────────────────────────────


def test_a_coordinator_sees_meetings_and_activities_of_a_programme(client, match) -> None:
    meeting = soon(match)
    ActivityFactory(programme=match.programme, title="Language café", starts_at=meeting.planned_at)
    other = MatchFactory(participant__called="Amal")
    soon(other)
    url = reverse("calendars:programme", args=[match.programme_id])

    page = sign_in(client, staff(match.programme)).get(url, month_of(meeting)).content.decode()

    assert "Olena and Marta" in page
    assert "Language café" in page
    assert "Amal" not in page


def test_the_calendar_of_a_programme_is_read_page_by_page(match, monkeypatch) -> None:
    monkeypatch.setattr(of_programme, "ON_A_PAGE", 2)
    first = soon(match)
    for number in range(1, 4):
        at = first.planned_at + timedelta(minutes=number // 2)
        MeetingFactory(match=match, planned=True, planned_at=at)
    month = Month(first.planned_at.date().replace(day=1))

    with scope.entered(match.organisation_id):
        one = of_programme.page(match.programme, month, after=None)
        two = of_programme.page(match.programme, month, after=one.next)

    assert len({day.key for day in [*one.days, *two.days]}) == 4
    assert two.next is None


def test_nobody_else_opens_the_calendar_of_a_programme(client, match) -> None:
    url = reverse("calendars:programme", args=[match.programme_id])
    stranger = staff(MatchFactory().programme)
    supervisor = MembershipFactory(organisation=match.organisation, roles=["supervisor"])

    assert sign_in(client, mentor_of(match)).get(url).status_code == 404
    assert sign_in(client, supervisor).get(url).status_code == 404
    assert sign_in(client, stranger).get(url).status_code == 404
