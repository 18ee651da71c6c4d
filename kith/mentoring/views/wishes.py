"""Somebody would like another mentor, or to stop. Nobody asks why."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.base import clock
from kith.gate.commands import check
from kith.gate.permissions import allows
from kith.matching.rules.words import called
from kith.mentoring import commands
from kith.mentoring.models import Match
from kith.mentoring.permissions import CLOSE, WISH
from kith.mentoring.queries.members import own_sides
from kith.mentoring.views import shown
from kith.mentoring.views.shared import match_or_404, to_match
from kith.people.rules import Side
from kith.programmes.rules import rules_of
from kith.web.acts import actor_of
from kith.web.words import near


@require_http_methods(["GET", "POST"])
def wish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One's own wish; for the coordinator both sides, and what follows from it."""
    match, actor = match_or_404(request, pk), actor_of(request)
    check(actor, WISH, match)
    side = own_sides(actor, [match]).get(match.pk)
    if request.method == "POST":
        side = _side(request.POST.get("side", "")) if side is None else side
        commands.wish_for_change(
            actor, match=match, side=side, today=clock.today(), now=clock.now()
        )
        messages.success(request, _("Your coordinator will talk with you. Nobody asks why."))
        return redirect("mentoring:wish", match.pk)
    page = {
        "match": match,
        "names": shown.names(match, actor),
        "wishes": _wishes(match, side),
        "side": side.value if side else "",
        "is_participant": side is Side.PARTICIPANT,
        "keeps_date": rules_of(match.programme).keeps_waiting_date,
        "may_close": allows(actor, CLOSE, match),
    }
    return render(request, "mentoring/wish.html", page)


@require_POST
def go_on(request: HttpRequest, pk: UUID, side: str) -> HttpResponse:
    """They go on together after all."""
    match = match_or_404(request, pk)
    commands.go_on_together(actor_of(request), match=match, side=_side(side), now=clock.now())
    messages.success(request, _("Good. You go on together."))
    return to_match(match)


def _wishes(match: Match, side: Side | None) -> list[dict[str, str]]:
    """Who wishes for a change, as far as the reader may know: each side its own."""
    both = ((Side.PARTICIPANT, match.participant), (Side.MENTOR, match.mentor))
    found = []
    for which, person in both:
        day = getattr(match, f"{which.value}_wish_on")
        if day is not None and side in {None, which}:
            when = near(day, clock.today())
            found.append({"side": which.value, "name": called(person), "when": when})
    return found


def _side(text: str) -> Side:
    if text not in set(Side):
        raise Http404
    return Side(text)
