"""Who may join whose group: rules, gates and decisions as arrays of whole numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from kith.methods.matching.problem import (
    BadProblem,
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
from kith.methods.matching.ties import tie_keys

BRIDGE = "bridge"
"""The need that one of the group speaks a language of the family; it stands after the roles."""
MOST_ROLES = 12
MOST_IN_A_GROUP = 20
TOGETHER = frozenset({Gate.LANGUAGE, Gate.TOPICS, Gate.TOPICS_REQUIRED})
"""What a group has to meet together; the other gates stand for each of its volunteers."""
ANY_SLOT = (1 << len(SLOTS)) - 1

Needs = tuple[tuple[str, ...], ...]
Cells = tuple[Ints, Ints]


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
    start     (n + 1,) where the pairs of each family begin;  column  (e,) the volunteer
    fit       (e,) whole points 0..FULL_FIT
    needs     for each family what its group must cover: roles in order, then BRIDGE
    covers    (e,) bit k: this volunteer covers need k of this family
    slots     (e,) one bit for each weekly time at which both can
    capacity  (m,) groups a volunteer may be in
    locked    (e,) True where a person decided so
    failed    (n, m) gates the pair does not pass;  rejected  (n, m) a person said no
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
    failed: Masks
    rejected: Bools

    def pairs_of(self, family: int) -> Ints:
        """The pairs of one family."""
        return np.arange(self.start[family], self.start[family + 1])

    def locked_of(self, family: int) -> Ints:
        """The locked pairs of one family."""
        pairs = self.pairs_of(family)
        return pairs[self.locked[pairs]]

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
    fits, failed = scores.tables
    failed = failed & ~np.uint16(sum(GATE_BIT[gate] for gate in TOGETHER))
    capacity = np.array([one.capacity for one in problem.mentors], dtype=np.int64)
    rejected, locked = _decided(problem, failed, rules)
    family, column = np.nonzero((failed == 0) & ~rejected & (capacity > 0)[None, :])
    return Candidates(
        problem=problem,
        rules=rules,
        scores=scores,
        start=np.searchsorted(family, np.arange(len(needs) + 1)).astype(np.int64),
        column=column,
        fit=fits[family, column].astype(np.int64),
        needs=needs,
        covers=_covered(scores, rules, needs, (family, column)),
        slots=_shared_slots(scores, (family, column)),
        capacity=capacity,
        locked=locked[family, column],
        failed=failed,
        rejected=rejected,
    )


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
    bridges = _bridges(scores, rules)[family, column]
    volunteers = scores.problem.mentors
    covers = np.zeros(len(family), dtype=np.int64)
    for need in sorted({one for asked in needs for one in asked}):
        takes = np.array([need in one.topics for one in volunteers], dtype=bool)
        met = bridges if need == BRIDGE else takes[column]
        bit = np.array([1 << asked.index(need) if need in asked else 0 for asked in needs])
        covers |= np.where(met, bit[family], 0)
    return covers


def _bridges(scores: Scores, rules: GroupRules) -> Bools:
    """(n, m) True where family and volunteer both speak one language well enough."""
    level = rules.bridge_level
    families, volunteers = scores.participants.languages, scores.mentors.languages
    both = (families >= level).astype(np.float32) @ (volunteers >= level).astype(np.float32).T
    return both > 0


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


def _decided(problem: Problem, failed: Masks, rules: GroupRules) -> tuple[Bools, Bools]:
    """Rejected and locked pairs (n, m). Raises DecisionConflict when they cannot all be kept."""
    rejected, locked = np.zeros(failed.shape, dtype=bool), np.zeros(failed.shape, dtype=bool)
    for decision in problem.decisions:
        cell = problem.cell(decision.participant, decision.mentor)
        (rejected if decision.ruling is Ruling.REJECT else locked)[cell] = True
    for decision in problem.decisions:
        row, column = problem.cell(decision.participant, decision.mentor)
        if not locked[row, column]:
            continue
        for wrong, reason in (
            (rejected[row, column], "this pair is both locked and rejected"),
            (failed[row, column], "the pair does not pass every gate"),
            (locked[row].sum() > rules.largest, "more locks than a group has volunteers"),
            (
                locked[:, column].sum() > problem.mentors[column].capacity,
                "more locks than this volunteer has places",
            ),
        ):
            if wrong:
                raise DecisionConflict(reason, decision)
    return rejected, locked
