"""What this room announces to those above."""

from dataclasses import dataclass

from kith.gate.models import Membership, User


@dataclass(frozen=True)
class InvitationAccepted:
    """Someone who was invited has come in. `context` is what the inviting room gave along."""

    membership: Membership
    context: str


@dataclass(frozen=True)
class AccessEnded:
    """Someone cannot come in any more: deactivated, or the card was taken back."""

    user: User
