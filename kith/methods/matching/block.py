"""Participants against mentors: what each pair has in common, as (n, m) tables."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kith.methods.matching.profile import (
    LANGUAGE_LEVELS,
    UNLIMITED_M,
    UNSTATED,
    Bools,
    Ints,
    PersonArrays,
)

LEAST_LANGUAGE_LEVEL = 2


@dataclass(frozen=True)
class Block:
    """Some participants (n) against some mentors (m)."""

    participants: PersonArrays
    mentors: PersonArrays

    @property
    def shape(self) -> tuple[int, int]:
        """Participants, mentors."""
        return len(self.participants.online), len(self.mentors.online)

    def common(self, table: str) -> Ints:
        """How many entries of a 0/1 table both sides have."""
        return self._product(*self._sides(table))

    def both_state(self, table: str) -> Bools:
        """True where both sides have an entry in a table."""
        participants, mentors = (side.any(axis=1) for side in self._sides(table))
        return self._both(participants, mentors)

    @property
    def has_required(self) -> Bools:
        """True where the mentor offers every topic that the participant requires."""
        required = self.participants.required
        offered = self._product(required, (self.mentors.topics > 0).astype(np.int64))
        every: Bools = offered == required.sum(axis=1)[:, None]
        return every

    @property
    def has_marks(self) -> Bools:
        """True where the mentor has every mark that the participant requires."""
        required, marks = self._sides("marks")
        if not required.any():
            return np.ones(self.shape, dtype=bool)
        every: Bools = self._product(required, marks) == required.sum(axis=1)[:, None]
        return every

    @property
    def shared_need(self) -> Ints:
        """Importance times skill, summed over the shared topics."""
        return self.common("topics")

    @property
    def language_level(self) -> Ints:
        """The best level at which both speak one language (the lower of the two); 0 = none."""
        best = np.zeros(self.shape, dtype=np.int64)
        participants, mentors = self._sides("languages")
        for level in LANGUAGE_LEVELS[LEAST_LANGUAGE_LEVEL - 1 :]:
            best[self._product(participants >= level, mentors >= level) > 0] = level
        return best

    @property
    def both_online(self) -> Bools:
        """True where both would meet online."""
        return self._both(*self._sides("online"))

    @property
    def both_placed(self) -> Bools:
        """True where both have coordinates."""
        return self._both(*self._sides("placed"))

    @property
    def distance_m(self) -> Ints:
        """Straight distance in metres; means something only where both are placed."""
        square = np.zeros(self.shape, dtype=np.int64)
        participants, mentors = self._sides("position")
        for axis in range(3):
            square += self._minus(participants[:, axis], mentors[:, axis]) ** 2
        metres: Ints = np.rint(np.sqrt(square)).astype(np.int64)
        return metres

    @property
    def reach_m(self) -> Ints:
        """The shorter of the two limits; UNLIMITED_M where neither is stated."""
        participants, mentors = self._sides("reach_m")
        shorter: Ints = np.minimum(self.per_participant(participants), self.per_mentor(mentors))
        return shorter

    @property
    def reach_stated(self) -> Bools:
        """True where at least one side says how far."""
        stated: Bools = self.reach_m < UNLIMITED_M
        return stated

    @property
    def regions_known(self) -> Bools:
        """True where both state a region."""
        participants, mentors = self._sides("region")
        return self._both(participants != UNSTATED, mentors != UNSTATED)

    @property
    def same_region(self) -> Bools:
        """True where both state the same region."""
        return self._equal(*self._sides("region")) & self.regions_known

    @property
    def gender_known(self) -> Bools:
        """True where the participant states a wish and the mentor a gender."""
        participants, mentors = self._sides("gender")
        return self._both(participants != UNSTATED, mentors != UNSTATED)

    @property
    def gender_wish_met(self) -> Bools:
        """True where the mentor has the gender that the participant wishes."""
        return self._equal(*self._sides("gender")) & self.gender_known

    @property
    def ages_known(self) -> Bools:
        """True where both state an age band."""
        participants, mentors = self._sides("age_low")
        return self._both(participants != UNSTATED, mentors != UNSTATED)

    @property
    def age_gap(self) -> Ints:
        """Years between the two age bands; 0 when they touch or overlap."""
        younger = self._minus(self.participants.age_low, self.mentors.age_high)
        older = -self._minus(self.participants.age_high, self.mentors.age_low)
        gap: Ints = np.maximum(np.maximum(younger, older), 0)
        return gap

    def per_participant(self, values: NDArray[Any]) -> NDArray[Any]:
        """One value of each participant, to be met by those of the mentors."""
        return values[:, None]

    def per_mentor(self, values: NDArray[Any]) -> NDArray[Any]:
        """One value of each mentor, to be met by those of the participants."""
        return values[None, :]

    def _product(self, left: NDArray[Any], right: NDArray[Any]) -> Ints:
        """Sums of products of small whole numbers; doubles hold them exactly up to 2**53."""
        product = left.astype(np.float64) @ right.T.astype(np.float64)
        whole: Ints = np.rint(product).astype(np.int64)
        return whole

    def _sides(self, table: str) -> tuple[Any, Any]:
        return getattr(self.participants, table), getattr(self.mentors, table)

    def _both(self, participants: Bools, mentors: Bools) -> Bools:
        """True where both are."""
        both: Bools = self.per_participant(participants) & self.per_mentor(mentors)
        return both

    def _minus(self, participants: Ints, mentors: Ints) -> Ints:
        difference: Ints = self.per_participant(participants) - self.per_mentor(mentors)
        return difference

    def _equal(self, participants: Ints, mentors: Ints) -> Bools:
        equal: Bools = self.per_participant(participants) == self.per_mentor(mentors)
        return equal


class Couples(Block):
    """Each participant with one mentor, the one on the same line: tables of (n, 1)."""

    @property
    def shape(self) -> tuple[int, int]:
        """Couples, and 1."""
        return len(self.participants.online), 1

    def per_mentor(self, values: NDArray[Any]) -> NDArray[Any]:
        """One value of each mentor, beside the one of the participant."""
        return values[:, None]

    def _product(self, left: NDArray[Any], right: NDArray[Any]) -> Ints:
        whole: Ints = np.einsum("ij,ij->i", left, right, dtype=np.int64)[:, None]
        return whole
