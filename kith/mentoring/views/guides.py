"""The guides that fit a match now, as a part of its page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from kith.base import clock
from kith.mentoring.queries.guiding import guides_now, phase_now
from kith.mentoring.views import shown
from kith.mentoring.views.shared import match_or_404
from kith.programmes.rules.sentences import language
from kith.web.acts import actor_of


@require_GET
def of_match(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Section and page: guides of the phase the match is in."""
    match, actor, today = match_or_404(request, pk), actor_of(request), clock.today()
    phase = phase_now(match, today=today)
    page = {
        "match": match,
        "names": shown.names(match, actor),
        "phase": phase.name.say(language()),
        "library": reverse("programmes:guides"),
        "is_participant": shown.is_participant(actor, match),
        "guides": [
            {
                "title": guide.title.say(language()),
                "url": reverse("programmes:guide", args=[guide.key.value]),
                "minutes": ngettext("%(number)d minute", "%(number)d minutes", guide.minutes)
                % {"number": guide.minutes},
            }
            for guide in guides_now(actor, match, today=today)
        ],
    }
    return render(request, "mentoring/guides.html", page)
