"""What lies before the people of one match, in one list: meetings, duties, activities, and what
rooms above know of days, such as the lines of a circle plan."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db.models import QuerySet

from kith.activities.models import Activity
from kith.activities.rules.plan import ActivityState
from kith.calendars.permissions import SEE_MATCH_CALENDAR
from kith.calendars.queries.own import Month, planned_in
from kith.calendars.rules.states import MOST_ENTRIES
from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.mentoring.models import Match, Meeting
from kith.rota.models import Duty
from kith.rota.queries.lists import duties
from kith.rota.rules.states import DutyState


@dataclass(frozen=True)
class Noted:
    """A day that people of a match wrote down elsewhere.

    at          the time, where one was written
    meeting_id  the meeting it became; that meeting then bears its name
    """

    on: date
    at: time | None
    what: str
    where: str
    url: str
    meeting_id: UUID | None = None


Source = Callable[[Actor, Match], Iterable[Noted]]
_sources: list[Source] = []


def add_source(source: Source) -> None:
    """Plug in days, from a room's wiring; the source looks at what the actor may read."""
    _sources.append(source)


@dataclass(frozen=True)
class OfMatch:
    """Everything of a span that concerns one match."""

    meetings: list[Meeting]
    duties: list[Duty]
    activities: list[Activity]
    noted: list[Noted]

    def name_of(self, meeting: Meeting) -> str:
        """What people wrote that this meeting is about; empty where nothing was written."""
        return next((one.what for one in self.noted if one.meeting_id == meeting.pk), "")


def matches(actor: Actor) -> "QuerySet[Match]":
    """Matches whose calendar this actor may open."""
    rows: QuerySet[Match] = visible(actor, SEE_MATCH_CALENDAR, Match.objects.all())
    return rows.select_related("participant", "mentor", "group", "programme")


def of_match(actor: Actor, match: Match, month: Month) -> OfMatch:
    """What lies in a month, or in the weeks from today on."""
    begin, end = month.begins, month.ends
    rows = duties(match).filter(at__gte=begin, at__lt=end).exclude(state=DutyState.OFF.value)
    activities = Activity.objects.filter(
        programme=match.programme_id,
        state=ActivityState.PLANNED.value,
        starts_at__gte=begin,
        starts_at__lt=end,
    ).order_by("starts_at", "id")
    return OfMatch(
        meetings=list(planned_in([match.pk], begin, end)[:MOST_ENTRIES]),
        duties=list(rows[:MOST_ENTRIES]),
        activities=list(activities[:MOST_ENTRIES]),
        noted=[one for source in _sources for one in source(actor, match)],
    )
