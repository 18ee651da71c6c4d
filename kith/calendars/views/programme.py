"""The calendar of a programme, for its coordinator."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from kith.base import clock
from kith.calendars.permissions import SEE_PROGRAMME_CALENDAR
from kith.calendars.queries import programme as queries
from kith.calendars.queries.own import Month
from kith.calendars.views import shown
from kith.gate.commands import check
from kith.web.acts import actor_of


@require_GET
def programme(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Meetings and activities of a month, day by day."""
    actor, today = actor_of(request), clock.today()
    check(actor, SEE_PROGRAMME_CALENDAR)
    row = get_object_or_404(queries.programmes(actor), pk=pk)
    month = Month.read(request.GET.get("month", ""), today=today)
    after = queries.Mark.read(request.GET.get("after", ""))
    page = queries.page(row, month, after=after)
    more = f"?month={month}&after={page.next}".replace("+", "%2B") if page.next else ""
    values = {
        "programme": row,
        "days": shown.programme_days(page.days, today=today),
        "next_url": more,
        "first_url": f"?month={month}" if after else "",
        **shown.months(month),
    }
    return render(request, "calendars/programme.html", values)


@require_GET
def link(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The way from the page of a programme to its calendar."""
    actor = actor_of(request)
    check(actor, SEE_PROGRAMME_CALENDAR)
    row = get_object_or_404(queries.programmes(actor), pk=pk)
    page = queries.page(row, Month.read("", today=clock.today()), after=None)
    return render(request, "calendars/of_programme.html", {"programme": row, "page": page})
