"""The dates that a match keeps about its meetings, worked out anew after every change."""

from datetime import datetime, timedelta

from django.db.models import Max, Min, Q

from kith.mentoring.models import Match, Meeting
from kith.mentoring.queries.dates import dates_of
from kith.mentoring.rules.attention import attention_on, care_of
from kith.mentoring.rules.states import MeetingState
from kith.people.commands import touch
from kith.programmes.rules import rules_of


def refresh(match: Match, *, now: datetime) -> None:
    """Bring the dates of a match up to its meetings, save it, and move both people up."""
    held, planned = Q(state=MeetingState.HELD.value), Q(state=MeetingState.PLANNED.value)
    found = Meeting.objects.filter(match=match).aggregate(
        first=Min("held_on", filter=held),
        last=Max("held_on", filter=held),
        next=Min("planned_at", filter=planned),
    )
    rules = rules_of(match.programme)
    match.started_on, match.last_meeting_on = found["first"], found["last"]
    match.next_meeting_at = found["next"]
    match.planned_end_on = None
    if match.started_on is not None:
        match.planned_end_on = match.started_on + timedelta(weeks=rules.length_weeks)
    match.attention_on = attention_on(dates_of([match])[match.pk], care_of(rules))
    note_event(match, now=now)


def note_event(match: Match, *, now: datetime) -> None:
    """Save a match to which something happened, and move both people up in the lists."""
    match.last_event_at = max(now, match.last_event_at)
    match.save()
    touch(match.participant, at=now)
    touch(match.mentor, at=now)
