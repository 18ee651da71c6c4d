"""Groups of a large part when it is settled at which time each family's group would meet.

One number for each family (does its group meet) and one for each pair (does the volunteer join).
The linear relaxation of that is close to the best groups, and its prices are good for three
things: they bound what any groups could reach, over all pairs and not only those that were
listed; they show which pairs cannot be part of better groups, so that few are left; and whoever
the relaxation gives a whole place keeps it in the first groups. Source: reduced-cost fixing as in
Dantzig, Fulkerson and Johnson 1954; Huangfu and Hall 2018 (HiGHS, through scipy).
"""

import math
import time
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_array, csr_array, hstack, vstack

from kith.methods.matching.group.asked import Candidates
from kith.methods.matching.group.model import ROUNDING, Chosen
from kith.methods.matching.problem import FULL_FIT
from kith.methods.matching.profile import Bools, Ints

FIRST, FIRST_FOR_NEED, FIRST_FOR_VOLUNTEER, MORE = 15, 4, 6, 10
"""Pairs listed at first: of each family, for each of its needs, of each volunteer; added later."""
CLOSE = 1e-5
"""The listing ends when the pairs left out could add so small a part."""
ROUNDS = 15
MOST_COLUMNS = 30_000
"""Of the whole-number programme for the best groups; a larger one does not end when time is up."""
SHARES = (0.65, 0.78, 0.86, 0.97)
"""Of the time: when the listing ends, the first groups, the count of families, the best groups."""
WHOLE = 1 - 1e-6

Table = Any


class Relaxed(NamedTuple):
    """The linear relaxation over some columns.

    value (c,)    of each column; 0 where it is not listed
    reduced (c,)  points by which a column falls short at the prices; below 0 it is worth more
    bound         no choice of all columns is worth more
    listed (c,)   True for the columns that were looked at
    """

    value: Any
    reduced: Any
    bound: float
    listed: Bools


@dataclass(frozen=True, eq=False)
class Compact:
    """Columns: one for each pair (q), then one for each family (f).

    pair (q,)    candidate pair;  own (q,)  number of its family;  volunteer (q,)  number
    family (f,)  row of each family
    places (v,)  of each volunteer
    """

    candidates: Candidates
    pair: Ints
    own: Ints
    volunteer: Ints
    family: Ints
    places: Ints

    @property
    def reward(self) -> int:
        """Points for a family served: more than its group can bring, twice over."""
        return 2 * self.candidates.rules.largest * FULL_FIT

    @property
    def most_fit(self) -> int:
        """No groups have a higher total fit than this."""
        return self.candidates.rules.largest * FULL_FIT * len(self.family)

    @cached_property
    def worth(self) -> Ints:
        """(q + f,) points of each column."""
        rewards = np.full(len(self.family), self.reward)
        return np.concatenate([self.candidates.fit[self.pair], rewards])

    @cached_property
    def served_worth(self) -> Ints:
        """(q + f,) one for each family: to count them."""
        return np.concatenate([np.zeros_like(self.pair), np.ones_like(self.family)])

    @cached_property
    def rows(self) -> Table:
        """Every rule as one row: sizes, places, needs; nothing may exceed `limits`."""
        return vstack([block for block, _ in self._rules()], format="csc")

    @cached_property
    def limits(self) -> Any:
        """(rules,) the most of each row."""
        return np.concatenate([np.full(block.shape[0], most) for block, most in self._rules()])

    def _rules(self) -> list[tuple[Table, Any]]:
        rules, families = self.candidates.rules, len(self.family)
        members = self._sum(self.own, families)
        once = csr_array((np.ones(families), (range(families), range(families))))
        nobody = csr_array((len(self.places), families))
        return [
            (hstack([members, -rules.largest * once]), 0.0),
            (hstack([-members, rules.smallest * once]), 0.0),
            (hstack([self._sum(self.volunteer, len(self.places)), nobody]), self.places),
            *((rows, 0.0) for rows in self._needs(once)),
        ]

    def _needs(self, once: Table) -> list[Table]:
        covers, asked = self.candidates.covers[self.pair], self.asked
        found = []
        for need in range(int(asked.max(initial=0))):
            able = self._sum(self.own, len(self.family)) * ((covers >> need) & 1)[None, :]
            rows = hstack([-able, once], format="csr")
            found.append(rows[np.flatnonzero(asked > need)])
        return found

    def _sum(self, group: Ints, size: int) -> Table:
        columns = np.arange(len(group))
        return csr_array((np.ones(len(group)), (group, columns)), (size, len(group)))

    @cached_property
    def asked(self) -> Ints:
        """(f,) needs of each family."""
        return np.array([len(self.candidates.needs[row]) for row in self.family])


def solve_compact(
    candidates: Candidates, family: Ints, pair: Ints, places: Ints, *, seconds: float
) -> Chosen:
    """The groups with the most families served, then the most fit; nobody here is locked.

    family (q,), pair (q,)  who could join which family, one time for each family
    places   (m,) groups each volunteer may join
    seconds  when they run out, the best so far with honest bounds
    """
    begun = time.monotonic()
    listed, first, counted, end = (begun + share * seconds for share in SHARES)
    compact = _compact(candidates, family, pair, places)
    relaxed = _relax(compact, compact.worth, until=listed)
    if not relaxed.value.any():
        # Out of time before anything is known: others may do better with what is left of it.
        return Chosen(pair[:0], len(compact.family), compact.most_fit, optimal=False)
    best = _rounded(compact, relaxed, until=first)
    families = len(compact.family)
    if best[len(pair) :].sum() < families:
        families = _most_served(compact, until=counted)
    best, is_best = _improved(compact, relaxed, best, until=end)
    return _chosen(compact, relaxed, best, is_best=is_best, most_served=families)


def _compact(candidates: Candidates, family: Ints, pair: Ints, places: Ints) -> Compact:
    families, own = np.unique(family, return_inverse=True)
    columns, volunteer = np.unique(candidates.column[pair], return_inverse=True)
    return Compact(candidates, pair, own, volunteer, families, places[columns])


def _first(compact: Compact) -> Bools:
    """Columns listed at first: every family, and the pairs that promise most."""
    fit = compact.candidates.fit[compact.pair]
    covers = compact.candidates.covers[compact.pair]
    listed = best_of_each(compact.own, fit, FIRST)
    listed |= best_of_each(compact.volunteer, fit, FIRST_FOR_VOLUNTEER)
    for need in range(int(compact.asked.max(initial=0))):
        able = np.flatnonzero((covers >> need) & 1)
        listed[able[best_of_each(compact.own[able], fit[able], FIRST_FOR_NEED)]] = True
    return np.concatenate([listed, np.ones(len(compact.family), dtype=bool)])


def _relax(compact: Compact, worth: Ints, *, until: float) -> Relaxed:
    """Solve the relaxation, list the pairs that are worth more at its prices, and again."""
    listed, scale = _first(compact), FULL_FIT
    points = worth / scale
    pairs, best = len(compact.pair), None
    for _ in range(ROUNDS):
        some = np.flatnonzero(listed)
        left = until - time.monotonic()
        found = linprog(
            -points[some],
            A_ub=csc_array(compact.rows[:, some]),
            b_ub=compact.limits,
            bounds=(0, 1),
            method="highs-ipm",
            options={"time_limit": max(left, 0.1)},
        )
        if found.status != 0:
            break
        prices = -found.ineqlin.marginals
        short = compact.rows.T @ prices - points
        bound = float(compact.limits @ prices + np.maximum(-short, 0).sum())
        value = np.zeros(len(points))
        value[some] = found.x
        if best is None or bound * scale < best.bound:
            best = Relaxed(value, short * scale, bound * scale, listed.copy())
        missing = np.flatnonzero(~listed[:pairs] & (short[:pairs] < 0))
        if bound + found.fun <= CLOSE * bound or time.monotonic() >= until:
            break
        listed[missing[best_of_each(compact.own[missing], -short[missing], MORE)]] = True
    if best is None:
        # Nothing is known but that nobody is worth more than everybody at once.
        bound = float(compact.most_fit + int(worth[pairs:].sum()))
        best = Relaxed(np.zeros(len(points)), np.zeros(len(points)), bound, listed)
    return best


def _rounded(compact: Compact, relaxed: Relaxed, *, until: float) -> Ints:
    """First groups: whoever has a whole place in the relaxation keeps it, the rest is solved."""
    pairs = len(compact.pair)
    value, meets = relaxed.value[:pairs], relaxed.value[pairs:] > WHOLE
    kept = (value > WHOLE) & meets[compact.own]
    settled = np.bincount(compact.volunteer[kept], minlength=len(compact.places))
    is_free = (settled < compact.places)[compact.volunteer]
    partly = ~meets
    partly[compact.own[(value > 1 - WHOLE) & ~kept]] = True
    listed = kept | (relaxed.listed[:pairs] & is_free & partly[compact.own])
    columns = np.flatnonzero(np.concatenate([listed, np.ones(len(compact.family), dtype=bool)]))
    lower = np.append(kept, np.zeros(len(compact.family), dtype=bool))[columns].astype(float)
    return _whole(compact, columns, lower=lower, until=until, gap=1e-5)[0]


def _improved(compact: Compact, relaxed: Relaxed, best: Ints, *, until: float) -> tuple[Ints, bool]:
    """The best of all, if time allows: a pair that falls short by more than the gap is out."""
    gap = relaxed.bound - int(compact.worth @ best)
    if gap < 1:
        return best, True
    columns = np.flatnonzero(relaxed.reduced <= gap if best.any() else relaxed.listed)
    is_all = len(columns) <= MOST_COLUMNS
    if not is_all:
        columns = _closest(relaxed, columns, best)
    least = LinearConstraint(
        csr_array(compact.worth[None, columns] / FULL_FIT),
        int(compact.worth @ best) / FULL_FIT - ROUNDING,
        np.inf,
    )
    other, is_best = _whole(compact, columns, until=until, gap=0.0, more=[least])
    if best.any() and compact.worth @ other >= compact.worth @ best:
        return other, is_best and is_all
    return (best if best.any() else other), False


def _closest(relaxed: Relaxed, columns: Ints, best: Ints) -> Ints:
    """Of too many columns those of the best groups so far, and those that fall short by least."""
    short = np.where(best[columns] == 1, -np.inf, relaxed.reduced[columns])
    return np.sort(columns[np.argsort(short, kind="stable")[:MOST_COLUMNS]])


def _whole(
    compact: Compact, columns: Ints, *, until: float, gap: float, lower: Any = 0,
    more: list[LinearConstraint] | None = None,
) -> tuple[Ints, bool]:  # fmt: skip
    """0 or 1 for every column, only these used, and whether nothing of these is better."""
    best = np.zeros(len(compact.worth), dtype=np.int64)
    left = until - time.monotonic()
    if left <= 0 or not len(columns):
        return best, False
    rules = LinearConstraint(csc_array(compact.rows[:, columns]), -np.inf, compact.limits)
    found = milp(
        -compact.worth[columns] / FULL_FIT,
        integrality=np.ones(len(columns)),
        bounds=Bounds(lower, 1),
        constraints=[rules, *(more or [])],
        options={"time_limit": left, "mip_rel_gap": gap},
    )
    if found.x is not None:
        best[columns] = np.rint(found.x).astype(np.int64)
    return best, found.status == 0


def _chosen(
    compact: Compact, relaxed: Relaxed, best: Ints, *, is_best: bool, most_served: int
) -> Chosen:
    pairs = len(compact.pair)
    worth, served = int(compact.worth @ best), int(best[pairs:].sum())
    bound = worth if is_best else math.floor(relaxed.bound * (1 + ROUNDING) + ROUNDING)
    served_bound = max(served, most_served)
    fit_bound = max(bound - compact.reward * served, worth - compact.reward * served)
    return Chosen(
        pairs=np.sort(compact.pair[best[:pairs] == 1]),
        served_bound=served_bound,
        fit_bound=fit_bound,
        optimal=is_best and served == served_bound,
    )


def _most_served(compact: Compact, *, until: float) -> int:
    """No groups serve more families: the relaxation of counting them."""
    counted = _relax(compact, compact.served_worth * FULL_FIT, until=until)
    return min(len(compact.family), math.floor(counted.bound / FULL_FIT + CLOSE))


def best_of_each(group: Ints, value: Any, count: int) -> Bools:
    """True for the `count` highest values of each group."""
    order = np.lexsort((-value, group))
    ranked = group[order]
    place = np.arange(len(ranked)) - np.searchsorted(ranked, ranked)
    best = np.zeros(len(group), dtype=bool)
    best[order[place < count]] = True
    return best
