"""A round as a problem: the people, the weights, the gates, and what people have decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from kith.methods.matching.profile import Mentor, Participant

FULL_FIT = 1_000_000
INTERESTS_PART = Fraction(2, 7)
"""The part of the need block that interests take when both sides state some."""


class Criterion(StrEnum):
    """What adds to the fit of a pair. The order is the order of an explanation."""

    NEED = "need"
    INTERESTS = "interests"
    LANGUAGE = "language"
    DISTANCE = "distance"
    AVAILABILITY = "availability"
    GENDER = "gender"
    AGE = "age"


class Gate(StrEnum):
    """What a pair must pass; never traded for fit. The order is the order of a funnel."""

    LANGUAGE = "language"
    TOPICS_REQUIRED = "topics_required"
    TOPICS = "topics"
    TRAINING = "training"
    CHECK = "check"
    RANGE = "range"
    AVAILABILITY = "availability"
    GENDER = "gender"
    ADULT = "adult"
    MARKS = "marks"
    EXCLUDED = "excluded"


SWITCHABLE = frozenset({Gate.LANGUAGE, Gate.TOPICS, Gate.RANGE, Gate.AVAILABILITY})
"""The gates that a programme may switch off; the others protect somebody."""


class BadProblem(ValueError):
    """The round cannot be solved as asked; the message says why, for people."""


class DecisionConflict(BadProblem):
    """A lock or reject that contradicts another decision, a gate or the number of places."""

    def __init__(self, reason: str, decision: "Decision") -> None:
        super().__init__(f"{decision.participant} and {decision.mentor}: {reason}")
        self.reason = reason
        self.decision = decision


class Ruling(StrEnum):
    """What a person decided about one pair."""

    LOCK = "lock"
    REJECT = "reject"


@dataclass(frozen=True)
class Decision:
    """A person's word on one pair: it holds in every later solve of the round."""

    ruling: Ruling
    participant: str
    mentor: str


@dataclass(frozen=True, kw_only=True)
class Weights:
    """How much each criterion counts, in any unit; only the proportions matter.

    source  matching.md section 3: need x skill first, demographics last
    """

    need: float = 35.0
    language: float = 25.0
    distance: float = 15.0
    availability: float = 10.0
    gender: float = 8.0
    age: float = 7.0

    def __post_init__(self) -> None:
        """Refuse weights that cannot be shared out."""
        for name, weight in vars(self).items():
            if not 0 <= weight <= FULL_FIT:
                raise BadProblem(f"the weight of {name} must be from 0 to {FULL_FIT}")
        if not any(vars(self).values()):
            raise BadProblem("at least one weight must be above 0")

    def maxima(self) -> dict[Criterion, int]:
        """Points each criterion can give: whole numbers that sum to FULL_FIT exactly.

        Interests are not among them: they share the need block (see INTERESTS_PART).
        """
        weights = {Criterion(name): Fraction(weight) for name, weight in vars(self).items()}
        total = sum(weights.values())
        exact = {name: weight * FULL_FIT / total for name, weight in weights.items()}
        points = {name: int(share) for name, share in exact.items()}
        left = FULL_FIT - sum(points.values())
        for name in sorted(exact, key=lambda name: points[name] - exact[name])[:left]:
            points[name] += 1
        return points


@dataclass(frozen=True, kw_only=True)
class Gates:
    """Which gates stand.

    off               switched off by the programme (only SWITCHABLE ones)
    records_required  True: a mentor without a recorded training or check date is no
                      candidate; False: not stated is neutral
    """

    off: frozenset[Gate] = frozenset()
    records_required: bool = False

    def __post_init__(self) -> None:
        """Refuse to switch off a gate that protects somebody."""
        fixed = sorted(self.off - SWITCHABLE)
        if fixed:
            raise BadProblem(f"the gate {fixed[0]} cannot be switched off")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """All that decides the outcome, apart from objective, floor, waiting and seed.

    exclusions  (participant id, mentor id) pairs that must never be proposed
    as_of       the day on which training and checks must be valid and waiting is counted
    decisions   locks and rejects, in the order in which people made them
    """

    participants: Sequence[Participant]
    mentors: Sequence[Mentor]
    as_of: date
    weights: Weights = field(default_factory=Weights)
    gates: Gates = field(default_factory=Gates)
    exclusions: frozenset[tuple[str, str]] = frozenset()
    decisions: tuple[Decision, ...] = ()

    def __post_init__(self) -> None:
        """Refuse two people of one side with the same id."""
        for people in (self.participants, self.mentors):
            seen: set[str] = set()
            for person in people:
                if person.id in seen:
                    raise BadProblem(f"the id {person.id} is used twice")
                seen.add(person.id)

    @cached_property
    def participant_rows(self) -> Mapping[str, int]:
        """Participant id -> row."""
        return {person.id: row for row, person in enumerate(self.participants)}

    @cached_property
    def mentor_columns(self) -> Mapping[str, int]:
        """Mentor id -> column."""
        return {person.id: column for column, person in enumerate(self.mentors)}

    def cell(self, participant: str, mentor: str) -> tuple[int, int]:
        """Row and column of a pair. Raises BadProblem when one of them is not in the round."""
        return self.row(participant), self.column(mentor)

    def row(self, participant: str) -> int:
        """Row of a participant. Raises BadProblem when there is none."""
        return _place(self.participant_rows, participant)

    def column(self, mentor: str) -> int:
        """Column of a mentor. Raises BadProblem when there is none."""
        return _place(self.mentor_columns, mentor)

    def excluded_cells(self) -> Iterable[tuple[int, int]]:
        """Rows and columns of every excluded pair; ids that are not in the round do no harm."""
        for pair in (*self.exclusions, *self._own_exclusions()):
            if pair[0] in self.participant_rows and pair[1] in self.mentor_columns:
                yield self.participant_rows[pair[0]], self.mentor_columns[pair[1]]

    def _own_exclusions(self) -> Iterable[tuple[str, str]]:
        for participant in self.participants:
            if participant.excluded:
                yield from ((participant.id, mentor) for mentor in participant.excluded)
        for mentor in self.mentors:
            if mentor.excluded:
                yield from ((participant_id, mentor.id) for participant_id in mentor.excluded)


def _place(numbers: Mapping[str, int], person: str) -> int:
    if person not in numbers:
        raise BadProblem(f"{person} is not in this round")
    return numbers[person]
