"""The first page of an empty Kith."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.accounts.commands.founding import Beginning, begin
from kith.accounts.forms import BeginForm
from kith.accounts.queries import is_empty, start_key, user_by_key
from kith.accounts.rules import DOOR, Way
from kith.accounts.views.entering import THEN, come_in, is_this_machine, is_too_fast
from kith.base.errors import Refused
from kith.web.forms import refuse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

KEY = "start_key"
FIRST_WORK = "people:imports"
TOO_MANY, SECONDS_BETWEEN_LOOKS = 429, "2"


def _may_begin(request: HttpRequest) -> bool:
    """On the machine itself, or with the key that `kith run` printed."""
    given = request.GET.get("key", "")
    if given and hmac.compare_digest(given, start_key()):
        request.session[KEY] = True
    return is_this_machine(request) or bool(request.session.get(KEY))


@login_not_required
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Look at the demo, or begin your own."""
    if is_too_fast(request, DOOR):
        return render(request, "web/errors/429.html", status=TOO_MANY)
    if not is_empty():
        return redirect("web:today")
    page = {"may_begin": _may_begin(request), "may_look": is_this_machine(request)}
    return render(request, "accounts/start.html", page)


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def begin_own(request: HttpRequest) -> HttpResponse:
    """The organisation and its first coordinator."""
    if not is_empty():
        raise Http404
    if not _may_begin(request):
        return redirect("accounts:start")
    form = BeginForm(request.POST or None, initial={"languages": [get_language()]})
    if request.method == "POST" and form.is_valid():
        try:
            return _begun(request, form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
    return render(request, "accounts/begin.html", {"form": form, "steps": steps()})


def steps() -> list[str]:
    """What lies between an empty Kith and the first work."""
    return [_("About you"), _("Second factor"), _("Recovery codes"), _("Your list")]


def _begun(request: HttpRequest, typed: dict[str, str]) -> HttpResponse:
    beginning = Beginning(typed["organisation"], typed["country"], typed["languages"])
    member = begin(
        beginning,
        name=typed["name"],
        address=typed["address"],
        password=typed["password"],
        language=get_language() or settings.LANGUAGE_CODE,
    )
    user = user_by_key(member.user_id)
    if user is None:
        raise Http404
    answer = come_in(request, user, way=Way.INVITATION)
    request.session[THEN] = FIRST_WORK
    return answer


# ── Demo ─────────────────────────────────────────────────────────────────────────────────────────


@login_not_required
@require_POST
def look_at_demo(request: HttpRequest) -> HttpResponse:
    """Ask the supervisor for the demo; the next page waits for it."""
    if not is_this_machine(request):
        raise Http404
    return _change_place(request, "KITH_CHOOSE_DEMO")


@login_not_required
@require_POST
def leave_demo(request: HttpRequest) -> HttpResponse:
    """From the demo back to one's own data folder."""
    if not settings.KITH_DEMO or not is_this_machine(request):
        raise Http404
    return _change_place(request, "KITH_CHOOSE_OWN")


def _change_place(request: HttpRequest, hook: str) -> HttpResponse:
    choose = getattr(settings, hook, "")
    if not choose:
        return render(request, "accounts/start_by_hand.html", {"is_demo": settings.KITH_DEMO})
    import_string(choose)()
    return redirect("accounts:waiting")


@login_not_required
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Looks again every two seconds until the other data folder answers."""
    report = getattr(settings, "KITH_CHANGE_PROGRESS", "")
    progress = import_string(report)() if report else None
    if progress is None:
        return redirect("/")
    answer = render(request, "accounts/waiting.html", {"progress": progress})
    answer.headers["Refresh"] = SECONDS_BETWEEN_LOOKS
    return answer
