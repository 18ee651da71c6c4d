"""What all ways of signing in have in common: the session, and where to go next."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from kith.accounts.commands.drafts import keep_form
from kith.accounts.commands.entering import NotLetIn, TooManyTries, record_sign_in
from kith.accounts.queries import factors_of, first_actor, kept_at, own_user, user_by_key
from kith.accounts.rules import (
    ENTERING_LASTS,
    FAILED_TRIES,
    PROOF_LASTS,
    UNKNOWN_TRIES,
    Way,
    device_of,
)
from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.middleware import SESSION_ORGANISATION
from kith.gate.models import User
from kith.web.acts import actor_of
from kith.web.keeping import FIELD
from kith.web.middleware import SESSION_KEY as SESSION_LANGUAGE

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SECOND_FACTOR = "second_factor"
PROVED_AT = "proved_at"
CAME_AT = "came_at"
ENTERING = "entering"
THEN = "then"  # where setting up an account leads to

View = TypeVar("View", bound=Callable[..., Any])
NEVER_KEPT = {"pin", "code", "credential", "csrfmiddlewaretoken", FIELD}


# ── Tries ────────────────────────────────────────────────────────────────────────────────────────


def refuse_hurry(request: HttpRequest, key: str) -> None:
    """Raise TooManyTries when too many failed from here, or for an address nobody has."""
    for action in (FAILED_TRIES, UNKNOWN_TRIES):
        if not ratelimit.consume(request, action=action, key=key, dry_run=True):
            raise TooManyTries


def note_failure(request: HttpRequest, key: str, *, is_known: bool) -> None:
    """Count a failure from here, and for an address nobody has; the others have a row for it."""
    ratelimit.consume(request, action=FAILED_TRIES)
    if not is_known:
        ratelimit.consume(request, action=UNKNOWN_TRIES, key=key)


def is_too_fast(request: HttpRequest, action: str) -> bool:
    """Whether someone knocks too often; counts this time."""
    return not ratelimit.consume(request, action=action)


# ── Coming in ────────────────────────────────────────────────────────────────────────────────────


def go_on(request: HttpRequest, user: User, *, way: Way, to: str = "") -> HttpResponse:
    """After the first proof: ask for the second one where there is one, else come in."""
    if not settings.KITH_DEMO and factors_of(user.pk).has_any:
        request.session[ENTERING] = {
            "user": str(user.pk),
            "way": way.value,
            "to": to,
            "at": clock.now().timestamp(),
        }
        return redirect("accounts:second_step")
    return come_in(request, user, way=way, to=to)


def half_in(request: HttpRequest) -> tuple[User, Way, str] | None:
    """Who has given the first proof in this browser less than ten minutes ago."""
    half = request.session.get(ENTERING)
    if not half or clock.now().timestamp() - half["at"] > ENTERING_LASTS.total_seconds():
        return None
    user = user_by_key(UUID(half["user"]))
    return (user, Way(half["way"]), half["to"]) if user else None


def come_in(
    request: HttpRequest, user: User, *, way: Way, to: str = "", second_factor: bool = False
) -> HttpResponse:
    """Open the session. Raises NotLetIn for someone who is a member nowhere."""
    actor = first_actor(user)
    if actor is None:
        raise NotLetIn
    now = clock.now()
    kept = kept_at(user, now)
    login(request, user, backend=BACKEND)
    request.session.pop(ENTERING, None)
    request.session[SESSION_ORGANISATION] = str(kept or actor.organisation_id)
    if way is not Way.DEMO:
        # Who looks round the demo reads on in their own language, not in the made-up person's.
        request.session[SESSION_LANGUAGE] = user.language
    request.session[SECOND_FACTOR] = second_factor
    request.session[CAME_AT] = now.timestamp()
    prove(request, now)
    request.session.save()
    record_sign_in(
        actor,
        user=user,
        session_key=request.session.session_key or "",
        device=device_of(request.headers.get("User-Agent", "")),
        way=way,
    )
    return redirect(reverse("accounts:kept") if kept else safe_address(request, to))


def safe_address(request: HttpRequest, to: str) -> str:
    """The address when it is one of ours, else the first page."""
    is_ours = url_has_allowed_host_and_scheme(
        to, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return to if to and is_ours else "/"


# ── Proving again ────────────────────────────────────────────────────────────────────────────────


def prove(request: HttpRequest, now: datetime) -> None:
    """Remember that someone just showed who they are."""
    request.session[PROVED_AT] = now.timestamp()


def is_proven(request: HttpRequest) -> bool:
    """Whether someone showed who they are in the last half hour; the demo does not ask."""
    if settings.KITH_DEMO:
        return True
    age = clock.now().timestamp() - request.session.get(PROVED_AT, 0)
    return bool(age < PROOF_LASTS.total_seconds())


def sensitive(view: View) -> View:
    """Ask who it is once more before this act; what was typed is kept meanwhile."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if is_proven(request):
            return view(request, *args, **kwargs)
        to = request.get_full_path()
        if request.method == "POST":
            actor = actor_of(request)
            keep(request, actor, own_user(actor).pk)
            to = reverse("accounts:kept")
        return redirect(f"{reverse('accounts:prove')}?{urlencode({'next': to})}")

    return cast("View", run)


def keep(request: HttpRequest, actor: Actor, user_id: UUID) -> None:
    """Keep what was typed, without passwords."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NEVER_KEPT and "password" not in name
        for value in values
    ]
    keep_form(actor, user_id=user_id, path=request.get_full_path(), fields=fields, now=clock.now())


def open_while_setting_up(view: View) -> View:
    """Mark a page that staff reach before they have a second factor."""
    view.open_while_setting_up = True  # type: ignore[attr-defined]
    return view


# ── Where someone asks from ──────────────────────────────────────────────────────────────────────


def is_this_machine(request: HttpRequest) -> bool:
    """Whether the browser runs on the machine that serves Kith, with no proxy between."""
    headers = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded")
    if any(name in request.headers for name in headers):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def say(request: HttpRequest, sentence: str) -> None:
    """Put a good notice on the next page; never with names of people."""
    messages.success(request, sentence)


def greet_few_codes(request: HttpRequest, left: int) -> None:
    """Tell someone who used a recovery code that few are left."""
    if left <= 3:
        messages.warning(
            request,
            _("Few recovery codes are left. Make new ones on the page of your account."),
        )
