"""The life of a match as one picture: what is drawn, for whom, in which direction."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.matching.tests.factories import staff
from kith.mentoring.tests.factories import (
    NOW,
    TODAY,
    CheckFactory,
    MatchFactory,
    MeetingFactory,
    PauseFactory,
    TalkFactory,
    mentor_of,
    participant_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def match():
    row = MatchFactory(participant__called="Olena", mentor__called="Marta")
    MeetingFactory(match=row, held_on=date(2026, 8, 24))
    MeetingFactory(match=row)
    MeetingFactory(match=row, planned=True, state="missed", planned_at=NOW - timedelta(days=30))
    MeetingFactory(match=row, planned=True)
    TalkFactory(match=row)
    CheckFactory(match=row)
    PauseFactory(match=row, from_on=date(2026, 10, 1), ended_on=date(2026, 10, 12))
    return row


@pytest.fixture
def on_the_day():
    with time_machine.travel(NOW, tick=False):
        yield


def page_of(client, match, who):
    return sign_in(client, who).get(reverse("mentoring:picture", args=[match.pk]))


def test_the_coordinator_sees_everything_and_the_table_too(client, match, on_the_day) -> None:
    page = page_of(client, match, staff(match.programme))

    picture, said = page.context["picture"], page.content.decode()
    assert picture.title == "2 meetings in 14 weeks"
    assert [what for _day, what in picture.rows] == [
        "Met",
        "Pause",
        "Did not take place",
        "Met",
        "Talk with the participant",
        "Six statements answered",
        "Planned",
    ]
    assert said.count('<svg class="chart-') == 2
    assert "Meetings: 2 held (hollow: off or planned)" in said
    assert "Talks with the mentor" not in said


@pytest.mark.parametrize("whose", [mentor_of, participant_of])
def test_the_two_see_meetings_and_no_talks_or_answers(client, match, on_the_day, whose) -> None:
    picture = page_of(client, match, whose(match)).context["picture"]

    assert {what for _day, what in picture.rows} == {
        "Met",
        "Pause",
        "Did not take place",
        "Planned",
    }


def test_a_supervisor_sees_dates_and_no_participants_name(client, match, on_the_day) -> None:
    barbara = MembershipFactory(organisation=match.organisation, roles=["supervisor"])

    page = page_of(client, match, barbara)

    assert page.status_code == 200
    assert "Olena" not in page.content.decode()


def test_no_name_is_inside_the_drawing(client, match, on_the_day) -> None:
    picture = page_of(client, match, staff(match.programme)).context["picture"]

    words = " ".join(str(part) for part in picture.wide.parts)
    assert "Olena" not in words
    assert "Marta" not in words


def test_before_the_first_meeting_there_is_no_picture(client, on_the_day) -> None:
    match = MatchFactory(starting=True)

    page = page_of(client, match, staff(match.programme))

    assert page.context["picture"] is None
    assert "The first meeting is still to come" in page.content.decode()


def test_strangers_find_nothing(client, match) -> None:
    assert page_of(client, match, MembershipFactory()).status_code == 404


def test_an_ended_match_shows_its_end_and_not_today(client, on_the_day) -> None:
    match = MatchFactory(closed=True)
    MeetingFactory(match=match)

    picture = page_of(client, match, staff(match.programme)).context["picture"]

    words = [getattr(part, "text", "") for part in picture.wide.parts]
    assert "End, 23 November" in words
    assert "Today" not in words
    assert match.closed_on == TODAY
