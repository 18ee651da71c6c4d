"""The states of a round and of a proposal, who answers, and the limits of one round."""

from enum import StrEnum

ANSWER_DAYS = 7
"""Both sides have so many days to answer."""
REMIND_DAYS = 2
"""So many days before the last one, whoever has not answered is reminded."""
MOST_PEOPLE = 30_000
"""One round looks at so many people on each side, those first who have waited longest."""
MOST_LOOKED_AT = 600
"""A page that only looks at the lists reads so many of each side."""
SMALL_CELLS = 40_000
"""Up to so many participants times mentors a round is solved while the page waits."""


class RoundState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class RunState(StrEnum):
    """Where one solving of a round is."""

    ASKED = "asked"
    SOLVING = "solving"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


BUSY = frozenset({RunState.ASKED, RunState.SOLVING})
"""Runs that are being worked on."""


class Act(StrEnum):
    """What a person, or a day that passed, did to a solved round."""

    LOCK = "lock"
    UNLOCK = "unlock"
    REJECT = "reject"
    ALLOW = "allow"
    ARRIVE = "arrive"
    LEAVE = "leave"
    ONE_MORE = "one_more"
    ONE_LESS = "one_less"
    PLACES = "places"


class ProposalState(StrEnum):
    PROPOSED = "proposed"
    LOCKED = "locked"
    REJECTED = "rejected"
    OFFERED = "offered"
    AGREED = "agreed"
    DECLINED = "declined"
    EXPIRED = "expired"
    DROPPED = "dropped"


class Side(StrEnum):
    PARTICIPANT = "participant"
    MENTOR = "mentor"

    @property
    def other(self) -> "Side":
        """The side across the table."""
        return Side.MENTOR if self is Side.PARTICIPANT else Side.PARTICIPANT


class Answer(StrEnum):
    NONE = ""
    YES = "yes"
    NO = "no"
    ASK = "ask"


NEXT: dict[ProposalState, frozenset[ProposalState]] = {
    ProposalState.PROPOSED: frozenset(
        {
            ProposalState.LOCKED,
            ProposalState.REJECTED,
            ProposalState.OFFERED,
            ProposalState.DROPPED,
        }
    ),
    ProposalState.LOCKED: frozenset(
        {
            ProposalState.PROPOSED,
            ProposalState.REJECTED,
            ProposalState.OFFERED,
            ProposalState.DROPPED,
        }
    ),
    ProposalState.REJECTED: frozenset({ProposalState.PROPOSED}),
    ProposalState.OFFERED: frozenset(
        {
            ProposalState.AGREED,
            ProposalState.DECLINED,
            ProposalState.EXPIRED,
            ProposalState.DROPPED,
        }
    ),
    ProposalState.AGREED: frozenset(),
    ProposalState.DECLINED: frozenset(),
    ProposalState.EXPIRED: frozenset({ProposalState.PROPOSED}),
    ProposalState.DROPPED: frozenset({ProposalState.PROPOSED}),
}

UNDECIDED = frozenset({ProposalState.PROPOSED, ProposalState.LOCKED})
"""Proposals that wait for a person's word."""


def outcome(*, participant: Answer, mentor: Answer) -> ProposalState:
    """What two answers make of an offer. One no is enough, a question leaves it open."""
    answers = {participant, mentor}
    if Answer.NO in answers:
        return ProposalState.DECLINED
    return ProposalState.AGREED if answers == {Answer.YES} else ProposalState.OFFERED
