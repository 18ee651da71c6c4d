"""Looking back together: goals, meetings and what has changed, for both at one table."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.mentoring import commands
from kith.mentoring.models import Match
from kith.mentoring.permissions import SET_GOALS
from kith.mentoring.queries import record
from kith.mentoring.rules.closing import closing_texts
from kith.mentoring.rules.states import MeetingState
from kith.mentoring.views import shown, shown_goals
from kith.mentoring.views.shared import map_url, match_or_404, to_match
from kith.web.acts import actor_of
from kith.web.words import full_day


@require_http_methods(["GET", "POST"])
def look_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What both look at and talk about; nothing of what is said is kept, only the day."""
    match, actor, today = match_or_404(request, pk), actor_of(request), clock.today()
    check(actor, SET_GOALS, match)
    if request.method == "POST":
        commands.look_back(actor, match=match, today=today, now=clock.now())
        messages.success(request, _("Noted. It is good to look back together."))
        return to_match(match)
    who, language = shown_goals.who_is_who(match, actor), get_language() or "en"
    page = {
        "match": match,
        "names": shown.names(match, actor),
        "met": _met(match),
        "goals": [shown_goals.goal(row, who, today=today) for row in record.goals(match)],
        "map_url": map_url(match, own=shown.is_participant(actor, match)),
        "questions": [one.name.say(language) for one in closing_texts().together],
        "looked": full_day(match.looked_back_on) if match.looked_back_on else "",
    }
    return render(request, "mentoring/look_back.html", page)


def _met(match: Match) -> str:
    """How often they met since the first time."""
    number = record.meetings(match).filter(state=MeetingState.HELD.value).count()
    if match.started_on is None:
        return _("You have not met yet.")
    said = ngettext(
        "You have met %(number)d time since %(day)s.",
        "You have met %(number)d times since %(day)s.",
        number,
    )
    return said % {"number": number, "day": full_day(match.started_on)}
