"""One's own reminders: the list behind the bell, and what one chooses."""

from uuid import UUID

from django.conf import settings as house
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock, mail
from kith.base.errors import Denied
from kith.gate.models import Membership
from kith.reminders import commands
from kith.reminders.forms import WishesForm
from kith.reminders.models import Reminder
from kith.reminders.queries import own
from kith.reminders.queries.settings import chosen_by, kinds_of
from kith.web.acts import actor_of
from kith.web.words import near


def member_of(request: HttpRequest) -> Membership:
    """The place of whoever is asking. Raises Denied."""
    member = actor_of(request).membership
    if member is None:
        raise Denied
    return member


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What one is reminded of, the newest day first."""
    today = clock.today()
    begin = own.Place.read(request.GET.get("after", ""))
    found = own.page(actor_of(request), after=begin, today=today)
    page = {
        "lines": [(line, near(line.reminder.due_on, today)) for line in found.lines],
        "has_new": any(line.is_new for line in found.lines),
        "next_url": f"{request.path}?after={found.next}" if found.next else "",
        "first_url": request.path if begin else "",
    }
    return render(request, "reminders/mine.html", page)


@require_POST
def open_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go to where one acts; the line counts as looked at from now on."""
    actor = actor_of(request)
    reminder: Reminder = get_object_or_404(own.reminders(actor), pk=pk)
    commands.see(actor, reminder=reminder, now=clock.now())
    return redirect(str(reminder.link))


@require_POST
def see_all(request: HttpRequest) -> HttpResponse:
    """Everything counts as looked at."""
    commands.see_all(actor_of(request), now=clock.now())
    return redirect("reminders:mine")


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Of what one is reminded, how, and when."""
    member = member_of(request)
    kinds, who = kinds_of(member), chosen_by(member)
    form = WishesForm(
        request.POST if request.method == "POST" else None,
        who=who,
        kinds=kinds,
        house=house.TIME_ZONE,
    )
    if request.method == "POST" and form.is_valid():
        commands.choose(
            actor_of(request),
            member=member,
            wanted=form.wanted,
            by_channel=form.by_channel,
            offered=kinds,
            now=clock.now(),
        )
        messages.success(request, _("Your choice is kept."))
        return redirect("reminders:mine")
    page = {"form": form, "address": str(member.email), "sends_mail": mail.is_set_up()}
    status = 422 if form.errors else 200
    return render(request, "reminders/settings.html", page, status=status)
