"""Why this match, and why none: contributions, gates, the funnel and the cheapest change."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kith.methods.matching.chains import NEVER, Chains, chains_to, steps_along
from kith.methods.matching.flow import NOBODY
from kith.methods.matching.outcome import Outcome, Standing
from kith.methods.matching.problem import Criterion, Gate
from kith.methods.matching.profile import SLOTS, Bools, Ints
from kith.methods.matching.score import GATE_BIT
from kith.methods.matching.words import Message, pair_messages

BETTER_SHOWN = 3
HELPERS_SHOWN = 5

NO_PLACES, REJECTED, FLOOR, TAKEN, MATCHED = "no_places", "rejected", "floor", "taken", "matched"
FUNNEL = (*(gate.value for gate in Gate), NO_PLACES, REJECTED, FLOOR, TAKEN, MATCHED)
"""Where a mentor drops out, in this order; `matched` is the mentor of the match itself."""

ONE_MORE_PLACE = "one_more_place"
EASE = (
    Gate.AVAILABILITY.value,
    Gate.RANGE.value,
    ONE_MORE_PLACE,
    Gate.CHECK.value,
    Gate.TRAINING.value,
    Gate.TOPICS.value,
    Gate.LANGUAGE.value,
    Gate.TOPICS_REQUIRED.value,
    FLOOR,
)
"""What may be relaxed, easiest first. A wish for a mentor's gender, an exclusion, a rejection
and adulthood are not for sale and never proposed."""


@dataclass(frozen=True)
class Part:
    """One criterion of a match; the points of all parts sum to the fit."""

    criterion: Criterion
    points: int
    maximum: int
    messages: tuple[Message, ...]


@dataclass(frozen=True)
class Better:
    """A mentor with a higher fit who went to others, and to whom."""

    mentor: str
    fit: int
    held_by: tuple[str, ...]


@dataclass(frozen=True)
class MatchExplanation:
    """Why these two. `rank` counts from 1 among the participant's candidates, by fit."""

    participant: str
    mentor: str
    fit: int
    locked: bool
    parts: tuple[Part, ...]
    gates: tuple[Gate, ...]
    rank: int
    candidates: int
    better: tuple[Better, ...]


@dataclass(frozen=True)
class Step:
    """How many mentors drop out at one step of the funnel, and how many are left."""

    code: str
    removed: int
    left: int


@dataclass(frozen=True)
class Relaxation:
    """One single change after which the participant would have a mentor, nobody losing theirs.

    message         code out of EASE with parameters
    mentors         ids whom the change opens at the lowest loss, best fit first
    loss_to_others  how much less the matches of all others would be worth
    """

    message: Message
    mentors: tuple[str, ...]
    loss_to_others: int


@dataclass(frozen=True)
class UnmatchedExplanation:
    """Why nobody yet. The removed of all steps sum to the number of mentors."""

    participant: str
    funnel: tuple[Step, ...]
    relaxation: Relaxation | None


@dataclass(frozen=True, eq=False)
class Explainer:
    """Explanations of one outcome; what they have in common is worked out once."""

    outcome: Outcome

    def explain(self, participant: str) -> MatchExplanation | UnmatchedExplanation:
        """The explanation of one participant's result."""
        row = self.outcome.problem.row(participant)
        standing = self.outcome.field.standing(row)
        if self.outcome.holders[row] == NOBODY:
            relaxation = self.relaxation(row, standing)
            return UnmatchedExplanation(participant, self.funnel(row, standing), relaxation)
        return self._match(row, standing)

    def _match(self, row: int, standing: Standing) -> MatchExplanation:
        outcome, column = self.outcome, int(self.outcome.holders[row])
        fits = standing.fits
        candidates = standing.candidates | (np.arange(len(fits)) == column)
        ahead = np.flatnonzero(candidates & (fits > fits[column]))
        return MatchExplanation(
            participant=outcome.problem.participants[row].id,
            mentor=outcome.problem.mentors[column].id,
            fit=int(fits[column]),
            locked=bool(outcome.ground.locked[row] != NOBODY),
            parts=match_parts(outcome, row, column),
            gates=tuple(gate for gate in Gate if gate not in outcome.problem.gates.off),
            rank=len(ahead) + 1,
            candidates=int(candidates.sum()),
            better=self._better(standing, ahead),
        )

    def _better(self, standing: Standing, columns: Ints) -> tuple[Better, ...]:
        best = _by_fit(standing, columns)
        return tuple(
            Better(
                mentor=self.outcome.problem.mentors[column].id,
                fit=int(standing.fits[column]),
                held_by=tuple(
                    self.outcome.problem.participants[holder].id
                    for holder in self.outcome.holders_of(column)
                ),
            )
            for column in best[:BETTER_SHOWN]
        )

    def funnel(self, row: int, standing: Standing) -> tuple[Step, ...]:
        """Of all mentors, how many drop out where."""
        left = len(self.outcome.problem.mentors)
        reasons = self._reasons(row, standing)
        steps = []
        for number, code in enumerate(FUNNEL):
            removed = int((reasons == number).sum())
            left -= removed
            steps.append(Step(code, removed, left))
        return tuple(steps)

    def _reasons(self, row: int, standing: Standing) -> Ints:
        """(m,) number in FUNNEL of the first step that each mentor does not pass."""
        outcome = self.outcome
        failed = standing.failed.astype(np.int64)
        lowest_bit = failed & -failed
        checks: list[tuple[str, Bools]] = [
            *((gate.value, lowest_bit == GATE_BIT[gate]) for gate in Gate),
            (NO_PLACES, outcome.field.capacity == 0),
            (REJECTED, standing.rejected),
            (FLOOR, self._below_floor(standing)),
            (MATCHED, np.arange(len(failed)) == outcome.holders[row]),
        ]
        numbers = [FUNNEL.index(code) for code, _ in checks]
        reasons: Ints = np.select([hit for _, hit in checks], numbers, FUNNEL.index(TAKEN))
        return reasons

    def relaxation(self, row: int, standing: Standing) -> Relaxation | None:
        """The single change that costs the others least; the easier one when equal."""
        found = [one for code in EASE if (one := self._opened(row, standing, code)) is not None]
        return min(found, key=lambda one: one.loss_to_others, default=None)

    def _opened(self, row: int, standing: Standing, code: str) -> Relaxation | None:
        """What relaxing one thing opens at the lowest loss without costing anybody a match."""
        columns = np.flatnonzero(self._opens(standing, code))
        if not columns.size:
            return None
        losses = np.zeros_like(columns) if code == ONE_MORE_PLACE else self._losses[columns]
        cheapest = columns[losses == losses.min()]
        if not self._harmless(int(cheapest[0]), code):
            return None
        ranked = _by_fit(standing, cheapest)
        return Relaxation(
            message=Message(code, self._params(row, ranked[0], code)),
            mentors=tuple(self.outcome.problem.mentors[one].id for one in ranked[:HELPERS_SHOWN]),
            loss_to_others=int(losses.min()),
        )

    def _opens(self, standing: Standing, code: str) -> Bools:
        """(m,) mentors who would be candidates if this one thing were different."""
        outcome = self.outcome
        failed, floor = standing.failed, self._below_floor(standing)
        if code == ONE_MORE_PLACE:
            wrong, fine = standing.candidates, np.ones(len(failed), dtype=bool)
        elif code == FLOOR:
            wrong, fine = floor & (failed == 0), outcome.field.capacity > 0
        else:
            wrong, fine = failed == GATE_BIT[Gate(code)], ~floor & (outcome.field.capacity > 0)
        opens: Bools = wrong & fine & ~standing.rejected
        return opens

    def _harmless(self, column: int, code: str) -> bool:
        """True when nobody loses a match over it."""
        if code == ONE_MORE_PLACE or self._losses[column] == 0:
            return True
        if self._chains is None or self._chains.cost[column] >= NEVER:
            return False
        return all(step.takes is not None for step in steps_along(self._chains, column))

    @cached_property
    def _losses(self) -> Ints:
        """(m,) what the others lose when one place of each mentor is taken by a newcomer."""
        if self._chains is None or self.outcome.network is None:
            return np.where(self.outcome.places_left > 0, 0, NEVER)
        losses: Ints = self.outcome.network.prices + self._chains.cost[:-1]
        return losses

    @cached_property
    def _chains(self) -> Chains | None:
        network = self.outcome.network
        return None if network is None else chains_to(network, len(network.prices))

    def _params(self, row: int, column: int, code: str) -> Mapping[str, object]:
        """What would have to change, told by the best mentor it would open."""
        participant = self.outcome.problem.participants[row]
        mentor = self.outcome.problem.mentors[column]
        if code == Gate.AVAILABILITY:
            return {"slots": [slot for slot in SLOTS if slot in mentor.availability]}
        if code == Gate.RANGE:
            return self._range_params(row, column)
        if code == Gate.LANGUAGE:
            return {"languages": sorted(mentor.languages)}
        if code == Gate.TOPICS_REQUIRED:
            return {"topics": sorted(participant.topics_required - set(mentor.topics))}
        return {"topics": sorted(participant.wishes)} if code == Gate.TOPICS else {}

    def _range_params(self, row: int, column: int) -> Mapping[str, object]:
        """How far it would be; with regions only, which region."""
        block = self.outcome.scores.pair(row, column)
        if block.both_placed[0, 0]:
            return {"km": -(-int(block.distance_m[0, 0]) // 1000)}
        return {"region": self.outcome.problem.mentors[column].region}

    def _below_floor(self, standing: Standing) -> Bools:
        below: Bools = standing.fits < self.outcome.field.floor
        return below


def _by_fit(standing: Standing, columns: Ints) -> list[int]:
    """The best fit first; columns are in the order of the tie hash, which decides equals."""
    return sorted(columns.tolist(), key=lambda column: -int(standing.fits[column]))


def match_parts(outcome: Outcome, row: int, column: int) -> tuple[Part, ...]:
    """Contributions and words of any pair, matched or not; criteria without weight are left out.

    The points sum to the fit of the pair, at most FULL_FIT.
    """
    messages = pair_messages(outcome.scores, row, column)
    return tuple(
        Part(given.criterion, given.points, given.maximum, messages[given.criterion])
        for given in outcome.scores.explain(row, column)
        if given.maximum
    )
