"""One's own calendar: by month, as a file behind a secret address, and by mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kith.base import clock, scope
from kith.calendars import commands
from kith.calendars.permissions import SEE_OWN_CALENDAR
from kith.calendars.queries import own
from kith.calendars.rules.entries import Method, written
from kith.calendars.rules.words import host, words
from kith.calendars.views import shown
from kith.calendars.views.shared import own_member
from kith.gate.commands import check
from kith.web.acts import actor_of


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """One's own meetings and activities of a month, day by day."""
    actor, today = actor_of(request), clock.today()
    check(actor, SEE_OWN_CALENDAR)
    month = own.Month.read(request.GET.get("month", ""), today=today)
    meetings = own.own_month(actor.user_id, month)
    duties, activities = (
        own.own_duties(actor.user_id, month),
        own.own_activities(actor.user_id, month),
    )
    wish = own.wish_of(own_member(request))
    page = {
        "days": shown.own_days(meetings, duties, activities, actor, today=today),
        "wish": wish,
        "address": own.address_of(wish),
        **shown.months(month),
    }
    return render(request, "calendars/mine.html", page)


@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """A new secret address; the old one shows nothing any more."""
    commands.renew_address(actor_of(request), member=own_member(request))
    messages.success(request, _("Here is your address. Calendars with an older one show nothing."))
    return redirect("calendars:mine")


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """No secret address any more."""
    commands.close_address(actor_of(request), member=own_member(request))
    messages.success(request, _("The address is closed."))
    return redirect("calendars:mine")


@require_POST
def by_mail(request: HttpRequest) -> HttpResponse:
    """Whether invitations come by mail."""
    wants = request.POST.get("wants") == "yes"
    commands.choose_mail(actor_of(request), member=own_member(request), wants=wants)
    if wants:
        messages.success(request, _("Invitations come by e-mail."))
    else:
        messages.success(request, _("No invitations by e-mail any more."))
    return redirect("calendars:mine")


# The address itself is the proof: calendars fetch it without a cookie.
@login_not_required
@require_GET
def file(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody's meetings as a calendar file: when and where, nobody's name."""
    member = own.member_behind(code)
    if member is None:
        raise Http404
    now = clock.now()
    with (
        scope.entered(member.organisation_id, user_id=member.user_id),
        translation.override(member.user.language),
    ):
        entries = own.entries_of(member, now=now)
        text = written(entries, words(), method=Method.PUBLISH, host=host(), now=now)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="kith.ics"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
