"""Which pairs pass every gate: tables of some rows against some mentors, without numba.

A gate is an AND of packed words (see there), so that the machine compares many pairs at once. The
reach alone is looked at roughly here, a little too wide: the exact metres come with the points.
"""

from typing import NamedTuple

import numpy as np

from kith.methods.matching.lines import GENDER, INSISTS, MEETS, ONLINE, REACH, REGION, SLOTS, X
from kith.methods.matching.packed import Columns, Rows, share
from kith.methods.matching.profile import Bools, Ints
from kith.methods.matching.weigh import BY_METRES, BY_REGION, Rules

ROUGHLY = 1.00001
"""Times the reach, and
"""
MORE_METRES = 2.0
"""so many: wider than what is lost by short numbers."""


class Passing(NamedTuple):
    """Pairs that pass.

    rows, columns  those looked at
    at, to (k,)    row and mentor of each pair
    """

    rows: Rows
    columns: Columns
    at: Ints
    to: Ints

    def chosen(self, which: Bools) -> "Passing":
        """Some of the pairs."""
        return self._replace(at=self.at[which], to=self.to[which])


def passing(rows: Rows, columns: Columns, way: int, rules: Rules) -> Passing:
    """The pairs of some rows and some mentors at which no gate is shut."""
    passes = share(rows.talk, columns.talk)
    if rules.by_topics:
        passes &= share(rows.topics, columns.topics)
    if rules.by_slots:
        passes &= _have_time(rows, columns)
    if rules.by_range and way in {BY_METRES, BY_REGION}:
        near = _in_reach(rows, columns) if way == BY_METRES else _in_region(rows, columns)
        near |= _both_online(rows, columns)
        passes &= near
    _leave_lacking(passes, rows, columns)
    _leave_other_gender(passes, rows, columns)
    flat = np.flatnonzero(passes)
    at = np.repeat(np.arange(len(passes)), np.count_nonzero(passes, axis=1))
    return Passing(rows, columns, at, flat - at * passes.shape[1])


def _have_time(rows: Rows, columns: Columns) -> Bools:
    """Who states no times has all of them."""
    mine, theirs = (
        np.where(one == 0, -1, one) for one in (rows.whole[SLOTS], columns.whole[SLOTS])
    )
    found: Bools = (mine[:, None] & theirs) != 0
    return found


def _both_online(rows: Rows, columns: Columns) -> Bools:
    both: Bools = (rows.whole[ONLINE] == 1)[:, None] & (columns.small[MEETS] == 1)
    return both


def _in_reach(rows: Rows, columns: Columns) -> Bools:
    """Whether the two are about near enough to each other: wrong only by what is a little far."""
    square = np.zeros((rows.whole.shape[1], columns.whole.shape[1]), dtype=np.float32)
    for axis in range(X, X + 3):
        mine, theirs = (side.whole[axis].astype(np.float32) for side in (rows, columns))
        apart = mine[:, None] - theirs
        apart *= apart
        square += apart
    mine, theirs = (
        (side.whole[REACH].astype(np.float32) * np.float32(ROUGHLY) + np.float32(MORE_METRES)) ** 2
        for side in (rows, columns)
    )
    near: Bools = square <= mine[:, None]
    near &= square <= theirs
    return near


def _in_region(rows: Rows, columns: Columns) -> Bools:
    mine, theirs = rows.whole[REGION][:, None], columns.whole[REGION]
    here: Bools = mine == theirs
    here |= mine < 0
    here |= theirs < 0
    return here


def _leave_lacking(passes: Bools, rows: Rows, columns: Columns) -> None:
    """Who requires something gets only mentors who have all of it."""
    asking = np.flatnonzero(rows.marks.any(axis=0))
    if len(asking):
        for mine, theirs in zip(rows.marks[:, asking], columns.marks, strict=True):
            passes[asking] &= (mine[:, None] & ~theirs) == 0


def _leave_other_gender(passes: Bools, rows: Rows, columns: Columns) -> None:
    """Who insists gets only mentors of whom it is known."""
    asking = np.flatnonzero(rows.whole[INSISTS])
    wish = rows.whole[GENDER][asking][:, None]
    passes[asking] &= (wish == columns.whole[GENDER]) & (wish >= 0)
