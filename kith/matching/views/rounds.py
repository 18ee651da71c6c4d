"""Programmes with people who wait, and rounds."""

import secrets
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.matching import commands
from kith.matching.permissions import SEE_ROUNDS
from kith.matching.queries import pool as pools
from kith.matching.queries import rounds as queries
from kith.matching.queries.outlook import outlooks
from kith.matching.rules.shows import Show
from kith.matching.views import shown
from kith.matching.views.shared import actor_of, programme_or_404, round_or_404

SEED_BITS = 53
ON_A_PAGE = 20


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Each running programme: who waits, who is free, the open round."""
    actor, today = actor_of(request), clock.today()
    check(actor, SEE_ROUNDS)
    page = {
        "lines": [shown.programme_line(one, today=today) for one in outlooks(actor, today=today)],
        "past": queries.past_rounds(actor),
        "today": today,
    }
    return render(request, "matching/start.html", page)


@require_POST
def open_round(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Start a round and show its pairs."""
    opened = commands.open_round(
        actor_of(request),
        programme=programme_or_404(request, pk),
        seed=secrets.randbits(SEED_BITS),
        today=clock.today(),
        now=clock.now(),
    )
    return redirect("matching:round", opened.pk)


@require_GET
def held_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who is on the list and cannot be proposed today, and what would change it."""
    actor, programme = actor_of(request), programme_or_404(request, pk)
    found = pools.pool(actor, programme, today=clock.today())
    page = {"programme": programme, "sides": shown.held_back(actor, found)}
    return render(request, "matching/held_back.html", page)


@require_GET
def round_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The pairs of a round, those to decide about first."""
    actor, round_, today = actor_of(request), round_or_404(request, pk), clock.today()
    show = Show.read(request.GET.get("show", ""))
    rows = queries.pairs_in(actor, round=round_, states=show.states)
    part = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    numbers = queries.numbers_in(actor, round_)
    page = {
        "round": round_,
        "part": part,
        "pairs": [shown.pair(row, today=today) for row in part],
        "filters": shown.filters(show, numbers),
        "show": show,
        "numbers": numbers,
        "unmatched": round_.counts.get("unmatched", 0),
        "today": today,
    }
    return render(request, "matching/round.html", page)


@require_GET
def unmatched(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Those for whom the round found nobody, with the reason and what would help."""
    actor, round_, today = actor_of(request), round_or_404(request, pk), clock.today()
    rows = Paginator(queries.unmatched_in(actor, round_), ON_A_PAGE)
    part = rows.get_page(request.GET.get("page"))
    mentors = queries.mentors_named(actor, part)
    people = [shown.left(row, mentors, today=today) for row in part]
    return render(
        request, "matching/unmatched.html", {"round": round_, "people": people, "part": part}
    )


@require_POST
def solve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose again; what people decided stays."""
    round_ = round_or_404(request, pk)
    commands.solve_round(actor_of(request), round=round_, today=clock.today(), now=clock.now())
    messages.success(request, _("The proposals are new. What you decided has stayed."))
    return redirect("matching:round", round_.pk)


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a round."""
    commands.close_round(actor_of(request), round=round_or_404(request, pk))
    messages.success(request, _("The round is closed. Questions to both sides go on."))
    return redirect("matching:start")
