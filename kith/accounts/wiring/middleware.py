"""An empty Kith, forms sent too late, and staff without a second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kith.accounts.commands.drafts import drop_form
from kith.accounts.permissions import AT_THE_DOOR
from kith.accounts.queries import factors_of, is_empty
from kith.accounts.rules import DRAFT_LASTS, SESSION_LASTS
from kith.accounts.views.entering import CAME_AT, SECOND_FACTOR, keep
from kith.accounts.views.kept import FIELD_DONE
from kith.base import clock, scope
from kith.base.models import Organisation
from kith.gate.actor import job_actor
from kith.web.acts import actor_of
from kith.web.keeping import FIELD, drawn_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest

SEEN_AT = "seen_at"
SECONDS_BETWEEN_MARKS = 60
BAD = 400
NO_CONTENT = 204
# What may be asked for before there is an organisation.
BEFORE_START = {
    "accounts:start",
    "accounts:begin",
    "accounts:look_at_demo",
    "accounts:leave_demo",
    "accounts:waiting",
    "web:set_language",
    "web:set_theme",
    "web:away",
    "web:style",
}


class EmptyKithMiddleware:
    """While there is no organisation, every address leads to the start page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Signed in means not empty, so only strangers pay for the question: one small query.
        if request.user.is_authenticated or _is_open_before_start(request) or not is_empty():
            return self.get_response(request)
        return redirect("accounts:start")


def _is_open_before_start(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).view_name in BEFORE_START
    except Resolver404:
        return False


class KeepFormMiddleware:
    """A form that arrives after the session ended is kept for the one it was drawn for.

    Stands before the middleware that sends strangers to the sign-in page, behind the one that
    checks the token of the form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_kept_one = request.method == "POST" and FIELD_DONE in request.POST
        if is_kept_one and response.status_code < BAD and actor_of(request).is_signed_in:
            drop_form(actor_of(request))
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        owner = None
        if request.method == "POST":
            owner = drawn_for(request.POST.get(FIELD, ""), within=DRAFT_LASTS)
        if owner is not None:
            _keep(request, *owner)
        return _to_sign_in(request, is_kept=owner is not None)


def _keep(request: HttpRequest, user_id: UUID, organisation_id: UUID) -> None:
    with scope.entered(organisation_id):
        organisation = Organisation.objects.get(pk=organisation_id)
    keep(request, job_actor(AT_THE_DOOR, organisation), user_id)


def _to_sign_in(request: HttpRequest, *, is_kept: bool) -> HttpResponse | None:
    if is_kept:
        messages.info(request, _("You were signed out meanwhile. We kept what you typed."))
        address = reverse("accounts:sign_in")
    elif request.headers.get("HX-Request") == "true":
        back = request.headers.get("HX-Current-URL", "")
        address = f"{reverse('accounts:sign_in')}?{urlencode({'next': back})}"
    else:
        return None
    if request.headers.get("HX-Request") == "true":
        # A part of a page cannot show the sign-in page: the whole page goes there.
        return HttpResponse(status=NO_CONTENT, headers={"HX-Redirect": address})
    return redirect(address)


class StaffMiddleware:
    """Staff work with a second factor; sessions slide, and end after a long day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        if _is_over(request):
            logout(request)
            return redirect("accounts:sign_in")
        _slide(request)
        if not getattr(view, "login_required", True) or _is_set_up(request, view):
            return None
        return _to_second_factor(request)


def _is_over(request: HttpRequest) -> bool:
    # Someone whose last membership ended is nobody here, whatever the session says.
    if not actor_of(request).is_signed_in:
        return True
    now = clock.now().timestamp()
    return bool(now - request.session.get(CAME_AT, now) > SESSION_LASTS.total_seconds())


def _slide(request: HttpRequest) -> None:
    # Once a minute at most: a write with every click would cost more than the page.
    now = clock.now().timestamp()
    if now - request.session.get(SEEN_AT, 0) > SECONDS_BETWEEN_MARKS:
        request.session[SEEN_AT] = now


def _is_set_up(request: HttpRequest, view: Any) -> bool:
    if settings.KITH_DEMO or not actor_of(request).is_staff:
        return True
    return bool(request.session.get(SECOND_FACTOR)) or getattr(view, "open_while_setting_up", False)


def _to_second_factor(request: HttpRequest) -> HttpResponse:
    user_id = actor_of(request).user_id
    if user_id is not None and factors_of(user_id).has_any:
        back = urlencode({"next": request.get_full_path() if request.method == "GET" else "/"})
        return redirect(f"{reverse('accounts:prove')}?{back}")
    return redirect("accounts:set_up")
