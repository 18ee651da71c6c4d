"""What someone changes on the own account."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from kith.accounts.commands.invitations import AddressTaken
from kith.accounts.commands.sessions import end_sessions_of
from kith.accounts.models import Card
from kith.accounts.permissions import CHANGE_OWN_ACCOUNT
from kith.accounts.queries import house_of, places_of
from kith.base import scope
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.gate.models import Membership, User, login_token


@command(CHANGE_OWN_ACCOUNT, on="user")
def change_name(actor: Actor, *, user: User, name: str) -> None:
    """Change the name that this organisation knows someone by."""
    member = Membership.objects.get(user_id=user.pk, organisation_id=house_of(actor))
    member.name = name
    member.save(update_fields=["name"])


@command(CHANGE_OWN_ACCOUNT, on="user")
def change_language(actor: Actor, *, user: User, language: str) -> None:
    """Change the language in which Kith speaks to someone."""
    user.language = language
    user.save(update_fields=["language"])


@command(CHANGE_OWN_ACCOUNT, on="user")
def change_password(actor: Actor, *, user: User, password: str, session_key: str) -> None:
    """Change the password and sign out everywhere else."""
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions_of(user.pk, but=session_key)


def change_address(actor: Actor, *, user: User, address: str, password: str, now: datetime) -> None:
    """Sign in with another address, or with an address instead of a card. Raises AddressTaken."""
    try:
        _change_address(actor, user=user, address=address, password=password, now=now)
    except IntegrityError as taken:
        raise AddressTaken from taken


@command(CHANGE_OWN_ACCOUNT, on="user")
def _change_address(
    actor: Actor, *, user: User, address: str, password: str, now: datetime
) -> None:
    user.login = login_token(address)
    user.set_password(password)
    user.save(update_fields=["login", "password"])
    for place in places_of(user):
        with scope.entered(place.organisation_id, user_id=user.pk):
            _keep_address(user, place.organisation_id, address, now)


def _keep_address(user: User, organisation_id: UUID, address: str, now: datetime) -> None:
    member = Membership.objects.get(user_id=user.pk, organisation_id=organisation_id)
    member.email = address
    member.save(update_fields=["email"])
    for card in Card.objects.filter(user_id=user.pk, revoked_at__isnull=True):
        card.revoked_at = now
        card.save(update_fields=["revoked_at"])
