"""Setting up a second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn.internal import auth as passkeys
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.accounts.commands import factors as commands
from kith.accounts.forms import CodeForm, CredentialForm
from kith.accounts.queries import factors_of, own_user
from kith.accounts.rules import device_of, grouped
from kith.accounts.views.entering import (
    SECOND_FACTOR,
    THEN,
    open_while_setting_up,
    safe_address,
    say,
    sensitive,
)
from kith.accounts.views.sign_in import NOT_ACCEPTED
from kith.base.errors import Refused
from kith.web.acts import actor_of
from kith.web.forms import refuse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PENDING_SECRET = "pending_factor"  # noqa: S105 - a name in the session


@open_while_setting_up
@require_http_methods(["GET"])
def set_up(request: HttpRequest) -> HttpResponse:
    """The choice between an app and a passkey; where staff begin."""
    factors = factors_of(own_user(actor_of(request)).pk)
    if factors.has_any and request.session.get(SECOND_FACTOR):
        return redirect("accounts:account")
    return render(request, "accounts/set_up.html", {"factors": factors})


@open_while_setting_up
@sensitive
@require_http_methods(["GET", "POST"])
def set_up_app(request: HttpRequest) -> HttpResponse:
    """Scan a picture or copy a code into an app, then type the figures it shows."""
    actor, form = actor_of(request), CodeForm(request.POST or None)
    secret = _pending_secret(request)
    if request.method == "POST" and form.is_valid():
        try:
            commands.turn_on_app(
                actor, user=own_user(actor), secret=secret, code=form.cleaned_data["code"]
            )
            del request.session[PENDING_SECRET]
            return _is_set_up(request)
        except Refused as refusal:
            refuse(form, refusal, field="code")
    address = get_adapter().build_totp_url(own_user(actor), secret)
    page = {"form": form, "picture": qr_picture(address), "letters": grouped(secret.lower())}
    return render(request, "accounts/set_up_app.html", page)


def _pending_secret(request: HttpRequest) -> str:
    # It waits in the session, sealed, until the app has shown that it knows it.
    sealed = request.session.get(PENDING_SECRET)
    if sealed is None:
        sealed = request.session[PENDING_SECRET] = encrypt(generate_totp_secret())
    return str(decrypt(sealed))


def qr_picture(text: str) -> SafeString:
    """A QR code as a picture in the page, without any style attribute."""
    code = segno.make(text, error="m", micro=False)
    drawing = code.svg_inline(scale=4, border=2, svgclass="qr", lineclass="", omitsize=True)
    # The drawing is made of numbers only.
    return mark_safe(drawing)  # noqa: S308


def _is_set_up(request: HttpRequest) -> HttpResponse:
    request.session[SECOND_FACTOR] = True
    if factors_of(own_user(actor_of(request)).pk).codes_wait:
        return redirect("accounts:recovery_codes")
    say(request, _("Your second factor is set up."))
    return redirect("accounts:account")


# ── Passkeys ─────────────────────────────────────────────────────────────────────────────────────


@open_while_setting_up
@sensitive
@require_http_methods(["GET", "POST"])
def set_up_passkey(request: HttpRequest) -> HttpResponse:
    """Make a passkey in this browser."""
    if request.method == "GET":
        return render(request, "accounts/set_up_passkey.html")
    actor, form = actor_of(request), CredentialForm(request.POST)
    try:
        if not form.is_valid():
            raise commands.WrongCode
        credential = form.cleaned_data["credential"]
        passkeys.parse_registration_response(credential)
        passkeys.complete_registration(credential)
        device = device_of(request.headers.get("User-Agent", ""))
        commands.add_passkey(actor, user=own_user(actor), credential=credential, device=device)
    except NOT_ACCEPTED:
        messages.warning(request, _("The passkey was not made. Try again, or use an app."))
        return redirect("accounts:set_up_passkey")
    return _is_set_up(request)


@open_while_setting_up
@sensitive
@require_POST
def new_passkey_question(request: HttpRequest) -> HttpResponse:
    """What the browser is asked when it makes a passkey."""
    question = passkeys.begin_registration(own_user(actor_of(request)), passwordless=True)
    return JsonResponse(question)


@sensitive
@require_POST
def remove_passkey(request: HttpRequest, passkey_id: int) -> HttpResponse:
    actor = actor_of(request)
    commands.remove_passkey(actor, user=own_user(actor), passkey_id=passkey_id)
    say(request, _("The passkey is removed."))
    return redirect("accounts:account")


@sensitive
@require_POST
def turn_off_app(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    commands.turn_off_app(actor, user=own_user(actor))
    say(request, _("The app is removed."))
    return redirect("accounts:account")


# ── Recovery codes ───────────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Codes for the day the phone is lost: shown until they were put away, then never again."""
    actor = actor_of(request)
    factors = factors_of(own_user(actor).pk)
    if not factors.codes_wait or factors.recovery is None:
        return redirect("accounts:account")
    if request.method == "POST":
        commands.put_codes_away(actor, user=own_user(actor))
        say(request, _("Your second factor is set up."))
        return redirect(_then(request))
    codes = [grouped(code) for code in factors.recovery.wrap().get_unused_codes()]
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


def _then(request: HttpRequest) -> str:
    wanted = request.session.pop(THEN, "")
    try:
        return reverse(wanted) if wanted else reverse("accounts:account")
    except NoReverseMatch:
        return safe_address(request, "")


@sensitive
@require_POST
def renew_recovery_codes(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    commands.renew_recovery_codes(actor, user=own_user(actor))
    return redirect("accounts:recovery_codes")
