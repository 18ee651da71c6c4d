"""Meetings, duties and activities of a programme by day, page by page, each page from an index."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.activities.models import Activity
from kith.activities.rules.plan import ActivityState
from kith.calendars.permissions import SEE_PROGRAMME_CALENDAR
from kith.calendars.queries.own import STANDS, Month
from kith.calendars.rules.states import ON_A_PAGE
from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.mentoring.models import Meeting
from kith.mentoring.rules.states import WATCHED
from kith.programmes.models import Programme
from kith.rota.models import Duty
from kith.rota.rules.states import DutyState


@dataclass(frozen=True)
class Mark:
    """Where a page ends: the next one begins behind it."""

    at: datetime
    key: UUID

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """The mark an address names, or None when it names none."""
        at, _, key = text.partition("_")
        try:
            return cls(datetime.fromisoformat(at), UUID(key))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.key}"


@dataclass(frozen=True)
class Day:
    """One thing of a programme: when, and a meeting, a duty or an activity."""

    at: datetime
    key: UUID
    meeting: Meeting | None = None
    duty: Duty | None = None
    activity: Activity | None = None


@dataclass(frozen=True)
class Page:
    """Some things of a month, and where the next ones begin."""

    days: list[Day]
    next: Mark | None


def programmes(actor: Actor) -> "QuerySet[Programme]":
    """The programmes whose calendar this actor may open."""
    rows: QuerySet[Programme] = visible(actor, SEE_PROGRAMME_CALENDAR, Programme.objects.all())
    return rows


def page(programme: Programme, month: Month, *, after: Mark | None) -> Page:
    """What is planned in a programme in a month, the earliest first."""
    end = month.ends
    begin = after.at if after else month.begins
    meetings = Meeting.objects.filter(
        _behind("planned_at", after),
        organisation=programme.organisation_id,
        match__programme=programme,
        state__in=STANDS,
        planned_at__gte=begin,
        planned_at__lt=end,
    ).select_related("match__participant", "match__mentor", "match__group")
    # A duty that was held is a meeting: it stands among those.
    duties = Duty.objects.filter(
        _behind("at", after),
        organisation=programme.organisation_id,
        match__programme=programme,
        match__state__in=sorted(WATCHED),
        state=DutyState.PLANNED.value,
        at__gte=begin,
        at__lt=end,
    ).select_related(
        "match__programme", "match__participant", "match__mentor", "match__group", "member__person"
    )
    activities = Activity.objects.filter(
        _behind("starts_at", after),
        programme=programme,
        state=ActivityState.PLANNED.value,
        starts_at__gte=begin,
        starts_at__lt=end,
    )
    found = [*_meetings(meetings), *_duties(duties), *_activities(activities)]
    found.sort(key=lambda one: (one.at, one.key))
    if len(found) <= ON_A_PAGE:
        return Page(found, None)
    last = found[ON_A_PAGE - 1]
    return Page(found[:ON_A_PAGE], Mark(last.at, last.key))


def _behind(field: str, after: Mark | None) -> Q:
    if after is None:
        return Q()
    return Q(**{f"{field}__gt": after.at}) | Q(**{field: after.at, "pk__gt": after.key})


def _meetings(rows: "QuerySet[Meeting]") -> Iterable[Day]:
    for row in rows.order_by("planned_at", "id")[: ON_A_PAGE + 1]:
        if row.planned_at is not None:
            yield Day(row.planned_at, row.pk, meeting=row)


def _duties(rows: "QuerySet[Duty]") -> Iterable[Day]:
    for row in rows.order_by("at", "id")[: ON_A_PAGE + 1]:
        yield Day(row.at, row.pk, duty=row)


def _activities(rows: "QuerySet[Activity]") -> Iterable[Day]:
    for row in rows.order_by("starts_at", "id")[: ON_A_PAGE + 1]:
        yield Day(row.starts_at, row.pk, activity=row)
