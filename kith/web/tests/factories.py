"""People without a database: what menus and pages ask of an actor."""

from kith.gate.actor import Actor, ActorKind
from kith.gate.roles import Role


def person(*roles: Role) -> Actor:
    return Actor(ActorKind.PERSON, roles=frozenset(roles))
