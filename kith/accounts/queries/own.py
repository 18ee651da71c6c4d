"""What someone sees of the own account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from kith.accounts.models import Card, Draft, Visit
from kith.accounts.permissions import (
    SEE_OWN_SESSIONS,
)
from kith.accounts.queries.door import places_of
from kith.base import scope
from kith.base.errors import Denied
from kith.base.models import Organisation
from kith.gate.actor import Actor
from kith.gate.models import Membership, User
from kith.gate.permissions import visible

if TYPE_CHECKING:
    pass


def key_of(actor: Actor) -> UUID:
    """The key of the person who acts. Raises Denied for jobs and visitors."""
    if actor.user_id is None:
        raise Denied
    return actor.user_id


def house_of(actor: Actor) -> UUID:
    """The key of the organisation in which someone acts. Raises Denied for visitors."""
    if actor.organisation_id is None:
        raise Denied
    return actor.organisation_id


def own_user(actor: Actor) -> User:
    """The user row of the actor."""
    return User.objects.get(pk=key_of(actor))


def own_organisations(actor: Actor) -> list[Organisation]:
    """The organisations the actor can change to, the oldest first."""
    return [place.organisation for place in places_of(own_user(actor))]


def has_several_organisations(actor: Actor) -> bool:
    """Whether the actor can change to another organisation: one small query."""
    if actor.user_id is None:
        return False
    return Membership.objects.filter(user_id=actor.user_id, active=True).count() > 1


@dataclass(frozen=True)
class Place:
    """Where someone is signed in."""

    visit: Visit
    used_at: datetime
    is_here: bool


def own_visits(actor: Actor) -> QuerySet[Visit]:
    """Every place where the actor signed in, the newest first."""
    return visible(actor, SEE_OWN_SESSIONS, Visit.objects.order_by("-created_at"))


def own_places(actor: Actor, session_key: str, now: datetime) -> list[Place]:
    """Where the actor is signed in, the present place first."""
    visits = list(own_visits(actor))
    ends = _ends([visit.session_key for visit in visits], now)
    places = [
        Place(visit, ends[visit.session_key], visit.session_key == session_key)
        for visit in visits
        if visit.session_key in ends
    ]
    return sorted(places, key=lambda place: (not place.is_here, -place.used_at.timestamp()))


def _ends(keys: list[str], now: datetime) -> dict[str, datetime]:
    # A session ends so many seconds after it was last used: no column of our own for that.
    sessions = Session.objects.filter(session_key__in=keys, expire_date__gt=now)
    age = settings.SESSION_COOKIE_AGE
    return {
        key: datetime.fromtimestamp(end.timestamp() - age, tz=end.tzinfo)
        for key, end in sessions.values_list("session_key", "expire_date")
    }


def own_card(actor: Actor) -> Card | None:
    """The valid card of the actor."""
    rows = visible(actor, SEE_OWN_SESSIONS, Card.objects.select_related("made_by"))
    return rows.filter(revoked_at__isnull=True).first()


def own_draft(actor: Actor, now: datetime) -> Draft | None:
    """The form that was kept for the actor."""
    rows = Draft.objects.filter(user_id=key_of(actor), organisation_id=house_of(actor))
    return rows.filter(expires_at__gt=now).first()


def kept_at(user: User, now: datetime) -> UUID | None:
    """The organisation in which a form was kept for someone who is just coming in."""
    for place in places_of(user):
        with scope.entered(place.organisation_id, user_id=user.pk):
            if Draft.objects.filter(user_id=user.pk, expires_at__gt=now).exists():
                return place.organisation_id
    return None


def session_keys(user_id: UUID) -> list[str]:
    """The sessions of a user in the present organisation."""
    return list(Visit.objects.filter(user_id=user_id).values_list("session_key", flat=True))
