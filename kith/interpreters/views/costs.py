"""What interpreters cost in a month, and the file for the funder."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.interpreters import commands, queries
from kith.interpreters.forms import (
    CostForm,
    cost_before,
)
from kith.interpreters.permissions import (
    KEEP_COSTS,
)
from kith.interpreters.rules import (
    WAYS,
    Way,
    in_money,
)
from kith.interpreters.views.shared import pair
from kith.web.acts import actor_of, done, typed


@require_http_methods(["GET", "POST"])
def cost(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a booking really cost, and when it was paid."""
    actor = actor_of(request)
    row = get_object_or_404(queries.costs(actor), pk=pk)
    form = CostForm(typed(request), initial=cost_before(row))
    if request.method == "POST" and done(
        form, lambda: commands.note_cost(actor, cost=row, **form.noted())
    ):
        return redirect("interpreters:month", month=row.on.strftime("%Y-%m"))
    return render(request, "interpreters/cost.html", {"form": form, "cost": row})


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as fault:
        raise Http404 from fault


@require_GET
def month(request: HttpRequest, month: str) -> HttpResponse:
    """What interpreters cost in one month, without the people they came for."""
    actor, first = actor_of(request), _month(month)
    check(actor, KEEP_COSTS)
    _begins, after = queries.span_of(first)
    page = {
        "first": first,
        "lines": [_cost_line(one) for one in queries.costs_of_month(actor, first)],
        "sums": [_sum(one) for one in queries.sums_of_month(actor, first)],
        "before_url": _month_url(first - timedelta(days=1)),
        "after_url": _month_url(after) if after <= clock.today() else "",
        "save_url": reverse("interpreters:save_month", args=[month]),
    }
    return render(request, "interpreters/month.html", page)


def _month_url(day: date) -> str:
    return reverse("interpreters:month", args=[day.strftime("%Y-%m")])


def _cost_line(one: Any) -> dict[str, Any]:
    return {
        "on": one.on,
        "name": one.interpreter.name if one.interpreter else "–",
        "languages": pair(one.language, one.into),
        "way": WAYS[Way(one.way)],
        "minutes": one.minutes,
        "amount": _("volunteer") if one.is_volunteer else in_money(one.cents, one.currency),
        "paid_on": one.paid_on,
        "url": reverse("interpreters:cost", args=[one.pk]),
    }


def _sum(one: dict[str, Any]) -> dict[str, Any]:
    hours = f"{one['minutes'] // 60}:{one['minutes'] % 60:02}"
    amount = _("volunteer") if one["is_volunteer"] else in_money(one["cents"], one["currency"])
    return {"number": one["number"], "hours": hours, "amount": amount}


@require_POST
def save_month(request: HttpRequest, month: str) -> HttpResponse:
    """The same list as a file for the funder."""
    text = commands.save_month(actor_of(request), month=_month(month))
    # The mark at the start tells spreadsheets that letters beyond ASCII follow.
    saved = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    saved.headers["Content-Disposition"] = f'attachment; filename="interpreters-{month}.csv"'
    return saved
