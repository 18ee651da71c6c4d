"""How a round is solved: objective, floor, waiting and seed; stored with every run."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from kith.methods.matching.problem import FULL_FIT, BadProblem, Problem
from kith.methods.matching.profile import Ints

Objective = Literal["sum", "leximin"]
Certify = Literal["full", "pruned"]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How waiting counts between participants who compete for the last places.

    per_day  points for each day waited; a full fit is 1,000,000
    most     points that nobody exceeds
    Waiting never costs a match: it only says who goes first.
    """

    per_day: int = 2_000
    most: int = 1_000_000

    def __post_init__(self) -> None:
        """Refuse bonuses that could outweigh a match."""
        if not (self.per_day >= 0 and 0 <= self.most <= FULL_FIT):
            raise BadProblem("waiting points must be from 0 to 1000000")

    def bonuses(self, problem: Problem) -> Ints:
        """(n,) points. Who has no date counts as waiting as long as the person in the middle."""
        days = waiting_days(problem)
        middle = int(np.median([day for day in days if day is not None] or [0]))
        points = [(middle if day is None else day) * self.per_day for day in days]
        return np.minimum(np.array(points, dtype=np.int64), self.most)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a round was solved; stored with the run, so that it can be replayed."""

    objective: Objective = "sum"
    floor: float = 0.0
    waiting: Waiting = field(default_factory=Waiting)
    certify: Certify = "full"
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse settings that mean nothing."""
        if self.objective not in {"sum", "leximin"}:
            raise BadProblem("the objective must be sum or leximin")
        if self.certify not in {"full", "pruned"}:
            raise BadProblem("certify must be full or pruned")
        if not 0 <= self.floor <= 1:
            raise BadProblem("the floor must be from 0 to 1")

    @property
    def floor_points(self) -> int:
        """The floor as a fit."""
        return round(self.floor * FULL_FIT)


def waiting_days(problem: Problem) -> list[int | None]:
    """Days waited until the day of the problem, by participant; None without a date."""
    return [
        None if one.waiting_since is None else max(0, (problem.as_of - one.waiting_since).days)
        for one in problem.participants
    ]
