"""Solve a round: the best matches for everybody together, with a certificate."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from kith.methods.matching.alternatives import Alternative, compare, find_alternatives
from kith.methods.matching.assignment import (
    Ground,
    Stage,
    Values,
    most_matches,
    solve_stages,
)
from kith.methods.matching.explain import Explainer, MatchExplanation, UnmatchedExplanation
from kith.methods.matching.flow import NOBODY
from kith.methods.matching.outcome import Field, Outcome, open_field
from kith.methods.matching.problem import (
    FULL_FIT,
    Decision,
    DecisionConflict,
    Problem,
    Ruling,
)
from kith.methods.matching.profile import Ints, Participant
from kith.methods.matching.score import Scores, score
from kith.methods.matching.settings import Certify, Objective, Settings, Waiting
from kith.methods.matching.ties import tie_keys, tie_values
from kith.methods.matching.verify import Finding, check_matches, check_stages

UNMATCHED_LOSS = 10_000_000
"""What one participant without a match costs: as much as ten full fits."""
LEVELS = 20
"""Steps of fit that leximin tells apart."""


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
    graph         "full": all pairs were looked at
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

    pairs, unmatched  in the order of the participants
    maximum_matched   most matches that gates and decisions allow; the floor is left out, so
                      the difference is what the floor costs
    unmatched_loss    UNMATCHED_LOSS, or more when long chains of moves needed it
    """

    settings: Settings
    outcome: Outcome
    stages: tuple[Stage, ...]
    pairs: tuple[Pair, ...]
    unmatched: tuple[str, ...]
    certificate: Certificate
    maximum_matched: int
    unmatched_loss: int

    @property
    def problem(self) -> Problem:
        """The problem with every decision that this result honours."""
        return self.outcome.problem

    @property
    def feasible_pairs(self) -> int:
        """Pairs that pass every gate."""
        return int(self.outcome.scores.feasible.sum())

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
        people = (*self.problem.participants, participant)
        return _solve(score(replace(self.problem, participants=people)), self.settings)

    def leave(self, participant: str) -> "Result":
        """Solve without one participant; decisions about the person go too."""
        self.problem.row(participant)
        problem = replace(
            self.problem,
            participants=tuple(one for one in self.problem.participants if one.id != participant),
            decisions=tuple(
                one for one in self.problem.decisions if one.participant != participant
            ),
        )
        return _solve(score(problem), self.settings)

    def capacity(self, mentor: str, places: int) -> "Result":
        """Solve with another number of places for one mentor."""
        column = self.problem.column(mentor)
        mentors = list(self.problem.mentors)
        mentors[column] = replace(mentors[column], capacity=places)
        problem = replace(self.problem, mentors=tuple(mentors))
        return _solve(replace(self.outcome.scores, problem=problem), self.settings)

    def alternatives(self, participant: str, limit: int = 5) -> list[Alternative]:
        """Other mentors for one participant, each with its exact loss to the others.

        With the objective "sum" these are the ones that cost the whole least. With "leximin"
        they are those of the best fit, each found by solving again.
        """
        if self.outcome.worth is None:
            return self._alternatives_solved(participant, limit)
        return find_alternatives(
            self.outcome, self.outcome.worth, participant=participant, limit=limit
        )

    def explain(self, participant: str) -> MatchExplanation | UnmatchedExplanation:
        """Why this match, or why none."""
        return self._explainer.explain(participant)

    def explanations(self) -> Iterator[MatchExplanation | UnmatchedExplanation]:
        """The explanation of everyone, in the order of the participants."""
        return (self.explain(person.id) for person in self.problem.participants)

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self.outcome)

    def _decide(self, decision: Decision) -> "Result":
        decisions = (*self.problem.decisions, decision)
        return _solve(_with_decisions(self.outcome.scores, decisions), self.settings)

    def _alternatives_solved(self, participant: str, limit: int) -> list[Alternative]:
        row = self.problem.row(participant)
        open_columns = self.outcome.field.candidates[row].copy()
        open_columns[self.outcome.holders[row]] &= self.outcome.holders[row] == NOBODY
        fits = self.outcome.scores.fits[row]
        columns = [one for one in self.outcome.ground.column_order if open_columns[one]]
        ranked = sorted(columns, key=lambda column: -int(fits[column]))
        solved = self._relocked(participant, (self.problem.mentors[one].id for one in ranked))
        found = [
            compare(self.outcome, after.outcome, participant=participant)
            for after, _ in zip(solved, range(limit), strict=False)
        ]
        return sorted(found, key=lambda one: one.loss_to_others)

    def _relocked(self, participant: str, mentors: Iterable[str]) -> Iterator["Result"]:
        """This round with the participant locked to each mentor in turn, where that can be."""
        others = tuple(one for one in self.problem.decisions if one.participant != participant)
        for mentor in mentors:
            decisions = (*others, Decision(Ruling.LOCK, participant, mentor))
            try:
                yield _solve(_with_decisions(self.outcome.scores, decisions), self.settings)
            except DecisionConflict:
                continue  # every place of this mentor is locked for others


def solve(
    problem: Problem,
    *,
    objective: Objective = "sum",
    floor: float = 0.0,
    waiting: Waiting | None = None,
    certify: Certify = "full",
    seed: int = 0,
) -> Result:
    """The best matches of a round.

    objective  "sum": most matches, then the highest sum of fits and waiting points;
               "leximin": most matches, then as few as possible at the lowest of LEVELS steps
               of fit, then at the next, and so on; then as "sum"
    floor      0..1; no pair below this fit is proposed, unless a person locked it
    certify    this version always checks all pairs, so "pruned" gives the stronger "full" too
    seed       decides ties, together with the ids
    raises     BadProblem, DecisionConflict, TooLargeForNow
    """
    settings = Settings(
        objective=objective,
        floor=floor,
        waiting=waiting or Waiting(),
        certify=certify,
        seed=seed,
    )
    return _solve(score(problem), settings)


def _with_decisions(scores: Scores, decisions: tuple[Decision, ...]) -> Scores:
    return replace(scores, problem=replace(scores.problem, decisions=decisions))


def _solve(scores: Scores, settings: Settings) -> Result:
    ground_field = open_field(scores, floor=settings.floor_points, seed=settings.seed)
    loss = UNMATCHED_LOSS
    holders, stages = _run(ground_field, settings, loss)
    if (holders != NOBODY).sum() < most_matches(ground_field.ground):
        # Long chains of moves made one more match dearer than UNMATCHED_LOSS.
        loss = (len(holders) + 1) * FULL_FIT
        holders, stages = _run(ground_field, settings, loss)
    return _result(ground_field, settings, holders, stages, loss)


def _run(ground_field: Field, settings: Settings, loss: int) -> tuple[Ints, tuple[Stage, ...]]:
    stages = [
        ("worth", _worth(ground_field.scores, settings, loss)),
        ("ties", _ties(ground_field, settings)),
    ]
    if settings.objective == "leximin":
        stages = [*_leximin(ground_field), *stages]
    return solve_stages(ground_field.ground, stages)


def _worth(scores: Scores, settings: Settings, loss: int) -> Values:
    """What a match is worth: its fit and the loss it averts."""
    averted = loss + settings.waiting.bonuses(scores.problem)
    return lambda: averted[:, None] + scores.fits


def _ties(ground_field: Field, settings: Settings) -> Values:
    problem = ground_field.scores.problem
    rows = tie_keys(
        [one.id for one in problem.participants], seed=settings.seed, side="participant"
    )
    columns = tie_keys([one.id for one in problem.mentors], seed=settings.seed, side="mentor")
    return lambda: tie_values(rows, columns)


def _leximin(ground_field: Field) -> Iterator[tuple[str, Values]]:
    """Most matches; then most matches above the first level, above the second, and so on."""
    fits, edges = ground_field.scores.fits, ground_field.ground.edges
    yield "number", lambda: np.ones(fits.shape, dtype=np.int64)
    levels = fits.astype(np.int64) * LEVELS // FULL_FIT
    for level in np.unique(levels[edges])[1:].tolist():
        yield f"level {level}", _at_least(levels, level)


def _at_least(levels: Ints, level: int) -> Values:
    return lambda: (levels >= level).astype(np.int64)


def _result(
    ground_field: Field, settings: Settings, holders: Ints, stages: tuple[Stage, ...], loss: int
) -> Result:
    worth = next(stage for stage in stages if stage.name == "worth")
    priced = worth if settings.objective == "sum" else None
    people = ground_field.scores.problem.participants
    return Result(
        settings=settings,
        outcome=Outcome(ground_field, holders, _worth(ground_field.scores, settings, loss), priced),
        stages=stages,
        pairs=tuple(_pairs(ground_field, holders)),
        unmatched=tuple(
            person.id for person, column in zip(people, holders, strict=True) if column == NOBODY
        ),
        certificate=certificate(ground_field.ground, holders, stages),
        maximum_matched=most_matches(_without_floor(ground_field, settings)),
        unmatched_loss=loss,
    )


def _pairs(ground_field: Field, holders: Ints) -> Iterator[Pair]:
    problem = ground_field.scores.problem
    for row in np.flatnonzero(holders != NOBODY).tolist():
        column = int(holders[row])
        yield Pair(
            participant=problem.participants[row].id,
            mentor=problem.mentors[column].id,
            fit=int(ground_field.scores.fits[row, column]),
            locked=bool(ground_field.ground.locked[row] != NOBODY),
        )


def _without_floor(ground_field: Field, settings: Settings) -> Ground:
    return open_field(ground_field.scores, floor=0, seed=settings.seed).ground


def certificate(ground: Ground, holders: Ints, stages: Sequence[Stage]) -> Certificate:
    """Let the independent checker judge the finished matches."""
    pairs = [(row, int(holders[row])) for row in np.flatnonzero(holders != NOBODY).tolist()]
    locked = ~ground.free_rows
    locks = np.flatnonzero(locked).tolist()
    faults = check_matches(pairs, ground.edges, ground.capacity, locks)
    findings = check_stages(pairs, ground.edges, ground.capacity, locked, stages)
    named = tuple((stage.name, found) for stage, found in zip(stages, findings, strict=True))
    worth = dict(named)["worth"]
    violation = len(faults) + max(found.violation for found in findings)
    return Certificate(worth.primal, worth.dual, violation, "full", named)
