"""Days and what is on them, as the templates print them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from babel.dates import format_date, format_time
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.activities.models import SignUp
from kith.calendars.queries.of_match import Noted, OfMatch
from kith.calendars.queries.of_mentor import OfMentor
from kith.calendars.queries.own import STANDS, Month
from kith.calendars.queries.programme import Day
from kith.gate.actor import Actor
from kith.matching.rules.words import called
from kith.mentoring.models import Attendance, Meeting
from kith.mentoring.queries.agreement import is_own
from kith.mentoring.rules.members import both_sides, mentors_side
from kith.mentoring.rules.words import way_words
from kith.programmes.rules import rules_of
from kith.rota.models import Duty
from kith.rota.rules.states import DutyState
from kith.rota.rules.words import role_words
from kith.web.words import day_and_month, locale, weekday_and_day


@dataclass(frozen=True)
class Line:
    """One thing on a day."""

    at: datetime
    clock: str
    what: str
    where: str
    url: str
    is_off: bool = False
    tag: str = ""


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
    line = _own_duty_line(row) if is_own else _visit_line(row)
    return replace(line, is_off=row.state == DutyState.OFF)


def activity_line(row: Any) -> Line:
    """An activity of a programme."""
    return Line(
        at=row.starts_at,
        clock=clock_words(row.starts_at),
        what=row.title,
        where=row.place or _("Activity"),
        url=reverse("activities:activity", args=[row.pk]),
        tag=_("activity"),
    )


def programme_days(days: Sequence[Day], *, today: date) -> list[ShownDay]:
    """The days of a programme, as its coordinator sees them."""
    lines = []
    for one in days:
        if one.meeting is not None:
            lines.append(_meeting_line(one.meeting, both_sides(one.meeting.match)))
        elif one.duty is not None:
            lines.append(_programme_duty_line(one.duty))
        elif one.activity is not None:
            lines.append(activity_line(one.activity))
    return by_day(lines, today=today)


def match_days(found: OfMatch, month: Month, *, today: date) -> list[ShownDay]:
    """The days of one match, as everybody in it and its coordinator read them."""
    lines = [
        _meeting_line(row, found.name_of(row) or _("Meeting"))
        for row in found.meetings
        if row.planned_at is not None
    ]
    lines += [_visit_line(row) for row in found.duties]
    lines += [activity_line(row) for row in found.activities]
    noted = [_noted_line(one) for one in found.noted if one.meeting_id is None]
    lines += [line for line in noted if month.begins <= line.at < month.ends]
    return by_day(lines, today=today)


def _visit_line(row: Duty) -> Line:
    holder = row.holder
    return Line(
        at=row.at,
        clock=clock_words(row.at),
        what=called(holder.person) if holder is not None else _("Nobody yet"),
        where=role_words(rules_of(row.match.programme), row.role),
        url=reverse("rota:rota", args=[row.match_id]),
        tag=_("rota"),
    )


def _programme_duty_line(row: Duty) -> Line:
    """A duty beside the meetings of a programme: whose, and who takes it."""
    line = _visit_line(row)
    where = " · ".join(said for said in (line.what, line.where) if said)
    return replace(line, what=both_sides(row.match), where=where)


def _noted_line(one: Noted) -> Line:
    at = timezone.make_aware(datetime.combine(one.on, one.at or time()))
    return Line(
        at=at,
        clock=clock_words(at) if one.at is not None else "",
        what=one.what,
        where=one.where,
        url=one.url,
        tag=_("in our plan"),
    )


@dataclass(frozen=True)
class ShownWeek:
    """A week of a mentor with what is in it, also when that is nothing."""

    title: str
    rests: bool
    lines: list[Line] = field(default_factory=list)


def mentor_weeks(found: OfMentor, month: Month) -> list[ShownWeek]:
    """The weeks of a mentor from the first day of a span to its last."""
    lines = [_meeting_line(row, called(row.match.participant)) for row in found.meetings]
    lines += [_own_duty_line(row) for row in found.duties]
    lines += [activity_line(row.activity) for row in found.activities]
    lines += [_session_line(row) for row in found.sessions]
    ordered = sorted(lines, key=lambda line: line.at)
    first = month.begins.date() - timedelta(days=month.begins.weekday())
    number = (month.ends.date() - first).days // 7 + 1
    mondays = (first + timedelta(weeks=week) for week in range(number))
    return [
        ShownWeek(
            title=_("Week of %(day)s") % {"day": day_and_month(monday)},
            rests=found.rests_until is not None and monday <= found.rests_until,
            lines=[_with_day(line) for line in ordered if _week_of(line) == monday],
        )
        for monday in mondays
        if monday < month.ends.date()
    ]


def _week_of(line: Line) -> date:
    day = timezone.localdate(line.at)
    return day - timedelta(days=day.weekday())


def _with_day(line: Line) -> Line:
    day = weekday_and_day(timezone.localdate(line.at))
    return replace(line, clock=_("%(day)s, at %(time)s") % {"day": day, "time": line.clock})


def _own_duty_line(row: Duty) -> Line:
    return replace(_visit_line(row), what=called(row.match.participant))


def _session_line(row: Attendance) -> Line:
    at = row.supervision.planned_at or row.created_at
    return Line(
        at=at,
        clock=clock_words(at),
        what=_("Supervision"),
        where="",
        url=reverse("mentoring:supervision"),
        tag=_("supervision"),
    )


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
