"""Why this match, and why none: contributions, gates, the funnel and the cheapest change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kith.methods.matching.alternatives import (
    NEVER,
    Chains,
    Steps,
    chains_to,
    moves_along,
    single_steps,
)
from kith.methods.matching.flow import NOBODY
from kith.methods.matching.outcome import Outcome
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
        if self.outcome.holders[row] == NOBODY:
            return UnmatchedExplanation(participant, self.funnel(row), self.relaxation(row))
        return self._match(row)

    def _match(self, row: int) -> MatchExplanation:
        outcome, column = self.outcome, int(self.outcome.holders[row])
        fits = outcome.scores.fits[row]
        candidates = outcome.field.candidates[row] | (np.arange(len(fits)) == column)
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
            better=self._better(row, ahead),
        )

    def _better(self, row: int, columns: Ints) -> tuple[Better, ...]:
        best = sorted(self._hashed(columns), key=lambda column: -self._fit(row, column))
        return tuple(
            Better(
                mentor=self.outcome.problem.mentors[column].id,
                fit=self._fit(row, column),
                held_by=tuple(
                    self.outcome.problem.participants[holder].id
                    for holder in np.flatnonzero(self.outcome.holders == column).tolist()
                ),
            )
            for column in best[:BETTER_SHOWN]
        )

    def funnel(self, row: int) -> tuple[Step, ...]:
        """Of all mentors, how many drop out where."""
        left = len(self.outcome.problem.mentors)
        reasons = self._reasons(row)
        steps = []
        for number, code in enumerate(FUNNEL):
            removed = int((reasons == number).sum())
            left -= removed
            steps.append(Step(code, removed, left))
        return tuple(steps)

    def _reasons(self, row: int) -> Ints:
        """(m,) number in FUNNEL of the first step that each mentor does not pass."""
        outcome = self.outcome
        failed = outcome.scores.failed[row].astype(np.int64)
        lowest_bit = failed & -failed
        checks: list[tuple[str, Bools]] = [
            *((gate.value, lowest_bit == GATE_BIT[gate]) for gate in Gate),
            (NO_PLACES, outcome.ground.capacity == 0),
            (REJECTED, outcome.field.rejected[row]),
            (FLOOR, self._below_floor(row)),
            (MATCHED, np.arange(len(failed)) == outcome.holders[row]),
        ]
        numbers = [FUNNEL.index(code) for code, _ in checks]
        reasons: Ints = np.select([hit for _, hit in checks], numbers, FUNNEL.index(TAKEN))
        return reasons

    def relaxation(self, row: int) -> Relaxation | None:
        """The single change that costs the others least; the easier one when equal."""
        found = [one for code in EASE if (one := self._opened(row, code)) is not None]
        return min(found, key=lambda one: one.loss_to_others, default=None)

    def _opened(self, row: int, code: str) -> Relaxation | None:
        """What relaxing one thing opens at the lowest loss without costing anybody a match."""
        columns = np.flatnonzero(self._opens(row, code))
        if not columns.size:
            return None
        losses = np.zeros_like(columns) if code == ONE_MORE_PLACE else self._losses[columns]
        cheapest = columns[losses == losses.min()]
        if not self._harmless(int(cheapest[0]), code):
            return None
        ranked = sorted(self._hashed(cheapest), key=lambda column: -self._fit(row, column))
        return Relaxation(
            message=Message(code, self._params(row, ranked[0], code)),
            mentors=tuple(self.outcome.problem.mentors[one].id for one in ranked[:HELPERS_SHOWN]),
            loss_to_others=int(losses.min()),
        )

    def _opens(self, row: int, code: str) -> Bools:
        """(m,) mentors who would be candidates if this one thing were different."""
        outcome = self.outcome
        failed, floor = outcome.scores.failed[row], self._below_floor(row)
        if code == ONE_MORE_PLACE:
            wrong, fine = outcome.field.candidates[row], np.ones(len(failed), dtype=bool)
        elif code == FLOOR:
            wrong, fine = floor & (failed == 0), outcome.ground.capacity > 0
        else:
            wrong, fine = failed == GATE_BIT[Gate(code)], ~floor & (outcome.ground.capacity > 0)
        opens: Bools = wrong & fine & ~outcome.field.rejected[row]
        return opens

    def _harmless(self, column: int, code: str) -> bool:
        """True when nobody loses a match over it."""
        if code == ONE_MORE_PLACE or self._losses[column] == 0:
            return True
        if self._routes is None:
            return False
        steps, chains = self._routes
        if chains.cost[column] >= NEVER:
            return False
        moves = moves_along(self.outcome, steps, chains, column)
        return all(move.to_mentor is not None for move in moves)

    @cached_property
    def _losses(self) -> Ints:
        """(m,) what the others lose when one place of each mentor is taken by a newcomer."""
        if self._routes is None or self.outcome.worth is None:
            return np.where(self.outcome.places_left > 0, 0, NEVER)
        _, chains = self._routes
        return self.outcome.worth.prices + chains.cost[:-1]

    @cached_property
    def _routes(self) -> tuple[Steps, Chains] | None:
        if self.outcome.worth is None:
            return None
        steps = single_steps(self.outcome, self.outcome.worth)
        return steps, chains_to(steps, len(self.outcome.problem.mentors))

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

    def _below_floor(self, row: int) -> Bools:
        below: Bools = self.outcome.scores.fits[row] < self.outcome.field.floor
        return below

    def _fit(self, row: int, column: int) -> int:
        return int(self.outcome.scores.fits[row, column])

    def _hashed(self, columns: Ints) -> Sequence[int]:
        """Columns in the order of the tie hash, so that equals are not shown by sign-up."""
        wanted = set(columns.tolist())
        return [column for column in self.outcome.ground.column_order.tolist() if column in wanted]


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
