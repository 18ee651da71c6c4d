"""The desk of coordinators: who waits for a word, and one application with its decisions."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from kith.base import clock
from kith.gate.commands import check
from kith.people.rules import Side
from kith.web.acts import actor_of
from kith.web.components import Filter
from kith.web.words import near
from kith.welcome.models import Application
from kith.welcome.permissions import SEE_APPLICATIONS
from kith.welcome.queries import desk as queries
from kith.welcome.queries import door as door_queries
from kith.welcome.queries.desk import Pile
from kith.welcome.rules import words
from kith.welcome.rules.states import State
from kith.welcome.views.shown import line_context, standing_of

PILES = {
    Pile.OURS: gettext_lazy("Waiting for us"),
    Pile.PLANNED: gettext_lazy("Talks planned"),
    Pile.THEIRS: gettext_lazy("Waiting for them"),
    Pile.OVER: gettext_lazy("Decided"),
}
NOBODY = {
    Pile.OURS: gettext_lazy("Nobody waits for a word from you"),
    Pile.PLANNED: gettext_lazy("No talk is planned"),
    Pile.THEIRS: gettext_lazy("Nobody was asked anything"),
    Pile.OVER: gettext_lazy("Nothing was decided lately"),
}


@require_GET
def everyone(request: HttpRequest) -> HttpResponse:
    """Applications and requests, what is due first."""
    actor, now = actor_of(request), clock.now()
    check(actor, SEE_APPLICATIONS)
    pile, side = _pile(request), _side(request)
    part = queries.part_of(actor, pile, side=side, now=now, after=request.GET.get("after", ""))
    numbers = queries.counts(actor, side=side, now=now)
    page = {
        "lines": [_line(row) for row in part.rows],
        "piles": [_pile_filter(one, side, numbers.get(one), pile) for one in Pile],
        "sides": [_side_filter(one, pile, side) for one in (None, *Side)],
        "next_url": _url(pile, side, part.after) if part.after else "",
        "first_url": _url(pile, side) if request.GET.get("after") else "",
        "nobody": NOBODY[pile],
        "front": door_queries.own_front(actor),
    }
    return render(request, "welcome/desk.html", page)


def _pile(request: HttpRequest) -> Pile:
    wanted = request.GET.get("show", "")
    return Pile(wanted) if wanted in set(Pile) else Pile.OURS


def _side(request: HttpRequest) -> Side | None:
    wanted = request.GET.get("side", "")
    return Side(wanted) if wanted in set(Side) else None


def _url(pile: Pile, side: Side | None, after: str = "") -> str:
    wanted = {"show": pile.value, "side": side.value if side else "", "after": after}
    kept = {key: value for key, value in wanted.items() if value}
    return f"{reverse('welcome:desk')}?{urlencode(kept)}"


def _pile_filter(one: Pile, side: Side | None, number: int | None, present: Pile) -> Filter:
    return Filter(label=PILES[one], url=_url(one, side), count=number, is_current=one is present)


def _side_filter(one: Side | None, pile: Pile, present: Side | None) -> Filter:
    labels = {Side.MENTOR: _("Mentors"), Side.PARTICIPANT: _("Participants")}
    label = labels[one] if one else _("All")
    return Filter(label=label, url=_url(pile, one), is_current=one is present)


def _line(row: Application) -> dict[str, Any]:
    state, tone = standing_of(row)
    return {
        "title": row.name,
        "url": reverse("welcome:application", args=[row.pk]),
        "context": " · ".join(line_context(row)),
        "when": _when(row, State(row.state)),
        "state": state,
        "tone": tone,
    }


def _when(row: Application, stands: State) -> str:
    today = clock.today()
    if stands is State.PLANNED and row.talk_at:
        return words.talk_words(row.talk_at, today)
    if row.decided_on:
        return near(row.decided_on, today)
    return words.due_words(stands, row.due_on, today) or near(row.received_on, today)
