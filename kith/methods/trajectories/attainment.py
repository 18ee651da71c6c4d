"""Goal attainment scaling: how far goals of very different kinds came, in one figure.

Each goal has five outcomes that were described before: much less than expected, less, as expected,
more, much more. They count from -2 to +2.

Source: Kiresuk and Sherman 1968, Community Mental Health Journal 4(6), 443-453.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

CORRELATION = 0.3
"""How alike goals turn out, as Kiresuk and Sherman assume it."""
LOWEST, HIGHEST = -2, 2
MIDDLE, SPREAD = 50.0, 10.0


class NoGoals(ValueError):
    """Without a single goal there is no figure."""


@dataclass(frozen=True, slots=True)
class Came:
    """Goals that came equally far.

    level   -2..2, where 0 is what was expected
    weight  how much such a goal counts beside others, above 0
    number  how many there are, at least 1
    """

    level: int
    weight: float = 1.0
    number: int = 1

    def __post_init__(self) -> None:
        if not LOWEST <= self.level <= HIGHEST or self.weight <= 0 or self.number < 1:
            raise ValueError(f"{self.number} goals of weight {self.weight} at {self.level}")


def t_score(goals: Iterable[Came], *, correlation: float = CORRELATION) -> float:
    """How far goals came together: 50 is what was expected, 10 one standard deviation.

    T = 50 + 10 * sum(w * x) / sqrt((1 - r) * sum(w^2) + r * sum(w)^2)

    goals        in any order, x each goal's level and w its weight; equal ones may come together
    correlation  0 <= r < 1
    returns      no unit; never more than 20 / sqrt(r) away from 50
    raises       NoGoals
    source       Kiresuk and Sherman 1968, formula for the general goal attainment score
    """
    if not 0 <= correlation < 1:
        raise ValueError(f"correlation {correlation}")
    seen = list(goals)
    if not seen:
        raise NoGoals
    gained = math.fsum(one.number * one.weight * one.level for one in seen)
    squares = math.fsum(one.number * one.weight**2 for one in seen)
    weights = math.fsum(one.number * one.weight for one in seen)
    spread = math.sqrt((1 - correlation) * squares + correlation * weights**2)
    return MIDDLE + SPREAD * gained / spread
