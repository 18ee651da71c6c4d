"""What is known before anyone is: the empty house, and whom an address belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings

from kith.accounts.rules import demo_address
from kith.base import jobs, scope, vault
from kith.gate.actor import Actor, member_actor, memberships_of
from kith.gate.models import Membership, User, login_token
from kith.gate.roles import Role

if TYPE_CHECKING:
    pass


def is_empty() -> bool:
    """Whether there is no organisation at all."""
    return not jobs.organisations()


def start_key() -> str:
    """What proves, from another machine, that one runs this Kith while it is empty."""
    return vault.blind_hex("start", "")[:24]


def user_by_login(login: str) -> User | None:
    """Whoever signs in with this address or card."""
    with scope.entered(signing_in=True):
        return User.objects.filter(login=login_token(login), is_active=True).first()


def user_by_key(user_id: UUID) -> User | None:
    """The user of a sign-in that is half done."""
    with scope.entered(signing_in=True):
        return User.objects.filter(pk=user_id, is_active=True).first()


def places_of(user: User) -> list[Membership]:
    """The active memberships of a user, oldest first, in every organisation."""
    with scope.entered(user_id=user.pk):
        return memberships_of(user)


def first_actor(user: User) -> Actor | None:
    """A user as an actor of the organisation joined first."""
    place = next(iter(places_of(user)), None)
    return member_actor(place) if place else None


def member_by_login(actor: Actor, login: str) -> Membership | None:
    """Whoever signs in with this address and is a member of the actor's organisation."""
    user = user_by_login(login)
    places = places_of(user) if user is not None else []
    return next((one for one in places if one.organisation_id == actor.organisation_id), None)


def belongs_elsewhere(actor: Actor, user: User) -> bool:
    """Whether someone is also a member of an organisation that is not the actor's."""
    return any(place.organisation_id != actor.organisation_id for place in places_of(user))


def demo_roles() -> list[Role]:
    """The roles that a made-up person shows in the demo."""
    if not settings.KITH_DEMO:
        return []
    tokens = {login_token(demo_address(role)): role for role in Role}
    with scope.entered(signing_in=True):
        known = set(User.objects.filter(login__in=tokens).values_list("login", flat=True))
    return [role for token, role in tokens.items() if token in known]


def openid_app() -> dict[str, str] | None:
    """The OpenID Connect issuer of this Kith, when one is configured."""
    issuers: Any = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return next(iter(issuers), None)
