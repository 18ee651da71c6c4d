"""The look at all other pairs as compiled loops: the masks of `sight`.

Only used with numba; without it numpy gives the same pairs.
"""

# Compiled code takes arrays one by one; what is split into many functions is slower.
# ruff: noqa: FBT001, PLR0911, PLR0913, PLR0917, SIM102

from typing import Any, NamedTuple

from kith.methods.matching.compiled import compiled
from kith.methods.matching.live.sight import Marks
from kith.methods.matching.live.tiles import Tiles
from kith.methods.matching.problem import FULL_FIT

FULL = FULL_FIT


class State(NamedTuple):
    """What a look asks of rows and columns; see Proof.

    wants (n,)             what a fit less its price must exceed to be better
    most (n,), competes (n,)
    low (m,), prices (m,)
    """

    wants: Any
    most: Any
    competes: Any
    low: Any
    prices: Any


@compiled
def scan_columns(
    people: Marks, tiles: Tiles, mentors: Marks, columns: Any, state: State, ranged: bool, out: Any
) -> int:
    """Pairs of some columns with rows that may find them better now; gives how many there are."""
    count = 0
    for column in columns:
        for tile in range(len(tiles.radius)):
            if not _tile_may_pass(mentors, column, tiles, tile, ranged):
                continue
            for at in range(tiles.first[tile], tiles.first[tile + 1]):
                if _may_pass(mentors, column, tiles.people, at, ranged):
                    row = tiles.order[at]
                    if _may_want(row, column, state):
                        count = _write(out, count, row * len(state.prices) + column)
        count = _scan_latecomers(
            people, len(tiles.order), mentors, column, state, ranged, out, count
        )
    return count


@compiled
def _scan_latecomers(
    people: Marks, first: int, mentors: Marks, column: int, state: State, ranged: bool, out: Any,
    count: int,
) -> int:  # fmt: skip
    """The rows that stand in no tile."""
    for row in range(first, len(state.wants)):
        if _may_want(row, column, state) and _may_pass(mentors, column, people, row, ranged):
            count = _write(out, count, row * len(state.prices) + column)
    return count


@compiled
def scan_lowest(
    people: Marks, rows: Any, room: Any, limit: Any, mentors: Marks, columns: Any, low: Any,
    prices: Any, ranged: bool, out: Any,
) -> int:  # fmt: skip
    """As scan_rows; columns that are low enough for some, the lowest first, and how low each is."""
    count = 0
    for number in range(len(rows)):
        row = rows[number]
        for at in range(len(columns)):
            if low[at] <= room[number]:
                break
            column = columns[at]
            if prices[column] < limit[number] and _may_pass(people, row, mentors, column, ranged):
                count = _write(out, count, row * len(prices) + column)
    return count


@compiled
def scan_rows(
    people: Marks, tiles: Tiles, rows: Any, room: Any, limit: Any, low: Any, prices: Any,
    ranged: bool, out: Any,
) -> int:  # fmt: skip
    """Pairs of some rows with columns that are low enough and not too dear; gives how many."""
    count = 0
    for number in range(len(rows)):
        row = rows[number]
        for tile in range(len(tiles.radius)):
            if not _tile_may_pass(people, row, tiles, tile, ranged):
                continue
            for at in range(tiles.first[tile], tiles.first[tile + 1]):
                column = tiles.order[at]
                if low[column] > room[number] and prices[column] < limit[number]:
                    if _may_pass(people, row, tiles.people, at, ranged):
                        count = _write(out, count, row * len(prices) + column)
    return count


@compiled
def scan_lower(
    people: Marks, rows: Any, room: Any, mentors: Marks, columns: Any, state: State, ranged: bool,
    out: Any,
) -> int:  # fmt: skip
    """As scan_columns, for columns that have become a little lower.

    rows, room   rows that a little may be enough for, and how much is, the least first
    """
    count = 0
    for column in columns:
        limit, low = FULL - state.prices[column], state.low[column]
        for at in range(len(rows)):
            if room[at] >= low:
                break
            row = rows[at]
            if state.wants[row] < limit and _may_pass(mentors, column, people, row, ranged):
                count = _write(out, count, row * len(state.prices) + column)
    return count


@compiled
def _write(out: Any, count: int, key: int) -> int:
    """Write where there is room; the caller asks again with more when there was none."""
    if count < len(out):
        out[count] = key
    return count + 1


@compiled
def _may_want(row: int, column: int, state: State) -> bool:
    wants = state.wants[row]
    if wants >= FULL - state.prices[column] or not state.competes[row]:
        return False
    lower: bool = wants - state.most[row] < state.low[column]
    return lower


@compiled
def _tile_may_pass(here: Marks, one: int, tiles: Tiles, tile: int, ranged: bool) -> bool:
    """False where nobody of the tile passes."""
    if here.speech[one] & tiles.speech[tile] == 0:
        return False
    if here.slots[one] & tiles.slots[tile] == 0:
        return False
    if here.topics[one] & tiles.topics[tile] == 0:
        return False
    if here.gender[one] & tiles.gender[tile] == 0:
        return False
    if not ranged or not here.placed[one] or tiles.anywhere[tile]:
        return True
    if here.online[one] and tiles.online[tile]:
        return True
    reach = float(min(here.reach[one], tiles.reach[tile])) + tiles.radius[tile] + 2.0
    square = 0.0
    for axis in range(3):
        apart = float(here.position[one, axis]) - tiles.middle[tile, axis]
        square += apart * apart
    within: bool = square <= reach * reach
    return within


@compiled
def _may_pass(here: Marks, one: int, there: Marks, other: int, ranged: bool) -> bool:
    """See sight."""
    if here.speech[one] & there.speech[other] == 0:
        return False
    if here.slots[one] & there.slots[other] == 0:
        return False
    if here.topics[one] & there.topics[other] == 0:
        return False
    if here.gender[one] & there.gender[other] == 0:
        return False
    if here.barred[one] or there.barred[other]:
        return False
    both_online = here.online[one] and there.online[other]
    if not ranged or both_online or not (here.placed[one] and there.placed[other]):
        return True
    reach = float(min(here.reach[one], there.reach[other])) + 1.0
    square = 0.0
    for axis in range(3):
        apart = float(here.position[one, axis] - there.position[other, axis])
        square += apart * apart
    return square <= reach * reach
