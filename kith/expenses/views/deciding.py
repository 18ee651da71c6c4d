"""Coordinators look at the claims of others, and note what was paid."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kith.base import clock
from kith.expenses import commands
from kith.expenses.forms import DecisionForm, PaidForm
from kith.expenses.permissions import LOOK_AT_CLAIMS
from kith.expenses.queries import claims as queries
from kith.expenses.rules.states import SHOWN_TO_STAFF, STATES, ClaimState
from kith.expenses.views.own import claim_page
from kith.expenses.views.shared import claim_line
from kith.gate.commands import check
from kith.web.acts import actor_of, done
from kith.web.components import Filter

ACTS = {"agree": commands.agree, "back": commands.ask_back, "refuse": commands.refuse}


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Claims of mentors by where they stand; first those that nobody has looked at."""
    actor = actor_of(request)
    check(actor, LOOK_AT_CLAIMS)
    known = {state.value for state in SHOWN_TO_STAFF}
    state = request.GET.get("state", "")
    state = state if state in known else ClaimState.SENT.value
    rows = queries.to_look_at(actor).filter(state=state)
    after = request.GET.get("after", "")
    found, numbers = queries.part(rows, after=after), queries.counts(actor)
    page = {
        "lines": [claim_line(row, with_name=True) for row in found.claims],
        "filters": [
            Filter(
                label=STATES[one],
                url=f"{request.path}?state={one.value}",
                count=numbers.get(one.value, 0),
                is_current=one.value == state,
            )
            for one in SHOWN_TO_STAFF
        ],
        "next_url": f"{request.path}?state={state}&after={found.after}" if found.after else "",
        "first_url": f"{request.path}?state={state}" if after else "",
    }
    return render(request, "expenses/start.html", page)


@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree, ask back or say no."""
    actor = actor_of(request)
    row = get_object_or_404(queries.to_look_at(actor), pk=pk)
    form = DecisionForm(request.POST)

    def act() -> None:
        ACTS[form.cleaned_data["decision"]](
            actor,
            claim=row,
            sending=form.cleaned_data["sending"],
            word=form.cleaned_data["word"],
            now=clock.now(),
        )

    if done(form, act):
        messages.success(request, _("The mentor is told."))
        return redirect("expenses:start")
    page = claim_page(request, row, decision=form)
    return render(request, "expenses/claim.html", page, status=422)


@require_POST
def paid(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note the day on which a claim was paid."""
    actor = actor_of(request)
    row = get_object_or_404(queries.to_look_at(actor), pk=pk)
    form = PaidForm(request.POST)
    if done(
        form,
        lambda: commands.note_paid(
            actor, claim=row, paid_on=form.cleaned_data["paid_on"], now=clock.now()
        ),
    ):
        messages.success(request, _("It is noted as paid. The mentor is told."))
        return redirect("expenses:start")
    page = claim_page(request, row, payment=form)
    return render(request, "expenses/claim.html", page, status=422)
