"""The calendar of one match, for everybody in it and for its coordinator."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from kith.base import clock
from kith.calendars.queries import of_match as queries
from kith.calendars.queries.own import Month
from kith.calendars.views import shown
from kith.mentoring.rules.members import both_sides
from kith.web.acts import actor_of

ON_A_PANEL = 3


@require_GET
def match(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Meetings, duties, activities and planned days of a match, day by day."""
    actor, today = actor_of(request), clock.today()
    row = get_object_or_404(queries.matches(actor), pk=pk)
    month = Month.read(request.GET.get("month", ""), today=today)
    found = queries.of_match(actor, row, month)
    page = {
        "names": both_sides(row),
        "match_url": reverse("mentoring:match", args=[row.pk]),
        "days": shown.match_days(found, month, today=today),
        **shown.months(month),
    }
    return render(request, "calendars/match.html", page)


@require_GET
def part(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The next days of it, as a part of the match's page."""
    actor, today = actor_of(request), clock.today()
    row = get_object_or_404(queries.matches(actor), pk=pk)
    month = Month.read("", today=today)
    found = queries.of_match(actor, row, month)
    page = {
        "match": row,
        "days": shown.match_days(found, month, today=today)[:ON_A_PANEL],
    }
    return render(request, "calendars/of_match.html", page)
