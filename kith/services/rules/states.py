"""The way of a referral: from an offer to an answer, and when to ask again."""

from datetime import date, timedelta
from enum import StrEnum


class ReferralState(StrEnum):
    """Where a referral stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SENT = "sent"
    WAITING = "waiting"
    TAKEN_ON = "taken_on"
    FULL = "full"
    NOT_SUITABLE = "not_suitable"
    DONE = "done"
    WITHDRAWN = "withdrawn"


S = ReferralState

# Offered to the person first; nothing is sent before their yes.
NEXT: dict[ReferralState, frozenset[ReferralState]] = {
    S.OFFERED: frozenset({S.ACCEPTED, S.DECLINED, S.WITHDRAWN}),
    S.ACCEPTED: frozenset({S.SENT, S.WITHDRAWN}),
    S.SENT: frozenset({S.TAKEN_ON, S.WAITING, S.FULL, S.NOT_SUITABLE, S.WITHDRAWN}),
    S.WAITING: frozenset({S.TAKEN_ON, S.FULL, S.NOT_SUITABLE, S.WITHDRAWN}),
    S.TAKEN_ON: frozenset({S.DONE, S.NOT_SUITABLE, S.WITHDRAWN}),
    S.DECLINED: frozenset(),
    S.FULL: frozenset(),
    S.NOT_SUITABLE: frozenset(),
    S.DONE: frozenset(),
    S.WITHDRAWN: frozenset(),
}
STILL_GOING = frozenset(state for state, following in NEXT.items() if following)
ANSWERS = (S.TAKEN_ON, S.WAITING, S.FULL, S.NOT_SUITABLE)
# After these the person knows the service and may say how it was.
KNOWN_TO_THE_PERSON = frozenset({S.TAKEN_ON, S.DONE, S.NOT_SUITABLE, S.WAITING, S.FULL})

# Days without news after which the coordinator's first page asks.
ASK_AFTER_DAYS = {S.OFFERED: 14, S.ACCEPTED: 7, S.SENT: 14, S.WAITING: 30, S.TAKEN_ON: 60}


class Way(StrEnum):
    """How a referral reached the service."""

    TOGETHER = "together"
    OWN = "own"
    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"
    IN_PERSON = "in_person"


# The person speaks for themself: the organisation passes nothing on.
WITHOUT_PASSING_ON = frozenset({Way.TOGETHER, Way.OWN})


class Passed(StrEnum):
    """What was passed on; there is no more than this to choose from."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    LANGUAGE = "language"
    TIMES = "times"
    NEED = "need"


class Reason(StrEnum):
    """Why it did not suit, as the service or the person said."""

    NOT_FOR_THIS_NEED = "not_for_this_need"
    CONDITIONS = "conditions"
    TOO_FAR = "too_far"
    HOURS = "hours"
    LANGUAGE = "language"
    COST = "cost"
    OTHER = "other"


class Helped(StrEnum):
    """Whether a service helped, in words."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class WrongEntry(StrEnum):
    """What is wrong with an entry of the directory."""

    CLOSED = "closed"
    MOVED = "moved"
    CONTACT = "contact"
    HOURS = "hours"
    OTHER = "other"


LONGEST_PASSING_ON = timedelta(days=365)
USUAL_PASSING_ON = timedelta(days=90)
ASK_AGAIN = timedelta(days=14)
KEEP_CLOSED = timedelta(days=730)
LEAST_SHOWN = 10
CHECK_AFTER = timedelta(days=365)


def may_become(before: ReferralState, after: ReferralState) -> bool:
    return after in NEXT[before]


def ask_on(state: ReferralState, since: date) -> date | None:
    """The day on which the coordinator is asked about it; None once it is over."""
    days = ASK_AFTER_DAYS.get(state)
    return since + timedelta(days=days) if days else None


HELPED_ORDER = tuple(Helped)
