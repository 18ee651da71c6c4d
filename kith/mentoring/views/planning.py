"""Finding a time, planning, moving and calling off meetings, and answering to them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.mentoring import commands, forms
from kith.mentoring.models import Match
from kith.mentoring.permissions import RECORD_MEETING
from kith.mentoring.queries import record as queries
from kith.mentoring.queries.agreement import usual_minutes
from kith.mentoring.queries.times import find_times
from kith.mentoring.rules.states import Coming, lengths_at_a_tap
from kith.mentoring.rules.words import length_words
from kith.mentoring.views import shown, shown_meetings
from kith.mentoring.views.meetings import form_page, meeting_or_404
from kith.mentoring.views.shared import match_or_404, to_match
from kith.web.acts import actor_of, done, typed
from kith.web.components import Filter


@require_GET
def times(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Times that suit both sides, on real dates."""
    match, actor, today = match_or_404(request, pk), actor_of(request), clock.today()
    check(actor, RECORD_MEETING, match)
    usual = usual_minutes(match, today)
    minutes = forms.LengthForm(request.GET, usual=usual).chosen
    found = find_times(match, minutes=minutes, now=clock.now())
    page = {
        "match": match,
        "names": shown.names(match, actor),
        "times": shown_meetings.shown_times(match, found, minutes=minutes, today=today),
        "unsaid": shown_meetings.unsaid(found, actor),
        "lengths": [
            Filter(label=length_words(one), url=f"?minutes={one}", is_current=one == minutes)
            for one in lengths_at_a_tap(usual)
        ],
    }
    return render(request, "mentoring/times.html", page)


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Plan the next meeting."""
    match, actor, now = match_or_404(request, pk), actor_of(request), clock.now()
    check(actor, RECORD_MEETING, match)
    first = forms.plan_values(
        way=queries.last_way(match),
        at=request.GET.get("at", ""),
        minutes=forms.LengthForm(request.GET, usual=usual_minutes(match, clock.today())).chosen,
    )
    form = forms.PlanForm(typed(request), initial=first)
    if request.method == "POST" and done(
        form, lambda: commands.plan_meeting(actor, match=match, plan=form.plan, now=now)
    ):
        messages.success(request, _("The meeting is planned."))
        return to_match(match)
    return form_page(request, match, form, title=_("Plan a meeting"))


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: UUID, meeting: UUID) -> HttpResponse:
    """Move a planned meeting, or change where it is."""
    match, actor, now = match_or_404(request, pk), actor_of(request), clock.now()
    row = meeting_or_404(match, meeting)
    check(actor, RECORD_MEETING, match)
    form = forms.PlanForm(typed(request), initial=shown_meetings.plan_of(row))
    if request.method == "POST" and done(
        form,
        lambda: commands.move_meeting(actor, match=match, meeting=row, plan=form.plan, now=now),
    ):
        messages.success(request, _("The meeting is changed. Everybody is told."))
        return to_match(match)
    return form_page(request, match, form, title=_("Change a meeting"))


@require_POST
def called_off(request: HttpRequest, pk: UUID, meeting: UUID) -> HttpResponse:
    """The planned meeting is called off."""
    match = match_or_404(request, pk)
    row = meeting_or_404(match, meeting)
    commands.cancel_meeting(actor_of(request), match=match, meeting=row, now=clock.now())
    messages.success(request, _("The meeting is called off."))
    return to_match(match, "meetings")


@require_POST
def comes(request: HttpRequest, pk: UUID, meeting: UUID) -> HttpResponse:
    """One comes to a planned meeting."""
    match = _answer(request, pk, meeting, Coming.YES)
    messages.success(request, _("Good. The others see that you come."))
    return to_match(match)


@require_POST
def cannot(request: HttpRequest, pk: UUID, meeting: UUID) -> HttpResponse:
    """One cannot come to a planned meeting; nobody is asked why."""
    match = _answer(request, pk, meeting, Coming.NO)
    messages.success(request, _("The others are told. Together you find another time."))
    return to_match(match)


def _answer(request: HttpRequest, pk: UUID, meeting: UUID, coming: Coming) -> Match:
    match = match_or_404(request, pk)
    row = meeting_or_404(match, meeting)
    commands.answer_meeting(
        actor_of(request), match=match, meeting=row, coming=coming, now=clock.now()
    )
    return match
