"""What every view of this room needs."""

from typing import cast

from django.http import HttpRequest

from kith.gate.actor import Actor
from kith.gate.models import Membership


def actor_of(request: HttpRequest) -> Actor:
    """Who is asking."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def own_member(request: HttpRequest) -> Membership:
    """The own place in the organisation of whoever is signed in."""
    return cast(Membership, actor_of(request).membership)
