"""Who is a member, and who is invited."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from kith.accounts.models import Card, Invitation
from kith.accounts.permissions import (
    INVITE,
    SEE_MEMBERS,
)
from kith.accounts.rules import Purpose
from kith.gate.actor import Actor
from kith.gate.models import Membership, User
from kith.gate.permissions import visible
from kith.gate.roles import Role

if TYPE_CHECKING:
    pass

PAGE = 50


PARTICIPANT_ONLY = Q(roles=[Role.PARTICIPANT.value])
SHOWN: dict[str, Q] = {
    "helpers": ~PARTICIPANT_ONLY & Q(active=True),
    "participants": PARTICIPANT_ONLY & Q(active=True),
    "former": Q(active=False),
}


def members(actor: Actor) -> QuerySet[Membership]:
    """Everyone whose place in the organisation the actor may see."""
    return visible(actor, SEE_MEMBERS, Membership.objects.select_related("user"))


def member_page(
    actor: Actor, shown: str, *, before: UUID | None = None, size: int = PAGE
) -> tuple[list[Membership], UUID | None]:
    """One page of members, the newest first, and where the next one starts."""
    rows = members(actor).filter(SHOWN[shown]).order_by("-id")
    return _page(rows, before, size)


def _page(rows: QuerySet[Any], before: UUID | None, size: int) -> tuple[list[Any], UUID | None]:
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else None


def member_of(actor: Actor, user_id: UUID) -> Membership | None:
    """The membership of a user in the actor's organisation."""
    return members(actor).filter(user_id=user_id).first()


def card_of(member: Membership) -> Card | None:
    """The valid card of a member."""
    return Card.objects.filter(user_id=member.user_id, revoked_at__isnull=True).first()


def card_page(user: User) -> str:
    """Where a card for this user is made: for rooms above to lead to."""
    return reverse("accounts:card", args=[user.pk])


def open_invitations(actor: Actor, now: datetime) -> list[Invitation]:
    """Invitations that nobody has followed yet."""
    rows = visible(actor, INVITE, Invitation.objects.select_related("invited_by"))
    waiting = rows.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)
    return list(waiting.filter(purpose=Purpose.JOIN).order_by("-created_at")[:PAGE])


def invitations(actor: Actor) -> QuerySet[Invitation]:
    """All invitations of the organisation."""
    return visible(actor, INVITE, Invitation.objects.all())
