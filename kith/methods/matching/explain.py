"""Why this match, and why none: contributions, gates, the funnel and the cheapest change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from kith.methods.matching.chains import NEVER
from kith.methods.matching.flow import NOBODY
from kith.methods.matching.outcome import Field, Standing
from kith.methods.matching.problem import Criterion, Gate, Problem
from kith.methods.matching.profile import SLOTS, Bools, Ints
from kith.methods.matching.score import GATE_BIT, Scores
from kith.methods.matching.words import Message, messages_of

_NONE = np.zeros(0, dtype=np.int64)
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
    Gate.MARKS.value,
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


class Losses(Protocol):
    """What the others lose when one place of a mentor is taken by a newcomer."""

    def least(self, column: int) -> int:
        """A number that the loss is never below."""

    def exact(self, column: int) -> tuple[int, bool]:
        """The loss, and whether everybody keeps a match."""


class Told(Protocol):
    """What explanations are read from: people, who holds which place, and what a place costs."""

    @property
    def problem(self) -> Problem: ...
    @property
    def scores(self) -> Scores: ...
    @property
    def field(self) -> Field: ...
    @property
    def losses(self) -> Losses: ...
    @property
    def holders(self) -> Ints: ...
    @property
    def places_left(self) -> Ints: ...
    def row(self, participant: str) -> int:
        """Row of a participant."""

    def is_locked(self, row: int) -> bool:
        """True when a person keeps the match of this row."""


@dataclass(frozen=True, eq=False)
class Explainer:
    """Explanations of one outcome; what they have in common is worked out once."""

    outcome: Told

    def explain(self, participant: str) -> MatchExplanation | UnmatchedExplanation:
        """The explanation of one participant's result."""
        row = self.outcome.row(participant)
        return self._told(row, self.outcome.field.standing(row))

    def explain_all(self, rows: Sequence[int]) -> Iterator[MatchExplanation | UnmatchedExplanation]:
        """Explanations of many rows, scored some hundreds at a time."""
        for row, standing in zip(rows, self.outcome.field.standings(rows), strict=True):
            yield self._told(row, standing)

    def _told(self, row: int, standing: Standing) -> MatchExplanation | UnmatchedExplanation:
        if self.outcome.holders[row] != NOBODY:
            return self._match(row, standing)
        participant = self.outcome.problem.participants[row].id
        relaxation = self.relaxation(row, standing)
        return UnmatchedExplanation(participant, self.funnel(row, standing), relaxation)

    def _match(self, row: int, standing: Standing) -> MatchExplanation:
        outcome, column = self.outcome, int(self.outcome.holders[row])
        fits = standing.fits
        candidates = standing.candidates | (np.arange(len(fits)) == column)
        ahead = np.flatnonzero(candidates & (fits > fits[column]))
        return MatchExplanation(
            participant=outcome.problem.participants[row].id,
            mentor=outcome.problem.mentors[column].id,
            fit=int(fits[column]),
            locked=outcome.is_locked(row),
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
                    for holder in np.flatnonzero(self.outcome.holders == column).tolist()
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
        # One more place of a candidate costs nobody anything, so nothing dearer is of interest.
        most = 0 if standing.candidates.any() else NEVER
        best = None
        for code in EASE:
            found = self._opened(row, standing, code, most)
            if found is not None:
                best, most = found, found.loss_to_others - 1
        return best

    def _opened(self, row: int, standing: Standing, code: str, most: int) -> Relaxation | None:
        """What relaxing one thing opens at the lowest loss without costing anybody a match."""
        columns = np.flatnonzero(self._opens(standing, code)) if most >= 0 else _NONE
        if code == ONE_MORE_PLACE:
            loss, cheapest = 0, columns
        else:
            loss, cheapest = self._cheapest(columns, most)
        if not cheapest.size:
            return None
        ranked = self._alike(row, _by_fit(standing, cheapest), code)
        return Relaxation(
            message=Message(code, self._params(row, ranked[0], code)),
            mentors=tuple(self.outcome.problem.mentors[one].id for one in ranked[:HELPERS_SHOWN]),
            loss_to_others=loss,
        )

    def _alike(self, row: int, ranked: list[int], code: str) -> list[int]:
        """Those whom the very change opens that opens the best of them."""
        if code != Gate.MARKS:
            return ranked
        lacking = [self._params(row, column, code) for column in ranked]
        return [column for column, one in zip(ranked, lacking, strict=True) if one == lacking[0]]

    def _cheapest(self, columns: Ints, most: int) -> tuple[int, Ints]:
        """Those whose place costs the others least; where a place is free, nobody has to move."""
        free = columns[self.outcome.places_left[columns] > 0]
        if free.size:
            return 0, free
        losses, best = self.outcome.losses, most
        found: list[int] = []
        for column in sorted(columns.tolist(), key=losses.least):
            if losses.least(column) > best:
                break
            loss, harmless = losses.exact(column)
            if harmless and loss <= best:
                found = [*found, column] if loss == best and found else [column]
                best = loss
        return best, np.array(sorted(found), dtype=np.int64)

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
        if code == Gate.MARKS:
            return {"marks": sorted(participant.requires - mentor.marks)}
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


def match_parts(outcome: Told, row: int, column: int) -> tuple[Part, ...]:
    """Contributions and words of any pair, matched or not; criteria without weight are left out.

    The points sum to the fit of the pair, at most FULL_FIT.
    """
    (parts,) = parts_of(outcome.scores, [row], [column])
    return parts


def parts_of(scores: Scores, rows: list[int], columns: list[int]) -> Iterator[tuple[Part, ...]]:
    """Contributions and words of many pairs: each row with the column at the same place."""
    given = list(scores.contributions(rows, columns))
    for parts, said in zip(given, messages_of(scores, rows, columns, given), strict=True):
        yield tuple(
            Part(one.criterion, one.points, one.maximum, said[one.criterion])
            for one in parts
            if one.maximum
        )
