"""The dates that a match keeps about its meetings, worked out anew after every change."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, Min, Q
from django.utils import timezone

from kith.mentoring.models import Match, MatchMember, Meeting
from kith.mentoring.queries.dates import dates_of
from kith.mentoring.rules.attention import attention_on, care_of
from kith.mentoring.rules.states import WATCHED, MeetingState
from kith.people.commands import touch
from kith.programmes.models import Programme
from kith.programmes.rules import ProgrammeTemplate, Unit, rules_of

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
    match.planned_end_on = _end(match, found["first"], rules)
    match.started_on, match.last_meeting_on = found["first"], found["last"]
    match.next_meeting_at = found["next"]
    # A match from before talks were noted is asked about from its next event on.
    match.talks_from = match.talks_from or timezone.localdate(now)
    match.attention_on = attention_on(dates_of([match])[match.pk], care_of(rules, match.unit))
    note_event(match, now=now)


def _end(match: Match, first: date | None, rules: ProgrammeTemplate) -> date | None:
    """The length with which a match began stays its own, also when the programme changes."""
    if first is None:
        return None
    length = timedelta(weeks=rules.length_weeks)
    if match.started_on is not None and match.planned_end_on is not None:
        length = match.planned_end_on - match.started_on
    return first + length


def look_again(programme_id: UUID) -> None:
    """The rules of a programme changed: the days on which its matches will ask for attention.

    What the two agreed, their planned end and the last news stay as they are. Runs inside the act
    of the room below that changes the programme.
    """
    rules = rules_of(Programme.objects.get(pk=programme_id))
    cares = {unit.value: care_of(rules, unit.value) for unit in Unit}
    rows = Match.objects.filter(
        programme=programme_id, state__in=[state.value for state in WATCHED]
    ).order_by("id")
    part = list(rows[:AT_ONCE])
    while part:
        changed: dict[date | None, list[UUID]] = defaultdict(list)
        dates = dates_of(part)
        for match in part:
            day = attention_on(dates[match.pk], cares[match.unit])
            if day != match.attention_on:
                changed[day].append(match.pk)
        for day, keys in changed.items():
            Match.objects.filter(pk__in=keys).update(attention_on=day)
        part = list(rows.filter(pk__gt=part[-1].pk)[:AT_ONCE])


def note_event(match: Match, *, now: datetime) -> None:
    """Save a match to which something happened, and move everybody of it up in the lists."""
    match.last_event_at = max(now, match.last_event_at)
    match.save()
    for member in MatchMember.objects.filter(match=match, until__isnull=True).select_related(
        "person"
    ):
        touch(member.person, at=now)
