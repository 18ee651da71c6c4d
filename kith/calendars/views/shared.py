"""What every view of this room needs."""

from typing import cast

from django.http import HttpRequest

from kith.gate.models import Membership
from kith.web.acts import actor_of


def own_member(request: HttpRequest) -> Membership:
    """The own place in the organisation of whoever is signed in."""
    return cast(Membership, actor_of(request).membership)
