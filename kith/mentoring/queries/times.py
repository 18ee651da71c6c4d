"""When those of a match could meet. Nobody's week is shown to anybody: only what is shared."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from kith.mentoring.models import Match, MatchMember, Meeting
from kith.mentoring.queries.members import people_now
from kith.mentoring.rules.states import USUAL_MINUTES, WATCHED, MeetingState
from kith.mentoring.rules.times import DAYS_AHEAD, Busy, SharedTime, Who, shared_times
from kith.people.models import MentorProfile
from kith.people.rules import Side

LONGEST = timedelta(minutes=600)


@dataclass(frozen=True)
class FoundTimes:
    """Times that suit, of how many people, and who has not said when they can."""

    times: list[SharedTime]
    asked: int
    unsaid: list[MatchMember]


def find_times(match: Match, *, minutes: int, now: datetime) -> FoundTimes:
    """The next times that those of a match share."""
    rows = people_now(match)
    keys = [row.person_id for row in rows]
    away, busy = _away(keys), _busy(keys, now=now)
    people = [
        Who(
            key=row.person_id,
            side=Side(row.side),
            slots=frozenset(row.person.availability),
            away_until=away.get(row.person_id) if row.side == Side.MENTOR else None,
            busy=tuple(busy[row.person_id]),
        )
        for row in rows
    ]
    zone = timezone.get_current_timezone()
    times = shared_times(people, after=timezone.localdate(now), minutes=minutes, zone=zone)
    unsaid = [row for row in rows if not row.person.availability]
    return FoundTimes(times, len(rows), unsaid)


def _away(persons: Collection[UUID]) -> dict[UUID, date]:
    rows = MentorProfile.objects.filter(person__in=persons, paused_until__isnull=False)
    return dict(rows.values_list("person", "paused_until"))


def _busy(persons: Sequence[UUID], *, now: datetime) -> dict[UUID, list[Busy]]:
    """The meetings that these people have before them, in all their matches."""
    members = MatchMember.objects.filter(
        person__in=persons,
        until__isnull=True,
        match__state__in=[state.value for state in WATCHED],
    )
    people: dict[UUID, list[UUID]] = defaultdict(list)
    for person, match in members.values_list("person", "match"):
        people[match].append(person)
    planned = Meeting.objects.filter(
        match__in=list(people),
        state=MeetingState.PLANNED.value,
        planned_at__range=(now - LONGEST, now + timedelta(days=DAYS_AHEAD + 1)),
    )
    found: dict[UUID, list[Busy]] = defaultdict(list)
    for match, at, minutes in planned.values_list("match", "planned_at", "minutes"):
        span = Busy(at, at + timedelta(minutes=minutes or USUAL_MINUTES))
        for person in people[match]:
            found[person].append(span)
    return found
