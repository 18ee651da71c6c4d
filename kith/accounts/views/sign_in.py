"""Signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.webauthn.internal import auth as passkeys
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kith.accounts.commands import entering as commands
from kith.accounts.commands.entering import NotLetIn, TooManyTries, Unknown
from kith.accounts.commands.factors import confirm_code
from kith.accounts.forms import CardForm, CodeForm, CredentialForm, PasswordOnlyForm, SignInForm
from kith.accounts.queries import (
    demo_roles,
    factors_of,
    first_actor,
    openid_app,
    own_user,
    user_by_login,
)
from kith.accounts.rules import DOOR, Way, card_login, demo_address
from kith.accounts.views.entering import (
    SECOND_FACTOR,
    come_in,
    go_on,
    greet_few_codes,
    half_in,
    is_this_machine,
    is_too_fast,
    note_failure,
    open_while_setting_up,
    prove,
    refuse_hurry,
    safe_address,
)
from kith.base import clock
from kith.base.errors import Refused
from kith.gate.models import User
from kith.gate.roles import ROLES, Role
from kith.web.acts import actor_of
from kith.web.forms import refuse

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

TOO_MANY = 429
# The library stumbles over answers that lack a part; they are no passkeys either.
NOT_ACCEPTED = (Refused, ValidationError, KeyError, AttributeError)
OK = 200


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """With an address and a password."""
    form = SignInForm(request.POST or None)
    status = OK
    if request.method == "POST" and form.is_valid():
        try:
            user = _let_in(request, form.cleaned_data["address"], form.cleaned_data["password"])
            return go_on(request, user, way=Way.PASSWORD, to=_wanted(request))
        except Refused as refusal:
            status = _refused(form, refusal)
    page = {
        "form": form,
        "next": _wanted(request),
        "openid": _openid(),
        "demo_roles": [(role.value, ROLES[role]) for role in demo_roles()],
    }
    return render(request, "accounts/sign_in.html", page, status=status)


@login_not_required
@sensitive_post_parameters("pin", "number")
@require_http_methods(["GET", "POST"])
def sign_in_with_card(request: HttpRequest) -> HttpResponse:
    """With the number of a card and a PIN. The number stands in no address and no log."""
    form = CardForm(request.POST or None)
    status = OK
    if request.method == "POST" and form.is_valid():
        try:
            login = card_login(form.cleaned_data["number"])
            user = _let_in(request, login, form.cleaned_data["pin"])
            return go_on(request, user, way=Way.CARD, to=_wanted(request))
        except Refused as refusal:
            status = _refused(form, refusal)
    page = {"form": form, "next": _wanted(request)}
    return render(request, "accounts/sign_in_card.html", page, status=status)


def _let_in(request: HttpRequest, login: str, secret: str) -> User:
    refuse_hurry(request, login)
    try:
        return commands.let_in(login, secret, now=clock.now())
    except Refused as refusal:
        note_failure(request, login, is_known=not isinstance(refusal, Unknown))
        raise


def _refused(form: forms.Form, refusal: Refused) -> int:
    refuse(form, refusal)
    return TOO_MANY if isinstance(refusal, TooManyTries) else OK


def _wanted(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next", "")


def _openid() -> dict[str, str] | None:
    app = openid_app()
    if app is None:
        return None
    address = reverse("openid_connect_login", kwargs={"provider_id": app["provider_id"]})
    return {"name": app["name"], "url": address}


# ── The second step ──────────────────────────────────────────────────────────────────────────────


@login_not_required
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """A code from the app, or a recovery code."""
    half = half_in(request)
    if half is None:
        return redirect("accounts:sign_in")
    user, way, to = half
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _check_code(request, user, form.cleaned_data["code"])
            return come_in(request, user, way=way, to=to, second_factor=True)
        except Refused as refusal:
            _refused(form, refusal)
    return render(request, "accounts/second_step.html", {"form": form, **_ways(user)})


def _check_code(request: HttpRequest, user: User, code: str) -> None:
    actor = first_actor(user)
    if actor is None:
        raise NotLetIn
    before = factors_of(user.pk).codes_left
    confirm_code(actor, user=user, code=code, now=clock.now())
    left = factors_of(user.pk).codes_left
    if left < before:
        greet_few_codes(request, left)


def _ways(user: User) -> dict[str, bool]:
    factors = factors_of(user.pk)
    return {"has_app": factors.app is not None, "has_passkey": bool(factors.passkeys)}


# ── Passkeys ─────────────────────────────────────────────────────────────────────────────────────


@login_not_required
@require_POST
def passkey_question(request: HttpRequest) -> HttpResponse:
    """What the browser is asked to sign: for the half-known user, or for anyone."""
    if is_too_fast(request, DOOR):
        return JsonResponse({}, status=TOO_MANY)
    half = half_in(request)
    user = half[0] if half else None
    if request.user.is_authenticated:
        user = own_user(actor_of(request))
    return JsonResponse(passkeys.begin_authentication(user))


@login_not_required
@require_POST
def sign_in_with_passkey(request: HttpRequest) -> HttpResponse:
    """Come in with a passkey: alone, or as the second step."""
    half = half_in(request)
    try:
        user = _passkey_user(request, half[0] if half else None)
    except NOT_ACCEPTED:
        messages.warning(request, _("The passkey was not accepted. Try again, or another way."))
        return redirect("accounts:sign_in")
    to = half[2] if half else _wanted(request)
    return come_in(request, user, way=Way.PASSKEY, to=to, second_factor=True)


def _passkey_user(request: HttpRequest, expected: User | None) -> User:
    form = CredentialForm(request.POST)
    if not form.is_valid():
        raise NotLetIn
    answer = form.cleaned_data["credential"]
    passkeys.parse_authentication_response(answer)
    user = expected or passkeys.extract_user_from_response(answer)
    if not user.is_active:
        raise NotLetIn
    passkeys.complete_authentication(user, answer).record_usage()
    return user


# ── Proving again ────────────────────────────────────────────────────────────────────────────────


@open_while_setting_up
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def prove_again(request: HttpRequest) -> HttpResponse:
    """Show once more who one is: a code where there is one, else the password or PIN."""
    actor = actor_of(request)
    user, has_app = own_user(actor), factors_of(actor.user_id).app is not None  # type: ignore[arg-type]
    form = (CodeForm if has_app else PasswordOnlyForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _prove(request, user, form.cleaned_data)
            return redirect(safe_address(request, _wanted(request)))
        except Refused as refusal:
            _refused(form, refusal)
    page = {"form": form, "has_app": has_app, "next": _wanted(request), **_ways(user)}
    return render(request, "accounts/prove.html", page)


def _prove(request: HttpRequest, user: User, typed: dict[str, str]) -> None:
    actor, now = actor_of(request), clock.now()
    if "code" in typed:
        confirm_code(actor, user=user, code=typed["code"], now=now)
        request.session[SECOND_FACTOR] = True
    else:
        commands.confirm(actor, user=user, secret=typed["password"], now=now)
    prove(request, now)


@open_while_setting_up
@require_POST
def prove_with_passkey(request: HttpRequest) -> HttpResponse:
    """Show who one is with a passkey."""
    try:
        _passkey_user(request, own_user(actor_of(request)))
    except NOT_ACCEPTED:
        messages.warning(request, _("The passkey was not accepted. Try again, or another way."))
        return redirect("accounts:prove")
    request.session[SECOND_FACTOR] = True
    prove(request, clock.now())
    return redirect(safe_address(request, _wanted(request)))


# ── Demo, and leaving ────────────────────────────────────────────────────────────────────────────


@login_not_required
@require_POST
def sign_in_to_demo(request: HttpRequest) -> HttpResponse:
    """One click as a made-up person; exists in the demo alone, and on its own machine alone."""
    if not settings.KITH_DEMO or not is_this_machine(request):
        raise Http404
    role = request.POST.get("role", "")
    user = user_by_login(demo_address(Role(role))) if role in set(Role) else None
    if user is None:
        raise Http404
    return come_in(request, user, way=Way.DEMO)


@open_while_setting_up
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave, and forget everything of this browser."""
    actor = actor_of(request)
    if actor.is_signed_in:
        commands.sign_out(actor, session_key=request.session.session_key or "")
    logout(request)
    messages.info(request, _("You are signed out."))
    answer = redirect("accounts:sign_in")
    # Pages and answers that were kept on this device for reading without a network go too.
    answer.headers["Clear-Site-Data"] = '"storage"'
    return answer
