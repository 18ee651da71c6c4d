"""What another mentor for one participant would cost everybody else, exactly."""

from dataclasses import dataclass

import numpy as np

from kith.methods.matching.chains import NEVER, Chains, chains_to, steps_along
from kith.methods.matching.flow import NOBODY
from kith.methods.matching.network import Network
from kith.methods.matching.outcome import Outcome
from kith.methods.matching.score import Contribution


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


def find_alternatives(
    outcome: Outcome, network: Network, *, participant: str, limit: int
) -> list[Alternative]:
    """The alternatives that cost the whole least, cheapest first."""
    row = outcome.problem.row(participant)
    now, standing = int(outcome.holders[row]), outcome.field.standing(row)
    chains = chains_to(network, len(network.prices) if now == NOBODY else now)
    worth = standing.fits + outcome.averted[row]
    gain = int(network.gains[row])
    if outcome.ground.locked[row] != NOBODY:
        gain = int(worth[now] - network.prices[now])
    total = gain + network.prices - worth + chains.cost[:-1]
    total[~standing.candidates] = NEVER
    if now != NOBODY:
        total[now] = NEVER
    ranked = np.lexsort((-standing.fits, total))
    return [
        _alternative(
            outcome,
            row,
            int(column),
            loss=int(total[column]) - outcome.worth_of(row) + int(worth[column]),
            moves=moves_along(outcome, chains, int(column)),
        )
        for column in ranked[:limit]
        if total[column] < NEVER // 2
    ]


def moves_along(outcome: Outcome, chains: Chains, start: int) -> tuple[Move, ...]:
    """Who moves where when somebody takes a place at `start`."""
    return tuple(
        Move(
            outcome.problem.participants[step.row].id,
            _mentor(outcome, step.leaves),
            _mentor(outcome, step.takes),
        )
        for step in steps_along(chains, start)
    )


def _alternative(
    outcome: Outcome, row: int, column: int, *, loss: int, moves: tuple[Move, ...]
) -> Alternative:
    dropped = sum(move.to_mentor is None for move in moves)
    gained = sum(move.from_mentor is None for move in moves)
    own = int(outcome.holders[row] == NOBODY)
    return Alternative(
        mentor=outcome.problem.mentors[column].id,
        fit=outcome.scores.fit(row, column),
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
    others = outcome.chosen.copy()
    others[row] = NOBODY
    held = others[others != NOBODY]
    return int(outcome.fit[held].sum() + outcome.averted[outcome.ground.row[held]].sum())


def _mentor(outcome: Outcome, column: int | None) -> str | None:
    return None if column is None else outcome.problem.mentors[column].id
