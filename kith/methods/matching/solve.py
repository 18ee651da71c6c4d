"""Solve a round: the best matches for everybody together, with a certificate."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from kith.methods.matching import listing
from kith.methods.matching.alternatives import Alternative, compare, find_alternatives
from kith.methods.matching.explain import Explainer, MatchExplanation, UnmatchedExplanation
from kith.methods.matching.flow import NOBODY
from kith.methods.matching.listing import count_feasible, list_pairs, sure_loss
from kith.methods.matching.outcome import Field, Outcome, in_hash_order, open_field
from kith.methods.matching.problem import (
    FULL_FIT,
    Decision,
    DecisionConflict,
    Problem,
    Ruling,
)
from kith.methods.matching.profile import Ints, Participant
from kith.methods.matching.score import score
from kith.methods.matching.settings import Certify, Objective, Settings, Waiting
from kith.methods.matching.shortlist import Shortlist
from kith.methods.matching.stages import Ground, Stage, Values, most_matches, solve_stages
from kith.methods.matching.ties import tie_keys, tie_values
from kith.methods.matching.verify import Finding, check_stages, count_faults

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

        With the objective "sum" these are the ones that cost the whole least. With "leximin"
        they are those of the best fit, each found by solving again.
        """
        network = self.outcome.network
        if network is None:
            return self._alternatives_solved(participant, limit)
        return find_alternatives(self.outcome, network, participant=participant, limit=limit)

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
        return self._again(replace(self.given, decisions=(*self.given.decisions, decision)))

    def _again(self, problem: Problem) -> "Result":
        return _solve(problem, self.settings)

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
    certify    "full": all pairs are looked at; "pruned": in large rounds only the PRUNED best
               candidates of each participant, which is quicker and may miss matches
    seed       decides ties, together with the ids
    raises     BadProblem, DecisionConflict
    """
    settings = Settings(
        objective=objective,
        floor=floor,
        waiting=waiting or Waiting(),
        certify=certify,
        seed=seed,
    )
    return _solve(problem, settings)


def _solve(problem: Problem, settings: Settings) -> Result:
    field = open_field(
        score(in_hash_order(problem, seed=settings.seed)), floor=settings.floor_points
    )
    listed, is_whole = list_pairs(field, settings)
    ground = Ground(listed.start, listed.column, field.capacity, field.locked)
    loss = UNMATCHED_LOSS if is_whole else sure_loss(field)
    chosen, stages = _run(ground, listed, field, settings, loss)
    if is_whole and (chosen != NOBODY).sum() < most_matches(ground):
        # Long chains of moves made one more match dearer than UNMATCHED_LOSS.
        loss = sure_loss(field)
        chosen, stages = _run(ground, listed, field, settings, loss)
    averted = loss + settings.waiting.bonuses(field.problem)
    worth = next(stage for stage in stages if stage.name == "worth")
    priced = worth if settings.objective == "sum" else None
    outcome = Outcome(field, ground, listed.fit, chosen, averted, priced)
    is_priced = settings.certify == "full" and settings.objective == "sum"
    graph = "full" if is_whole or is_priced else "pruned"
    return Result(
        given=problem,
        settings=settings,
        outcome=outcome,
        stages=stages,
        pairs=tuple(_pairs(outcome, problem)),
        unmatched=tuple(_unmatched(outcome, problem)),
        certificate=certificate(ground, chosen, stages, graph=graph),
        maximum_matched=_maximum(outcome, settings),
        unmatched_loss=loss,
    )


def _run(
    ground: Ground, listed: Shortlist, field: Field, settings: Settings, loss: int
) -> tuple[Ints, tuple[Stage, ...]]:
    averted = loss + settings.waiting.bonuses(field.problem)
    stages: list[tuple[str, Values]] = [
        ("worth", lambda: averted[ground.row] + listed.fit),
        ("ties", _ties(ground, field.problem, settings)),
    ]
    if settings.objective == "leximin":
        stages = [*_leximin(listed), *stages]
    return solve_stages(ground, stages)


def _ties(ground: Ground, problem: Problem, settings: Settings) -> Values:
    rows, columns = (
        tie_keys([one.id for one in people], seed=settings.seed, side=side)
        for people, side in ((problem.participants, "participant"), (problem.mentors, "mentor"))
    )
    return lambda: tie_values(rows[ground.row], columns[ground.column])


def _leximin(listed: Shortlist) -> Iterator[tuple[str, Values]]:
    """Most matches; then most matches above the first level, above the second, and so on."""
    yield "number", lambda: np.ones(len(listed.fit), dtype=np.int64)
    levels = listed.fit.astype(np.int64) * LEVELS // FULL_FIT
    for level in np.unique(levels)[1:].tolist():
        yield f"level {level}", _at_least(levels, level)


def _at_least(levels: Ints, level: int) -> Values:
    return lambda: (levels >= level).astype(np.int64)


def _pairs(outcome: Outcome, problem: Problem) -> Iterator[Pair]:
    rows = outcome.problem.participant_rows
    for person in problem.participants:
        row = rows[person.id]
        if outcome.chosen[row] != NOBODY:
            yield Pair(
                participant=person.id,
                mentor=outcome.problem.mentors[int(outcome.holders[row])].id,
                fit=int(outcome.fit[outcome.chosen[row]]),
                locked=bool(outcome.ground.locked[row] != NOBODY),
            )


def _unmatched(outcome: Outcome, problem: Problem) -> Iterator[str]:
    rows = outcome.problem.participant_rows
    for person in problem.participants:
        if outcome.chosen[rows[person.id]] == NOBODY:
            yield person.id


def _maximum(outcome: Outcome, settings: Settings) -> int:
    """Most matches without a floor; a large round has as many as can be in its own list."""
    field, rows = outcome.field, len(outcome.chosen)
    if not settings.floor_points:
        return int((outcome.chosen != NOBODY).sum())
    if rows * len(field.capacity) > listing.WHOLE_CELLS:
        return _solve_without_floor(outcome, settings)
    found = field.finder_from(0).find(most=max(1, len(field.capacity)), rows=field.free_rows)
    listed = field.with_locks(found)
    return most_matches(Ground(listed.start, listed.column, field.capacity, field.locked))


def _solve_without_floor(outcome: Outcome, settings: Settings) -> int:
    plain = replace(settings, floor=0.0, objective="sum")
    return len(_solve(outcome.problem, plain).pairs)


def certificate(
    ground: Ground, chosen: Ints, stages: Sequence[Stage], *, graph: str
) -> Certificate:
    """Let the independent checker judge the finished matches."""
    tables = ground.row, ground.column, chosen, ground.capacity, ground.locked
    findings = check_stages(*tables, stages)
    named = tuple((stage.name, found) for stage, found in zip(stages, findings, strict=True))
    worth = dict(named)["worth"]
    violation = count_faults(*tables) + max(found.violation for found in findings)
    return Certificate(worth.primal, worth.dual, violation, graph, named)
