"""Invitations by mail: planned, moved, called off; whom none reaches, and when."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kith.base import permit, scope
from kith.base.mail import Outcome
from kith.calendars import commands, jobs
from kith.calendars.models import CalendarWish, Invitation
from kith.calendars.permissions import SEND_JOB
from kith.calendars.rules.states import InvitationState
from kith.calendars.tests import reading
from kith.gate.actor import job_actor
from kith.gate.tests.factories import actor_of
from kith.mentoring import commands as mentoring
from kith.mentoring.models import Meeting
from kith.mentoring.rules.notes import MeetingPlan
from kith.mentoring.tests.factories import MatchFactory, mentor_of, participant_of
from kith.people.models import Person

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=WARSAW)
DAY = timedelta(days=1)


@pytest.fixture
def told(settings, mailoutbox):
    """A match of two people with sign-ins, its acts, and the mails that reach them."""
    settings.KITH_MAIL_URL = "smtp://mail.example.org"
    match = MatchFactory(participant__called="Olena", mentor__called="Marta")
    marta, olena = mentor_of(match), participant_of(match)
    match.marta, match.olena, match.mails = marta, olena, mailoutbox
    with scope.entered(match.organisation_id):
        yield match


def plan(match, at, now=NOW, place="Library"):
    return mentoring.plan_meeting(
        actor_of(match.marta), match=match, plan=MeetingPlan(at=at, place=place), now=now
    )


def move(match, meeting, at, now=NOW):
    row = Meeting.objects.get(pk=meeting.pk)
    mentoring.move_meeting(
        actor_of(match.marta), match=match, meeting=row, plan=MeetingPlan(at=at), now=now
    )


def call_off(match, meeting, now=NOW):
    row = Meeting.objects.get(pk=meeting.pk)
    mentoring.cancel_meeting(actor_of(match.marta), match=match, meeting=row, now=now)


def send(match, now=NOW):
    """What goes out now: the mails by address."""
    before = len(match.mails)
    with time_machine.travel(now, tick=False):
        jobs.send(job_actor(SEND_JOB, match.organisation))
    return {mail.to[0]: mail for mail in match.mails[before:]}


def event_in(mail):
    [(text, kind)] = mail.alternatives
    return kind, reading.opened(text)


def states(match):
    return {row.member_id: row.state for row in Invitation.objects.all()}


def test_everybody_is_invited_and_a_subject_names_nobody(told) -> None:
    plan(told, NOW + 2 * DAY)

    mails = send(told)

    assert set(mails) == {str(told.marta.email), str(told.olena.email)}
    for to, mail in mails.items():
        kind, calendar = event_in(mail)
        assert kind == "text/calendar; method=REQUEST"
        assert calendar.vevent.attendee.value == f"mailto:{to}"
        assert calendar.vevent.location.value == "Library"
        whole = mail.message().as_string()
        assert mail.subject == "A meeting for your calendar"
        assert "Olena" not in whole
        assert "Marta" not in whole


def test_a_move_and_a_call_off_follow_with_the_same_name_and_a_higher_sequence(told) -> None:
    meeting = plan(told, NOW + 2 * DAY)
    first = event_in(send(told)[str(told.olena.email)])[1].vevent
    move(told, meeting, NOW + 3 * DAY)
    moved = event_in(send(told)[str(told.olena.email)])
    call_off(told, meeting)
    off = event_in(send(told)[str(told.olena.email)])

    assert moved[1].vevent.uid.value == off[1].vevent.uid.value == first.uid.value
    assert [one.sequence.value for one in (first, moved[1].vevent, off[1].vevent)] == [
        "0",
        "1",
        "2",
    ]
    assert moved[1].vevent.dtstart.value == NOW + 3 * DAY
    assert off[0] == "text/calendar; method=CANCEL"
    assert send(told) == {}


def test_changes_before_the_first_mail_become_one_and_a_call_off_none(told) -> None:
    meeting = plan(told, NOW + 2 * DAY)
    move(told, meeting, NOW + 3 * DAY)
    [one] = [event_in(mail)[1] for to, mail in send(told).items() if to == str(told.olena.email)]
    other = plan(told, NOW + 4 * DAY)
    call_off(told, other)

    assert one.vevent.sequence.value == "1"
    assert send(told) == {}


def test_at_night_only_what_concerns_today_goes(told) -> None:
    night = NOW.replace(hour=5)
    today, later = plan(told, NOW.replace(hour=17)), plan(told, NOW + 2 * DAY)
    send(told, now=NOW - 12 * timedelta(hours=1))
    with permit.lifted():
        Invitation.objects.update(send_at=night - DAY)
    send(told, now=night)

    call_off(told, today, now=night)
    call_off(told, later, now=night)
    at_night, in_the_morning = send(told, now=night), send(told, now=NOW.replace(hour=8))

    assert {event_in(mail)[1].vevent.uid.value[:36] for mail in at_night.values()} == {
        str(today.pk)
    }
    assert {event_in(mail)[1].vevent.uid.value[:36] for mail in in_the_morning.values()} == {
        str(later.pk)
    }


def test_nobody_is_written_to_who_does_not_wish_it_or_for_whom_it_is_not_safe(told) -> None:
    with permit.lifted():
        CalendarWish.objects.create(member=told.marta, by_mail=False)
        Person.objects.filter(pk=told.participant_id).update(safe_to_write=False)
    plan(told, NOW + 2 * DAY)

    assert send(told) == {}
    assert set(states(told).values()) == {InvitationState.HELD.value}


def test_without_a_mail_server_nothing_waits_for_ever(told, settings) -> None:
    settings.KITH_MAIL_URL = ""
    plan(told, NOW + 2 * DAY)

    send(told)

    assert set(states(told).values()) == {InvitationState.HELD.value}


def test_a_mail_that_nobody_took_is_tried_again_and_then_given_up(told) -> None:
    plan(told, NOW + 2 * DAY)
    actor, now, tried = job_actor(SEND_JOB, told.organisation), NOW, []

    for _ in range(4):
        row = commands.take_invitation(actor, now=now)
        done = commands.note_outcome(actor, invitation=row, outcome=Outcome.LATER, now=now)
        tried.append((done.state, done.send_at - now))
        with permit.lifted():
            Invitation.objects.exclude(pk=row.pk).delete()
        now = done.send_at

    assert tried == [
        ("later", timedelta(minutes=15)),
        ("later", timedelta(hours=2)),
        ("later", timedelta(hours=8)),
        ("failed", timedelta(0)),
    ]
    assert commands.take_invitation(actor, now=now + DAY) is None


def test_what_changed_while_a_mail_was_on_its_way_goes_out_after_it(told) -> None:
    meeting = plan(told, NOW + 2 * DAY)
    actor = job_actor(SEND_JOB, told.organisation)
    row = commands.take_invitation(actor, now=NOW)
    move(told, meeting, NOW + 3 * DAY)

    done = commands.note_outcome(actor, invitation=row, outcome=Outcome.SENT, now=NOW)

    assert (done.state, done.sequence, done.told_sequence) == ("waiting", 1, 0)


def test_a_mail_that_was_being_sent_when_a_worker_fell_over_is_not_sent_twice(told) -> None:
    plan(told, NOW + 2 * DAY)
    actor = job_actor(SEND_JOB, told.organisation)
    row = commands.take_invitation(actor, now=NOW)

    assert commands.give_up_unsure(actor, now=NOW + timedelta(minutes=59)) == 0
    assert commands.give_up_unsure(actor, now=NOW + timedelta(minutes=61)) == 1
    assert states(told)[row.member_id] == "failed"
