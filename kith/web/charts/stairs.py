"""Five steps upwards, and where somebody stood on them one time after the other.

The last place is a small figure, earlier ones are open rings, and a line goes from one to the next.
It looks the same whichever way the line goes: a picture does not judge.
"""

from collections.abc import Iterator, Sequence

from kith.web.charts.shapes import Area, Box, Dot, Drawing, Look, Part, Stroke

STEPS = 5
WIDTH, HEIGHT = 150, 110
STEP, RISE, FOOT = 28, 13, 10
LEFT, BOTTOM = 5, 104
RING, HEAD = 4.5, 5
BESIDE, ROOM = 11, 22


def stairs(places: Sequence[int], *, mirrored: bool) -> Drawing:
    """The drawing of one domain. places: steps from 1 to 5, the earliest first; may be empty."""
    points = [_point(places, number) for number in range(len(places))]
    turned = [(WIDTH - x, y) if mirrored else (x, y) for x, y in points]
    return Drawing(WIDTH, HEIGHT, (*_steps(mirrored=mirrored), *_way(turned)))


def _top(place: int) -> float:
    return BOTTOM - FOOT - RISE * (place - 1)


def _steps(*, mirrored: bool) -> Iterator[Part]:
    for place in range(1, STEPS + 1):
        left = LEFT + STEP * (place - 1)
        x = WIDTH - left - STEP + 2 if mirrored else left
        yield Box(x, _top(place), STEP - 2, BOTTOM - _top(place), Look.PINE_SOFT)


def _point(places: Sequence[int], number: int) -> tuple[float, float]:
    """Where one time is marked: those on the same step stand beside each other."""
    place = places[number]
    before, of = places[:number].count(place), places.count(place)
    middle = LEFT + STEP * (place - 1) + (STEP - 2) / 2
    gap = min(BESIDE, ROOM / max(of - 1, 1))
    return middle + (before - (of - 1) / 2) * gap, _top(place) - RING - 3


def _way(points: Sequence[tuple[float, float]]) -> Iterator[Part]:
    if not points:
        return
    if len(points) > 1:
        yield Stroke(tuple(points), Look.PINE, dashed=True)
    for x, y in points[:-1]:
        yield Dot(x, y, RING, Look.PINE, hollow=True)
    x, y = points[-1]
    yield Area(((x - 6, y + 7), (x - 3, y - 6), (x + 3, y - 6), (x + 6, y + 7)), Look.PINE)
    yield Dot(x, y - 11, HEAD, Look.PINE)
