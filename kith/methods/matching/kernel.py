"""The loops of a shortlist, for numba: rows against mentors, a few hundred at a time.

Rows that share a place and a set of languages follow each other, and the mentors that come into
question for them are copied side by side once. Then every loop runs over a stretch of memory
without a jump in it (see `weigh`), and only what may still enter the list of a row is looked at
one by one.
"""

# Compiled code takes arrays one by one, and what is split into many functions is slower: loops stay
# together here that would be apart elsewhere.
# ruff: noqa: PLR0913, PLR0917, C901, PLR0915

from typing import Any, NamedTuple

import numpy as np

from kith.methods.matching.compiled import compiled
from kith.methods.matching.heap import pop, push
from kith.methods.matching.lines import (
    AREA,
    COLUMN,
    END,
    FIRST_WORD,
    LANGUAGES,
    LOOK,
    ONLINE,
    OPEN,
    PLACE,
    PLACED,
    SPEECH,
    SPOKEN,
    WISHES,
    Mentors,
    People,
    X,
    reordered,
)
from kith.methods.matching.weigh import (
    BY_METRES,
    BY_REGION,
    FAILED,
    FAR,
    LEAST_LEVEL,
    Rules,
    weigh,
)

TILE = 512
"""Mentors at a time: what is written down about them stays in the nearest cache."""
STRIP = 64
"""Mentors of whom one question finds out whether any of them is good enough."""
WORTH_A_COPY = 8
"""So many rows of one place and speech pay for copying their mentors side by side."""
LEAST = -(1 << 62)
FIT_BITS, COLUMN_BITS = 20, 27
ROW_SHIFT = FIT_BITS + COLUMN_BITS
FIT_MASK, COLUMN_MASK = (1 << FIT_BITS) - 1, (1 << COLUMN_BITS) - 1


class Grid(NamedTuple):
    """Areas as the loops want them (see areas.Areas); first (a + 1,): where each one begins."""

    first: Any
    low: Any
    high: Any
    reach: Any
    placed: Any
    start: Any
    near: Any


def some_of(
    mentors: Mentors, online: Mentors, grid: Grid, columns: Any
) -> tuple[Mentors, Mentors, Grid]:
    """Some mentors only, in the same order and areas."""
    kept = np.flatnonzero(np.isin(mentors.whole[COLUMN], columns))
    also = np.flatnonzero(np.isin(online.whole[COLUMN], columns))
    grid = grid._replace(first=np.searchsorted(kept, grid.first))
    return reordered(mentors, kept), reordered(online, also), grid


class Wanted(NamedTuple):
    """What is asked of one pass.

    rows     the rows to look at; those with the same speech and place beside each other
    most     how many columns each row keeps; 0 = only count them
    least (n,)                      value below which a pair is of no interest
    prices (m,)                     of the columns
    closed_start (n + 1,), closed   columns that a row must not have
    """

    rows: Any
    most: int
    least: Any
    prices: Any
    closed_start: Any
    closed: Any


class Space(NamedTuple):
    """What one thread writes down.

    keys, nodes (most + 1,)     the heap of a row, worst value on top
    fit, part, level (TILE,)    of the mentors looked at
    chosen (m,)                 which mentors are copied
    begin, end, segment (a,)    where the mentors of each area nearby are, and which it is
    seen (a,)                   the last row that has looked at an area
    used (lines,)               which words the rows at hand name
    """

    keys: Any
    nodes: Any
    fit: Any
    part: Any
    level: Any
    chosen: Any
    begin: Any
    end: Any
    segment: Any
    seen: Any
    used: Any


@compiled
def search(
    wanted: Wanted, people: People, mentors: Mentors, online: Mentors, grid: Grid,
    rules: Rules, near: Mentors, far: Mentors, space: Space, out: Any,
) -> int:  # fmt: skip
    """Look at some rows; gives how many pairs were found.

    mentors    all, in the order of their areas
    online     those who can be met from anywhere: with the gate on range who meets online
    near, far  copies to work in: the mentors that share a language with the rows at hand
    out (e,)   place of the row in `rows` << 47 | column << 20 | fit, or nothing when counting
    """
    total, speech, place, areas, far_end, alone = 0, -1, -1, 0, 0, 0
    for number in range(len(wanted.rows)):
        row = wanted.rows[number]
        own = people.whole[row]
        if own[SPEECH] != speech:
            _mark_used(wanted.rows, people, number, SPEECH, space.used)
            far_end = _copy(people, row, online, 0, len(online.price), far, 0, wanted.prices, space)
        if own[SPEECH] != speech or own[PLACE] != place:
            company = _mark_used(wanted.rows, people, number, PLACE, space.used)
            alone = 1 if company < WORTH_A_COPY else 0
            areas = _open_near(people, row, mentors, grid, near, wanted.prices, space, alone)
        speech, place = own[SPEECH], own[PLACE]
        size, at = 0, 0
        # The last stretch is everybody who can be met from anywhere; one call, for it is inlined.
        while at <= areas:
            first, some, begin, end, way = at, near, 0, 0, FAR
            if at == areas:
                at += 1
                if rules.by_range == 0 or own[ONLINE] == 1:
                    some, end = far, far_end
            else:
                at = _stretch(own, grid, space, row, at, areas)
                begin, end = space.begin[first], space.end[max(first, at - 1)]
                way = _way(own, grid, space.segment[first])
                if at == first:
                    at, end = at + 1, begin
                if alone == 1:
                    some = mentors
            size = _scan(wanted, people, row, some, begin, end, way, rules, space, size)
        if wanted.most == 0:
            total += size
        else:
            total = _keep(number, size, wanted.prices, space.keys, space.nodes, out, total)
    return total


@compiled
def _keep(number: int, size: int, prices: Any, keys: Any, nodes: Any, out: Any, total: int) -> int:
    """Write the pairs of a row down; gives how many there are in all."""
    for one in range(size):
        column = -nodes[one]
        fit = keys[one] + prices[column]
        out[total] = (number << ROW_SHIFT) | (column << FIT_BITS) | fit
        total += 1
    return total


@compiled
def _mark_used(rows: Any, people: People, number: int, kind: int, used: Any) -> int:
    """Note which words the rows of this speech (and place) name; gives how many rows they are."""
    used[:FIRST_WORD] = 1
    used[FIRST_WORD:] = 0
    first, one = number, people.whole[rows[number]]
    while number < len(rows):
        row = rows[number]
        other = people.whole[row]
        if other[SPEECH] != one[SPEECH] or other[kind] != one[kind]:
            break
        for entry in range(people.start[row, WISHES], people.start[row, END]):
            used[people.line[entry]] = 1
        number += 1
    return number - first


@compiled
def _open_near(
    people: People, row: int, mentors: Mentors, grid: Grid, near: Mentors, prices: Any,
    space: Space, alone: int,
) -> int:  # fmt: skip
    """Note where the areas that the place of a row looks at begin and end; gives how many.

    Mentors are copied for rows in company; a few rows read them where they are.
    """
    areas, end, place = 0, 0, people.whole[row, PLACE]
    for entry in range(grid.start[place], grid.start[place + 1]):
        area = grid.near[entry]
        first, last = grid.first[area], grid.first[area + 1]
        space.segment[areas], space.begin[areas], space.end[areas] = area, first, last
        if alone == 0:
            grown = _copy(people, row, mentors, first, last, near, end, prices, space)
            space.begin[areas], space.end[areas] = end, grown
            end = grown
        if space.end[areas] > space.begin[areas]:
            areas += 1
    return areas


@compiled
def _copy(
    people: People, row: int, source: Mentors, first: int, last: int, target: Mentors, end: int,
    prices: Any, space: Space,
) -> int:  # fmt: skip
    """Copy those who share a language with the row, or with whom that does not matter."""
    begin, chosen, small = end, space.chosen, source.small
    for at in range(first, last):
        passes = people.whole[row, OPEN] == 1 or small[LANGUAGES, at] == 0
        for entry in range(people.start[row, SPOKEN], people.start[row, END]):
            level = min(people.value[entry], np.int32(small[people.line[entry], at]))
            passes = passes or level >= LEAST_LEVEL
        chosen[end] = at
        if passes:
            end += 1
    for line in range(len(small)):
        if space.used[line] == 1:
            for at in range(begin, end):
                target.small[line, at] = small[line, chosen[at]]
    for line in range(len(source.whole)):
        for at in range(begin, end):
            target.whole[line, at] = source.whole[line, chosen[at]]
    for at in range(begin, end):
        target.per_metre[at] = source.per_metre[chosen[at]]
        target.price[at] = prices[target.whole[COLUMN, at]]
    return end


@compiled
def _stretch(own: Any, grid: Grid, space: Space, row: int, at: int, areas: int) -> int:
    """How far areas in reach of the row, whose mentors lie side by side, go on from here."""
    first = at
    way = _way(own, grid, space.segment[first])
    while at < areas:
        area = space.segment[at]
        if at > first and space.begin[at] != space.end[at - 1]:
            break
        if _way(own, grid, area) != way or not _in_reach(own, grid, area):
            break
        space.seen[area] = row
        at += 1
    return at


@compiled
def _way(own: Any, grid: Grid, area: int) -> int:
    return BY_METRES if grid.placed[area] == 1 and own[PLACED] == 1 else BY_REGION


@compiled
def _in_reach(own: Any, grid: Grid, area: int) -> bool:
    """Whether anybody in the area could be near enough to the row."""
    if grid.placed[area] == 0 or own[PLACED] == 0:
        return True
    square = 0.0
    for axis in range(3):
        below = grid.low[area, axis] - own[X + axis]
        above = own[X + axis] - grid.high[area, axis]
        gap = max(below, above, 0)
        square += float(gap * gap)
    reach = min(own[LOOK], grid.reach[area])
    near: bool = int(np.sqrt(square) + 0.5) <= reach
    return near


@compiled
def _scan(
    wanted: Wanted, people: People, row: int, some: Mentors, begin: int, end: int, way: int,
    rules: Rules, space: Space, size: int,
) -> int:  # fmt: skip
    """Look at one stretch of mentors; gives how many pairs the row has now."""
    closed = wanted.closed[wanted.closed_start[row] : wanted.closed_start[row + 1]]
    own, start = people.whole[row], people.start[row]
    for low in range(begin, end, TILE):
        high = min(low + TILE, end)
        weigh(
            own, start, people.line, people.value, some, low, high, way, rules,
            space.fit[: high - low], space.part, space.level,
        )  # fmt: skip
        fit, columns = space.fit[: high - low], some.whole[COLUMN, low:high]
        if len(closed) > 0:
            _leave_closed(fit, columns, closed)
        nearby = space.seen if way == FAR else space.seen[:0]
        if wanted.most == 0:
            size += _tally(fit, some.whole[AREA, low:high], nearby, row, rules.floor)
        else:
            size = _pick(
                fit, some.price[low:high], columns, some.whole[AREA, low:high], nearby, row,
                space.keys, space.nodes, rules.floor, wanted.least[row], wanted.most, size,
            )  # fmt: skip
    return size


@compiled
def _leave_closed(fit: Any, columns: Any, closed: Any) -> None:
    """Pairs that somebody closed are as those that fail a gate."""
    for at in range(len(fit)):
        for column in closed:
            if columns[at] == column:
                fit[at] = FAILED


@compiled
def _tally(fit: Any, areas: Any, nearby: Any, row: int, floor: int) -> int:
    """How many reach the floor and were not looked at nearby."""
    found = 0
    for at in range(len(fit)):
        if fit[at] >= floor and (len(nearby) == 0 or nearby[areas[at]] != row):
            found += 1
    return found


@compiled
def _pick(
    fit: Any, prices: Any, columns: Any, areas: Any, nearby: Any, row: int, keys: Any,
    nodes: Any, floor: int, least: int, most: int, size: int,
) -> int:  # fmt: skip
    """Keep the best of a tile in the heap of the row; gives how many the row has now."""
    if size == most:
        least = max(least, keys[0])
    for begin in range(0, len(fit), STRIP):
        end = min(begin + STRIP, len(fit))
        if not _any_reaches(fit[begin:end], prices[begin:end], floor, least):
            continue
        for at in range(begin, end):
            value: Any = np.int64(fit[at]) - prices[at]
            node: Any = -np.int64(columns[at])
            if fit[at] < floor or value < least:
                continue
            if size == most and value == keys[0] and node < nodes[0]:
                continue
            if len(nearby) > 0 and nearby[areas[at]] == row:
                continue
            if size == most:
                size = pop(keys, nodes, size)
            size = push(keys, nodes, size, value, node)
            if size == most:
                least = max(least, keys[0])
    return size


@compiled
def _any_reaches(fit: Any, prices: Any, floor: int, least: int) -> bool:
    found = 0
    for at in range(len(fit)):
        reaches = np.int64(fit[at]) - prices[at] >= least
        found |= reaches & (fit[at] >= floor)
    return found != 0
