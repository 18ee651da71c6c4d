"""The finished round as tables: what explanations and alternatives are read from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kith.methods.matching.assignment import Ground, Stage, Values
from kith.methods.matching.flow import NOBODY
from kith.methods.matching.problem import DecisionConflict, Problem, Ruling
from kith.methods.matching.profile import Bools, Ints
from kith.methods.matching.score import Scores
from kith.methods.matching.ties import tie_keys


@dataclass(frozen=True, eq=False)
class Field:
    """The pairs open to the solver.

    candidates  (n, m) passes gates, floor and decisions, whether or not the row is locked
    rejected    (n, m) a person said no
    floor       least fit, 0..FULL_FIT
    """

    scores: Scores
    ground: Ground
    candidates: Bools
    rejected: Bools
    floor: int


@dataclass(frozen=True, eq=False)
class Outcome:
    """A field and who holds which place.

    holders  (n,) column of each participant's mentor, NOBODY for the unmatched
    values   makes the (n, m) table of what a match is worth: fit and the loss it averts
    worth    the stage with prices over the whole field; None when the objective has none
    """

    field: Field
    holders: Ints
    values: Values
    worth: Stage | None

    @property
    def scores(self) -> Scores:
        """Fits and gates."""
        return self.field.scores

    @property
    def problem(self) -> Problem:
        """People, weights, gates."""
        return self.field.scores.problem

    @property
    def ground(self) -> Ground:
        """Edges, capacities, locks."""
        return self.field.ground

    @cached_property
    def places_left(self) -> Ints:
        """(m,) places of each mentor that nobody holds."""
        held = self.holders[self.holders != NOBODY]
        left: Ints = self.ground.capacity - np.bincount(held, minlength=len(self.ground.capacity))
        return left

    def mentor_of(self, row: int) -> str | None:
        """Id of the mentor whom a participant is matched with."""
        column = int(self.holders[row])
        return None if column == NOBODY else self.problem.mentors[column].id


def open_field(scores: Scores, *, floor: int, seed: int) -> Field:
    """Apply floor and decisions. Raises DecisionConflict when decisions contradict."""
    rejected, locked = _decided(scores)
    candidates = scores.feasible & ~rejected & (scores.fits >= floor)
    edges = candidates.copy()
    rows = np.flatnonzero(locked != NOBODY)
    edges[rows] = False
    edges[rows, locked[rows]] = True
    problem = scores.problem
    ground = Ground(
        edges=edges,
        capacity=_capacity(problem),
        locked=locked,
        row_order=_order([one.id for one in problem.participants], seed=seed, side="participant"),
        column_order=_order([one.id for one in problem.mentors], seed=seed, side="mentor"),
    )
    return Field(scores, ground, candidates, rejected, floor)


def _capacity(problem: Problem) -> Ints:
    return np.array([mentor.capacity for mentor in problem.mentors], dtype=np.int64)


def _order(ids: Sequence[str], *, seed: int, side: str) -> Ints:
    """Even equal choices inside the solver then depend on the hash, not on the order of rows."""
    order: Ints = np.lexsort((np.array(ids, dtype=str), tie_keys(ids, seed=seed, side=side)))
    return order


def _decided(scores: Scores) -> tuple[Bools, Ints]:
    """Rejected pairs (n, m) and locked columns (n,)."""
    rejected = np.zeros(scores.fits.shape, dtype=bool)
    locked = np.full(scores.fits.shape[0], NOBODY, dtype=np.int64)
    for decision in scores.problem.decisions:
        row, column = scores.problem.cell(decision.participant, decision.mentor)
        if decision.ruling is Ruling.REJECT:
            rejected[row, column] = True
        elif locked[row] in {NOBODY, column}:
            locked[row] = column
        else:
            raise DecisionConflict("this participant is locked to another mentor", decision)
    _check_locks(scores, rejected, locked)
    return rejected, locked


def _check_locks(scores: Scores, rejected: Bools, locked: Ints) -> None:
    left = _capacity(scores.problem)
    for decision in scores.problem.decisions:
        row, column = scores.problem.cell(decision.participant, decision.mentor)
        if locked[row] != column:
            continue
        if rejected[row, column]:
            raise DecisionConflict("this pair is both locked and rejected", decision)
        if not scores.feasible[row, column]:
            gates = ", ".join(scores.failed_gates(row, column))
            raise DecisionConflict(f"the pair does not pass: {gates}", decision)
    for column in locked[locked != NOBODY]:
        left[column] -= 1
    _check_places(scores, locked, left)


def _check_places(scores: Scores, locked: Ints, left: Ints) -> None:
    for decision in scores.problem.decisions:
        row, column = scores.problem.cell(decision.participant, decision.mentor)
        if locked[row] == column and left[column] < 0:
            raise DecisionConflict("more locks than this mentor has places", decision)
