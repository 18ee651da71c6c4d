"""Days and what is on them, as the templates print them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from babel.dates import format_date, format_time
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.activities.models import SignUp
from kith.calendars.queries.own import STANDS, Month
from kith.calendars.queries.programme import Day
from kith.gate.actor import Actor
from kith.matching.rules.words import called
from kith.mentoring.models import Meeting
from kith.mentoring.queries.agreement import is_own
from kith.mentoring.rules.members import both_sides, mentors_side
from kith.mentoring.rules.words import way_words
from kith.programmes.rules import rules_of
from kith.rota.models import Duty
from kith.rota.rules.states import DutyState
from kith.rota.rules.words import role_words
from kith.web.words import locale, weekday_and_day


@dataclass(frozen=True)
class Line:
    """One thing on a day."""

    at: datetime
    clock: str
    what: str
    where: str
    url: str
    is_off: bool = False
    is_activity: bool = False
    is_duty: bool = False


@dataclass(frozen=True)
class ShownDay:
    """A day with what is on it."""

    title: str
    is_today: bool
    lines: list[Line] = field(default_factory=list)


def own_days(
    meetings: Iterable[Meeting],
    duties: Iterable[Duty],
    activities: Iterable[SignUp],
    actor: Actor,
    *,
    today: date,
) -> list[ShownDay]:
    """Somebody's own days: meetings with their match, duties, activities."""
    lines = [own_line(row, actor) for row in meetings if row.planned_at is not None]
    lines += [duty_line(row, actor) for row in duties]
    lines += [activity_line(row.activity) for row in activities]
    return by_day(lines, today=today)


def own_line(row: Meeting, actor: Actor) -> Line:
    """A meeting as one of its people sees it."""
    match = row.match
    name = mentors_side(match)
    if is_own(actor, match.mentor):
        name = called(match.participant)
    elif not is_own(actor, match.participant) and match.is_group:
        name = both_sides(match)
    return _meeting_line(row, name)


def _meeting_line(row: Meeting, name: str) -> Line:
    at = row.planned_at or row.created_at
    where = [way_words(row.way), *([str(row.place)] if str(row.place) else [])]
    return Line(
        at=at,
        clock=clock_words(at),
        what=name,
        where=" · ".join(where),
        url=reverse("mentoring:match", args=[row.match_id]),
        is_off=row.state not in STANDS,
    )


def duty_line(row: Duty, actor: Actor) -> Line:
    """A duty as whoever takes it sees it, or the family: with whom, and what for."""
    holder = row.holder
    is_own = holder is not None and holder.person.user_id == actor.user_id
    who = called(holder.person) if holder is not None else _("Nobody yet")
    return Line(
        at=row.at,
        clock=clock_words(row.at),
        what=called(row.match.participant) if is_own else who,
        where=role_words(rules_of(row.match.programme), row.role),
        url=reverse("rota:rota", args=[row.match_id]),
        is_off=row.state == DutyState.OFF,
        is_duty=True,
    )


def activity_line(row: Any) -> Line:
    """An activity of a programme."""
    return Line(
        at=row.starts_at,
        clock=clock_words(row.starts_at),
        what=row.title,
        where=row.place or _("Activity"),
        url=reverse("activities:activity", args=[row.pk]),
        is_activity=True,
    )


def programme_days(days: Sequence[Day], *, today: date) -> list[ShownDay]:
    """The days of a programme, as its coordinator sees them."""
    lines = []
    for one in days:
        if one.meeting is not None:
            lines.append(_meeting_line(one.meeting, both_sides(one.meeting.match)))
        elif one.activity is not None:
            lines.append(activity_line(one.activity))
    return by_day(lines, today=today)


def by_day(lines: Iterable[Line], *, today: date) -> list[ShownDay]:
    """Lines under the days they are on."""
    ordered = sorted(lines, key=lambda line: line.at)
    return [
        ShownDay(
            title=weekday_and_day(day),
            is_today=day == today,
            lines=list(part),
        )
        for day, part in groupby(ordered, key=lambda line: timezone.localdate(line.at))
    ]


def months(month: Month) -> dict[str, str]:
    """The month of a page and the ones beside it."""
    return {
        "month": _name(month) if month.is_whole else _("The next weeks"),
        "before": f"?month={month.before}",
        "before_words": _name(month.before),
        "after": f"?month={month.after}",
        "after_words": _name(month.after),
    }


def _name(month: Month) -> str:
    return str(format_date(month.first, format="LLLL y", locale=locale()))


def clock_words(at: datetime) -> str:
    """ "17:00"."""
    return format_time(timezone.localtime(at).time(), format="short", locale=locale())
