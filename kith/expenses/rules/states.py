"""Where a claim stands, which step may follow, and how people read it."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class ClaimState(StrEnum):
    """Where a claim stands."""

    DRAFT = "draft"
    SENT = "sent"
    BACK = "back"
    AGREED = "agreed"
    REFUSED = "refused"
    PAID = "paid"
    WITHDRAWN = "withdrawn"


S = ClaimState

NEXT: dict[ClaimState, frozenset[ClaimState]] = {
    S.DRAFT: frozenset({S.SENT, S.WITHDRAWN}),
    S.SENT: frozenset({S.DRAFT, S.BACK, S.AGREED, S.REFUSED, S.WITHDRAWN}),
    S.BACK: frozenset({S.SENT, S.WITHDRAWN}),
    S.AGREED: frozenset({S.PAID}),
    S.REFUSED: frozenset(),
    S.PAID: frozenset(),
    S.WITHDRAWN: frozenset(),
}
# What the mentor may still change, what coordinators see, what counts in a month, what is booked.
OPEN = frozenset({S.DRAFT, S.BACK})
SHOWN_TO_STAFF = (S.SENT, S.BACK, S.AGREED, S.REFUSED, S.PAID)
COUNTED = (S.SENT, S.BACK, S.AGREED, S.PAID)
BOOKED = (S.AGREED, S.PAID)
CAME_TO_NOTHING = (S.DRAFT, S.BACK, S.REFUSED, S.WITHDRAWN)

STATES: dict[ClaimState, Words] = {
    S.DRAFT: _("Not sent yet"),
    S.SENT: _("Sent, nobody has looked at it yet"),
    S.BACK: _("Sent back with a question"),
    S.AGREED: _("Agreed, not paid yet"),
    S.REFUSED: _("Not agreed"),
    S.PAID: _("Paid back"),
    S.WITHDRAWN: _("Withdrawn"),
}
TONES: dict[ClaimState, str] = {
    S.DRAFT: "info",
    S.BACK: "warn",
    S.AGREED: "good",
    S.PAID: "good",
}


def may_become(before: ClaimState, after: ClaimState) -> bool:
    """Whether a claim may take this step."""
    return after in NEXT[before]
