"""Prices of volunteers, and what no groups can exceed, for rounds too large to solve at once.

At any prices the best group of each family, worked out by itself, and the prices of all places
together are an upper bound for every possible set of groups: whole numbers, no rounding.
Prices rise where more families want a volunteer than there are places, and fall where fewer do.
Source: Held and Karp 1971 (Lagrangian bound by subgradient steps).
"""

import time
from math import inf
from typing import NamedTuple

import numpy as np

from kith.methods.matching.group.asked import Candidates
from kith.methods.matching.group.best import Search, best_groups
from kith.methods.matching.group.times import Options
from kith.methods.matching.problem import FULL_FIT
from kith.methods.matching.profile import Ints

FIRST_STEP = 300_000
SMALLER = 0.95
"""Each step is so much smaller than the one before; faster ends early, slower takes longer."""
FINE_STEP, FINE_SMALLER = 60_000, 0.97
OLD_PART = 0.6
"""Part of the direction that is kept from step to step, so that prices do not swing."""


class Prices(NamedTuple):
    """What was found.

    price  (m,) whole points for a place of each volunteer
    gain   (n,) whole points that each family's best group is worth at these prices, with the
           reward; 0 where none is worth it
    bound  no set of groups has a higher sum of fits and rewards
    """

    price: Ints
    gain: Ints
    bound: int


def find_prices(
    search: Search,
    candidates: Candidates,
    options: Options,
    *,
    fit: Ints,
    reward: int,
    steps: int,
    until: float = inf,
) -> Prices:
    """Good prices for the sum of fits and of one reward for each family served.

    fit     (e,) whole points of each candidate pair;  reward  whole points for each family
    steps   how often prices are changed;  until  monotonic seconds at which to stop all the same
    """
    price = np.zeros_like(candidates.capacity)
    direction, step, best = np.zeros(len(price)), float(FIRST_STEP), None
    for _ in range(steps):
        found, wanted = _look(search, candidates, options, fit=fit, reward=reward, price=price)
        if best is None or found.bound < best.bound:
            best = found
        excess = (wanted - candidates.unlocked_places).astype(np.float64)
        excess[(price == 0) & (excess < 0)] = 0
        direction = OLD_PART * direction + (1 - OLD_PART) * excess
        change = np.rint(step * np.clip(direction, -1, 2)).astype(np.int64)
        price, step = np.maximum(0, price + change), step * SMALLER
        if time.monotonic() >= until:
            break
    if best is None:
        raise ValueError("at least one step is needed")
    return best


def _look(
    search: Search, candidates: Candidates, options: Options, *, fit: Ints, reward: int, price: Ints
) -> tuple[Prices, Ints]:
    """Gains and bound at some prices, and how often each volunteer is wanted there."""
    free = candidates.locked
    value = np.where(free, fit, fit - price[candidates.column])
    total, members = best_groups(search, value)
    order = np.lexsort((-total, options.family))
    families, first = np.unique(options.family[order], return_index=True)
    favourite = order[first]
    gain = np.zeros(len(candidates.needs), dtype=np.int64)
    gain[families] = np.maximum(0, total[favourite] + reward)
    pairs = members[favourite[gain[families] > 0]]
    pairs = pairs[pairs >= 0]
    wanted = np.bincount(candidates.column[pairs[~free[pairs]]], minlength=len(price))
    bound = int(candidates.unlocked_places @ price) + int(gain.sum())
    return Prices(price, gain, bound), wanted


def tighten(
    search: Search,
    candidates: Candidates,
    options: Options,
    *,
    begin: Ints,
    served: int,
    steps: int,
    until: float = inf,
) -> int:
    """No groups that serve exactly so many families have a higher total fit than this.

    begin   (m,) prices to start from;  served  families;  steps, until  as in find_prices
    """
    price, reward, step = begin, 0, float(FINE_STEP)
    direction, best = np.zeros(len(price)), largest_sum(candidates, served)
    for _ in range(steps):
        found, wanted = _look(
            search, candidates, options, fit=candidates.fit, reward=reward, price=price
        )
        best = min(best, found.bound - reward * served)
        excess = (wanted - candidates.unlocked_places).astype(np.float64)
        excess[(price == 0) & (excess < 0)] = 0
        direction = OLD_PART * direction + (1 - OLD_PART) * excess
        change = np.rint(step * np.clip(direction, -1, 2)).astype(np.int64)
        price = np.maximum(0, price + change)
        reward += int(step) * min(10, max(-10, served - int((found.gain > 0).sum())))
        step *= FINE_SMALLER
        if time.monotonic() >= until:
            break
    return best


def largest_sum(candidates: Candidates, families: int) -> int:
    """No groups of so many families have a higher total fit than this."""
    return families * candidates.rules.largest * FULL_FIT
