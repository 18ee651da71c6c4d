"""Meetings that took place, or did not: noted, corrected, who was there."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Denied, Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.interpreters.commands import note_present
from kith.interpreters.models import Booking
from kith.mentoring.commands.dates import refresh
from kith.mentoring.commands.planning import end_plan, require_part, require_running
from kith.mentoring.models import Match, MatchMember, Meeting, MeetingPart
from kith.mentoring.permissions import RECORD_MEETING
from kith.mentoring.rules.notes import MeetingNote
from kith.mentoring.rules.states import (
    LONGEST_MINUTES,
    SHORTEST_MINUTES,
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


class NotYetTime(Refused):
    """Nobody misses a meeting before its time."""

    sentence = _("This meeting is still to come. You can call it off.")


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
    require_running(match)
    if booking is not None:
        _note_interpreter(actor, match, booking, note, today)
    meeting = _planned_on(match, note.held_on) or Meeting(match=match)
    meeting.state = MeetingState.HELD.value
    meeting.noted_by = actor.membership
    _fill(meeting, note, today=today)
    meeting.interpreter_came = meeting.interpreter_came or booking is not None
    meeting.save()
    _note_presence(meeting, note.present)
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
    require_part(match, meeting)
    if actor.membership is None or meeting.noted_by_id != actor.membership.pk:
        raise NotYourNote(seen=True, refused=RECORD_MEETING.name, row=match)
    _fill(meeting, note, today=today)
    meeting.save()
    _note_presence(meeting, note.present)
    refresh(match, now=now)
    return meeting


@command(RECORD_MEETING, on="match")
def miss_meeting(actor: Actor, *, match: Match, meeting: Meeting, now: datetime) -> Meeting:
    """Note that a planned meeting did not happen. Raises MeetingDone, NotYetTime."""
    if meeting.planned_at is not None and meeting.planned_at > now:
        raise NotYetTime()
    return end_plan(match, meeting, MeetingState.MISSED, now=now)


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
    meeting.interpreter_came = note.interpreter_came


def _note_presence(meeting: Meeting, present: Collection[UUID] | None) -> None:
    """Who of the match on that day was there; everybody where nobody was named."""
    day = Q(until__isnull=True) | Q(until__gte=meeting.held_on)
    here = MatchMember.objects.filter(day, match=meeting.match_id, since__lte=meeting.held_on)
    known = {row.member_id: row for row in MeetingPart.objects.filter(meeting=meeting)}
    for member in here:
        part = known.get(member.pk) or MeetingPart(meeting=meeting, member=member)
        part.came = present is None or member.pk in present
        part.save()


def _planned_on(match: Match, day: date) -> Meeting | None:
    rows = Meeting.objects.filter(match=match, state=MeetingState.PLANNED.value)
    rows = rows.annotate(day=TruncDate("planned_at")).filter(day=day).order_by("planned_at")
    found: Meeting | None = rows.first()
    return found
