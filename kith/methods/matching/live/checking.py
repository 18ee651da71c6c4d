"""The proof of a live round, checked by code that knows nothing of how it was found."""

from dataclasses import dataclass

import numpy as np

from kith.methods.matching.flow import NOBODY
from kith.methods.matching.live.proof import Proof
from kith.methods.matching.profile import Ints
from kith.methods.matching.result import Certificate
from kith.methods.matching.stages import Values
from kith.methods.matching.verify import check_stages, count_faults

TOO_DEAR = 1 << 60


@dataclass(frozen=True)
class _Worth:
    """The one stage of a live round."""

    values: Values
    gains: Ints
    prices: Ints


def certify(proof: Proof) -> Certificate:
    """Listed pairs by the independent checker, all others by their prices."""
    network = proof.network
    pairs = network.open_pairs()
    row, column, worth = (
        np.asarray(table)[pairs].astype(np.int64)
        for table in (network.net.row, network.net.column, network.worth)
    )
    numbers = np.full(len(network.net.row) + 1, NOBODY)
    numbers[pairs] = np.arange(len(pairs))
    locked = np.full(network.rows, NOBODY)
    for one in network.locked:
        locked[one] = network.column_of(one)
    tables = row, column, numbers[network.chosen], network.capacity, locked
    stage = _Worth(lambda: worth, network.gains, network.prices)
    (finding,) = check_stages(*tables, [stage])
    violation = count_faults(*tables) + finding.violation + unlisted_violation(proof)
    return Certificate(finding.primal, finding.dual, violation, "full", (("worth", finding),))


def unlisted_violation(proof: Proof) -> int:
    """By how much any pair is worth more than gain and price: all pairs are looked at."""
    network = proof.network
    has_place = np.asarray(network.net.capacity) > 0
    prices = np.where(has_place, network.prices, TOO_DEAR)
    wants = network.gains - proof.averted
    found = proof.finder().find(
        most=1, prices=prices, above=wants, rows=np.flatnonzero(proof.competes)
    )
    if not len(found.column):
        return 0
    row = np.repeat(np.arange(network.rows), np.diff(found.start))
    return int((found.fit - prices[found.column] - wants[row]).max())
