"""The states of a round and of a proposal, who answers, and the limits of one round."""

from enum import StrEnum

ANSWER_DAYS = 7
"""Both sides have so many days to answer before somebody calls them."""
MOST_PARTICIPANTS = 300
"""One round looks at so many people, those first who have waited longest."""
MOST_MENTORS = 600


class RoundState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class ProposalState(StrEnum):
    PROPOSED = "proposed"
    LOCKED = "locked"
    REJECTED = "rejected"
    OFFERED = "offered"
    AGREED = "agreed"
    DECLINED = "declined"
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
        {ProposalState.AGREED, ProposalState.DECLINED, ProposalState.DROPPED}
    ),
    ProposalState.AGREED: frozenset(),
    ProposalState.DECLINED: frozenset(),
    ProposalState.DROPPED: frozenset(),
}

UNDECIDED = frozenset({ProposalState.PROPOSED, ProposalState.LOCKED})
"""Proposals that wait for a person's word."""


def outcome(*, participant: Answer, mentor: Answer) -> ProposalState:
    """What two answers make of an offer. One no is enough, a question leaves it open."""
    answers = {participant, mentor}
    if Answer.NO in answers:
        return ProposalState.DECLINED
    return ProposalState.AGREED if answers == {Answer.YES} else ProposalState.OFFERED
