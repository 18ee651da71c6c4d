"""The board of a programme: its matches by phase, and one phase page by page."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kith.base import clock
from kith.mentoring.models import Match
from kith.mentoring.queries import board as queries
from kith.mentoring.queries import care
from kith.mentoring.rules.attention import week_of
from kith.mentoring.rules.members import both_sides
from kith.mentoring.rules.states import MatchState
from kith.mentoring.views.caring import care_line
from kith.mentoring.views.shown_meetings import moment
from kith.programmes.models import Programme
from kith.programmes.queries import programmes
from kith.programmes.rules import rules_of, sentences
from kith.web.acts import actor_of
from kith.web.words import near


@dataclass(frozen=True)
class Card:
    """A match on the board: who, which week, when they meet next, what is due."""

    url: str
    names: str
    week: str
    next: str
    due: str


@dataclass(frozen=True)
class ShownColumn:
    """One phase as the page prints it."""

    key: str
    name: str
    weeks: str
    number: str
    cards: list[Card]
    url: str
    has_more: bool


@require_GET
def board(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All phases of a programme side by side; on a phone one below the other."""
    actor, today = actor_of(request), clock.today()
    programme = get_object_or_404(programmes(actor), pk=pk)
    columns = queries.board(actor, programme, today=today)
    shown = [_column(programme, one, today) for one in columns]
    page = {**_around(programme), "columns": shown}
    return render(request, "mentoring/board.html", page)


@require_GET
def phase(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """One phase of the board, page by page."""
    actor, today = actor_of(request), clock.today()
    programme = get_object_or_404(programmes(actor), pk=pk)
    found = next((one for one in rules_of(programme).phases if one.key == key), None)
    if found is None:
        raise Http404
    after = queries.Mark.read(request.GET.get("after", ""))
    column = queries.column(actor, programme, found, after=after, today=today)
    page = {
        **_around(programme),
        "column": _column(programme, column, today),
        "next_url": f"?after={column.next}" if column.next else "",
        "first_url": "?" if after else "",
    }
    return render(request, "mentoring/board_phase.html", page)


@require_GET
def panel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How many matches are in which phase, as a part of the programme's page."""
    actor, today = actor_of(request), clock.today()
    programme = get_object_or_404(programmes(actor), pk=pk)
    columns = queries.numbers(actor, programme, today=today)
    shown = [_column(programme, one, today) for one in columns]
    return render(request, "mentoring/board_panel.html", {"programme": programme, "columns": shown})


def _around(programme: Programme) -> dict[str, object]:
    """The programme, and the way back to it."""
    return {
        "programme": programme,
        "programme_url": reverse("programmes:programme", args=[programme.pk]),
        "programmes_url": reverse("programmes:index"),
    }


def _column(programme: Programme, column: queries.Column, today: date) -> ShownColumn:
    due = {one.match.pk: one for one in care.cared_for(column.matches, today=today)}
    return ShownColumn(
        key=column.phase.key,
        name=column.phase.name.say(sentences.language()),
        weeks=sentences.phase_weeks(column.phase, rules_of(programme)),
        number=_number(column.number),
        cards=[_card(match, due.get(match.pk), today) for match in column.matches],
        url=reverse("mentoring:board_phase", args=[programme.pk, column.phase.key]),
        has_more=column.next is not None,
    )


def _number(number: int | None) -> str:
    if number is None:
        return _("More than %(number)d") % {"number": queries.MOST_COUNTED}
    return str(number)


def _card(match: Match, due: care.InCare | None, today: date) -> Card:
    return Card(
        url=reverse("mentoring:match", args=[match.pk]),
        names=both_sides(match),
        week=_week(match, today),
        next=_next(match, today),
        due=str(care_line(due, today).what) if due else "",
    )


def _week(match: Match, today: date) -> str:
    if match.closed_on is not None:
        return _("closed %(when)s") % {"when": near(match.closed_on, today)}
    if match.started_on is None:
        return _("both said yes %(when)s") % {"when": near(match.agreed_on, today)}
    week = _("week %(number)d") % {"number": week_of(today, started_on=match.started_on)}
    return _("%(week)s, pause") % {"week": week} if match.state == MatchState.PAUSED else week


def _next(match: Match, today: date) -> str:
    if match.closed_on is not None:
        return ""
    if match.next_meeting_at is None:
        return _("No meeting is planned.")
    return _("They meet %(when)s.") % {"when": moment(match.next_meeting_at, today)}
