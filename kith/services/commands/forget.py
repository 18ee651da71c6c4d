"""Letting go: of referrals of someone who is erased, and of those that are long over."""

from collections.abc import Iterable
from uuid import UUID

from kith.services.models import Referral


def remove_referrals(person_id: UUID) -> None:
    """Remove the referrals of someone who is being erased. Only inside a command."""
    Referral.objects.filter(person_id=person_id).delete()


def remove_closed(keys: Iterable[UUID]) -> int:
    """Remove referrals whose time is over; gives how many. Only inside a command."""
    rows = Referral.objects.filter(pk__in=list(keys))
    number = rows.count()
    rows.delete()
    return number
