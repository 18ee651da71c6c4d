"""What the page of a round shows: pairs to decide about, pairs being asked, and the rest."""

from enum import StrEnum

from kith.matching.rules.states import UNDECIDED, ProposalState


class Show(StrEnum):
    """A filter above the pairs of a round."""

    DECIDE = "decide"
    ASKED = "asked"
    AGREED = "agreed"
    LEFT_OUT = "left_out"

    @classmethod
    def read(cls, text: str) -> "Show":
        """The filter an address names; pairs to decide about for any other text."""
        return cls(text) if text in set(cls) else cls.DECIDE

    @property
    def states(self) -> frozenset[ProposalState]:
        """The states of the pairs that are shown."""
        return _STATES[self]


_STATES: dict[Show, frozenset[ProposalState]] = {
    Show.DECIDE: UNDECIDED,
    Show.ASKED: frozenset({ProposalState.OFFERED}),
    Show.AGREED: frozenset({ProposalState.AGREED}),
    Show.LEFT_OUT: frozenset(
        {ProposalState.REJECTED, ProposalState.DECLINED, ProposalState.DROPPED}
    ),
}
