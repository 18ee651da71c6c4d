"""Solve a round: the best matches for everybody together, with a certificate."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from kith.methods.matching import listing
from kith.methods.matching.flow import NOBODY
from kith.methods.matching.listing import Known, Progress, list_pairs, sure_loss
from kith.methods.matching.outcome import Field, Outcome, open_field, score_in_hash_order
from kith.methods.matching.problem import FULL_FIT, Problem
from kith.methods.matching.profile import Ints
from kith.methods.matching.result import UNMATCHED_LOSS, Certificate, Pair, Result
from kith.methods.matching.settings import Certify, Objective, Settings, Waiting
from kith.methods.matching.shortlist import Shortlist
from kith.methods.matching.stages import (
    Best,
    Ground,
    Stage,
    Values,
    most_matches,
    solve_stages,
    with_locked,
)
from kith.methods.matching.ties import tie_keys, tie_values
from kith.methods.matching.verify import check_stages, count_faults

LEVELS, WELL_SERVED = 50, 25
"""Steps of fit that leximin tells apart, and the one from which on nobody is badly served: to go on
would cost the others more than twice as much and help nobody at the lower end."""


def solve(
    problem: Problem,
    *,
    objective: Objective = "sum",
    floor: float = 0.0,
    waiting: Waiting | None = None,
    certify: Certify = "full",
    seed: int = 0,
    progress: Progress | None = None,
) -> Result:
    """The best matches of a round.

    objective  "sum": most matches, then the highest sum of fits and waiting points;
               "leximin": most matches, then as few as possible at the lowest of LEVELS steps
               of fit, then at the next, and so on up to WELL_SERVED; then as "sum"
    floor      0..1; no pair below this fit is proposed, unless a person locked it
    certify    "full": all pairs are looked at; "pruned": in large rounds only the PRUNED best
               candidates of each participant, which is quicker and may miss matches
    seed       decides ties, together with the ids
    progress   called with a step of the work, and how much of it is done of how much;
               "people", "shortlist", "pricing", each stage, "checking"; "pricing" tells of
               pairs found to be worth more, and of pairs listed so far. What it raises ends
               the work
    raises     BadProblem, DecisionConflict
    """
    settings = Settings(
        objective=objective,
        floor=floor,
        waiting=waiting or Waiting(),
        certify=certify,
        seed=seed,
    )
    return solve_with(problem, settings, progress=progress)


def solve_with(problem: Problem, settings: Settings, *, progress: Progress | None = None) -> Result:
    """As `solve`, with settings that were kept before."""
    return _solve(problem, settings, progress or _silent)


def _silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""


def _solve(problem: Problem, settings: Settings, tell: Progress = _silent) -> Result:
    tell("people", 0, len(problem.participants))
    field = open_field(
        score_in_hash_order(problem, seed=settings.seed), floor=settings.floor_points
    )
    listed, is_whole, known = list_pairs(field, settings, tell=tell)
    ground = Ground(listed.start, listed.column, field.capacity, field.locked)
    loss = UNMATCHED_LOSS if is_whole else sure_loss(field)
    best = None if known is None else _best_known(known, ground, listed)
    chosen, stages = _run(ground, listed, field, settings, loss, best, tell)
    if is_whole and (chosen != NOBODY).sum() < most_matches(ground):
        # Long chains of moves made one more match dearer than UNMATCHED_LOSS.
        loss = sure_loss(field)
        chosen, stages = _run(ground, listed, field, settings, loss, None, tell)
    tell("checking", 0, len(stages))
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
        solver=_solve,
    )


def _best_known(known: Known, ground: Ground, listed: Shortlist) -> Best:
    """What listing the pairs has found already, on the pairs of the ground."""
    chosen, held = ground.locked_pairs, np.flatnonzero(known.holders[ground.row] == ground.column)
    chosen[ground.row[held]] = held
    weights = listed.fit + known.averted[ground.row]
    return with_locked(Best(chosen, known.gains, known.prices), weights, ground)


def _run(
    ground: Ground, listed: Shortlist, field: Field, settings: Settings, loss: int,
    best: Best | None, tell: Progress,
) -> tuple[Ints, tuple[Stage, ...]]:  # fmt: skip
    averted = loss + settings.waiting.bonuses(field.problem)
    stages: list[tuple[str, Values]] = [
        ("worth", lambda: averted[ground.row] + listed.fit),
        ("ties", _ties(ground, field.problem, settings)),
    ]
    if settings.objective == "leximin":
        stages, best = [*_leximin(listed), *stages], None
    numbers = iter(range(len(stages)))
    return solve_stages(
        ground, stages, first=best, tell=lambda name: tell(name, next(numbers), len(stages))
    )


def _ties(ground: Ground, problem: Problem, settings: Settings) -> Values:
    rows, columns = (
        tie_keys([one.id for one in people], seed=settings.seed, side=side)
        for people, side in ((problem.participants, "participant"), (problem.mentors, "mentor"))
    )
    return lambda: tie_values(rows[ground.row], columns[ground.column])


def _leximin(listed: Shortlist) -> Iterator[tuple[str, Values]]:
    """Most matches; then most matches above the first level, above the second, and so on."""
    yield "number", lambda: np.ones(len(listed.fit), dtype=np.int64)
    levels = np.minimum(listed.fit.astype(np.int64) * LEVELS // FULL_FIT, WELL_SERVED)
    for level in np.unique(levels)[1:].tolist():
        yield f"level {level}", _at_least(levels, level)


def _at_least(levels: Ints, level: int) -> Values:
    return lambda: (levels >= level).astype(np.int64)


def _pairs(outcome: Outcome, problem: Problem) -> Iterator[Pair]:
    rows, mentors = outcome.problem.participant_rows, outcome.problem.mentors
    holders, locked = outcome.holders.tolist(), (~outcome.ground.free_rows).tolist()
    fits = np.append(outcome.fit, 0)[outcome.chosen].tolist()
    for person in problem.participants:
        row = rows[person.id]
        if holders[row] != NOBODY:
            yield Pair(person.id, mentors[holders[row]].id, fits[row], locked[row])


def _unmatched(outcome: Outcome, problem: Problem) -> Iterator[str]:
    rows, holders = outcome.problem.participant_rows, outcome.holders.tolist()
    return (one.id for one in problem.participants if holders[rows[one.id]] == NOBODY)


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
