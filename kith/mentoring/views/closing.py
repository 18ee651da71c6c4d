"""The closing talk with each side, and what could come next for the participant."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.commands import check
from kith.matching.rules.words import called
from kith.mentoring import commands, forms
from kith.mentoring.models import ClosingTalk, Match
from kith.mentoring.permissions import TALK
from kith.mentoring.queries import closing as queries
from kith.mentoring.queries import follow_ups
from kith.mentoring.rules.closing import NEXT_WORDS, FollowUpState, NextSupport
from kith.mentoring.views import shown
from kith.mentoring.views.shared import match_or_404
from kith.people.rules import Side
from kith.web.acts import actor_of, done, typed
from kith.web.words import comma_list, full_day, isolated


@require_http_methods(["GET", "POST"])
def talk(request: HttpRequest, pk: UUID, side: str) -> HttpResponse:
    """Ask one side alone how it was; every question may be left out."""
    match, actor, which = match_or_404(request, pk), actor_of(request), _side(side)
    check(actor, TALK, match)
    today, now = clock.today(), clock.now()
    known = queries.closing_talks(actor, match).get(which.value)
    form = forms.ClosingTalkForm(typed(request), initial=_first(known), side=which)
    if request.method == "POST" and done(
        form,
        lambda: commands.note_closing_talk(
            actor, match=match, side=which, note=form.talk, today=today, now=now
        ),
    ):
        messages.success(request, _("The talk is noted."))
        return redirect("mentoring:plan_ending", match.pk)
    person = match.participant if which is Side.PARTICIPANT else match.mentor
    page = {
        "match": match,
        "names": shown.names(match, actor),
        "name": called(person),
        "form": form,
    }
    return render(request, "mentoring/closing_talk.html", page, status=422 if form.errors else 200)


def next_supports(actor: Actor, match: Match) -> list[dict[str, str]]:
    """Where the coordinator finds what could come next, with what each side wished for."""
    talks = queries.closing_talks(actor, match)
    both = ((Side.PARTICIPANT, match.participant), (Side.MENTOR, match.mentor))
    found = []
    for side, person in both:
        talk = talks.get(side.value)
        if talk is not None and talk.wants:
            words = comma_list([NEXT_WORDS[NextSupport(one)] for one in talk.wants])
            said = _("%(name)s would like: %(wants)s") % {
                "name": isolated(called(person)),
                "wants": words,
            }
            found.append({"said": said})
    return found


def places_for_next(match: Match) -> list[dict[str, str]]:
    """Where what comes next is arranged."""
    return [
        {"name": _("Referrals to services"), "url": _of(match, "services:person")},
        {"name": _("Activities"), "url": reverse("activities:start")},
        {"name": _("The participant's record"), "url": _of(match, "people:person")},
    ]


def _of(match: Match, page: str) -> str:
    return reverse(page, args=[match.participant_id])


def later_of(actor: Actor, match: Match) -> list[dict[str, Any]]:
    """The talks after the end: when they are, and how they went."""
    return [
        {
            "when": full_day(one.on or one.due_on),
            "is_open": one.state == FollowUpState.OPEN,
            "is_held": one.state == FollowUpState.HELD,
            "url": reverse("mentoring:follow_up", args=[one.pk]),
        }
        for one in follow_ups.of_match(actor, match)
    ]


def _first(known: ClosingTalk | None) -> dict[str, Any]:
    """What the form begins with: today, or what was noted."""
    if known is None:
        return {"on": clock.today(), "way": "in_person"}
    answers = known.answers or {}
    return {
        "on": known.on,
        "way": known.way,
        "wants": known.wants,
        "note": str(known.note),
        **answers,
    }


def _side(text: str) -> Side:
    if text not in set(Side):
        raise Http404
    return Side(text)
