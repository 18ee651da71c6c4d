"""Fits of one participant and a few hundred mentors, for numba: the points of score.py once more.

Every loop runs over one stretch of arrays, so that the machine does eight or sixteen mentors at
once; a pair that fails a gate is carried along with a fit far below 0. Divisions of whole numbers
become products with a reciprocal: (x + 1/2) / d lies at least 1/(2d) away from every whole number
and doubles are off by less than 1e-9 here, so that rounding down gives x // d exactly.
"""

# Compiled code takes arrays one by one, and what is split into many functions is slower: loops stay
# together here that would be apart elsewhere.
# ruff: noqa: PLR0913, PLR0917

from typing import Any, NamedTuple

import numpy as np

from kith.methods.matching.compiled import compiled
from kith.methods.matching.lines import (
    GENDER,
    HOBBIES,
    INSISTS,
    INTERESTS,
    LANGUAGES,
    MEETS,
    OLD,
    ONLINE,
    OPEN,
    REACH,
    REGION,
    REQUIRED,
    SLOTS,
    SPOKEN,
    TOPICS,
    WISHES,
    YOUNG,
    Mentors,
    X,
    Y,
    Z,
)

FAILED = -(1 << 26)
"""Added once for each gate that a pair fails: no points bring it back to 0."""
FAR, BY_METRES, BY_REGION = 0, 1, 2
"""How a stretch of mentors gets its points for distance."""
UNLIMITED = 10**9
USUAL = 30_000
LEAST_LEVEL = 2
AGE_YEARS = 30


class Rules(NamedTuple):
    """Points of each criterion, which gates stand (1) or not (0), and the least fit."""

    need: int
    interests: int
    language: int
    distance: int
    availability: int
    gender: int
    age: int
    by_topics: int
    by_range: int
    by_slots: int
    floor: int


@compiled
def weigh(
    own: Any, start: Any, line: Any, value: Any, some: Mentors, low: int,
    high: int, way: int, rules: Rules, fit: Any, part: Any, level: Any,
) -> None:  # fmt: skip
    """Fits of a row and the mentors from low to high into `fit`; below 0 where a gate is shut.

    own, start          of the row (see lines.People); line, value: all lists
    way                 FAR, BY_METRES or BY_REGION
    """
    small, whole, per_metre = some.small, some.whole, some.per_metre[low:high]
    likes = start[SPOKEN] - start[HOBBIES]
    share = rules.interests if likes > 0 else 0
    _sum_lines(small, low, high, line, value, start[WISHES], start[REQUIRED], part)
    wished = 0
    for entry in range(start[WISHES], start[REQUIRED]):
        wished += value[entry]
    stated, liked = small[TOPICS, low:high], small[INTERESTS, low:high]
    _set_need(stated, liked, part, rules.need, share, wished, rules.by_topics, fit)
    for entry in range(start[REQUIRED], start[HOBBIES]):
        _require(small[line[entry], low:high], fit)
    if likes > 0:
        _sum_lines(small, low, high, line, value, start[HOBBIES], start[SPOKEN], part)
        _add_interests(part, rules.interests, likes, fit)
    _best_level(small, low, high, line, value, start[SPOKEN], start[SPOKEN + 1], level)
    says = start[SPOKEN + 1] > start[SPOKEN]
    _add_language(small[LANGUAGES, low:high], level, rules.language, says, own[OPEN], fit)
    _add_slots(whole[SLOTS, low:high], own[SLOTS], rules.availability, rules.by_slots, fit)
    _add_gender(whole[GENDER, low:high], own[GENDER], own[INSISTS], rules.gender, fit)
    _add_age(whole[YOUNG, low:high], whole[OLD, low:high], own[YOUNG], own[OLD], rules.age, fit)
    meets = small[MEETS, low:high]
    if way == BY_METRES:
        x, y, z = whole[X, low:high], whole[Y, low:high], whole[Z, low:high]
        reach = whole[REACH, low:high]
        points, gated = rules.distance, rules.by_range
        _add_metres(x, y, z, reach, per_metre, meets, own, points, gated, fit)
    elif way == BY_REGION:
        region = whole[REGION, low:high]
        _add_region(region, meets, own, rules.distance, rules.by_range, fit)
    else:
        _add_far(meets, own[ONLINE], rules.distance, fit)


@compiled
def _sum_lines(
    small: Any, low: int, high: int, line: Any, value: Any, first: int, last: int, part: Any
) -> None:
    """Value times line, summed over the entries of a list."""
    part[: high - low] = 0
    for entry in range(first, last):
        weight, words = np.int32(value[entry]), small[line[entry], low:high]
        for at in range(len(words)):
            part[at] += np.int32(weight * np.int32(words[at]))


@compiled
def _set_need(
    stated: Any, liked: Any, part: Any, need: int, interests: int, wished: int, gated: int, fit: Any
) -> None:
    full, share = np.int32(need), np.int32(interests)
    wishes, per_wish = np.int32(wished > 0), 1.0 / (4 * max(wished, 1))
    shut, none = np.int32(FAILED * gated), np.int32(0)
    for at in range(len(stated)):
        most = np.int32(full - np.int32(share * np.int32(liked[at])))
        points = np.int32((float(most) * float(part[at]) + 0.5) * per_wish)
        points = np.int32(points + (shut if part[at] == 0 else none))
        half = np.int32(most >> np.int32(1))
        counts = np.int32(np.int32(stated[at]) * wishes)
        fit[at] = np.int32(half + np.int32(counts * np.int32(points - half)))


@compiled
def _require(words: Any, fit: Any) -> None:
    shut, none = np.int32(FAILED), np.int32(0)
    for at in range(len(words)):
        fit[at] += shut if words[at] == 0 else none


@compiled
def _add_interests(part: Any, full: int, likes: int, fit: Any) -> None:
    per_like = 1.0 / likes
    for at in range(len(fit)):
        fit[at] += np.int32((float(full) * float(part[at]) + 0.5) * per_like)


@compiled
def _best_level(
    small: Any, low: int, high: int, line: Any, value: Any, first: int, last: int, level: Any
) -> None:
    """The best level at which both speak one language, 1 where it is lower or none."""
    level[: high - low] = 1
    for entry in range(first, last):
        own, words = np.uint8(value[entry]), small[line[entry], low:high]
        for at in range(len(words)):
            both = min(own, words[at])
            level[at] = max(level[at], both)


@compiled
def _add_language(stated: Any, level: Any, full: int, says: int, is_open: int, fit: Any) -> None:
    most, half, counts = np.int32(full), np.int32(full // 2), np.int32(says)
    shut, none = np.int32(0 if is_open == 1 else FAILED), np.int32(0)
    for at in range(len(stated)):
        steps = np.int32(np.int32(level[at]) - np.int32(1))
        points = np.int32(np.int32(most * steps) >> np.int32(2))
        points = np.int32(points + (shut if steps == 0 else none))
        known = np.int32(counts * np.int32(stated[at]))
        fit[at] += np.int32(half + np.int32(known * np.int32(points - half)))


@compiled
def _add_slots(slots: Any, times: int, full: int, gated: int, fit: Any) -> None:
    """One, two and three or more shared times; taking the lowest bit away counts them."""
    own, half, none, one = np.int32(times), np.int32(full // 2), np.int32(0), np.int32(1)
    first, second = np.int32(full // 3), np.int32(full * 2 // 3 - full // 3)
    third, shut = np.int32(full - full * 2 // 3), np.int32(FAILED * gated)
    for at in range(len(slots)):
        shared = np.int32(own & slots[at])
        two = np.int32(shared & np.int32(shared - one))
        three = np.int32(two & np.int32(two - one))
        points = np.int32(first if shared != 0 else shut)
        points = np.int32(points + (second if two != 0 else none))
        points = np.int32(points + (third if three != 0 else none))
        stated = own != 0 and slots[at] != 0
        fit[at] += points if stated else half


@compiled
def _add_gender(gender: Any, wish: int, insists: int, full: int, fit: Any) -> None:
    own, met = np.int32(wish), np.int32(full if wish >= 0 else full // 2)
    shut = np.int32(FAILED * insists)
    unknown, missed = np.int32(full // 2 + shut), np.int32(shut if wish >= 0 else full // 2 + shut)
    for at in range(len(gender)):
        other = unknown if gender[at] < 0 else missed
        fit[at] += met if gender[at] == own else other


@compiled
def _add_age(lows: Any, highs: Any, youngest: int, oldest: int, full: int, fit: Any) -> None:
    young, old = np.int32(youngest), np.int32(oldest)
    half, most, years, none = np.int32(full // 2), np.int32(full), np.int32(AGE_YEARS), np.int32(0)
    for at in range(len(lows)):
        gap = max(np.int32(young - highs[at]), np.int32(lows[at] - old))
        left = np.int32(years - min(max(gap, none), years))
        points = np.int32(np.uint32(most * left) // np.uint32(AGE_YEARS))
        stated = young >= 0 and lows[at] >= 0
        fit[at] += points if stated else half


@compiled
def _add_metres(
    xs: Any, ys: Any, zs: Any, reaches: Any, per_metre: Any, meets: Any, own: Any, full: int,
    gated: int, fit: Any,
) -> None:  # fmt: skip
    x, y, z, reach = own[X], own[Y], own[Z], own[REACH]
    inverse = 1.0 / (USUAL if reach >= UNLIMITED else max(reach, 1))
    most, none = float(full), np.int32(0)
    half, shut = np.int32(full // 2), np.int32(FAILED * gated)
    for at in range(len(xs)):
        dx, dy, dz = float(xs[at] - x), float(ys[at] - y), float(zs[at] - z)
        metres = np.floor(np.sqrt(dx * dx + dy * dy + dz * dz) + 0.5)
        shorter = float(min(reach, reaches[at]))
        scale = float(USUAL) if shorter >= UNLIMITED else max(shorter, 1.0)
        by = inverse if reach <= reaches[at] else per_metre[at]
        points = np.int32((most * max(scale - metres, 0.0) + 0.5) * by)
        offline = np.int32(points + (shut if metres > shorter else none))
        both = (meets[at] & own[ONLINE]) != 0
        fit[at] += max(points, half) if both else offline


@compiled
def _add_region(regions: Any, meets: Any, own: Any, full: int, gated: int, fit: Any) -> None:
    region, most, half = own[REGION], np.int32(full), np.int32(full // 2)
    shut = np.int32(FAILED * gated)
    for at in range(len(regions)):
        known = region >= 0 and regions[at] >= 0
        elsewhere = half if (meets[at] & own[ONLINE]) != 0 else shut
        stated = most if regions[at] == region else elsewhere
        fit[at] += stated if known else half


@compiled
def _add_far(meets: Any, online: int, full: int, fit: Any) -> None:
    """Far away, no points; half of them for who would meet online."""
    half = np.int32(full // 2 if online == 1 else 0)
    for at in range(len(meets)):
        fit[at] += np.int32(half * np.int32(meets[at]))
