"""A small independent checker: it knows the finished matches and the prices, not the solver.

That a set of matches is the best one is hard to find and easy to check: the value of the
matches (primal) equals what gains and prices add up to (dual), and no pair is worth more than
its gain and price together. Whole numbers only, so equality means equality.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Table = NDArray[Any]


class Proof(Protocol):
    """What the checker reads of one stage: values() gives the (n, m) whole values."""

    @property
    def values(self) -> Callable[[], Table]:
        """(n, m) whole values of the stage."""

    @property
    def gains(self) -> Table:
        """(n,) what each participant gains."""

    @property
    def prices(self) -> Table:
        """(m,) what a place of each mentor costs."""


class Finding(NamedTuple):
    """One stage, checked: proven when primal == dual and violation == 0."""

    primal: int
    dual: int
    violation: int


def check_matches(
    pairs: Sequence[tuple[int, int]], allowed: Table, capacity: Table, locks: Iterable[int]
) -> list[str]:
    """Faults of the matches themselves; an empty list means that every rule is kept.

    pairs  (row, column); allowed  (n, m); capacity  (m,); locks  rows that must be matched
    """
    faults = [f"pair {pair} is not allowed" for pair in pairs if not allowed[pair]]
    rows = [row for row, _ in pairs]
    faults += [f"row {row} is matched twice" for row in sorted(set(rows)) if rows.count(row) > 1]
    faults += [f"the lock of row {row} is lost" for row in locks if row not in rows]
    used = np.bincount([column for _, column in pairs], minlength=len(capacity))
    full = np.flatnonzero(used > capacity)
    return faults + [f"column {column} has too many matches" for column in full]


def check_stages(
    pairs: Sequence[tuple[int, int]],
    allowed: Table,
    capacity: Table,
    locked: Table,
    stages: Iterable[Proof],
) -> list[Finding]:
    """Primal, dual and violation of each stage, for the finished pairs.

    locked  (n,) True where a lock fixes the row; such a row may have a gain below 0
    """
    rows = np.array([row for row, _ in pairs], dtype=int)
    columns = np.array([column for _, column in pairs], dtype=int)
    must_match, must_fill = np.zeros(len(locked), dtype=int), np.zeros(len(capacity), dtype=int)
    findings = []
    for stage in stages:
        values = stage.values().astype(np.int64)
        bonus = len(locked) * int(values.max(initial=0)) + 1
        values = values + bonus * (must_match[:, None] + must_fill[None, :])
        slack = stage.gains[:, None] + stage.prices[None, :] - values
        short = [-slack[allowed].min(initial=0), -stage.prices.min(initial=0)]
        short.append(-stage.gains[~locked].min(initial=0))
        stray = int((~allowed[rows, columns]).sum())
        findings.append(
            Finding(
                primal=int(values[rows, columns].sum()),
                dual=int(stage.gains.sum() + capacity @ stage.prices),
                violation=int(max(short)) + stray,
            )
        )
        allowed = allowed & (slack == 0)
        must_match = ((stage.gains > 0) & ~locked).astype(int)
        must_fill = (stage.prices > 0).astype(int)
    return findings
