"""Rounds: where they stand, a new one, proposing again, closing."""

import secrets
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.matching import commands, forms
from kith.matching.models import Round
from kith.matching.permissions import SEE_ROUNDS, SOLVE
from kith.matching.queries import pool as pools
from kith.matching.queries import rounds as queries
from kith.matching.queries.outlook import outlooks
from kith.matching.queries.standing import latest_run
from kith.matching.rules.criteria import ALWAYS
from kith.matching.rules.states import MOST_LOOKED_AT
from kith.matching.rules.wishes import Wishes
from kith.matching.views import shown
from kith.matching.views.shared import programme_or_404, round_or_404
from kith.programmes.models import Programme
from kith.programmes.rules import rules_of
from kith.web.acts import actor_of, done, typed

SEED_BITS = 53


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Each running programme: who waits, who is free, the open round."""
    actor, today = actor_of(request), clock.today()
    check(actor, SEE_ROUNDS)
    page = {
        "lines": [shown.programme_line(one, today=today) for one in outlooks(actor, today=today)],
        "past": shown.past_rounds(queries.past_rounds(actor)),
        "today": today,
    }
    return render(request, "matching/start.html", page)


@require_http_methods(["GET", "POST"])
def new_round(request: HttpRequest) -> HttpResponse:
    """Whose waiting lists, what counts, what must hold."""
    actor = actor_of(request)
    check(actor, SOLVE)
    busy = queries.open_rounds(actor)
    free = [one for one in queries.running_programmes(actor) if one.pk not in busy]
    chosen = [one for one in free if str(one.pk) in request.GET.getlist("programme")]
    form = forms.RoundForm(
        typed(request),
        programmes=free,
        wishes=_usual(chosen or free[:1]),
        initial={"programmes": [str(one.pk) for one in chosen or free[:1]]},
    )
    opened: list[Round] = []
    if request.method == "POST" and done(form, lambda: opened.append(_open(request, form, free))):
        return redirect("matching:round", opened[0].pk)
    page = {"form": form, "always": ALWAYS, "is_one": len(free) == 1, "nothing": not free}
    return render(request, "matching/new.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Other weights and rules for a round that is open; proposing again with them."""
    actor, round_ = actor_of(request), round_or_404(request, pk)
    check(actor, SOLVE, round_)
    run = latest_run(round_)
    form = forms.WishesForm(typed(request), wishes=Wishes.read(run.settings if run else {}))
    if request.method == "POST" and done(
        form,
        lambda: commands.solve_round(
            actor, round=round_, wishes=form.wishes(), today=clock.today(), now=clock.now()
        ),
    ):
        return redirect("matching:round", pk)
    page = {"form": form, "round": round_, "title": shown.round_name(round_), "always": ALWAYS}
    return render(request, "matching/settings.html", page, status=422 if form.errors else 200)


@require_GET
def held_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who is on the list and cannot be proposed today, and what would change it."""
    actor, programme = actor_of(request), programme_or_404(request, pk)
    found = pools.pool(actor, [programme], today=clock.today(), most=MOST_LOOKED_AT)
    page = {"programme": programme, "sides": shown.held_back(actor, found)}
    return render(request, "matching/held_back.html", page)


@require_POST
def solve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose again; what people decided stays."""
    round_ = round_or_404(request, pk)
    commands.solve_round(actor_of(request), round=round_, today=clock.today(), now=clock.now())
    return redirect("matching:round", round_.pk)


@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let go of the proposals that are being made."""
    round_ = round_or_404(request, pk)
    commands.stop_solving(actor_of(request), round=round_)
    messages.success(request, _("It stops. What stood before stands."))
    return redirect("matching:round", round_.pk)


@require_POST
def refresh(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take in who has come since, and let go of who has left."""
    round_ = round_or_404(request, pk)
    number = commands.bring_up_to_date(
        actor_of(request), round=round_, today=clock.today(), now=clock.now()
    )
    messages.success(request, shown.changes_words(number))
    return redirect("matching:round", round_.pk)


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a round."""
    commands.close_round(actor_of(request), round=round_or_404(request, pk))
    messages.success(request, _("The round is closed. Questions to both sides go on."))
    return redirect("matching:start")


def _usual(programmes: list[Programme]) -> Wishes:
    return Wishes.of_templates(rules_of(one) for one in programmes)


def _open(request: HttpRequest, form: forms.RoundForm, free: list[Programme]) -> Round:
    wanted = set(form.cleaned_data["programmes"])
    return commands.open_round(
        actor_of(request),
        programmes=[one for one in free if str(one.pk) in wanted],
        wishes=form.wishes(),
        is_rolling=form.cleaned_data["is_rolling"],
        seed=secrets.randbits(SEED_BITS),
        today=clock.today(),
        now=clock.now(),
    )
