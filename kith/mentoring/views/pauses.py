"""Letting a match rest, asking how things stand, and going on."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.mentoring import commands, forms
from kith.mentoring.models import Match
from kith.mentoring.permissions import CLOSE
from kith.mentoring.queries import record as queries
from kith.mentoring.rules.states import PauseReason
from kith.mentoring.rules.words import PAUSE_WORDS
from kith.mentoring.views import shown
from kith.mentoring.views.shared import match_or_404, to_match
from kith.programmes.rules import rules_of
from kith.web.acts import actor_of, done, typed
from kith.web.forms import KithForm
from kith.web.words import day_and_month, full_day


@require_http_methods(["GET", "POST"])
def pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a match rest, with a reason and a day on which somebody asks."""
    match, actor, today = match_or_404(request, pk), actor_of(request), clock.today()
    check(actor, CLOSE, match)
    first = {"from_on": today, "review_on": _review_day(match, today)}
    form = forms.PauseForm(typed(request), initial=first)
    if request.method == "POST" and done(
        form,
        lambda: commands.pause_match(
            actor, match=match, note=form.note, today=today, now=clock.now()
        ),
    ):
        messages.success(request, _("The match rests. Nobody is reminded meanwhile."))
        return to_match(match)
    return _page(request, match, form, "mentoring/pause.html")


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How things stand during a pause: go on, rest longer, or come to an end."""
    match, actor, today = match_or_404(request, pk), actor_of(request), clock.today()
    check(actor, CLOSE, match)
    form = forms.LongerPauseForm(typed(request), initial={"review_on": _review_day(match, today)})
    if request.method == "POST" and done(
        form,
        lambda: commands.extend_pause(
            actor, match=match, today=today, now=clock.now(), **form.cleaned_data
        ),
    ):
        messages.success(request, _("The match rests on. You are asked again on that day."))
        return to_match(match)
    return _page(request, match, form, "mentoring/review_pause.html")


@require_POST
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on after a pause."""
    match, today = match_or_404(request, pk), clock.today()
    before = match.planned_end_on
    resumed = commands.resume_match(actor_of(request), match=match, today=today, now=clock.now())
    messages.success(request, _("The match goes on."))
    if resumed.planned_end_on and resumed.planned_end_on != before:
        said = _("The planned end moved by the pause, to %(day)s.")
        messages.success(request, said % {"day": full_day(resumed.planned_end_on)})
    return to_match(resumed)


def _review_day(match: Match, today: date) -> date:
    return today + timedelta(days=rules_of(match.programme).care.pause_review_days)


def _page(request: HttpRequest, match: Match, form: KithForm, template: str) -> HttpResponse:
    pause = queries.pause_of(match)
    page = {
        "match": match,
        "names": shown.names(match, actor_of(request)),
        "form": form,
        "since": day_and_month(pause.from_on) if pause else "",
        "why": PAUSE_WORDS[PauseReason(pause.reason)] if pause else "",
    }
    return render(request, template, page, status=422 if form.errors else 200)
