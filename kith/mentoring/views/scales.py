"""The outcomes of a goal, and the one figure of a programme."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.mentoring import commands, forms
from kith.mentoring.models import Goal, Match
from kith.mentoring.permissions import SET_GOALS
from kith.mentoring.queries import record
from kith.mentoring.queries import scales as queries
from kith.mentoring.rules.scaling import FEWEST_PEOPLE
from kith.mentoring.views import shown
from kith.mentoring.views.shared import match_or_404
from kith.programmes.queries import programmes
from kith.programmes.rules import rules_of
from kith.web.acts import actor_of, done, typed


@require_http_methods(["GET", "POST"])
def outcomes(request: HttpRequest, pk: UUID, goal: UUID) -> HttpResponse:
    """Describe five outcomes, or change them before the review."""
    match, row = _goal_or_404(request, pk, goal)
    actor, scale = actor_of(request), queries.scale_of(row)
    first = (
        {**{one.value: said for one, said in scale.words.items()}, "at_start": scale.at_start}
        if scale
        else {}
    )
    form = forms.OutcomesForm(typed(request), initial=first)
    if request.method == "POST" and done(
        form,
        lambda: commands.describe_outcomes(
            actor,
            match=match,
            goal=row,
            words=form.words,
            at_start=form.cleaned_data["at_start"],
            today=clock.today(),
            now=clock.now(),
        ),
    ):
        messages.success(request, _("The outcomes are kept."))
        return redirect("mentoring:goal", match.pk, row.pk)
    page = {"match": match, "names": shown.names(match, actor), "goal": row, "form": form}
    return render(request, "mentoring/outcomes.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: UUID, goal: UUID) -> HttpResponse:
    """Both look at the five outcomes and choose which one is true now."""
    match, row = _goal_or_404(request, pk, goal)
    actor, scale = actor_of(request), queries.scale_of(row)
    if scale is None:
        return redirect("mentoring:outcomes", match.pk, row.pk)
    first = {"outcome": scale.at_review}
    form = forms.OutcomeForm(typed(request), words=scale.words, initial=first)
    if request.method == "POST" and done(
        form,
        lambda: commands.choose_outcome(
            actor,
            match=match,
            goal=row,
            outcome=form.cleaned_data["outcome"],
            today=clock.today(),
            now=clock.now(),
        ),
    ):
        messages.success(request, _("Thank you. It is good to have looked at it together."))
        return redirect("mentoring:goal", match.pk, row.pk)
    page = {"match": match, "names": shown.names(match, actor), "goal": row, "form": form}
    return render(
        request, "mentoring/outcome_review.html", page, status=422 if form.errors else 200
    )


@require_GET
def attainment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Section of a programme: one figure of all its goals, or that there are too few people."""
    actor = actor_of(request)
    programme = get_object_or_404(programmes(actor), pk=pk)
    page = {
        "programme": programme,
        "found": queries.attainment(actor, programme),
        "fewest": FEWEST_PEOPLE,
    }
    return render(request, "mentoring/attainment.html", page)


def _goal_or_404(request: HttpRequest, pk: UUID, goal: UUID) -> tuple[Match, Goal]:
    match = match_or_404(request, pk)
    check(actor_of(request), SET_GOALS, match)
    if not rules_of(match.programme).goal_scaling:
        raise Http404
    row: Goal = get_object_or_404(record.goal_rows(match), pk=goal)
    return match, row
