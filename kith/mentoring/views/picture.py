"""The life of one match as one picture: phases, meetings, talks, checks, pauses, the end."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from babel.dates import format_date
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.permissions import allows
from kith.mentoring.models import Match, RelationshipCheck
from kith.mentoring.permissions import TALK
from kith.mentoring.queries import record
from kith.mentoring.queries.record import Record
from kith.mentoring.rules.states import MeetingState
from kith.mentoring.rules.words import MEETING_WORDS
from kith.mentoring.views import shown
from kith.mentoring.views.shared import match_or_404
from kith.people.rules import Side
from kith.programmes.rules import rules_of
from kith.web.acts import actor_of
from kith.web.charts import (
    Flag,
    Mark,
    Picture,
    Row,
    Shape,
    Span,
    Timeline,
    timeline_picture,
)
from kith.web.charts.shapes import Look
from kith.web.words import day_and_month, full_day, locale

FOLLOW_UP = "follow_up"


@require_GET
def picture(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The life of a match as one picture."""
    actor, match = actor_of(request), match_or_404(request, pk)
    opened = record.life(actor, match=match)
    checks = record.checks_of(match) if allows(actor, TALK, match) else []
    page = {
        "match": match,
        "names": shown.names(match, actor),
        "picture": timeline_of(opened, checks, actor, today=clock.today()),
    }
    return render(request, "mentoring/picture.html", page)


def timeline_of(
    opened: Record, checks: Sequence[RelationshipCheck], actor: Actor, *, today: date
) -> Picture | None:
    """The timeline of a match that has begun; no name of a person is in it."""
    match = opened.match
    if match.started_on is None:
        return None
    staff = allows(actor, TALK, match)
    rows = [_meetings(opened)]
    if staff:
        rows += [_talks(opened, side) for side in Side] + [_checks(checks)]
    spans = [*_phases(match), *_pauses(opened, today)]
    first = min([match.agreed_on, *(span.first for span in spans)])
    last = max([today, *(span.last for span in spans), match.planned_end_on or today])
    given = Timeline(
        title=_title(opened, match, today),
        description=_("Phases one below the other, under them a row for each kind of event."),
        first=first,
        last=last + timedelta(days=3),
        months=tuple(_months(first, last)),
        spans=tuple(spans),
        rows=tuple(row for row in rows if row.marks),
        flags=tuple(_flags(opened, today)),
        head=(_("Day"), _("What")),
        table=tuple(_table(opened, checks, staff=staff)),
    )
    return timeline_picture(given, mirrored=get_language_bidi())


def _title(opened: Record, match: Match, today: date) -> str:
    held = sum(row.state == MeetingState.HELD for row in opened.past)
    weeks = ((match.closed_on or today) - (match.started_on or today)).days // 7 + 1
    said = ngettext("%(meetings)s in %(weeks)d week", "%(meetings)s in %(weeks)d weeks", weeks)
    return said % {"meetings": _number_of_meetings(held), "weeks": weeks}


def _number_of_meetings(number: int) -> str:
    return ngettext("%(number)d meeting", "%(number)d meetings", number) % {"number": number}


def _phases(match: Match) -> Iterator[Span]:
    language = get_language() or "en"
    for phase in rules_of(match.programme).phases:
        if phase.to_week < 1 or phase.key == FOLLOW_UP:
            continue
        first, last = _week(match, phase.from_week), _week(match, phase.to_week + 1)
        yield Span(first, last - timedelta(days=1), phase.name.say(language))


def _week(match: Match, week: int) -> date:
    return (match.started_on or match.agreed_on) + timedelta(weeks=max(week, 1) - 1)


def _pauses(opened: Record, today: date) -> Iterator[Span]:
    for pause in opened.pauses:
        yield Span(pause.from_on, pause.ended_on or today, _("Pause"), Look.QUIET)


def _meetings(opened: Record) -> Row:
    marks = []
    for row in [*opened.past, *opened.planned]:
        day = row.held_on or timezone.localdate(row.planned_at)
        state = MeetingState(row.state)
        said = f"{full_day(day)}: {MEETING_WORDS[state]}"
        off = state in {MeetingState.MISSED, MeetingState.CANCELLED}
        shape = Shape.DOT if state is MeetingState.HELD else Shape.RING
        marks.append(Mark(day, said, shape, Look.CLAY if off else Look.PINE))
    held = sum(row.state == MeetingState.HELD for row in opened.past)
    label = _("Meetings: %(held)d held (hollow: off or planned)")
    return Row(label % {"held": held}, tuple(marks))


def _talks(opened: Record, side: Side) -> Row:
    rows = [one for one in opened.talks if one.side == side]
    marks = tuple(
        Mark(one.on, full_day(one.on), Shape.DOT if one.reached else Shape.RING, Look.SKY)
        for one in rows
    )
    words = {
        Side.PARTICIPANT: _("Talks with the participant"),
        Side.MENTOR: _("Talks with the mentor"),
    }
    return Row(words[side], marks)


def _checks(checks: Sequence[RelationshipCheck]) -> Row:
    marks = tuple(
        Mark(
            one.answered_on,
            full_day(one.answered_on),
            Shape.DIAMOND if one.side == Side.PARTICIPANT else Shape.HOLLOW_DIAMOND,
            Look.PLUM,
        )
        for one in checks
    )
    return Row(_("Six statements: participant filled, mentor hollow"), marks)


def _flags(opened: Record, today: date) -> Iterator[Flag]:
    match = opened.match
    for member in opened.members:
        if member.side == Side.MENTOR and member.instead_of_id is not None:
            day = day_and_month(member.since)
            yield Flag(member.since, _("New mentor, %(date)s") % {"date": day})
    if match.closed_on is not None:
        yield Flag(match.closed_on, _("End, %(date)s") % {"date": day_and_month(match.closed_on)})
        return
    yield Flag(today, _("Today"), Look.CLAY)
    if match.farewell_on is not None:
        day = day_and_month(match.farewell_on)
        yield Flag(match.farewell_on, _("Farewell, %(date)s") % {"date": day})


def _months(first: date, last: date) -> Iterator[tuple[date, str]]:
    day = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while day <= last:
        yield day, format_date(day, "LLL", locale=locale())
        day = (day + timedelta(days=32)).replace(day=1)


def _table(
    opened: Record, checks: Sequence[RelationshipCheck], *, staff: bool
) -> list[tuple[str, str]]:
    found: list[tuple[date, Any]] = []
    for row in [*opened.past, *opened.planned]:
        day = row.held_on or timezone.localdate(row.planned_at)
        found.append((day, MEETING_WORDS[MeetingState(row.state)]))
    found += [(pause.from_on, _("Pause")) for pause in opened.pauses]
    if staff:
        words = {
            Side.PARTICIPANT: _("Talk with the participant"),
            Side.MENTOR: _("Talk with the mentor"),
        }
        found += [(one.on, words[Side(one.side)]) for one in opened.talks if one.reached]
        found += [(one.answered_on, _("Six statements answered")) for one in checks]
    found.sort(key=lambda one: one[0])
    return [(full_day(day), str(what)) for day, what in found]
