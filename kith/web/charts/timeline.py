"""A stretch of time with spans, one below the other, and rows of marks under them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kith.web.charts.shapes import (
    NARROW,
    TEXT,
    WIDE,
    Along,
    Box,
    Diamond,
    Dot,
    Drawing,
    Look,
    Part,
    Picture,
    Stroke,
    Words,
    spread,
    width_of,
)

MARGIN = 8
TICKS = 20
SPAN, ROW, FLAG = 22, 40, 18
RADIUS = 4.2


class Shape(StrEnum):
    """How a mark looks; a hollow one did not happen, or not yet."""

    DOT = "dot"
    RING = "ring"
    DIAMOND = "diamond"
    HOLLOW_DIAMOND = "hollow_diamond"


@dataclass(frozen=True)
class Span:
    """Some weeks with a name, such as a phase or a pause."""

    first: date
    last: date
    label: str
    look: Look = Look.PINE_SOFT


@dataclass(frozen=True)
class Mark:
    """Something on one day; `title` says what."""

    on: date
    title: str
    shape: Shape = Shape.DOT
    look: Look = Look.PINE


@dataclass(frozen=True)
class Row:
    """Marks of one kind; the label says how many there are."""

    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Flag:
    """A day that divides the time, such as today, a hand-over or the end."""

    on: date
    label: str
    look: Look = Look.EDGE


@dataclass(frozen=True)
class Timeline:
    """Everything a timeline shows. `months` are the first days of months with their names."""

    title: str
    description: str
    first: date
    last: date
    months: tuple[tuple[date, str], ...]
    spans: tuple[Span, ...]
    rows: tuple[Row, ...]
    flags: tuple[Flag, ...]
    head: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]


def timeline_picture(given: Timeline, *, mirrored: bool) -> Picture:
    """The picture of a timeline; mirrored where people read from right to left."""
    return Picture(
        title=given.title,
        description=given.description,
        wide=_drawing(given, WIDE, mirrored=mirrored),
        narrow=_drawing(given, NARROW, mirrored=mirrored),
        head=given.head,
        rows=given.table,
    )


def _drawing(given: Timeline, width: float, *, mirrored: bool) -> Drawing:
    along = Along(given.first.toordinal(), given.last.toordinal(), MARGIN, width - MARGIN, mirrored)
    top = TICKS + 4
    rows_top = top + SPAN * len(given.spans) + 6
    bottom = rows_top + ROW * len(given.rows)
    flags = list(_flags(given, along, top, bottom, width))
    height = bottom + FLAG * len(given.flags) + 4
    parts = [
        *_months(given, along, bottom),
        *flags,
        *_spans(given, along, top, width),
        *_rows(given, along, rows_top, width),
    ]
    return Drawing(width, height, tuple(parts))


def _months(given: Timeline, along: Along, bottom: float) -> Iterator[Part]:
    inside = [(along(day.toordinal()), name) for day, name in given.months]
    for x, _name in inside:
        yield Stroke(((x, TICKS), (x, bottom)), Look.GRID)
    edge = MARGIN + 16
    roomy = [(x, name) for x, name in inside if edge <= x <= along.right + along.left - edge]
    for x, name in spread(roomy):
        yield Words(x, TEXT, name, Look.MUTED, "middle")


def _flags(
    given: Timeline, along: Along, top: float, bottom: float, width: float
) -> Iterator[Part]:
    """Lines across the picture, each with its words below it, one line of words for each flag."""
    for number, flag in enumerate(given.flags):
        x, y = along(flag.on.toordinal()), bottom + FLAG * number + TEXT
        yield Stroke(((x, top - 4), (x, y - TEXT + 4)), flag.look, dashed=True)
        half = width_of(flag.label) / 2
        yield Words(min(max(x, half + 2), width - half - 2), y, flag.label, Look.WORDS, "middle")


def _spans(given: Timeline, along: Along, top: float, width: float) -> Iterator[Part]:
    for number, span in enumerate(given.spans):
        y = top + SPAN * number
        first, last = sorted((along(span.first.toordinal()), along(span.last.toordinal() + 1)))
        first, last = max(first, along.left), min(last, along.right)
        yield Box(first, y, last - first, SPAN - 4, span.look)
        yield _label(span.label, first, last, y + TEXT + 1, along, width)


def _label(text: str, first: float, last: float, y: float, along: Along, width: float) -> Words:
    """The name of a span: inside where it fits, else behind it, else before it."""
    wide = width_of(text)
    begin, end = (last, first) if along.mirrored else (first, last)
    if wide + 8 <= last - first:
        return Words(begin + along.beside(6), y, text, Look.WORDS, along.start)
    room = end - MARGIN if along.mirrored else width - MARGIN - end
    if wide + 6 <= room:
        return Words(end + along.beside(6), y, text, Look.WORDS, along.start)
    return Words(begin - along.beside(6), y, text, Look.WORDS, along.end)


def _rows(given: Timeline, along: Along, top: float, width: float) -> Iterator[Part]:
    begin = width - MARGIN if along.mirrored else MARGIN
    for number, row in enumerate(given.rows):
        y = top + ROW * number
        yield Words(begin, y + TEXT + 2, row.label, Look.MUTED, along.start)
        middle = y + TEXT + 15
        yield Stroke(((along.left, middle), (along.right, middle)), Look.GRID)
        for mark in row.marks:
            yield _mark(mark, along(mark.on.toordinal()), middle)


def _mark(mark: Mark, x: float, y: float) -> Part:
    hollow = mark.shape in {Shape.RING, Shape.HOLLOW_DIAMOND}
    if mark.shape in {Shape.DOT, Shape.RING}:
        return Dot(x, y, RADIUS, mark.look, hollow, mark.title)
    return Diamond(x, y, RADIUS + 1.3, mark.look, hollow, mark.title)
