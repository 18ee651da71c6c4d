"""The fit of every pair: gates first, then whole points from named criteria."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kith.methods.matching.block import Block, Couples
from kith.methods.matching.problem import INTERESTS_PART, Criterion, Gate, Problem
from kith.methods.matching.profile import (
    FULL_SKILL,
    UNSTATED,
    Bools,
    Ints,
    PersonArrays,
    mentor_arrays,
    participant_arrays,
    vocabulary,
)

ENOUGH_SLOTS = 3
"""So many shared times of the week give all the points for availability."""
USUAL_REACH_M = 30_000
"""Scale of the distance points when nobody states how far they would travel."""
AGE_REACH = 30
"""Years between two age bands at which the points for age are used up."""
CHUNK_CELLS = 1_000_000

GATE_BIT = {gate: 1 << number for number, gate in enumerate(Gate)}

Masks = NDArray[np.uint16]


@dataclass(frozen=True)
class Contribution:
    """What one criterion gives a pair; `stated` is False where a side said nothing about it."""

    criterion: Criterion
    points: int
    maximum: int
    stated: bool


@dataclass(frozen=True)
class _Points:
    """Points of one criterion for a block; where not stated they are the middle."""

    points: Ints
    maximum: Ints
    stated: Bools

    @property
    def neutral(self) -> Ints:
        """Missing data is neither rewarded nor punished: half of the points."""
        return np.where(self.stated, self.points, self.maximum // 2)


@dataclass(frozen=True, eq=False)
class Scores:
    """Fit and gates of every pair of a problem, worked out when asked for.

    participants, mentors  their arrays, in the order of the problem
    """

    problem: Problem
    participants: PersonArrays
    mentors: PersonArrays

    @cached_property
    def excluded(self) -> Mapping[int, Ints]:
        """Columns with which each row must never be matched; rows without any are left out."""
        found: dict[int, list[int]] = {}
        for row, column in self.problem.excluded_cells():
            found.setdefault(row, []).append(column)
        return {row: np.array(columns, dtype=np.int64) for row, columns in found.items()}

    def row(self, row: int) -> tuple[NDArray[np.int32], Masks]:
        """Fits (m,) 0..FULL_FIT and failed gates (m,) of one participant with every mentor.

        failed  one bit for each gate that the pair does not pass; 0 = a candidate
        """
        block = Block(self.participants.take([row]), self.mentors)
        fits, failed = score_block(block, self.problem)
        failed[0, self.excluded.get(row, [])] |= GATE_BIT[Gate.EXCLUDED]
        return fits[0], failed[0]

    def rows(self, rows: Sequence[int]) -> Iterator[tuple[NDArray[np.int32], Masks]]:
        """The same for many participants, some at a time."""
        step = max(1, CHUNK_CELLS // max(1, len(self.mentors.online)))
        for first in range(0, len(rows), step):
            some = list(rows[first : first + step])
            fits, failed = score_block(
                Block(self.participants.take(some), self.mentors), self.problem
            )
            for at, row in enumerate(some):
                failed[at, self.excluded.get(row, [])] |= GATE_BIT[Gate.EXCLUDED]
                yield fits[at], failed[at]

    def pair(self, row: int, column: int) -> Block:
        """The block of one single pair."""
        return Block(self.participants.take([row]), self.mentors.take([column]))

    def couples(self, rows: list[int], columns: list[int]) -> Couples:
        """Each row with one column, the one at the same place of the list."""
        return Couples(self.participants.take(rows), self.mentors.take(columns))

    def explain(self, row: int, column: int) -> tuple[Contribution, ...]:
        """What each criterion gives this pair; the points sum to its fit exactly."""
        (found,) = self.contributions([row], [column])
        return found

    def contributions(
        self, rows: list[int], columns: list[int]
    ) -> Iterator[tuple[Contribution, ...]]:
        """What each criterion gives each of some pairs."""
        by_criterion = []
        for criterion, found in _points(self.couples(rows, columns), self.problem.weights.maxima()):
            numbers = (found.neutral[:, 0], found.maximum[:, 0], found.stated[:, 0])
            values = zip(*(one.tolist() for one in numbers), strict=True)
            by_criterion.append([Contribution(criterion, *one) for one in values])
        return zip(*by_criterion, strict=True)

    def fit(self, row: int, column: int) -> int:
        """The fit of one pair, 0..FULL_FIT."""
        return sum(given.points for given in self.explain(row, column))

    def failed_gates(self, row: int, column: int) -> tuple[Gate, ...]:
        """The gates that this pair does not pass, in funnel order."""
        mask = int(score_block(self.pair(row, column), self.problem)[1][0, 0])
        if column in self.excluded.get(row, ()):
            mask |= GATE_BIT[Gate.EXCLUDED]
        return tuple(gate for gate, bit in GATE_BIT.items() if mask & bit)

    @cached_property
    def tables(self) -> tuple[NDArray[np.int32], Masks]:
        """Fits and failed gates (n, m) of all pairs at once: for rounds that are not large."""
        shape = len(self.problem.participants), len(self.problem.mentors)
        fits, failed = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=np.uint16)
        for rows in _chunks(*shape):
            block = Block(self.participants.take(rows), self.mentors)
            fits[rows], failed[rows] = score_block(block, self.problem)
        for row, columns in self.excluded.items():
            failed[row, columns] |= GATE_BIT[Gate.EXCLUDED]
        return fits, failed


def score(problem: Problem) -> Scores:
    """Everybody of a problem as arrays, ready to be scored."""
    words = vocabulary(problem.participants, problem.mentors)
    return Scores(
        problem,
        participant_arrays(problem.participants, words),
        mentor_arrays(problem.mentors, words),
    )


def score_block(block: Block, problem: Problem) -> tuple[NDArray[np.int32], Masks]:
    """Fits and failed gates (n, m) of a block; exclusions are pairs, so they are not among them."""
    points = _points(block, problem.weights.maxima())
    fits = np.zeros(block.shape, dtype=np.int32)
    for _, found in points:
        fits += found.neutral.astype(np.int32)
    return fits, _failed(block, problem)


def is_barred(mentors: PersonArrays, problem: Problem) -> Bools:
    """(m,) True for mentors whom a gate keeps from everybody."""
    trained, checked = mentors.trained_until, mentors.checked_until
    barred: Bools = _expired(trained, problem) | _expired(checked, problem)
    barred |= is_minor(mentors)
    return barred


def is_minor(people: PersonArrays) -> Bools:
    """True for people who may be under 18."""
    minor: Bools = (people.age_low != UNSTATED) & (people.age_low < 18)
    return minor


def _chunks(rows: int, columns: int) -> Iterator[slice]:
    """Slices of rows small enough that the tables of a block stay in a few megabytes."""
    step = max(1, CHUNK_CELLS // max(1, columns))
    return (slice(start, start + step) for start in range(0, rows, step))


def _points(block: Block, maxima: dict[Criterion, int]) -> Iterator[tuple[Criterion, _Points]]:
    interests_stated = block.both_state("interests")
    interests = np.where(interests_stated, int(maxima[Criterion.NEED] * INTERESTS_PART), 0)
    yield Criterion.NEED, _need(block, maxima[Criterion.NEED] - interests)
    yield Criterion.INTERESTS, _interests(block, interests, interests_stated)
    yield Criterion.LANGUAGE, _language(block, _spread(block, maxima[Criterion.LANGUAGE]))
    yield Criterion.DISTANCE, _distance(block, _spread(block, maxima[Criterion.DISTANCE]))
    yield Criterion.AVAILABILITY, _slots(block, _spread(block, maxima[Criterion.AVAILABILITY]))
    yield Criterion.GENDER, _gender(block, _spread(block, maxima[Criterion.GENDER]))
    yield Criterion.AGE, _age(block, _spread(block, maxima[Criterion.AGE]))


def _spread(block: Block, points: int) -> Ints:
    return np.full(block.shape, points, dtype=np.int64)


def _need(block: Block, maximum: Ints) -> _Points:
    wished = np.maximum(block.participants.topics.sum(axis=1), 1)[:, None] * FULL_SKILL
    return _Points(maximum * block.shared_need // wished, maximum, block.both_state("topics"))


def _interests(block: Block, maximum: Ints, stated: Bools) -> _Points:
    own = np.maximum(block.participants.interests.sum(axis=1), 1)[:, None]
    return _Points(maximum * block.common("interests") // own, maximum, stated)


def _language(block: Block, maximum: Ints) -> _Points:
    steps = np.maximum(block.language_level - 1, 0)
    return _Points(maximum * steps // 4, maximum, block.both_state("languages"))


def _distance(block: Block, maximum: Ints) -> _Points:
    """Near is better; who also meets online loses nothing below the middle by being far."""
    reach = np.maximum(np.where(block.reach_stated, block.reach_m, USUAL_REACH_M), 1)
    near = maximum * np.maximum(reach - block.distance_m, 0) // reach
    by_region = np.where(block.same_region, maximum, 0)
    points = np.where(block.both_placed, near, by_region)
    points = np.where(block.both_online, np.maximum(points, maximum // 2), points)
    return _Points(points, maximum, block.both_placed | block.regions_known)


def _slots(block: Block, maximum: Ints) -> _Points:
    shared = np.minimum(block.common("slots"), ENOUGH_SLOTS)
    return _Points(maximum * shared // ENOUGH_SLOTS, maximum, block.both_state("slots"))


def _gender(block: Block, maximum: Ints) -> _Points:
    return _Points(np.where(block.gender_wish_met, maximum, 0), maximum, block.gender_known)


def _age(block: Block, maximum: Ints) -> _Points:
    left = AGE_REACH - np.minimum(block.age_gap, AGE_REACH)
    return _Points(maximum * left // AGE_REACH, maximum, block.ages_known)


def _failed(block: Block, problem: Problem) -> Masks:
    mask = np.zeros(block.shape, dtype=np.uint16)
    for gate, broken in _broken(block, problem):
        if gate not in problem.gates.off:
            mask |= np.where(broken, GATE_BIT[gate], 0).astype(np.uint16)
    return mask


def _broken(block: Block, problem: Problem) -> Iterator[tuple[Gate, Bools]]:
    """Where each gate is shut. Exclusions are pairs, not properties: `score` adds them."""
    interpreter = block.participants.interpreter[:, None]
    no_language = block.both_state("languages") & (block.language_level == 0)
    yield Gate.LANGUAGE, no_language & ~interpreter
    yield Gate.TOPICS_REQUIRED, ~block.has_required
    yield Gate.TOPICS, block.both_state("topics") & (block.shared_need == 0)
    yield Gate.TRAINING, block.per_mentor(_expired(block.mentors.trained_until, problem))
    yield Gate.CHECK, block.per_mentor(_expired(block.mentors.checked_until, problem))
    yield Gate.RANGE, _out_of_range(block) & ~block.both_online
    yield Gate.AVAILABILITY, block.both_state("slots") & (block.common("slots") == 0)
    yield Gate.GENDER, block.participants.gender_required[:, None] & ~block.gender_wish_met
    minor = block.per_participant(is_minor(block.participants))
    yield Gate.ADULT, minor | block.per_mentor(is_minor(block.mentors))
    yield Gate.MARKS, ~block.has_marks


def _expired(until: Ints, problem: Problem) -> Bools:
    unstated = until == UNSTATED
    expired: Bools = (until < problem.as_of.toordinal()) & ~unstated
    if problem.gates.records_required:
        expired |= unstated
    return expired


def _out_of_range(block: Block) -> Bools:
    too_far = block.distance_m > block.reach_m
    other_region = block.regions_known & ~block.same_region
    return np.where(block.both_placed, too_far, other_region)
