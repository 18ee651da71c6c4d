"""Planning, changing and calling off."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.activities import commands
from kith.activities.forms import ActivityForm, CallOffForm, EndSeriesForm, first_values
from kith.activities.permissions import PLAN_ACTIVITIES
from kith.activities.queries import lists
from kith.activities.views.shared import to_plan_or_404
from kith.base import clock
from kith.gate.commands import check
from kith.web.acts import actor_of, done, typed

MOST_PROGRAMMES = 50


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan an activity."""
    actor = actor_of(request)
    check(actor, PLAN_ACTIVITIES)
    programmes = list(lists.running_programmes(actor)[:MOST_PROGRAMMES])
    form, kept = ActivityForm(typed(request), programmes=programmes, is_new=True), []

    def plan() -> None:
        programme = get_object_or_404(
            lists.running_programmes(actor), pk=form.cleaned_data["programme"]
        )
        kept.append(
            commands.plan_activity(actor, programme=programme, plan=form.plan, now=clock.now())
        )

    if request.method == "POST" and done(form, plan):
        messages.success(request, _("Planned. Everybody of the programme sees it now."))
        return redirect("activities:activity", pk=kept[0].pk)
    page = {"form": form, "activity": None, "programmes": programmes}
    return render(request, "activities/edit.html", page)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change one activity."""
    actor, row = actor_of(request), to_plan_or_404(request, pk)
    form = ActivityForm(typed(request), programmes=[], is_new=False, initial=first_values(row))
    if request.method == "POST" and done(
        form,
        lambda: commands.change_activity(actor, activity=row, plan=form.plan, now=clock.now()),
    ):
        messages.success(request, _("Changed."))
        return redirect("activities:activity", pk=pk)
    return render(request, "activities/edit.html", {"form": form, "activity": row})


@require_http_methods(["GET", "POST"])
def off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call one activity off."""
    actor, row = actor_of(request), to_plan_or_404(request, pk)
    form = CallOffForm(typed(request))
    if request.method == "POST" and done(
        form, lambda: commands.call_off(actor, activity=row, **form.cleaned_data)
    ):
        messages.success(request, _("Called off. The page says so to everybody."))
        return redirect("activities:activity", pk=pk)
    return render(request, "activities/off.html", {"form": form, "activity": row})


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a repeating activity end."""
    actor, row = actor_of(request), to_plan_or_404(request, pk)
    series = get_object_or_404(lists.series_to_plan(actor), pk=row.series_id)
    form = EndSeriesForm(typed(request), initial={"last": clock.today()})
    if request.method == "POST" and done(
        form,
        lambda: commands.end_series(actor, series=series, now=clock.now(), **form.cleaned_data),
    ):
        messages.success(request, _("It ends on that day."))
        return redirect("activities:start")
    return render(request, "activities/end.html", {"form": form, "activity": row})
