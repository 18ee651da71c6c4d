"""Who may join whose group: rules, gates and decisions as arrays of whole numbers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from kith.methods.matching.problem import (
    SWITCHABLE,
    BadProblem,
    Decision,
    DecisionConflict,
    Gate,
    Problem,
    Ruling,
)
from kith.methods.matching.profile import (
    LANGUAGE_LEVELS,
    SLOTS,
    Bools,
    Ints,
    Participant,
    Person,
    Small,
)
from kith.methods.matching.score import GATE_BIT, Masks, Scores, score
from kith.methods.matching.shortlist import Finder, Shortlist
from kith.methods.matching.ties import tie_keys

BRIDGE = "bridge"
"""The need that one of the group speaks a language of the family; it stands after the roles."""
MOST_ROLES = 12
MOST_IN_A_GROUP = 20
TOGETHER = frozenset({Gate.LANGUAGE, Gate.TOPICS, Gate.TOPICS_REQUIRED})
"""What a group has to meet together; the other gates stand for each of its volunteers."""
ANY_SLOT = (1 << len(SLOTS)) - 1
_GATES_TOGETHER = np.uint16(sum(GATE_BIT[gate] for gate in TOGETHER))

Needs = tuple[tuple[str, ...], ...]
Cells = tuple[Ints, Ints]
Columns = Mapping[int, Sequence[int]]


@dataclass(frozen=True, kw_only=True)
class GroupRules:
    """What makes a group.

    smallest, largest  volunteers in a group
    bridge_level       level of a shared language, of volunteer and family, that bridges
    roles              topics that every group covers, beside those that its family requires
    """

    smallest: int = 3
    largest: int = 5
    bridge_level: int = 3
    roles: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse rules that no group can keep."""
        if not 1 <= self.smallest <= self.largest <= MOST_IN_A_GROUP:
            raise BadProblem(f"a group has from 1 to {MOST_IN_A_GROUP} volunteers")
        if self.bridge_level not in LANGUAGE_LEVELS:
            raise BadProblem("the level of a language must be 1 to 5")


@dataclass(frozen=True, eq=False)
class Candidates:
    """Families (n), volunteers (m) and the pairs (e) that may be in one group.

    problem   families and volunteers in canonical order: by keyed hash, not by row
    start     (n + 1,) where the pairs of each family begin;  column  (e,) the volunteer, ascending
    fit       (e,) whole points 0..FULL_FIT
    needs     for each family what its group must cover: roles in order, then BRIDGE
    covers    (e,) bit k: this volunteer covers need k of this family
    slots     (e,) one bit for each weekly time at which both can
    capacity  (m,) groups a volunteer may be in
    locked    (e,) True where a person decided so
    rejected  volunteers to whom a person said no, by family; those without any are left out
    """

    problem: Problem
    rules: GroupRules
    scores: Scores
    start: Ints
    column: Ints
    fit: Ints
    needs: tuple[tuple[str, ...], ...]
    covers: Ints
    slots: Ints
    capacity: Ints
    locked: Bools
    rejected: Mapping[int, Ints]

    def pairs_of(self, family: int) -> Ints:
        """The pairs of one family."""
        return np.arange(self.start[family], self.start[family + 1])

    def locked_of(self, family: int) -> Ints:
        """The locked pairs of one family."""
        pairs = self.pairs_of(family)
        return pairs[self.locked[pairs]]

    def failed_of(self, family: int) -> Masks:
        """(m,) gates that each volunteer does not pass with one family, one by one."""
        failed: Masks = self.scores.row(family)[1] & ~_GATES_TOGETHER
        return failed

    @cached_property
    def unlocked_places(self) -> Ints:
        """(m,) groups a volunteer may be in beside those they are locked to, formed or not."""
        kept = np.bincount(self.column[self.locked], minlength=len(self.capacity))
        left: Ints = self.capacity - kept
        return left


def find_candidates(problem: Problem, rules: GroupRules, *, seed: int) -> Candidates:
    """Everyone who may join whose group.

    The participants of the problem are families: `topics_required` are the roles they need
    covered. The mentors are volunteers: `topics` are the roles they take on, `capacity` the
    number of groups. Locks and rejects are the decisions of the problem.

    raises  BadProblem when a family needs more than MOST_ROLES roles, DecisionConflict when
            decisions contradict each other or a gate
    """
    problem = _in_canonical_order(problem, seed)
    needs = tuple(_needs(family, rules) for family in problem.participants)
    scores = score(problem)
    capacity = np.array([one.capacity for one in problem.mentors], dtype=np.int64)
    rejected, locks = _decided(scores, rules)
    found = _joinable(scores, capacity, rejected)
    family = np.repeat(np.arange(len(needs)), np.diff(found.start))
    column = found.column.astype(np.int64)
    return Candidates(
        problem=problem,
        rules=rules,
        scores=scores,
        start=found.start,
        column=column,
        fit=found.fit.astype(np.int64),
        needs=needs,
        covers=_covered(scores, rules, needs, (family, column)),
        slots=_shared_slots(scores, (family, column)),
        capacity=capacity,
        locked=_are_among(locks, (family, column)),
        rejected=rejected,
    )


def _joinable(scores: Scores, capacity: Ints, rejected: Mapping[int, Ints]) -> Shortlist:
    """Every pair that passes the gates for each one alone, has a place, and nobody closed."""
    problem = scores.problem
    off = problem.gates.off | (TOGETHER & SWITCHABLE)
    alone = replace(problem, gates=replace(problem.gates, off=off))
    asks_nothing = np.zeros_like(scores.participants.required)
    families = replace(scores.participants, required=asks_nothing)
    closed = [*_cells(scores.excluded), *_cells(rejected)]
    finder = Finder(alone, families, scores.mentors, closed=closed)
    return finder.find(most=max(1, len(capacity)), columns=np.flatnonzero(capacity > 0))


def _cells(by_row: Mapping[int, Ints]) -> Iterator[tuple[int, int]]:
    return ((row, int(column)) for row, columns in by_row.items() for column in columns)


def _are_among(locks: Mapping[int, Ints], pairs: Cells) -> Bools:
    """(e,) True for the pairs that are locked."""
    family, column = pairs
    locked = np.zeros(len(family), dtype=bool)
    for row, columns in locks.items():
        first, last = np.searchsorted(family, [row, row + 1])
        locked[first:last] = np.isin(column[first:last], columns)
    return locked


def _in_canonical_order(problem: Problem, seed: int) -> Problem:
    families, volunteers = problem.participants, problem.mentors
    return replace(
        problem,
        participants=[families[row] for row in _order(families, seed, "participant")],
        mentors=[volunteers[row] for row in _order(volunteers, seed, "mentor")],
    )


def _order(people: Sequence[Person], seed: int, side: str) -> list[int]:
    ids = [one.id for one in people]
    keys = tie_keys(ids, seed=seed, side=side).tolist()
    return sorted(range(len(ids)), key=lambda row: (keys[row], ids[row]))


def _needs(family: Participant, rules: GroupRules) -> tuple[str, ...]:
    roles = sorted(family.topics_required | rules.roles)
    if len(roles) > MOST_ROLES:
        raise BadProblem(f"{family.id} needs {len(roles)} roles; a group covers {MOST_ROLES}")
    speaks = bool(family.languages) and not family.interpreter
    return (*roles, BRIDGE) if speaks else tuple(roles)


def _covered(scores: Scores, rules: GroupRules, needs: Needs, pairs: Cells) -> Ints:
    """(e,) which needs of the family each volunteer covers."""
    family, column = pairs
    volunteers = scores.problem.mentors
    covers = np.zeros(len(family), dtype=np.int64)
    for need in sorted({one for asked in needs for one in asked}):
        if need == BRIDGE:
            met = _bridges(scores, rules, pairs)
        else:
            met = np.array([need in one.topics for one in volunteers], dtype=bool)[column]
        bit = np.array([1 << asked.index(need) if need in asked else 0 for asked in needs])
        covers |= bit[family] * met
    return covers


def _bridges(scores: Scores, rules: GroupRules, pairs: Cells) -> Bools:
    """(e,) True where family and volunteer both speak one language well enough."""
    sides = (scores.participants.languages, scores.mentors.languages)
    families, volunteers = (np.packbits(one >= rules.bridge_level, axis=1).T for one in sides)
    bridges = np.zeros(len(pairs[0]), dtype=bool)
    for ours, theirs in zip(families, volunteers, strict=True):
        bridges |= (ours[pairs[0]] & theirs[pairs[1]]) != 0
    return bridges


def _shared_slots(scores: Scores, pairs: Cells) -> Ints:
    """(e,) times at which both can; who states none can at any time."""
    if Gate.AVAILABILITY in scores.problem.gates.off:
        return np.full(len(pairs[0]), ANY_SLOT)
    sides = (scores.participants.slots, scores.mentors.slots)
    families, volunteers = (_mask(slots)[rows] for slots, rows in zip(sides, pairs, strict=True))
    shared: Ints = families & volunteers
    return shared


def _mask(slots: Small) -> Ints:
    masks = slots @ (1 << np.arange(len(SLOTS)))
    stated: Ints = np.where(masks == 0, ANY_SLOT, masks)
    return stated


def _decided(scores: Scores, rules: GroupRules) -> tuple[dict[int, Ints], dict[int, Ints]]:
    """Rejects and locks by row. Raises DecisionConflict when they cannot all be kept."""
    ruled: dict[Ruling, dict[int, list[int]]] = {ruling: {} for ruling in Ruling}
    for decision in scores.problem.decisions:
        row, column = scores.problem.cell(decision.participant, decision.mentor)
        columns = ruled[decision.ruling].setdefault(row, [])
        if column not in columns:
            columns.append(column)
    rejects, locks = ruled[Ruling.REJECT], ruled[Ruling.LOCK]
    for decision in scores.problem.decisions:
        for reason in _against(decision, scores, rules, (rejects, locks)):
            raise DecisionConflict(reason, decision)
    return _as_arrays(rejects), _as_arrays(locks)


def _against(
    decision: Decision, scores: Scores, rules: GroupRules, ruled: tuple[Columns, Columns]
) -> Iterator[str]:
    """Why a locked pair cannot be kept."""
    row, column = scores.problem.cell(decision.participant, decision.mentor)
    rejects, locks = ruled
    if column not in locks.get(row, ()):
        return
    if column in rejects.get(row, ()):
        yield "this pair is both locked and rejected"
    if not TOGETHER.issuperset(scores.failed_gates(row, column)):
        yield "the pair does not pass every gate"
    if len(locks[row]) > rules.largest:
        yield "more locks than a group has volunteers"
    taken = sum(column in columns for columns in locks.values())
    if taken > scores.problem.mentors[column].capacity:
        yield "more locks than this volunteer has places"


def _as_arrays(by_row: Columns) -> dict[int, Ints]:
    return {row: np.array(columns, dtype=np.int64) for row, columns in by_row.items()}
