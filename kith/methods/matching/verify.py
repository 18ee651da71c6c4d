"""A small independent checker: it knows the finished matches and the prices, not the solver.

That a set of matches is the best one is hard to find and easy to check: the value of the
matches (primal) equals what gains and prices add up to (dual), and no pair is worth more than
its gain and price together. Whole numbers only, so equality means equality.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Table = NDArray[Any]


class Proof(Protocol):
    """What the checker reads of one stage: (e,) whole values, (n,) gains, (m,) prices."""

    @property
    def values(self) -> Callable[[], Table]: ...
    @property
    def gains(self) -> Table: ...
    @property
    def prices(self) -> Table: ...


class Finding(NamedTuple):
    """One stage, checked: proven when primal == dual and violation == 0."""

    primal: int
    dual: int
    violation: int


def count_faults(row: Table, column: Table, chosen: Table, capacity: Table, locked: Table) -> int:
    """How often the matches break a rule: a pair of another row, a place too many, a lock lost.

    row, column  (e,) of each pair that may be matched; chosen  (n,) pair of each row or -1
    capacity     (m,); locked  (n,) column of a lock or -1
    """
    matched = np.flatnonzero(chosen >= 0)
    used = np.bincount(column[chosen[matched]], minlength=len(capacity))
    held = np.append(column, -1)[chosen]
    astray = row[chosen[matched]] != matched
    lost = held[locked >= 0] != locked[locked >= 0]
    return int(astray.sum() + np.maximum(used - capacity, 0).sum() + lost.sum())


def check_stages(
    row: Table, column: Table, chosen: Table, capacity: Table, locked: Table,
    stages: Iterable[Proof],
) -> list[Finding]:  # fmt: skip
    """Primal, dual and violation of each stage; a locked row may have a gain below 0."""
    free, open_pairs = locked < 0, np.ones(len(row), dtype=bool)
    must_match, must_fill = np.zeros(len(locked), dtype=int), np.zeros(len(capacity), dtype=int)
    held, findings = chosen[chosen >= 0], []
    for stage in stages:
        values = stage.values().astype(np.int64)
        bonus = len(locked) * int(values.max(initial=0)) + 1
        values = values + bonus * (must_match[row] + must_fill[column])
        slack = stage.gains[row] + stage.prices[column] - values
        short = [-slack[open_pairs].min(initial=0), -stage.prices.min(initial=0)]
        short.append(-stage.gains[free].min(initial=0))
        primal = int(values[held].sum())
        dual = int(stage.gains.sum() + capacity @ stage.prices)
        findings.append(Finding(primal, dual, int(max(short)) + int((~open_pairs[held]).sum())))
        open_pairs &= slack == 0
        must_match = ((stage.gains > 0) & free).astype(int)
        must_fill = (stage.prices > 0).astype(int)
    return findings
