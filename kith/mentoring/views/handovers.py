"""Somebody else goes with a participant: asking, the answer, and the end of standing in."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.matching.rules.words import called
from kith.mentoring import commands, forms
from kith.mentoring.models import HandOver, Match, MatchMember
from kith.mentoring.permissions import ANSWER_HAND_OVER, CHANGE_MEMBERS
from kith.mentoring.queries import handovers as queries
from kith.mentoring.queries.members import members
from kith.mentoring.rules.handovers import HandOverState
from kith.mentoring.views import shown, shown_handovers
from kith.mentoring.views.shared import match_or_404, to_match
from kith.people.models import Person
from kith.web.acts import actor_of, done, typed


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, pk: UUID, member: UUID) -> HttpResponse:
    """Find somebody who takes a place, ask the participant, and look after what is open."""
    match, actor = match_or_404(request, pk), actor_of(request)
    check(actor, CHANGE_MEMBERS, match)
    row = get_object_or_404(members(match), pk=member)
    open_one = queries.open_at(row)
    if open_one is not None:
        return _open(request, match, open_one)
    text = request.GET.get("q", "")
    found = queries.candidates(actor, match, text=text)
    person = _chosen(found, request.GET.get("person", ""))
    until = forms.last_day(request.GET.get("until", ""), today=clock.today())
    if person is None:
        return _choose(request, match, row, found, text, until)
    return _ask(request, match, row, person, until)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: UUID, handover: UUID) -> HttpResponse:
    """The participant reads who would come, and says yes or no; nobody asks why."""
    match, actor = match_or_404(request, pk), actor_of(request)
    check(actor, ANSWER_HAND_OVER)
    one = get_object_or_404(queries.asked(actor), pk=handover, match=match)
    if request.method == "POST":
        agrees = request.POST.get("answer") == "yes"
        commands.answer_hand_over(
            actor, handover=one, agrees=agrees, today=clock.today(), now=clock.now()
        )
        messages.success(request, _thanks(agrees=agrees, is_staff=actor.is_staff))
        return to_match(match)
    page = {
        "match": match,
        "names": shown.names(match, actor),
        "handover": one,
        "name": called(one.person),
        "asked": shown_handovers.asked_of_participant(one),
        "is_open": one.state == HandOverState.ASKED,
    }
    return render(request, "mentoring/answer_hand_over.html", page)


@require_POST
def off(request: HttpRequest, pk: UUID, handover: UUID) -> HttpResponse:
    """It does not take place."""
    match, one = _found(request, pk, handover)
    commands.call_off_hand_over(actor_of(request), match=match, handover=one, now=clock.now())
    messages.success(request, _("Called off. Everything stays as it was."))
    return to_match(match)


@require_POST
def back(request: HttpRequest, pk: UUID, handover: UUID) -> HttpResponse:
    """Whoever was away is back."""
    match, one = _found(request, pk, handover)
    commands.end_stand_in(
        actor_of(request), match=match, handover=one, today=clock.today(), now=clock.now()
    )
    messages.success(request, _("Noted. Thank whoever stood in."))
    return to_match(match)


@require_POST
def longer(request: HttpRequest, pk: UUID, handover: UUID) -> HttpResponse:
    """Somebody stands in for longer."""
    match, one = _found(request, pk, handover)
    form, today, now = forms.LongerForm(request.POST), clock.today(), clock.now()
    if done(
        form,
        lambda: commands.stand_in_longer(
            actor_of(request), match=match, handover=one, today=today, now=now, **form.cleaned_data
        ),
    ):
        messages.success(request, _("Noted."))
        return to_match(match)
    return _open(request, match, one, form=form)


def _thanks(*, agrees: bool, is_staff: bool) -> str:
    if is_staff:
        return _("The answer is noted.")
    if agrees:
        return _("Thank you. Your coordinator tells you about the first meeting.")
    return _("That is fine. Your coordinator looks for another way with you.")


def _choose(
    request: HttpRequest,
    match: Match,
    row: MatchMember,
    found: list[Person],
    text: str,
    until: date | None,
) -> HttpResponse:
    page = {
        "until": until.isoformat() if until else "",
        "keep": {"until": until.isoformat()} if until else {},
        "match": match,
        "names": shown.names(match, actor_of(request)),
        "other": called(row.person),
        "text": text,
        "found": shown_handovers.candidates(match, found, clock.today()),
    }
    return render(request, "mentoring/hand_over_choose.html", page)


def _ask(
    request: HttpRequest, match: Match, row: MatchMember, person: Person, until: date | None
) -> HttpResponse:
    actor, today, now = actor_of(request), clock.today(), clock.now()
    form = forms.HandOverForm(typed(request), initial=forms.hand_over_values(today, until))
    if request.method == "POST" and done(
        form,
        lambda: commands.ask_hand_over(
            actor, match=match, member=row, person=person, plan=form.plan, today=today, now=now
        ),
    ):
        messages.success(request, _("The participant is asked on their page. Call them as well."))
        return redirect("mentoring:hand_over", match.pk, row.pk)
    page = {
        "match": match,
        "names": shown.names(match, actor),
        "name": called(person),
        "other": called(row.person),
        "form": form,
    }
    return render(request, "mentoring/hand_over_ask.html", page, status=422 if form.errors else 200)


def _open(
    request: HttpRequest, match: Match, one: HandOver, form: forms.LongerForm | None = None
) -> HttpResponse:
    page: dict[str, Any] = {
        "match": match,
        "names": shown.names(match, actor_of(request)),
        "handover": one,
        "participant": called(match.participant),
        "name": called(one.person),
        "other": called(one.member.person),
        "said": shown_handovers.state_of(one),
        "lacking": shown_handovers.lacking(one, clock.today()),
        "is_asked": one.state == HandOverState.ASKED,
        "is_begun": one.state == HandOverState.BEGUN,
        "form": form or forms.LongerForm(initial={"until_on": one.until_on}),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "mentoring/hand_over.html", page, status=status)


def _found(request: HttpRequest, pk: UUID, handover: UUID) -> tuple[Match, HandOver]:
    match = match_or_404(request, pk)
    return match, get_object_or_404(queries.hand_overs(match), pk=handover)


def _chosen(found: list[Person], asked: str) -> Person | None:
    if not asked:
        return None
    person = next((one for one in found if str(one.pk) == asked), None)
    if person is None:
        raise Http404
    return person
