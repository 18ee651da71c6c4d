"""A live round as explanations read it."""

import numpy as np

from kith.methods.matching.chains import NEVER
from kith.methods.matching.flow import NOBODY
from kith.methods.matching.live.matches import Matches
from kith.methods.matching.live.proof import Proof
from kith.methods.matching.outcome import Field
from kith.methods.matching.problem import Problem
from kith.methods.matching.profile import Ints
from kith.methods.matching.score import Scores


class Now:
    """How a live round stands; made anew after every act."""

    def __init__(self, proof: Proof, matches: Matches) -> None:
        self._proof, self._network = proof, proof.network
        self.holders: Ints = np.array(matches.holders, dtype=np.int64)
        self.losses = TrialLosses(proof, matches)

    @property
    def scores(self) -> Scores:
        """Fits and gates."""
        return self._proof.people.scores

    @property
    def problem(self) -> Problem:
        """People in the order of rows and columns."""
        return self._proof.people.problem

    @property
    def field(self) -> Field:
        """Places, floor and rejections."""
        people = self._proof.people
        locked = np.full(len(self.holders), NOBODY, dtype=np.int64)
        return Field(
            people.scores, self._network.capacity, locked, people.rejected, self._proof.floor
        )

    @property
    def places_left(self) -> Ints:
        """(m,) places that nobody holds."""
        net = self._network.net
        return np.asarray(net.capacity, dtype=np.int64) - np.asarray(net.held, dtype=np.int64)

    def row(self, participant: str) -> int:
        """Row of a participant."""
        return self._proof.people.row(participant)

    def is_locked(self, row: int) -> bool:
        """True when a person keeps the match of this row."""
        return row in self._network.locked


class TrialLosses:
    """What the others lose when a newcomer takes a place: the price at least, exactly by trial."""

    def __init__(self, proof: Proof, matches: Matches) -> None:
        self._proof, self._matches = proof, matches
        self._known: dict[int, tuple[int, bool]] = {}

    def least(self, column: int) -> int:
        """The price of a place."""
        return int(self._proof.prices[column])

    def exact(self, column: int) -> tuple[int, bool]:
        """The loss, and whether everybody keeps a match."""
        if column not in self._known:
            self._known[column] = self._tried(column)
        return self._known[column]

    def _tried(self, column: int) -> tuple[int, bool]:
        network = self._proof.network
        if network.net.capacity[column] < 1:
            return NEVER, False
        with self._proof.trial():
            network.take_place(column)
            self._proof.prove()
            steps = self._matches.steps(())
            value, _, _ = self._matches.sums(steps)
            return -value, all(step.takes != NOBODY for step in steps)
