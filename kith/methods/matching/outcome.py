"""The finished round: what explanations and alternatives are read from."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kith.methods.matching.chains import NEVER, chains_to, steps_along
from kith.methods.matching.flow import NOBODY
from kith.methods.matching.network import Network, Pairs
from kith.methods.matching.problem import Decision, DecisionConflict, Problem, Ruling
from kith.methods.matching.profile import Bools, Ints, Person
from kith.methods.matching.score import Masks, Scores, score
from kith.methods.matching.shortlist import Finder, Shortlist
from kith.methods.matching.stages import Ground, Stage
from kith.methods.matching.ties import tie_keys


@dataclass(frozen=True)
class Standing:
    """One participant against all mentors.

    fits, failed  (m,) as in Scores
    rejected      (m,) a person said no
    candidates    (m,) passes gates, floor and decisions, whether or not the row is locked
    """

    fits: NDArray[np.int32]
    failed: Masks
    rejected: Bools
    candidates: Bools


@dataclass(frozen=True, eq=False)
class Field:
    """A round before it is solved: people in the order of their tie hash, decisions applied.

    capacity  (m,) places; locked  (n,) column of the lock or NOBODY
    rejected  columns that a person said no to, by row
    floor     least fit, 0..FULL_FIT
    """

    scores: Scores
    capacity: Ints
    locked: Ints
    rejected: Mapping[int, Collection[int]]
    floor: int

    @property
    def problem(self) -> Problem:
        """People, weights, gates."""
        return self.scores.problem

    @cached_property
    def finder(self) -> Finder:
        """Finds the candidates of everybody who is not locked."""
        return self.finder_from(self.floor)

    def finder_from(self, floor: int) -> Finder:
        """The same with another floor."""
        closed = [(row, one) for row, columns in self.rejected.items() for one in columns]
        closed += [
            (row, int(one)) for row, columns in self.scores.excluded.items() for one in columns
        ]
        scores = self.scores
        return Finder(
            scores.problem, scores.participants, scores.mentors, floor=floor, closed=closed
        )

    @property
    def free_rows(self) -> Ints:
        """Rows without a lock."""
        return np.flatnonzero(self.locked == NOBODY)

    @property
    def free_places(self) -> Ints:
        """(m,) places that no lock takes."""
        locked = self.locked[self.locked != NOBODY]
        left: Ints = self.capacity - np.bincount(locked, minlength=len(self.capacity))
        return left

    def standing(self, row: int) -> Standing:
        """One row against all columns."""
        return self._stands(row, *self.scores.row(row))

    def standings(self, rows: Sequence[int]) -> Iterator[Standing]:
        """Rows against all columns, scored some at a time."""
        for row, (fits, failed) in zip(rows, self.scores.rows(rows), strict=True):
            yield self._stands(row, fits, failed)

    def _stands(self, row: int, fits: NDArray[np.int32], failed: Masks) -> Standing:
        rejected = np.zeros(len(fits), dtype=bool)
        rejected[list(self.rejected.get(row, ()))] = True
        return Standing(fits, failed, rejected, (failed == 0) & ~rejected & (fits >= self.floor))

    def with_locks(self, found: Shortlist) -> Shortlist:
        """The pairs found, and the one pair of each locked row."""
        rows = np.flatnonzero(self.locked != NOBODY)
        if not rows.size:
            return found
        fits = [self.scores.fit(int(row), int(self.locked[row])) for row in rows]
        counts = np.diff(found.start)
        counts[rows] = 1
        start = np.concatenate([[0], np.cumsum(counts)])
        column, fit = np.empty(start[-1], dtype=np.int32), np.empty(start[-1], dtype=np.int32)
        others = np.ones(start[-1], dtype=bool)
        others[start[rows]] = False
        column[others], fit[others] = found.column, found.fit
        column[start[rows]], fit[start[rows]] = self.locked[rows], fits
        return Shortlist(start, column, fit)


@dataclass(frozen=True, eq=False)
class Outcome:
    """A field and who holds which place.

    fit      (e,) fit of each pair of the ground
    chosen   (n,) pair of the ground that each row holds, NOBODY for the unmatched
    averted  (n,) what a match of each row is worth beside its fit: the loss it averts
    worth    the stage with prices over the whole field; None when the objective has none
    """

    field: Field
    ground: Ground
    fit: NDArray[np.int32]
    chosen: Ints
    averted: Ints
    worth: Stage | None

    @property
    def scores(self) -> Scores:
        """Fits and gates."""
        return self.field.scores

    @property
    def problem(self) -> Problem:
        """People in the order of the rows and columns."""
        return self.field.problem

    @cached_property
    def holders(self) -> Ints:
        """(n,) column of each participant's mentor, NOBODY for the unmatched."""
        columns = np.append(self.ground.column, NOBODY).astype(np.int64)
        holders: Ints = columns[self.chosen]
        return holders

    @cached_property
    def places_left(self) -> Ints:
        """(m,) places of each mentor that nobody holds."""
        held = self.holders[self.holders != NOBODY]
        left: Ints = self.field.capacity - np.bincount(held, minlength=len(self.field.capacity))
        return left

    @cached_property
    def network(self) -> Network | None:
        """The matches on all pairs of people without a lock, with the prices that prove them."""
        if self.worth is None:
            return None
        ground = self.ground
        free = ground.free_rows[ground.row]
        degree = np.where(ground.free_rows, np.diff(ground.start), 0)
        start = np.concatenate([[0], np.cumsum(degree)])
        worth = self.fit[free] + self.averted[ground.row[free]]
        network = Network(Pairs(start, ground.column[free], worth), ground.free_places)
        network.resume(self.worth.prices, np.where(ground.free_rows, self.holders, NOBODY))
        return network

    def worth_of(self, row: int) -> int:
        """What the match of one row is worth; 0 without one."""
        pair = int(self.chosen[row])
        return 0 if pair == NOBODY else int(self.fit[pair]) + int(self.averted[row])

    def mentor_of(self, row: int) -> str | None:
        """Id of the mentor whom a participant is matched with."""
        column = int(self.holders[row])
        return None if column == NOBODY else self.problem.mentors[column].id

    def row(self, participant: str) -> int:
        """Row of a participant. Raises BadProblem when there is none."""
        return self.problem.row(participant)

    def is_locked(self, row: int) -> bool:
        """True when a person keeps the match of this row."""
        return bool(self.field.locked[row] != NOBODY)

    @cached_property
    def losses(self) -> "ChainLosses":
        """What a place of each mentor costs the others."""
        return ChainLosses(self.network)


class ChainLosses:
    """What the others lose when a newcomer takes a place, on the listed pairs."""

    def __init__(self, network: Network | None) -> None:
        self._chains = None if network is None else chains_to(network, len(network.prices))
        if network is not None and self._chains is not None:
            self._losses = network.prices + self._chains.cost[:-1]

    def least(self, column: int) -> int:
        """The loss; not known, so NEVER, where there are no prices."""
        return NEVER if self._chains is None else int(self._losses[column])

    def exact(self, column: int) -> tuple[int, bool]:
        """The loss, and whether everybody keeps a match."""
        if self._chains is None or self._chains.cost[column] >= NEVER:
            return NEVER, False
        keep = all(step.takes is not None for step in steps_along(self._chains, column))
        return self.least(column), keep


def in_hash_order(problem: Problem, *, seed: int) -> Problem:
    """The same round with people in the order of their tie hash.

    Everything after that works in this order, so that neither the order of sign-up nor that of
    the files ever decides between equals.
    """
    return _reordered(problem, *_hash_orders(problem, seed=seed))


def score_in_hash_order(problem: Problem, *, seed: int) -> Scores:
    """Everybody as arrays in that order: quicker than to read the records themselves in it."""
    rows, columns = _hash_orders(problem, seed=seed)
    given = score(problem)
    return Scores(
        _reordered(problem, rows, columns),
        given.participants.take(rows),
        given.mentors.take(columns),
    )


def _hash_orders(problem: Problem, *, seed: int) -> tuple[list[int], list[int]]:
    return (
        _hash_order(problem.participants, seed=seed, side="participant"),
        _hash_order(problem.mentors, seed=seed, side="mentor"),
    )


def _hash_order(people: Sequence[Person], *, seed: int, side: str) -> list[int]:
    ids = [one.id for one in people]
    keys = tie_keys(ids, seed=seed, side=side)
    order = np.argsort(keys, kind="stable")
    if len(np.unique(keys)) < len(keys):
        order = np.lexsort((np.array(ids, dtype=str), keys))
    places: list[int] = order.tolist()
    return places


def _reordered(problem: Problem, rows: list[int], columns: list[int]) -> Problem:
    return replace(
        problem,
        participants=tuple(problem.participants[row] for row in rows),
        mentors=tuple(problem.mentors[column] for column in columns),
    )


def open_field(scores: Scores, *, floor: int) -> Field:
    """Apply floor and decisions. Raises DecisionConflict when decisions contradict."""
    rejected, locked = _decided(scores)
    capacity = np.array([mentor.capacity for mentor in scores.problem.mentors], dtype=np.int64)
    _check_locks(scores, rejected, locked, capacity)
    return Field(scores, capacity, locked, rejected, floor)


def _decided(scores: Scores) -> tuple[dict[int, list[int]], Ints]:
    """Rejected columns by row, and locked columns (n,)."""
    rejected: dict[int, list[int]] = {}
    locked = np.full(len(scores.problem.participants), NOBODY, dtype=np.int64)
    for decision in scores.problem.decisions:
        row, column = scores.problem.cell(decision.participant, decision.mentor)
        if decision.ruling is Ruling.REJECT:
            rejected.setdefault(row, []).append(column)
        elif locked[row] in {NOBODY, column}:
            locked[row] = column
        else:
            raise DecisionConflict("this participant is locked to another mentor", decision)
    return rejected, locked


def _check_locks(
    scores: Scores, rejected: dict[int, list[int]], locked: Ints, capacity: Ints
) -> None:
    left = capacity - np.bincount(locked[locked != NOBODY], minlength=len(capacity))
    for decision in scores.problem.decisions:
        row, column = scores.problem.cell(decision.participant, decision.mentor)
        if locked[row] == column:
            _check_lock(
                scores,
                decision,
                is_rejected=column in rejected.get(row, ()),
                places_left=int(left[column]),
            )


def _check_lock(scores: Scores, decision: Decision, *, is_rejected: bool, places_left: int) -> None:
    if is_rejected:
        raise DecisionConflict("this pair is both locked and rejected", decision)
    gates = scores.failed_gates(*scores.problem.cell(decision.participant, decision.mentor))
    if gates:
        raise DecisionConflict(f"the pair does not pass: {', '.join(gates)}", decision)
    if places_left < 0:
        raise DecisionConflict("more locks than this mentor has places", decision)
