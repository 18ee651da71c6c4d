"""The dates that a match keeps about its meetings, worked out anew after every change."""

from datetime import datetime, timedelta

from django.db.models import Max, Min, Q
from django.db.models.functions import Coalesce, TruncDate

from kith.mentoring.models import Match, Meeting
from kith.mentoring.rules.attention import Care, Dates, attention_on, called_off_in_a_row, care_of
from kith.mentoring.rules.states import MatchState, MeetingState
from kith.people.commands import touch
from kith.programmes.rules import ProgrammeTemplate, rules_of

LOOK_BACK = 10
"""So many of the newest meetings are read to see whether several in a row fell through."""


def template_of(match: Match) -> ProgrammeTemplate:
    """How the programme of this match is meant to run."""
    return rules_of(match.programme)


def refresh(match: Match, *, now: datetime) -> None:
    """Bring the dates of a match up to its meetings, save it, and move both people up."""
    found = Meeting.objects.filter(match=match).aggregate(
        first=Min("held_on", filter=Q(state=MeetingState.HELD.value)),
        last=Max("held_on", filter=Q(state=MeetingState.HELD.value)),
        next=Min("planned_at", filter=Q(state=MeetingState.PLANNED.value)),
    )
    template = template_of(match)
    match.started_on, match.last_meeting_on = found["first"], found["last"]
    match.next_meeting_at = found["next"]
    match.planned_end_on = None
    if match.started_on is not None:
        match.planned_end_on = match.started_on + timedelta(weeks=template.length_weeks)
    match.attention_on = attention_on(dates_of(match), care_of(template))
    note_event(match, now=now)


def note_event(match: Match, *, now: datetime) -> None:
    """Save a match to which something happened, and move both people up in the lists."""
    match.last_event_at = max(now, match.last_event_at)
    match.save()
    touch(match.participant, at=now)
    touch(match.mentor, at=now)


def dates_of(match: Match) -> Dates:
    """What the rules of attention look at."""
    rows = Meeting.objects.filter(match=match).exclude(state=MeetingState.PLANNED.value)
    newest = (
        rows.annotate(day=Coalesce("held_on", TruncDate("planned_at")))
        .order_by("-day", "-id")
        .values_list("state", "day")[:LOOK_BACK]
    )
    states = [state for state, _ in newest]
    number = called_off_in_a_row(states)
    return Dates(
        state=MatchState(match.state),
        agreed_on=match.agreed_on,
        started_on=match.started_on,
        last_meeting_on=match.last_meeting_on,
        planned_end_on=match.planned_end_on,
        called_off=number,
        called_off_on=newest[0][1] if number else None,
    )


__all__ = ["Care", "dates_of", "note_event", "refresh", "template_of"]
