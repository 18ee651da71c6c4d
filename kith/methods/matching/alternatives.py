"""What another mentor for one participant would cost everybody else, exactly.

If a participant takes a place elsewhere, somebody there may have to move, who makes another
one move, until a place is free or somebody stays without. Measured in reduced cost
(gain + price - value, never below 0 under the prices of the best set) the cheapest such chain
is a shortest path between mentors, with one more node for "free or unmatched".
"""

from dataclasses import dataclass

import numpy as np

from kith.methods.matching.assignment import Stage
from kith.methods.matching.flow import NOBODY
from kith.methods.matching.outcome import Outcome
from kith.methods.matching.profile import Ints
from kith.methods.matching.score import Contribution

NEVER = 1 << 60


@dataclass(frozen=True)
class Move:
    """One other participant who would be matched differently; None stands for no mentor."""

    participant: str
    from_mentor: str | None
    to_mentor: str | None


@dataclass(frozen=True)
class Alternative:
    """Another mentor for a participant, and what that would mean.

    loss_to_others  how much less the matches of all others are worth (waiting included);
                    below 0 when the others gain
    matches_lost    how many matches fewer there would be in all
    """

    mentor: str
    fit: int
    contributions: tuple[Contribution, ...]
    loss_to_others: int
    matches_lost: int
    moves: tuple[Move, ...]


@dataclass(frozen=True, eq=False)
class Steps:
    """Cheapest single moves between mentors; the last node is "free or unmatched".

    cost  (m + 1, m + 1); who  (m + 1, m + 1) row of the participant who moves, or NOBODY
    reduced  (n, m) reduced cost of every pair
    """

    cost: Ints
    who: Ints
    reduced: Ints


@dataclass(frozen=True, eq=False)
class Chains:
    """Cheapest chains from every mentor to one target: cost (m + 1,) and the next node."""

    cost: Ints
    following: Ints


def single_steps(outcome: Outcome, stage: Stage) -> Steps:
    """Every cheapest move of one participant, under the prices of the stage."""
    ground = outcome.ground
    reduced = stage.gains[:, None] + stage.prices[None, :] - stage.values()
    open_reduced = np.where(ground.edges, reduced, NEVER)
    outside = len(stage.prices)
    cost = np.full((outside + 1, outside + 1), NEVER, dtype=np.int64)
    who = np.full_like(cost, NOBODY)
    for row in ground.row_order[ground.free_rows[ground.row_order]]:
        at = outside if outcome.holders[row] == NOBODY else outcome.holders[row]
        leaving = np.append(open_reduced[row], stage.gains[row])
        better = leaving < cost[at]
        cost[at, better], who[at, better] = leaving[better], row
    empty = np.append(outcome.places_left > 0, True)
    cost[empty, outside], who[empty, outside] = 0, NOBODY
    unfilled = stage.prices < cost[outside, :outside]
    cost[outside, :outside][unfilled] = stage.prices[unfilled]
    who[outside, :outside][unfilled] = NOBODY
    return Steps(cost, who, reduced)


def chains_to(steps: Steps, target: int) -> Chains:
    """Shortest paths from every node to the target (Dijkstra 1959, dense)."""
    size = len(steps.cost)
    cost = np.full(size, NEVER, dtype=np.int64)
    cost[target] = 0
    following = np.full(size, NOBODY, dtype=np.int64)
    waiting = np.ones(size, dtype=bool)
    while waiting.any():
        node = int(np.argmin(np.where(waiting, cost, 2 * NEVER)))
        waiting[node] = False
        through = np.minimum(steps.cost[:, node] + cost[node], NEVER)
        shorter = waiting & (through < cost)
        cost[shorter], following[shorter] = through[shorter], node
    return Chains(cost, following)


def moves_along(outcome: Outcome, steps: Steps, chains: Chains, start: int) -> tuple[Move, ...]:
    """Who moves where when somebody takes a place at `start`."""
    moves = []
    node = start
    while (following := int(chains.following[node])) != NOBODY:
        row = int(steps.who[node, following])
        if row != NOBODY:
            moves.append(
                Move(
                    outcome.problem.participants[row].id,
                    _mentor(outcome, node),
                    _mentor(outcome, following),
                )
            )
        node = following
    return tuple(moves)


def find_alternatives(
    outcome: Outcome, stage: Stage, *, participant: str, limit: int
) -> list[Alternative]:
    """The alternatives that cost the whole least, cheapest first."""
    row = outcome.problem.row(participant)
    steps = single_steps(outcome, stage)
    now = int(outcome.holders[row])
    chains = chains_to(steps, len(stage.prices) if now == NOBODY else now)
    total = np.where(outcome.field.candidates[row], steps.reduced[row] + chains.cost[:-1], NEVER)
    if now != NOBODY:
        total[now] = NEVER
    ranked = sorted(
        outcome.ground.column_order, key=lambda column: (total[column], -_fit(outcome, row, column))
    )
    values = stage.values()
    own_now = 0 if now == NOBODY else int(values[row, now])
    return [
        _alternative(
            outcome,
            row,
            int(column),
            loss=int(total[column]) - own_now + int(values[row, column]),
            moves=moves_along(outcome, steps, chains, int(column)),
        )
        for column in ranked[:limit]
        if total[column] < NEVER // 2
    ]


def _alternative(
    outcome: Outcome, row: int, column: int, *, loss: int, moves: tuple[Move, ...]
) -> Alternative:
    dropped = sum(move.to_mentor is None for move in moves)
    gained = sum(move.from_mentor is None for move in moves)
    own = int(outcome.holders[row] == NOBODY)
    return Alternative(
        mentor=outcome.problem.mentors[column].id,
        fit=_fit(outcome, row, column),
        contributions=outcome.scores.explain(row, column),
        loss_to_others=loss,
        matches_lost=dropped - gained - own,
        moves=moves,
    )


def compare(before: Outcome, after: Outcome, *, participant: str) -> Alternative:
    """An alternative read from a second solve in which the pair is locked."""
    row = before.problem.row(participant)
    moves = tuple(
        Move(person.id, before.mentor_of(other), after.mentor_of(other))
        for other, person in enumerate(before.problem.participants)
        if other != row and before.holders[other] != after.holders[other]
    )
    loss = _worth_of_others(before, row) - _worth_of_others(after, row)
    return _alternative(before, row, int(after.holders[row]), loss=loss, moves=moves)


def _worth_of_others(outcome: Outcome, row: int) -> int:
    others = outcome.holders != NOBODY
    others[row] = False
    rows = np.flatnonzero(others)
    return int(outcome.values()[rows, outcome.holders[rows]].sum())


def _fit(outcome: Outcome, row: int, column: int) -> int:
    return int(outcome.scores.fits[row, column])


def _mentor(outcome: Outcome, node: int) -> str | None:
    mentors = outcome.problem.mentors
    return mentors[node].id if node < len(mentors) else None
