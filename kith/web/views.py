from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language as django_set_language

from kith.base import clock
from kith.gate.middleware import SESSION_REASONS
from kith.web import search as finder
from kith.web import stylepage
from kith.web import today as board
from kith.web.acts import actor_of
from kith.web.theme import keep_theme

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase


NOON, EVENING = 12, 18
REASON_LETTERS = 300


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What needs this person now."""
    actor, day = actor_of(request), clock.today()
    lines = board.lines_for(actor, day)
    page = {
        "greeting": greeting(timezone.localtime(clock.now()).hour) % {"name": actor.display_name},
        "lines": lines,
        "calm": board.calm_for(actor, day),
        "first_step": None if lines else board.first_step_for(actor),
        "today": day,
    }
    return render(request, "web/today.html", page)


@require_GET
def more(request: HttpRequest) -> HttpResponse:
    """The entries of the menu that have no room at the foot of a phone."""
    return render(request, "web/more.html")


def greeting(hour: int) -> str:
    if hour < NOON:
        return _("Good morning, %(name)s")
    return _("Good afternoon, %(name)s") if hour < EVENING else _("Good evening, %(name)s")


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:100]
    found = finder.found_for(actor_of(request), text)
    page = {"text": text, "found": found, "is_short": 0 < len(text) < finder.SHORTEST}
    return render(request, "web/search.html", page)


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    return django_set_language(request)


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    response = redirect(_next(request))
    keep_theme(response, request.POST.get("theme", ""), secure=request.is_secure())
    return response


@require_POST
def give_reason(request: HttpRequest) -> HttpResponse:
    """Keep why someone opens a record beside their own work; the gate writes it to the audit."""
    reason = " ".join(request.POST.get("reason", "").split())[:REASON_LETTERS]
    row_id = request.POST.get("row_id", "")
    if reason and row_id:
        given = request.session.get(SESSION_REASONS, {})
        request.session[SESSION_REASONS] = {**given, row_id: reason}
    return redirect(_next(request))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else "/"


@login_not_required
@require_GET
def away(request: HttpRequest) -> HttpResponse:
    """A page about the weather that says nothing of Kith: where quick hide leads."""
    return render(request, "web/away.html")


@login_not_required
@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """Every component in every state, to look at."""
    if not (settings.DEBUG or getattr(settings, "KITH_DEMO", False)):
        raise Http404
    return render(request, "web/style.html", stylepage.samples(clock.today()))


# ── Handlers of the URL table, and CSRF_FAILURE_VIEW ─────────────────────────────────────────────


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return render(request, "web/errors/413.html", status=413)
    return render(request, "web/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/errors/404.html", status=404)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open for too long, or cookies are off."""
    sentence = _("The page was open for a long time. Go back, load it again and save once more.")
    return render(request, "web/errors/403.html", {"sentence": sentence}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without database, session or menu, any of which may be what broke."""
    return HttpResponse(render_to_string("web/errors/500.html"), status=500)
