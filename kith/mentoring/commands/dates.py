"""The dates that a match keeps about its meetings, worked out anew after every change."""

from collections import defaultdict
from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, Min, Q
from django.utils import timezone

from kith.mentoring.models import Match, MatchMember, Meeting
from kith.mentoring.queries.agreement import terms_of
from kith.mentoring.queries.dates import dates_of
from kith.mentoring.rules.attention import Care, care_of
from kith.mentoring.rules.rising import Ahead, ahead
from kith.mentoring.rules.states import RUNNING, MeetingState
from kith.people.commands import touch
from kith.programmes.models import Programme
from kith.programmes.rules import Unit, rules_of

AT_ONCE = 2_000


def refresh(match: Match, *, now: datetime) -> None:
    """Bring the dates of a match up to its meetings, save it, and move both people up."""
    held, planned = Q(state=MeetingState.HELD.value), Q(state=MeetingState.PLANNED.value)
    found = Meeting.objects.filter(match=match).aggregate(
        first=Min("held_on", filter=held),
        last=Max("held_on", filter=held),
        next=Min("planned_at", filter=planned),
    )
    rules = rules_of(match.programme)
    match.planned_end_on = _end(match, found["first"])
    match.started_on, match.last_meeting_on = found["first"], found["last"]
    match.next_meeting_at = found["next"]
    # A match from before talks were noted is asked about from its next event on.
    match.talks_from = match.talks_from or timezone.localdate(now)
    look_ahead(match, care_of(rules, match.unit), today=timezone.localdate(now))
    note_event(match, now=now)


def look_ahead(match: Match, care: Care, *, today: date) -> None:
    """The days on which the match will ask for something; whoever calls this saves it."""
    days = ahead(dates_of([match])[match.pk], care, today=today)
    match.attention_on, match.call_on = days.attention_on, days.call_on
    match.remind_on = days.remind_on


def _end(match: Match, first: date | None) -> date | None:
    """The length with which a match began stays its own, also when the programme changes."""
    if first is None:
        return None
    if match.started_on is not None and match.planned_end_on is not None:
        return first + (match.planned_end_on - match.started_on)
    return first + timedelta(weeks=terms_of(match).rules.length_weeks)


def look_again(programme_id: UUID, *, today: date) -> None:
    """The rules of a programme changed: the days on which its matches will ask for attention.

    What the two agreed, their planned end and the last news stay as they are. Runs inside the act
    of the room below that changes the programme.
    """
    rules = rules_of(Programme.objects.get(pk=programme_id))
    cares = {unit.value: care_of(rules, unit.value) for unit in Unit}
    rows = Match.objects.filter(
        programme=programme_id, state__in=[state.value for state in RUNNING]
    ).order_by("id")
    part = list(rows[:AT_ONCE])
    while part:
        changed: dict[Ahead, list[UUID]] = defaultdict(list)
        dates = dates_of(part)
        for match in part:
            days = ahead(dates[match.pk], cares[match.unit], today=today)
            if days != Ahead(match.attention_on, match.call_on, match.remind_on):
                changed[days].append(match.pk)
        for days, keys in changed.items():
            Match.objects.filter(pk__in=keys).update(**asdict(days))
        part = list(rows.filter(pk__gt=part[-1].pk)[:AT_ONCE])


def note_event(match: Match, *, now: datetime) -> None:
    """Save a match to which something happened, and move everybody of it up in the lists."""
    match.last_event_at = max(now, match.last_event_at)
    match.save()
    for member in MatchMember.objects.filter(match=match, until__isnull=True).select_related(
        "person"
    ):
        touch(member.person, at=now)
