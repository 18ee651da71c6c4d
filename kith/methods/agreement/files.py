"""A CSV file of ratings: a line for each case, a column for each rater, empty where none is."""

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from kith.methods.agreement.ratings import Level, Ratings
from kith.methods.tables.encoding import decode

MOST_CASES, MOST_RATERS = 100_000, 200
DELIMITERS = ",;\t"
NO_NUMBER = "It is no number. For words, say their order."


class BadRatings(ValueError):
    """A file that cannot be used; says where and why.

    line, column  counted from 1; 0 where the whole file or line is meant
    """

    def __init__(self, reason: str, *, line: int = 0, column: int = 0) -> None:
        place = [f"line {line}"] if line else []
        place += [f"column {column}"] if column else []
        super().__init__(": ".join([", ".join(place), reason]) if place else reason)


@dataclass(frozen=True, slots=True)
class File:
    """What a file holds.

    raters  their names from the first line, or rater 1, rater 2 …
    scale   the values there are, from the lowest to the highest; a rating is a place in it
    codes   the ratings as places in the scale
    values  the ratings as numbers; the places again where the values are words
    """

    raters: tuple[str, ...]
    scale: tuple[str, ...]
    codes: Ratings[int]
    values: Ratings[float]


def read_ratings(
    content: bytes, *, level: Level, order: Sequence[str] = (), with_names: bool = True
) -> File:
    """Read a file.

    order       the values from the lowest to the highest; needed for ordinal values that are words
    with_names  whether the first line names the raters
    raises      BadRatings
    """
    lines = _lines(content)
    names, first = (lines[0], 2) if with_names and lines else ([], 1)
    rows = lines[first - 1 :]
    if not rows:
        raise BadRatings("There is no case in the file.")
    width = len(names) or len(rows[0])
    _require_shape(rows, width, first)
    said = [[one.strip() for one in row] for row in rows]
    if not any(one for row in said for one in row):
        raise BadRatings("There is no rating in the file.")
    said = _in_one_way(said, level, order, first)
    scale = _scale(said, level, order)
    place = {value: number for number, value in enumerate(scale)}
    codes = Ratings(tuple(tuple(place.get(one) for one in row) for row in said))
    raters = tuple(one.strip() for one in names) or tuple(
        f"rater {number}" for number in range(1, width + 1)
    )
    return File(raters, scale, codes, _values(codes, scale, level))


def _lines(content: bytes) -> list[list[str]]:
    text = decode(content)[0] if content else ""
    sample = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=sample.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    while rows and not any(one.strip() for one in rows[-1]):
        rows.pop()
    if len(rows) > MOST_CASES:
        raise BadRatings(f"There are more than {MOST_CASES:,} cases.")
    return rows


def _require_shape(rows: list[list[str]], width: int, first: int) -> None:
    if not 2 <= width <= MOST_RATERS:
        raise BadRatings(f"There are 2 to {MOST_RATERS} raters, one in each column.", line=1)
    for line, row in enumerate(rows, start=first):
        if len(row) != width:
            raise BadRatings(f"It has {len(row)} columns instead of {width}.", line=line)


def _in_one_way(
    rows: list[list[str]], level: Level, order: Sequence[str], first: int
) -> list[list[str]]:
    """Words as they stand; numbers written in one way, so that 2 and 2.0 are one value."""
    if level is Level.NOMINAL and not order:
        return rows
    reason = "It is not among the values of the order." if order else NO_NUMBER
    for line, row in enumerate(rows, start=first):
        for column, one in enumerate(row, start=1):
            if one and not (one in order if order else _is_number(one)):
                raise BadRatings(f"“{one}”: {reason}", line=line, column=column)
    return rows if order else [[_number(one) if one else "" for one in row] for row in rows]


def _scale(rows: list[list[str]], level: Level, order: Sequence[str]) -> tuple[str, ...]:
    given = {one for row in rows for one in row if one}
    if order:
        return tuple(order)
    return tuple(sorted(given) if level is Level.NOMINAL else sorted(given, key=float))


def _number(text: str) -> str:
    return repr(float(text)).removesuffix(".0")


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _values(codes: Ratings[int], scale: tuple[str, ...], level: Level) -> Ratings[float]:
    as_numbers = level is not Level.NOMINAL and all(map(_is_number, scale))
    numbers = [float(one) if as_numbers else float(place) for place, one in enumerate(scale)]
    return Ratings(
        tuple(tuple(None if one is None else numbers[one] for one in row) for row in codes.rows)
    )
