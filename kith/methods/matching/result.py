"""A solved round, and what a person may do with it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from kith.methods.matching.alternatives import Alternative, compare, find_alternatives
from kith.methods.matching.explain import (
    Explainer,
    MatchExplanation,
    Part,
    UnmatchedExplanation,
    parts_of,
)
from kith.methods.matching.listing import count_feasible
from kith.methods.matching.outcome import Outcome
from kith.methods.matching.problem import Decision, DecisionConflict, Problem, Ruling
from kith.methods.matching.profile import Participant
from kith.methods.matching.settings import Settings
from kith.methods.matching.stages import Stage
from kith.methods.matching.ties import tie_keys
from kith.methods.matching.verify import Finding

UNMATCHED_LOSS = 10_000_000
"""What one participant without a match costs: as much as ten full fits."""


@dataclass(frozen=True)
class Pair:
    """One proposed match."""

    participant: str
    mentor: str
    fit: int
    locked: bool


@dataclass(frozen=True)
class Certificate:
    """The proof that no other set of matches is better.

    primal, dual  value of the matches and what the prices add up to; equal when proven
    violation     0 when every rule and every price holds, over all stages
    graph         "full": all pairs were looked at, those that are not listed by their prices;
                  "pruned": the proof covers the listed pairs of a large round, as it also does
                  with "leximin", whose levels have no prices for the pairs left out
    stages        name and finding of each stage; primal and dual are those of "worth"
    """

    primal: int
    dual: int
    violation: int
    graph: str
    stages: tuple[tuple[str, Finding], ...]

    @property
    def holds(self) -> bool:
        """True when the result is proven to be the best."""
        return self.violation == 0 and all(one.primal == one.dual for _, one in self.stages)


@dataclass(frozen=True, eq=False)
class Result:
    """A solved round. Acts on it (lock, reject, ...) give a new result and leave this one.

    given             the problem in the order of its lists; inside, people stand in the order
                      of their tie hash
    pairs, unmatched  in the order of the participants
    maximum_matched   most matches that gates and decisions allow, in a pruned round among its
                      listed pairs; the floor is left out, so the difference is what it costs
    unmatched_loss    UNMATCHED_LOSS, or more when long chains of moves needed it
    solver            what solves a changed problem
    """

    given: Problem
    settings: Settings
    outcome: Outcome
    stages: tuple[Stage, ...]
    pairs: tuple[Pair, ...]
    unmatched: tuple[str, ...]
    certificate: Certificate
    maximum_matched: int
    unmatched_loss: int
    solver: "Solver"

    @property
    def problem(self) -> Problem:
        """The problem with every decision that this result honours."""
        return self.given

    @property
    def feasible_pairs(self) -> int:
        """Pairs that pass every gate."""
        return count_feasible(self.outcome.field)

    @property
    def total_fit(self) -> int:
        """Sum of the fits."""
        return sum(pair.fit for pair in self.pairs)

    @property
    def minimum_fit(self) -> int | None:
        """The lowest fit of a match; None without matches."""
        return min((pair.fit for pair in self.pairs), default=None)

    @property
    def tie_log(self) -> dict[str, str]:
        """The key of each participant in the tie hash of this run, as hexadecimal."""
        ids = [person.id for person in self.problem.participants]
        keys = tie_keys(ids, seed=self.settings.seed, side="participant")
        return {one: f"{int(key):016x}" for one, key in zip(ids, keys, strict=True)}

    def lock(self, participant: str, mentor: str) -> "Result":
        """Keep this pair and solve the rest. Raises DecisionConflict when it cannot be."""
        return self._decide(Decision(Ruling.LOCK, participant, mentor))

    def reject(self, participant: str, mentor: str) -> "Result":
        """Never propose this pair again, and solve. Raises DecisionConflict when locked."""
        return self._decide(Decision(Ruling.REJECT, participant, mentor))

    def arrive(self, participant: Participant) -> "Result":
        """Solve with one participant more."""
        people = (*self.given.participants, participant)
        return self._again(replace(self.given, participants=people))

    def leave(self, participant: str) -> "Result":
        """Solve without one participant; decisions about the person go too."""
        self.given.row(participant)
        others = tuple(one for one in self.given.participants if one.id != participant)
        kept = tuple(one for one in self.given.decisions if one.participant != participant)
        return self._again(replace(self.given, participants=others, decisions=kept))

    def capacity(self, mentor: str, places: int) -> "Result":
        """Solve with another number of places for one mentor."""
        column = self.given.column(mentor)
        mentors = list(self.given.mentors)
        mentors[column] = replace(mentors[column], capacity=places)
        return self._again(replace(self.given, mentors=tuple(mentors)))

    def alternatives(self, participant: str, limit: int = 5) -> list[Alternative]:
        """Other mentors for one participant, each with its exact loss to the others.

        With the objective "sum" these are the ones that cost the whole least, in a large round
        among the listed pairs; `Live` looks at all pairs. With "leximin" they are those of the
        best fit, each found by solving again.
        """
        network = self.outcome.network
        if network is None:
            return self._alternatives_solved(participant, limit)
        return find_alternatives(self.outcome, network, participant=participant, limit=limit)

    def explain(self, participant: str) -> MatchExplanation | UnmatchedExplanation:
        """Why this match, or why none."""
        return self._explainer.explain(participant)

    def explanations(
        self, participants: Sequence[str] | None = None
    ) -> Iterator[MatchExplanation | UnmatchedExplanation]:
        """The explanation of everyone, or of some, in the order of the participants."""
        some = [one.id for one in self.problem.participants]
        some = some if participants is None else list(participants)
        rows = self.outcome.problem.participant_rows
        return self._explainer.explain_all([rows[one] for one in some])

    def shared_points(self) -> Iterator[tuple[Pair, tuple[Part, ...]]]:
        """Every proposed pair with its contributions and words, without ranks."""
        problem = self.outcome.problem
        cells = [problem.cell(pair.participant, pair.mentor) for pair in self.pairs]
        rows, columns = [row for row, _ in cells], [column for _, column in cells]
        return zip(self.pairs, parts_of(self.outcome.scores, rows, columns), strict=True)

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self.outcome)

    def _decide(self, decision: Decision) -> "Result":
        return self._again(replace(self.given, decisions=(*self.given.decisions, decision)))

    def _again(self, problem: Problem) -> "Result":
        return self.solver(problem, self.settings)

    def _alternatives_solved(self, participant: str, limit: int) -> list[Alternative]:
        row = self.outcome.problem.row(participant)
        now, standing = int(self.outcome.holders[row]), self.outcome.field.standing(row)
        candidates = standing.candidates & (np.arange(len(standing.fits)) != now)
        ranked = sorted(np.flatnonzero(candidates).tolist(), key=lambda one: -standing.fits[one])
        mentors = (self.outcome.problem.mentors[column].id for column in ranked)
        found = [
            compare(self.outcome, after.outcome, participant=participant)
            for after, _ in zip(self._relocked(participant, mentors), range(limit), strict=False)
        ]
        return sorted(found, key=lambda one: one.loss_to_others)

    def _relocked(self, participant: str, mentors: Iterable[str]) -> Iterator["Result"]:
        """This round with the participant locked to each mentor in turn, where that can be."""
        others = tuple(one for one in self.given.decisions if one.participant != participant)
        for mentor in mentors:
            decisions = (*others, Decision(Ruling.LOCK, participant, mentor))
            try:
                yield self._again(replace(self.given, decisions=decisions))
            except DecisionConflict:
                continue  # every place of this mentor is locked for others


Solver = Callable[[Problem, Settings], Result]
