"""One small step: other words, somebody else, another day, done, or no longer needed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.mentoring import commands, forms
from kith.mentoring.models import GoalStep, Match
from kith.mentoring.permissions import SET_GOALS
from kith.mentoring.queries import record as queries
from kith.mentoring.rules.states import GoalState
from kith.mentoring.views import shown, shown_goals
from kith.mentoring.views.shared import match_or_404
from kith.web.acts import actor_of, done, typed


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: UUID, step: UUID) -> HttpResponse:
    """A step whose day may have passed: is it still wanted, and by when?"""
    match, actor = match_or_404(request, pk), actor_of(request)
    check(actor, SET_GOALS, match)
    row, today = _step(match, step), clock.today()
    people = shown_goals.who_is_who(match, actor)
    first = {"text": str(row.text), "who": row.who, "due_on": row.due_on}
    form = forms.StepForm(typed(request), people=people, initial=first)
    if request.method == "POST" and done(
        form,
        lambda: commands.change_step(
            actor, match=match, step=row, today=today, now=clock.now(), **form.cleaned_data
        ),
    ):
        messages.success(request, _("The step is changed."))
        return redirect("mentoring:goal", match.pk, row.goal_id)
    page = {
        "match": match,
        "names": shown.names(match, actor),
        "step": shown_goals.step(row, people, today=today),
        "goal": row.goal,
        "is_active": row.goal.state == GoalState.ACTIVE,
        "form": form,
    }
    return render(request, "mentoring/step.html", page, status=422 if form.errors else 200)


@require_POST
def tick(request: HttpRequest, pk: UUID, step: UUID) -> HttpResponse:
    """Tick a step off, or take the tick back."""
    match = match_or_404(request, pk)
    row = _step(match, step)
    commands.tick_step(
        actor_of(request),
        match=match,
        step=row,
        done=request.POST.get("done") == "yes",
        today=clock.today(),
        now=clock.now(),
    )
    return redirect("mentoring:goal", match.pk, row.goal_id)


@require_POST
def let_go(request: HttpRequest, pk: UUID, step: UUID) -> HttpResponse:
    """A step is no longer needed."""
    match = match_or_404(request, pk)
    row = _step(match, step)
    today, now = clock.today(), clock.now()
    commands.let_step_go(actor_of(request), match=match, step=row, today=today, now=now)
    messages.success(request, _("The step is let go. What is the next one?"))
    return redirect("mentoring:goal", match.pk, row.goal_id)


@require_POST
def take_up(request: HttpRequest, pk: UUID, step: UUID) -> HttpResponse:
    """A step is wanted after all."""
    match = match_or_404(request, pk)
    row = _step(match, step)
    commands.take_step_up(actor_of(request), match=match, step=row, now=clock.now())
    return redirect("mentoring:goal", match.pk, row.goal_id)


def _step(match: Match, pk: UUID) -> GoalStep:
    return get_object_or_404(queries.steps(match), pk=pk)
