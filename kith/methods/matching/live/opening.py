"""From a solved round to one that people change."""

import numpy as np

from kith.methods.matching.flow import NOBODY
from kith.methods.matching.live.growing import GrowingNetwork
from kith.methods.matching.live.people import People
from kith.methods.matching.live.proof import Proof
from kith.methods.matching.network import Pairs
from kith.methods.matching.problem import FULL_FIT
from kith.methods.matching.profile import Ints
from kith.methods.matching.result import Result
from kith.methods.matching.settings import Waiting, waiting_days

ARRIVALS = 64
"""Room in the loss for so many arrivals, where arrivals can make chains of moves longer."""


def opened_proof(result: Result) -> tuple[Proof, int]:
    """The matches of a result with prices for all pairs, and what a match averts in them."""
    outcome = result.outcome
    places = result.given.mentor_columns
    order = np.array([places[one.id] for one in outcome.problem.mentors], dtype=np.int64)
    people = People(outcome.scores, outcome.field.rejected, column_order=order)
    loss = enough_loss(result.unmatched_loss, len(outcome.holders), len(outcome.field.capacity))
    averted = outcome.averted + (loss - result.unmatched_loss)
    ground = outcome.ground
    worth = outcome.fit.astype(np.int64) + averted[ground.row]
    network = GrowingNetwork(Pairs(ground.start, ground.column, worth), ground.capacity)
    for row in np.flatnonzero(~ground.free_rows).tolist():
        network.seal(row, int(ground.locked[row]))
    if outcome.worth is None:
        raise ValueError(result.settings.objective)
    prices = _raised(outcome.worth.prices, result.unmatched_loss, loss)
    network.resume(prices, np.where(ground.free_rows, outcome.holders, NOBODY))
    proof = Proof(people, network, averted, floor=outcome.field.floor)
    proof.survey()
    return proof, loss


def enough_loss(loss: int, rows: int, columns: int) -> int:
    """The loss, or a larger one where a chain of moves could be dearer.

    A chain visits no mentor twice, so nothing along it adds up to more than that many full fits.
    """
    if loss >= min(rows, columns) * FULL_FIT:
        return loss
    return 2 * (min(rows, columns) + ARRIVALS) * FULL_FIT


def usual_bonus(result: Result) -> int:
    """Waiting points of somebody without a date: those of the person in the middle."""
    days = [one for one in waiting_days(result.outcome.problem) if one is not None]
    return bonus(result.settings.waiting, int(np.median(days or [0])))


def bonus(waiting: Waiting, days: int) -> int:
    """Points for so many days."""
    return min(days * waiting.per_day, waiting.most)


def _raised(prices: Ints, before: int, loss: int) -> Ints:
    """Prices as they will about be where somebody waits for the place."""
    return np.where(prices > before // 2, prices + (loss - before), prices)
