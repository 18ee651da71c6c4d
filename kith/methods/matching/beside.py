"""What serving people one after the other would have given in the same round, to print beside."""

import numpy as np

from kith.methods.matching.greedy import NOBODY, Figures, figures, first_come_first_served
from kith.methods.matching.result import Result
from kith.methods.matching.settings import waiting_days

MOST_CELLS = 100_000_000
"""Larger rounds are not compared: every pair would have to be listed for it."""


def one_after_the_other(result: Result) -> Figures | None:
    """Who has waited longest takes the best free mentor, then the next; None where too large.

    Locks and rejects hold here too.
    """
    field = result.outcome.field
    rows, columns = len(field.locked), len(field.capacity)
    if rows * columns > MOST_CELLS:
        return None
    listed = field.with_locks(field.finder.find(most=max(1, columns), rows=field.free_rows))
    locked = field.locked != NOBODY
    days = np.array([day or 0 for day in waiting_days(field.problem)], dtype=np.int64)
    # Whoever is locked comes before everybody else.
    days[locked] += 1 + int(days.max(initial=0))
    column, fit = listed.column.astype(np.int64), listed.fit.astype(np.int64)
    choice = first_come_first_served(listed.start, column, fit, field.capacity, waiting=days)
    return figures(choice, fit)
