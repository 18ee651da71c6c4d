"""Points of pairs that passed the gates, without numba: the whole numbers of `weigh`.

Everything is a line with one number for each pair; divisions are products with a reciprocal
(see weigh).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kith.methods.matching.gates import Passing
from kith.methods.matching.lines import (
    GENDER,
    INTERESTS,
    LANGUAGES,
    MEETS,
    OLD,
    ONLINE,
    REACH,
    REGION,
    SLOTS,
    TOPICS,
    YOUNG,
    X,
)
from kith.methods.matching.packed import best_levels, in_common, sums
from kith.methods.matching.profile import Ints
from kith.methods.matching.weigh import (
    AGE_YEARS,
    BY_METRES,
    BY_REGION,
    FAILED,
    UNLIMITED,
    USUAL,
    Rules,
)

Points = NDArray[np.int32]


def fits_of(found: Passing, digits: int, way: int, rules: Rules) -> Ints:
    """Fits (k,) of the pairs; below 0 where the two are too far apart. digits: see Named."""
    sides = _Sides(found)
    fits = _need(found, digits, rules)
    fits += _language(found, sides, rules)
    fits += _slots(sides, rules)
    fits += _gender(sides, rules)
    fits += _age(sides, rules)
    if way == BY_METRES:
        fits += _metres(sides, rules)
    elif way == BY_REGION:
        fits += _region(sides, rules)
    else:
        fits += sides.both_online() * np.int32(rules.distance // 2)
    return fits.astype(np.int64)


class _Sides:
    """What one line says of the participant and of the mentor of each pair."""

    def __init__(self, found: Passing) -> None:
        self._found = found

    def mine(self, line: int) -> Any:
        return self._found.rows.whole[line][self._found.at]

    def theirs(self, line: int) -> Any:
        return self._found.columns.whole[line][self._found.to]

    def both(self, line: int) -> tuple[Any, Any]:
        return self.mine(line), self.theirs(line)

    def states(self, line: int) -> Any:
        return self._found.columns.small[line][self._found.to] == 1

    def both_online(self) -> Any:
        return (self.mine(ONLINE) == 1) & self.states(MEETS)


def _over(products: NDArray[np.float64], reciprocals: Any) -> Points:
    """Whole parts of quotients of whole numbers; see weigh."""
    products += 0.5
    products *= reciprocals
    return products.astype(np.int32)


def _need(found: Passing, digits: int, rules: Rules) -> Points:
    """Topics, and interests for those who state some."""
    rows, columns, at, to = found
    per_wish, per_like = (1.0 / np.maximum(one, 1) for one in (4 * rows.wished, rows.liked))
    shares = (rows.liked > 0) * np.int32(rules.interests)
    share = (columns.small[INTERESTS] == 1)[to] * shares[at]
    most = np.int32(rules.need) - share
    shared = sums(rows.wishes, columns.skills, digits, at, to)
    points = _over(most * shared.astype(np.float64), per_wish[at])
    counts = (columns.small[TOPICS] == 1)[to] & (rows.wished > 0)[at]
    fits = np.where(counts, points, most // 2)
    liked = in_common(rows.likes, columns.likes, at, to)
    fits += _over(share * liked.astype(np.float64), per_like[at])
    return fits


def _language(found: Passing, sides: _Sides, rules: Rules) -> Points:
    level = best_levels(found.rows.levels, found.columns.levels, found.at, found.to)
    points = ((np.arange(6, dtype=np.int32) - 1) * rules.language // 4).astype(np.int32)
    stated = sides.states(LANGUAGES) & found.rows.says[found.at]
    return np.where(stated, points[level], np.int32(rules.language // 2))


def _slots(sides: _Sides, rules: Rules) -> Points:
    full = rules.availability
    points = np.array([0, full // 3, full * 2 // 3, full], dtype=np.int32)
    mine, theirs = sides.both(SLOTS)
    shared = np.minimum(np.bitwise_count(mine & theirs), 3)
    return np.where((mine != 0) & (theirs != 0), points[shared], np.int32(full // 2))


def _gender(sides: _Sides, rules: Rules) -> Points:
    mine, theirs = sides.both(GENDER)
    met = (mine == theirs) * np.int32(rules.gender)
    return np.where((mine >= 0) & (theirs >= 0), met, np.int32(rules.gender // 2))


def _age(sides: _Sides, rules: Rules) -> Points:
    (young, their_young), (old, their_old) = sides.both(YOUNG), sides.both(OLD)
    gap = np.maximum(young - their_old, their_young - old)
    left = AGE_YEARS - np.minimum(np.maximum(gap, 0), AGE_YEARS)
    points = (np.arange(AGE_YEARS + 1) * rules.age // AGE_YEARS).astype(np.int32)
    return np.where((young >= 0) & (their_young >= 0), points[left], np.int32(rules.age // 2))


def _metres(sides: _Sides, rules: Rules) -> Points:
    square: Any = 0.0
    for axis in range(X, X + 3):
        mine, theirs = sides.both(axis)
        square = square + (mine - theirs).astype(np.float64) ** 2
    metres = np.floor(np.sqrt(square) + 0.5)
    reach = np.minimum(*sides.both(REACH))
    scale = np.where(reach >= UNLIMITED, USUAL, np.maximum(reach, 1)).astype(np.float64)
    points = _over(rules.distance * np.maximum(scale - metres, 0.0), 1.0 / scale)
    offline = points + (metres > reach) * np.int32(FAILED * rules.by_range)
    online = np.maximum(points, np.int32(rules.distance // 2))
    return np.where(sides.both_online(), online, offline)


def _region(sides: _Sides, rules: Rules) -> Points:
    """Without the gate on range a pair from elsewhere gets no points."""
    mine, theirs = sides.both(REGION)
    half = np.int32(rules.distance // 2)
    elsewhere = np.where(sides.both_online(), half, np.int32(0))
    stated = np.where(mine == theirs, np.int32(rules.distance), elsewhere)
    return np.where((mine >= 0) & (theirs >= 0), stated, half)
