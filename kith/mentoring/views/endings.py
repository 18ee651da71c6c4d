"""Planning a good ending, or more time."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.mentoring import commands, forms
from kith.mentoring.models import Match
from kith.mentoring.permissions import CLOSE
from kith.mentoring.queries.closing import steps
from kith.mentoring.views import shown
from kith.mentoring.views.closing import later_of, next_supports, places_for_next
from kith.mentoring.views.shared import match_or_404, to_match
from kith.programmes.rules import rules_of
from kith.web.acts import actor_of, done, typed

CLOSING_PHASE = "close"


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose the day of the farewell; what belongs to a good ending stands beside it."""
    match, actor, today = match_or_404(request, pk), actor_of(request), clock.today()
    check(actor, CLOSE, match)
    form = forms.FarewellForm(typed(request), initial={"farewell_on": _usual_day(match, today)})
    if request.method == "POST" and done(
        form,
        lambda: commands.plan_ending(
            actor, match=match, today=today, now=clock.now(), **form.cleaned_data
        ),
    ):
        messages.success(request, _("The farewell is planned."))
        return to_match(match)
    return _page(request, match, farewell=form, more=forms.MoreTimeForm())


@require_http_methods(["GET", "POST"])
def more_time(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The two would like to go on."""
    match, actor = match_or_404(request, pk), actor_of(request)
    check(actor, CLOSE, match)
    today, now = clock.today(), clock.now()
    form = forms.MoreTimeForm(typed(request))
    if request.method == "POST" and done(
        form,
        lambda: commands.give_more_time(
            actor, match=match, today=today, now=now, **form.cleaned_data
        ),
    ):
        messages.success(request, _("They have more time now."))
        return to_match(match)
    first = {"farewell_on": _usual_day(match, today)}
    return _page(request, match, farewell=forms.FarewellForm(initial=first), more=form)


def _usual_day(match: Match, today: date) -> date:
    return match.farewell_on or max(match.planned_end_on or today, today)


def _page(request: HttpRequest, match: Match, **found: Any) -> HttpResponse:
    rules, language = rules_of(match.programme), get_language() or "en"
    phase = next((one for one in rules.phases if one.key == CLOSING_PHASE), rules.phases[-1])
    page = {
        "match": match,
        "names": shown.names(match, actor_of(request)),
        "closing": rules.closing.name.say(language),
        "what_happens": rules.closing.what_happens.say(language),
        "checklist": [one.say(language) for one in phase.checklist],
        "steps": steps(actor_of(request), match),
        "later": later_of(actor_of(request), match),
        "places": places_for_next(match),
        "next": next_supports(actor_of(request), match),
        **found,
    }
    has_errors = any(form.errors for form in found.values())
    return render(request, "mentoring/ending.html", page, status=422 if has_errors else 200)
