"""Ends sessions; called by the acts of this room, inside their transaction."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.sessions.models import Session

from kith.accounts.models import Visit
from kith.accounts.queries import session_keys


def end_sessions(keys: Iterable[str]) -> int:
    """End these sessions; gives how many there were."""
    known = list(keys)
    Session.objects.filter(session_key__in=known).delete()
    count, _ = Visit.objects.filter(session_key__in=known).delete()
    return count


def end_sessions_of(user_id: UUID, *, but: str = "") -> int:
    """End all sessions of a user in the present organisation."""
    return end_sessions(key for key in session_keys(user_id) if key != but)
