"""Meetings to come: planned, moved, called off, and what people say to them."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.base.events import announce
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.interpreters.commands import Time, want, withdraw
from kith.interpreters.rules import Way as Interpreting
from kith.mentoring.commands.dates import refresh
from kith.mentoring.events import MeetingAnswered, MeetingChanged
from kith.mentoring.models import Match, Meeting, MeetingPart
from kith.mentoring.permissions import ANSWER_MEETING, RECORD_MEETING
from kith.mentoring.queries.members import own_rows
from kith.mentoring.rules.notes import MeetingPlan
from kith.mentoring.rules.states import (
    FARTHEST_PLAN_DAYS,
    LONGEST_MINUTES,
    NEXT_MEETING,
    SHORTEST_MINUTES,
    WATCHED,
    Coming,
    MeetingState,
)
from kith.mentoring.rules.texts import Way

INTERPRETED = {
    Way.IN_PERSON: Interpreting.IN_PERSON,
    Way.PHONE: Interpreting.PHONE,
    Way.VIDEO: Interpreting.VIDEO,
}


class MatchNotRunning(Refused):
    """A paused or closed match has no new meetings."""

    sentence = _("This match is paused or closed. Your coordinator can resume it.")


class MeetingDone(Refused):
    """The meeting is not planned any more."""

    sentence = _("This meeting was noted already.")


class PlanTooFar(Refused):
    """A plan lies ahead, at most a year."""

    sentence = _("Choose a time from now on, at most a year ahead.")


class PlannedMinutesOutOfRange(Refused):
    """A meeting lasts from one minute to ten hours."""

    sentence = _("The length is from 1 to 600 minutes.")


class MeetingBegan(Refused):
    """Nobody answers after it began."""

    sentence = _("This meeting has begun or is over.")


@command(RECORD_MEETING, on="match")
def plan_meeting(actor: Actor, *, match: Match, plan: MeetingPlan, now: datetime) -> Meeting:
    """Plan the next meeting. Raises PlanTooFar, PlannedMinutesOutOfRange, MatchNotRunning."""
    require_running(match)
    meeting = Meeting(match=match, state=MeetingState.PLANNED.value, noted_by=actor.membership)
    _keep(meeting, plan, now=now)
    refresh(match, now=now)
    _tell(actor, meeting, now=now)
    return meeting


@command(RECORD_MEETING, on="match")
def move_meeting(
    actor: Actor, *, match: Match, meeting: Meeting, plan: MeetingPlan, now: datetime
) -> Meeting:
    """Change a planned meeting; with another time, what people said to it counts no more.

    Raises MeetingDone and what plan_meeting raises.
    """
    require_running(match)
    require_part(match, meeting)
    if meeting.state != MeetingState.PLANNED:
        raise MeetingDone()
    if meeting.planned_at != plan.at:
        MeetingPart.objects.filter(meeting=meeting).update(answer="")
    meeting.sequence += 1
    _keep(meeting, plan, now=now)
    refresh(match, now=now)
    _tell(actor, meeting, now=now)
    return meeting


@command(RECORD_MEETING, on="match")
def cancel_meeting(actor: Actor, *, match: Match, meeting: Meeting, now: datetime) -> Meeting:
    """Call a planned meeting off. Raises MeetingDone."""
    meeting.sequence += 1
    ended = end_plan(match, meeting, MeetingState.CANCELLED, now=now)
    withdraw(meeting.pk)
    _tell(actor, meeting, now=now)
    return ended


@command(ANSWER_MEETING, on="match")
def answer_meeting(
    actor: Actor, *, match: Match, meeting: Meeting, coming: Coming, now: datetime
) -> MeetingPart:
    """Say for oneself whether one comes. Raises MeetingDone, MeetingBegan."""
    require_part(match, meeting)
    if meeting.state != MeetingState.PLANNED:
        raise MeetingDone()
    if meeting.planned_at is not None and meeting.planned_at <= now:
        raise MeetingBegan()
    member = own_rows(actor, [match])[match.pk]
    part: MeetingPart = MeetingPart.objects.filter(
        meeting=meeting, member=member
    ).first() or MeetingPart(meeting=meeting, member=member)
    part.answer = coming.value
    part.save()
    announce(
        MeetingAnswered(
            meeting_id=meeting.pk, match_id=match.pk, person_id=member.person_id, at=now
        )
    )
    return part


def _tell(actor: Actor, meeting: Meeting, *, now: datetime) -> None:
    announce(
        MeetingChanged(
            meeting_id=meeting.pk, match_id=meeting.match_id, user_id=actor.user_id, at=now
        )
    )


def end_plan(match: Match, meeting: Meeting, state: MeetingState, *, now: datetime) -> Meeting:
    """A planned meeting comes to another state. Runs inside a command. Raises MeetingDone."""
    require_part(match, meeting)
    if state not in NEXT_MEETING[MeetingState(meeting.state)]:
        raise MeetingDone()
    meeting.state = state.value
    meeting.save()
    refresh(match, now=now)
    return meeting


def require_running(match: Match) -> None:
    """Raises MatchNotRunning."""
    if match.state not in WATCHED:
        raise MatchNotRunning()


def require_part(match: Match, meeting: Meeting) -> None:
    """Raises MeetingDone when the meeting is of another match."""
    if meeting.match_id != match.pk:
        raise MeetingDone()


def _keep(meeting: Meeting, plan: MeetingPlan, *, now: datetime) -> None:
    if not now <= plan.at <= now + timedelta(days=FARTHEST_PLAN_DAYS):
        raise PlanTooFar()
    if not SHORTEST_MINUTES <= plan.minutes <= LONGEST_MINUTES:
        raise PlannedMinutesOutOfRange()
    meeting.planned_at, meeting.minutes = plan.at, plan.minutes
    meeting.way, meeting.place = Way(plan.way).value, plan.place.strip()
    meeting.interpreter_wanted = plan.interpreter_wanted
    meeting.save()
    _want_interpreter(meeting, plan, now=now)


def _want_interpreter(meeting: Meeting, plan: MeetingPlan, *, now: datetime) -> None:
    """The request for an interpreter follows the meeting; in writing nobody interprets."""
    way = INTERPRETED.get(Way(plan.way))
    if not plan.interpreter_wanted or way is None:
        withdraw(meeting.pk)
        return
    time = Time(starts_at=plan.at, minutes=plan.minutes, way=way, place=plan.place)
    want(meeting.match.participant_id, matter=meeting.pk, time=time, today=timezone.localdate(now))
