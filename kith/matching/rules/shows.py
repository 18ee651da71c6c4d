"""The lists of the board: pairs to decide about, pairs being asked, and the rest."""

from enum import StrEnum

from kith.matching.rules.states import ProposalState


class Show(StrEnum):
    """A list of the board, and the filter that shows it."""

    DECIDE = "decide"
    ASKED = "asked"
    AGREED = "agreed"
    LEFT_OUT = "left_out"

    @classmethod
    def read(cls, text: str) -> "Show":
        """The filter an address names; pairs to decide about for any other text."""
        return cls(text) if text in set(cls) else cls.DECIDE


SHELF: dict[ProposalState, Show] = {
    ProposalState.PROPOSED: Show.DECIDE,
    ProposalState.LOCKED: Show.DECIDE,
    ProposalState.OFFERED: Show.ASKED,
    ProposalState.AGREED: Show.AGREED,
    ProposalState.REJECTED: Show.LEFT_OUT,
    ProposalState.DECLINED: Show.LEFT_OUT,
    ProposalState.EXPIRED: Show.LEFT_OUT,
    ProposalState.DROPPED: Show.LEFT_OUT,
}
"""On which list a pair stands in each of its states."""


def put(state: ProposalState) -> dict[str, str]:
    """A state and its list, for writing many rows at once."""
    return {"state": state.value, "shelf": SHELF[state].value}
