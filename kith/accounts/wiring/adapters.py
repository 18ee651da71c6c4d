"""What allauth asks us: secrets sealed, names of passkeys, and who comes from OpenID Connect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kith.accounts.commands.entering import NotLetIn
from kith.accounts.queries import user_by_login
from kith.accounts.rules import Way
from kith.accounts.views.entering import go_on
from kith.base import keyring, vault

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kith.gate.models import User

PLACE = b"mfa_authenticator|data"
NOWHERE = "0.0.0.0"  # noqa: S104 - no address to listen on but the absence of one


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come by invitation alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Behind a socket file there is no address: all who come so share one limit."""
        return super().get_client_ip(request) if request.META.get("REMOTE_ADDR") else NOWHERE


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors are sealed with a key outside the database."""

    def encrypt(self, text: str) -> str:
        return vault.seal(keyring.secret("factors"), text.encode(), place=PLACE).hex()

    def decrypt(self, encrypted_text: str) -> str:
        sealed = bytes.fromhex(encrypted_text)
        return vault.unseal(keyring.secret("factors"), sealed, place=PLACE).decode()

    def get_totp_label(self, user: User) -> str:
        return _own_name()

    def get_totp_issuer(self) -> str:
        return "Kith"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Kith"}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        name = _own_name()
        key = user_pk_to_url_str(user).encode()
        return {"id": key, "display_name": name, "name": name}


def _own_name() -> str:
    """The person's own name: shown by their own phone, kept nowhere here."""
    return str(context.request.actor.display_name)


class OpenIdAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Whoever was invited under the address that the issuer has verified may come in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Let someone in without storing anything that the issuer says about them."""
        verified = [one.email for one in sociallogin.email_addresses if one.verified]
        user = user_by_login(verified[0]) if verified else None
        raise ImmediateHttpResponse(_let_in(request, user))

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        messages.warning(request, _("That sign-in did not work. Try again, or use a password."))
        raise ImmediateHttpResponse(redirect("accounts:sign_in"))


def _let_in(request: HttpRequest, user: User | None) -> HttpResponse:
    try:
        if user is not None:
            return go_on(request, user, way=Way.OPENID)
    except NotLetIn:
        pass
    messages.warning(request, _("Nobody was invited under this address. Ask your coordinator."))
    return redirect("accounts:sign_in")
