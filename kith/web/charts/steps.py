"""A curve that falls in steps, with its interval, and numbers below it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kith.web.charts.shapes import (
    NARROW,
    SMALL,
    TEXT,
    WIDE,
    Along,
    Area,
    Drawing,
    Look,
    Part,
    Picture,
    Stroke,
    Words,
    spread,
    width_of,
)

MARGIN, TOP, HEIGHT = 10, 14, 220
AXIS, BELOW = 22, 40


@dataclass(frozen=True)
class Step:
    """From here on this share holds, until the next step; all between 0 and 1."""

    at: float
    share: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Steps:
    """A curve from 0 to `last`.

    ticks    places on the axis with their words          shares  shares with their words
    numbers  numbers at the same places, under `below`    flags   places that divide the axis
    end      the words at the end of the line
    """

    title: str
    description: str
    steps: tuple[Step, ...]
    last: float
    ticks: tuple[tuple[float, str], ...]
    shares: tuple[tuple[float, str], ...]
    below: str
    numbers: tuple[tuple[float, str], ...]
    flags: tuple[tuple[float, str], ...]
    end: str
    head: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]


def steps_picture(given: Steps, *, mirrored: bool) -> Picture:
    """The picture of a curve; mirrored where people read from right to left."""
    return Picture(
        title=given.title,
        description=given.description,
        wide=_drawing(given, WIDE, mirrored=mirrored),
        narrow=_drawing(given, NARROW, mirrored=mirrored),
        head=given.head,
        rows=given.table,
    )


def _drawing(given: Steps, width: float, *, mirrored: bool) -> Drawing:
    scale = max(width_of(words, SMALL) for _share, words in given.shares) + 10
    left, right = (MARGIN, width - scale) if mirrored else (scale, width - MARGIN)
    along = Along(0, given.last, left, right, mirrored)
    parts = [
        *_grid(given, along),
        *_flags(given, along),
        *_curve(given, along),
        *_axis(given, along, width),
    ]
    return Drawing(width, TOP + HEIGHT + AXIS + BELOW, tuple(parts))


def _up(share: float) -> float:
    return TOP + HEIGHT * (1 - share)


def _grid(given: Steps, along: Along) -> Iterator[Part]:
    begin = along(0) - along.beside(6)
    for share, words in given.shares:
        y = _up(share)
        yield Stroke(((along.left, y), (along.right, y)), Look.GRID)
        yield Words(begin, y + 4, words, Look.MUTED, along.end)


def _flags(given: Steps, along: Along) -> Iterator[Part]:
    for place, words in given.flags:
        x = along(place)
        yield Stroke(((x, TOP), (x, TOP + HEIGHT)), Look.EDGE, dashed=True)
        yield Words(x - along.beside(6), TOP + HEIGHT - 8, words, Look.WORDS, along.end)


def _curve(given: Steps, along: Along) -> Iterator[Part]:
    upper = _stairs([(step.at, step.upper) for step in given.steps], given.last, along)
    lower = _stairs([(step.at, step.lower) for step in given.steps], given.last, along)
    yield Area((*upper, *reversed(lower)), Look.PINE_SOFT)
    line = _stairs([(step.at, step.share) for step in given.steps], given.last, along)
    yield Stroke(tuple(line), Look.PINE)
    x, y = line[-1]
    high = y - TOP < 2 * TEXT
    yield Words(x - along.beside(2), y + 20 if high else y - 8, given.end, Look.STRONG, along.end)


def _stairs(
    falls: Sequence[tuple[float, float]], last: float, along: Along
) -> list[tuple[float, float]]:
    points, before = [(along(0), _up(1))], 1.0
    for at, value in falls:
        points += [(along(at), _up(before)), (along(at), _up(value))]
        before = value
    return [*points, (along(last), _up(before))]


def _axis(given: Steps, along: Along, width: float) -> Iterator[Part]:
    y = TOP + HEIGHT + AXIS - 6
    shown = spread([(along(place), words) for place, words in given.ticks])
    for x, words in shown:
        yield Words(_inside(x, words, width), y, words, Look.MUTED, "middle")
    begin = width - 2 if along.mirrored else 2
    yield Words(begin, y + TEXT + 7, given.below, Look.MUTED, along.start)
    places = {round(x, 3) for x, _words in shown}
    for place, words in given.numbers:
        if round(along(place), 3) in places:
            x = _inside(along(place), words, width)
            yield Words(x, y + 2 * TEXT + 10, words, Look.WORDS, "middle")


def _inside(x: float, words: str, width: float) -> float:
    half = width_of(words, SMALL) / 2
    return min(max(x, half + 2), width - half - 2)
