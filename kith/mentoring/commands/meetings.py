"""Meetings: planned, held, missed, called off, corrected."""

from datetime import date, datetime, timedelta

from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Denied, Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.interpreters.commands import note_present
from kith.interpreters.models import Booking
from kith.mentoring.commands.dates import refresh
from kith.mentoring.models import Match, Meeting
from kith.mentoring.permissions import RECORD_MEETING
from kith.mentoring.rules.notes import MeetingNote
from kith.mentoring.rules.states import (
    FARTHEST_PLAN_DAYS,
    LONGEST_MINUTES,
    NEXT_MEETING,
    SHORTEST_MINUTES,
    WATCHED,
    MeetingState,
)
from kith.mentoring.rules.texts import Way, topic_areas


class MeetingInFuture(Refused):
    """What has not happened is planned, not noted."""

    sentence = _("The day lies ahead. Note the meeting after it, or plan it now.")


class MeetingBeforeYes(Refused):
    """Before both said yes the two did not know each other's names."""

    sentence = _("That day is before both said yes to this match.")


class MinutesOutOfRange(Refused):
    """A meeting lasts from one minute to ten hours."""

    sentence = _("The length is from 1 to 600 minutes.")


class MatchNotRunning(Refused):
    """A paused or closed match has no new meetings."""

    sentence = _("This match is paused or closed. Your coordinator can resume it.")


class MeetingDone(Refused):
    """The meeting is not planned any more."""

    sentence = _("This meeting was noted already.")


class NotYetTime(Refused):
    """Nobody misses a meeting before its time."""

    sentence = _("This meeting is still to come. You can call it off.")


class PlanTooFar(Refused):
    """A plan lies ahead, at most a year."""

    sentence = _("Choose a time from now on, at most a year ahead.")


class InterpreterOnAnotherDay(Refused):
    """Who interpreted was booked for the person and the day of the meeting."""

    sentence = _("This interpreter was booked for another day. Check the day of the meeting.")


class NotYourNote(Denied):
    """Notes are corrected by whoever wrote them."""

    sentence = _("Only the person who noted this meeting can correct it.")


@command(RECORD_MEETING, on="match")
def record_meeting(
    actor: Actor,
    *,
    match: Match,
    note: MeetingNote,
    today: date,
    now: datetime,
    booking: Booking | None = None,
) -> Meeting:
    """Note a meeting that took place; a meeting planned for that day becomes the one held.

    booking  the interpreter who was present
    Raises MeetingInFuture, MeetingBeforeYes, MinutesOutOfRange, MatchNotRunning,
    InterpreterOnAnotherDay.
    """
    _require_running(match)
    if booking is not None:
        _note_interpreter(actor, match, booking, note, today)
    meeting = _planned_on(match, note.held_on) or Meeting(match=match)
    meeting.state = MeetingState.HELD.value
    meeting.noted_by = actor.membership
    _fill(meeting, note, today=today)
    meeting.save()
    refresh(match, now=now)
    return meeting


def _note_interpreter(
    actor: Actor, match: Match, booking: Booking, note: MeetingNote, today: date
) -> None:
    booked_on = timezone.localdate(booking.starts_at)
    if booking.person_id != match.participant_id or booked_on != note.held_on:
        raise InterpreterOnAnotherDay()
    note_present(actor, booking=booking, minutes=note.minutes, today=today)


@command(RECORD_MEETING, on="match")
def correct_meeting(
    actor: Actor,
    *,
    match: Match,
    meeting: Meeting,
    note: MeetingNote,
    today: date,
    now: datetime,
) -> Meeting:
    """Correct one's own note of a meeting. Raises NotYourNote and what record_meeting raises."""
    _require_part(match, meeting)
    if actor.membership is None or meeting.noted_by_id != actor.membership.pk:
        raise NotYourNote(seen=True, refused=RECORD_MEETING.name, row=match)
    _fill(meeting, note, today=today)
    meeting.save()
    refresh(match, now=now)
    return meeting


@command(RECORD_MEETING, on="match")
def plan_meeting(
    actor: Actor, *, match: Match, planned_at: datetime, way: str, now: datetime
) -> Meeting:
    """Plan the next meeting. Raises PlanTooFar, MatchNotRunning."""
    _require_running(match)
    if not now <= planned_at <= now + timedelta(days=FARTHEST_PLAN_DAYS):
        raise PlanTooFar()
    meeting: Meeting = Meeting.objects.create(
        match=match,
        state=MeetingState.PLANNED.value,
        planned_at=planned_at,
        way=Way(way).value,
        noted_by=actor.membership,
    )
    refresh(match, now=now)
    return meeting


@command(RECORD_MEETING, on="match")
def miss_meeting(actor: Actor, *, match: Match, meeting: Meeting, now: datetime) -> Meeting:
    """Note that a planned meeting did not happen. Raises MeetingDone, NotYetTime."""
    if meeting.planned_at is not None and meeting.planned_at > now:
        raise NotYetTime()
    return _end_plan(match, meeting, MeetingState.MISSED, now=now)


@command(RECORD_MEETING, on="match")
def cancel_meeting(actor: Actor, *, match: Match, meeting: Meeting, now: datetime) -> Meeting:
    """Call a planned meeting off. Raises MeetingDone."""
    return _end_plan(match, meeting, MeetingState.CANCELLED, now=now)


def _end_plan(match: Match, meeting: Meeting, state: MeetingState, *, now: datetime) -> Meeting:
    _require_part(match, meeting)
    if state not in NEXT_MEETING[MeetingState(meeting.state)]:
        raise MeetingDone()
    meeting.state = state.value
    meeting.save()
    refresh(match, now=now)
    return meeting


def _fill(meeting: Meeting, note: MeetingNote, *, today: date) -> None:
    if note.held_on > today:
        raise MeetingInFuture()
    if note.held_on < meeting.match.agreed_on:
        raise MeetingBeforeYes()
    if not SHORTEST_MINUTES <= note.minutes <= LONGEST_MINUTES:
        raise MinutesOutOfRange()
    meeting.held_on, meeting.minutes, meeting.way = note.held_on, note.minutes, Way(note.way).value
    meeting.topics = [area.key for area in topic_areas() if area.key in note.topics]
    meeting.next_step = note.next_step.strip()


def _planned_on(match: Match, day: date) -> Meeting | None:
    rows = Meeting.objects.filter(match=match, state=MeetingState.PLANNED.value)
    rows = rows.annotate(day=TruncDate("planned_at")).filter(day=day).order_by("planned_at")
    found: Meeting | None = rows.first()
    return found


def _require_running(match: Match) -> None:
    if match.state not in WATCHED:
        raise MatchNotRunning()


def _require_part(match: Match, meeting: Meeting) -> None:
    if meeting.match_id != match.pk:
        raise MeetingDone()
