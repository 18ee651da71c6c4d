"""The weeks of one mentor, for the coordinator."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from kith.base import clock
from kith.calendars.queries import of_mentor as queries
from kith.calendars.queries.own import Month
from kith.calendars.views import shown
from kith.web.acts import actor_of
from kith.web.words import near


@require_GET
def mentor(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Meetings, duties, activities, supervision and rests, week by week."""
    actor, today = actor_of(request), clock.today()
    row = get_object_or_404(queries.mentors(actor), pk=pk)
    month = Month.read(request.GET.get("month", ""), today=today)
    found = queries.of_mentor(row, month, today=today)
    page = {
        "person": row,
        "person_url": reverse("people:person", args=[row.pk]),
        "rest": near(found.rests_until, today) if found.rests_until else "",
        "weeks": shown.mentor_weeks(found, month),
        **shown.months(month),
    }
    return render(request, "calendars/mentor.html", page)


@require_GET
def link(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The way from a mentor's page to their calendar, with how much lies in the next weeks."""
    actor, today = actor_of(request), clock.today()
    row = get_object_or_404(queries.mentors(actor), pk=pk)
    month = Month.read("", today=today)
    found = queries.of_mentor(row, month, today=today)
    lines = [line for week in shown.mentor_weeks(found, month) for line in week.lines]
    page = {
        "person": row,
        "rest": near(found.rests_until, today) if found.rests_until else "",
        "next": lines[:1],
    }
    return render(request, "calendars/of_mentor.html", page)
