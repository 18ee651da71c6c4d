"""One side of a round in small tiles of people who are alike: a look that skips whole tiles.

Everybody of a tile lives close together and meets online or does not, so that what a tile has in
common (the words anybody in it speaks, a ball around their places) shuts out most tiles at once.
A tile that is left out holds nobody who passes; who is in one that is not is looked at alone.
"""

from typing import Any, NamedTuple

import numpy as np

from kith.methods.matching.live.sight import Marks
from kith.methods.matching.profile import UNLIMITED_M, Ints

SIZE = 16
CELL_M = 25_000.0


class Tiles(NamedTuple):
    """People in the order of tiles, SIZE to each, and what each tile has in common.

    order (n,)         who stands at each place
    first (t + 1,)     where each tile begins, and the end of the last one
    people             marks in that order
    speech, slots, topics, gender (t,)   bits that anybody of the tile has
    middle (t, 3), radius (t,)           a ball around those who have a place, metres
    reach (t,)         the farthest anybody would travel
    anywhere (t,)      somebody has no place
    online (t,)        somebody meets online
    """

    order: Ints
    first: Ints
    people: Marks
    speech: Any
    slots: Any
    topics: Any
    gender: Any
    middle: Any
    radius: Any
    reach: Any
    anywhere: Any
    online: Any


def tiles_of(marks: Marks) -> Tiles:
    """People who are there now; who comes later stands in no tile."""
    order = _order(marks)
    taken: Any = (np.ascontiguousarray(table[order]) for table in marks)
    people = Marks(*taken)
    firsts = np.arange(0, len(order), SIZE)
    middle, radius = _balls(people, firsts)
    return Tiles(
        order=order,
        first=np.append(firsts, len(order)),
        people=people,
        speech=np.bitwise_or.reduceat(people.speech, firsts),
        slots=np.bitwise_or.reduceat(people.slots, firsts),
        topics=np.bitwise_or.reduceat(people.topics, firsts),
        gender=np.bitwise_or.reduceat(people.gender, firsts),
        middle=middle,
        radius=radius,
        reach=np.maximum.reduceat(np.minimum(people.reach, UNLIMITED_M), firsts),
        anywhere=np.logical_or.reduceat(~people.placed, firsts),
        online=np.logical_or.reduceat(people.online, firsts),
    )


def _order(marks: Marks) -> Ints:
    """Who is barred last, then by online or not, cell of a grid, and language."""
    cells = np.floor(marks.position.astype(np.float64) / CELL_M).astype(np.int64)
    cells[~marks.placed] = np.iinfo(np.int64).max
    x, y, z = cells.T
    return np.lexsort((marks.topics, marks.speech, z, y, x, marks.online, marks.barred))


def _balls(people: Marks, firsts: Ints) -> tuple[Any, Any]:
    """Middle and radius of each tile; those without a place count for nothing."""
    placed = people.placed[:, None]
    position = people.position.astype(np.float64)
    low = np.minimum.reduceat(np.where(placed, position, np.inf), firsts)
    high = np.maximum.reduceat(np.where(placed, position, -np.inf), firsts)
    empty = low > high
    middle = np.where(empty, 0.0, (np.where(empty, 0.0, low) + np.where(empty, 0.0, high)) / 2)
    tile = np.arange(len(position)) // SIZE
    apart = np.sqrt(((position - middle[tile]) ** 2).sum(axis=1))
    return middle, np.maximum.reduceat(np.where(people.placed, apart, 0.0), firsts)
