"""Goals, and the small steps added to them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.mentoring import commands, forms
from kith.mentoring.models import Goal, Match
from kith.mentoring.permissions import SET_GOALS
from kith.mentoring.queries import record as queries
from kith.mentoring.rules.states import GoalState, Who
from kith.mentoring.views import shown, shown_goals
from kith.mentoring.views.shared import match_or_404, to_match
from kith.programmes.rules import rules_of
from kith.web.acts import actor_of, done, typed


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set a goal."""
    match, actor = match_or_404(request, pk), actor_of(request)
    check(actor, SET_GOALS, match)
    people = shown_goals.who_is_who(match, actor)
    focus = rules_of(match.programme).focus_domains
    form = forms.GoalForm(typed(request), participant=people[Who.PARTICIPANT], focus=focus)
    today, now = clock.today(), clock.now()
    if request.method == "POST" and done(
        form,
        lambda: commands.add_goal(actor, match=match, today=today, now=now, **form.cleaned_data),
    ):
        messages.success(request, _("The goal is set."))
        return to_match(match, "goals")
    page = {"match": match, "names": shown.names(match, actor), "form": form, "title": _("A goal")}
    return render(request, "mentoring/form.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def goal(request: HttpRequest, pk: UUID, goal: UUID) -> HttpResponse:
    """A goal with its steps; the form adds one."""
    match, actor = match_or_404(request, pk), actor_of(request)
    check(actor, SET_GOALS, match)
    today, now = clock.today(), clock.now()
    row = _goal(match, goal)
    people = shown_goals.who_is_who(match, actor)
    form = forms.StepForm(typed(request), people=people)
    if request.method == "POST" and done(
        form,
        lambda: commands.add_step(
            actor, match=match, goal=row.goal, today=today, now=now, **form.cleaned_data
        ),
    ):
        return redirect("mentoring:goal", match.pk, row.goal.pk)
    page = {
        "match": match,
        "names": shown.names(match, actor),
        **shown_goals.outcomes(match, row.goal),
        "goal": shown_goals.goal(row, people, today=today),
        "form": form,
    }
    return render(request, "mentoring/goal.html", page, status=422 if form.errors else 200)


@require_POST
def end(request: HttpRequest, pk: UUID, goal: UUID) -> HttpResponse:
    """Reached, or let go."""
    match, state = match_or_404(request, pk), request.POST.get("state", "")
    if state not in {GoalState.REACHED.value, GoalState.LET_GO.value}:
        raise Http404
    commands.end_goal(
        actor_of(request),
        match=match,
        goal=_goal(match, goal).goal,
        state=state,
        today=clock.today(),
        now=clock.now(),
    )
    said = _("Reached. Well done.") if state == GoalState.REACHED else _("The goal is let go.")
    messages.success(request, said)
    return to_match(match, "goals")


def _goal(match: Match, pk: UUID) -> queries.GoalWithSteps:
    row: Goal = get_object_or_404(queries.goal_rows(match), pk=pk)
    return queries.with_steps(row)
