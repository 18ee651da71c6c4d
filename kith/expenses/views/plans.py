"""What a programme pays back to its mentors."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.expenses import commands
from kith.expenses.forms import PlanForm, plan_before
from kith.expenses.permissions import SET_PLAN
from kith.expenses.queries.plans import plan_of, programmes_to_set
from kith.gate.commands import check
from kith.programmes.models import Programme
from kith.web.acts import actor_of, done, typed
from kith.web.money import currency_of, money


def _programme_or_404(request: HttpRequest, pk: UUID) -> Programme:
    actor = actor_of(request)
    check(actor, SET_PLAN)
    return get_object_or_404(programmes_to_set(actor), pk=pk)


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Kinds, limit, money, and until when."""
    programme = _programme_or_404(request, pk)
    currency = currency_of(str(programme.organisation.country))
    form = PlanForm(typed(request), initial=plan_before(plan_of(programme.pk), currency))
    if request.method == "POST" and done(
        form,
        lambda: commands.set_plan(actor_of(request), programme=programme, terms=form.terms()),
    ):
        messages.success(request, _("Saved. It counts from now on."))
        return redirect("programmes:programme", programme.pk)
    back = reverse("programmes:programme", args=[programme.pk])
    page = {"form": form, "programme": programme, "back_url": back}
    return render(request, "expenses/plan.html", page, status=422 if form.errors else 200)


@require_GET
def of_programme(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Section of a programme: what it pays back, in a sentence."""
    programme = _programme_or_404(request, pk)
    row = plan_of(programme.pk)
    limit = row.limit_cents if row else None
    page = {
        "programme": programme,
        "plan": row,
        "limit": money(limit, row.currency) if row and limit is not None else "",
    }
    return render(request, "expenses/of_programme.html", page)
