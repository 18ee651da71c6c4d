"""Ratings of the same cases by several people, some of them missing."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

Value = TypeVar("Value", bound=Hashable)


class Level(Enum):
    """What may be said of two values: only whether they differ, which is more, or how far apart."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


class NoVariation(ValueError):
    """All ratings are one single value: there is nothing to tell agreement from chance."""


class TooFew(ValueError):
    """Not enough cases were rated by two people or more."""


class Uneven(ValueError):
    """This figure needs the same number of ratings for each case."""


@dataclass(frozen=True, slots=True)
class Ratings(Generic[Value]):
    """A table of ratings.

    rows    one for each case, with the rating of each rater in the same order; None where missing
    raises  Uneven when rows differ in length
    """

    rows: tuple[tuple[Value | None, ...], ...]

    def __post_init__(self) -> None:
        if len({len(row) for row in self.rows}) > 1:
            raise Uneven("Each case has one place for each rater.")

    @property
    def raters(self) -> int:
        """How many people rated."""
        return len(self.rows[0]) if self.rows else 0

    def given(self) -> list[list[Value]]:
        """The ratings of each case that two people or more have rated."""
        rows = [[one for one in row if one is not None] for row in self.rows]
        return [row for row in rows if len(row) > 1]

    def of_two(self, first: int, second: int) -> tuple[list[Value], list[Value]]:
        """The ratings of two raters, of the cases that both of them rated."""
        both = [(row[first], row[second]) for row in self.rows]
        pairs = [(one, other) for one, other in both if one is not None and other is not None]
        return [one for one, _ in pairs], [other for _, other in pairs]


def ratings(rows: Sequence[Sequence[Value | None]]) -> Ratings[Value]:
    """A table from any sequence of rows. Raises Uneven."""
    return Ratings(tuple(tuple(row) for row in rows))
