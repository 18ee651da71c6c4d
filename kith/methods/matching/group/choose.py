"""Choose the groups of a whole round: solve small parts at once, large ones by prices and steps.

Parts that share no volunteer are separate. A small part is one whole-number programme and proven
best. In a large one families first choose in turn at good prices; then a few families at a time
are solved again with everyone who is free, until a whole pass changes nothing or time is up. The
prices bound what any groups could reach, so the distance to the best is known.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from kith.methods.matching.compiled import held_for_work
from kith.methods.matching.group.asked import Candidates
from kith.methods.matching.group.best import best_groups, open_search, take_in_turn
from kith.methods.matching.group.compact import best_of_each, solve_compact
from kith.methods.matching.group.model import Chosen, make_part, solve_part
from kith.methods.matching.group.prices import Prices, find_prices, tighten
from kith.methods.matching.group.times import Options
from kith.methods.matching.problem import FULL_FIT
from kith.methods.matching.profile import Bools, Ints

AT_ONCE = 1_500
"""Joins up to which a part is one programme: at this size it takes about a second."""
STEPS = 80
SHARES = (0.2, 0.3, 0.9)
"""Of the time: when the two searches for prices end, and the choosing; then the last bound."""
FAVOURITE_SHARE = 0.75
SETTLED_SHARE, NEAR_ENOUGH = 0.75, 0.002
"""Where times are settled: the part of the time for that, and the distance that is good enough."""
STIR, STIRS, STIR_SHARE = 3, 60, 0.6
"""Families that choose anew together, how often for each family, and the most of the time."""
WINDOW = 8
"""Families solved again together."""
WINDOW_SECONDS = 2.0
NEAR = 12
"""So many of the best free volunteers at each time enter a window, and a few for each need."""
NEAR_FOR_NEED = 4


def choose_groups(candidates: Candidates, options: Options, *, time_limit_s: float) -> Chosen:
    """The groups with the most families served (those with a lock first), then the most fit.

    time_limit_s  seconds; when they run out the best groups found so far, with honest bounds
    """
    until = time.monotonic() + time_limit_s
    parts = sorted(_parts(candidates, options), key=len)
    left = sum(len(joins) for joins in parts)
    found = []
    for joins in parts:
        seconds = max(0.05, (until - time.monotonic()) * len(joins) / left)
        left -= len(joins)
        found.append(_choose(candidates, options, joins, seconds=seconds))
    pairs = [np.zeros(0, dtype=np.int64), *(one.pairs for one in found)]
    return Chosen(
        pairs=np.sort(np.concatenate(pairs)),
        served_bound=sum(one.served_bound for one in found),
        fit_bound=sum(one.fit_bound for one in found),
        optimal=all(one.optimal for one in found),
    )


def _parts(candidates: Candidates, options: Options) -> Iterator[Ints]:
    """The joins of families that share volunteers, directly or by way of others."""
    families, column = len(candidates.needs), candidates.column[options.pair]
    family = options.family[options.option]
    size = families + len(candidates.capacity)
    edges = csr_array((np.ones(len(family)), (family, families + column)), shape=(size, size))
    label = connected_components(edges, directed=False)[1][family]
    for one in np.unique(label):
        yield np.flatnonzero(label == one)


def _choose(candidates: Candidates, options: Options, joins: Ints, *, seconds: float) -> Chosen:
    if len(joins) <= AT_ONCE:
        part = make_part(candidates, options, joins)
        return solve_part(candidates, part, candidates.unlocked_places, seconds=seconds)
    here, option = np.unique(options.option[joins], return_inverse=True)
    family, pair = options.family[options.option[joins]], options.pair[joins]
    is_settled = len(np.unique(options.family[here])) == len(here)
    if is_settled and not candidates.locked[pair].any():
        places, until = candidates.unlocked_places, time.monotonic() + seconds
        found = solve_compact(candidates, family, pair, places, seconds=SETTLED_SHARE * seconds)
        if _distance(candidates, found) <= NEAR_ENOUGH:
            return found
        part_options = Options(options.family[here], option, pair)
        return _better(candidates, found, _Large(candidates, part_options, until).choose())
    part_options = Options(options.family[here], option, options.pair[joins])
    return _Large(candidates, part_options, time.monotonic() + seconds).choose()


def _served(candidates: Candidates, found: Chosen) -> tuple[int, int]:
    """Families served, and the fit."""
    rows = np.searchsorted(candidates.start, found.pairs, side="right")
    return len(np.unique(rows)), int(candidates.fit[found.pairs].sum())


def _distance(candidates: Candidates, found: Chosen) -> float:
    """The larger distance to a bound, as a part of the bound."""
    served, fit = _served(candidates, found)
    pairs = ((served, found.served_bound), (fit, found.fit_bound))
    return max((most - now) / max(1, most) for now, most in pairs)


def _better(candidates: Candidates, one: Chosen, other: Chosen) -> Chosen:
    """The better groups, with what is known from both. A bound of fit is for its own number."""
    best = max(one, other, key=lambda found: _served(candidates, found))
    served = _served(candidates, best)[0]
    same = [found for found in (one, other) if _served(candidates, found)[0] == served]
    return Chosen(
        pairs=best.pairs,
        served_bound=min(one.served_bound, other.served_bound),
        fit_bound=min(found.fit_bound for found in same),
        optimal=one.optimal or other.optimal,
    )


@dataclass(eq=False)
class _Large:
    """One large part, step by step."""

    candidates: Candidates
    options: Options
    until: float

    def choose(self) -> Chosen:
        """First in turn, then a few families at a time."""
        families, fit = np.unique(self.options.family), self.candidates.fit
        begun, end = time.monotonic(), self.until
        first, second, last = (begun + share * (end - begun) for share in SHARES)
        by_fit = self._prices(fit, reward=2 * self._group_fit, until=first)
        by_number = self._prices(np.zeros_like(fit), reward=FULL_FIT, until=second)
        self.until = last
        chosen = self._in_turn(by_fit, by_number, families)
        chosen = max(chosen, self._at_favourite_times(by_fit), key=self._rank)
        chosen = self._stirred(chosen, by_fit, families)
        chosen = self._improved(chosen, by_fit, families)
        _, served, total = self._rank(chosen)
        served_bound = min(len(families), by_number.bound // FULL_FIT)
        fit_bound = by_fit.bound - 2 * self._group_fit * served
        search = open_search(self.candidates, self.options)
        fit_bound = min(
            fit_bound,
            tighten(
                *(search, self.candidates, self.options),
                begin=by_fit.price,
                served=served,
                steps=STEPS,
                until=end,
            ),
        )
        proven = served == served_bound and total == fit_bound
        return Chosen(chosen, served_bound, fit_bound, proven)

    @cached_property
    def _has_lock(self) -> Bools:
        """(n,) True for families with somebody locked."""
        rows = range(len(self.candidates.needs))
        return np.array([len(self.candidates.locked_of(one)) > 0 for one in rows], dtype=bool)

    @property
    def _group_fit(self) -> int:
        return self.candidates.rules.largest * FULL_FIT

    def _prices(self, fit: Ints, *, reward: int, until: float) -> Prices:
        search = open_search(self.candidates, self.options)
        return find_prices(
            *(search, self.candidates, self.options),
            fit=fit,
            reward=reward,
            steps=STEPS,
            until=until,
        )

    def _family(self, pairs: Ints) -> Ints:
        """The family of each pair."""
        return np.searchsorted(self.candidates.start, pairs, side="right") - 1

    def _rank(self, pairs: Ints) -> tuple[int, int, int]:
        """What is better: families with a lock, families, fit."""
        families = np.unique(self._family(pairs))
        return (
            int(self._has_lock[families].sum()),
            len(families),
            int(self.candidates.fit[pairs].sum()),
        )

    def _in_turn(self, by_fit: Prices, by_number: Prices, families: Ints) -> Ints:
        """The best of some orders: who can gain least at the prices chooses first."""
        column, fit = self.candidates.column, self.candidates.fit
        first = ~self._has_lock[families]
        found = []
        for prices in (by_fit, by_number):
            value = np.where(self.candidates.locked, fit, fit - by_fit.price[column])
            order = families[np.lexsort((prices.gain[families], first))]
            search = open_search(self.candidates, self.options)
            found.append(take_in_turn(search, value, family=self.options.family, order=order))
        return max(found, key=self._rank)

    def _at_favourite_times(self, prices: Prices) -> Ints:
        """Each family keeps to the time at which its group is worth most; nobody if any is locked.

        With the times settled the rest is nearly solved at once.
        """
        candidates, options = self.candidates, self.options
        if candidates.locked[options.pair].any():
            return np.zeros(0, dtype=np.int64)
        value = candidates.fit - prices.price[candidates.column]
        total, _ = best_groups(open_search(candidates, options), value)
        order = np.lexsort((-total, options.family))
        favourite = order[np.unique(options.family[order], return_index=True)[1]]
        joins = np.flatnonzero(np.isin(options.option, favourite))
        family, pair = options.family[options.option[joins]], options.pair[joins]
        seconds = FAVOURITE_SHARE * (self.until - time.monotonic())
        places = candidates.unlocked_places
        return solve_compact(candidates, family, pair, places, seconds=seconds).pairs

    def _stirred(self, chosen: Ints, prices: Prices, families: Ints) -> Ints:
        """Again and again a few families choose anew, in another order and at other prices."""
        candidates, random = self.candidates, np.random.default_rng(1)
        search, fit = open_search(candidates, self.options), candidates.fit
        until = time.monotonic() + STIR_SHARE * (self.until - time.monotonic())
        for _ in range(STIRS * len(families)):
            if time.monotonic() >= until:
                break
            window = random.choice(families, size=min(STIR, len(families)), replace=False)
            inside = np.isin(self._family(chosen), window)
            kept, released = chosen[~inside], chosen[inside]
            part = random.uniform(0, 1.2)
            price = (prices.price * part).astype(np.int64)[candidates.column]
            value = np.where(candidates.locked, fit, fit - price)
            search.left[:] = held_for_work(self._places(kept))
            new = take_in_turn(search, value, family=self.options.family, order=window)
            if self._rank(new) > self._rank(released):
                chosen = np.sort(np.concatenate([kept, new]))
        return chosen

    def _places(self, kept: Ints) -> Ints:
        """(m,) places left when these pairs keep theirs."""
        candidates = self.candidates
        taken = candidates.column[kept[~candidates.locked[kept]]]
        size = len(candidates.capacity)
        left: Ints = candidates.unlocked_places - np.bincount(taken, minlength=size)
        return left

    def _improved(self, chosen: Ints, prices: Prices, families: Ints) -> Ints:
        """Windows of families, those without a group in front, until a pass changes nothing."""
        random, changed = np.random.default_rng(0), True
        while changed and time.monotonic() < self.until:
            changed = False
            order = random.permutation(families)
            unserved = ~np.isin(order, self._family(chosen))
            order = order[np.argsort(~unserved, kind="stable")] if unserved.any() else order
            for window in self._windows(order, int(unserved.sum())):
                if time.monotonic() >= self.until:
                    break
                better = self._solve_window(chosen, prices, window)
                if self._rank(better) > self._rank(chosen):
                    chosen, changed = better, True
        return chosen

    def _windows(self, order: Ints, unserved: int) -> Iterator[Ints]:
        """Few families at a time; one without a group comes with others who have one."""
        waiting, others = order[:unserved], order[unserved:]
        for place in range(0, max(len(others), 1), WINDOW):
            alone = waiting[place // WINDOW :: max(1, -(-len(others) // WINDOW))][:2]
            yield np.concatenate([alone, others[place : place + WINDOW]])

    def _solve_window(self, chosen: Ints, prices: Prices, window: Ints) -> Ints:
        """The same groups, save that those of the window are the best with everyone free."""
        candidates = self.candidates
        kept = chosen[~np.isin(self._family(chosen), window)]
        taken = candidates.column[kept[~candidates.locked[kept]]]
        places = candidates.unlocked_places - np.bincount(taken, minlength=len(candidates.capacity))
        joins = self._near(window, places, prices, chosen)
        part = make_part(candidates, self.options, joins)
        seconds = min(WINDOW_SECONDS, self.until - time.monotonic())
        if not len(joins) or seconds <= 0:
            return chosen
        found = solve_part(candidates, part, places, seconds=seconds)
        return np.sort(np.concatenate([kept, found.pairs]))

    def _near(self, window: Ints, places: Ints, prices: Prices, chosen: Ints) -> Ints:
        """Joins of the window worth a look: the best at the prices, for each time and need."""
        candidates, options = self.candidates, self.options
        joins = np.flatnonzero(np.isin(options.family[options.option], window))
        pair, locked = options.pair[joins], candidates.locked[options.pair[joins]]
        joins = joins[locked | (places[candidates.column[pair]] > 0)]
        pair = options.pair[joins]
        value = candidates.fit[pair] - prices.price[candidates.column[pair]]
        keep = np.isin(pair, chosen) | candidates.locked[pair]
        keep |= best_of_each(options.option[joins], value, NEAR)
        for need in range(max(len(candidates.needs[one]) for one in window)):
            able = np.flatnonzero(candidates.covers[pair] >> need & 1)
            best = best_of_each(options.option[joins[able]], value[able], NEAR_FOR_NEED)
            keep[able[best]] = True
        return joins[keep]
