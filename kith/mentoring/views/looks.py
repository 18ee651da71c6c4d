"""Looking at the domain map again, in the weeks of the programme: an offer, never a duty."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.commands import check
from kith.mentoring import commands
from kith.mentoring.models import Match
from kith.mentoring.permissions import PASS_MAP
from kith.mentoring.queries.dates import open_look
from kith.mentoring.views import shown
from kith.mentoring.views.shared import map_url, match_or_404, to_match
from kith.web.acts import actor_of

NOT_NOW, NEVER, AGAIN = "not_now", "never", "again"


@require_http_methods(["GET", "POST"])
def look_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draw it, not this time, or do not ask again."""
    match, actor, today = match_or_404(request, pk), actor_of(request), clock.today()
    check(actor, PASS_MAP, match)
    if request.method == "POST":
        messages.success(request, _answer(actor, match, request.POST.get("answer", "")))
        return to_match(match)
    own = shown.is_participant(actor, match)
    page = {
        "match": match,
        "names": shown.names(match, actor),
        "week": open_look(match, today=today),
        "is_asked": match.no_maps_since is None,
        "is_own": own,
        "map_url": map_url(match, own=own),
        "back_url": reverse("mentoring:match", args=[match.pk]),
    }
    return render(request, "mentoring/look_again.html", page)


def _answer(actor: Actor, match: Match, answer: str) -> str:
    today, now = clock.today(), clock.now()
    if answer == NOT_NOW:
        commands.pass_map(actor, match=match, today=today, now=now)
        return _("That is fine. Nothing else changes.")
    if answer not in {NEVER, AGAIN}:
        raise Http404
    wanted = answer == AGAIN
    commands.want_maps(actor, match=match, wanted=wanted, today=today, now=now)
    return _("The map is offered again.") if wanted else _("That is fine. Nobody asks again.")
