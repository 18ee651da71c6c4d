"""Second factors: an app with six figures, passkeys, recovery codes."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kith.accounts.commands.entering import fail, refuse_locked
from kith.accounts.permissions import CHANGE_OWN_FACTORS
from kith.accounts.queries import factors_of
from kith.accounts.rules import FAILED_FACTOR, USED_RECOVERY_CODE, Device, typed_digits
from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command, note
from kith.gate.models import User


class WrongCode(Refused):
    """The six figures do not belong to the secret that the app was given."""

    sentence = _("This code does not fit. Take the newest one from the app and try again.")


class LastFactor(Refused):
    """Staff keep at least one second factor."""

    sentence = _("Your role needs a second factor. Set up another one before you remove this one.")


def confirm_code(actor: Actor, *, user: User, code: str, now: datetime) -> None:
    """Check a code from the app, or a recovery code. Raises NotLetIn, TooManyTries."""
    refuse_locked(user, now)
    figures = typed_digits(code)
    factors = factors_of(user.pk)
    if factors.app is not None and factors.app.wrap().validate_code(figures):
        factors.app.record_usage()
        return
    if factors.recovery is not None and factors.recovery.wrap().validate_code(figures):
        note(actor, USED_RECOVERY_CODE, user)
        return
    raise fail(actor, user=user, now=now, what=FAILED_FACTOR)


@command(CHANGE_OWN_FACTORS, on="user")
def turn_on_app(actor: Actor, *, user: User, secret: str, code: str) -> None:
    """Take the app as second factor, once it showed the right figures. Raises WrongCode."""
    if not validate_totp_code(secret, typed_digits(code)):
        raise WrongCode
    Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)


@command(CHANGE_OWN_FACTORS, on="user")
def turn_off_app(actor: Actor, *, user: User) -> None:
    """Give up the app. Raises LastFactor."""
    _refuse_last(actor, user)
    Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).delete()
    _drop_lonely_codes(user)


@command(CHANGE_OWN_FACTORS, on="user")
def add_passkey(actor: Actor, *, user: User, credential: dict[str, Any], device: Device) -> None:
    """Take a passkey as second factor and as a way to come in without a password."""
    WebAuthn.add(user, device.value, credential)
    RecoveryCodes.activate(user)


@command(CHANGE_OWN_FACTORS, on="user")
def remove_passkey(actor: Actor, *, user: User, passkey_id: int) -> None:
    """Give up a passkey. Raises LastFactor."""
    _refuse_last(actor, user)
    rows = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN)
    rows.filter(pk=passkey_id).delete()
    _drop_lonely_codes(user)


@command(CHANGE_OWN_FACTORS, on="user")
def renew_recovery_codes(actor: Actor, *, user: User) -> None:
    """Replace all recovery codes by new ones."""
    rows = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES)
    rows.delete()
    RecoveryCodes.activate(user)


@command(CHANGE_OWN_FACTORS, on="user")
def put_codes_away(actor: Actor, *, user: User) -> None:
    """Remember that the codes were written down; they are not shown again."""
    recovery = factors_of(user.pk).recovery
    if recovery is not None:
        recovery.wrap().mark_as_viewed()


def drop_factors(user: User) -> None:
    """Remove every second factor of someone; called by acts inside their transaction."""
    Authenticator.objects.filter(user_id=user.pk).delete()


def _refuse_last(actor: Actor, user: User) -> None:
    if actor.is_staff and not settings.KITH_DEMO and factors_of(user.pk).count <= 1:
        raise LastFactor


def _drop_lonely_codes(user: User) -> None:
    if not factors_of(user.pk).has_any:
        drop_factors(user)
