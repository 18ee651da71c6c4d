"""Reading a rota: whole, as a part of the match's page, on paper, and one's own duties."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.commands import check
from kith.gate.permissions import allows
from kith.mentoring.models import Match, MatchMember
from kith.mentoring.queries.members import own_rows
from kith.mentoring.rules.states import WATCHED
from kith.people.rules import Side
from kith.rota.models import Duty
from kith.rota.permissions import LAY_OUT_ROTA, SEE_ROTA
from kith.rota.queries import lists, sharing
from kith.rota.rules.words import filled_words
from kith.rota.views import shown
from kith.rota.views.rota_file import rota_paper
from kith.rota.views.shared import around, match_or_404, names
from kith.web.acts import actor_of
from kith.web.papers import paper_answer

ON_A_PANEL = 4


@require_GET
def rota(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The whole rota of a match: the weeks ahead, what is to be noted, what was."""
    match, actor = match_or_404(request, pk), actor_of(request)
    today, now = clock.today(), clock.now()
    own = own_rows(actor, [match]).get(match.pk)
    is_family = own is not None and own.side == Side.PARTICIPANT
    may_lay_out = _is_running(match) and allows(actor, LAY_OUT_ROTA, match)
    filled = sharing.filled(match, now=now)
    page = {
        **around(actor, match),
        **_coming(match, actor, own, today=today),
        "add_url": reverse("rota:new", args=[match.pk]) if may_lay_out else "",
        "filled": filled,
        "filled_words": filled_words(filled, today),
        "is_family": is_family,
        "may_lay_out": may_lay_out,
        "is_running": _is_running(match),
        "to_note": [shown.to_note(row, own, today=today) for row in _to_note(match, own)],
        "past": _past(match, own, today=today) if not is_family else [],
        "today": today,
    }
    template = "rota/family.html" if is_family else "rota/rota.html"
    return render(request, template, page)


@require_GET
def of_match(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The rota as a part of the match's page: how it stands, and who comes next."""
    match, actor = match_or_404(request, pk), actor_of(request)
    today, now = clock.today(), clock.now()
    own = own_rows(actor, [match]).get(match.pk)
    rows = lists.ahead(match, now=now)
    filled = sharing.filled(match, now=now)
    page = {
        **around(actor, match),
        "next": [shown.one_duty(row, own, today=today) for row in rows[:ON_A_PANEL]],
        "filled": filled,
        "filled_words": filled_words(filled, today),
        "is_family": own is not None and own.side == Side.PARTICIPANT,
        "may_lay_out": _is_running(match) and allows(actor, LAY_OUT_ROTA, match),
    }
    return render(request, "rota/of_match.html", page)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """One's own duties in all groups, and what is free there."""
    actor, today, now = actor_of(request), clock.today(), clock.now()
    check(actor, SEE_ROTA)
    rows = lists.own_ahead(actor, now=now)
    page = {
        "duties": [_own_line(row, actor, today=today) for row in rows],
        "to_note": [
            _own_line(row, actor, today=today) for row in lists.own_to_note(actor, now=now)
        ],
    }
    return render(request, "rota/mine.html", page)


@require_GET
def pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The weeks ahead on paper, for the fridge."""
    match, actor = match_or_404(request, pk), actor_of(request)
    today = clock.today()
    rows = lists.opened(actor, match=match, now=clock.now())
    found = [shown.one_duty(row, None, today=today) for row in rows]
    made = rota_paper(match, found, names(actor, match), today=today)
    return paper_answer(made, name="rota")


def _is_running(match: Match) -> bool:
    return match.state in WATCHED


def _coming(match: Match, actor: Actor, own: MatchMember | None, *, today: date) -> dict[str, Any]:
    may_take = own is not None and own.side == Side.MENTOR
    rows = lists.opened(actor, match=match, now=clock.now())
    return {"duties": shown.shown(rows, own, today=today, may_take=may_take)}


def _to_note(match: Match, own: MatchMember | None) -> list[Duty]:
    if own is None or own.side != Side.MENTOR or not _is_running(match):
        return []
    rows = lists.duties(match).filter(state="planned", member__isnull=False)
    return list(lists.to_note(rows, now=clock.now()))


def _past(match: Match, own: MatchMember | None, *, today: date) -> list[dict[str, Any]]:
    rows = lists.past(match, now=clock.now())
    met = lists.days_met(match, rows)
    return [
        {
            "shown": shown.one_duty(row, own, today=today),
            "said": shown.past_words(row, met) or _("nothing noted"),
            "is_held": bool(shown.past_words(row, met)),
        }
        for row in rows
    ]


def _own_line(row: Duty, actor: Actor, *, today: date) -> dict[str, Any]:
    return {
        "shown": shown.one_duty(row, row.member, today=today),
        "with": names(actor, row.match),
    }
