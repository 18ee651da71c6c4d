"""What most systems do instead of looking for the best: shown beside every run, never used.

Both take one pair after the other and never look back.
"""

from typing import Any, NamedTuple

import numpy as np

from kith.methods.matching.compiled import compiled, held_for_work
from kith.methods.matching.profile import Ints

NOBODY = -1


class Figures(NamedTuple):
    """A set of matches in three numbers: people, sum of fits, least fit (None without matches)."""

    matched: int
    total_fit: int
    minimum_fit: int | None


def best_pair_first(start: Ints, column: Ints, fit: Ints, capacity: Ints) -> Ints:
    """The pair with the highest fit is matched, then the next one that is still possible.

    start     (n + 1,) where the pairs of each participant begin
    column    (e,) the mentor of each pair
    fit       (e,) whole points
    capacity  (m,) places of each mentor
    returns   (n,) the number of the pair each participant holds, or NOBODY; among equal points
              the earlier pair goes first
    """
    return _take(_best_first(fit), start, column, capacity)


def first_come_first_served(
    start: Ints, column: Ints, fit: Ints, capacity: Ints, *, waiting: Ints
) -> Ints:
    """Who has waited longest takes the best free mentor, then the next one.

    waiting  (n,) days; among equals the lower row goes first. The rest as in best_pair_first.
    """
    turn = np.empty(len(waiting), dtype=np.int64)
    turn[np.argsort(-waiting, kind="stable")] = np.arange(len(waiting))
    order = _best_first(fit)
    order = order[np.argsort(turn[_rows(start)[order]], kind="stable")]
    return _take(order, start, column, capacity)


def figures(choice: Ints, fit: Ints) -> Figures:
    """What a set of matches comes to.

    choice  (n,) the pair of each participant, or NOBODY;  fit  (e,) whole points
    """
    fits = fit[choice[choice != NOBODY]]
    return Figures(len(fits), int(fits.sum()), int(fits.min()) if len(fits) else None)


def _best_first(fit: Ints) -> Ints:
    order: Ints = np.argsort(-fit, kind="stable")
    return order


def _rows(start: Ints) -> Ints:
    rows: Ints = np.repeat(np.arange(len(start) - 1), np.diff(start))
    return rows


def _take(order: Ints, start: Ints, column: Ints, capacity: Ints) -> Ints:
    choice = held_for_work(np.full(len(start) - 1, NOBODY, dtype=np.int64))
    left = held_for_work(np.array(capacity, dtype=np.int64))
    rows, columns = held_for_work(_rows(start)[order]), held_for_work(column[order])
    _take_each(held_for_work(order), rows, columns, choice, left)
    return np.array(choice, dtype=np.int64)


@compiled
def _take_each(order: Any, rows: Any, columns: Any, choice: Any, left: Any) -> None:
    """Go through the pairs in order; match each whose two people are still free."""
    for place in range(len(order)):
        row, at = rows[place], columns[place]
        if choice[row] < 0 and left[at] > 0:
            choice[row] = order[place]
            left[at] -= 1
