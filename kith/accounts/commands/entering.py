"""Signing in and out."""

from datetime import datetime

from django.contrib.auth.hashers import make_password, verify_password
from django.utils.translation import gettext_lazy as _

from kith.accounts.commands.sessions import end_sessions
from kith.accounts.models import Visit
from kith.accounts.permissions import AT_THE_DOOR, COUNT_TRY, END_OWN_SESSION, SIGN_IN
from kith.accounts.queries import first_actor, key_of, user_by_login
from kith.accounts.rules import LOCKED_FOR, TRIES, Device, Way
from kith.base.errors import Refused
from kith.gate.actor import Actor, job_actor
from kith.gate.commands import command, note
from kith.gate.models import User


class NotLetIn(Refused):
    """The address or card is unknown, or the secret does not fit: nobody learns which."""

    sentence = _("That did not match. Check what you typed and try again.")


class Unknown(NotLetIn):
    """Reads like any other wrong try; there is just no row in which it could be counted."""


class TooManyTries(Refused):
    """Five tries in vain: for known and unknown addresses alike."""

    sentence = _("There were too many tries. Wait 15 minutes, or ask your coordinator for help.")


def let_in(login: str, secret: str, *, now: datetime) -> User:
    """Whoever this address or card and secret belong to. Raises Unknown, NotLetIn, TooManyTries."""
    user = user_by_login(login)
    actor = first_actor(user) if user else None
    if user is None or actor is None:
        make_password(secret)  # as slow as for a known address
        raise Unknown
    confirm(actor, user=user, secret=secret, now=now)
    return user


def confirm(actor: Actor, *, user: User, secret: str, now: datetime) -> None:
    """Check someone's password or PIN. Raises NotLetIn, TooManyTries."""
    refuse_locked(user, now)
    fits, is_outdated = verify_password(secret, user.password)
    if not fits:
        raise fail(actor, user=user, now=now)
    if is_outdated:
        renew_hash(actor, user=user, secret=secret)


def refuse_locked(user: User, now: datetime) -> None:
    """Raise TooManyTries while someone is locked."""
    if user.locked_until is not None and user.locked_until > now:
        raise TooManyTries


def fail(actor: Actor, *, user: User, now: datetime, what: str = "") -> Refused:
    """Count a try in vain; gives what to raise."""
    door = job_actor(AT_THE_DOOR, actor.organisation) if actor.organisation else actor
    if what:
        note(door, what, user)
    return TooManyTries() if count_failed_try(door, user=user, now=now) else NotLetIn()


@command(COUNT_TRY, on="user")
def count_failed_try(actor: Actor, *, user: User, now: datetime) -> bool:
    """Count one more try in vain; gives whether it was the last one for a while."""
    row = User.objects.select_for_update().get(pk=user.pk)
    row.failed_tries += 1
    is_locked = row.failed_tries >= TRIES
    if is_locked:
        row.failed_tries, row.locked_until = 0, now + LOCKED_FOR
    row.save(update_fields=["failed_tries", "locked_until"])
    return is_locked


@command(SIGN_IN, on="user")
def renew_hash(actor: Actor, *, user: User, secret: str) -> None:
    """Store a password by the present settings of its hash."""
    user.set_password(secret)
    user.save(update_fields=["password"])


@command(SIGN_IN, on="user")
def record_sign_in(
    actor: Actor, *, user: User, session_key: str, device: Device, way: Way
) -> Visit:
    """Write down that someone came in, and where from."""
    if user.failed_tries or user.locked_until:
        user.failed_tries, user.locked_until = 0, None
        user.save(update_fields=["failed_tries", "locked_until"])
    return Visit.objects.create(
        user_id=user.pk, session_key=session_key, device=device.value, way=way.value
    )


@command(END_OWN_SESSION)
def sign_out(actor: Actor, *, session_key: str) -> None:
    """Forget that someone is signed in here."""
    Visit.objects.filter(user_id=key_of(actor), session_key=session_key).delete()


@command(END_OWN_SESSION, on="visit")
def end_session(actor: Actor, *, visit: Visit) -> None:
    """Sign out another device of one's own."""
    end_sessions([visit.session_key])


@command(END_OWN_SESSION)
def end_other_sessions(actor: Actor, *, session_key: str) -> int:
    """Sign out everywhere else; gives how many places there were."""
    others = Visit.objects.filter(user_id=key_of(actor)).exclude(session_key=session_key)
    keys = list(others.values_list("session_key", flat=True))
    return end_sessions(keys)
