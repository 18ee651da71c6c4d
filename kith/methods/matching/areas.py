"""Who could be near whom: people in cells of a grid or in regions, and which cells to look at.

Most pairs of a large round fail on range. So mentors are sorted into areas (a cell of a grid over
their positions, or a region for those without a place), and each participant is compared with the
areas in reach alone. An area that is left out holds no mentor in range: the distance to its box is
a lower bound of the distance to everybody in it.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kith.methods.matching.profile import UNLIMITED_M, UNSTATED, Bools, Ints, PersonArrays
from kith.methods.matching.score import USUAL_REACH_M

LEAST_CELL_M = 20_000
MOST_CELLS = 1_024
PLACES_AT_ONCE = 64
_SIDE = 1 << 20


class Areas(NamedTuple):
    """Areas of mentors, places of participants, and which areas each place looks at.

    area (m,), place (n,)          of each mentor, of each participant
    look_m (n,)                    how far off a mentor may be who is compared by distance
    low, high (a, 3)               the box around the mentors of an area, metres
    reach_m (a,)                   the farthest that a mentor of the area would travel
    placed (a,)                    1 = its mentors have coordinates, 0 = they share a region
    start (p + 1,), near (...)     the areas of each place, the nearest first
    """

    area: Ints
    place: Ints
    look_m: Ints
    low: Ints
    high: Ints
    reach_m: Ints
    placed: NDArray[np.uint8]
    start: Ints
    near: Ints


class _Boxes(NamedTuple):
    """What is known of everybody in an area or a place."""

    low: Ints
    high: Ints
    reach_m: Ints
    placed: Bools
    region: Ints
    """(a,) of one of them: the same for all where nobody is placed, and in a place for all."""

    def part(self, some: slice) -> "_Boxes":
        """Some of them."""
        low, high = self.low[some], self.high[some]
        return _Boxes(low, high, self.reach_m[some], self.placed[some], self.region[some])


def areas_of(participants: PersonArrays, mentors: PersonArrays, *, ranged: bool) -> Areas:
    """Areas for two sides of a round.

    ranged  the gate on range stands; without it an area that is left out is one in which
            nobody gains points by distance
    """
    size = _cell_size(participants, mentors)
    regional = bool((~mentors.placed).any())
    area = _numbered(_area_keys(mentors, size))
    place = _numbered(_place_keys(participants, size, regional=regional))
    look_m, met_m = participants.reach_m, mentors.reach_m
    if not ranged:
        look_m, met_m = _without_range(look_m, met_m)
    here, there = _boxes(mentors, area, met_m), _boxes(participants, place, look_m)
    start, near = _near(there, here, _regions_in(mentors, area, len(here.placed)))
    placed = here.placed.astype(np.uint8)
    return Areas(area, place, look_m, here.low, here.high, here.reach_m, placed, start, near)


def _without_range(look_m: Ints, met_m: Ints) -> tuple[Ints, Ints]:
    """No limit becomes the farthest at which anybody could gain points by distance."""
    stated = np.concatenate([look_m, met_m])
    farthest = stated[stated < UNLIMITED_M].max(initial=USUAL_REACH_M)
    return np.minimum(look_m, farthest), np.minimum(met_m, farthest)


def _cell_size(participants: PersonArrays, mentors: PersonArrays) -> int:
    """Metres; as small as the limit on the number of cells allows."""
    size = LEAST_CELL_M
    for people in (mentors, participants):
        while len(np.unique(_cells(people.position[people.placed], size))) > MOST_CELLS:
            size *= 2
    return size


def _cells(position: Ints, size: int) -> Ints:
    steps = position // size + _SIDE // 2
    cells: Ints = (steps[:, 0] * _SIDE + steps[:, 1]) * _SIDE + steps[:, 2]
    return cells


def _area_keys(mentors: PersonArrays, size: int) -> Ints:
    """Who is placed: by cell, those who would travel any distance apart. Others: by region."""
    unlimited = mentors.reach_m >= UNLIMITED_M
    cells = _numbered(_cells(mentors.position, size)) * 2 + unlimited
    keys: Ints = np.where(mentors.placed, cells, -2 - mentors.region)
    return keys


def _place_keys(participants: PersonArrays, size: int, *, regional: bool) -> Ints:
    """Regions matter to placed participants only where some mentors have no place."""
    region = participants.region - UNSTATED
    regions = int(region.max(initial=0)) + 1
    cells = _numbered(_cells(participants.position, size)) * regions + region * regional
    keys: Ints = np.where(participants.placed, cells, -1 - region)
    return keys


def _numbered(keys: Ints) -> Ints:
    numbers: Ints = np.unique(keys, return_inverse=True)[1].reshape(-1).astype(np.int64)
    return numbers


def _boxes(people: PersonArrays, group: Ints, reach: Ints) -> _Boxes:
    number = int(group.max(initial=-1)) + 1
    low = np.full((number, 3), np.iinfo(np.int64).max)
    high, reach_m = np.full((number, 3), np.iinfo(np.int64).min), np.zeros(number, dtype=np.int64)
    np.minimum.at(low, group, people.position)
    np.maximum.at(high, group, people.position)
    np.maximum.at(reach_m, group, reach)
    placed, region = np.zeros(number, dtype=bool), np.zeros(number, dtype=np.int64)
    placed[group], region[group] = people.placed, people.region
    return _Boxes(low, high, reach_m, placed, region)


def _regions_in(mentors: PersonArrays, area: Ints, areas: int) -> Bools:
    """(areas, regions + 1) where each region is found; the last column: no region stated."""
    regions = int(mentors.region.max(initial=0)) + 1
    found = np.zeros((areas, regions + 1), dtype=bool)
    found[area, mentors.region] = True
    return found


def _near(there: _Boxes, here: _Boxes, regions: Bools) -> tuple[Ints, Ints]:
    """The areas of each place as start and list."""
    counts, near = [np.zeros(1, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for first in range(0, len(there.placed), PLACES_AT_ONCE):
        some = there.part(slice(first, first + PLACES_AT_ONCE))
        distance = _box_distance(some, here)
        seen = np.where(
            some.placed[:, None] & here.placed,
            distance <= np.minimum(some.reach_m[:, None], here.reach_m),
            _same_region(some.region, regions),
        )
        order = np.argsort(distance, axis=1, kind="stable")
        counts.append(seen.sum(axis=1))
        near.append(order[np.take_along_axis(seen, order, axis=1)])
    return np.cumsum(np.concatenate(counts)), np.concatenate(near)


def _box_distance(some: _Boxes, here: _Boxes) -> Ints:
    """Metres between two boxes, rounded as the distance of two people is."""
    square: Any = 0
    for axis in range(3):
        gap = np.maximum(
            here.low[None, :, axis] - some.high[:, None, axis],
            some.low[:, None, axis] - here.high[None, :, axis],
        )
        square = square + np.maximum(gap, 0) ** 2
    metres: Ints = np.rint(np.sqrt(square)).astype(np.int64)
    return metres


def _same_region(region: Ints, regions: Bools) -> Bools:
    """(places, areas) True where somebody has the region, or a region is not stated."""
    inside = np.where(region < regions.shape[1] - 1, region, UNSTATED)
    same: Bools = (regions[:, inside] | regions[:, [UNSTATED]] | (region == UNSTATED)).T
    return same
