"""The page behind a link in a mail: mails stop without signing in, by a button alone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kith.base import scope
from kith.reminders import commands
from kith.reminders.queries.settings import ByLink, by_link, chosen_by, kinds_of
from kith.reminders.rules.kinds import Kind, kind_of
from kith.reminders.rules.states import Channel

ALL = "all"


# The link itself is the proof: programs that read mail send the button's act without a cookie.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, code: str) -> HttpResponse:
    """What may stop; nothing changes before a button was pressed."""
    found = by_link(code)
    if found is None:
        return render(request, "reminders/link_over.html", status=404)
    with scope.entered(found.member.organisation_id, user_id=found.member.user_id):
        if request.method == "POST":
            _stop_or_begin(request, found)
            return redirect(reverse("reminders:stop", args=[code]))
        with translation.override(found.member.user.language):
            return render(request, "reminders/stop.html", _page(found, code))


def _stop_or_begin(request: HttpRequest, found: ByLink) -> None:
    wanted = request.POST.get("about", ALL)
    kind = kind_of(wanted)
    if kind is None and wanted != ALL:
        return
    wants = request.POST.get("wants") == "yes"
    commands.want_mail(found.actor, member=found.member, kind=kind, wants=wants)


def _page(found: ByLink, code: str) -> dict[str, object]:
    who = chosen_by(found.member)
    kinds: list[tuple[Kind, bool]] = [
        (kind, who.choices.get((kind.key, Channel.MAIL.value), kind.in_mail))
        for kind in kinds_of(found.member)
    ]
    return {
        "kinds": kinds,
        "wants_mail": who.wishes.wants_mail,
        "here": reverse("reminders:stop", args=[code]),
        "all": ALL,
    }
