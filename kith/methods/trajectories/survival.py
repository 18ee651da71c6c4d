"""How long things last when some of them still go on: the product-limit estimate.

Source: Kaplan and Meier 1958, Journal of the American Statistical Association 53(282), 457-481.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

LEVEL = 0.95
"""Of so many intervals drawn this way, this share holds the true value."""


class NothingSeen(ValueError):
    """Without a single observation there is no curve."""


@dataclass(frozen=True, slots=True)
class Lasted:
    """Some that lasted equally long.

    days    whole days from the beginning, 0 or more
    ended   whether they ended then; those that did not were only seen for so long
    number  how many there are, at least 1
    """

    days: int
    ended: bool
    number: int = 1

    def __post_init__(self) -> None:
        if self.days < 0 or self.number < 1:
            raise ValueError(f"{self.number} of {self.days} days")


@dataclass(frozen=True, slots=True)
class Point:
    """A day on which some ended, and what holds from that day until the next point.

    at_risk  how many had lasted until this day, those that ended on it included
    ended    how many of them ended on it
    share    0..1, the estimated share that lasts longer
    lower    0..1, the interval around the share
    upper
    """

    days: int
    at_risk: int
    ended: int
    share: float
    lower: float
    upper: float


START = Point(days=0, at_risk=0, ended=0, share=1.0, lower=1.0, upper=1.0)


@dataclass(frozen=True, slots=True)
class Curve:
    """points in the order of their days; seen[d] of those that were only seen for d days counted.

    number    how many were looked at
    last_day  the longest that one of them was seen
    """

    points: tuple[Point, ...]
    number: int
    last_day: int
    _leavers: tuple[tuple[int, int], ...]

    @property
    def ended(self) -> int:
        """How many ended."""
        return sum(point.ended for point in self.points)

    def at(self, days: int) -> Point:
        """What holds on a day; before anything ended, that all last."""
        return _last_until(self.points, days)

    def at_risk(self, days: int) -> int:
        """How many were seen for at least so many days."""
        return self.number - sum(number for day, number in self._leavers if day < days)

    @property
    def median(self) -> int | None:
        """The first day after which half of them or fewer last; None while more than half do."""
        return next((point.days for point in self.points if point.share <= 0.5), None)


def kaplan_meier(seen: Iterable[Lasted], *, level: float = LEVEL) -> Curve:
    """The share that lasts longer than each day, of things that may still go on.

    seen     in any order; equal ones may come together or one by one
    level    0 < level < 1 of the interval
    returns  a curve that falls on each day on which some ended. Who was seen until a day counts
             among those who could have ended on it.
    raises   NothingSeen
    source   Kaplan and Meier 1958. Variance after Greenwood 1926; the interval is symmetric for
             log(-log(share)), so that it stays within 0 and 1 (Kalbfleisch and Prentice 1980).
             Where nothing lasts, the variance is not defined: the interval reaches from 0 up to
             where it reached before.
    """
    ended, left = _counted(seen)
    at_risk = number = sum(ended.values()) + sum(left.values())
    if not number:
        raise NothingSeen
    width = NormalDist().inv_cdf((1 + level) / 2)
    points: list[Point] = []
    share, variance = 1.0, 0.0
    for day in sorted({*ended, *left}):
        if gone := ended.get(day, 0):
            share *= (at_risk - gone) / at_risk
            if gone < at_risk:
                variance += gone / (at_risk * (at_risk - gone))
            lower, upper = _interval(share, variance, width, before=points)
            points.append(Point(day, at_risk, gone, share, lower, upper))
        at_risk -= gone + left.get(day, 0)
    leavers = sorted((day, ended.get(day, 0) + left.get(day, 0)) for day in {*ended, *left})
    return Curve(tuple(points), number, leavers[-1][0], tuple(leavers))


def _counted(seen: Iterable[Lasted]) -> tuple[dict[int, int], dict[int, int]]:
    ended: dict[int, int] = defaultdict(int)
    left: dict[int, int] = defaultdict(int)
    for one in seen:
        (ended if one.ended else left)[one.days] += one.number
    return ended, left


def _interval(
    share: float, variance: float, width: float, *, before: Sequence[Point]
) -> tuple[float, float]:
    if share <= 0:
        return 0.0, before[-1].upper if before else 1.0
    spread = width * math.sqrt(variance) / abs(math.log(share))
    return share ** math.exp(spread), share ** math.exp(-spread)


def _last_until(points: Sequence[Point], days: int) -> Point:
    found = START
    for point in points:
        if point.days > days:
            break
        found = point
    return found
