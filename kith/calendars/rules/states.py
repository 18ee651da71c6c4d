"""States of invitations and the bounds of a calendar, as data."""

from datetime import timedelta
from enum import StrEnum


class InvitationState(StrEnum):
    """How far an invitation has come."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    LATER = "later"  # no server took it; tried again
    HELD = "held"  # not wished, not safe, or there is no address
    FAILED = "failed"
    NEEDLESS = "needless"  # called off before anybody was told


OPEN = (InvitationState.WAITING, InvitationState.LATER)
NEXT_TRY = (timedelta(minutes=15), timedelta(hours=2), timedelta(hours=8))
"""How long after a try that failed the next one comes; then it is given up."""
UNSURE_AFTER = timedelta(hours=1)
DAYS_BACK, DAYS_AHEAD = 60, 365
MOST_ENTRIES = 300
ON_A_PAGE = 60
MOST_MATCHES = 100
KEPT = timedelta(days=60)
