"""Whom rooms above want to let in. They plug it in at start."""

from collections.abc import Callable
from dataclasses import dataclass

from kith.gate.actor import Actor
from kith.gate.roles import Role
from kith.web.boards import Board


@dataclass(frozen=True, kw_only=True)
class Invitee:
    """Someone with a record and without a sign-in, and the page to go back to."""

    name: str
    email: str
    language: str
    roles: tuple[Role, ...]
    url: str


FindInvitee = Callable[[Actor, str], Invitee | None]


@dataclass(frozen=True, kw_only=True)
class InviteePlug:
    key: str
    find: FindInvitee
    order: int = 0


INVITEES: Board[InviteePlug] = Board("people to invite")


def add_invitees(key: str, find: FindInvitee) -> None:
    """Plug in a kind of record: `accounts:invite` with `?for=<key>:<what find gets>` invites it."""
    INVITEES.add(InviteePlug(key=key, find=find))


FindLanding = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class LandingPlug:
    key: str
    find: FindLanding
    order: int = 0


LANDINGS: Board[LandingPlug] = Board("pages after coming in")


def add_landing(key: str, find: FindLanding) -> None:
    """Plug in where someone comes out whose invitation says `<key>:<what find gets>`."""
    LANDINGS.add(LandingPlug(key=key, find=find))


def landing(context: str) -> str:
    """The page after coming in by an invitation; empty for the first page."""
    kind, _, rest = context.partition(":")
    plug = next((plug for plug in LANDINGS if plug.key == kind), None)
    return plug.find(rest) if plug else ""


def invitee(actor: Actor, context: str) -> Invitee | None:
    """Whom `person:<key>` means, as far as the actor may invite them."""
    kind, _, key = context.partition(":")
    plug = next((plug for plug in INVITEES if plug.key == kind), None)
    return plug.find(actor, key) if plug else None
